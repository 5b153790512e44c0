"""Making evidence: a stretch of a source, with its passage, its origin, and ids from content."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from briefing.errors import InternalError
from briefing.extract.articles import Article
from briefing.types import Evidence, Passage


def supporting(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The ids of the sources that support, each once."""
    return tuple(dict.fromkeys(each.source_id for each in evidence if each.role == "support"))


class Citer:
    """Makes evidence from the sources of one briefing.

    ``origins`` maps passage ids to origins; a passage without one has its source's.
    """

    def __init__(self, articles: Sequence[Article], origins: Mapping[str, str]) -> None:
        self._articles = {article.source.id: article for article in articles}
        self._starts = {
            article.source.id: [p.start for p in article.passages] for article in articles
        }
        self._origins = origins

    def cite(self, source_id: str, start: int, end: int) -> Evidence:
        """Evidence for ``[start, end)`` of a source, in the passage where it begins.

        Raises: InternalError where no passage is there.
        """
        article = self._articles[source_id]
        at = bisect_right(self._starts[source_id], start) - 1
        if at < 0 or start >= article.passages[at].end:
            raise InternalError(f"no passage of {source_id} holds offset {start}")
        passage = article.passages[at]
        return Evidence(
            source_id=source_id,
            passage_id=passage.id,
            paragraph=passage.number,
            start=start,
            end=end,
            text=article.source.body[start:end],
            origin=self.origin(article, passage),
        )

    def origin(self, article: Article, passage: Passage) -> str:
        """The origin of a ``passage`` of ``article``."""
        return self._origins.get(passage.id, article.source.origin)

    def item_id(self, kind: str, text: str, evidence: Sequence[Evidence]) -> str:
        """``o-1a2b3c4d``: the same as long as the text and its first evidence are."""
        first = evidence[0]
        source = self._articles[first.source_id].source
        parts = (kind, text, source.text_sha256, str(first.start), str(first.end))
        return f"{kind}-{sha256(chr(0).join(parts).encode('utf-8')).hexdigest()[:8]}"
