"""What stands around a stretch of a source. All texts are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefing.extract.articles import analyse
from briefing.extract.limits import after
from briefing.extract.surroundings import before, refers
from tests.example import source

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]

FAIR = "The winter fair of Ostrava is planned for 4 and 5 December."


def shown(parse: Parse, text: str, words: str, *, behind: bool) -> str | None:
    article = analyse(source(1, text), parse)
    at = text.index(words)
    span = after(article, at + len(words)) if behind else before(article, at)
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "takes_up"),
    [
        ("It came out of the wall", True),
        ("I told them twice", True),
        ("I can’t argue with that.", True),
        ("And nobody rang us", True),
        ("If that is so, I go home", True),
        ("A man in white said we must delete those", True),
        ("The council will read that letter aloud once more", True),
        ("We told the board that the thing is a barn door", True),
        ("Please do not read a rate into that", True),
        ("The crew brings us the ones they worry about", True),
        ("The fair of those who own the boats opens this week", False),
        ("A crew that is on late shift came", False),
        ("I think that nobody rang us", False),
        ("The pump broke because it was old", False),
        ("We won’t sign", False),
    ],
)
def test_words_that_take_something_up(text: str, takes_up: bool) -> None:
    assert refers(text) == takes_up


@pytest.mark.parametrize(
    ("then", "limits"),
    [
        (" Whether it can go ahead has not been decided.", True),
        (" But the council of Ostrava has still to agree.", True),
        (" The Ostrava Echo could not confirm this.", True),
        (" The town hall of Ostrava denied that.", True),
        (" The council of Ostrava said that it does not.", True),
        (" This time it was called off.", True),
        ("\n\nThe town hall denied that.", True),
        ("\n\nBut the council of Ostrava met on Monday.", False),
        (" Tickets for the fair cost 12 crowns.", False),
        (" Ida Berg of the market hall says that it is in January.", False),
        ("\n\n14:05 The mayor denied that.", False),
        ("", False),
    ],
)
def test_what_limits_a_statement_right_behind_it(parse: Parse, then: str, limits: bool) -> None:
    assert shown(parse, FAIR + then, FAIR, behind=True) == (then.strip() if limits else None)


@pytest.mark.parametrize(
    ("claim", "then", "shown_"),
    [
        ("The council says that it paid.", " Ida Berg says that towns lost.", True),
        (
            "According to the council it paid.",
            " Ida Berg, who ran it, maintained the reverse.",
            True,
        ),
        (
            "The council says that it paid.",
            " The council says that it will go on.",
            False,
        ),
        ("The council says that the fair paid.", " Asked when, Ida Berg said: in June.", False),
        ("The council says that it paid.", "\n\nIda Berg says that towns lost.", False),
        ("The council says that it paid.", " More than 200 people were told to leave.", False),
        ("The council says that it paid.", " Nobody told the people of Ostrava.", False),
        ("The Leeds council says that it paid.", " Mr Lee says that towns lost.", True),
        ("The fair of Ostrava paid its way.", " Ida Berg says that towns lost.", False),
    ],
)
def test_who_answers_a_claim_right_behind_it(
    parse: Parse, claim: str, then: str, shown_: bool
) -> None:
    text = f"{FAIR} {claim}{then}"
    assert shown(parse, text, claim, behind=True) == (then.strip() if shown_ else None)


def test_a_quote_has_the_answer_behind_it_but_no_mere_turn(parse: Parse) -> None:
    said = "“We found the bundle on Monday evening,” the council of Ostrava said."
    for then, expected in (("Ida Berg says it was she.", True), ("But the fair is over.", False)):
        article = analyse(source(1, f"{FAIR} {said} {then}"), parse)
        end = article.source.body.index(",”")
        assert (after(article, end, denied=True) is not None) == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("Ida Berg runs the fair of Ostrava.", "Ida Berg runs the fair of Ostrava."),
        (
            "Ida Berg runs the fair of Ostrava. She was late.",
            "Ida Berg runs the fair of Ostrava. She was late.",
        ),
        (  # It can stand alone, but only with a name in brackets, and here it has none.
            "Ida Berg runs the fair of Ostrava. She does not want their money or their thanks.",
            "Ida Berg runs the fair of Ostrava. She does not want their money or their thanks.",
        ),
        ("12:10 Ida Berg has arrived.\n\n14:05 She left.", "14:05 She left."),
    ],
)
def test_what_stands_before_goes_back_to_a_sentence_that_says_who(
    parse: Parse, lead: str, expected: str
) -> None:
    text = f"{lead} “It will rain,” she said."
    assert shown(parse, text, "It will rain", behind=False) == expected


def test_nothing_stands_before_the_first_sentence(parse: Parse) -> None:
    assert shown(parse, FAIR, FAIR, behind=False) is None


def test_below_a_heading_it_is_the_heading(parse: Parse) -> None:
    text = f"{FAIR}\n\nWho will pay for it?\n\nNobody knows, or nobody is saying, in this town.\n"
    assert shown(parse, text, "Nobody knows", behind=False) == "Who will pay for it?"


def test_in_a_transcript_it_is_the_turn_before(parse: Parse) -> None:
    turns = "ANNA BERG: It rained.\n\nIDA COLE: Did it? Who says so?\n\nANNA BERG: I do.\n"
    assert shown(parse, turns, "ANNA BERG: I do", behind=False) == "IDA COLE: Did it? Who says so?"
