"""Evidence for what a statement has in brackets: names, and the hours of entries."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.evidence import Citer
from briefing.extract.articles import Article
from briefing.extract.resolve import Addition
from briefing.types import Evidence, Span


def cite_added(added: Iterable[Addition], article: Article, citer: Citer) -> list[Evidence]:
    """Where that stands in ``article`` which is added in brackets."""
    source = article.source
    return [
        citer.cite(source.id, place.start, place.end).model_copy(update={"role": "name"})
        for each in added
        for place in _places(each, source.body)
    ]


def _places(added: Addition, text: str) -> list[Span]:
    """Where the name in brackets is given, and where it stands in full if that is elsewhere."""
    if not added.reference:
        return [added.given, *([added.also] if added.also else [])]
    given = text[added.given.start : added.given.end]
    fuller = (name for name in added.name.split(" and ") if name not in given and name in text)
    found = [Span(start=at, end=at + len(name)) for name in fuller for at in (text.find(name),)]
    return [added.given, *found]
