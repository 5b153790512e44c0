"""Whether a document is a party's own statement, or somebody's opinion, by what its head says.

What stands in such a document alone is that party's account, and a reader has to know. Only what
the head calls itself counts ("Press release", "Opinion"): nothing is guessed from the text.
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
_OPINION: Final = re.compile(
    r"(?:^|[|·•/–—-]\s*)(?:opinion|comment|commentary|column|editorial|leader|op-ed|viewpoint)"
    r"(?=\s*(?:$|[|·•/:–—-]))|\b(?:a |the )?(?:\w+ )?blog\b",
    re.IGNORECASE,
)


def genre_of(passages: Sequence[Passage]) -> Genre:
    """What the head of a document calls it; empty where it does not."""
    lines = [line.strip() for each in passages[:_TOP] for line in each.text.split("\n")][:_TOP]
    head = [line for line in lines if 0 < len(line.split()) <= _LONGEST and not _MENU.search(line)]
    for pattern, genre in _PATTERNS:
        if any(pattern.search(line) for line in head):
            return genre
    return ""


_PATTERNS: Final[tuple[tuple[re.Pattern[str], Genre], ...]] = (
    (_STATEMENT, "statement"),
    (_OPINION, "opinion"),
)
