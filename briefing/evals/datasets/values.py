"""What every format is read into: a statement, passages, and whether they support it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Labelled:
    """A statement and the passages it is to be checked against.

    ``label`` is true where they support all of it. ``document`` names what the passages are from:
    items of one document are not independent. ``evidence`` holds alternative sets of indices of
    passages, each of which is enough. ``kind`` and ``split`` are as published.
    """

    id: str
    statement: str
    passages: tuple[str, ...]
    label: bool
    document: str
    split: str = ""
    kind: str = ""
    evidence: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """The items of one dataset, or of one domain of it: ``wice``, ``summedits/news``."""

    name: str
    items: tuple[Labelled, ...]

    @property
    def dataset(self) -> str:
        """The name without the domain."""
        return self.name.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds: sets, the SHA-256 of each file used, and files nobody could place."""

    sets: tuple[LabelledSet, ...]
    files: dict[str, str]
    unknown: tuple[str, ...] = ()


def canonical_split(name: str) -> str:
    """``dev`` for its other names; all others as they are, in lower case."""
    lower = name.lower()
    return "dev" if lower in {"valid", "validation", "val", "development"} else lower


def sample(labelled: LabelledSet, limit: int, seed: int) -> LabelledSet:
    """At most ``limit`` items in their order, drawn evenly from all documents.

    Documents and their items are shuffled with ``seed``; then each document gives one item in
    turn, because many documents say more than many items of a few.
    """
    chosen = set(_in_turn(labelled.items, limit, random.Random(seed)))  # noqa: S311 (a sample)
    kept = (item for index, item in enumerate(labelled.items) if index in chosen)
    return replace(labelled, items=tuple(kept))


def _in_turn(items: Sequence[Labelled], limit: int, chance: random.Random) -> list[int]:
    by_document: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        by_document[item.document].append(index)
    piles = [by_document[document] for document in sorted(by_document)]
    chance.shuffle(piles)
    for pile in piles:
        chance.shuffle(pile)
    longest = max(map(len, piles), default=0)
    rounds = (pile[turn] for turn in range(longest) for pile in piles if turn < len(pile))
    return [index for index, _ in zip(rounds, range(limit), strict=False)]
