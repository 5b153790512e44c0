from __future__ import annotations

import hashlib

import pytest

from briefing.evals.quotes import exactness
from briefing.evals.resolution import Shelf
from briefing.evals.speaking import Speakers, Speaking
from briefing.evals.statements import Citation, QuoteItem, Subject
from briefing.language import parse as parse_text
from briefing.types import Source

pytestmark = pytest.mark.usefixtures("parse")

INQUEST = """Maureen Aldous KC, for the defence, told the jury: “He never held the knife.” Dr. Peter Lamm, PhD, a chemist, said: “The sample was clean.”

“We heard one bang,” said Sir Tom Hale OBE. The Labour MP Rosa Hilbert said: “This is a scandal.”

The committee’s chair, Anna-Maria Solís Ortega, asked the director: “Who signed the order?” Mr Webb answered: “I did.” “And when did you tell the board?” asked Ms Solís.

Xi Weiming, the engineer, said the pump had failed. “It was twenty years old,” Mr Xi said.

The foreman, Neil Cord, had written to his manager: “The cable is worn through.” Glen Tarrant had replied: “Use it anyway.”"""  # noqa: E501


def how(words: str, speaker: str) -> Speaking:
    sha256 = hashlib.sha256(INQUEST.encode("utf-8")).hexdigest()
    source = Source(id="a", sha256=sha256, text_sha256=sha256, text=INQUEST)
    shelf = Shelf(Subject(name="inquest", form="json", sources=(source,)))
    cited = (Citation(label="a", source="a"),)
    quote = QuoteItem(id="q", text=words, speaker=speaker, citations=cited)
    return Speakers(shelf, parse_text).compare(quote, exactness(words, ["a"], shelf)).how


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("He never held the knife", "Maureen Aldous"),
        ("He never held the knife", "Maureen Aldous KC"),
        ("The sample was clean", "Peter Lamm PhD"),
        ("The sample was clean", "Dr Lamm"),
        ("We heard one bang", "Tom Hale"),
        ("This is a scandal", "Rosa Hilbert MP"),
        ("Who signed the order?", "Anna Maria Solis Ortega"),
        ("And when did you tell the board?", "Anna-Maria Solís Ortega"),
        ("I did", "Webb"),
        ("It was twenty years old", "Mr Xi"),
        ("It was twenty years old", "Xi Weiming"),
        ("The cable is worn through", "Neil Cord"),
    ],
)
def test_a_speaker_by_any_form_of_the_name(words: str, speaker: str) -> None:
    assert how(words, speaker) == "same"


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Who signed the order?", "Webb"),
        ("I did", "Solís"),
        ("The cable is worn through", "Glen Tarrant"),
        ("Use it anyway", "Neil Cord"),
        ("The sample was clean", "Maureen Aldous KC"),
        ("We heard one bang", "Rosa Hilbert"),
    ],
)
def test_another_speaker(words: str, speaker: str) -> None:
    assert how(words, speaker) == "other"
