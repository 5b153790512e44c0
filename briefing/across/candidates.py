"""Pairs of figures of different sources that may be told of one thing, the likeliest first.

Every sign is worth what ``worth.toml`` says; the sum and, where there are sentence vectors, how
likely the two sentences tell the same give the log-odds that a reader calls the figures the same
point told differently. A threshold decides: a model that was asked as well ranked no better
(docs/across.md).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.across.ages import ages_of
from briefing.across.context import Weights, surroundings, weights_of
from briefing.across.dated import dates_of
from briefing.across.figures import Figure, figures_of
from briefing.across.likeness import signs
from briefing.across.nearness import Nearness
from briefing.across.stances import comparable
from briefing.across.told import Told
from briefing.across.updates import ordered
from briefing.across.values import can_agree
from briefing.across.wholes import wholes_of
from briefing.across.words import words, worth
from briefing.merge import Comparer
from briefing.merge import Told as Compared
from briefing.origins import Origins

LIKELY = 0.0
"""A pair with this score is shown where the later figure replaces the earlier (docs/across.md)."""
CONFLICT = 0.5
"""Likewise where nothing says which is the later: of these more are figures of two things."""
MAYBE = -1.0
"""A pair with this score may be of one thing: enough to choose another sentence."""
LEAST = -4.5
"""A pair whose signs are worth less is no candidate, however near its sentences are."""
SIGNS, NEAR, BIAS, CLOCK = 0.61, 0.57, 0.98, 1.85
"""What signs and nearness weigh together, and what a time of day loses: a report of one night is
full of them."""
SIGNS_ALONE, CLOCK_ALONE = 0.5, 2.0
"""Likewise without vectors: what is taken off."""
MOST = 60
"""A word around more figures than this says little about which of them answer to each other."""
_JOINED = re.compile(r"[A-Za-z][-–‑]$")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_HOUR = re.compile(r"\d{1,2}[.:h]\d\d$")
_OTHERS = frozenset({"colleague", "companion", "comrade", "teammate"})
_AGREES = 1.5
"""Two figures with one value are more likely figures of one thing: no third one then is."""
_TIE = 0.3
_EXACT = 1e-3
"""A sum may be so much off by rounding."""
_APART = frozenset({"none", "rate", "alone", "other time", "held by others", "other side"})
"""Signs of two things that only a construction outweighs."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """Two figures of two sources that differ and may be of one thing.

    ``score``: how likely they are; ``proved``: a construction ties them together.
    """

    one: Figure
    other: Figure
    score: float
    proved: bool


def candidates(
    told: Sequence[Told], origins: Origins, near: Nearness | None = None
) -> tuple[Candidate, ...]:
    """All pairs that score :data:`MAYBE`, the likeliest first: each the best match of both."""
    figures = figures_in(told)
    signs_only = _scored(figures, weights_of(told), origins)
    scored = {
        (i, j): (_weighed(score, figures[i], figures[j], near), proved)
        for (i, j), (score, proved) in signs_only.items()
    }
    best: dict[tuple[int, str], float] = defaultdict(lambda: -99.0)
    for (i, j), (score, _) in scored.items():
        for key in ((i, figures[j].told.source_id), (j, figures[i].told.source_id)):
            best[key] = max(best[key], score)
    found = [
        Candidate(figures[i], figures[j], score, proved)
        for (i, j), (score, proved) in scored.items()
        if score >= MAYBE and _differ(figures[i], figures[j], proved)
        if score
        >= max(best[i, figures[j].told.source_id], best[j, figures[i].told.source_id]) - _TIE
    ]
    return tuple(sorted(found, key=lambda c: -c.score))


def chosen(found: Sequence[Candidate]) -> list[Candidate]:
    """Those that are shown."""
    return [c for c in found if c.score >= (LIKELY if ordered(c.one, c.other) else CONFLICT)]


def _weighed(score: float, one: Figure, other: Figure, near: Nearness | None) -> float:
    """What the signs of two figures are worth together with how near their sentences are."""
    odds = None if near is None else near.odds(*(_sentence(f, near.comparer) for f in (one, other)))
    clock = one.sort == "clock"
    if odds is None:
        return score - SIGNS_ALONE - CLOCK_ALONE * clock
    if score < LEAST:
        return score
    return SIGNS * score + NEAR * odds + BIAS - CLOCK * clock


def _sentence(figure: Figure, comparer: Comparer) -> Compared:
    return comparer.told(figure.told.article, figure.told.line)


def figures_in(told: Sequence[Told]) -> list[Figure]:
    """All figures of sentences, dates and ages included."""
    return [
        figure
        for each in told
        for figure in (*figures_of(each), *wholes_of(each), *dates_of(each), *ages_of(each))
        if not _in_a_name(figure) and not _is_entry(figure) and not _is_besides(figure)
    ]


def _in_a_name(figure: Figure) -> bool:
    """“The under-19 league”, “Covid-19”: the number is part of a word."""
    return bool(_JOINED.search(figure.told.reading.text[: figure.start]))


def _is_entry(figure: Figure) -> bool:
    """“15.00 The office disagrees”: the hour of an entry, and no figure of fifteen."""
    at_start = figure.start == figure.told.span.start_char
    return at_start and figure.sort != "clock" and _HOUR.match(figure.text) is not None


def _is_besides(figure: Figure) -> bool:
    """“Penhallow and his eight colleagues” are nine."""
    noun = figure.noun
    if noun is None or noun.lemma_.lower() not in _OTHERS:
        return False
    return any(c.dep_ == "poss" for c in noun.children)


def _scored(
    figures: Sequence[Figure], weights: Weights, origins: Origins
) -> dict[tuple[int, int], tuple[float, bool]]:
    known: dict[int, set[tuple[str, float]]] = defaultdict(set)
    given: dict[str, set[tuple[str, float]]] = defaultdict(set)
    for figure in figures:
        known[id(figure.told)].add(_value(figure))
        given[figure.told.source_id].add(_value(figure))
    found: dict[tuple[int, int], tuple[float, bool]] = {}
    for i, j in _pairs(figures):
        one, other = figures[i], figures[j]
        if not comparable(one.told, other.told, origins):
            continue
        agree = can_agree(one.value, other.value)
        shown = signs(one, other, weights)
        pairs = ((one, other), (other, one))
        has = [_value(a) in known[id(b.told)] for a, b in pairs]
        if not agree and all(_has_digits(a, b) for a, b in pairs):
            continue  # “38 years instead of 35”, “35 years were enough, now it is 38”
        apart = any(has) or bool(shown.keys() & _APART)
        if apart and not agree and not shown.get("proved"):
            continue
        if any(_is_summand(a, b, known[id(a.told)]) for a, b in pairs):
            continue
        shown["elsewhere"] = sum(_value(a) in given[b.told.source_id] for a, b in pairs)
        score = sum(worth(name) * value for name, value in shown.items()) + worth("start")
        found[i, j] = score + _AGREES * agree, bool(shown.get("proved"))
    return found


def _differ(one: Figure, other: Figure, proved: bool) -> bool:
    """Whether the figures differ; “at least nine” dead and, later, ten are two figures as well."""
    if not can_agree(one.value, other.value):
        return True
    grows = one.clause.acts & other.clause.acts & words("growing", "acts")
    bound = one.value.limit or other.value.limit
    vague = one.value.vague or other.value.vague
    return proved and bool(grows) and bound and not vague and one.value.point != other.value.point


def _has_digits(figure: Figure, other: Figure) -> bool:
    """Whether the sentence of ``figure`` has the digits of ``other`` too, beside its own."""
    mine, theirs = _digits(figure), _digits(other)
    known = _DIGITS.findall(figure.told.line.sentence.text)
    return bool(theirs) and mine != theirs and theirs in known


def _is_summand(figure: Figure, whole: Figure, known: set[tuple[str, float]]) -> bool:
    """“371 million in lost profits and 41.6 in royalties” are the 412.6 million of another."""
    total, part = whole.value.point, figure.value.point
    if not 0 < part < total:
        return False
    return any(
        sort == figure.sort and 0 < more != part and abs(part + more - total) <= _EXACT * total
        for sort, more in known
    )


def _digits(figure: Figure) -> str:
    found = _DIGITS.search(figure.told.reading.text, figure.start, figure.end)
    return found[0] if found is not None else ""


def _value(figure: Figure) -> tuple[str, float]:
    return figure.sort, figure.value.point


def _pairs(figures: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """Figures of one sort with a word in common, each pair once."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, figure in enumerate(figures):
        around = surroundings(figure)
        keys = {figure.thing, *around.near, *around.far, *around.before} - {""}
        for word in {figure.thing} if figure.sort == "age" and figure.thing else keys:
            index[figure.sort, word].append(number)
    seen: set[tuple[int, int]] = set()
    for found in index.values():
        kept = found[:MOST]
        for place, i in enumerate(kept):
            for j in kept[place + 1 :]:
                if (i, j) not in seen and figures[i].told.source_id != figures[j].told.source_id:
                    seen.add((i, j))
                    yield i, j
