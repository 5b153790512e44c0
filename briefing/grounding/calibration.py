"""From features to a probability: a logistic classifier, kept as a readable file with its card.

A calibration belongs to one model (by the hash of its file) and to the words of the judge's
prompts (by their hashes): with another of either it is not used. ``briefing eval calibrate`` makes
one for any GGUF file (Platt 1999; the classifier is L2-regularised logistic regression).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from briefing.errors import DocumentError
from briefing.paths import data_dir
from briefing.resources import folder
from briefing.types import Value


class Weight(Value):
    """One feature: standardised by ``mean`` and ``scale``, then times ``weight``."""

    feature: str
    mean: float
    scale: float = Field(gt=0)
    weight: float


class TrainingSet(Value):
    """What the classifier learned from."""

    name: str
    licence: str
    statements: int
    groups: int


class Calibration(Value):
    """A classifier and its card.

    ``supported_at`` and above is supported, ``unsupported_at`` and below unsupported, what lies
    between is unclear. ``certain`` is the share of statements with a certain objection that are
    supported all the same. ``figures`` are cross-fitted by document.
    """

    model: str
    model_sha256: str | None
    prompts: dict[str, str]
    questions: tuple[str, ...]
    weights: tuple[Weight, ...]
    bias: float
    supported_at: float = Field(ge=0, le=1)
    unsupported_at: float = Field(ge=0, le=1)
    certain: float = Field(ge=0, le=1)
    trained_on: tuple[TrainingSet, ...] = ()
    figures: dict[str, float] = Field(default_factory=dict)
    limits: str = ""

    def probability(self, features: Mapping[str, float]) -> float:
        """How probable it is that a statement with ``features`` is supported.

        Raises: KeyError where a feature is missing.
        """
        logit = self.bias + sum(
            each.weight * (features[each.feature] - each.mean) / each.scale for each in self.weights
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def find(model_sha256: str | None, prompts: Mapping[str, str]) -> Calibration | None:
    """The calibration for a model and prompts: the user's own, else ours; None without one.

    Raises: DocumentError where a file is there and cannot be read.
    """
    if model_sha256 is None:
        return None
    name = f"{model_sha256[:16]}.json"
    places = (own_folder() / name, folder("grounding/calibrations") / name)
    found = (load(place) for place in places if place.is_file())
    fitting = (
        each
        for each in found
        if each.model_sha256 == model_sha256
        and all(prompts.get(key) == value for key, value in each.prompts.items())
    )
    return next(fitting, None)


def own_folder() -> Path:
    """Where ``briefing eval calibrate`` writes."""
    return data_dir() / "calibrations"


def load(path: Path) -> Calibration:
    """Read a calibration. Raises: DocumentError naming the file."""
    try:
        return Calibration.model_validate_json(path.read_bytes())
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise DocumentError(
            f"{path} is no calibration: {error.errors()[0]['msg']}",
            "Delete it, or make it again with `briefing eval calibrate`.",
        ) from error
