"""Disagreements: the points that sources tell differently, each with its sides and evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefing.across.bracketed import cite_added
from briefing.across.candidates import Candidate, candidates, chosen
from briefing.across.company import fitting
from briefing.across.denials import denial_pairs
from briefing.across.disputes import dispute_pairs
from briefing.across.figures import Figure
from briefing.across.nearness import Nearness
from briefing.across.numbers import figure_pairs, stance_of
from briefing.across.roles import role_pairs
from briefing.across.stances import Pair, Stance
from briefing.across.told import Told, told_in
from briefing.across.values import same_figure
from briefing.across.votes import division, vote_pairs
from briefing.evidence import Citer
from briefing.extract.articles import Article
from briefing.extract.behind import begins_entry
from briefing.origins import Origins
from briefing.types import Difference, Disagreement, Evidence, Sentence, Side

_LED_IN = {"pronoun", "description", "leaning", "form"}
"""What keeps a sentence from standing alone, but not behind the sentence before it."""


def disagreements(
    articles: Sequence[Article],
    origins: Origins,
    citer: Citer,
    *,
    language: str | None = None,
    pairs: Sequence[Candidate] | None = None,
    near: Nearness | None = None,
) -> list[Disagreement]:
    """What the sources tell differently on the same point, in the order of the sources.

    ``language`` is that of all articles where the user gave one, else each has its own; ``pairs``
    are figures that may be of one thing, where they are known already; ``near`` compares sentences,
    where they have vectors.
    """
    told = told_in(articles, language)
    known = candidates(told, origins) if pairs is None else pairs
    likely = fitting(chosen(known), known)
    votes = list(vote_pairs(told, origins, near))
    found = [
        *_of_figures([p for p in figure_pairs(likely) if not _is_voted(p[2], votes)], citer),
        *_of_votes(votes, citer),
        *_of_denials(list(_claims(told, origins, near)), citer),
    ]
    order = {article.source.id: place for place, article in enumerate(articles)}
    return sorted(found, key=lambda d: _place(d, order))


def _claims(told: Sequence[Told], origins: Origins, near: Nearness | None) -> Iterator[Pair]:
    """Pairs of claims without figures."""
    yield from denial_pairs(told, origins, near)
    yield from role_pairs(told, origins)
    yield from dispute_pairs(told, origins, near)


def _place(found: Disagreement, order: dict[str, int]) -> tuple[int, int, str]:
    first = found.sides[0].evidence[0]
    return order[first.source_id], first.start, found.id


def _of_figures(
    pairs: Sequence[tuple[Figure, Figure, Pair]], citer: Citer
) -> Iterator[Disagreement]:
    for group in _connected(pairs):
        figures = {id(f): f for one, other, _ in group for f in (one, other)}
        updates = sum(pair.kind == "update" for _, _, pair in group)
        sides: list[list[Figure]] = []
        ranks = _ranks(group)
        for figure in sorted(figures.values(), key=lambda f: ranks[id(f)]):
            side = next(
                (s for s in sides if all(same_figure(figure.value, g.value) for g in s)), None
            )
            if side is None:
                sides.append([figure])
            else:
                side.append(figure)
        kind: Difference = "update" if 2 * updates >= len(group) else "conflict"
        yield from made([[stance_of(f) for f in side] for side in sides], kind, citer)


def _is_voted(pair: Pair, votes: Sequence[Pair]) -> bool:
    """Whether its figures are those of a vote that is shown as a whole."""
    return any(
        all(a.told is b.told and a.start < b.end and b.start < a.end for a, b in both)
        for vote in votes
        for both in (
            ((pair.one, vote.one), (pair.other, vote.other)),
            ((pair.one, vote.other), (pair.other, vote.one)),
        )
    )


def _of_votes(pairs: Sequence[Pair], citer: Citer) -> Iterator[Disagreement]:
    """One disagreement for all pairs that hang together, with a side for each division."""
    groups: list[list[Stance]] = []
    for pair in pairs:
        joined = [
            g for g in groups if any(s.place in (pair.one.place, pair.other.place) for s in g)
        ]
        groups = [g for g in groups if g not in joined]
        groups.append([*(s for g in joined for s in g), pair.one, pair.other])
    for group in groups:
        sides: dict[frozenset[float], dict[tuple[str, int, int], Stance]] = defaultdict(dict)
        for stance in group:
            sides[division(stance.text)][stance.place] = stance
        yield from made([list(side.values()) for side in sides.values()], "conflict", citer)


def _of_denials(pairs: Sequence[Pair], citer: Citer) -> Iterator[Disagreement]:
    """One disagreement for each pair of sentences; more that say either join its sides."""
    groups: list[tuple[list[Stance], list[Stance]]] = []
    for pair in pairs:
        for one, other in groups:
            if pair.one.place in {s.place for s in one}:
                other.append(pair.other)
                break
            if pair.other.place in {s.place for s in other}:
                one.append(pair.one)
                break
        else:
            groups.append(([pair.one], [pair.other]))
    for one, other in groups:
        yield from made([one, other], "conflict", citer)


def _ranks(group: Sequence[tuple[Figure, Figure, Pair]]) -> dict[int, tuple[int, float, int]]:
    """Each figure's place: updates in the order of time, else that of the sources."""
    later: dict[int, int] = defaultdict(int)
    for _ in range(3):
        for one, other, pair in group:
            if pair.kind == "update":
                later[id(other)] = max(later[id(other)], later[id(one)] + 1)
    members = [f for one, other, _ in group for f in (one, other)]
    updated = any(pair.kind == "update" for _, _, pair in group)
    size = {id(f): f.value.point if updated else 0.0 for f in members}
    return {id(f): (later[id(f)], size[id(f)], n) for n, f in reversed(list(enumerate(members)))}


