"""``briefing eval calibrate``: teach the judge's classifier what a model's answers mean.

The checker is run on labelled statements with all its layers; the classifier learns from what the
first two leave open. Sets count alike whatever their size, and true and false alike within a set.
The figures of the card are cross-fitted by document: nothing is scored by a classifier that has
seen statements about the same document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from briefing.errors import UserError
from briefing.evals import statistics
from briefing.evals.classifier import Array, Classifier, fit_signed
from briefing.evals.data import tasks_of
from briefing.evals.datasets.values import LabelledSet
from briefing.grounding.calibration import Calibration, TrainingSet, Weight
from briefing.grounding.judge import QUESTIONS
from briefing.grounding.verdicts import Checker, StatementVerdict

FEATURES: Final = {"judge_consistent": 1, "doubts_polarity": -1}
"""What the classifier uses, and which way it can only point: more doubts are never support. Overlap
of words helps on long web pages and misleads on short edits and paraphrases; it is left to the
facts layer."""
FOLDS: Final = 10
STRENGTH: Final = 0.01
REFUSED: Final = 0.05
"""What share of supported statements may be refused by the judge: sets where support begins."""
UNSUPPORTED_AT: Final = 0.25
LICENCES: Final = {"wice": "ODC-BY", "summedits": "Apache-2.0", "frank": "MIT"}
LIMITS: Final = (
    "English. Statements of one to four sentences against up to about 900 tokens of passages, or "
    "the best of more. Probabilities are for true and false alike often. A calibration says "
    "nothing of another model or of other prompts."
)
Mask = NDArray[np.bool_]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Observed:
    """What the checker saw of labelled statements, in one order."""

    sets: tuple[LabelledSet, ...]
    verdicts: tuple[StatementVerdict, ...]

    @cached_property
    def names(self) -> list[str]:
        """The set of each statement."""
        return [each.name for each in self.sets for _ in each.items]

    @cached_property
    def documents(self) -> list[str]:
        """The document of each statement, unique over sets."""
        return [f"{each.name} {item.document}" for each in self.sets for item in each.items]

    @cached_property
    def labels(self) -> Array:
        """1 where the passages support the statement."""
        return np.array([item.label for each in self.sets for item in each.items], dtype=float)

    @cached_property
    def certain(self) -> Mask:
        """Whether the facts layer was certain against it."""
        return np.array([any(o.certain for o in v.objections) for v in self.verdicts])

    @cached_property
    def judged(self) -> Mask:
        """Whether the classifier is asked: the model answered, and nothing was decided before."""
        answered = np.array([set(QUESTIONS) <= v.features.keys() for v in self.verdicts])
        verbatim = np.array(
            [v.verdict == "supported" and v.probability == 1 for v in self.verdicts]
        )
        return np.asarray(answered & ~verbatim & ~self.certain)

    @cached_property
    def rows(self) -> Array:
        """FEATURES of shape (statements, features); a feature that was not computed is zero."""
        return np.array([[v.features.get(n, 0.0) for n in FEATURES] for v in self.verdicts])

    @cached_property
    def importance(self) -> Array:
        """The weight of each statement: sets alike, true and false alike within a set."""
        keys = [f"{name} {label}" for name, label in zip(self.names, self.labels, strict=True)]
        sizes = {key: keys.count(key) for key in set(keys)}
        return np.array([1 / sizes[key] for key in keys])


def observe(
    sets: Sequence[LabelledSet], checker: Checker, progress: Progress | None = None
) -> Observed:
    """Run ``checker``, a thorough one, on all statements."""
    verdicts: list[StatementVerdict] = []
    total = sum(len(each.items) for each in sets)
    for each in sets:
        tasks = list(tasks_of(each))
        for start in range(0, len(tasks), 64):
            verdicts += checker.check(tasks[start : start + 64])
            if progress is not None:
                progress(len(verdicts), total)
    return Observed(tuple(sets), tuple(verdicts))


def calibrate(
    observed: Observed, model: str, sha256: str | None, prompts: Mapping[str, str]
) -> Calibration:
    """A calibration with its card. Raises: UserError where there is too little to learn from."""
    use = observed.judged
    if len({*observed.labels[use]}) < 2:
        raise UserError(
            "there are no statements of both kinds to learn from",
            "Name a folder with labelled data: see docs/evals-data.md.",
        )
    made = _fitted(observed, use)
    true = use & (observed.labels == 1)
    supported_at = round(float(np.quantile(cross_fitted(observed)[true], REFUSED)), 3)
    certain = observed.labels[observed.certain]
    return Calibration(
        model=model,
        model_sha256=sha256,
        prompts=dict(prompts),
        questions=QUESTIONS,
        weights=tuple(
            Weight(
                feature=name,
                mean=round(float(made.mean[i]), 5),
                scale=round(float(made.scale[i]), 5),
                weight=round(float(made.weights[i]), 5),
            )
            for i, name in enumerate(FEATURES)
        ),
        bias=round(made.bias, 5),
        supported_at=supported_at,
        unsupported_at=min(UNSUPPORTED_AT, supported_at),
        certain=round(float((certain.sum() + 1) / (len(certain) + 2)), 3),
        trained_on=tuple(_training_set(each) for each in observed.sets),
        figures=_figures(observed),
        limits=LIMITS,
    )


def _fitted(observed: Observed, use: Mask) -> Classifier:
    signs = np.array(list(FEATURES.values()), dtype=float)
    rows, labels = observed.rows[use], observed.labels[use]
    return fit_signed(rows, labels, observed.importance[use], STRENGTH, signs)


def cross_fitted(observed: Observed) -> Array:
    """The probability of each statement by a classifier that has not seen its document."""
    names = np.array(observed.documents)
    order = np.random.default_rng(0).permutation(np.unique(names))
    fold_of = {name: number % FOLDS for number, name in enumerate(order)}
    folds = np.array([fold_of[name] for name in names])
    found = np.where(observed.certain, 0.0, 1.0)
    for fold in range(FOLDS):
        test = (folds == fold) & observed.judged
        train = (folds != fold) & observed.judged
        if test.any() and len({*observed.labels[train]}) == 2:
            found[test] = _fitted(observed, train).probabilities(observed.rows[test])
    return found


def _figures(observed: Observed) -> dict[str, float]:
    scores = cross_fitted(observed)
    found: dict[str, float] = {}
    for each in observed.sets:
        here = np.array([name == each.name for name in observed.names])
        labels, own = observed.labels[here], scores[here]
        clusters = [d for d, use in zip(observed.documents, here, strict=True) if use]
        area = statistics.replicates(statistics.auc(labels, own), clusters).estimate().value
        called = statistics.cross_fit(labels, own, clusters)
        if area is not None:
            found[f"auc@{each.name}"] = round(area, 3)
        if called is not None:
            true, false = labels == 1, labels == 0
            both = (called[true].mean() + (1 - called[false]).mean()) / 2
            found[f"balanced_accuracy@{each.name}"] = round(float(both), 3)
    return found


def _training_set(each: LabelledSet) -> TrainingSet:
    documents = {item.document for item in each.items}
    licence = LICENCES.get(each.dataset, "not known")
    return TrainingSet(
        name=each.name, licence=licence, statements=len(each.items), groups=len(documents)
    )
