"""Figures of other sources stand beside a finding, where they may be of the same thing."""

from __future__ import annotations

import pytest

from briefing.across.candidates import Candidate, figures_in
from briefing.across.elsewhere import elsewhere
from briefing.across.told import told_in
from briefing.across.tolls import overtaken
from briefing.extract.articles import Parse, analyse
from tests.example import source

TREASURY = "The city treasury puts the repayment for the tram line at 27 million crowns."
COURT = "The court in Port Ardle put the sum for the tram line at 31 million crowns."
MORNING = "Two people died when the market hall of Port Ardle came down on Sunday."
EVENING = "Police now say that six people died under the roof of the market hall."


def compared(texts: list[str], parse: Parse, *, score: float = -0.5) -> dict[str, list[str]]:
    """What each sentence is compared with, if the first figures of both texts are a pair."""
    articles = [analyse(source(n, text), parse) for n, text in enumerate(texts, 1)]
    told = told_in(articles)
    one, other = (
        next(f for f in figures_in(told) if f.told.source_id == a.source.id) for a in articles
    )
    found = elsewhere([Candidate(one, other, score, proved=False)])
    return {
        told_.line.sentence.text: [each.line.sentence.text for each in found[key]]
        for told_ in told
        for key in [(told_.source_id, told_.line.order)]
        if key in found
    }


def test_both_sides_are_compared_with_each_other(parse: Parse) -> None:
    assert compared([TREASURY, COURT], parse) == {TREASURY: [COURT], COURT: [TREASURY]}


def test_of_a_count_that_grows_only_the_early_one_is_compared(parse: Parse) -> None:
    assert compared([MORNING, EVENING], parse) == {MORNING: [EVENING]}


def test_what_is_shown_as_a_disagreement_is_not_shown_again(parse: Parse) -> None:
    assert compared([TREASURY, COURT], parse, score=1.0) == {}


def overtaken_by(texts: list[str], parse: Parse) -> dict[str, str]:
    """The later count that stands beside each sentence."""
    told = told_in([analyse(source(n, text), parse) for n, text in enumerate(texts, 1)])
    found = overtaken(figures_in(told))
    return {early.line.sentence.text: late.line.sentence.text for early, late in found}


FIRST = "At least two people died in the collapse of the market hall, the fire service said."
LAST = "Eleven people died in the collapse of the market hall, the council said."


def test_an_early_count_of_the_dead_has_the_last_beside_it(parse: Parse) -> None:
    middle = "Seven people have died in the collapse of the market hall, the fire service said."
    assert overtaken_by([FIRST, middle, LAST], parse) == {FIRST: LAST, middle: LAST}


@pytest.mark.parametrize(
    "other",
    [
        # of another time, of a part, of others, of something else
        "In 1987 a fire at the market hall killed 31 people.",
        "Three children died in the collapse of the market hall.",
        "Nine more people died in hospital.",
        "Eleven people were saved from the market hall.",
        "Eleven people saw the collapse of the market hall.",
    ],
)
def test_other_counts_do_not_overtake_it(other: str, parse: Parse) -> None:
    assert FIRST not in overtaken_by([FIRST, other], parse)


@pytest.mark.parametrize(
    "other",
    [
        # only less exact
        "The court in Port Ardle put the sum for the tram line at more than 20 million crowns.",
        # nobody knows who "it" is
        "It put the sum for the tram line at 31 million crowns.",
    ],
)
def test_nothing_to_compare(other: str, parse: Parse) -> None:
    assert TREASURY not in compared([TREASURY, other], parse)
