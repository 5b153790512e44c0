"""In whose name a statement stands, hopes and degrees, and what a statement adds."""

from __future__ import annotations

import pytest

from briefing.grounding import additions, attribution, polarity
from briefing.grounding.reading import read

pytestmark = pytest.mark.usefixtures("parse")

MEETING = (
    "The school board met on Tuesday. Its chairwoman, Nora Feld, said the roof would cost two "
    "million euros. She hoped that the pupils would be back by May. The builders had ignored "
    "the warnings, the architect Paul Winter said. Two parents said that the money had been spent "
    "on offices. The auditors confirmed that a payment was missing. He also pointed out that the "
    "beams were rotten."
)
STUDY = (
    "Dr Lena Osei presented the study. The vaccine usually prevents the illness. The team had "
    "almost completely finished its work. The drug may reduce pain. It is likely that the dose was "
    "too low. The report does not include any figures from Ghana. Osei did not reveal who had paid."
)
FIRE = (
    "Twelve guests were treated by doctors on the spot. The owner left the hotel while the roof "
    "was burning."
)


def voices(claim: str) -> list[str]:
    return [o.reason for o in attribution.objections(read(claim), [read(MEETING)]) if o.certain]


@pytest.mark.parametrize(
    "claim",
    [
        "The roof will cost two million euros.",
        "The builders had ignored the warnings.",
        "Nora Feld said that the pupils would be back by May.",
        "Paul Winter said the roof would cost two million euros.",
        "Nora Feld said that the money had been spent on offices.",
        "Nora Feld pointed out that the beams were rotten.",
    ],
)
def test_reports_as_facts_and_other_speakers_are_refused(claim: str) -> None:
    assert voices(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "The roof would cost two million euros, according to Nora Feld.",
        "The board's chairwoman said the roof would cost two million euros.",
        "Nora Feld hoped that the pupils would be back by May.",
        "The architect said that the builders had ignored the warnings.",
        "A payment was missing.",
        "Paul Winter pointed out that the beams were rotten.",
        "The school board met on Tuesday.",
    ],
)
def test_true_reports_pass(claim: str) -> None:
    assert voices(claim) == []


def sense(claim: str) -> list[str]:
    return [o.reason for o in polarity.objections(read(claim), [read(STUDY)]) if o.certain]


@pytest.mark.parametrize(
    "claim",
    [
        "The vaccine always prevents the illness.",
        "The team had completely finished its work.",
        "The drug reduces pain, which was long a riddle to doctors in many countries.",
        "The dose was too low.",
        "The study group's long report includes figures from Ghana.",
    ],
)
def test_degrees_hopes_and_denials_are_compared_within_the_same_event(claim: str) -> None:
    assert sense(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "Usually the vaccine prevents the illness.",
        "The team had finished almost all of its work.",
        "The drug may reduce pain.",
        "The dose was probably too low.",
        "As for the report, it is said to include figures of several kinds.",
    ],
)
def test_what_says_no_more_passes(claim: str) -> None:
    assert sense(claim) == []


@pytest.mark.parametrize(
    ("claim", "added"),
    [
        ("Twelve guests were treated by doctors on the spot for shock.", "for shock"),
        ("The owner left the hotel in pyjamas while the roof was burning.", "in pyjamas"),
        ("Twelve guests were treated by doctors on the spot.", ""),
        ("The owner left the hotel.", ""),
        ("While the roof was burning, the proprietor left the hotel.", ""),
    ],
)
def test_a_phrase_put_into_a_sentence_is_seen(claim: str, added: str) -> None:
    found = [o.words for o in additions.objections(read(claim), [read(FIRE)])]
    assert found == ([added] if added else [])


def test_what_the_rest_of_the_document_says_is_no_invention() -> None:
    claim, rest = read("The owner left the hotel in pyjamas."), read("She wore pyjamas.")
    assert list(additions.objections(claim, [read(FIRE)], [rest])) == []


@pytest.mark.parametrize(
    "question", ["Will the roof cost two million euros?", "Had the builders ignored the warnings?"]
)
def test_a_question_tells_nothing_as_a_fact(question: str) -> None:
    assert voices(question) == []
