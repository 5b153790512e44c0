"""What output templates see: the briefing as numbered, cited items that print as Markdown.

``{{ item }}`` prints an item's words with references to its footnotes. Every field that comes from
a document is a :class:`Text`, which is escaped wherever a template puts it. ``templates/README.md``
documents these names for the people who write templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from briefing.citations import Basis, Citation, SourceView, Text, references
from briefing.source_days import as_of, is_deictic, open_as_of, planned_as_of
from briefing.told_by import told_by
from briefing.types import NOT_ESTABLISHED, Difference, Mode, Verdict


@dataclass(frozen=True)
class Beside:
    """Words that stand before or after an item in its source, or in another that says otherwise.

    ``{{ it }}`` prints the words and where they stand.
    """

    text: Text
    citation: Citation

    def __html__(self) -> Markup:
        return Markup("“{}”{}").format(self.text, self.citation)


@dataclass(frozen=True)
class Item:
    """A statement, question or wording with its citations; ``number`` counts within its section.

    ``stated_origin`` is where its sources say that they have it from; ``voice`` says who
    “we” is; ``edited_by`` is the reader who wrote its words where ``mode`` is ``edited``, if known.
    ``differs`` says where others tell it otherwise.
    ``before`` is what its source says before it, where it does not say itself what it is about,
    ``after`` what limits or denies it there; ``elsewhere`` others have figures to compare.
    """

    id: Text
    number: int
    text: Text
    basis: Basis
    mode: Mode = "verbatim"
    verdict: Verdict = "supported"
    background: bool = False
    stated_origin: Text | None = None
    voice: str = ""
    edited_by: Text | None = None
    differs: str = ""
    before: Beside | None = None
    after: Beside | None = None
    elsewhere: tuple[Beside, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The passages that support it."""
        return self.basis.citations

    @property
    def naming(self) -> tuple[Citation, ...]:
        """The passages that only give what stands in brackets: a name, or an hour."""
        return self.basis.naming

    @property
    def related(self) -> tuple[Citation, ...]:
        """The passages of other texts that tell of the same in their own words."""
        return self.basis.related

    @property
    def sources(self) -> int:
        """How many sources support it."""
        return self.basis.sources

    @property
    def independent(self) -> int:
        """How many independent texts these are."""
        return self.basis.independent

    @property
    def refs(self) -> Markup:
        """References to the footnotes; those that do not support it say what they are for."""
        found = references(self.citations)
        for what in ("name", "hour"):
            given = [each for each in self.naming if each.is_hour == (what == "hour")]
            if given:
                found += Markup(" ({}: {})").format(what, references(given))
        if self.related:
            found += Markup(" (see also {})").format(references(self.related))
        return found

    @property
    def as_of(self) -> str:
        """The day of what supports it, where that is not the latest or its words hang on it."""
        return as_of((each.source.day for each in self.citations), self.text)

    @property
    def support(self) -> str:
        """``3 sources, 2 independent texts``, the day, whether they are damaged; empty for one."""
        told = f"{self.sources} sources, {counted(self.independent, 'independent text')}"
        return "; ".join(filter(None, (told if self.sources > 1 else "", self.remark)))

    @property
    def remark(self) -> str:
        """The day, and what a reader must know of those who alone say so; empty for nothing."""
        day = f"as of {self.as_of}" if self.as_of else ""
        return "; ".join(filter(None, (day, self.caution)))

    @property
    def caution(self) -> str:
        """What a reader must know of the sources on which alone it rests; who “we” is.

        ``S4 is a party's own statement``, ``the text of S1 is damaged``.
        """
        sources = {each.source.id: each.source for each in self.citations}
        genres = {str(name): each.genre for name, each in sources.items()}
        notes = [self.differs, self.voice, told_by(genres)]
        if sources and all(each.damaged for each in sources.values()):
            notes.append(f"the text of {' and '.join(sources)} is damaged")
        return "; ".join(filter(None, notes))

    @property
    def around(self) -> Markup:
        """What a reader needs of what stands before and after it, and what to compare it with."""
        others = (("compare", each) for each in self.elsewhere)
        sides = (("before this", self.before), ("it goes on", self.after), *others)
        shown = (Markup(" ({}: {})").format(said, each) for said, each in sides if each)
        return Markup().join(shown)

    def __html__(self) -> Markup:
        return Markup("{}{}{}").format(self.text, self.refs, self.around)


