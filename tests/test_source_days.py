"""For which day a statement is told."""

from __future__ import annotations

import hashlib

import pytest

from briefing.render import render
from briefing.source_days import SourceDay, as_of, open_as_of, planned_as_of, source_days
from briefing.types import Briefing, Source
from tests.example import example, sources

OLD, NEW, UNKNOWN = SourceDay("4 May", older=True), SourceDay("6 May"), SourceDay()


def days_of(*dated: str | None) -> list[SourceDay]:
    sha = hashlib.sha256(b"").hexdigest()
    sources = [
        Source(id=f"S{n}", path=f"{n}.txt", sha256=sha, text_sha256=sha, text="", dated=day)
        for n, day in enumerate(dated)
    ]
    return list(source_days(sources).values())


def test_days_in_words_and_which_are_older() -> None:
    found = days_of("2031-05-04", "2031-05-06", None)
    first = SourceDay("4 May 2031", older=True, iso="2031-05-04")
    assert found == [first, SourceDay("6 May 2031", iso="2031-05-06"), UNKNOWN]


def test_days_without_a_year_are_of_one_year() -> None:
    found = [(day.words, day.older) for day in days_of("--05-04", "2031-05-06")]
    assert found == [("4 May", True), ("6 May 2031", False)]


def test_nobody_knows_which_side_of_new_year_came_first() -> None:
    assert not any(day.older for day in days_of("--12-30", "--01-02"))


@pytest.mark.parametrize("damaged", ["06.05.2031", "2031-13-41", "soon"])
def test_what_is_no_day_is_unknown(damaged: str) -> None:
    assert days_of(damaged) == [UNKNOWN]


@pytest.mark.parametrize(
    ("days", "words", "told"),
    [
        ([OLD], "Two men were arrested.", "4 May"),
        ([NEW], "Two men were arrested.", ""),
        ([OLD, NEW], "Two men were arrested.", ""),
        ([NEW], "Two men were arrested this morning.", "6 May"),
        ([OLD, NEW], "So far two men have been arrested.", "4 May"),
        ([OLD, UNKNOWN], "Two men were arrested.", ""),
        ([], "Two men were arrested today.", ""),
    ],
)
def test_the_day_beside_a_statement(days: list[SourceDay], words: str, told: str) -> None:
    assert as_of(days, words) == told


def dated(*days: str | None) -> Briefing:
    """The example, its sources written on ``days``."""
    texts = zip(sources(), days, strict=True)
    return example(sources=tuple(each.model_copy(update={"dated": day}) for each, day in texts))


def test_an_item_of_an_earlier_day_says_so_on_the_page() -> None:
    page = render(dated("--05-04", "--05-04", "--05-06"))
    assert "who will pay for the repairs" in page
    assert "as of 4 May" in page
    assert "as of 6 May" not in page
    assert "as of 4 May" in render(dated("--05-04", "--05-04", "--05-06"), format="html")


def test_of_one_day_nothing_is_said() -> None:
    assert "as of" not in render(dated("--05-04", "--05-04", "--05-04"))


def test_quotes_and_offices_say_their_day_as_well() -> None:
    briefing = dated("--05-04", "--05-05", "--05-06")
    page = render(briefing, "full")
    (quote,) = [line for line in page.splitlines() if "The wall held, and nobody had" in line][:1]
    assert "as of 4 May" in quote
    (office,) = [line for line in page.splitlines() if line.startswith("- Ines Valk")]
    assert "as of 4 May" in office


@pytest.mark.parametrize(
    ("days", "words", "told"),
    [
        ([OLD], "Who will pay?", "4 May, perhaps answered since"),
        ([OLD, NEW], "Who will pay?", ""),
        ([NEW], "It is not clear so far who will pay.", "6 May"),
        ([OLD, UNKNOWN], "Who will pay?", ""),
    ],
)
def test_later_sources_may_have_the_answer(days: list[SourceDay], words: str, told: str) -> None:
    assert open_as_of(days, words) == told


def test_an_open_question_of_an_earlier_day_says_that_it_may_be_answered() -> None:
    briefing = dated("--05-04", "--05-04", "--05-06")
    for page in (render(briefing), render(briefing, format="html")):
        assert page.count("as of 4 May, perhaps answered since") == len(briefing.open_questions)


@pytest.mark.parametrize(
    ("date", "told"), [("2031-06-30", "4 May 2031"), ("2031-05-03", ""), ("2031-05-04", "")]
)
def test_the_day_of_a_plan(date: str, told: str) -> None:
    first, last, _ = days_of("2031-05-04", "2031-05-06", None)
    assert planned_as_of([first], date) == told
    assert planned_as_of([first, last], date) == ""
    assert planned_as_of([OLD], date) == ""


def test_an_entry_of_the_timeline_says_as_of_which_day_it_was_planned() -> None:
    briefing = dated("2024-05-01", "2024-05-01", "2024-05-20")
    assert "- 13 May 2024: " in render(briefing)
    (line,) = [x for x in render(briefing).splitlines() if x.startswith("- 13 May 2024: ")]
    assert "as of 1 May 2024" in line
    earlier = dated("2024-05-14", "2024-05-14", "2024-05-20")
    (line,) = [x for x in render(earlier).splitlines() if x.startswith("- 13 May 2024: ")]
    assert "as of" not in line
