"""WordPiece, as uncased BERT models were trained with it (Devlin et al. 2019, arXiv 1810.04805)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

UNKNOWN: Final = "[UNK]"
FIRST: Final = "[CLS]"
LAST: Final = "[SEP]"
LONGEST_WORD: Final = 100
"""Characters of a word above which it is unknown as a whole."""
_SYMBOLS: Final = frozenset("$+<=>^`|~")
"""ASCII that is no punctuation in Unicode, but stands alone like it."""


def read_vocabulary(path: Path) -> dict[str, int]:
    """The numbers of the word pieces in a ``vocab.txt``: one on each line, in order.

    Raises: OSError; UnicodeDecodeError.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


def encode(text: str, vocabulary: Mapping[str, int], most: int) -> list[int]:
    """The numbers of the pieces of ``text`` between first and last mark, at most ``most``."""
    pieces = [piece for word in words(text) for piece in _pieces(word, vocabulary)]
    return [vocabulary[FIRST], *pieces[: most - 2], vocabulary[LAST]]


def words(text: str) -> Iterator[str]:
    """Lower-case words without accents; each mark of punctuation and each Han sign by itself."""
    run = ""
    for sign in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(sign)
        # subtle: tab and line feed are control signs as well, and divide words.
        if sign.isspace() or category == "Zs":
            yield from _whole(run)
            run = ""
        elif category[0] == "C" or category == "Mn" or sign == "\ufffd":
            continue
        elif category[0] == "P" or sign in _SYMBOLS or _is_han(sign):
            yield from _whole(run)
            yield sign
            run = ""
        else:
            run += sign
    yield from _whole(run)


def _whole(run: str) -> Iterator[str]:
    if run:
        yield run


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" or sign >= "\U00020000"


def _pieces(word: str, vocabulary: Mapping[str, int]) -> list[int]:
    """The longest known pieces from left to right; the unknown piece where that fails."""
    found: list[int] = []
    start = 0
    while start < len(word) <= LONGEST_WORD:
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else f"##{word[start:end]}"
            if piece in vocabulary:
                found.append(vocabulary[piece])
                start = end
                break
        else:
            return [vocabulary[UNKNOWN]]
    return found or [vocabulary[UNKNOWN]]
