"""Figures of briefings side by side, and their differences with paired intervals; no model.

Items that are the same in both briefings are drawn together, items of one alone with nothing on
the other side. The intervals therefore say how far a difference hangs on single items of these
documents; of other events they say nothing, `briefing eval suite` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from briefing import check_items
from briefing.check_items import Text
from briefing.compare.changes import Matched
from briefing.entries import Entry, Kind, entries, withheld_entries
from briefing.evals import measures
from briefing.evals import statistics as st
from briefing.evals.measures import F1, Mean, Measure, Share
from briefing.evals.report import Figure, Item
from briefing.passages import split
from briefing.types import Briefing, Evidence, Quote, Source, Wording
from briefing.verify import embedded_text

COUNTED: Final[Mapping[Kind, str]] = {
    "outcome": "findings",
    "disagreement": "disagreements",
    "quote": "quotes",
    "open_question": "open_questions",
    "event": "timeline_entries",
}
"""The figure that counts the items of a kind."""


@dataclass(frozen=True)
class Count:
    """The number of items that have a score: counted, not estimated; only a difference varies."""

    name: str

    def figure(self, items: Sequence[Item]) -> Figure:
        """The number, without an interval."""
        value = sum(item.scores.get(self.name, 0.0) for item in items)
        return Figure(metric=self.name, value=value, n=int(value))

    def statistic(self, items: Sequence[Item]) -> st.Statistic:
        """The number under weights of ``items``."""
        has = np.array([item.scores.get(self.name, 0.0) for item in items], dtype=np.float64)
        return lambda weights: weights @ has


MEASURES: Final[tuple[Measure, ...]] = (
    *(Count(name) for name in COUNTED.values()),
    Share("withheld", "withheld", "", "of all that it had, what the briefing withheld"),
    Share("quotes_exact", "exact", "", "quotes that are their source's, to the character"),
    Share("citations_valid", "valid", "citations", "citations that lead to their words"),
    Share("recorded_supported", "supported", "", "statements whose checks said: supported"),
    Share("corroborated", "several", "", "findings that two or more independent texts tell"),
    Mean("independent_texts", "texts", "their number for a finding"),
    Share("sources_cited", "source_cited", "", "sources that an item cites"),
)
METRICS: Final = tuple(measure.name for measure in MEASURES)


def own_figures(briefing: Briefing, letter: str) -> Iterator[Figure]:
    """The figures of one briefing, as the group ``letter``."""
    items = _items(briefing)
    for measure in MEASURES:
        yield measure.figure(items).model_copy(update={"group": letter})


def differences(matched: Matched, group: str) -> Iterator[Figure]:
    """Each figure of the second briefing minus that of the first."""
    first, second = clusters(matched)
    before = _clustered(_items(matched.first), first)
    after = _clustered(_items(matched.second), second)
    for measure in MEASURES:
        yield paired(measure, after, before, group)


def paired(measure: Measure, ours: Sequence[Item], theirs: Sequence[Item], group: str) -> Figure:
    """The figure of ``ours`` minus that of ``theirs``, clusters of either drawn for both.

    Where all items of each side agree there is no spread to draw from: a share then gets Wilson's
    bound on how many might not.
    """
    here, there = _having(measure, ours), _having(measure, theirs)
    names = list(dict.fromkeys(item.cluster for item in (*here, *there)))
    figure = measures.difference(measure, _padded(here, names), _padded(there, names), group)
    if not isinstance(measure, Share) or figure.value is None or figure.low is not None:
        return figure
    if not all(_agreed(measure, side) for side in (here, there)):
        return figure
    low, high = _bounds(figure.value, min(len(here), len(there)))
    return figure.model_copy(update={"low": low, "high": high})


def clusters(matched: Matched) -> tuple[dict[str, str], dict[str, str]]:
    """A name for each item of both, by id: the same where it is the same item, or source.

    Sources have the key ``source S1``; names of what stands in one alone begin with its number.
    """
    before = [placed.entry for found in (matched.shown[0], matched.kept[0]) for placed in found]
    after = [placed.entry for found in (matched.shown[1], matched.kept[1]) for placed in found]
    first = {entry.id: f"1 {entry.id}" for entry in before}
    second = {entry.id: f"2 {entry.id}" for entry in after}
    for left, right in matched.pairs.items():
        second[after[right].id] = first[before[left].id]
    for gone, entry in (*matched.moved.items(), *matched.withheld.items()):
        second[entry.id] = first[gone]
    for new, entry in matched.restored.items():
        second[new] = first[entry.id]
    for found, briefing in ((first, matched.first), (second, matched.second)):
        found |= {f"source {s.id}": f"source {s.text_sha256}" for s in briefing.sources}
    return first, second


def _items(briefing: Briefing) -> list[Item]:
    """Every item and source, each a cluster of its own, with what it adds to the figures."""
    texts = _texts(briefing)
    exact = _exact(briefing, texts)
    shown = entries(briefing)
    found = [_shown(entry, texts, exact) for entry in shown]
    found += [_item(entry.id, {"withheld": 1.0}) for entry in withheld_entries(briefing)]
    cited = {each.source_id for entry in shown for each in entry.evidence}
    found += [
        _item(f"source {source.id}", {"source_cited": float(source.id in cited)})
        for source in briefing.sources
    ]
    return found


def _shown(entry: Entry, texts: Mapping[str, Text | None], exact: Mapping[str, float]) -> Item:
    looked = (_valid(each, texts) for each in (*entry.evidence, *entry.naming))
    valid = [right for right in looked if right is not None]
    scores = {"withheld": 0.0, COUNTED[entry.kind]: 1.0}
    if valid:
        scores |= {"citations": float(len(valid)), "valid": float(sum(valid))}
    if entry.id in exact:
        scores["exact"] = exact[entry.id]
    if "verdict" in entry.about:
        scores["supported"] = float(entry.about["verdict"] == "supported")
    if entry.kind == "outcome":
        texts_of = {each.origin or each.source_id for each in entry.evidence}
        scores |= {"several": float(len(texts_of) > 1), "texts": float(len(texts_of))}
    return _item(entry.id, scores)


def _item(name: str, scores: dict[str, float]) -> Item:
    return Item(id=name, cluster=name, text="", scores=scores)


def _texts(briefing: Briefing) -> dict[str, Text | None]:
    """The embedded texts by source id; None where there is none. A changed text is no text."""
    found: dict[str, Text | None] = {}
    for source in briefing.sources:
        if source.text is None:
            found[source.id] = None
        elif embedded_text(source):
            found[source.id] = _text(source)
    return found


@lru_cache(maxsize=1024)
def _text(source: Source) -> Text:
    """The text with its passages: briefings that are compared share most of their sources."""
    return Text(source, {passage.id: passage for passage in split(source)})


def _valid(evidence: Evidence, texts: Mapping[str, Text | None]) -> bool | None:
    """Whether the citation leads to its words; None where there is no text to look in."""
    if evidence.source_id in texts and texts[evidence.source_id] is None:
        return None
    here = {name: text for name, text in texts.items() if text is not None}
    checks = check_items.of_evidence("", evidence, here, set(here))
    return all(check.passed for check in checks)


def _exact(briefing: Briefing, texts: Mapping[str, Text | None]) -> dict[str, float]:
    """Of each quote with its texts at hand, whether it and its wordings are the source's."""
    found = {}
    here = {name: text for name, text in texts.items() if text is not None}
    for quote in briefing.quotes:
        versions: tuple[Quote | Wording, ...] = (quote, *quote.wordings)
        evidence = [e for v in versions for e in (*v.evidence, *v.continued)]
        valid = [_valid(each, texts) for each in evidence]
        if None in valid:
            continue
        checks = check_items.of_quote(quote.model_copy(update={"attribution": ()}), here)
        words = all(check.passed for check in checks if check.name in {"exact", "continued"})
        found[quote.id] = float(all(valid) and words)
    return found


