"""The judge's classifier: learned, signed, cross-fitted by document, and read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from briefing.errors import DocumentError, UserError
from briefing.evals import calibrate as calibration
from briefing.evals.classifier import fit, fit_signed
from briefing.evals.datasets.values import Labelled, LabelledSet
from briefing.grounding import calibration as cards
from briefing.grounding.verdicts import StatementVerdict, Task


class Tells:
    """A checker whose feature tells the label, but for ``noise`` of the statements."""

    def __init__(self, noise: int) -> None:
        self._noise = noise

    def check(
        self, tasks: Sequence[Task], progress: Callable[[int, int], None] | None = None
    ) -> list[StatementVerdict]:
        verdicts = []
        for task in tasks:
            number = int(task.id.rsplit(":", 1)[1])
            right = number % 2 == 1
            told = right if number % 10 < 10 - self._noise else not right
            verdicts.append(
                StatementVerdict(
                    id=task.id,
                    verdict="unclear",
                    features={
                        "judge_consistent": 1.0 if told else -1.0,
                        "doubts_polarity": float(number % 3),
                    },
                )
            )
        if progress is not None:
            progress(len(tasks), len(tasks))
        return verdicts


def labelled(count: int = 200) -> LabelledSet:
    return LabelledSet(
        "made-up",
        tuple(
            Labelled(str(n), f"Statement {n}.", ("A passage.",), n % 2 == 1, f"D{n // 10}")
            for n in range(count)
        ),
    )


def test_a_telling_feature_gets_the_weight_and_the_card_says_how_good_it_is() -> None:
    observed = calibration.observe([labelled()], Tells(noise=2))
    card = calibration.calibrate(observed, "a model", "1" * 64, {"judge_consistent": "2" * 64})
    weights = {each.feature: each.weight for each in card.weights}
    assert weights["judge_consistent"] > 5 * abs(weights["doubts_polarity"])
    assert card.figures["auc@made-up"] == pytest.approx(0.8, abs=0.07)
    assert card.figures["balanced_accuracy@made-up"] == pytest.approx(0.8, abs=0.07)
    assert card.trained_on[0].groups == 20
    high = card.probability({"judge_consistent": 1, "doubts_polarity": 0})
    low = card.probability({"judge_consistent": -1, "doubts_polarity": 0})
    assert low < 0.4 < 0.6 < high


def test_chance_is_told_as_chance() -> None:
    observed = calibration.observe([labelled()], Tells(noise=5))
    card = calibration.calibrate(observed, "a model", "1" * 64, {})
    assert card.figures["auc@made-up"] == pytest.approx(0.5, abs=0.12)


def test_labels_of_one_kind_teach_nothing() -> None:
    only = LabelledSet("x", tuple(item for item in labelled().items if item.label))
    with pytest.raises(UserError, match="of both kinds"):
        calibration.calibrate(calibration.observe([only], Tells(noise=0)), "m", None, {})


def test_a_weight_never_points_against_what_its_feature_means() -> None:
    random = np.random.default_rng(3)
    labels = (np.arange(400) % 2).astype(float)
    good = labels + random.normal(0, 1, 400)
    doubts = labels + random.normal(0, 1, 400)  # by chance, more doubts where it is true
    rows = np.column_stack([good, doubts])
    even = np.ones(400)
    assert fit(rows, labels, even, 0.01).weights[1] > 0.1
    signed = fit_signed(rows, labels, even, 0.01, np.array([1.0, -1.0]))
    assert signed.weights[0] > 0.1
    assert signed.weights[1] == 0
    probabilities = signed.probabilities(rows)
    assert probabilities[labels == 1].mean() > probabilities[labels == 0].mean() + 0.1


def test_calibrations_are_for_one_model_and_for_its_prompts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path))
    observed = calibration.observe([labelled()], Tells(noise=1))
    card = calibration.calibrate(observed, "m", "ab" * 32, {"judge_consistent": "2" * 64})
    place = cards.own_folder() / f"{'ab' * 8}.json"
    place.parent.mkdir()
    place.write_text(card.model_dump_json(), encoding="utf-8")
    assert cards.find("ab" * 32, {"judge_consistent": "2" * 64}) == card
    assert cards.find("ab" * 32, {"judge_consistent": "3" * 64}) is None
    assert cards.find("cd" * 32, {"judge_consistent": "2" * 64}) is None
    assert cards.find(None, {}) is None
    place.write_text("{}", encoding="utf-8")
    with pytest.raises(DocumentError, match="no calibration"):
        cards.find("ab" * 32, {})


def test_the_default_model_has_a_calibration_for_the_prompts_that_ship() -> None:
    from briefing.grounding.judge import judge_hashes
    from briefing.model.catalogue import DEFAULT_MODEL, load
    from briefing.prompts import PromptSet

    entry = next(each for each in load().models if each.name == DEFAULT_MODEL)
    card = cards.find(entry.sha256, judge_hashes(PromptSet()))
    assert card is not None
    assert card.supported_at >= card.unsupported_at
