"""The values that flow between the stages, and the briefing that comes out.

Everything here is frozen data: no I/O, no model, no rendering. All offsets are code points in
``Source.text`` and satisfy ``source.text[e.start:e.end] == e.text``.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from briefing.source_types import (
    Day,
    Evidence,
    Format,
    Genre,
    Location,
    Passage,
    PassageKind,
    Sentence,
    Sha256,
    Source,
    Span,
    Value,
)

__all__ = [
    "NOT_ESTABLISHED",
    "SCHEMA_VERSION",
    "Actor",
    "BottomLine",
    "Briefing",
    "Check",
    "Day",
    "Difference",
    "Disagreement",
    "Edit",
    "Event",
    "Evidence",
    "Format",
    "Genre",
    "InContext",
    "LeftOut",
    "Location",
    "Mode",
    "OpenQuestion",
    "Outcome",
    "Passage",
    "PassageKind",
    "Quote",
    "Role",
    "Run",
    "Section",
    "Sentence",
    "Sha256",
    "Side",
    "Source",
    "SourceSummary",
    "Span",
    "Value",
    "Verdict",
    "Withheld",
    "Wording",
    "around",
]

SCHEMA_VERSION: Final = "1.4"
"""1.1 added disagreements, timeline and actors, 1.2 what stands around an item in its source; older
files are read as having none."""
NOT_ESTABLISHED = "not established"

Mode = Literal["verbatim", "compressed", "free", "edited"]
Verdict = Literal["supported", "partly", "unsupported", "unclear"]
Section = Literal[
    "bottom_line", "outcomes", "quotes", "open_questions", "disagreements", "timeline"
]
Difference = Literal["conflict", "update"]


class Check(Value):
    """One check of an item: its name, whether it passed, and why in words."""

    name: str
    passed: bool
    reason: str = ""


class Edit(Value):
    """That a reader changed the words: what they were ``before``, and who it was, if known."""

    before: str
    mode: Mode
    by: str = ""


class Outcome(Value):
    """Something that happened, was decided, agreed or stated, as the sources have it.

    ``background`` is what was so before the event; ``stated_origin`` is where several sources say
    that they have it from ("Reuters"), in the words of the first. ``before`` stands before it in
    its source and says what it is about, ``after`` behind it and limits, doubts or denies it;
    ``elsewhere`` other sources have figures to compare. Shown beside it, as context, no support.
    """

    id: str
    statement: str
    mode: Mode = "verbatim"
    verdict: Verdict = "supported"
    score: float = Field(default=0.0, allow_inf_nan=False)
    background: bool = False
    stated_origin: str = ""
    evidence: tuple[Evidence, ...]
    checks: tuple[Check, ...] = ()
    edited: Edit | None = None
    before: Evidence | None = None
    after: Evidence | None = None
    elsewhere: tuple[Evidence, ...] = ()


class BottomLine(Value):
    """One sentence of the bottom line; ``outcome_id`` is the finding below that it repeats.

    With what is shown around that. A compressed one leaves out what only adds to the finding.
    """

    id: str
    statement: str
    mode: Mode = "verbatim"
    outcome_id: str
    evidence: tuple[Evidence, ...]
    edited: Edit | None = None
    before: Evidence | None = None
    after: Evidence | None = None
    elsewhere: tuple[Evidence, ...] = ()


class Wording(Value):
    """Another wording of the same quotation, as one source has it; parts as in :class:`Quote`."""

    text: str
    evidence: tuple[Evidence, ...]
    continued: tuple[Evidence, ...] = ()


class Quote(Value):
    """A direct quotation, exact to the character, without its quotation marks.

    ``speaker`` is a name the source uses, or ``not established``; ``attribution`` is the stretch
    that says so, with role ``name`` where another source gives the full name. ``text ==
    evidence[0].text``. ``continued`` are the further parts of an utterance that the source
    interrupts (“…,” she said. “…”), in order. ``note`` warns of what a reader must know,
    ``before`` and ``after`` are as in :class:`Outcome`.
    """

    id: str
    text: str
    speaker: str = NOT_ESTABLISHED
    evidence: tuple[Evidence, ...]
    continued: tuple[Evidence, ...] = ()
    attribution: tuple[Evidence, ...] = ()
    wordings: tuple[Wording, ...] = ()
    note: str = ""
    before: Evidence | None = None
    after: Evidence | None = None


class OpenQuestion(Value):
    """Something a source itself says is unclear, undisclosed, undecided or disputed."""

    id: str
    question: str
    mode: Mode = "verbatim"
    verdict: Verdict = "supported"
    evidence: tuple[Evidence, ...]
    checks: tuple[Check, ...] = ()
    edited: Edit | None = None
    before: Evidence | None = None
    after: Evidence | None = None


def overlap(one: Evidence, other: Evidence) -> bool:
    """Whether two pieces of evidence share words of one source."""
    same = one.source_id == other.source_id
    return same and one.start < other.end and other.start < one.end


InContext = Outcome | BottomLine | Quote | OpenQuestion
"""What can have context."""


def around(item: InContext) -> tuple[Evidence, ...]:
    """What is shown around ``item``, as far as there is any."""
    others = item.elsewhere if isinstance(item, Outcome | BottomLine) else ()
    return (*(each for each in (item.before, item.after) if each is not None), *others)


class Side(Value):
    """What some sources say on a point that others tell otherwise.

    ``value`` are the words in which they differ, a stretch of ``evidence[0].text``; ``statement``
    is the sentence with any name that it needs in brackets.
    """

    value: str
    statement: str
    mode: Mode = "verbatim"
    evidence: tuple[Evidence, ...]


class Disagreement(Value):
    """One point that sources tell differently, both sides with their evidence.

    ``kind`` is ``conflict`` where both cannot be right as said, ``update`` where later documents
    have later figures: the sides then stand in the order of time. ``point`` says what it is about,
    in words of the sources.
    """

    id: str
    kind: Difference
    point: str
    sides: tuple[Side, ...] = Field(min_length=2)


class Event(Value):
    """Something dated. ``date`` is ISO 8601 as far as it is known (``2024-05``, ``2024-05-16``).

    ``until`` is the last day of a stretch; ``when`` are the source's words that say so.
    """

    id: str
    date: Day
    until: Day | None = None
    when: str
    statement: str
    mode: Mode = "verbatim"
    verdict: Verdict = "supported"
    evidence: tuple[Evidence, ...]
    checks: tuple[Check, ...] = ()
    edited: Edit | None = None


class Role(Value):
    """What a source says that somebody is, in its words."""

    text: str
    evidence: tuple[Evidence, ...]


class Actor(Value):
    """A person or body of the event. ``also`` are other forms of the name that the sources use."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    evidence: tuple[Evidence, ...]


class Withheld(Value):
    """An item that failed a check and is therefore not in the briefing."""

    section: Section
    text: str
    reason: str
    evidence: tuple[Evidence, ...] = ()


class LeftOut(Value):
    """Input that was not used, or not read by the model, and why."""

    name: str
    reason: str


class SourceSummary(Value):
    """What one source contributed, by item id, and how much of it the model read."""

    source_id: str
    outcomes: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    open_questions: tuple[str, ...] = ()
    passages: int = 0
    passages_read: int = 0
    note: str = ""


class Run(Value):
    """Everything the result depends on. Timings are not here: they go to the run log."""

    briefing_version: str
    model: dict[str, str | int | None]
    prompts: dict[str, str]
    settings: dict[str, str | int | float | bool | None]
    versions: dict[str, str]
    seed: int


class Briefing(Value):
    """The product. Markdown and HTML are views of it."""

    schema_version: Literal["1.0", "1.1", "1.2", "1.3", "1.4"] = SCHEMA_VERSION
    title: str
    topic: str | None = None
    bottom_line: tuple[BottomLine, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    quotes: tuple[Quote, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    timeline: tuple[Event, ...] = ()
    actors: tuple[Actor, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    summaries: tuple[SourceSummary, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    run: Run
