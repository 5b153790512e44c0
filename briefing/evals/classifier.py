"""Logistic regression by Newton's method: the judge's classifier, small enough to read.

L2-regularised, on standardised features, with a weight for each example (Hastie, Tibshirani and
Friedman 2009, section 4.4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEPS = 50
SETTLED = 1e-8


@dataclass(frozen=True)
class Classifier:
    """Weights for standardised features, of shape (features,), and the bias."""

    mean: Array
    scale: Array
    weights: Array
    bias: float

    def probabilities(self, rows: Array) -> Array:
        """Of being true, for rows of shape (n, features)."""
        logits = (rows - self.mean) / self.scale @ self.weights + self.bias
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), dtype=np.float64)


def fit(rows: Array, labels: Array, importance: Array, strength: float) -> Classifier:
    """Learn from ``rows`` (n, features) with ``labels`` 0 or 1 and an ``importance`` each.

    ``strength`` is the weight of the L2 penalty against a mean loss per example; the bias is free.
    """
    share = importance / importance.sum()
    mean = share @ rows
    scale = np.sqrt(share @ (rows - mean) ** 2)
    scale[scale < 1e-9] = 1.0
    design = np.column_stack([(rows - mean) / scale, np.ones(len(rows))])
    penalty = np.full(design.shape[1], strength)
    penalty[-1] = 0.0
    found = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        gradient = design.T @ (share * (chance - labels)) + penalty * found
        curvature = (design.T * (share * chance * (1 - chance))) @ design + np.diag(penalty)
        step = np.linalg.solve(curvature + 1e-12 * np.eye(len(penalty)), gradient)
        found -= step
        if np.abs(step).max() < SETTLED:
            break
    return Classifier(mean, scale, found[:-1], float(found[-1]))


def fit_signed(
    rows: Array, labels: Array, importance: Array, strength: float, signs: Array
) -> Classifier:
    """As :func:`fit`, with no weight against its sign in ``signs`` (1 or -1): it is 0 instead.

    What a few hundred examples say against what a feature means is chance. The weight that is
    most against its sign goes first, then the others are learned again.
    """
    kept = list(range(rows.shape[1]))
    while True:
        made = fit(rows[:, kept], labels, importance, strength)
        against = made.weights * signs[kept]
        if not kept or against.min() >= 0:
            break
        kept.pop(int(against.argmin()))
    whole = fit(rows, labels, importance, strength)
    weights = np.zeros(rows.shape[1])
    weights[kept] = made.weights
    return Classifier(whole.mean, whole.scale, weights, made.bias)
