"""Counts of a running event are updates; figures of two things, or of two years, are nothing."""

from __future__ import annotations

import pytest

from tests.across.planted import Parse, find

TOP = "The river burst its banks at Tolm on Monday and reached the lower town."
REST = "A crowd stood on the hill above the town."


def told(one: str, other: str, parse: Parse, days: tuple[str, str] | None = None) -> list[str]:
    """The kinds of what is shown of two sentences in two documents."""
    return [d.kind for d in find([f"{TOP} {one}", f"{REST} {other}"], parse, days or ())]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The river flooded 40 homes in the lower town of Tolm.",
            "The river flooded 90 homes in the lower town of Tolm.",
        ),
        ("The flood in Tolm killed three people.", "The flood in Tolm killed four people."),
    ],
)
def test_counts_of_other_days_are_updates(one: str, other: str, parse: Parse) -> None:
    days = ("2031-05-12", "2031-05-13")
    assert set(told(one, other, parse, days)) <= {"update"}
    assert told(one, other, parse, days)


def test_the_missing_grow_fewer_where_the_order_is_not_known(parse: Parse) -> None:
    one, other = (
        "Three people are missing after the flood.",
        "Eight people are missing after the flood.",
    )
    (found,) = find([f"{TOP} {one}", f"{REST} {other}"], parse)
    assert found.kind == "update"
    assert [side.value for side in found.sides] == ["Eight people", "Three people"]


def test_a_summand_is_no_other_side_of_the_sum(parse: Parse) -> None:
    one = "The jury awarded the firm 371 million crowns in profits and 42 million in fees."
    assert told(one, "The jury awarded the firm 413 million crowns.", parse) == []


def test_what_was_years_ago_is_no_other_side(parse: Parse) -> None:
    one = "Nine years ago a flood hit Tolm and cost the town 88 million crowns."
    assert told(one, "The flood cost the town of Tolm 75 million crowns.", parse) == []


def test_the_hour_of_an_entry_is_no_hour_of_an_event(parse: Parse) -> None:
    one = "16:52 The bank has put out a new table."
    assert told(one, "The bank put out its new table at 4:30 p.m.", parse) == []
