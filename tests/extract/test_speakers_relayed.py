"""Words that somebody relays, asks for or shows are not his own: reporters, offices, documents."""

from __future__ import annotations

import pytest

from briefing.extract.articles import Parse, analyse
from briefing.types import NOT_ESTABLISHED
from tests.example import source

_BRIDGE = "The old bridge at Lower Tarn was shut on Monday after a lorry broke its rail.\n\n"
_SAID = "It moved under my feet like a boat"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # Whom a reporter has spoken to, and not the reporter.
        ("Our reporter Tim Sole has spoken to Carl Bendt, a driver. “{},” he said.", "Carl Bendt"),
        (
            "Our reporter Tim Sole has spoken to a man who saw it. “{},” he said.",
            "a man who saw it",
        ),
        ("Our reporter Tim Sole met a woman who fell. She said: “{}.”", "a woman who fell"),
        ("Our reporter Tim Sole has been on the bridge. “{},” he says.", "Tim Sole"),
        ("“No,” Kurt Lenz said.\n\nI met a fisherman. “{},” he said.", "a fisherman"),
        # The office, and not who holds it.
        ("Governor Paul Renn’s office: “{}.”", "Governor Paul Renn’s office"),
        ("Paul Renn’s lawyer said: “{}.”", "Paul Renn’s lawyer"),
        # Whom a question is about has not been asked it.
        ("Mayor Ann Lund spoke. Asked where the engineer was, she said: “{}.”", "Ann Lund"),
        ("Mayor Ann Lund spoke. When asked if the nurse knew, she replied: “{}.”", "Ann Lund"),
        # What is read out, shown or held up.
        ("Olaf Diehl read out a letter from Rosa Lund: “{}.”", "Rosa Lund"),
        ("Olaf Diehl read from the report: “{}.”", "the report"),
        ("Olaf Diehl quoted the contract: “{}.”", "the contract"),
        ("Both sides cite the contract, whose clause 9 reads: “{}.”", "clause 9"),
        ("One of the banners at the gate is new. “{},” it says.", "one of the banners at the gate"),
        ("By the door there is a notice that is new: “{}.”", "a notice"),
        ("Condition 9 says: “{}.”", "Condition 9"),
        # Who is told of in this paragraph, not who spoke in the last one.
        ("“No,” Greta Voss said.\n\nMrs Tilda Karr’s hut is low. “{},” she said.", "Tilda Karr"),
        ("“No,” Kurt Lenz wrote to Olaf Diehl. “{},” he wrote back.", "Olaf Diehl"),
        # Who is sent for, and how a writer varies a name.
        ("From Brenda Tull, 19, who rang us: “{}.”", "Brenda Tull"),
        ("Erik Dahl locked his shop. The 54-year-old baker ran. “{},” he said.", "Erik Dahl"),
        ("“{},” said one of those involved in the talks.", "one of those involved in the talks"),
        ("Henrik Rask to Olaf Diehl: “{}.”", "Henrik Rask"),
        ("A caretaker at the hall: “{}.”", "a caretaker at the hall"),
        ("“{},” said Carl Bendt and his colleague Ida Lunn.", "Bendt and his colleague Ida Lunn"),
        ("When I read in the port’s leaflet that “it is safe” I laughed.", "the port’s leaflet"),
    ],
)  # fmt: skip
def test_the_speaker_is_found(text: str, speakers: str, parse: Parse) -> None:
    article = analyse(source(1, _BRIDGE + text.format(_SAID)), parse)
    assert article.attributions[-1].speaker.endswith(speakers)


@pytest.mark.parametrize(
    "text",
    [
        "The union wrote to the firm and was told that “wages are a matter for the board”.",
        "Kurt Lenz wore a shirt with the words “We are the ones who built this bridge”.",
        "The judge to Olaf Diehl: “You have had three years to mend it.”",
        "Both Kurt Lenz and Olaf Diehl were asked. “There is nothing we can do now,” he said.",
    ],
)
def test_nobody_is_named_where_the_text_is_open(text: str, parse: Parse) -> None:
    article = analyse(source(1, _BRIDGE + text), parse)
    assert [a.speaker for a in article.attributions] == [NOT_ESTABLISHED]


def test_another_report_is_not_called_by_the_name_of_the_first(parse: Parse) -> None:
    text = (
        "The police report says that “the lock was forced from inside”. The fire service has "
        "written a report too. The report says that “the alarms had no batteries in them”."
    )
    article = analyse(source(1, _BRIDGE + text), parse)
    assert [a.speaker for a in article.attributions] == ["police report", "the report"]


def test_one_turn_in_a_transcript_is_no_part_of_the_one_before(parse: Parse) -> None:
    text = (
        "Rosa Lund is in the studio.\n\nHale: Good morning to everybody here today.\n\n"
        "Lund: Thank you very much for having me here.\n\nHale: When did you hear of it?"
    )
    article = analyse(source(1, text), parse)
    assert [a.speaker for a in article.attributions] == ["Hale", "Rosa Lund", "Hale"]
