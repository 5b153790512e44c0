"""What follows from the figures of a passage by one step is never surely wrong; near it, it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefing.grounding import facts
from briefing.grounding.reading import read
from briefing.grounding.verdicts import Objection

if TYPE_CHECKING:
    from spacy.tokens import Doc

PASSAGE = (
    "The fire broke out at 22:40 and was out by 03:10. Of the five tenants, Ida Lund and Per Holm "
    "lost everything. The village collected 9,000 euros in June and 13,500 in July. Greta Solberg "
    "sold a third of the farm's 120 hectares. She is open 11 hours a week, compared with 26 hours "
    "before. Her lead shrank from 1 minute 20 to 51 seconds. The water had 9°C."
)


@pytest.fixture(scope="module")
def objections(parse: Callable[[str], Doc]) -> Callable[[str], list[Objection]]:
    parse("Ready.")
    return lambda claim: facts.objections(read(claim), [read(PASSAGE, "2024-08-12")])[1]


@pytest.mark.parametrize(
    "claim",
    [
        "The fire burned for four and a half hours.",
        "Two of the tenants lost everything.",
        "The other three tenants did not lose everything.",
        "In June and July together the village raised 22,500 euros.",
        "July's collection was one and a half times that of June.",
        "Greta Solberg kept 80 of the 120 hectares.",
        "She is open fewer than half of the 26 hours.",
        "Her lead shrank by 29 seconds, to 51.",
        "The water had 9 degrees Celsius.",
    ],
)
def test_one_step_of_reckoning_is_no_sure_error(
    claim: str, objections: Callable[[str], list[Objection]]
) -> None:
    assert [o for o in objections(claim) if o.certain] == []


@pytest.mark.parametrize(
    "claim",
    [
        "The fire burned for six and a half hours.",
        "In June and July together the village raised 27,500 euros.",
        "Her lead shrank by 39 seconds, to 51.",
    ],
)
def test_what_no_step_gives_is_surely_wrong(
    claim: str, objections: Callable[[str], list[Objection]]
) -> None:
    assert any(o.certain for o in objections(claim))


def test_the_reason_names_what_it_is_reckoned_from(
    objections: Callable[[str], list[Objection]],
) -> None:
    reasons = [o.reason for o in objections("The village raised 22,500 euros.")]
    assert any("sum of" in reason and "13,500" in reason for reason in reasons)
