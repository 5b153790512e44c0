"""Figures of ``briefing eval mutations``, computed from judged items alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from briefing.evals import statistics as st
from briefing.evals.mutate.values import FALSE_KINDS
from briefing.evals.report import Figure, Item

_BY_KIND: Final = "interval by Wilson"
_LAYERS: Final = {
    "caught_by_resolution": "share of the caught statements; citations that lead nowhere",
    "caught_by_facts": "share of the caught statements; a fact that the passages do not have",
    "caught_by_judge": "share of the caught statements; nothing was certain before it",
}


def figures(items: Sequence[Item]) -> tuple[Figure, ...]:
    """``caught`` (all, and by kind), ``refused``, ``paraphrases_refused`` and shares of layers.

    ``refused`` and ``paraphrases_refused`` are over true items of the kinds ``true`` and
    ``paraphrase``. An item without a verdict is in none of them.
    """
    return tuple(_figures(items))


def _figures(items: Sequence[Item]) -> Iterator[Figure]:
    false = [item for item in items if item.label is False]
    if false:
        yield _over_documents(false)
    for kind in FALSE_KINDS:
        of_kind = [item for item in false if item.group == kind]
        if of_kind:
            yield _share("caught", kind, of_kind)
    for group, metric in (("true", "refused"), ("paraphrase", "paraphrases_refused")):
        true = [item for item in items if item.label and item.group == group]
        if true:
            yield _share(metric, "", true)
    statements = [item for item in false if item.kind == "statement"]
    for metric, note in _LAYERS.items() if statements else ():
        named = [item.scores[metric] for item in statements if metric in item.scores]
        yield _figure(metric, "", st.wilson(int(sum(named)), len(named)), None, note)


def _share(metric: str, group: str, items: Sequence[Item]) -> Figure:
    judged = [item for item in items if "not_supported" in item.scores]
    hits = sum(int(item.scores["not_supported"]) for item in judged)
    return _figure(metric, group, st.wilson(hits, len(judged)), _baseline(judged), _BY_KIND)


def _over_documents(items: Sequence[Item]) -> Figure:
    """All false items: those of a document are not independent, so documents are drawn."""
    judged = [item for item in items if "not_supported" in item.scores]
    values = [item.scores["not_supported"] for item in judged]
    found = st.replicates(st.mean(values), [item.cluster for item in judged]).estimate()
    note = "all false items; interval over documents"
    return _figure("caught", "", found, _baseline(judged), note)


def _baseline(judged: Sequence[Item]) -> float | None:
    known = [item.scores["baseline_not_supported"] for item in judged]
    return sum(known) / len(known) if known else None


def _figure(
    metric: str, group: str, found: st.Estimate, baseline: float | None, note: str
) -> Figure:
    return Figure(
        metric=metric,
        group=group,
        value=found.value,
        low=found.low,
        high=found.high,
        n=found.n,
        baseline=baseline,
        note=note,
    )
