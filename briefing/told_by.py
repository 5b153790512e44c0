"""Who alone says so, where that is a party or a commentator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from briefing.types import Genre

WORDS: Final[Mapping[Genre, str]] = {
    "": "",
    "statement": "a party’s own statement",
    "opinion": "an opinion piece",
}


def told_by(genres: Mapping[str, Genre]) -> str:
    """``S4 is a party’s own statement``; empty where any source (by id) reports.

    ``genres`` are those of the sources that support an item.
    """
    if not genres or not all(genres.values()):
        return ""
    return " and ".join(f"{name} is {WORDS[genre]}" for name, genre in genres.items())
