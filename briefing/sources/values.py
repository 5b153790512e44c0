"""The values of reading: its options and its result, and what passes between the readers."""

from __future__ import annotations

import re

from pydantic import Field

from briefing.errors import SourceError
from briefing.types import Format, LeftOut, Location, Source, Value


class ReadOptions(Value):
    """Limits and permissions of one reading.

    ``max_bytes``, ``max_chars`` and ``max_pages`` are per document: what exceeds them is left out,
    never cut. ``max_unpacked`` bounds what a DOCX may unpack to, in bytes. ``timeout_s`` is the
    total time for one web address, redirects included. ``stdin`` holds what ``-`` stands for.
    """

    max_bytes: int = Field(default=50_000_000, gt=0)
    max_chars: int = Field(default=5_000_000, gt=0)
    max_pages: int = Field(default=3_000, gt=0)
    max_unpacked: int = Field(default=200_000_000, gt=0)
    max_sources: int = Field(default=5_000, gt=0)
    timeout_s: float = Field(default=30.0, gt=0)
    allow_private_urls: bool = False
    offline: bool = False
    stdin: bytes | None = None


class Reading(Value):
    """What was read and, by name and reason, what was not."""

    sources: tuple[Source, ...]
    left_out: tuple[LeftOut, ...] = ()


class Metadata(Value):
    """What is known of a document beside its text. ``published`` is an ISO date."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None

    def or_else(self, other: Metadata) -> Metadata:
        """These fields, and those of ``other`` where nothing is known here."""
        known = {key: value for key, value in self if value is not None}
        return other.model_copy(update=known)


class Extracted(Value):
    """The text of one document, where its parts stood, and parts that could not be read."""

    text: str
    locations: tuple[Location, ...] = ()
    metadata: Metadata = Metadata()
    left_out: tuple[LeftOut, ...] = ()


class Raw(Value):
    """One document as bytes. ``charset`` is what a web server declared."""

    name: str
    data: bytes
    format: Format
    path: str | None = None
    url: str | None = None
    charset: str | None = None


class UnreadableError(SourceError):
    """A document that is left out; ``message`` is the reason alone, without the name."""


_UNSAFE = re.compile("[\x00\ud800-\udfff]")


def one_text(text: str) -> str:
    """``text`` with line feeds as line ends, and with U+FFFD for what JSON in UTF-8 cannot hold."""
    return _UNSAFE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


class Blocks:
    """Puts extracted text together from labelled blocks, a blank line apart."""

    def __init__(self, max_chars: int) -> None:
        self._max_chars = max_chars
        self._pieces: list[str] = []
        self._locations: list[Location] = []
        self._length = 0

    @property
    def length(self) -> int:
        """Characters added so far, separators included."""
        return self._length

    def add(self, text: str, label: str) -> None:
        """Append a block; a blank one is ignored.

        Raises: UnreadableError where the text grows beyond the limit.
        """
        text = one_text(text).strip()
        if text:
            self._append(text, (Location(start=0, end=len(text), label=label),))

    def add_extracted(self, part: Extracted, label: str) -> None:
        """Append a part with locations of its own; ``label`` goes before theirs.

        Raises: UnreadableError where the text grows beyond the limit.
        """
        text = part.text.rstrip()
        if not text:
            return
        whole = Location(start=0, end=len(text), label=label)
        inner = tuple(
            Location(start=at.start, end=min(at.end, len(text)), label=f"{label}, {at.label}")
            for at in part.locations
        )
        self._append(text, inner or (whole,))

    def _append(self, text: str, locations: tuple[Location, ...]) -> None:
        separator = "\n\n" if self._pieces else ""
        start = self._length + len(separator)
        self._length = start + len(text)
        if self._length > self._max_chars:
            raise UnreadableError(f"longer than {self._max_chars:,} characters")
        self._pieces.append(separator + text)
        self._locations += [
            Location(start=start + at.start, end=start + at.end, label=at.label) for at in locations
        ]

    def extracted(
        self, metadata: Metadata | None = None, left_out: tuple[LeftOut, ...] = ()
    ) -> Extracted:
        """The blocks added so far as one text."""
        return Extracted(
            text="".join(self._pieces),
            locations=tuple(self._locations),
            metadata=metadata or Metadata(),
            left_out=left_out,
        )
