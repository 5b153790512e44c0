"""The sources of the evidence view, each with the passages that the briefing cites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from briefing.source_days import source_days
from briefing.told_by import WORDS
from briefing.types import Briefing, Source
from briefing.view_passages import PassageView, seen

_FORMATS: Final = {"html": "HTML", "pdf": "PDF", "docx": "DOCX", "eml": "mail"}


@dataclass(frozen=True)
class SourceCard:
    """A source; ``key`` names it inside the page, ``copies`` are the ids of its near-copies.

    ``name`` is who says so: publisher, else title, else file name. ``extracted`` is the format its
    text was extracted from, empty for plain text.
    """

    key: str
    id: str
    name: str
    title: str
    byline: str
    genre: str
    published: str
    place: str
    language: str
    sha256: str
    origin: str
    copies: tuple[str, ...]
    extracted: str
    read: str
    note: str
    passages: tuple[PassageView, ...]


def cards_of(briefing: Briefing, passages: Iterable[PassageView]) -> list[SourceCard]:
    """A card for each source, its cited passages in the order in which they stand."""
    own: dict[str, list[PassageView]] = defaultdict(list)
    for passage in passages:
        own[passage.source].append(passage)
    origins: dict[str, list[str]] = defaultdict(list)
    for source in briefing.sources:
        origins[source.origin or source.id].append(source.id)
    summaries = {summary.source_id: summary for summary in briefing.summaries}
    days = source_days(briefing.sources)
    cards = []
    for number, source in enumerate(briefing.sources, 1):
        summary = summaries.get(source.id)
        origin = source.origin or source.id
        read = f"{summary.passages_read:,} of {summary.passages:,}" if summary else ""
        cards.append(
            SourceCard(
                key=f"s{number}",
                id=seen(source.id),
                name=_name(source),
                title=seen(source.title or "").strip(),
                byline=", ".join(
                    seen(part)
                    for part in (source.publisher, source.author)
                    if part and part.strip()
                ),
                genre=WORDS[source.genre],
                published=seen(source.published or days[source.id].words),
                place=seen(source.name),
                language=source.language,
                sha256=source.sha256,
                origin=origin,
                copies=tuple(seen(other) for other in origins[origin] if other != source.id),
                extracted=_FORMATS.get(source.format, ""),
                read=read,
                note=seen(summary.note) if summary else "",
                passages=tuple(sorted(own[f"s{number}"], key=_standing)),
            )
        )
    return cards


def _standing(passage: PassageView) -> tuple[int, int]:
    return min(passage.spans)


def _byline(source: Source) -> str:
    given = (source.publisher, source.author)
    return ", ".join(seen(part).strip() for part in given if part and part.strip())


def _name(source: Source) -> str:
    for given in (source.publisher, source.title):
        if given and given.strip():
            return seen(given).strip()
    return seen(source.url or PurePath(source.path or source.name).name or source.name)
