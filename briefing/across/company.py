"""Which pairs of figures make one disagreement: a third side must fit both others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.across.candidates import Candidate
from briefing.across.figures import Figure
from briefing.across.values import can_agree


def fitting(chosen: Sequence[Candidate], known: Iterable[Candidate]) -> list[Candidate]:
    """Of ``chosen``, the likeliest first, those whose figures fit all that they are joined with.

    Two figures fit that say the same or are a candidate pair of ``known`` themselves. Where 3.1 and
    3.6 are told of one year and 3.7 of another, 3.7 is near one of them and none of the other's.
    """
    pairs = {frozenset((id(c.one), id(c.other))) for c in known}
    groups: list[list[Figure]] = []
    kept: list[Candidate] = []
    for each in chosen:
        ones, others = _group_of(each.one, groups), _group_of(each.other, groups)
        if ones is not others and not _fit_together(ones, others, pairs):
            continue
        kept.append(each)
        if ones is not others:
            groups = [g for g in groups if g is not ones and g is not others]
            groups.append([*ones, *others])
    return kept


def _group_of(figure: Figure, groups: Sequence[list[Figure]]) -> list[Figure]:
    return next((g for g in groups if any(f is figure for f in g)), [figure])


def _fit_together(
    ones: Sequence[Figure], others: Sequence[Figure], pairs: set[frozenset[int]]
) -> bool:
    """Whether most pairs across two groups fit: the parser misreads one sentence in some."""
    fits = [_fit(one, other, pairs) for one in ones for other in others]
    return 2 * sum(fits) > len(fits)


def _fit(one: Figure, other: Figure, pairs: set[frozenset[int]]) -> bool:
    if frozenset((id(one), id(other))) in pairs:
        return True
    if one.told is other.told:  # one sentence does not give two figures of one thing
        return one is other
    same_source = one.told.source_id == other.told.source_id
    return same_source or can_agree(one.value, other.value)
