"""Figures against values worked out by hand, and intervals against what they promise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from briefing.evals import statistics as st

ONES = [f"d{index}" for index in range(8)]


def value(statistic: st.Statistic, n: int) -> float:
    return float(statistic(np.ones((1, n)))[0])


def test_auc_counts_ties_half() -> None:
    assert value(st.auc([1, 0, 1, 0], [0.9, 0.1, 0.5, 0.5]), 4) == pytest.approx(3.5 / 4)
    assert value(st.auc([1, 0, 0], [0.5, 0.5, 0.5]), 3) == 0.5
    assert value(st.auc([0, 1], [0.9, 0.1]), 2) == 0.0


@given(
    some.lists(some.tuples(some.booleans(), some.integers(0, 5)), min_size=2, max_size=30),
)
def test_auc_is_the_share_of_pairs_in_order(rows: list[tuple[bool, int]]) -> None:
    true = [score for label, score in rows if label]
    false = [score for label, score in rows if not label]
    found = value(st.auc([r[0] for r in rows], [r[1] for r in rows]), len(rows))
    if not true or not false:
        assert math.isnan(found)
        return
    pairs = [(t > f) + (t == f) / 2 for t in true for f in false]
    assert found == pytest.approx(sum(pairs) / len(pairs))


def test_weights_repeat_items() -> None:
    weights = np.array([[2.0, 1.0, 0.0]])
    assert st.mean([1, 4, 9])(weights)[0] == pytest.approx(2)
    assert st.auc([1, 0, 0], [0.5, 0.7, 0.1])(weights)[0] == 0.0
    assert st.balanced_accuracy([1, 0, 0], [1, 1, 0])(weights)[0] == pytest.approx(0.5)


def test_balanced_accuracy_does_not_reward_the_larger_class() -> None:
    labels = [1] * 1 + [0] * 9
    assert value(st.balanced_accuracy(labels, [0] * 10), 10) == 0.5
    assert value(st.balanced_accuracy(labels, [1] + [0] * 8 + [1]), 10) == pytest.approx(17 / 18)


@pytest.mark.parametrize("labels", [[1, 1, 1], [0, 0, 0]])
def test_one_class_defines_no_figure(labels: list[int]) -> None:
    scores, documents = [0.1, 0.5, 0.9], ["a", "b", "c"]
    assert st.threshold(labels, scores) is None
    assert st.cross_fit(labels, scores, documents) is None
    for statistic in (st.auc(labels, scores), st.balanced_accuracy(labels, [1, 0, 1])):
        assert st.replicates(statistic, documents).estimate() == st.Estimate(None, None, None, 3)


def test_nothing_is_not_zero() -> None:
    nothing = st.Estimate(None, None, None, 0)
    assert st.replicates(st.mean([]), []).estimate() == nothing
    assert st.wilson(0, 0) == nothing
    assert st.calibration_error(st.reliability([], [])) is None
    assert st.average([]).estimate() == nothing


def test_threshold_lies_between_the_classes() -> None:
    assert st.threshold([0, 0, 1, 1], [0.1, 0.2, 0.6, 0.9]) == pytest.approx(0.4)
    assert st.threshold([1, 0], [0.3, 0.3]) in {0.3, math.inf}
    assert st.threshold([1, 1, 0], [0.1, 0.2, 0.9]) in {0.1, math.inf}


def test_cross_fitting_never_uses_an_items_own_document() -> None:
    # Scores say everything within a document and nothing across documents: a threshold that saw
    # its own document would be right.
    documents = [name for name in ("a", "b") for _ in range(4)]
    labels = [0, 0, 1, 1] * 2
    scores = [0.0, 0.1, 0.2, 0.3, 10.0, 10.1, 10.2, 10.3]
    called = st.cross_fit(labels, scores, documents)
    assert called is not None
    assert value(st.balanced_accuracy(labels, called), 8) == 0.5
    assert value(st.balanced_accuracy(labels, np.array(scores) % 10 > 0.15), 8) == 1.0


def test_cross_fitting_finds_what_holds_across_documents() -> None:
    called = st.cross_fit([0, 1] * 4, [0.2, 0.8] * 4, ONES)
    assert called is not None
    assert value(st.balanced_accuracy([0, 1] * 4, called), 8) > 0.9


def test_cross_fitting_does_not_flatter_noise() -> None:
    random = np.random.default_rng(3)
    labels, scores = random.random(400) < 0.4, random.random(400)
    called = st.cross_fit(labels, scores, [str(index) for index in range(400)])
    assert called is not None
    assert abs(value(st.balanced_accuracy(labels, called), 400) - 0.5) < 0.05


def test_the_same_seed_gives_the_same_interval_in_any_order() -> None:
    values = [0.1, 0.9, 0.4, 0.7, 0.2, 0.6, 0.3, 0.8]
    first = st.replicates(st.mean(values), ONES, seed=1).estimate()
    turned = st.replicates(st.mean(values[::-1]), ONES[::-1], seed=1).estimate()
    other = st.replicates(st.mean(values), ONES, seed=2).estimate()
    assert first == turned
    assert first != other
    assert first.low is not None
    assert first.high is not None
    assert first.low < 0.5 < first.high


def test_items_of_one_document_are_not_independent() -> None:
    values = [0.0] * 50 + [1.0] * 50
    apart = st.replicates(st.mean(values), [str(index) for index in range(100)]).estimate()
    together = st.replicates(st.mean(values), [str(index // 10) for index in range(100)]).estimate()
    assert apart.low is not None
    assert together.low is not None
    assert together.low < apart.low - 0.1


def test_one_document_gives_a_value_and_no_interval() -> None:
    assert st.replicates(st.mean([0, 1]), ["a", "a"]).estimate() == st.Estimate(0.5, None, None, 2)


def test_the_bootstrap_covers_the_truth() -> None:
    random = np.random.default_rng(7)
    documents = [str(index) for index in range(60)]
    covered = 0
    for trial in range(100):
        made = st.replicates(st.mean(random.random(60)), documents, seed=trial, draws=400)
        found = made.estimate()
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 0.5 <= found.high
    assert 86 <= covered <= 100


def test_a_paired_difference_is_narrower_than_its_parts() -> None:
    random = np.random.default_rng(5)
    base = random.random(80)
    documents = [str(index) for index in range(80)]
    theirs = st.replicates(st.mean(base), documents)
    ours = st.replicates(st.mean(base + 0.05), documents)
    gain, alone = st.difference(ours, theirs).estimate(), ours.estimate()
    assert gain.value == pytest.approx(0.05)
    assert gain.low == pytest.approx(0.05)
    assert alone.low is not None
    assert alone.high is not None
    assert alone.high - alone.low > 0.05
    undefined = st.replicates(st.mean([]), [])
    assert st.difference(ours, undefined).estimate().value is None


def test_an_average_with_an_unmeasured_part_is_unmeasured() -> None:
    known = st.replicates(st.mean([0, 1]), ["a", "b"])
    assert st.average([known, known]).estimate().value == 0.5
    assert st.average([known, st.replicates(st.mean([]), [])]).estimate().value is None


def test_a_share_of_all_keeps_an_interval() -> None:
    all_right = st.replicates(st.mean([1.0] * 8), ONES, is_share=True).estimate()
    assert (all_right.value, all_right.high, all_right.n) == (1.0, 1.0, 8)
    assert all_right.low == pytest.approx(st.wilson(8, 8).low)
    assert all_right.low is not None
    assert all_right.low < 0.7


def test_wilson_against_published_values() -> None:
    found = st.wilson(15, 20)
    assert (found.low, found.high) == (
        pytest.approx(0.531, abs=1e-3),
        pytest.approx(0.888, abs=1e-3),
    )
    none = st.wilson(0, 10)
    assert (none.low, none.high) == (0.0, pytest.approx(0.278, abs=1e-3))


def test_calibration() -> None:
    labels, chances = [1, 0, 1, 1], [0.85, 0.85, 1.0, 0.05]
    assert value(st.brier(labels, chances), 4) == pytest.approx(
        (0.15**2 + 0.85**2 + 0 + 0.95**2) / 4
    )
    bins = st.reliability(labels, chances)
    assert [(each.low, each.n, each.observed) for each in bins] == [
        (0.0, 1, 1.0),
        (0.8, 2, 0.5),
        (0.9, 1, 1.0),
    ]
    assert st.calibration_error(bins) == pytest.approx((0.95 + 2 * 0.35 + 0.0) / 4)
