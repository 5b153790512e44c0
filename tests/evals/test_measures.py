"""Shares, F1 and counts over items, and the paired difference of two sets of them."""

from __future__ import annotations

import pytest

from briefing.evals.measures import F1, Mean, Share, difference
from briefing.evals.report import Item

FOUND = Share("found", "found", "", "")
RIGHT = Share("right", "hits", "pairs", "")
BOTH = F1("f1", FOUND, RIGHT, "")


def item(cluster: str, **scores: float) -> Item:
    return Item(id="i", cluster=cluster, text="", scores=scores)


def test_recall_and_precision_may_come_from_different_items() -> None:
    items = [item("a", found=1), item("b", found=0), item("c", hits=3, pairs=4)]
    figure = BOTH.figure(items)
    assert figure.value == pytest.approx(2 * 0.5 * 0.75 / 1.25)
    assert figure.n == 3


def test_nothing_shown_is_0_and_nothing_to_be_found_is_no_figure() -> None:
    nothing = BOTH.figure([item("a", found=0), item("b", found=0)])
    assert (nothing.value, nothing.low) == (0.0, 0.0)
    assert nothing.high == pytest.approx(0.6576, abs=1e-3)  # Wilson, 2 clusters
    assert BOTH.figure([item("a", hits=0, pairs=2)]).value is None
    assert BOTH.figure([]).value is None
    assert BOTH.figure([item("a", other=1)]).n == 0


def test_counts_are_averaged_over_the_items_that_have_one() -> None:
    mean = Mean("wrong", "wrong", "")
    figure = mean.figure([item("a", wrong=3), item("b", wrong=0), item("c", found=1)])
    assert (figure.value, figure.n) == (1.5, 2)
    assert (figure.low, figure.high) == (0.0, 3.0)


def test_differences_are_paired_by_cluster() -> None:
    ours = [item(c, found=v) for c, v in (("a", 1), ("b", 1), ("c", 0), ("d", 1))]
    theirs = [item(c, found=v) for c, v in (("a", 0), ("b", 0), ("c", 0), ("d", 1))]
    # Some items of theirs have no such score: their case is drawn all the same.
    figure = difference(FOUND, ours, [*theirs, item("d", hits=1, pairs=1)], "ours-lead")
    assert (figure.value, figure.n, figure.group) == (0.5, 4, "ours-lead")
    assert figure.low == 0.0  # never below: in no case are they better
    alike = difference(FOUND, ours, ours, "ours-ours")
    assert (alike.value, alike.low, alike.high) == (0.0, None, None)  # no certainty
    assert difference(RIGHT, ours, theirs, "").value is None
