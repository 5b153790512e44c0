from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefing.extract.openness import has_open_cue
from briefing.extract.questions import check_question, words_asked

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]

SENTENCE = "It is not clear who will pay the 40 million euros for the second pier."


def failed(
    question: str,
    sentence: str = SENTENCE,
    context: str = "",
    asked: frozenset[str] | None = None,
) -> set[str]:
    return {c.name for c in check_question(question, sentence, context, asked) if not c.passed}


def test_a_question_in_the_sources_words_passes() -> None:
    assert failed("Who will pay the 40 million euros for the second pier?") == set()


@pytest.mark.parametrize(
    ("question", "check"),
    [
        ("Who will pay the 40 million dollars for the second pier?", "words"),
        ("Who will pay the 50 million euros for the second pier?", "numbers"),
        ("Who will pay for it?", "pronoun"),
        ("What is not clear?", "about"),
    ],
)
def test_what_the_source_does_not_say_is_named(question: str, check: str) -> None:
    assert check in failed(question)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was not immediately clear how the fire in the tunnel had started.",
        "The company declined to say how many cars were affected.",
        "Police have not named the driver.",
        "Whether the treaty will be ratified remains to be seen.",
        "The price of the sale was not disclosed.",
        "The cause of the leak is still under investigation.",
        "The report could not be independently verified.",
    ],
)
def test_words_that_mark_something_as_open_are_known(sentence: str) -> None:
    assert has_open_cue(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council approved the budget on Tuesday.",
        "The report makes clear who is to blame.",
        "Police named the driver on Monday.",
    ],
)
def test_plain_reports_have_no_such_words(sentence: str) -> None:
    assert not has_open_cue(sentence)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "Police have not said when the bridge at Orsa will open again.",
            "When will the bridge at Orsa open again?",
        ),
        (
            "It is unclear how many of the cars had faulty brakes.",
            "How many of the cars had faulty brakes?",
        ),
        (
            "Whether the Orsa pool will open at Easter nobody could say.",
            "Will the Orsa pool open at Easter?",
        ),
    ],
)
def test_what_the_sentence_asks_itself_may_be_asked(
    sentence: str, question: str, parse: Parse
) -> None:
    assert failed(question, sentence, asked=words_asked(parse(sentence))) == set()


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "The Orsa mill did not answer a request for comment on the fire.",
            "What did the Orsa mill answer?",
        ),
        (
            "The officer will take advice on when the Orsa election can be held.",
            "When will the officer take advice on the Orsa election?",
        ),
        ("Nobody at the Orsa mill knew why the alarm was off.", "Why was nobody at the Orsa mill?"),
    ],
)
def test_what_the_sentence_tells_is_not_to_be_asked(
    sentence: str, question: str, parse: Parse
) -> None:
    assert "asked" in failed(question, sentence, asked=words_asked(parse(sentence)))


def test_a_form_of_be_that_the_sentence_does_not_have_is_not_put_in(parse: Parse) -> None:
    sentence = "What the strike cost the Orsa railway is not known."
    asked = words_asked(parse(sentence))
    assert "asked" in failed("What is the strike cost the Orsa railway?", sentence, asked=asked)
    assert failed("What did the strike cost the Orsa railway?", sentence, asked=asked) == set()
