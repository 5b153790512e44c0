from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.grounding.retrieval import Retriever, tokens

COURT = [
    "A court in Lisbon heard the case for the third day.",
    "The prosecutor, Rita Alves, asked for a fine of 40,000 euros.",
    "She also asked for the factory to be closed.",
    "The hall was full of people and it was hot.",
    "The fine of the court in Porto was lower: 12,000 euros.",
    "The factory makes paint for ships.",
    "A verdict is expected on 3 March '24.",
]


def test_finds_the_passage_that_says_it() -> None:
    assert Retriever(COURT).best("Rita Alves asked for a fine of 40,000 euros.", 1) == [1]


def test_numbers_and_dates_match_in_other_forms() -> None:
    retriever = Retriever(COURT)
    assert retriever.best("The hearing was on day 3.", 1) == [0]
    assert 6 in retriever.best("A verdict was due in March 2024.", 1)


def test_the_second_passage_covers_what_the_first_does_not() -> None:
    passages = [
        "The storm hit Cuba on Friday.",
        "The storm hit Cuba on Friday evening.",
        "Filler about something else entirely.",
        "Nine schools lost their roofs.",
    ]
    claim = "The storm hit Cuba on Friday and nine schools lost roofs."
    assert 3 in Retriever(passages).best(claim, 2)


def test_a_neighbour_lends_the_name_to_a_pronoun() -> None:
    passages = [
        "The minister resigned over the affair.",
        "Nothing else happened in the capital.",
        "Dana Okafor runs the ministry.",
        "He resigned in the evening.",
        "Traffic was heavy.",
    ]
    assert Retriever(passages).best("Dana Okafor resigned.", 2) == [2, 3]


def test_a_budget_is_kept_and_what_is_too_long_passed_over() -> None:
    long = "Rita Alves asked for a fine " + "and for much more besides " * 30
    passages = [long, "Rita Alves asked for a fine."]
    assert Retriever(passages).best("Rita Alves asked for a fine.", 5, budget=20) == [1]


def test_nothing_shared_nothing_found() -> None:
    assert Retriever(COURT).best("Zebras migrate.", 3) == []
    assert Retriever([]).best("Zebras migrate.", 3) == []


_PASSAGES = st.lists(st.text(alphabet="abc 12.'", max_size=30), max_size=12)


@given(_PASSAGES, st.text(alphabet="abc 12.'", max_size=30), st.integers(0, 5), st.integers(0, 40))
def test_bounds_hold(passages: list[str], claim: str, count: int, budget: int) -> None:
    retriever = Retriever(passages)
    found = retriever.best(claim, count, budget)
    assert found == sorted(set(found))
    assert len(found) <= count
    assert sum(tokens(passages[i]) for i in found) <= budget
    assert all(hit.gain > 0 for hit in retriever.hits(claim, count))
