"""What a mutation test consists of: documents, and statements that are known true or false."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal, Self, get_args

from pydantic import Field, field_validator, model_validator

from briefing.types import Value

FalseKind = Literal[
    "digit",
    "unit",
    "magnitude",
    "name",
    "role",
    "negation",
    "hedge",
    "attribution",
    "citation",
    "quote",
    "speaker",
    "time",
    "fusion",
    "invention",
]
TrueKind = Literal["true", "paraphrase"]
Kind = Literal[FalseKind, TrueKind]
FALSE_KINDS: Final[tuple[FalseKind, ...]] = get_args(FalseKind)
TRUE_KINDS: Final[tuple[TrueKind, ...]] = get_args(TrueKind)
KINDS: Final[tuple[Kind, ...]] = FALSE_KINDS + TRUE_KINDS

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_WRAP = re.compile(r"[ \t]*\n[ \t]*")


class Document(Value):
    """A text that items are made from. Paragraphs are separated by blank lines.

    ``published`` dates its "yesterday"; ``house`` says in whose style it is written.
    """

    id: str = Field(min_length=1)
    published: date | None = None
    house: str = ""
    text: str = Field(min_length=1)

    @property
    def passages(self) -> tuple[str, ...]:
        """The paragraphs, each on one line."""
        return tuple(_WRAP.sub(" ", p) for p in _BLANK_LINES.split(self.text.strip()))


class Mutation(Value):
    """A statement, or a quotation with its speaker, that is known to be true or false.

    ``passages`` are the numbers, from 1, of the paragraphs of ``document`` that it cites.
    ``original`` is the true statement (or words, or name) that a false one was made from.
    """

    id: str = Field(min_length=1)
    document: str
    passages: tuple[int, ...] = Field(min_length=1)
    kind: Kind
    statement: str = ""
    quote: str = ""
    speaker: str = ""
    supported: bool
    original: str = ""
    note: str = ""

    @field_validator("kind", mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        """Take ``kind: true``, which YAML reads as a truth value, for the name that it is."""
        return "true" if value is True else value

    @field_validator("statement", "quote", "speaker", "original", mode="after")
    @classmethod
    def _stripped(cls, value: str) -> str:
        return value.strip()

    @property
    def text(self) -> str:
        """What a reader of a report sees of it."""
        return self.statement or f"“{self.quote}” — {self.speaker or 'no speaker'}"

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.statement) == bool(self.quote):
            raise ValueError("it has either a statement or a quote")
        if self.statement and self.speaker:
            raise ValueError("a speaker belongs to a quote, not to a statement")
        if self.kind in ("quote", "speaker") and not self.quote:
            raise ValueError(f"kind {self.kind} needs a quote")
        if self.kind == "speaker" and not self.speaker:
            raise ValueError("kind speaker needs a speaker")
        if self.quote and self.kind not in ("quote", "speaker", "true"):
            raise ValueError(f"a quote is of kind quote, speaker or true, not {self.kind}")
        if self.supported != (self.kind in TRUE_KINDS):
            raise ValueError(f"supported: {str(self.supported).lower()} contradicts {self.kind!r}")
        return self


class MutationSet(Value):
    """Documents, and the items that cite them."""

    documents: tuple[Document, ...] = ()
    items: tuple[Mutation, ...] = ()
