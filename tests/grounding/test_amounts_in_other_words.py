"""Other forms of the same number or time are never surely wrong; near misses surely are.

The pairs of ``amounts_in_other_words.yaml`` are invented. Those that the checker gets wrong stay in
the table by name, so that a change that loses or gains one shows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefing.grounding import dates, quantities
from briefing.grounding.moments import moments
from briefing.grounding.numbers import numbers
from briefing.grounding.reading import read_all
from briefing.grounding.verdicts import Objection
from tests import yaml_data

if TYPE_CHECKING:
    from spacy.tokens import Doc

GROUPS: list[dict[str, Any]] = yaml_data.load(Path(__file__).parent / "amounts_in_other_words.yaml")


Found = dict[str, list[Objection]]


@pytest.fixture(scope="module")
def objections(parse: Callable[[str], Doc]) -> list[Found]:
    """What each group's statements are objected to for; all are parsed in one go."""
    parse("Ready.")
    statements = [s for group in GROUPS for s in (*group["same"], *group["other"])]
    claims = dict(zip(statements, read_all((s, None) for s in statements), strict=True))
    grounds = read_all((group["passage"], str(group["published"])) for group in GROUPS)
    return [
        {
            s: [
                *quantities.objections(claims[s], [ground]),
                *dates.objections(claims[s], [ground]),
            ]
            for s in (*group["same"], *group["other"])
        }
        for group, ground in zip(GROUPS, grounds, strict=True)
    ]


def surely(found: list[Objection]) -> bool:
    return any(objection.certain for objection in found)


@pytest.mark.parametrize("at", range(len(GROUPS)), ids=[group["form"] for group in GROUPS])
def test_another_form_of_the_same_amount_is_not_surely_wrong(
    at: int, objections: list[Found]
) -> None:
    group, found = GROUPS[at], objections[at]
    assert [s for s in group["same"] if surely(found[s])] == group.get("refused", [])


@pytest.mark.parametrize("at", range(len(GROUPS)), ids=[group["form"] for group in GROUPS])
def test_a_near_miss_is_surely_wrong(at: int, objections: list[Found]) -> None:
    group, found = GROUPS[at], objections[at]
    assert [s for s in group["other"] if not surely(found[s])] == group.get("doubted", [])
    assert all(found[s] for s in group["other"])


def test_the_table_is_large_enough_to_say_something() -> None:
    assert sum(len(group["same"]) for group in GROUPS) >= 120
    assert sum(len(group["other"]) for group in GROUPS) >= 80


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("half a mile", [0.5]),
        ("a quarter of a million dollars", [250_000]),
        ("four tenths of a second", [0.4]),
        ("one and three quarter billion", [1.75e9]),
        ("a million and a half", [1.5e6]),
        ("one in five voters, 3 out of ten", [0.2, 0.3]),
        ("three in ten days", [3, 10]),
        ("a third more", [1 / 3]),
        ("a third man, the second half, a quarter-final, half-time", [3, 2]),
        ("a four-and-a-half-year sentence", [4.5]),
    ],
)
def test_parts_and_shares_are_read(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers(text)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("at twenty to midnight", (1420,)),
        ("20 minutes to midnight", (1420,)),
        ("a quarter past noon", (735,)),
        ("at half past six in the evening", (1110,)),
        ("at ten to five", (290, 1010)),
        ("at half six", (390, 1110)),
        ("five past eleven at night", (1385,)),
        ("five to eight people, open from ten to midnight", (0, 1440)),
        ("fell by a quarter to 9 on Monday", ()),
    ],
)
def test_spoken_clock_times_are_read(text: str, minutes: tuple[int, ...]) -> None:
    assert sum((m.minutes for m in moments(text) if m.kind == "clock"), ()) == minutes


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("four years and six months", 4.5 * 365.25 * 86_400),
        ("a year and a half", 1.5 * 365.25 * 86_400),
        ("in 2:18:30", 8310),
        ("two hours, 18 minutes and 30 seconds, a minute ahead", 8310),
        ("a quarter of a century", 25 * 365.25 * 86_400),
    ],
)
def test_lengths_of_several_units_are_one(text: str, seconds: float) -> None:
    assert moments(text)[0].seconds == pytest.approx(seconds)
