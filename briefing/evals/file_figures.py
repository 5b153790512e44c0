"""Figures of ``briefing eval file``, computed from judged items alone.

A share of statements has Wilson's interval; a share of things inside statements (citations,
words), which are not independent of each other, is bootstrapped over statements. Where all agree,
a bootstrap would claim certainty: then Wilson's formula takes the statements as its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from briefing.evals import statistics as st
from briefing.evals.report import Figure, Item


class Metric(NamedTuple):
    """A share: the sum of the scores ``hits`` over the sum of ``among``, empty: one an item."""

    name: str
    hits: str
    among: str
    note: str


_SHARES: Final = (
    Metric("citation_validity", "resolved", "citations", "citations that lead to a passage"),
    Metric("citation_recall", "recall", "", "statements fully supported by all they cite (ALCE)"),
    Metric("citation_precision", "precise", "judged", "citations that are needed (ALCE)"),
    Metric("supported", "supported", "", "statements, by what they cite"),
    Metric("partly", "partly", "", "statements"),
    Metric("unsupported", "unsupported", "", "statements that no passage looked at supports"),
    Metric("wrong_citation", "wrong_citation", "", "supported, but not by what they cite"),
    Metric("unclear", "unclear", "", "statements; never counted as supported"),
    Metric("unsupported_words", "unsupported_words", "content_words", "of all content words"),
    Metric("quote_exactness", "exact", "", "quotations exact in a cited source"),
    Metric("speaker_support", "speaker_same", "", "named speakers that the source gives as well"),
    Metric("speaker_wrong", "speaker_other", "", "named speakers where the source gives another"),
    Metric("speaker_not_in_source", "speaker_none", "", "named, not established by the source"),
    Metric("speaker_not_named", "speaker_open", "", "quotes without a speaker"),
    Metric("coverage", "cited", "", "statements and quotes with a citation"),
    Metric("sources_cited", "source_cited", "", "sources that something cites"),
    Metric("withheld", "withheld", "", "what the document withheld, of all it had"),
)
_F1: Final = "citation_f1"
METRICS: Final = (
    *(metric.name for metric in _SHARES[:3]),
    _F1,
    *(metric.name for metric in _SHARES[3:]),
)
"""All figures, in the order in which a report has them."""


def figures(items: Sequence[Item]) -> tuple[Figure, ...]:
    """All figures, in the order of :data:`METRICS`; those of nothing have no value."""
    found = {metric.name: share(metric, items) for metric in _SHARES}
    found[_F1] = _f1(items)
    return tuple(found[name] for name in METRICS)


def share(metric: Metric, items: Sequence[Item]) -> Figure:
    """The figure of ``metric`` over the items that have its scores."""
    among = {metric.among or metric.hits}
    here = [item for item in items if among <= item.scores.keys()]
    hits = np.array([item.scores.get(metric.hits, 0.0) for item in here])
    of = np.array([item.scores[metric.among] if metric.among else 1.0 for item in here])
    return _figure(metric.name, _estimate(hits, of, [item.cluster for item in here]), metric.note)


def _estimate(hits: st.Array, of: st.Array, clusters: Sequence[str]) -> st.Estimate:
    some = of > 0
    hits, of = hits[some], of[some]
    names = [name for name, kept in zip(clusters, some, strict=True) if kept]
    n, shares = int(of.sum()), hits / of
    if not n:
        return st.Estimate(None, None, None, 0)
    independent, agreed = len(set(names)), len(np.unique(shares)) == 1 and shares[0] in (0.0, 1.0)
    if agreed or ((of == 1).all() and independent == len(of)):
        bounds = st.wilson(round(shares.mean() * independent), independent)
    else:
        bounds = st.replicates(st.share(shares, of), names).estimate()
    return st.Estimate(float(hits.sum() / of.sum()), bounds.low, bounds.high, n)


def _f1(items: Sequence[Item]) -> Figure:
    """The harmonic mean of citation recall and precision; the interval over statements."""
    note = "harmonic mean of citation recall and precision"
    here = [item for item in items if {"recall", "judged", "precise"} <= item.scores.keys()]
    if not here:
        return _figure(_F1, st.Estimate(None, None, None, 0), note)
    of = np.array([item.scores["judged"] for item in here])
    precise = np.array([item.scores["precise"] for item in here])
    recall = st.mean([item.scores["recall"] for item in here])
    precision = st.share(np.divide(precise, of, out=np.zeros_like(of), where=of > 0), of)

    def statistic(weights: st.Array) -> st.Array:
        r, p = recall(weights), precision(weights)
        return np.divide(2 * p * r, p + r, out=np.where(np.isnan(p), np.nan, 0.0), where=p + r > 0)

    return _figure(_F1, st.replicates(statistic, [item.cluster for item in here]).estimate(), note)


def _figure(name: str, found: st.Estimate, note: str) -> Figure:
    return Figure(
        metric=name, value=found.value, low=found.low, high=found.high, n=found.n, note=note
    )
