"""The items of the evidence view: sentences with the passages that they rest on.

Everything here is plain text, which the HTML environment escapes; nothing is Markdown. Names of
elements (``o3``, ``p-S1-2``, ``s1``) are made here, so that no text of a document becomes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from briefing.evidence import supporting
from briefing.source_days import as_of, in_words, open_as_of, planned_as_of, source_days
from briefing.told_by import differing, told_by
from briefing.types import (
    NOT_ESTABLISHED,
    Actor,
    BottomLine,
    Disagreement,
    Edit,
    Event,
    Evidence,
    InContext,
    OpenQuestion,
    Outcome,
    Quote,
    Side,
    Source,
    Withheld,
    Wording,
)
from briefing.view_items import Beside, Cite, Entry, Person, Point, Reviewed, Said
from briefing.view_passages import PassageView, seen
from briefing.views import counted

_SECTIONS: Final = {
    "bottom_line": "bottom line",
    "outcomes": "key outcome",
    "quotes": "quote",
    "open_questions": "open question",
    "disagreements": "disagreement",
    "timeline": "timeline entry",
}
_ROLES: Final = ("support", "name", "related")


class EntryMaker:
    """Makes entries from items."""

    def __init__(
        self,
        passages: Mapping[tuple[str, str], PassageView],
        reviewed: Mapping[str, Reviewed],
        sources: Sequence[Source],
        points: Sequence[Disagreement] = (),
    ) -> None:
        self._passages = passages
        self._days = source_days(sources)
        self._genres = {source.id: source.genre for source in sources}
        self._reviewed = reviewed
        self._points = points

    def entry(
        self,
        anchor: str,
        item: str,
        label: str,
        words: str | Sequence[tuple[str, bool]],
        evidence: Sequence[Evidence],
    ) -> Entry:
        """An entry of ``words``, or of pieces of them with True for what is to stand out."""
        pieces = ((words, False),) if isinstance(words, str) else words
        return Entry(
            anchor=anchor,
            item=item,
            label=seen(label),
            pieces=tuple((seen(text), marked) for text, marked in pieces),
            cites=self._cites(evidence),
            support=_support(evidence),
            review=self._reviewed.get(item),
        )

    def line(self, item: BottomLine, number: int, finding: Outcome | None) -> Entry:
        """A sentence of the bottom line, with the checks of the ``finding`` that it repeats."""
        label = f"Bottom line {number}"
        entry = self.entry(f"b{number}", item.id, label, item.statement, item.evidence)
        entry = self._differing(entry, item.evidence)
        entry = self._on(_found(entry, finding) if finding else entry, item.evidence)
        entry = replace(entry, mode=item.mode, review=self._reviewed.get(item.outcome_id))
        return self._beside(_edited(entry, item.edited), item)

    def outcome(self, item: Outcome, number: int) -> Entry:
        """A key outcome."""
        label = f"Key outcome {number}"
        entry = self.entry(f"o{number}", item.id, label, item.statement, item.evidence)
        entry = self._differing(entry, item.evidence)
        return self._beside(self._on(_found(entry, item), item.evidence), item)

    def question(self, item: OpenQuestion, number: int) -> Entry:
        """An open question."""
        label = f"Open question {number}"
        entry = self.entry(f"u{number}", item.id, label, item.question, item.evidence)
        entry = self._on(_checked(entry, item), item.evidence)
        days = (self._days[name] for name in supporting(item.evidence))
        return self._beside(replace(entry, as_of=open_as_of(days, entry.words)), item)

    def said(self, item: Quote, number: int) -> Said:
        """A quotation; the passage that names its speaker is cited and no further witness."""
        basis = (*item.evidence, *item.continued, *item.attribution)
        entry = self.entry(f"q{number}", item.id, f"Quote {number}", _quoted(item), basis)
        sources = dict.fromkeys(each.source_id for each in item.evidence)
        named = item.speaker != NOT_ESTABLISHED
        party = told_by({name: self._genres[name] for name in sources})
        entry = replace(
            entry,
            note="; ".join(filter(None, (seen(item.note), party))),
            support=_support(item.evidence),
            as_of=self._as_of(item.evidence, entry.words),
        )
        wordings = tuple(
            self._wording(
                wording, f"q{number}w{place}", item.id, f"Quote {number}, wording {place}"
            )
            for place, wording in enumerate(item.wordings, 2)
        )
        entry = self._beside(entry, item)
        return Said(entry, seen(item.speaker) if named else "", wordings)

    def _wording(self, item: Wording, anchor: str, quote: str, label: str) -> Entry:
        basis = (*item.evidence, *item.continued)
        entry = self.entry(anchor, quote, label, _quoted(item), basis)
        return replace(entry, support=_support(item.evidence))

    def point(self, item: Disagreement, number: int) -> Point:
        """A point that sources tell differently."""
        return Point(
            anchor=f"d{number}",
            kind=item.kind,
            point=seen(item.point),
            sides=tuple(
                self._side(side, f"d{number}s{place}", item.id, f"Point {number}, side {place}")
                for place, side in enumerate(item.sides, 1)
            ),
        )

    def _side(self, side: Side, anchor: str, point: str, label: str) -> Entry:
        pieces = _split(side.statement, side.value)
        entry = self.entry(anchor, point, label, pieces, side.evidence)
        return self._on(replace(entry, mode=side.mode), side.evidence)

    def moment(self, item: Event, number: int) -> Entry:
        """An entry of the timeline, with its date."""
        label = f"Timeline {number}"
        entry = self.entry(f"t{number}", item.id, label, item.statement, item.evidence)
        days = [_day(day) for day in (item.date, item.until) if day]
        entry = replace(entry, mode=item.mode, verdict=item.verdict, checks=item.checks)
        written = (self._days[name] for name in supporting(item.evidence))
        entry = replace(entry, as_of=planned_as_of(written, item.date))
        when = seen(item.when).strip()
        return replace(_checked(entry, item), when=when, day=" to ".join(days))

    def person(self, item: Actor, number: int) -> Person:
        """A person or body."""
        told = [
            self.entry(f"a{number}r{n}", item.id, f"Role: {item.name}", role.text, role.evidence)
            for n, role in enumerate(item.roles, 1)
        ]
        roles = tuple(
            replace(entry, as_of=self._as_of(role.evidence, role.text))
            for entry, role in zip(told, item.roles, strict=True)
        )
        entry = self.entry(f"a{number}", item.id, "Who is who", item.name, item.evidence)
        return Person(entry, tuple(seen(name) for name in item.also), roles)

    def held(self, item: Withheld, number: int) -> Entry:
        """What was withheld; it has no id but its number."""
        label = f"Withheld: {_SECTIONS[item.section]}"
        words = f"withheld {number}"
        entry = self.entry(f"w{number}", words, label, item.text, item.evidence)
        return replace(entry, verdict="withheld", reason=seen(item.reason))

    def _differing(self, entry: Entry, evidence: Sequence[Evidence]) -> Entry:
        return replace(entry, note=differing(entry.words, evidence, self._points))

    def _beside(self, entry: Entry, item: InContext) -> Entry:
        """``entry`` with what stands around it in its source."""
        leading, following = (
            None if each is None else self._words(each) for each in (item.before, item.after)
        )
        others = item.elsewhere if isinstance(item, Outcome | BottomLine) else ()
        compared = tuple(self._words(each) for each in others)
        return replace(entry, leading=leading, following=following, compared=compared)

    def _words(self, each: Evidence) -> Beside:
        passage = self._passages[each.source_id, each.passage_id]
        return Beside(seen(" ".join(each.text.split())), passage)

    def _on(self, entry: Entry, evidence: Sequence[Evidence]) -> Entry:
        """``entry`` with the day that it is told for, who “we” is, and who alone tells it."""
        spoken = entry.checks if entry.mode != "edited" else ()
        voices = (each.reason for each in spoken if each.name == "voice")
        alone = told_by({name: self._genres[name] for name in supporting(evidence)})
        return replace(
            entry,
            as_of=self._as_of(evidence, entry.words),
            note="; ".join(filter(None, (entry.note, *voices, alone))),
        )

    def _as_of(self, evidence: Sequence[Evidence], words: str) -> str:
        return as_of((self._days[name] for name in supporting(evidence)), words)

    def _cites(self, evidence: Sequence[Evidence]) -> tuple[Cite, ...]:
        """The passages of ``evidence``, each once; where it supports and names, it supports."""
        groups: dict[tuple[str, str], list[Evidence]] = {}
        for each in evidence:
            groups.setdefault((each.source_id, each.passage_id), []).append(each)
        cites = []
        for key, group in groups.items():
            passage = self._passages[key]
            marks = ",".join(dict.fromkeys(passage.marks(each) for each in group))
            role = min((each.role for each in group), key=_ROLES.index)
            cites.append(Cite(passage, marks, role, group[0].origin or key[0]))
        return tuple(cites)


def _found(entry: Entry, item: Outcome) -> Entry:
    return replace(_checked(entry, item), score=item.score, origin=seen(item.stated_origin))


def _checked(entry: Entry, item: Outcome | OpenQuestion | Event) -> Entry:
    """``entry`` with what the checks say of it."""
    checked = replace(entry, verdict=item.verdict, mode=item.mode, checks=item.checks)
    return _edited(checked, item.edited)


def _edited(entry: Entry, edit: Edit | None) -> Entry:
    """``entry`` with who changed it, and what it was."""
    if edit is None:
        return entry
    return replace(
        entry, mode="edited", editor=seen(edit.by).strip() or "a reader", before=seen(edit.before)
    )


def _support(evidence: Iterable[Evidence]) -> str:
    """``3 sources, 2 independent texts``; empty for one source."""
    used = [each for each in evidence if each.role == "support"]
    sources = len({each.source_id for each in used})
    if sources < 2:
        return ""
    independent = len({each.origin or each.source_id for each in used})
    return f"{sources} sources, {counted(independent, 'independent text')}"


def _quoted(item: Quote | Wording) -> str:
    return " […] ".join(f"“{part}”" for part in (item.text, *(e.text for e in item.continued)))


def _split(statement: str, value: str) -> tuple[tuple[str, bool], ...]:
    """``statement`` with the first ``value`` in it standing out."""
    before, found, after = statement.partition(value) if value else (statement, "", "")
    return tuple(piece for piece in ((before, False), (found, True), (after, False)) if piece[0])


def _day(day: str) -> str:
    try:
        return in_words(day)
    except (ValueError, IndexError):  # no day of the calendar
        return seen(day)
