"""What each source contributed to a briefing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.extract.articles import Article
from briefing.extract.damaged import damage
from briefing.extract.select import Ranked
from briefing.types import Evidence, SourceSummary

Items = Mapping[str, Sequence[tuple[str, tuple[Evidence, ...]]]]
"""(id, evidence) pairs by section."""


def summaries(
    articles: Sequence[Article],
    ranked: Sequence[Ranked],
    items: Items,
) -> list[SourceSummary]:
    """What each source contributed."""
    return [_summary(article, ranked, items) for article in articles]


def _summary(
    article: Article,
    ranked: Sequence[Ranked],
    items: Items,
) -> SourceSummary:
    own = article.source.id
    found = {
        section: tuple(i for i, evidence in pairs if any(e.source_id == own for e in evidence))
        for section, pairs in items.items()
    }
    read = {r.line.passage.id for r in ranked if r.article is article and r.read}
    return SourceSummary(
        source_id=own,
        outcomes=found["outcomes"],
        quotes=found["quotes"],
        open_questions=found["open_questions"],
        passages=sum(p.kind == "body" for p in article.passages),
        passages_read=len(read),
        note=damage(article),
    )
