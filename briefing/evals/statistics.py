"""The statistics of all evaluations: figures, and how far to trust them.

Items of one document are not independent, so intervals come from a bootstrap over clusters
(documents): whole clusters are drawn with replacement, and a statistic is computed under the
weights of each draw. A :data:`Statistic` therefore maps weights of shape (draws, items) to one
value per draw, NaN where it is not defined. What is not defined is None at the end, never 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Statistic = Callable[[Array], Array]

DRAWS: Final = 1000
SPLITS: Final = 20
"""Random halvings of the documents that a cross-fitted figure is averaged over."""
_CELLS: Final = 2_000_000
"""Weights held at a time."""
_Z: Final = 1.959964
"""Of a two-sided 95 % interval."""


@dataclass(frozen=True)
class Estimate:
    """A value over ``n`` items with its 95 % interval; None where not defined."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Replicates:
    """A statistic over ``n`` items, and its values in the draws of the bootstrap.

    ``clusters`` is their number where the statistic is a share.
    """

    value: float | None
    draws: Array
    n: int
    clusters: int = 0

    def estimate(self) -> Estimate:
        """The value with its percentile interval; no interval where half the draws have none.

        A share of none or all has no spread in any draw: it gets Wilson's interval, as if each
        cluster were one item.
        """
        if self.clusters and self.value in {0.0, 1.0}:
            return replace(wilson(int(self.value) * self.clusters, self.clusters), n=self.n)
        known = self.draws[np.isfinite(self.draws)]
        if self.value is None or len(known) * 2 <= len(self.draws):
            return Estimate(self.value, None, None, self.n)
        low, high = np.quantile(known, [0.025, 0.975])
        return Estimate(self.value, float(low), float(high), self.n)


