"""A text as the facts layer reads it: parsed once, with the day its "yesterday" refers to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from briefing.language import pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Reading:
    """A claim or a passage. ``doc`` is spaCy's parse of ``text``; token offsets are in it."""

    text: str
    doc: Doc
    published: date | None = None


def read_all(texts: Iterable[tuple[str, str | None]], language: str = "en") -> list[Reading]:
    """Parse (text, publication date in ISO 8601 or None) pairs, in order."""
    pairs = list(texts)
    docs = pipeline(language).parse_all(text for text, _ in pairs)
    return [
        Reading(text, doc, _day(published))
        for (text, published), doc in zip(pairs, docs, strict=True)
    ]


def read(text: str, published: str | None = None, language: str = "en") -> Reading:
    """Parse one text."""
    return read_all([(text, published)], language)[0]


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
