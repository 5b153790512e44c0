"""Kinds of figures that are computed from the scores of items: shares, F1, and counts by case.

A measure gives a figure over items with its interval, and the statistic behind it, so that two sets
of items can be compared draw by draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from briefing.evals import statistics as st
from briefing.evals.report import Figure, Item


class Measure(Protocol):
    """Something that items have a figure of. Items without its scores have no part in it."""

    @property
    def name(self) -> str:
        """The metric."""
        ...

    def figure(self, items: Sequence[Item]) -> Figure:
        """The figure over ``items``, bootstrapped over their clusters."""
        ...

    def statistic(self, items: Sequence[Item]) -> st.Statistic:
        """The figure as a function of the weights of all ``items``."""
        ...


@dataclass(frozen=True)
class Share:
    """A share: the sum of the scores ``hits`` over the sum of ``among``, empty: one an item.

    A share of items that are all independent has Wilson's interval; of things inside items
    (citations, words), which are not, it is bootstrapped over clusters. Where all agree, a
    bootstrap would claim certainty: then Wilson's formula takes the clusters as its number.
    """

    name: str
    hits: str
    among: str
    note: str

    def figure(self, items: Sequence[Item]) -> Figure:
        """The share over the items that have its scores."""
        hits, of = self.parts(items)
        estimate = _estimate(hits, of, [item.cluster for item in items])
        return _figure(self.name, estimate, self.note)

    def statistic(self, items: Sequence[Item]) -> st.Statistic:
        """The share under weights of ``items``."""
        hits, of = self.parts(items)
        return st.share(np.divide(hits, of, out=np.zeros_like(hits), where=of > 0), of)

    def parts(self, items: Sequence[Item]) -> tuple[st.Array, st.Array]:
        """Of each item, how much is hit and of how much; 0 of 0 where it lacks the score."""
        needed = self.among or self.hits
        has = [needed in item.scores for item in items]
        hits = [item.scores.get(self.hits, 0.0) for item in items]
        of = [item.scores.get(self.among, 0.0) for item in items] if self.among else has
        return np.array(hits, dtype=np.float64) * has, np.array(of, dtype=np.float64)


@dataclass(frozen=True)
class F1:
    """The harmonic mean of ``recall`` and ``precision``, bootstrapped over clusters.

    Where nothing could be found there is none; where there was something and nothing is shown
    that could be right, it is 0.
    """

    name: str
    recall: Share
    precision: Share
    note: str

    def figure(self, items: Sequence[Item]) -> Figure:
        """The mean over the items that have scores of one or the other."""
        having = (self.recall.parts(items)[1] > 0) | (self.precision.parts(items)[1] > 0)
        here = [item for item, has in zip(items, having, strict=True) if has]
        clusters = [item.cluster for item in here]
        found = st.replicates(self.statistic(here), clusters, is_share=True)
        return _figure(self.name, found.estimate(), self.note)

    def statistic(self, items: Sequence[Item]) -> st.Statistic:
        """The mean under weights of ``items``."""
        recall, precision = self.recall.statistic(items), self.precision.statistic(items)

        def f1(weights: st.Array) -> st.Array:
            r, p = recall(weights), np.nan_to_num(precision(weights))
            empty = np.where(np.isnan(r), np.nan, 0.0)
            return np.divide(2 * p * r, p + r, out=empty, where=p + r > 0)

        return f1


@dataclass(frozen=True)
class Mean:
    """The mean of a score over the items that have it, such as a count in every case."""

    name: str
    score: str
    note: str

    def figure(self, items: Sequence[Item]) -> Figure:
        """The mean, bootstrapped over clusters."""
        here = [item for item in items if self.score in item.scores]
        found = st.replicates(self.statistic(here), [item.cluster for item in here])
        return _figure(self.name, _unsure(found.estimate()), self.note)

    def statistic(self, items: Sequence[Item]) -> st.Statistic:
        """The mean under weights of ``items``."""
        values = [item.scores.get(self.score, 0.0) for item in items]
        return st.share(values, [float(self.score in item.scores) for item in items])


def difference(
    measure: Measure, ours: Sequence[Item], theirs: Sequence[Item], group: str
) -> Figure:
    """The figure of ``ours`` minus that of ``theirs``, over ``n`` clusters drawn for both at once.

    Both must have the same clusters.
    """
    found = st.difference(_drawn(measure, ours), _drawn(measure, theirs)).estimate()
    clusters = len({item.cluster for item in ours})
    figure = _figure(measure.name, _unsure(replace(found, n=clusters)), "")
    return figure.model_copy(update={"group": group})


def _unsure(found: st.Estimate) -> st.Estimate:
    """Without the interval where all draws are alike: that is no certainty."""
    return replace(found, low=None, high=None) if found.low == found.high else found


def _drawn(measure: Measure, items: Sequence[Item]) -> st.Replicates:
    return st.replicates(measure.statistic(items), [item.cluster for item in items])


def figures(measures: Iterable[Measure], items: Sequence[Item]) -> tuple[Figure, ...]:
    """The figures of ``measures`` over ``items``."""
    return tuple(measure.figure(items) for measure in measures)


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


def _figure(name: str, found: st.Estimate, note: str) -> Figure:
    return Figure(
        metric=name, value=found.value, low=found.low, high=found.high, n=found.n, note=note
    )
