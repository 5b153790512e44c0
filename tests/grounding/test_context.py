from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefing.extract.articles import analyse
from briefing.types import Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]


def problem(text: str, sentence: str, parse: Parse) -> str:
    """The name of the check that ``sentence`` fails in ``text``; empty if it stands alone."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = Source(id="S1", sha256=digest, text_sha256=digest, text=text)
    lines = analyse(source, parse).lines
    line = next(n for n in lines if n.sentence.text.startswith(sentence))
    return line.problem.name if line.problem else ""


@pytest.mark.parametrize(
    "text",
    [
        "The harbour board of Ardmore approved a second pier on Tuesday by seven votes to two.",
        "Ms. Osei, who runs the clinic, said it would close its doors in March.",
        "It is not clear whether the two firms will merge before the end of the year.",
        "In a letter that she sent to staff, Chief Executive Dana Whitlock defended the cuts.",
        "With its bridges still closed, the city of Merrow asked the army for help on Monday.",
        "Norway and Denmark signed the fishing treaty after their ministers met in Oslo.",
        "At the time of the boarding the vessel was 11 nautical miles from the cape of Ardmore.",
        "The US asked the court in Rotterdam for a delay, which the judges refused on Friday.",
    ],
)
def test_whole_sentences_with_names_stand_alone(text: str, parse: Parse) -> None:
    assert problem(text, text[:20], parse) == ""


@pytest.mark.parametrize(
    ("text", "sentence", "expected"),
    [
        (
            "Dana Whitlock met the union on Monday. She promised it a new offer within the week.",
            "She promised",
            "pronoun",
        ),
        (
            "The strike began on Monday at noon. Its effects on the port were felt within hours.",
            "Its effects",
            "pronoun",
        ),
        (
            "The pumps of Ardmore failed. Because of this the town of Ardmore was shut for a week.",
            "Because of",
            "leaning",
        ),
        (
            "They found a bundle. Judge Aram Petrosyan, head of the board, lifted it up for all.",
            "Judge Aram",
            "pronoun",
        ),
        (
            "Owen Tarr waits. Kessler Marine gave him the guarantee on dismissals on Tuesday.",
            "Kessler Marine",
            "pronoun",
        ),
        (
            "The trust met. The rear wall was repaired in 2019 at some cost, it said, and held.",
            "The rear wall",
            "pronoun",
        ),
        (
            "The trust met. When the company closed the mill, it said that it had no orders left.",
            "When the company",
            "",
        ),
        (
            "The trust met. The repair of the wall, the company said, was what it said, a success.",
            "The repair",
            "",
        ),
        (
            "The board met on Monday. In its report the board blamed a broken valve for the flood.",
            "In its report",
            "",
        ),
        (
            "Troy Pruett is at large. More than 120 officers are now committed to finding him.",
            "More than 120",
            "pronoun",
        ),
        (
            "The examination is postponed. Candidates should not expect to sit it before June.",
            "Candidates should",
            "pronoun",
        ),
        (
            "Four men were hurt. All were in a critical condition, said Ana Ruiz of Merrow clinic.",
            "All were",
            "pronoun",
        ),
        (
            "Four men were hurt. Most of the nurses had gone home, said Ana Ruiz of Merrow clinic.",
            "Most of",
            "",
        ),
        (
            "It rained. The two tunnels under the Merrow are closed, and both will stay so in May.",
            "The two tunnels",
            "",
        ),
        (
            "It rained. The institute has become one of the largest in Merrow, Ms. Osei said.",
            "The institute",
            "description",
        ),
        (
            "The vote was close in both chambers. This surprised most observers in the capital.",
            "This surprised",
            "pronoun",
        ),
        (
            "Ana Ruiz spoke first in the debate. The minister then rejected the rival plan.",
            "The minister",
            "description",
        ),
        (
            "Both firms had bid for the yard. The two companies will share the work from April.",
            "The two companies",
            "description",
        ),
        (
            "The court heard two witnesses. Instead, Judge Aram Petrosyan adjourned the hearing.",
            "Instead",
            "leaning",
        ),
        (
            "“We will rebuild every house in the valley before the winter comes,” Ana Ruiz said.",
            "“We will",
            "quotation",
        ),
        ("The flood reached the town of Merrow on Sunday. are doing.", "are doing", "form"),
        ("Who will pay for the second pier of the harbour of Ardmore?", "Who will", "form"),
        (
            "The report called the plan “a danger to the valley. It named no names at all.",
            "The report called",
            "marks",
        ),
    ],
)
def test_what_leans_on_others_is_told(
    text: str, sentence: str, expected: str, parse: Parse
) -> None:
    assert problem(text, sentence, parse) == expected


def test_a_presenter_tells_what_the_house_reports(parse: Parse) -> None:
    text = (
        "PRESENTER (Mara Lind): Good evening. The board of the Ardmore festival resigned today.\n\n"
        "OSEI: We lost the trust of the town. The mayor of Ardmore had asked us to go.\n\n"
        "PRESENTER: So the mayor of Ardmore was behind it. The festival opens on Friday.\n\n"
        "OSEI: It will, and without us this year, I am afraid.\n"
    )
    assert problem(text, "The board of", parse) == ""
    assert problem(text, "The festival opens", parse) == ""
    assert problem(text, "The mayor of", parse) == "quotation"
    assert problem(text, "PRESENTER: So", parse) == "quotation"


def test_pronouns_of_a_quoted_speaker_are_the_speakers_affair(parse: Parse) -> None:
    text = "Mayor Ana Ruiz told the council of Merrow that the dam was “our one hope” for the year."
    assert problem(text, "Mayor", parse) == ""
