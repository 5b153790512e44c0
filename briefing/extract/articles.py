"""A source with all that is found in it without a model: passages, sentences, quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from briefing.extract.askers import Askers
from briefing.extract.attributions import Attribution
from briefing.extract.entry_times import Entry, EntryTimes
from briefing.extract.events import main_actors
from briefing.extract.narrative import Narrative, narrative
from briefing.extract.offices import NO_OFFICES, Offices
from briefing.extract.people import NOBODY, People
from briefing.extract.quotes import Quotation, find_quotations
from briefing.extract.resolve import Addition, Resolver
from briefing.extract.signs import NO_SIGNS, Signs, signs_of
from briefing.extract.speakers import speakers_of
from briefing.grounding.context import stands_alone
from briefing.grounding.references import Candidate, open_references
from briefing.passages import split
from briefing.types import Check, Passage, Sentence, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]
_CLOCK: Final = re.compile(r"\d[:.h]\d\d\b|\d ?[ap]\.?m\b", re.IGNORECASE)
_CLOSING: Final = ".!?…"
ENTRY: Final = "entry of"
"""Right behind a date, an hour alone reads as part of it: “will meet on Monday [17.30]”."""


@dataclass(frozen=True)
class Line:
    """A sentence of a body passage with the checks that say whether it can stand alone.

    ``order`` counts the body sentences of its source from 0; ``added`` are names that it needs,
    and the hour of its entry on a live page.
    """

    sentence: Sentence
    passage: Passage
    order: int
    checks: tuple[Check, ...]
    added: tuple[Addition, ...] = ()
    signs: Signs = NO_SIGNS

    @property
    def statement(self) -> str:
        """The sentence, with what is added in brackets."""
        return self._with(self.added)

    @property
    def named(self) -> str:
        """The sentence, with the names that it needs in brackets."""
        return self._with(self.names)

    @property
    def names(self) -> tuple[Addition, ...]:
        """What is added, but for hours."""
        return tuple(each for each in self.added if each.reference)

    def _with(self, added: Sequence[Addition]) -> str:
        text = self.sentence.text
        for addition in sorted(added, key=lambda a: -a.at):
            at = addition.at - self.sentence.start
            text = f"{text[:at]} [{addition.name}]{text[at:]}"
        return text

    @property
    def alone(self) -> bool:
        """Whether all checks passed."""
        return all(check.passed for check in self.checks)

    @property
    def problem(self) -> Check | None:
        """The check that failed."""
        return next((check for check in self.checks if not check.passed), None)


@dataclass(frozen=True)
class Article:
    """A source, its passages, its sentences, its quotations with their speakers, its people."""

    source: Source
    passages: tuple[Passage, ...]
    lines: tuple[Line, ...]
    quotations: tuple[Quotation, ...]
    attributions: tuple[Attribution, ...]
    people: People = NOBODY
    offices: Offices = NO_OFFICES


def analyse(source: Source, parse: Parse) -> Article:
    """Read ``source`` without a model. ``parse`` is for its language."""
    passages = split(source)
    quotations = find_quotations(source.body, passages)
    told = narrative(quotations, source, passages, parse)
    return Article(
        source=source,
        passages=passages,
        lines=tuple(_lines(source, passages, quotations, told)),
        quotations=quotations,
        attributions=speakers_of(told, quotations),
        people=told.people,
        offices=told.discourse.offices,
    )


def _lines(
    source: Source,
    passages: Sequence[Passage],
    quotations: Sequence[Quotation],
    told: Narrative,
) -> list[Line]:
    resolver = Resolver(told)
    times = EntryTimes(source.body)
    body = [(passage, told.parse(passage.text)) for passage in passages if passage.kind == "body"]
    actors = main_actors(doc for _, doc in body)
    lines: list[Line] = []
    askers = Askers(source.body, quotations)
    narrated = [q for q in quotations if askers.presents(q)]
    for passage, doc in body:
        near = [q for q in quotations if q.start < passage.end and q.end > passage.start]
        for sentence in passage.sentences:
            # What a presenter says behind the first sentence of a turn is no answer to anybody.
            said = [q for q in narrated if q.label is not None and q.label.end <= sentence.start]
            near_it = [q for q in near if q not in said]
            candidate = Candidate(sentence, passage, doc, near_it)
            signs = signs_of(sentence, candidate.parsed, near_it, actors)
            line = _line(candidate, len(lines), resolver)
            added = (*line.added, *_hour(sentence, times, passages))
            lines.append(replace(line, signs=signs, added=added))
    return lines


def _hour(sentence: Sentence, times: EntryTimes, passages: Sequence[Passage]) -> Iterator[Addition]:
    """The hour of the entry in which ``sentence`` stands, where it has none of its own; its day."""
    entry = times.at(sentence)
    if entry is None or _is_closed(entry, sentence, passages):
        return
    end = sentence.start + len(sentence.text.rstrip(_CLOSING))
    day = times.day(entry)
    if not _CLOCK.search(sentence.text):
        said = f"{day}, {entry.time}" if day else entry.time
        yield Addition(end, "", f"{ENTRY} {said}", entry.given, entry.day)
    elif entry.day is not None:
        yield Addition(end, "", day, entry.day)


def _is_closed(entry: Entry, sentence: Sentence, passages: Sequence[Passage]) -> bool:
    """Whether a heading ends ``entry`` before ``sentence``: one behind its first words."""
    inside = [p for p in passages if entry.start <= p.start <= sentence.start]
    words = next((n for n, p in enumerate(inside) if p.kind == "body"), len(inside))
    return any(p.kind == "heading" for p in inside[words:])


def _line(candidate: Candidate, order: int, resolver: Resolver) -> Line:
    """The sentence as it is if it can stand alone, else with names in brackets if that helps."""
    sentence, passage = candidate.sentence, candidate.passage
    checks = stands_alone(candidate)
    plain = Line(sentence, passage, order, checks)
    problem = plain.problem
    if problem is None or problem.name not in {"pronoun", "description"}:
        return plain
    for reference in open_references(candidate):
        found = resolver.resolve(reference.start, reference.end)
        if found is None:
            continue
        helped = stands_alone(replace(candidate, resolved=frozenset({reference.start})))
        if all(check.passed for check in helped):
            reason = f"“{found.reference}” is {found.name}"
            checks = (*helped, Check(name="resolved", passed=True, reason=reason))
            return Line(sentence, passage, order, checks, (found,))
    return plain
