"""Claims that a source denies outright, votes told differently, and counts that grow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from briefing.across import disagreements
from briefing.across.nearness import Nearness
from briefing.evidence import Citer
from briefing.extract.articles import analyse
from briefing.extract.salience import key_of
from briefing.merge import Comparer
from briefing.origins import find_origins
from briefing.types import Disagreement
from tests.across.planted import Parse, find
from tests.example import source

ONE = "The library of Port Ardle was closed on Monday by order of the town council."
OTHER = "A crowd of readers stood in the rain on Harbour Street."
ALIKE = np.array([1.0, 0.0], np.float32)
APART = np.array([0.0, 1.0], np.float32)


def shown(one: str, other: str, parse: Parse, *, apart: bool = False) -> list[Disagreement]:
    """What two documents tell differently, whose sentences are all near, or all far apart."""
    articles = [analyse(source(n, t), parse) for n, t in enumerate((one, other), 1)]
    origins = find_origins([(a.source, a.passages) for a in articles])
    articles = [
        replace(a, source=a.source.model_copy(update={"origin": origins.by_source[a.source.id]}))
        for a in articles
    ]
    vectors = {
        key_of(a, line): APART if apart and n else ALIKE
        for n, a in enumerate(articles)
        for line in a.lines
    }
    near = Nearness(Comparer(articles), vectors, (0.1, 0.1))
    return disagreements(articles, origins, Citer(articles, origins.by_passage), near=near)


@pytest.mark.parametrize(
    ("denial", "told", "values"),
    [
        (
            "The town council has received no such petition.",
            "On Friday a petition reached the town council.",
            ["received no such petition", "a petition reached"],
        ),
        (
            "No warning of any kind reached the librarian, she said.",
            "The fire service warned the librarian in March.",
            ["No warning of any kind reached", "The fire service warned"],
        ),
        (
            "The council says the readers were refused entry. That is untrue.",
            "The librarian refused the readers entry on Monday.",
            ["That is untrue", "refused"],
        ),
        (
            "No branch of the library will be closed this year, the mayor said.",
            "Three branches of the library will be closed this year.",
            ["No branch of the library will be closed", "will be closed"],
        ),
    ],
)
def test_what_is_denied_outright_stands_beside_what_is_told(
    denial: str, told: str, values: list[str], parse: Parse
) -> None:
    (found,) = shown(f"{ONE}\n\n{denial}", f"{OTHER}\n\n{told}", parse)
    assert found.kind == "conflict"
    assert [side.value for side in found.sides] == values
    assert [side.evidence[0].source_id for side in found.sides] == ["S1", "S2"]


@pytest.mark.parametrize(
    ("denial", "told"),
    [
        # Nobody said that there was one.
        ("The town council has received no petition.", "A petition reached the mayor."),
        # It came, later.
        (
            "No such petition reached the council until Friday.",
            "On Friday a petition reached the town council.",
        ),
        # What the other tells is not told as happened.
        (
            "The town council has received no such petition.",
            "A petition may reach the town council.",
        ),
        # Both deny it.
        (
            "The town council has received no such petition.",
            "The petition never reached the council.",
        ),
    ],
)
def test_other_denials_have_no_other_side(denial: str, told: str, parse: Parse) -> None:
    assert shown(f"{ONE}\n\n{denial}", f"{OTHER}\n\n{told}", parse) == []


def test_sentences_that_are_far_apart_are_on_different_matters(parse: Parse) -> None:
    denial = "The town council has received no such petition."
    told = "On Friday a petition reached the school board of Westmoor."
    assert shown(f"{ONE}\n\n{denial}", f"{OTHER}\n\n{told}", parse, apart=True) == []
    assert find([f"{ONE}\n\n{denial}", f"{OTHER}\n\n{told}"], parse) == []


def test_a_divided_vote_is_not_unanimous(parse: Parse) -> None:
    one = "The library board took the decision unanimously."
    other = "The library board voted five to two to close the reading room."
    (found,) = shown(f"{ONE}\n\n{one}", f"{OTHER}\n\n{other}", parse)
    assert [side.value for side in found.sides] == ["unanimously", "five to two"]


def test_a_rise_is_no_division(parse: Parse) -> None:
    one = "The library board voted unanimously for the new hours."
    other = "The library board voted to raise the fee from 5 to 7 crowns."
    assert shown(f"{ONE}\n\n{one}", f"{OTHER}\n\n{other}", parse) == []
    thousands = "The library board put the vote at 6,860 to 6,849 for the new hours."
    assert shown(f"{ONE}\n\n{one}", f"{OTHER}\n\n{thousands}", parse) == []


@pytest.mark.parametrize("days", [(None, None), ("2031-02-03", None), (None, "2031-02-03")])
def test_what_has_been_counted_so_far_grows(
    days: tuple[str | None, str | None], parse: Parse
) -> None:
    early = "Volunteers have picked up 6,000 dead fish from the river Arl."
    late = "Volunteers picked up 23,400 dead fish from the river Arl."
    (found,) = find([f"{OTHER} {late}", f"{ONE} {early}"], parse, days)
    assert found.kind == "update"
    assert [side.value for side in found.sides] == ["6,000 dead fish", "23,400 dead fish"]


def test_counts_of_one_day_without_a_word_of_the_hour_differ(parse: Parse) -> None:
    texts = [f"{ONE} Eighteen readers were injured.", f"{OTHER} Twelve readers were injured."]
    (found,) = find(texts, parse, ["2031-02-03", "2031-02-03"])
    assert found.kind == "conflict"


def test_the_number_in_a_name_is_no_figure(parse: Parse) -> None:
    one = "Nell Ostrander, 39, has won the cup."
    other = "Nell Ostrander has won the under-19 cup."
    assert find([f"{ONE} {one}", f"{OTHER} {other}"], parse) == []


def test_people_of_two_countries_are_counted_apart(parse: Parse) -> None:
    one = "Three Norwegian sailors were killed in the storm."
    other = "Nine Danish sailors were killed in the storm."
    assert find([f"{ONE} {one}", f"{OTHER} {other}"], parse) == []
