"""Plans that another source tells as done."""

from __future__ import annotations

import pytest

from briefing.across.superseded import superseded
from tests.across.planted import Parse


@pytest.mark.parametrize(
    ("plan", "other", "done"),
    [
        (
            "The minister is scheduled to visit the plant in Tolm on Friday.",
            "The minister visited the plant in Tolm on Friday and met the workers.",
            True,
        ),
        ("The court will hear the appeal of the bank.", "The court heard the bank's appeal.", True),
        (
            "The orchestra plans to open the new hall in Brist.",
            "The orchestra opened the new hall in Brist with a waltz.",
            True,
        ),
        (
            "The ship is expected to leave the port of Brist.",
            "The ship did not leave the port of Brist.",
            False,
        ),
        (
            "The minister will visit the plant in Tolm again.",
            "The minister visited the plant in Tolm.",
            False,
        ),
        (
            "The minister will visit the plant in Tolm.",
            "Anna Lund will visit the plant in Tolm.",
            False,
        ),
        (
            "The minister visited the plant in Tolm.",
            "The minister visited the plant in Tolm.",
            False,
        ),
        (
            "The council will publish the report on the harbour.",
            "The council published its budget in May.",
            False,
        ),
    ],
)
def test_a_plan_is_superseded_by_a_sentence_that_tells_it_as_done(
    plan: str, other: str, done: bool, parse: Parse
) -> None:
    (sentence,) = parse(plan).sents
    found = superseded(sentence, [next(parse("It rained all day.").sents), *parse(other).sents])
    assert (found is not None) is done
    assert found is None or found.place == 1
