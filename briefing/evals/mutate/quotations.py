"""Quotations with their speakers, found where the attribution leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_MARKS: Final = re.compile('“([^“”"\n]+)”|"([^“”"\n]+)"')
_SAID: Final = "said|says|added|told reporters|warned|wrote|explained|insisted|argued|noted"
_AFTER: Final = re.compile(
    rf"\s*(?:(?:{_SAID})\s+(?P<a>[A-Z])|(?P<b>[A-Z][^,.]*?)\s+(?:{_SAID})\b)"
)
_BEFORE: Final = re.compile(rf"(?P<name>[^.“”\"]*?)\s+(?:{_SAID})(?:\s+on\s+[A-Z]\w+)?\s*[:,]\s*$")
_FEWEST_WORDS: Final = 6


@dataclass(frozen=True)
class Quotation:
    """The words between quotation marks, and who said them."""

    document: str
    passage: int
    text: str
    speaker: str


def quotations(
    document: str, passage: int, text: str, persons: Sequence[str]
) -> Iterator[Quotation]:
    """Quotations of at least six words whose speaker, one of ``persons``, stands beside them.

    >>> list(quotations("d", 1, '"The bridge will open on Monday," said Ada Berg.', ["Ada Berg"]))
    [Quotation(document='d', passage=1, text='The bridge will open on Monday', speaker='Ada Berg')]
    """
    for match in _MARKS.finditer(text):
        words = (match[1] or match[2]).strip().rstrip(",")
        speaker = _speaker(text, match, persons)
        if speaker and len(words.split()) >= _FEWEST_WORDS:
            yield Quotation(document, passage, words, speaker)


def _speaker(text: str, match: re.Match[str], persons: Sequence[str]) -> str | None:
    if match.group().rstrip('”"').endswith(","):
        after = _AFTER.match(text, match.end())
        if after and after["a"]:
            return _begins(text[after.start("a") :], persons)
        if after and after["b"] in persons:
            return after["b"]
    before = _BEFORE.search(text[: match.start()])
    name = before["name"].strip() if before else ""
    return name if name in persons else None


def _begins(text: str, persons: Sequence[str]) -> str | None:
    found = [p for p in persons if re.match(rf"{re.escape(p)}\b", text)]
    return max(found, key=len, default=None)
