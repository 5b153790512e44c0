"""The values that flow between the stages, and the briefing that comes out.

Everything here is frozen data: no I/O, no model, no rendering. All offsets are code points in
``Source.text`` and satisfy ``source.text[e.start:e.end] == e.text``.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION: Final = "1.1"
"""1.1 added disagreements, timeline and actors; files of 1.0 are read as having none."""
NOT_ESTABLISHED = "not established"

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Day = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
Format = Literal["text", "markdown", "html", "pdf", "docx", "eml"]
PassageKind = Literal["body", "headline", "heading", "caption", "credit", "date", "furniture"]
Mode = Literal["verbatim", "compressed", "free", "edited"]
Verdict = Literal["supported", "partly", "unsupported", "unclear"]
Section = Literal[
    "bottom_line", "outcomes", "quotes", "open_questions", "disagreements", "timeline"
]
Difference = Literal["conflict", "update"]


class Value(BaseModel):
    """Base of all values: immutable, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Value):
    """A stretch ``[start, end)`` of a source's text, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Location(Span):
    """Where a stretch of extracted text stands in the original (``page 3``, ``table 2``)."""

    label: str


class Source(Value):
    r"""One document as it was read.

    ``text`` is the decoded file for text formats (BOM removed, line ends ``\n``) and the
    extracted text for HTML, PDF, DOCX and mail; ``locations`` then maps it back. ``sha256`` is of
    the original bytes, ``text_sha256`` of ``text`` as UTF-8. ``dated`` is the day at which it was
    written, by its metadata or its own head: ``2031-05-12``, without a year ``--05-12``.
    """

    id: str
    path: str | None = None
    url: str | None = None
    format: Format = "text"
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    dated: str | None = None
    language: str = "en"
    sha256: Sha256
    text_sha256: Sha256
    text: str | None
    locations: tuple[Location, ...] = ()
    origin: str = ""

    @property
    def name(self) -> str:
        """Where it came from: path, address or ``standard input``."""
        return self.url or self.path or "standard input"

    @property
    def body(self) -> str:
        """The text, for stages that run while it is still there.

        Raises: ValueError where the briefing was written without texts.
        """
        if self.text is None:
            raise ValueError(f"the text of {self.id} is not in this briefing")
        return self.text


class Sentence(Span):
    """A sentence of a passage."""

    text: str


class Passage(Span):
    """A paragraph of a source. ``number`` counts its source's paragraphs from 1."""

    id: str
    source_id: str
    number: int
    kind: PassageKind
    text: str
    sentences: tuple[Sentence, ...] = ()


class Evidence(Span):
    """A stretch of a source that supports an item; ``origin`` names its group of near-copies.

    ``role`` is ``name`` where it only gives the name that an item has in brackets, ``related``
    where another text tells of the same in its own words: that is no support.
    """

    source_id: str
    passage_id: str
    paragraph: int
    text: str
    origin: str
    role: Literal["support", "name", "related"] = "support"


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
    that they have it from ("Reuters"), in the words of the first.
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


class BottomLine(Value):
    """One sentence of the bottom line; ``outcome_id`` is the finding below that it repeats.

    A compressed one leaves out what only adds to the finding.
    """

    id: str
    statement: str
    mode: Mode = "verbatim"
    outcome_id: str
    evidence: tuple[Evidence, ...]
    edited: Edit | None = None


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
    interrupts (“…,” she said. “…”), in order. ``note`` warns of what a reader must know.
    """

    id: str
    text: str
    speaker: str = NOT_ESTABLISHED
    evidence: tuple[Evidence, ...]
    continued: tuple[Evidence, ...] = ()
    attribution: tuple[Evidence, ...] = ()
    wordings: tuple[Wording, ...] = ()
    note: str = ""


class OpenQuestion(Value):
    """Something a source itself says is unclear, undisclosed, undecided or disputed."""

    id: str
    question: str
    mode: Mode = "verbatim"
    verdict: Verdict = "supported"
    evidence: tuple[Evidence, ...]
    checks: tuple[Check, ...] = ()
    edited: Edit | None = None


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

    schema_version: Literal["1.0", "1.1"] = SCHEMA_VERSION
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