def _clustered(items: Iterable[Item], names: Mapping[str, str]) -> list[Item]:
    return [item.model_copy(update={"cluster": names[item.id]}) for item in items]


def _having(measure: Measure, items: Sequence[Item]) -> list[Item]:
    """The items that have a part in the figure."""
    match measure:
        case Share():
            needed = {measure.among or measure.hits}
        case F1(recall=recall, precision=precision):
            needed = {recall.among or recall.hits, precision.among or precision.hits}
        case Mean():
            needed = {measure.score}
        case _:
            needed = {measure.name}
    return [item for item in items if needed & item.scores.keys()]


def _padded(items: Sequence[Item], names: Iterable[str]) -> list[Item]:
    """``items`` and, for each cluster without one, an item that counts for nothing."""
    has = {item.cluster for item in items}
    return [*items, *(Item(id="", cluster=n, text="") for n in names if n not in has)]


def _agreed(measure: Share, items: Sequence[Item]) -> bool:
    """Whether the share is none or all in every item."""
    hits, of = measure.parts(items)
    return not hits.any() or bool((hits == of).all())


def _bounds(value: float, n: int) -> tuple[float, float]:
    """What a difference of 0 or 1 between two sides of at least ``n`` items leaves open."""
    most = st.wilson(0, n).high or 0.0
    if value == 0:
        return -most, most
    return (1 - most, 1.0) if value > 0 else (-1.0, most - 1)
