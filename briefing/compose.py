"""From ranked sentences to the sections of a briefing: what is shown, and what is withheld."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from briefing import beside
from briefing.across.bracketed import cite_added
from briefing.bottom_line import CONNECTIVE
from briefing.choose import (
    MIN_IMPORTANCE,
    PER_ROOT,
    QUESTIONS_PER_ROOT,
    Coverage,
    Pick,
    choose,
    openness,
    room,
)
from briefing.config import Settings
from briefing.evidence import Citer
from briefing.extract.articles import Line
from briefing.extract.behind import is_own_voice, voice
from briefing.extract.courtesies import is_courtesy
from briefing.extract.leaning import UNCLEAR, is_hidden, leans_on
from briefing.extract.open_lines import lead_in, lead_unclear
from briefing.extract.salience import Key, key_of
from briefing.extract.select import Ranked
from briefing.extract.shorten import Parse
from briefing.merge import Comparer, Told
from briefing.overtaken import is_overtaken
from briefing.telling import identity, joined, length, settled
from briefing.types import (
    Check,
    Evidence,
    OpenQuestion,
    Outcome,
    Section,
    Withheld,
)

PER_SOURCE = 25
"""Sentences of one source among which outcomes are looked for: none may crowd out the others."""
CONNECTED = 1.0
"""What a sentence loses that begins with "But" or "Meanwhile": it answers one that is not shown."""

LONGEST = 110
"""Words of sentences told together, where what the last one leans on leans on others itself."""
OPEN = 1.0
"""What a sentence loses among outcomes that says that something is open: it may tell more."""
_EXPLAINED = {"pronoun", "description", "leaning"}
"""Checks whose failure is worth telling: the sentence says something, only not by itself."""


class Composer:
    """Composes the sections from all ranked sentences of a briefing.

    ``outgrown`` are sentences whose count another one tells grown: no outcomes.
    """

    def __init__(
        self,
        ranked: Sequence[Ranked],
        comparer: Comparer,
        citer: Citer,
        settings: Settings,
        parse: Parse,
        outgrown: Collection[Key] = (),
    ) -> None:
        self._ranked = ranked
        self._outgrown = outgrown
        self._comparer = comparer
        self._citer = citer
        self._settings = settings
        self._parse = parse
        self._told = [comparer.told(r.article, r.line) for r in ranked]
        self._bodies = {r.article.source.id: r.article.source.body for r in ranked}
        self._order = {id(each): place for place, each in enumerate(ranked)}
        self._near = {key_of(r.article, r.line): r for r in ranked}

    def outcomes(self) -> list[Pick]:
        """The sentences worth telling, the main things first, each finding once."""
        origins = [self._citer.origin(r.article, r.line.passage) for r in self._ranked]
        coverage = Coverage(zip(self._told, origins, strict=True), self._comparer)
        best = [self._pick(r, self._comparer.told(r.article, r.line)) for r in self._candidates()]
        most = self._settings.max_outcomes or room(self._told, PER_ROOT)
        chosen = choose(best, self._comparer, coverage, most)
        picks = [self._behind(before, pick) for before, pick in self._chained(chosen)]
        spans = [pick.evidence[0] for pick in picks]
        apart = [p for p in picks if not any(_within(p.evidence[0], span) for span in spans)]
        return sorted(apart, key=_prominence, reverse=True)

    def _chained(self, chosen: Sequence[Pick]) -> Iterator[tuple[tuple[Line, ...], Pick]]:
        """What each is told behind; with what that leans on itself, where it is shown anyway."""
        leads = [leans_on(pick.ranked, self._near) for pick in chosen]
        own = {id(pick.ranked.line): lead for pick, lead in zip(chosen, leads, strict=True)}
        for pick, lead in zip(chosen, leads, strict=True):
            shown = next((each for each in lead if id(each) in own), None)
            if shown is None:
                yield lead, pick
                continue
            whole = (*own[id(shown)], *lead[lead.index(shown) :])
            if length((*whole, pick.ranked.line)) <= LONGEST:
                yield whole, pick
            else:  # it is told by itself, close by
                yield (() if pick.ranked.line.alone else lead), pick

    def open_lines(self) -> tuple[list[Pick], list[Ranked]]:
        """Sentences that say that something is open, each matter once; those left over apart.

        One that leans on what stands before it is taken with it.
        """
        said = [r for r in self._ranked if r.is_open]
        said.sort(key=lambda r: (-openness(r), -r.importance))
        picks: list[Pick] = []
        left: list[Ranked] = []
        for ranked in said:
            before = lead_in(ranked.article, ranked.line)
            if before == ():
                before = leans_on(ranked, self._near)
            if before == () and self._is_unclear(ranked):
                before = lead_unclear(ranked.article, ranked.line)
            if before is None:
                left.append(ranked)
                continue
            told = self._comparer.told(ranked.article, ranked.line)
            if not any(self._comparer.retells(told, pick.told) for pick in picks):
                picks.append(self._behind(before, self._pick(ranked, told)))
        spans = [pick.evidence[0] for pick in picks]
        apart = [p for p in picks if not any(_within(p.evidence[0], span) for span in spans)]
        most = self._settings.max_questions
        shown = apart[: room(self._told, QUESTIONS_PER_ROOT) if most is None else most]
        shown.sort(key=lambda pick: self._place(pick.ranked))
        return shown, left

    def withheld(self, shown: Sequence[Pick], unclear: Sequence[Ranked]) -> Iterator[Withheld]:
        """What would have been shown if it could stand alone, with the reason."""
        floor = statistics.median([pick.ranked.cheap for pick in shown]) if shown else 0.0
        would: list[tuple[Ranked, Section]] = [
            (r, "outcomes")
            for r in self._ranked
            if r.cheap > floor and (_explained(r) or self._is_unclear(r))
        ]
        would.sort(key=lambda item: -item[0].cheap)
        for ranked in unclear:
            if _explained(ranked) and all(ranked is not other for other, _ in would):
                would.append((ranked, "open_questions"))
        told: list[Told] = [pick.told for pick in shown]
        for ranked, where in would:
            mine = self._comparer.told(ranked.article, ranked.line)
            # What another sentence says with its names was weighed there.
            elsewhere = (t for t in self._comparer.near(mine) if t.line.alone and t is not mine)
            if any(self._comparer.retells(mine, other) for other in (*told, *elsewhere)):
                continue
            told.append(mine)
            problem = ranked.line.problem
            yield Withheld(
                section=where,
                text=ranked.line.sentence.text,
                reason=problem.reason if problem else UNCLEAR,
                evidence=(self._cite(ranked),),
            )

    def _is_unclear(self, ranked: Ranked) -> bool:
        return ranked.line.alone and is_hidden(ranked, self._near)

    def _candidates(self) -> list[Ranked]:
        """The best sentences of each source that can be told, alone or behind others."""
        taken: Counter[str] = Counter()
        best: list[Ranked] = []
        for ranked in sorted(self._ranked, key=lambda r: -r.importance):
            source = ranked.article.source.id
            clear = not is_hidden(ranked, self._near)
            # A lead tells the event itself; its early count has the last one beside it.
            early = ranked.line.order and key_of(ranked.article, ranked.line) in self._outgrown
            clear = clear and not early and not is_courtesy(ranked.line.sentence.text)
            good = clear and ranked.importance - OPEN * ranked.is_open >= MIN_IMPORTANCE
            if good and taken[source] < PER_SOURCE:
                taken[source] += 1
                told = self._comparer.told(ranked.article, ranked.line)
                if not is_overtaken(told, self._comparer, self._parse):
                    best.append(ranked)
        return best

    def _pick(self, ranked: Ranked, told: Told) -> Pick:
        others = [
            self._citer.cite(
                other.article.source.id, other.line.sentence.start, other.line.sentence.end
            )
            for other in self._comparer.supporters(told)
        ]
        names = cite_added(ranked.line.added, ranked.article, self._citer)
        evidence = (self._cite(ranked), *names, *others)
        independent = len({e.origin for e in evidence if e.role == "support"})
        weight = ranked.importance + independent - 1
        if CONNECTIVE.match(ranked.line.sentence.text):
            weight -= CONNECTED
        weight -= OPEN * ranked.is_open
        return Pick(ranked, told, evidence, weight)

    def _place(self, ranked: Ranked) -> int:
        """Where the sentence stands in the order of all documents."""
        return self._order[id(ranked)]

    def _behind(self, before: Sequence[Line], pick: Pick) -> Pick:
        """``pick`` with the lines ``before``, its evidence reaching over all.

        Where it stands in a later passage than they do, that one is cited, too.
        """
        if not before:
            return pick
        first, *others = pick.evidence
        whole = self._citer.cite(first.source_id, before[0].sentence.start, first.end)
        added = [name for line in before for name in line.names]
        names = cite_added(added, pick.ranked.article, self._citer)
        told = [e if e.role != "support" else self._all_of(whole, e) for e in others]
        own = [first] if first.passage_id != whole.passage_id else []
        return replace(pick, evidence=(whole, *own, *names, *told), before=tuple(before))

    def _all_of(self, whole: Evidence, part: Evidence) -> Evidence:
        """Where the source of ``part`` has all of ``whole``; else it tells of it in part only."""
        at = self._bodies[part.source_id].find(whole.text)
        if at < 0:
            return part.model_copy(update={"role": "related"})
        return self._citer.cite(part.source_id, at, at + len(whole.text))

    def _cite(self, ranked: Ranked) -> Evidence:
        sentence = ranked.line.sentence
        return self._citer.cite(ranked.article.source.id, sentence.start, sentence.end)

    def with_retellings(
        self, picks: Sequence[Pick], others: Sequence[tuple[Told, ...]]
    ) -> list[Pick]:
        """``picks`` with where other texts tell of the same, as far as they do not support it."""
        return [
            replace(pick, evidence=(*pick.evidence, *self._related(pick, found)))
            for pick, found in zip(picks, others, strict=True)
        ]

    def _related(self, pick: Pick, others: Sequence[Told]) -> Iterator[Evidence]:
        known = {each.source_id for each in pick.evidence}
        for other in others:
            source, sentence = other.article.source.id, other.line.sentence
            if source not in known:
                found = self._citer.cite(source, sentence.start, sentence.end)
                yield found.model_copy(update={"role": "related"})

    # -- items -----------------------------------------------------------------------------

    def outcome(self, pick: Pick) -> Outcome:
        """The briefing's item for ``pick``, in the source's words."""
        line = pick.ranked.line
        statement, mode = joined(pick)
        return Outcome(
            id=self._citer.item_id("o", statement, pick.evidence),
            statement=statement,
            mode=mode,
            score=round(pick.weight, 3),
            background=bool(line.signs.earlier) and line.signs.event < 1,
            evidence=pick.evidence,
            checks=(
                identity(pick),
                *settled(pick),
                *voice(pick.ranked.article, (*pick.before, line)),
            ),
            before=beside.lead_of_finding(pick, self._near, self._citer),
            after=beside.limit(pick, self._citer),
        )

    def question(self, pick: Pick, written: str, checks: Sequence[Check]) -> OpenQuestion:
        """The question for ``pick``: as ``written``, or the source's sentence if that is empty."""
        lines = (*pick.before, pick.ranked.line)
        own, mode = joined(pick)
        text = written or own
        failed = tuple(check for check in checks if not check.passed)
        spoken = voice(pick.ranked.article, lines)
        return OpenQuestion(
            id=self._citer.item_id("u", text, pick.evidence),
            question=text,
            mode="free" if written else mode,
            evidence=pick.evidence,
            checks=tuple(checks) if written else (*failed, identity(pick), *spoken),
            before=beside.lead(pick, text, self._near, self._citer),
            after=beside.limit(pick, self._citer) or beside.rest(pick, self._citer),
        )


def _prominence(pick: Pick) -> float:
    """How early it is told: the main thing first; late what only adds, or a party's “we” says."""
    adds = CONNECTIVE.match(pick.ranked.line.sentence.text) is not None
    own = any(map(is_own_voice, (*pick.before, pick.ranked.line)))
    return pick.ranked.prominence + len(_origins(pick)) - CONNECTED * (adds + own)


def _origins(pick: Pick) -> set[str]:
    return {e.origin for e in pick.evidence if e.role == "support"}


def _within(evidence: Evidence, other: Evidence) -> bool:
    """Whether ``evidence`` is part of a longer stretch."""
    length, longest = evidence.end - evidence.start, other.end - other.start
    inside = other.start <= evidence.start and evidence.end <= other.end
    return evidence.source_id == other.source_id and inside and length < longest


def _explained(ranked: Ranked) -> bool:
    problem = ranked.line.problem
    return problem is not None and problem.name in _EXPLAINED
