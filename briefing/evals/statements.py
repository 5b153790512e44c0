"""What is judged: statements and quotes of one finished document, with what each of them cites.

The same values for our own briefings and for the output of other tools, so that both are judged by
the same rules. Nothing here decides anything.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from briefing.types import Source, Value

Form = Literal["briefing", "markdown", "json"]


class Citation(Value):
    """What a statement cites, as the document says it; whether it is there is found out later.

    ``label`` is the citation as it is written. Without ``paragraph``, offsets and ``words`` it
    cites the whole source. ``words`` are stretches that the citation repeats, as evidence.
    """

    label: str
    source: str
    paragraph: int | None = Field(default=None, ge=1)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    words: tuple[str, ...] = ()
    passage_id: str | None = None


class Statement(Value):
    """A sentence that somebody will read as a fact. ``problems`` are known before any check."""

    id: str
    text: str
    section: str = ""
    citations: tuple[Citation, ...] = ()
    problems: tuple[str, ...] = ()


class QuoteItem(Statement):
    """A quotation on its own, ``text`` without its marks; ``speaker`` None where none is given.

    A ``variant`` is another wording of the quote before it and is not asked for its speaker.
    """

    speaker: str | None = None
    variant: bool = False


class Subject(Value):
    """A finished document that is to be judged, and the sources it may cite.

    ``missing`` says of sources that the document names why they are not here, by id; ``broken``
    of sources that are here why they are not what was cited (their hash differs). ``withheld``
    are texts that the document itself says it withheld, None where it says nothing of the kind.
    """

    name: str
    form: Form
    statements: tuple[Statement, ...] = ()
    quotes: tuple[QuoteItem, ...] = ()
    sources: tuple[Source, ...] = ()
    missing: dict[str, str] = Field(default_factory=dict)
    broken: dict[str, str] = Field(default_factory=dict)
    withheld: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
