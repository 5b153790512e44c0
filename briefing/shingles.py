"""Texts as sets of hashed word shingles, without what stands in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

SHINGLE = 4
"""Words in a shingle."""

_QUOTED = re.compile(
    r"“[^”]*(?:”|$)|\"[^\"]*\"|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)"
    r"|(?<![\w’'])[‘'](?=\w)[^‘]{1,400}?[,.!?…][’'](?!\w)"
)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:['’][^\W_]+)?")


def shingles(
    texts: Sequence[str], *, quotations: bool = False
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes of all shingles of ``texts``, and for each the index of its text.

    Without ``quotations`` what is quoted is left out, and no shingle spans it. Equal words give
    equal hashes within one call only.
    """
    vocabulary: dict[str, int] = {}
    words: list[int] = []
    stretch: list[int] = []
    owner: list[int] = []
    number = count()
    for index, text in enumerate(texts):
        for piece in [text] if quotations else _QUOTED.split(text):
            found = [vocabulary.setdefault(w, len(vocabulary)) for w in _words(piece)]
            words += found
            stretch += [next(number)] * len(found)
            owner += [index] * len(found)
    last = max(0, len(words) - SHINGLE + 1)
    stretches = np.array(stretch, dtype=np.int64)
    unbroken = stretches[:last] == stretches[SHINGLE - 1 :]
    mixed = _mix(np.array(words, dtype=np.uint64))
    hashes = np.zeros(last, dtype=np.uint64)
    for offset in range(SHINGLE):
        hashes = _mix(hashes + mixed[offset : offset + last])
    return hashes[unbroken], np.array(owner, dtype=np.int64)[:last][unbroken]


def _words(text: str) -> Iterator[str]:
    return (match[0].replace("’", "'").casefold() for match in _WORD.finditer(text))


def salted(hashes: NDArray[np.uint64], salt: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The same hashes, made different where ``salt`` differs."""
    return _mix(hashes ^ _mix(salt))


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64, so that sums of numbered words do not collide."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
