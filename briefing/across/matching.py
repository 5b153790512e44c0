"""Which figure of another source answers to a figure: the best match of both, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefing.across.context import ENOUGH, Weights, affinity, surroundings, weights_of
from briefing.across.figures import Figure
from briefing.across.stances import comparable
from briefing.across.told import Told
from briefing.across.values import can_agree
from briefing.origins import Origins

MOST = 60
"""A word around more figures than this says little about which of them answer to each other."""
_AGREES = 1.0
"""Two figures with one value are more likely figures of one thing."""
_ALONE = 0.8
_ALONE_COUNT = 0.5
"""So are two that have no rival in their sources; counts of things are many."""
_ALIKE = 2.0
_TIE = 0.05


def matches(
    figures: Sequence[Figure], told: Sequence[Told], origins: Origins
) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of figures that differ and that are the best match of one another."""
    weights = weights_of(told)
    known: dict[int, set[tuple[str, float]]] = defaultdict(set)
    for figure in figures:
        known[id(figure.told)].add((figure.sort, figure.value.point))
    scores = _scores(figures, weights, origins)
    rivals: dict[tuple[int, str], int] = defaultdict(int)
    for i, j in scores:
        rivals[i, figures[j].told.source_id] += 1
        rivals[j, figures[i].told.source_id] += 1
    best: dict[tuple[int, str], float] = defaultdict(float)
    for (i, j), found in list(scores.items()):
        one, other = figures[i], figures[j]
        keys = (i, other.told.source_id), (j, one.told.source_id)
        score = found + _AGREES * can_agree(one.value, other.value)
        if all(rivals[key] == 1 for key in keys):
            score += _alone(one, other)
        scores[i, j] = score
        for key in keys:
            best[key] = max(best[key], score)
    for (i, j), score in scores.items():
        one, other = figures[i], figures[j]
        if can_agree(one.value, other.value) or _known(one, other, known):
            continue
        top = max(best[i, other.told.source_id], best[j, one.told.source_id])
        if score >= max(ENOUGH, top - _TIE):
            yield one, other


def _scores(
    figures: Sequence[Figure], weights: Weights, origins: Origins
) -> dict[tuple[int, int], float]:
    """The affinity of each pair that has any."""
    found: dict[tuple[int, int], float] = {}
    for i, j in _pairs(figures):
        one, other = figures[i], figures[j]
        if comparable(one.told, other.told, origins):
            score = affinity(one, other, weights)
            if score > 0:
                found[i, j] = score
    return found


def _alone(one: Figure, other: Figure) -> float:
    """What it is worth that two figures of about one size have no rival in their sources."""
    low, high = sorted((abs(one.value.point), abs(other.value.point)))
    if one.sort in {"ordinal", "day", "clock"} or high > _ALIKE * low:
        return 0.0
    return _ALONE_COUNT if one.sort == "count" else _ALONE


def _known(one: Figure, other: Figure, known: dict[int, set[tuple[str, float]]]) -> bool:
    """Whether either sentence has the other's figure too: then they are figures of two things."""
    return (other.sort, other.value.point) in known[id(one.told)] or (
        one.sort,
        one.value.point,
    ) in known[id(other.told)]


def _pairs(figures: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """Figures of one sort with a word in common, each pair once."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, figure in enumerate(figures):
        around = surroundings(figure)
        for word in {figure.thing, *around.near, *around.far, *around.before} - {""}:
            index[figure.sort, word].append(number)
    seen: set[tuple[int, int]] = set()
    for found in index.values():
        kept = found[:MOST]
        for place, i in enumerate(kept):
            for j in kept[place + 1 :]:
                if (i, j) not in seen and figures[i].told.source_id != figures[j].told.source_id:
                    seen.add((i, j))
                    yield i, j
