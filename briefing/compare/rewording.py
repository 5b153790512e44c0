"""Two wordings as one text: which words stayed, which went, which came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import Indel

from briefing.escaping import fold

_MOST: Final = 400_000_000
"""Pairs of words up to which wordings are compared: some 50 MB of memory."""


class Piece(NamedTuple):
    """A stretch of words that stands in both wordings, or in one of them."""

    how: Literal["both", "before", "after"]
    words: str


def pieces(before: str, after: str) -> Iterator[Piece]:
    """The words of both in order, those that went before those that came in their place."""
    ours, theirs = fold(before).split(), fold(after).split()
    if len(ours) * len(theirs) > _MOST:
        yield from _changed(ours, theirs) if ours != theirs else (Piece("both", " ".join(ours)),)
        return
    a = c = 0
    for code in Indel.opcodes(ours, theirs):
        if code.tag != "equal":
            continue
        yield from _changed(ours[a : code.src_start], theirs[c : code.dest_start])
        a, c = code.src_end, code.dest_end
        yield Piece("both", " ".join(ours[code.src_start : a]))
    yield from _changed(ours[a:], theirs[c:])


def in_one(before: str, after: str) -> str:
    """``the {tall → high} wall {+ fell}``: the two wordings for where nothing can be struck out."""
    found = list(pieces(before, after))
    written: list[str] = []
    for place, piece in enumerate(found):
        behind = found[place + 1] if place + 1 < len(found) else None
        if piece.how == "both":
            written.append(piece.words)
        elif piece.how == "before":
            new = behind.words if behind and behind.how == "after" else ""
            written.append(f"{{{piece.words} → {new}}}" if new else f"{{− {piece.words}}}")
        elif not place or found[place - 1].how != "before":
            written.append(f"{{+ {piece.words}}}")
    return " ".join(written)


def _changed(gone: list[str], new: list[str]) -> Iterator[Piece]:
    if gone:
        yield Piece("before", " ".join(gone))
    if new:
        yield Piece("after", " ".join(new))
