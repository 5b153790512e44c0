"""Small invented events with the dates and people that a reader finds: ``chronicles/NAME.yaml``.

``timeline`` has the dated happenings (``words`` of the sentence), ``actors`` who matters, with
roles; what is ``optional`` may be shown or not, anything else that is shown is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.across.actors import actors
from briefing.across.timeline import timeline
from briefing.evidence import Citer
from briefing.extract.articles import Article, analyse
from briefing.merge import Comparer
from briefing.origins import Origins, find_origins
from briefing.types import Actor, Event
from tests import yaml_data
from tests.ahead import parse_ahead
from tests.example import source

if TYPE_CHECKING:
    from spacy.tokens import Doc

CHRONICLES = Path(__file__).parent / "chronicles"
NAMES = sorted(path.stem for path in CHRONICLES.glob("*.yaml"))
Parse = Callable[[str], "Doc"]


@dataclass(frozen=True)
class Read:
    """Analysed documents with what the stages across sources need."""

    articles: list[Article]
    origins: Origins
    citer: Citer

    def events(self) -> list[Event]:
        return timeline(self.articles, self.origins, self.citer, Comparer(self.articles))

    def people(self) -> list[Actor]:
        return actors(self.articles, self.origins, self.citer)


def read(texts: Sequence[str], parse: Parse, days: Sequence[str | None] = ()) -> Read:
    """Documents given as texts; ``days`` are those of their publication."""
    dated = list(days) or [None] * len(texts)
    numbered = enumerate(zip(texts, dated, strict=True), 1)
    sources = [source(n, text, published=day) for n, (text, day) in numbered]
    parse_ahead(sources)
    found = [analyse(each, parse) for each in sources]
    origins = find_origins([(a.source, a.passages) for a in found])
    articles = [
        replace(a, source=a.source.model_copy(update={"origin": origins.by_source[a.source.id]}))
        for a in found
    ]
    return Read(articles, origins, Citer(articles, origins.by_passage))


def chronicle(name: str, parse: Parse) -> tuple[Read, dict[str, Any]]:
    """The documents of an event and its annotation."""
    raw = yaml_data.load(CHRONICLES / f"{name}.yaml")
    documents = raw["documents"]
    days = [d["published"] and str(d["published"]) for d in documents]
    return read([d["text"] for d in documents], parse, days), raw
