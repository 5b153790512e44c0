"""Sources and stretches of them: the values on which all others rest.

All offsets are code points in ``Source.text`` and satisfy ``source.text[e.start:e.end] == e.text``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Day = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
Format = Literal["text", "markdown", "html", "pdf", "docx", "eml"]
PassageKind = Literal["body", "headline", "heading", "caption", "credit", "date", "furniture"]
Genre = Literal["", "statement", "opinion", "first person"]


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
    ``genre`` is what its head calls it, where that is a party's own statement or an opinion, or
    that it is in the first person.
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
    genre: Genre = ""
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
    where another text tells of the same in its own words, ``context`` where it only stands around
    the words of an item: neither is support.
    """

    source_id: str
    passage_id: str
    paragraph: int
    text: str
    origin: str
    role: Literal["support", "name", "related", "context"] = "support"
