"""Dates, clock times, durations and ages against passages of a known or unknown day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.grounding.dates import objections, owned
from briefing.grounding.moments import moments
from briefing.grounding.reading import read
from briefing.grounding.verdicts import Objection

if TYPE_CHECKING:
    from spacy.tokens import Doc

WEDNESDAY = "2021-03-10"


@pytest.fixture(scope="module", autouse=True)
def english(parse: Callable[[str], Doc]) -> None:
    """These tests need the parser; its absence is one clear failure."""
    parse("Ready.")


def found(claim: str, passage: str, published: str | None = None) -> list[Objection]:
    return list(objections(read(claim), [read(passage, published)]))


def certain(claim: str, passage: str, published: str | None = None) -> list[Objection]:
    return [objection for objection in found(claim, passage, published) if objection.certain]


TRIAL = (
    "The court in Merrow sat on Tuesday, 2 March 2021, at 3 p.m. and heard the case for two and a "
    "half hours. Ana Ruiz, 43, was charged in June 2019. She had lived in Merrow since the 1990s."
)
QUAKE = (
    "The ground shook yesterday evening, two days after the warning. Three years ago a stronger "
    "tremor hit the valley; the next inspection is due next month."
)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("on March 3, 2021", {"year": 2021, "month": 3, "day": 3}),
        ("the 3rd of March 2021", {"year": 2021, "month": 3, "day": 3}),
        ("2021-03-03", {"year": 2021, "month": 3, "day": 3}),
        ("Wed 3 Mar", {"weekday": 2, "month": 3, "day": 3}),
        ("in the summer of 1994", {"year": 1994, "season": "summer"}),
        ("in Q3 2019", {"year": 2019, "quarter": 3}),
        ("the 1980s", {"decade": 1980}),
        ("the 19th century", {"century": 19}),
        ("in May", {"month": 5}),
        ("on Friday morning", {"weekday": 4, "part": "morning"}),
    ],
)
def test_dates_are_read(text: str, fields: dict[str, object]) -> None:
    assert [moment.fields for moment in moments(text)] == [fields]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("at 3 p.m. sharp", (900,)),
        ("at 15:00", (900,)),
        ("at half past three", (210, 930)),
        ("at quarter to nine", (525, 1245)),
        ("at noon", (720,)),
        ("at 3 o'clock", (180, 900)),
    ],
)
def test_clock_times_are_read(text: str, minutes: tuple[int, ...]) -> None:
    assert [moment.minutes for moment in moments(text)] == [minutes]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "2,000 people came",
        "a 3-1 win",
        "5.30 metres",
        "It will fall in price.",
    ],
)
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert moments(text) == ()


def test_spans_of_dates_are_told_for_others() -> None:
    text = "In 2019 some 40 men, aged 20, waited for three days."
    words = [text[start:end] for start, end in owned(read(text))]
    assert words == ["2019", "20", "three days"]


@pytest.mark.parametrize(
    "claim",
    [
        "The court sat in March 2021.",
        "The court sat on March 2.",
        "The court sat on a Tuesday at 15:00.",
        "The case was heard for 150 minutes in 2021.",
        "Ruiz, a 43-year-old, was charged in 2019.",
        "Ruiz, aged 43, has lived there since the '90s.",
    ],
)
def test_coarser_or_otherwise_written_is_supported(claim: str) -> None:
    assert found(claim, TRIAL) == []


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("The court sat on Tuesday, 3 March 2021.", "Tuesday, 3 March 2021"),
        ("The court sat on Tuesday, 2 May 2021.", "Tuesday, 2 May 2021"),
        ("The court sat on Monday.", "Monday"),
        ("The court sat in March 2020.", "March 2020"),
        ("The court sat at 4 p.m.", "4 p.m."),
        ("The case was heard for two and a half days.", "two and a half days"),
        ("Ruiz was charged on 9 June 2019.", "9 June 2019"),
        ("Ruiz was charged in June 2021.", "June 2021"),
        ("Ruiz, a 34-year-old, was charged.", "34-year-old"),
        ("She had lived in Merrow since the 1980s.", "1980s"),
        ("She was charged in 2017.", "2017"),
    ],
)
def test_another_or_a_finer_date_is_certain(claim: str, words: str) -> None:
    assert words in [objection.words for objection in certain(claim, TRIAL)]


@pytest.mark.parametrize(
    "claim",
    [
        "The ground shook on Tuesday.",
        "The ground shook on 9 March 2021.",
        "The ground shook last night.",
        "A stronger tremor hit the valley in 2018.",
        "An inspection is due in April.",
        "The ground shook in March.",
    ],
)
def test_relative_days_are_reckoned_from_publication(claim: str) -> None:
    assert certain(claim, QUAKE, WEDNESDAY) == []


@pytest.mark.parametrize(
    "claim",
    [
        "The ground shook on Friday.",
        "The ground shook on 7 March 2021.",
        "The ground shook tomorrow evening.",
        "The ground shook yesterday morning.",
        "A stronger tremor hit the valley in 2016.",
        "A stronger tremor hit the valley three months ago.",
        "An inspection is due last month.",
        "The ground shook three weeks after the warning.",
    ],
)
def test_wrong_relative_days_are_certain(claim: str) -> None:
    assert certain(claim, QUAKE, WEDNESDAY)


def test_without_a_day_of_publication_words_are_compared() -> None:
    assert found("It shook yesterday evening.", QUAKE) == []
    assert certain("It will shake tomorrow evening.", QUAKE)
    assert not certain("It shook in 2018.", QUAKE)


def test_a_claim_with_a_day_of_its_own_is_reckoned_from_that() -> None:
    claim = read("The court sat yesterday.", "2021-03-03")
    assert list(objections(claim, [read("The court sat on 2 March 2021.")])) == []
    late = read("The court sat yesterday.", "2021-03-09")
    assert [o.certain for o in objections(late, [read("It sat on 2 March 2021.")])] == [True]


def test_what_may_be_reckoned_from_years_is_only_doubted() -> None:
    passage = "He took office in 2015 and left it in 2018."
    assert [o.certain for o in found("He was in office for three years.", passage)] == [False]


def test_a_date_in_figures_may_have_two_readings() -> None:
    passage = "Signed on 03/05/2021 in Oslo."
    assert found("It was signed on 3 May 2021.", passage) == []
    assert found("It was signed on 5 March 2021.", passage) == []
    assert certain("It was signed on 4 March 2021.", passage)


def test_both_ends_of_a_range_are_checked() -> None:
    assert certain("The fair runs from 3-6 March.", "The fair runs from 3-5 March.")
    assert certain("He played there in 2012-14.", "He played there in 2012-13.")
    assert certain("He played there in 2013-13.", "He played there in 2012-13.")
    assert found("He played there in 2013.", "He played there in 2012-13.") == []


def test_reasons_say_what_the_passages_have() -> None:
    (objection,) = certain("The vote is on Friday.", "The vote is on Thursday.")
    assert objection.reason == "“Friday”: the passages have “Thursday”"


@pytest.mark.parametrize("passage", [TRIAL, QUAKE])
@pytest.mark.parametrize("published", [None, WEDNESDAY])
def test_a_text_supports_itself(passage: str, published: str | None) -> None:
    assert found(passage, passage, published) == []


@settings(deadline=None, max_examples=25)
@given(
    st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.dates(date(1950, 1, 1), date(2049, 12, 31))
)
def test_any_other_day_is_seen(said: date, claimed: date) -> None:
    passage = f"The treaty was signed on {said:%d %B %Y} in Oslo."
    wrong = certain(f"It was signed on {claimed:%B} {claimed.day}, {claimed.year}.", passage)
    assert bool(wrong) == (said != claimed)


@settings(deadline=None, max_examples=25)
@given(st.text(alphabet="0123456789:/-. apm'sMarchyeday \n", max_size=60))
def test_odd_texts_do_no_harm(text: str) -> None:
    assert all(0 <= m.start < m.end <= len(text) for m in moments(text))
    assert certain(text, text, WEDNESDAY) == []