def _connected(
    pairs: Sequence[tuple[Figure, Figure, Pair]],
) -> Iterator[list[tuple[Figure, Figure, Pair]]]:
    """Pairs that share a figure, together."""
    group: dict[int, int] = {}
    for number, (one, other, _) in enumerate(pairs):
        joined = {group[i] for i in (id(one), id(other)) if i in group}
        for each, old in group.items():
            if old in joined:
                group[each] = number
        group[id(one)] = group[id(other)] = number
    together: dict[int, list[tuple[Figure, Figure, Pair]]] = defaultdict(list)
    for pair in pairs:
        together[group[id(pair[0])]].append(pair)
    yield from together.values()


def made(
    sides: Sequence[Sequence[Stance]], kind: Difference, citer: Citer
) -> Iterator[Disagreement]:
    """The disagreement, if two sides of two sources can stand alone."""
    built = [side for side in (_side(stances, citer) for stances in sides) if side is not None]
    sources = {e.source_id for side in built for e in side.evidence if e.role == "support"}
    if len(built) < 2 or len(sources) < 2:
        return
    point = sides[0][0].point
    evidence = built[0].evidence
    text = "\0".join([point, *(side.value for side in built)])
    yield Disagreement(
        id=citer.item_id("d", text, evidence), kind=kind, point=point, sides=tuple(built)
    )


def _side(stances: Sequence[Stance], citer: Citer) -> Side | None:
    """A side as shown: a sentence that stands alone, else one with the sentence before it."""
    alone = [s for s in stances if s.told.alone]
    first = next(iter(alone), None) or next((s for s in stances if _can_be_led_in(s)), None)
    if first is None:
        return None
    evidence: list[Evidence] = []
    for stance in [first, *(s for s in stances if s is not first and s.told.alone)]:
        start, end = _stretch(stance)
        if not any(e.source_id == stance.told.source_id and e.start == start for e in evidence):
            evidence.append(citer.cite(stance.told.source_id, start, end))
    if first.told.alone:
        evidence[1:1] = cite_added(first.told.line.added, first.told.article, citer)
    added = first.told.alone and bool(first.told.line.added)
    return Side(
        value=first.text,
        statement=first.told.line.statement if first.told.alone else evidence[0].text,
        mode="compressed" if added else "verbatim",
        evidence=tuple(evidence),
    )


def _can_be_led_in(stance: Stance) -> bool:
    problem = stance.told.line.problem
    return problem is not None and problem.name in _LED_IN and _lead(stance.told) is not None


def _stretch(stance: Stance) -> tuple[int, int]:
    """The sentence, from the one before it on where it cannot stand alone."""
    sentence = stance.told.line.sentence
    if stance.told.alone:
        return sentence.start, sentence.end
    before = _lead(stance.told)
    return (before.start if before is not None else sentence.start), sentence.end


def _lead(told: Told) -> Sentence | None:
    """The sentence right above one, in its paragraph or the one before."""
    if not told.line.order or begins_entry(told.line):
        return None
    last = told.article.lines[told.line.order - 1].sentence
    between = told.article.source.body[last.end : told.line.sentence.start]
    return None if between.strip() else last
