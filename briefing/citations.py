"""Sources and citations as templates see them; every text from a document escapes itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from briefing.escaping import code, escape
from briefing.source_days import UNDATED, SourceDay
from briefing.told_by import WORDS
from briefing.types import Genre

_HOUR = re.compile(
    r"(?:[^\W\d_]+day,?\s+)?\d{1,2}[:.h]\d\d|[^\W\d_]+day\b|\d{1,2}(?:st|nd|rd|th)?\s[^\W\d_]+$"
    r"|[^\W\d_]+\s\d{1,2}$",
    re.IGNORECASE,
)


class Text(str):
    """A string from a document: written into Markdown it is shown, never obeyed."""

    __slots__ = ()

    def __html__(self) -> Markup:
        return Markup(escape(self.strip(" ")))  # noqa: S704 (escaped)


def text(value: str | None) -> Text | None:
    """``value`` as :class:`Text`; None where it is missing or blank."""
    return Text(value) if value and value.strip() else None


@dataclass(frozen=True)
class SourceView:
    """A source. ``place`` is its path or address; ``copies`` are the ids of its near-copies.

    ``damaged``: its text shows signs of having been rewritten or badly converted. ``day`` is
    when it was written, as far as it is known; ``genre`` is ``statement`` or ``opinion`` where its
    head says so.
    """

    id: Text
    title: Text
    titled: bool
    publisher: Text | None
    author: Text | None
    published: Text | None
    place: Text
    format: str
    language: Text
    sha256: str
    copies: tuple[Text, ...]
    damaged: bool = False
    day: SourceDay = UNDATED
    genre: Genre = ""

    @property
    def genre_said(self) -> str:
        """``a party’s own statement``, ``an opinion piece``, or empty."""
        return WORDS[self.genre]

    @property
    def name(self) -> Text | Markup:
        """Who says so: the publisher, else the title, else the place."""
        if self.publisher or self.titled:
            return self.publisher or self.title
        return Markup(code(self.place))  # noqa: S704 (escaped)


@dataclass(frozen=True)
class Citation:
    """A passage that supports something. ``words`` are the stretches of it that do, exactly."""

    label: str
    source: SourceView
    paragraph: int
    location: Text | None
    words: tuple[Text, ...]

    @property
    def is_hour(self) -> bool:
        """Whether it gives the hour or day of an entry, not a name."""
        return any(_HOUR.match(words) for words in self.words)

    def __html__(self) -> Markup:
        return Markup(f"[^{self.label}]")  # noqa: S704 (made of letters and digits)


@dataclass(frozen=True)
class Basis:
    """What an item rests on: citations, how many sources, how many independent texts.

    ``naming`` are the citations that only give a name that stands in brackets, ``related`` those
    where another text tells of the same in its own words.
    """

    citations: tuple[Citation, ...] = ()
    naming: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    sources: int = 0
    independent: int = 0


def references(citations: Iterable[Citation]) -> Markup:
    """Footnote references, apart from each other so that numbers do not run together."""
    return Markup(" ").join(citations)
