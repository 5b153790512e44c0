"""Small invented events with the disagreements planted in them: ``data/NAME.yaml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.across import disagreements
from briefing.evidence import Citer
from briefing.extract.articles import Article, analyse
from briefing.origins import Origins, find_origins
from briefing.types import Disagreement, Side
from tests import yaml_data
from tests.ahead import parse_ahead
from tests.example import source

if TYPE_CHECKING:
    from spacy.tokens import Doc

DATA = Path(__file__).parent / "data"
SECOND = Path(__file__).parent / "second"
"""Three events of another style, written before the scored matching and opened after it."""
EVENTS = sorted(path.stem for path in DATA.glob("*.yaml"))
Parse = Callable[[str], "Doc"]


@dataclass(frozen=True)
class Planted:
    """A disagreement that a reader finds: words of each side, in the order of time if it is one."""

    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """How many planted ones were found, with the right kind, and what else was reported."""

    found: list[Planted]
    missed: list[Planted]
    wrong_kind: list[Planted]
    false: list[Disagreement]


def find(texts: Sequence[str], parse: Parse, days: Sequence[str | None] = ()) -> list[Disagreement]:
    """The disagreements of documents given as texts."""
    dated = list(days) or [None] * len(texts)
    sources = [
        source(n, text, published=day)
        for n, (text, day) in enumerate(zip(texts, dated, strict=True), 1)
    ]
    parse_ahead(sources)
    articles = [analyse(each, parse) for each in sources]
    return disagreements(articles, *_origins(articles))


def _origins(articles: Sequence[Article]) -> tuple[Origins, Citer]:
    origins = find_origins([(a.source, a.passages) for a in articles])
    return origins, Citer(articles, {**origins.by_source, **origins.by_passage})


def event(name: str, folder: Path = DATA) -> tuple[list[str], list[str], list[Planted]]:
    """Texts, days and planted disagreements of an event."""
    raw = yaml_data.load(folder / f"{name}.yaml")
    documents = raw["documents"]
    days = [d["published"] for d in documents]
    planted = [Planted(p["kind"], tuple(p["values"])) for p in raw["disagreements"]]
    return [d["text"] for d in documents], [_iso(day) for day in days], planted


def _iso(day: str | date) -> str:
    return day if isinstance(day, str) else day.isoformat()


def score(found: Sequence[Disagreement], planted: Sequence[Planted]) -> Score:
    """Lay what was found beside what was planted."""
    hits: list[Planted] = []
    kinds: list[Planted] = []
    used: set[str] = set()
    for wanted in planted:
        match = next((d for d in found if _matches(d, wanted) and d.id not in used), None)
        if match is not None:
            used.add(match.id)
            hits.append(wanted)
            if match.kind != wanted.kind:
                kinds.append(wanted)
    return Score(
        hits, [p for p in planted if p not in hits], kinds, [d for d in found if d.id not in used]
    )


def _matches(found: Disagreement, wanted: Planted) -> bool:
    """Whether different sides have the words of at least two planted values."""
    places = [
        {
            n
            for n, side in enumerate(found.sides)
            if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", _words(side), re.IGNORECASE)
        }
        for value in wanted.values
    ]
    return all(places) and len(set().union(*places)) > 1


def _words(side: Side) -> str:
    return " | ".join([side.value, *(e.text for e in side.evidence)])
