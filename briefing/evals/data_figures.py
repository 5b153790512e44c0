"""Figures of ``briefing eval data``, computed from judged items alone.

A set is a dataset or one domain of it. Every figure is computed set by set, with a threshold of
its own where one is needed; over several sets it is their unweighted mean, domains within their
dataset first, so that a large set does not outvote a small one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from briefing.evals import statistics as st
from briefing.evals.report import Curve, CurvePoint, Figure, Item
from briefing.types import Verdict

EVIDENCE_METRICS: Final = ("evidence_hit_rate", "grounds_used")
METRICS: Final = (
    "balanced_accuracy",
    "balanced_accuracy_gain",
    "auc",
    "auc_gain",
    "verdict_balanced_accuracy",
    "verdict_accuracy",
    "verdict_precision",
    "verdict_recall",
    "share_unclear",
    "brier",
    "ece",
    *EVIDENCE_METRICS,
)
NOTES: Final = {
    "balanced_accuracy": "threshold chosen on one half of the documents, scored on the other",
    "balanced_accuracy_gain": "paired difference from the lexical baseline",
    "auc_gain": "paired difference from the lexical baseline",
    "verdict_balanced_accuracy": "the verdict “supported” as it stands",
    "verdict_precision": "share of “supported” that is true",
    "verdict_recall": "share of what is true that is called “supported”",
    "ece": "10 bins; biased upwards where there are few items",
    "evidence_hit_rate": "a whole set of supporting passages was among those used",
    "grounds_used": "passages that a statement was held against",
}
_FROM_VERDICT: Final[Mapping[Verdict, float]] = {
    "supported": 1.0,
    "unclear": 0.5,
    "partly": 0.25,
    "unsupported": 0.0,
}
Published = Mapping[tuple[str, str], dict[str, float]]
"""Figures of others by (metric, group)."""


def verdict_score(verdict: Verdict, probability: float | None) -> float:
    """What items are ranked by: the probability, or else a place for the verdict."""
    return _FROM_VERDICT[verdict] if probability is None else probability


def tree(sets: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Groups and what they are the mean of: sets of nothing, datasets of sets, "" of datasets.

    A group of one would only repeat it and is left out.
    """
    names = sorted(set(sets))
    found: dict[str, tuple[str, ...]] = {}
    datasets: dict[str, list[str]] = {}
    for name in names:
        datasets.setdefault(name.partition("/")[0], []).append(name)
    tops = []
    for dataset, domains in datasets.items():
        found |= dict.fromkeys(domains, ())
        tops.append(dataset if len(domains) > 1 else domains[0])
        if len(domains) > 1:
            found[dataset] = tuple(domains)
    if len(tops) > 1:
        found[""] = tuple(tops)
    return found


def figures(items: Sequence[Item], published: Published, seed: int) -> tuple[Figure, ...]:
    """All figures of all sets and their means, in the order of :data:`METRICS`."""
    measured: dict[str, dict[str, _Pair]] = {}
    groups = tree(item.group for item in items)
    for group, parts in groups.items():
        inside = [measured[part] for part in parts]
        own = [item for item in items if item.group == group]
        measured[group] = _averaged(inside) if parts else _measured(own, seed)
    return tuple(
        _figure(metric, group, measured[group][metric], published)
        for group in groups
        for metric in METRICS
        if metric in measured[group]
    )


def curves(items: Sequence[Item]) -> tuple[Curve, ...]:
    """The reliability curve of each set in which there are probabilities."""
    found = []
    for group in sorted({item.group for item in items}):
        labels, chances, _ = _probabilities([item for item in items if item.group == group])
        points = tuple(
            CurvePoint(predicted=each.predicted, observed=each.observed, n=each.n)
            for each in st.reliability(labels, chances)
        )
        found += [Curve(group=group, points=points)] if points else []
    return tuple(found)


@dataclass(frozen=True)
class _Pair:
    """A figure in the making, and the same by the baseline."""

    ours: st.Replicates
    baseline: st.Replicates | None = None


def _measured(items: Sequence[Item], seed: int) -> dict[str, _Pair]:
    """The figures of one set."""
    return {
        **_ranked(items, seed),
        **_as_they_stand(items, seed),
        **_calibration(items, seed),
        **_evidence(items, seed),
    }


