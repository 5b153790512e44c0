"""People and bodies resolved in the whole document; parts that have changed places."""

from __future__ import annotations

import pytest

from briefing.grounding import names, roles
from briefing.grounding.checker import LayeredChecker
from briefing.grounding.reading import read
from briefing.grounding.verdicts import Ground, Task

pytestmark = pytest.mark.usefixtures("parse")

INTRODUCED = (
    "Harbour master Ingrid Solberg closed the port on Friday. Deputy harbour master Peter Lang "
    "was abroad. Tom Ashworth of the shipping line Brackwater & Sons protested."
)
LATER = (
    "Solberg later apologised to the crews. She said her daughter Maja had been on one of the "
    "ships. A diver freed the rusty anchor of the Aurora with a torch, and the charity Safe Seas "
    "looked after the sailors. The town's library lent them 40 novels."
)
RACE = (
    "Mona Reiter overtook Julie Faber in the last lap of the race on Sunday. The trophy was handed "
    "to Reiter by Olga Brandt. The women's team has won 12 medals and the men's team nine. Faber, "
    "who had trained in Kenya for six months, congratulated her. She warned Brandt twice by letter."
)


def certain(claim: str, *grounds: str, context: tuple[str, ...] = ()) -> list[str]:
    checks = (names.objections, roles.objections)
    around = [read(text) for text in context]
    found = [
        objection
        for check in checks
        for objection in check(read(claim), [read(text) for text in grounds], around)
    ]
    return [o.reason for o in found if o.certain]


@pytest.mark.parametrize(
    "claim",
    [
        "Ingrid Solberg later apologised to the crews.",
        "Ingrid Solberg's daughter Maja had been on one of the ships.",
        "Maja Solberg had been on one of the ships, her mother said.",
        "The harbour master, Ingrid Solberg, later apologised to the crews.",
        "A diver freed the anchor of the Aurora with a torch.",
    ],
)
def test_who_is_introduced_elsewhere_may_be_named_in_full(claim: str) -> None:
    assert certain(claim, LATER, context=(INTRODUCED,)) == []


def test_a_name_that_neither_passage_nor_document_has_is_refused_all_the_same() -> None:
    assert certain("Karen Solberg-Nye apologised.", LATER, context=(INTRODUCED,))
    assert certain("Ingrid Solberg later apologised to the crews.", "The ships left at noon.")
    there = "The ships left at noon, and Peter Lang waved."
    assert certain("Ingrid Solberg waved.", there, context=(INTRODUCED,))


@pytest.mark.parametrize(
    "claim",
    [
        "Deputy harbour master Ingrid Solberg later apologised to the crews.",
        "The charity Safe Seas freed the rusty anchor of the Aurora with a torch.",
        "Tom Ashworth of Safe Seas protested.",
    ],
)
def test_somebody_elses_office_or_deed_is_refused(claim: str) -> None:
    assert certain(claim, LATER, context=(INTRODUCED,)) or certain(claim, INTRODUCED, LATER)


@pytest.mark.parametrize(
    "claim",
    [
        "Julie Faber overtook Mona Reiter in the last lap of the race on Sunday.",
        "The trophy was handed to Olga Brandt by Mona Reiter.",
        "The men's team has won 12 medals and the women's team nine.",
        "Reiter, who had trained in Kenya for six months, was congratulated.",
    ],
)
def test_what_has_changed_places_is_refused(claim: str) -> None:
    assert certain(claim, RACE)


@pytest.mark.parametrize(
    "claim",
    [
        "Julie Faber was overtaken by Mona Reiter in the last lap of the race on Sunday.",
        "Olga Brandt handed the trophy to Mona Reiter.",
        "On Sunday Reiter overtook Faber in the last lap of the race.",
        "The men's team has won nine medals and the women's team 12.",
        "Faber had trained in Kenya for six months.",
    ],
)
def test_other_orders_of_the_same_pass(claim: str) -> None:
    assert certain(claim, RACE) == []


def test_the_checker_reads_the_rest_of_the_document_for_who_is_who() -> None:
    cited = (Ground(id="2", text="She later apologised to the crews of both ships."),)
    rest = (Ground(id="1", text=INTRODUCED),)
    claim = "Ingrid Solberg later apologised to the crews of both ships."
    stolen = "Tom Ashworth of the shipping line protested to the crews."
    alone, whole, other = LayeredChecker().check(
        [
            Task(id="a", statement=claim, cited=cited),
            Task(id="b", statement=claim, cited=cited, rest=rest),
            Task(id="c", statement=stolen, cited=cited, rest=rest),
        ]
    )
    # Without a judge “unclear” is the best there is: who she is, the passage does not say.
    assert (alone.verdict, whole.verdict) == ("unsupported", "unclear")
    assert other.verdict == "unsupported"