@dataclass(frozen=True)
class QuestionView(Item):
    """Something open; ``source_words`` where the question is put in the model's words."""

    source_words: Beside | None = None

    @property
    def as_of(self) -> str:
        """As of other items; and that later sources may have the answer."""
        return open_as_of((each.source.day for each in self.citations), self.text)

    @property
    def around(self) -> Markup:
        """As of other items; first of all the source's own words."""
        if self.source_words is None:
            return super().around
        return Markup(" (in the source: {})").format(self.source_words) + super().around


@dataclass(frozen=True)
class QuoteView(Item):
    """A quotation. ``speaker`` is None where it is not established.

    ``continued``: the further parts of what the source interrupts.
    """

    speaker: Text | None = None
    continued: tuple[Text, ...] = ()
    wordings: tuple[QuoteView, ...] = ()
    note: Text | None = None

    @property
    def caution(self) -> str:
        """Who alone has the words, where that is a party or a commentator."""
        return told_by({str(each.source.id): each.source.genre for each in self.citations})

    @property
    def quoted(self) -> Markup:
        """The words between quotation marks, without speaker and citation."""
        parts = (Markup("“{}”").format(part) for part in (self.text, *self.continued))
        return Markup(" […] ").join(parts)

    def __html__(self) -> Markup:
        speaker = self.speaker or f"speaker {NOT_ESTABLISHED}"
        return Markup("{} — {}{}{}").format(self.quoted, speaker, self.refs, self.around)


@dataclass(frozen=True)
class SideView(Item):
    """What some sources say; ``value`` are the words in which the sides differ."""

    value: Text = Text("")  # noqa: RUF009 (immutable)


@dataclass(frozen=True)
class DisagreementView:
    """A point told differently. ``kind`` is ``conflict`` or ``update``."""

    id: Text
    number: int
    kind: Difference
    point: Text
    sides: tuple[SideView, ...]


@dataclass(frozen=True)
class EventView(Item):
    """Something dated; ``date`` is ISO 8601, ``day`` is the same in words: ``16 May 2024``."""

    date: str = ""
    until: str = ""
    day: str = ""
    when: Text = Text("")  # noqa: RUF009 (immutable)

    @property
    def as_of(self) -> str:
        """It has a date of its own; the day of a plan is told."""
        return planned_as_of((each.source.day for each in self.citations), self.date)

    @property
    def caution(self) -> str:
        """As of other items; and which day “yesterday” is."""
        day = f"“{self.when}” is {self.day}" if is_deictic(self.when) else ""
        return "; ".join(filter(None, (day, super().caution)))


@dataclass(frozen=True)
class RoleView(Item):
    """What a source says that somebody is."""


@dataclass(frozen=True)
class ActorView(Item):
    """A person or body: ``text`` is the name; with other forms of it, and roles."""

    also: tuple[Text, ...] = ()
    roles: tuple[RoleView, ...] = ()


@dataclass(frozen=True)
class WithheldView:
    """An item that failed a check. ``section`` is where it would have stood, in words."""

    section: str
    text: Text
    reason: Text
    citations: tuple[Citation, ...]

    @property
    def refs(self) -> Markup:
        """References to the footnotes."""
        return references(self.citations)


@dataclass(frozen=True)
class Contribution:
    """What one source contributed, and how much of it the model read."""

    source: SourceView
    outcomes: tuple[Item, ...]
    quotes: tuple[Item, ...]
    open_questions: tuple[Item, ...]
    passages: int
    passages_read: int
    note: Text | None

    @property
    def empty(self) -> bool:
        """Whether nothing of this source passed the checks."""
        return not (self.outcomes or self.quotes or self.open_questions)


@dataclass(frozen=True)
class Left:
    """Input that was not used, and why."""

    name: Text
    reason: Text


@dataclass(frozen=True)
class RunView:
    """What the result depends on."""

    briefing_version: Text
    model: Text
    model_sha256: str
    seed: int
    prompts: Mapping[str, Text]
    settings: Mapping[str, Text]
    versions: Mapping[str, Text]


def counted(number: int, noun: str) -> str:
    """``1 document``, ``2 documents``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
