"""Evidence for the names that a statement has in brackets."""

from __future__ import annotations

from briefing.evidence import Citer
from briefing.extract.articles import Article, Line
from briefing.extract.resolve import Addition
from briefing.types import Evidence, Span


def cite_names(line: Line, article: Article, citer: Citer) -> list[Evidence]:
    """Where the names in brackets of ``line`` stand in its article."""
    source = article.source
    return [
        citer.cite(source.id, place.start, place.end).model_copy(update={"role": "name"})
        for added in line.added
        for place in name_places(added, source.body)
    ]


def name_places(added: Addition, text: str) -> list[Span]:
    """Where the name in brackets is given, and where it stands in full if that is elsewhere."""
    given = text[added.given.start : added.given.end]
    fuller = (name for name in added.name.split(" and ") if name not in given and name in text)
    found = [Span(start=at, end=at + len(name)) for name in fuller for at in (text.find(name),)]
    return [added.given, *found]
