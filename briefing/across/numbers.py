"""Pairs of figures of the same thing that cannot both be right, or of which one is later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from briefing.across.dated import dates_of
from briefing.across.figures import Figure, figures_of
from briefing.across.matching import matches
from briefing.across.same import owners, same_point
from briefing.across.stances import Pair, Stance, comparable
from briefing.across.told import Told
from briefing.across.updates import ordered
from briefing.across.values import can_agree
from briefing.across.wholes import wholes_of
from briefing.across.words import words
from briefing.origins import Origins

MOST = 200
"""So many figures with one key are compared with one another: a key that more have says little."""


def figure_pairs(told: Sequence[Told], origins: Origins) -> Iterator[tuple[Figure, Figure, Pair]]:
    """Figures that differ, with the pair of stances that they make."""
    figures = [
        figure for each in told for figure in (*figures_of(each), *wholes_of(each), *dates_of(each))
    ]
    certain = [
        (one, other)
        for one, other in _candidates(figures)
        if comparable(one.told, other.told, origins) and same_point(one, other)
    ]
    # subtle: two sentences that are known to differ on one figure are not asked about another
    seen = {frozenset((id(a.told), id(b.told))) for a, b in certain}
    likely = [
        (one, other)
        for one, other in matches(figures, told, origins)
        if frozenset((id(one.told), id(other.told))) not in seen
    ]
    for one, other in (*certain, *likely):
        update = ordered(one, other)
        if update is not None and update[0].value.point != update[1].value.point:
            if can_agree(one.value, other.value) and not _tally(one, other):
                continue
            yield *update, Pair(stance_of(update[0]), stance_of(update[1]), "update")
        elif not can_agree(one.value, other.value):
            yield one, other, Pair(stance_of(one), stance_of(other), "conflict")


def _tally(one: Figure, other: Figure) -> bool:
    """A count of victims: “at least nine” and, later, ten are two figures."""
    grows = one.clause.acts & other.clause.acts & words("growing", "acts")
    exact = one.value.limit or other.value.limit
    return bool(grows) and exact and not (one.value.vague or other.value.vague)


def _candidates(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs with the same sort and a key in common, each once."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, figure in enumerate(figures):
        for key in _keys(figure):
            index[figure.sort, key].append(number)
    seen: set[tuple[int, int]] = set()
    for found in index.values():
        for pair in combinations(found[:MOST], 2):
            if pair not in seen:
                seen.add(pair)
                yield figures[pair[0]], figures[pair[1]]


def _keys(figure: Figure) -> Iterable[str]:
    if figure.thing and figure.thing not in words("things", "measures"):
        return {figure.thing, *figure.clause.acts}
    if figure.sort in {"age", "day", "clock"}:
        return {*owners(figure), *figure.clause.acts}
    return {*owners(figure)[:2], *figure.clause.acts}


def stance_of(figure: Figure) -> Stance:
    """The stance that a figure is, with the words for what it is a figure of."""
    return Stance(figure.told, figure.start, figure.end, _point(figure))


def _point(figure: Figure) -> str:
    """“people killed”, “Net profit”: noun and predicate in words of the source."""
    clause, noun = figure.clause, figure.noun
    tokens = {clause.verb.i: clause.verb}
    if clause.verb.lemma_.lower() in words("verbs", "level"):
        tokens = {c.i: c for c in clause.verb.children if c.dep_ in {"acomp", "attr"}}
    heads = [noun] if noun is not None else [*clause.path[:1], clause.subject]
    if noun is not None and not tokens and clause.subject not in {None, noun}:
        heads.append(clause.subject)
    for head in heads:
        if head is not None:
            tokens[head.i] = head
            tokens |= {
                c.i: c for c in head.children if c.dep_ in {"compound", "amod"} and not c.like_num
            }
    inside = range(figure.start, figure.end)
    kept = [t for i, t in sorted(tokens.items()) if not t.like_num and t.is_alpha]
    kept = [t for t in kept if t.idx not in inside or t == noun] or [figure.clause.verb]
    if noun is not None and noun in kept:  # “people killed”, whichever stands first
        kept.sort(key=lambda t: (t.i > noun.i or (t.i < figure.start and False), t.i))
    return " ".join(t.text for t in kept)
