"""Names in brackets: right, or none. Events and people are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefing.extract.articles import analyse
from tests.example import source

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]


def last(text: str, parse: Parse) -> str:
    """The last sentence of ``text`` as it would be shown."""
    return analyse(source(1, text), parse).lines[-1].statement


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Mr. Petrosyan opened the session in Merrow on Monday. "
                "He promised to lift the tariff by the end of May."
            ),
            "He [Petrosyan] promised",
        ),
        (
            (
                "Judge Helen Marsh adjourned the trial of a banker in Leeds.\n\n"
                "She ordered new tests of the blood samples before the end of June."
            ),
            "She [Helen Marsh] ordered",
        ),
        (
            (
                "President Aram Petrosyan and Premier Iain Munro met in Merrow on Monday.\n\n"
                "The two men agreed to reopen the crossing in May."
            ),
            "The two men [Aram Petrosyan and Iain Munro] agreed",
        ),
        (
            (
                "Ms. Whitlock spoke first. Mr. Munro answered her at length. "
                "She defended the second pier as good for the town."
            ),
            "She [Whitlock] defended",
        ),
    ],
)
def test_the_only_reading_is_added_in_brackets(text: str, expected: str, parse: Parse) -> None:
    assert last(text, parse).startswith(expected)


@pytest.mark.parametrize(
    "text",
    [
        # Whoever is met is not what the next sentence is about.
        (
            "Chancellor Aram Petrosyan opened the session in Merrow on Monday. During his meeting "
            "with Mr. Lee, he called the tariff a mistake. He promised to lift the tariff by May."
        ),
        "Aram Petrosyan spoke with Mr. Lee in Merrow. He called the tariff a mistake for the town.",
        # Two of the same sentence.
        (
            "Aram Petrosyan met Joseph Okafor in Merrow on Monday. "
            "He promised a new offer within the week."
        ),
        # Somebody named between, of whom the source does not say whether it is a woman.
        (
            "Dana Whitlock met the union on Monday. Iain Munro spoke for the fishermen of Tarbet. "
            "She promised a new offer within the week."
        ),
        # The pronoun fits nobody.
        (
            "Ms. Marsh adjourned the trial on Monday in Leeds. "
            "He will return to court on the first of June."
        ),
        # Nobody is named.
        "The trial was adjourned on Monday in Leeds. She will return to court in June.",
    ],
)
def test_a_pronoun_of_two_readings_stays_open(text: str, parse: Parse) -> None:
    assert "[" not in last(text, parse)


@pytest.mark.parametrize(
    "between",
    [
        "Joseph Okafor watched from the gallery of the hall.",
        "Later President Aram Petrosyan and Joseph Okafor spoke by telephone.",
        "Later Joseph Okafor and Premier Iain Munro spoke by telephone.",
    ],
)
def test_two_leaders_are_open_where_another_comes_between(between: str, parse: Parse) -> None:
    text = (
        f"President Aram Petrosyan and Premier Iain Munro met in Merrow on Monday. {between} "
        "The two leaders agreed to reopen the crossing in May."
    )
    assert "[" not in last(text, parse)


def test_a_pair_whose_one_half_the_parser_takes_for_a_company_is_another_pair(
    parse: Parse,
) -> None:
    text = (
        "Aram Petrosyan and Iain Munro met in Merrow on Monday. "
        "Later Aram Petrosyan and Joseph Okafor spoke by telephone. "
        "The two leaders agreed to reopen the crossing in May."
    )
    assert "[" not in last(text, parse)


def test_three_are_no_pair(parse: Parse) -> None:
    text = (
        "President Aram Petrosyan, Premier Iain Munro and Joseph Okafor met in Merrow on Monday. "
        "The two leaders agreed to reopen the crossing in May."
    )
    assert "[" not in last(text, parse)


def test_the_name_is_cited_where_the_source_gives_it(parse: Parse) -> None:
    text = (
        "Mr. Petrosyan opened the session in Merrow on Monday. "
        "He promised to lift the tariff by the end of May."
    )
    line = analyse(source(1, text), parse).lines[-1]
    (added,) = line.added
    assert text[added.given.start : added.given.end] == added.name == "Petrosyan"
    assert text[: added.at].endswith("He")
    assert line.sentence.text in text
    assert line.alone
