"""Numbers, units, comparisons and counts against passages that do or do not bear them out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.grounding.amounts import amounts
from briefing.grounding.numbers import numbers
from briefing.grounding.quantities import objections
from briefing.grounding.reading import read
from briefing.grounding.verdicts import Objection

if TYPE_CHECKING:
    from spacy.tokens import Doc


@pytest.fixture(scope="module", autouse=True)
def english(parse: Callable[[str], Doc]) -> None:
    """These tests need the parser; its absence is one clear failure."""
    parse("Ready.")


def found(claim: str, *passages: str) -> list[Objection]:
    return list(objections(read(claim), [read(passage) for passage in passages]))


def certain(claim: str, *passages: str) -> list[Objection]:
    return [objection for objection in found(claim, *passages) if objection.certain]


CRASH = (
    "At least 12 people were killed and 31 injured when a coach left the road near Tarvale on "
    "Monday. Police arrested three men. The coach, carrying 1,200 kg of freight, was doing 90 km/h."
)
BANK = (
    "Norrland Bank raised $3.4 billion from 40 investors, more than 60 percent of them foreign. "
    "Profits rose 5% while costs fell 12%. Its shares lost 2 percentage points."
)
MATCH = (
    "Harrow beat Dunmore 3-1 in front of 43,250 fans, their third victory in a row. Half of the "
    "crowd left before the second goal. Dozens of supporters ran onto the pitch."
)
LAB = (
    "The probe weighs 63 kilograms and flew 10 miles. Between 15 and 20 samples were taken, more "
    "than 40 of them failed, and up to 7 were lost. One in five tests was repeated twice."
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,200 and 1.2 thousand", [1200, 1200]),
        ("half a million, a dozen, forty-three", [500_000, 12, 43]),
        ("three hundred and five thousand", [305_000]),
        ("two and a half, 2 1/2, 2½", [2.5, 2.5, 2.5]),
        ("two-thirds of them, a quarter of it", [2 / 3, 0.25]),
        ("twenty-first, 43rd, second", [21, 43, 2]),
        ("hundreds, tens of thousands, several dozen", [100, 10_000, 12]),
        ("£3bn, 63.4 million, 4.5million, 5 tn", [3e9, 63.4e6, 4.5e6, 5e12]),
        ("minus 5, twenty - five", [-5, 25]),
        ("76.25\u00a0million", [76.25e6]),
        ("two three four", [2, 3, 4]),
        ("no number in here, a man and a plan", []),
    ],
)
def test_numbers_are_read_in_figures_and_words(text: str, values: list[float]) -> None:
    assert [n.value for n in numbers(text)] == pytest.approx(values)


def test_a_letter_may_be_a_magnitude_or_a_unit() -> None:
    assert numbers("5m homes")[0].values == (5e6, 5)
    assert [n.form for n in numbers("The A380 and the G7 and 5 km")] == ["name", "name", "cardinal"]


def test_what_is_counted_is_found() -> None:
    read_amounts = amounts(read("In Tarvale 12 people were killed and 31 injured, police said."))
    assert [(a.number.value, a.noun, a.verb) for a in read_amounts] == [
        (12, "people", "kill"),
        (31, None, "injure"),
    ]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("At least twelve people were killed near Tarvale.", CRASH),
        ("At least a dozen people died, and 31 were injured.", CRASH),
        ("Three men were arrested.", CRASH),
        ("The coach carried 1.2 tonnes of freight.", CRASH),
        ("Norrland Bank raised 3.4 billion dollars.", BANK),
        ("The bank raised US$3,400m from forty investors.", BANK),
        ("Over 60% of the investors were foreign.", BANK),
        ("Profits rose 5 per cent.", BANK),
        ("The shares fell by two percentage points.", BANK),
        ("Harrow won 3–1.", MATCH),
        ("About 43,000 fans saw Harrow beat Dunmore.", MATCH),
        ("More than 43,000 fans saw it.", MATCH),
        ("50% of the crowd left early.", MATCH),
        ("It was their 3rd victory in a row.", MATCH),
        ("The probe weighs 63 kg.", LAB),
        ("The probe flew about 16 km.", LAB),
        ("Some 15-20 samples were taken.", LAB),
        ("20 percent of the tests were repeated.", LAB),
    ],
)
def test_other_ways_to_write_a_number_are_no_certain_objection(claim: str, passage: str) -> None:
    assert certain(claim, passage) == []


@pytest.mark.parametrize(
    ("claim", "passage", "words"),
    [
        ("At least 13 people were killed.", CRASH, "13"),
        ("Police arrested four men.", CRASH, "four"),
        ("The coach was carrying 1,200 tonnes of freight.", CRASH, "1,200 tonnes"),
        ("The coach was doing 90 mph.", CRASH, "90 mph"),
        ("Norrland Bank raised $3.4 million.", BANK, "$3.4 million"),
        ("Norrland Bank raised $3.5 billion.", BANK, "$3.5 billion"),
        ("Norrland Bank raised £3.4 billion.", BANK, "£3.4 billion"),
        ("Its shares lost 2 percent.", BANK, "2 percent"),
        ("Profits rose 5 percentage points.", BANK, "5 percentage points"),
        ("Fewer than 60 percent of them were foreign.", BANK, "Fewer than"),
        ("Profits rose 12% while costs fell 5%.", BANK, "12%"),
        ("Harrow beat Dunmore 4-1.", MATCH, "4"),
        ("It was their fourth victory in a row.", MATCH, "fourth"),
        ("Hundreds of supporters ran onto the pitch.", MATCH, "Hundreds"),
        ("Some 53,250 fans came.", MATCH, "53,250"),
        ("The probe weighs 63 grams.", LAB, "63 grams"),
        ("Fewer than 40 of them failed.", LAB, "Fewer than"),
        ("At least 7 were lost.", LAB, "At least"),
        ("The probe flew 10 km.", LAB, "10 km"),
    ],
)
def test_a_changed_number_unit_or_comparison_is_certain(
    claim: str, passage: str, words: str
) -> None:
    assert words in [objection.words for objection in certain(claim, passage)]


def test_swapped_counts_are_certain_where_both_are_clear() -> None:
    objection = certain("31 people were killed.", CRASH)[0]
    assert objection.kind == "count"
    assert "31 injured" in objection.reason
    assert "killed" in objection.reason


def test_a_number_of_something_else_is_doubted_where_the_passages_are_not_clear() -> None:
    assert [o.certain for o in found("31 people were killed.", "31 were injured there.")] == [False]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Police arrested 15 people.", "Police arrested 12 people in Oslo and 3 people in Bergen."),
        ("40 percent of members were against.", "60 percent of members were in favour."),
        ("Two men were charged.", "Ole Dahl and Per Moen were charged."),
        ("The firm sold 40,000 cars.", "The firm sold 39,800 cars."),
        ("The bridge cost 10 dollars.", "The bridge cost about 10 dollars."),
    ],
)
def test_what_may_be_reckoned_or_rounded_is_only_doubted(claim: str, passage: str) -> None:
    objections_found = found(claim, passage)
    assert objections_found
    assert not any(o.certain for o in objections_found)


def test_a_number_in_a_name_compares_as_it_is_written() -> None:
    passage = "Leaders of the G7 landed in two Boeing 737 jets near Route 66."
    assert certain("The G7 came along Route 66 in a Boeing 737.", passage) == []
    assert [o.words for o in certain("The G20 leaders landed.", passage)] == ["G20"]
    assert [o.words for o in certain("They came in a Boeing 747.", passage)] == ["747"]


def test_numbers_of_dates_are_left_to_dates() -> None:
    claim = "On 4 May 2021 at 3 p.m. the 43-year-old was jailed for six years."
    assert found(claim, "A man was jailed.") == []


def test_reasons_say_what_the_passages_have() -> None:
    (objection,) = certain("Norrland Bank raised $3.4 million.", BANK)
    assert objection.reason.startswith("“$3.4 million”: the passages have")
    (objection,) = certain("The dam holds 77 barrels.", "The dam is old.")
    assert objection.reason == "the passages do not say “77 barrels”"


@pytest.mark.parametrize("passage", [CRASH, BANK, MATCH, LAB])
def test_a_text_supports_itself(passage: str) -> None:
    assert found(passage, passage) == []
    for sentence in read(passage).doc.sents:
        assert certain(sentence.text, passage) == []


@settings(deadline=None, max_examples=25)
@given(st.integers(11, 9_999_999), st.integers(11, 9_999_999))
def test_any_other_whole_number_is_seen(said: int, claimed: int) -> None:
    passage = f"The fund paid {said:,} francs to the town."
    wrong = certain(f"The fund paid {claimed} francs to the town.", passage)
    if said == claimed:
        assert wrong == []
    elif abs(said - claimed) > 0.03 * said:
        assert wrong


@settings(deadline=None, max_examples=25)
@given(st.text(alphabet="0123456789.,-/ ½%$£mkbn \nonetwhalfird", max_size=60))
def test_odd_texts_do_no_harm(text: str) -> None:
    spans = [(n.start, n.end) for n in numbers(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert certain(text, text) == []
