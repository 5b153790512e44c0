from __future__ import annotations

import pytest

from briefing.extract.articles import analyse
from briefing.language import pipeline
from tests.example import source


def stated(text: str) -> list[str]:
    """The sentences of ``text`` as they would be shown, names in brackets."""
    article = analyse(source(1, text), pipeline("en").parse)
    return [line.statement for line in article.lines]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            (
                "The regional court in Velm annulled the water charge on Monday morning.\n\n"
                "The court put the sum at 31 million crowns.\n"
            ),
            "The court [regional court in Velm] put the sum at 31 million crowns.",
        ),
        (
            (
                "Adler Works, a maker of pumps from Velm, recalled 40,000 heaters on Monday.\n\n"
                "The maker will pay for all repairs to the heaters.\n"
            ),
            "The maker [Adler Works] will pay for all repairs to the heaters.",
        ),
    ],
)
def test_a_kind_that_only_one_thing_can_be_gets_its_name(text: str, shown: str) -> None:
    assert shown in stated(text)


@pytest.mark.parametrize(
    "text",
    [
        # A second court; and a kind that nobody has named.
        (
            "The regional court in Velm annulled the charge on Monday morning.\n\n"
            "The supreme court in Ardlan had upheld a similar one in spring.\n\n"
            "The court put the sum at 31 million crowns.\n"
        ),
        (
            "A court annulled the water charge on Monday morning in a short session.\n\n"
            "The court put the sum at 31 million crowns.\n"
        ),
        # The description stands before the name.
        (
            "The court put the sum at 31 million crowns.\n\n"
            "The regional court in Velm annulled the water charge on Monday morning.\n"
        ),
    ],
)
def test_what_stays_open_gets_no_name(text: str) -> None:
    assert not any("[" in each for each in stated(text))
