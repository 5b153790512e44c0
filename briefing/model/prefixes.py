"""What prompts share at their beginning: a tree, so that it is computed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MIN_SHARED = 8
"""A shared stretch shorter than this is not worth a round of its own."""


@dataclass(frozen=True)
class Node:
    """A stretch of tokens beginning at position ``start``, decoded in ``sequence``.

    It goes on from the end of sequence ``parent``. ``job`` is the index of the prompt that ends
    here, None for a stretch that several share.
    """

    tokens: list[int]
    start: int
    sequence: int
    parent: int
    job: int | None = None


def common(a: Sequence[int], b: Sequence[int]) -> int:
    """How many first tokens ``a`` and ``b`` have in common."""
    for i, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return i
    return min(len(a), len(b))


def plan_prefixes(prompts: Sequence[list[int]]) -> list[list[Node]]:
    """Cut ``prompts`` into levels; a level's nodes need only the levels before them.

    Level 0 is one node in sequence 0 with what all share (perhaps nothing). Prompt i ends in
    sequence i + 1; stretches shared by some take sequences after those. Every prompt keeps at
    least one token of its own, whose logits are its answer. Only neighbours share: order them.
    """
    shared = _shared(prompts) if len(prompts) > 1 else 0
    levels: list[list[Node]] = [[Node(list(prompts[0][:shared]), 0, 0, 0)]]
    spare = iter(range(len(prompts) + 1, 2 * len(prompts) + 2))
    todo = [(0, list(range(len(prompts))), shared)]
    while todo:
        level: list[Node] = []
        following: list[tuple[int, list[int], int]] = []
        for parent, members, start in todo:
            for group in _groups(prompts, members, start):
                deep = _shared([prompts[i] for i in group])
                if len(group) == 1 or deep - start < MIN_SHARED:
                    level += [Node(prompts[i][start:], start, i + 1, parent, i) for i in group]
                    continue
                sequence = next(spare)
                level.append(Node(prompts[group[0]][start:deep], start, sequence, parent))
                following.append((sequence, group, deep))
        levels.append(level)
        todo = following
    return levels


def _groups(prompts: Sequence[list[int]], members: list[int], start: int) -> list[list[int]]:
    """Runs of neighbours that go on alike for at least MIN_SHARED tokens after ``start``."""
    groups = [[members[0]]]
    for previous, current in pairwise(members):
        alike = common(prompts[previous], prompts[current]) - start >= MIN_SHARED
        if alike and len(members) > 1:
            groups[-1].append(current)
        else:
            groups.append([current])
    return groups


def _shared(prompts: Sequence[list[int]]) -> int:
    """Tokens that all share, leaving each one of its own."""
    first, last = min(prompts), max(prompts)
    return min(common(first, last), min(map(len, prompts)) - 1)
