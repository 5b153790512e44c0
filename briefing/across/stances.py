"""What one sentence says on a point, and a pair of sentences that say it differently."""

from __future__ import annotations

import math
from dataclasses import dataclass

from briefing.across.nearness import Nearness
from briefing.across.told import Told
from briefing.origins import Origins
from briefing.types import Difference

COPIED = 0.6
"""Two sentences of one origin that share this share of their words are edits of one sentence."""


@dataclass(frozen=True)
class Stance:
    """The words ``[start, end)`` of a passage that say how it is; ``point``: what is so."""

    told: Told
    start: int
    end: int
    point: str

    @property
    def text(self) -> str:
        """The words."""
        return self.told.reading.text[self.start : self.end]

    @property
    def place(self) -> tuple[str, int, int]:
        """Source and offsets, for order and identity."""
        base = self.told.line.passage.start
        return self.told.source_id, base + self.start, base + self.end


@dataclass(frozen=True)
class Pair:
    """Two stances that differ, the earlier first where ``kind`` is ``update``."""

    one: Stance
    other: Stance
    kind: Difference


def comparable(one: Told, other: Told, origins: Origins) -> bool:
    """Whether two sentences can disagree: of two sources, and no two prints of one text.

    Where one print has another figure in the very same sentence, that edit is worth telling.
    """
    if one.source_id == other.source_id:
        return False
    mine = origins.of(one.source_id, one.line.passage.id)
    theirs = origins.of(other.source_id, other.line.passage.id)
    if mine != theirs:
        return True
    union = one.words | other.words
    return bool(union) and len(one.words & other.words) >= COPIED * len(union)


def nearness_of(one: Told, other: Told, near: Nearness) -> float:
    """Log-odds that two sentences tell the same; minus infinity where one has no vector."""
    first, second = (near.comparer.told(each.article, each.line) for each in (one, other))
    odds = near.odds(first, second)
    return -math.inf if odds is None else odds
