"""Who alone says so, where that is a party or a commentator; and where others say otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from briefing.types import Disagreement, Evidence, Genre, Side, overlap

WORDS: Final[Mapping[Genre, str]] = {
    "": "",
    "statement": "a party’s own statement",
    "opinion": "an opinion piece",
    "first person": "written in the first person",
}


def told_by(genres: Mapping[str, Genre]) -> str:
    """``S4 is a party’s own statement``; empty where any source (by id) reports.

    ``genres`` are those of the sources that support an item.
    """
    if not genres or not all(genres.values()):
        return ""
    return " and ".join(f"{name} is {WORDS[genre]}" for name, genre in genres.items())


def differing(statement: str, evidence: Sequence[Evidence], points: Sequence[Disagreement]) -> str:
    """``sources differ: point 3``, or ``later figures: point 1``.

    Empty for a statement that none of ``points`` has as a side, or only as the latest of an update.
    """
    for number, point in enumerate(points, 1):
        place = next(
            (n for n, each in enumerate(point.sides) if _is(each, statement, evidence)), -1
        )
        if place >= 0 and point.kind == "conflict":
            return f"sources differ: point {number}"
        if 0 <= place < len(point.sides) - 1:
            return f"later figures: point {number}"
    return ""


def _is(side: Side, statement: str, evidence: Sequence[Evidence]) -> bool:
    """Whether ``statement`` is that of ``side``: the words that differ, of the same stretch."""
    if side.value not in statement or not side.evidence:
        return False
    own = side.evidence[0]
    return any(overlap(each, own) for each in evidence if each.role == "support")
