"""Whether a document is a party's own statement, somebody's opinion, or in the first person.

What stands in such a document alone is that party's account, and a reader has to know. Only what
the head calls itself makes it a statement or an opinion ("Press release"): that is not guessed. A
text that says "I" or "we" all along, and not in quotations, is called no more than that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from briefing.types import Genre, Passage

_TOP: Final = 6
_LONGEST: Final = 14
"""Words of a line at the head that says what it is; a longer one is a headline, or text."""
_QUALIFIED: Final = r"(?:[\w’'-]+ ){0,3}?"
_STATEMENT: Final = re.compile(
    rf"(?:^|[|·•:–—-]\s*){_QUALIFIED}"
    r"(?:statement|(?:press|news|media) (?:release|notice|statement|information)|communiqu[eé]|"
    r"readout|safety notice|public notice|service status)\b"
    r"(?=\s*(?:$|[,.:;|·•(–—-]|\d|no\b|number\b|on\b|by\b|of\b|from\b|to\b|for\b|about\b|issued\b))"
    r"|\bfor immediate (?:release|use)\b|\bembargoed until\b|\bnot for release\b",
    re.IGNORECASE,
)
_MENU: Final = re.compile(r"(?:[|>›•][^|>›•]*){3}")
"""“Home | Live | Weather | Blog”."""
_QUOTED: Final = re.compile(r"„[^“”]*[“”]|“[^”]*”|\"[^\"]*\"|«[^»]*»|»[^«]*«|‘[^’]*’(?!\w)")
_I: Final = re.compile(r"\b(?:I|me|my|mine|myself)\b")
_MY: Final = re.compile(r"\b(?:me|my|mine|myself)\b")
"""No numeral, as the “I” of a king is."""
_WE: Final = re.compile(r"\b(?:[Ww]e|us|[Oo]urs?|ourselves)\b")
_OF_I, _OF_WE = 0.02, 0.03
"""Shares of the words outside quotations from which a text is in the first person."""
_LEAST: Final = 150
_TURNS: Final = re.compile(
    r"^(?:[A-Z][\w .’'-]{1,30}(?:\([^)]*\))?:\s|\W*\d{1,2}[.:]\d\d\b)", re.MULTILINE
)
_FEW: Final = 3
"""More turns of a transcript or hours of a live page are told by several."""
_OPINION: Final = re.compile(
    r"(?:^|[|·•/–—-]\s*)(?:opinion|comment|commentary|column|editorial|leader|op-ed|viewpoint)"
    r"(?=\s*(?:$|[|·•/:–—-]))|\b(?:a |the )?(?:\w+ )?blog\b",
    re.IGNORECASE,
)


def genre_of(passages: Sequence[Passage], language: str = "en") -> Genre:
    """What the head of a document calls it, or that it is in the first person; else empty.

    The latter for English, by ``language``.
    """
    lines = [line.strip() for each in passages[:_TOP] for line in each.text.split("\n")][:_TOP]
    head = [line for line in lines if 0 < len(line.split()) <= _LONGEST and not _MENU.search(line)]
    for pattern, genre in _PATTERNS:
        if any(pattern.search(line) for line in head):
            return genre
    return "first person" if language.startswith("en") and _says_i(passages) else ""


def _says_i(passages: Sequence[Passage]) -> bool:
    text = "\n".join(each.text for each in passages if each.kind == "body")
    own = _QUOTED.sub(" ", text)
    words = len(own.split())
    if words < _LEAST or len(_TURNS.findall(text)) >= _FEW:
        return False
    alone = len(_I.findall(own)) >= _OF_I * words and len(_MY.findall(own)) >= _FEW
    return alone or len(_WE.findall(own)) >= _OF_WE * words


_PATTERNS: Final[tuple[tuple[re.Pattern[str], Genre], ...]] = (
    (_STATEMENT, "statement"),
    (_OPINION, "opinion"),
)