def replicates(
    statistic: Statistic,
    clusters: Sequence[str],
    *,
    seed: int = 0,
    draws: int = DRAWS,
    is_share: bool = False,
) -> Replicates:
    """Compute ``statistic`` over items that belong to ``clusters``, and bootstrap it.

    Statistics over the same clusters share their draws, so that differences are paired. A single
    cluster gives no draws: nothing is known of the spread between documents.
    """
    n = len(clusters)
    if not n:
        return Replicates(None, np.full(draws, np.nan), 0)
    value = float(statistic(np.ones((1, n)))[0])
    names, codes = np.unique(np.asarray(clusters, dtype=str), return_inverse=True)
    if len(names) < 2:
        return Replicates(_known(value), np.full(draws, np.nan), n)
    # subtle: sets of different documents must not share their luck, the same ones must.
    key = int(sha256("\n".join(names.tolist()).encode("utf-8")).hexdigest()[:16], 16)
    counts = np.random.default_rng([seed, key]).multinomial(
        len(names), np.full(len(names), 1 / len(names)), size=draws
    )
    step = max(1, _CELLS // n)
    found = [
        statistic(counts[at : at + step][:, codes].astype(np.float64))
        for at in range(0, draws, step)
    ]
    shares = len(names) if is_share else 0
    return Replicates(_known(value), np.concatenate(found), n, shares)


def average(parts: Sequence[Replicates]) -> Replicates:
    """The unweighted mean of statistics over sets; None where one of them is not defined."""
    n = sum(part.n for part in parts)
    values = [part.value for part in parts if part.value is not None]
    if not parts or len(values) < len(parts):
        return Replicates(None, np.full(DRAWS, np.nan), n)
    draws: Array = np.mean([part.draws for part in parts], axis=0)
    clusters = sum(part.clusters for part in parts)
    return Replicates(float(np.mean(values)), draws, n, clusters)


def difference(ours: Replicates, theirs: Replicates) -> Replicates:
    """``ours`` minus ``theirs``, draw by draw: of the same items, or else meaningless."""
    if ours.value is None or theirs.value is None:
        return Replicates(None, np.full_like(ours.draws, np.nan), ours.n)
    return Replicates(ours.value - theirs.value, ours.draws - theirs.draws, ours.n)


def mean(values: ArrayLike) -> Statistic:
    """The mean of ``values``."""
    numbers = np.asarray(values, dtype=np.float64)
    return lambda weights: _ratio(weights @ numbers, weights.sum(axis=1))


def share(hits: ArrayLike, among: ArrayLike) -> Statistic:
    """What share of the items ``among`` are ``hits``; both are 0 … 1 per item."""
    of = np.asarray(among, dtype=np.float64)
    inside = np.asarray(hits, dtype=np.float64) * of
    return lambda weights: _ratio(weights @ inside, weights @ of)


def balanced_accuracy(labels: ArrayLike, called: ArrayLike) -> Statistic:
    """The mean of the shares of true items called true and of false ones called false.

    ``called`` is 0 or 1, or the share of splits in which an item was called true.
    """
    truth, yes = np.asarray(labels, dtype=np.float64), np.asarray(called, dtype=np.float64)
    positive, negative = share(yes, truth), share(1 - yes, 1 - truth)
    return lambda weights: (positive(weights) + negative(weights)) / 2


def auc(labels: ArrayLike, scores: ArrayLike) -> Statistic:
    """ROC-AUC: how often a true item scores above a false one; ties count half."""
    truth, values = np.asarray(labels, dtype=bool), np.asarray(scores, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    _, starts = np.unique(values[order], return_index=True)

    def statistic(weights: Array) -> Array:
        sorted_weights = weights[:, order]
        positive = np.add.reduceat(sorted_weights * truth[order], starts, axis=1)
        negative = np.add.reduceat(sorted_weights * ~truth[order], starts, axis=1)
        below = np.cumsum(negative, axis=1) - negative / 2
        pairs = positive.sum(axis=1) * negative.sum(axis=1)
        return _ratio((positive * below).sum(axis=1), pairs)

    return statistic


def brier(labels: ArrayLike, probabilities: ArrayLike) -> Statistic:
    """The mean squared difference between probability and truth: 0 is best, 0.25 says nothing."""
    truth, chance = np.asarray(labels, dtype=np.float64), np.asarray(probabilities)
    return mean((chance - truth) ** 2)


def threshold(labels: ArrayLike, scores: ArrayLike) -> float | None:
    """From which score on to call an item true for the best balanced accuracy here.

    Where several cuts are equally good, the middle one. None where only one class is there.
    """
    truth, values = np.asarray(labels, dtype=bool), np.asarray(scores, dtype=np.float64)
    if truth.all() or not truth.any():
        return None
    levels, codes = np.unique(values, return_inverse=True)
    true_at = np.bincount(codes, truth, len(levels))
    false_at = np.bincount(codes, ~truth, len(levels))
    # Cut k lies below level k: what is at or above it is called true.
    kept = truth.sum() - np.concatenate([[0], np.cumsum(true_at)])
    refused = np.concatenate([[0], np.cumsum(false_at)])
    quality = kept / truth.sum() + refused / (~truth).sum()
    best = np.flatnonzero(quality >= quality.max() - 1e-12)
    cut = int(best[len(best) // 2])
    if cut == 0:
        return float(levels[0])
    if cut == len(levels):
        return math.inf
    return float((levels[cut - 1] + levels[cut]) / 2)


def cross_fit(
    labels: ArrayLike,
    scores: ArrayLike,
    clusters: Sequence[str],
    *,
    seed: int = 0,
    splits: int = SPLITS,
) -> Array | None:
    """In what share of random halvings each item is called true, the threshold never its own.

    The clusters are halved at random ``splits`` times; each half is scored at the threshold that
    is best on the other. Halvings that leave a half with one class are passed over; None where
    all do. The balanced accuracy of the result is the mean over halvings.
    """
    truth, values = np.asarray(labels, dtype=bool), np.asarray(scores, dtype=np.float64)
    names, codes = np.unique(np.asarray(clusters, dtype=str), return_inverse=True)
    random = np.random.default_rng([seed, len(names)])
    called, used = np.zeros(len(truth)), 0
    for _ in range(splits):
        first = np.isin(codes, random.permutation(len(names))[: len(names) // 2])
        cuts = [threshold(truth[half], values[half]) for half in (~first, first)]
        if cuts[0] is None or cuts[1] is None:
            continue
        called += values >= np.where(first, cuts[0], cuts[1])
        used += 1
    return called / used if used else None


@dataclass(frozen=True)
class Bin:
    """Items whose probability lies in [``low``, ``high``): what was said, and what was true."""

    low: float
    high: float
    predicted: float
    observed: float
    n: int


def reliability(labels: ArrayLike, probabilities: ArrayLike, bins: int = 10) -> tuple[Bin, ...]:
    """The bins of equal width that hold items; the last includes 1."""
    truth, chance = np.asarray(labels, dtype=np.float64), np.asarray(probabilities)
    places = np.minimum((chance * bins).astype(int), bins - 1)
    return tuple(
        Bin(
            low=int(place) / bins,
            high=(int(place) + 1) / bins,
            predicted=float(chance[places == place].mean()),
            observed=float(truth[places == place].mean()),
            n=int((places == place).sum()),
        )
        for place in np.unique(places)
    )


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Expected calibration error: mean distance of said and true, weighted by items.

    Biased upwards where bins are small; a bootstrap would make that worse, so it has no interval.
    """
    n = sum(each.n for each in bins)
    gaps = sum(each.n * abs(each.predicted - each.observed) for each in bins)
    return gaps / n if n else None


def wilson(hits: int, n: int) -> Estimate:
    """A share of independent items with its 95 % interval by Wilson's formula."""
    if not n:
        return Estimate(None, None, None, 0)
    rate, z2 = hits / n, _Z * _Z
    centre = (rate + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * math.sqrt(rate * (1 - rate) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Estimate(rate, max(0.0, centre - half), min(1.0, centre + half), n)


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _ratio(above: Array, below: Array) -> Array:
    return np.divide(above, below, out=np.full_like(below, np.nan), where=below > 0)