def _ranked(items: Sequence[Item], seed: int) -> dict[str, _Pair]:
    """Figures of the order of the items, ours and the baseline's."""
    labels = [bool(item.label) for item in items]
    documents = [item.cluster for item in items]
    accuracy, area = [], []
    for name in ("score", "baseline"):
        scores = [item.scores[name] for item in items]
        called = st.cross_fit(labels, scores, documents, seed=seed)
        accuracy.append(
            _undefined(len(items))
            if called is None
            else st.replicates(st.balanced_accuracy(labels, called), documents, seed=seed)
        )
        area.append(st.replicates(st.auc(labels, scores), documents, seed=seed))
    return {
        "balanced_accuracy": _Pair(*accuracy),
        "balanced_accuracy_gain": _Pair(st.difference(*accuracy)),
        "auc": _Pair(*area),
        "auc_gain": _Pair(st.difference(*area)),
    }


def _as_they_stand(items: Sequence[Item], seed: int) -> dict[str, _Pair]:
    """Figures of the verdicts, without any threshold of ours."""
    right = [bool(item.label) == _says(item, "supported") for item in items]
    labels = [bool(item.label) for item in items]
    said = [item for item in items if _says(item, "supported")]
    true = [item for item in items if item.label]
    both = st.balanced_accuracy(labels, [_says(item, "supported") for item in items])
    documents = [item.cluster for item in items]
    return {
        "verdict_balanced_accuracy": _Pair(st.replicates(both, documents, seed=seed)),
        "verdict_accuracy": _share(right, items, seed),
        "verdict_precision": _share([bool(item.label) for item in said], said, seed),
        "verdict_recall": _share([_says(item, "supported") for item in true], true, seed),
        "share_unclear": _share([_says(item, "unclear") for item in items], items, seed),
    }


def _share(hits: Sequence[bool], items: Sequence[Item], seed: int) -> _Pair:
    """What share of ``items`` are hits; ``n`` is their number alone."""
    documents = [item.cluster for item in items]
    return _Pair(st.replicates(st.mean(hits), documents, seed=seed, is_share=True))


def _calibration(items: Sequence[Item], seed: int) -> dict[str, _Pair]:
    """Figures of probabilities, over the items that have one."""
    labels, chances, documents = _probabilities(items)
    error = st.calibration_error(st.reliability(labels, chances))
    unknown = np.full(st.DRAWS, np.nan)
    return {
        "brier": _Pair(st.replicates(st.brier(labels, chances), documents, seed=seed)),
        "ece": _Pair(st.Replicates(error, unknown, len(documents))),
    }


def _evidence(items: Sequence[Item], seed: int) -> dict[str, _Pair]:
    """Figures of retrieval, over the items whose evidence is known; none where no item's is."""
    known = [item for item in items if "evidence_hit" in item.scores]
    if not known:
        return {}
    documents = [item.cluster for item in known]
    used = st.mean([item.scores["grounds_used"] for item in known])
    return {
        "evidence_hit_rate": _share(
            [item.scores["evidence_hit"] > 0 for item in known], known, seed
        ),
        "grounds_used": _Pair(st.replicates(used, documents, seed=seed)),
    }


def _averaged(parts: Sequence[Mapping[str, _Pair]]) -> dict[str, _Pair]:
    """The mean over the parts in which a figure exists."""
    found = {}
    for metric in METRICS:
        pairs = [part[metric] for part in parts if metric in part]
        bases = [pair.baseline for pair in pairs if pair.baseline is not None]
        if pairs:
            found[metric] = _Pair(
                st.average([pair.ours for pair in pairs]),
                st.average(bases) if len(bases) == len(pairs) else None,
            )
    return found


def _figure(metric: str, group: str, pair: _Pair, published: Published) -> Figure:
    estimate = pair.ours.estimate()
    note = NOTES.get(metric, "")
    if estimate.value is None:
        note = "not defined: too few items, documents, or one label only"
    return Figure(
        metric=metric,
        group=group,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        baseline=pair.baseline.value if pair.baseline else None,
        published=published.get((metric, group), {}),
        note=note,
    )


def _probabilities(items: Sequence[Item]) -> tuple[list[bool], list[float], list[str]]:
    """Labels, probabilities and documents of the items that have a probability."""
    rows = [
        (bool(item.label), item.verdict.probability, item.cluster)
        for item in items
        if item.verdict is not None and item.verdict.probability is not None
    ]
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def _says(item: Item, verdict: Verdict) -> bool:
    return item.verdict is not None and item.verdict.verdict == verdict


def _undefined(n: int) -> st.Replicates:
    return st.Replicates(None, np.full(st.DRAWS, np.nan), n)
