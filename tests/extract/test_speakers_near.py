"""Whose words a quotation is where somebody else stands near it, and names that are easily cut."""

from __future__ import annotations

import pytest

from briefing.extract.articles import Parse, analyse
from briefing.types import NOT_ESTABLISHED
from tests.example import source

_ARCHIVE = "The archive in Mill Lane stayed shut on Tuesday after the flood of the weekend.\n\n"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # A thing with a name is no person.
        (
            (
                "Piers Nolan, the harbour master, said the Calder Queen, a ship built next door, "
                "had sunk. “{},” he said."
            ),
            "Piers Nolan",
        ),
        # Who has just spoken, and not who spoke before.
        (
            (
                "A spokeswoman, Tilde Brask, said nothing.\n\nIlvo Vasti, whose brother works "
                "there, said he had rung at noon. “{},” she said."
            ),
            "Ilvo Vasti",
        ),
        # Who has spoken in this paragraph, and neither who was told of before it nor a firm.
        (
            (
                "The dead man was 46 and came from the port.\n\nDirk Hallam of the wardens' union "
                "says his members had warned of it for a week. According to him, 90 men stayed in "
                "bed. “{},” he says."
            ),
            "Dirk Hallam",
        ),
        (
            (
                "Simone Delacroy says Nordvane won't fly again. The number of planes is given as "
                "eight. Asked when sales were stopped, she says: “{}.”"
            ),
            "Simone Delacroy",
        ),
        (
            (
                "A professor of law, who is not named, says it was close.\n\nMaarenson in front "
                "of the press. She looks tired. “{},” she says."
            ),
            "Maarenson",
        ),
        (
            (
                "The investor, Halcyon Gaming, promised 420 jobs.\n\nIlaria Vesk, whose government "
                "took no side, said the vote was binding. “{},” she told reporters."
            ),
            "Ilaria Vesk",
        ),
        # Somebody else's report is another one.
        (
            (
                "The office keeps a delivery report.\n\nThe regional auditors' report of last year "
                "criticised the archive. “{}”, the report said."
            ),
            "the report",
        ),
        # A document that is read from.
        (
            (
                "The Bakers’ Guild insists that nobody was warned. We have read the inspectors' "
                "circular of 3 March. It says: “{}.”"
            ),
            "inspectors' circular of 3 March",
        ),
        (
            "A note on the museum’s web page on Monday read, “{}.”",
            "a note on the museum’s web page",
        ),
        (
            "The crate came back, with a proper letter this time. “{},” the letter says.",
            "the letter",
        ),
        ("In a statement on Friday evening it said: “{}.”", "a statement"),
        # Whose words they are called.
        ("Karl Dent left at noon, “{}”, in the words of one engineer.", "one engineer"),
        (
            "Dent reckons on four months; “{},” in the words of one engineer on the job.",
            "one engineer",
        ),
        ("Tessa Vail’s reply, if you must have it: “{}.”", "Tessa Vail"),
        ("Tessa Vail’s letter, since you asked: “{}.”", "Tessa Vail"),
        ("Gert Osten, the manager, stands with his arms folded. His words: “{}.”", "Gert Osten"),
        ("02:15 From Bella Torley, 19, who rang us from the hostel: “{}.”", "Bella Torley"),
        # Before a colon and a phrase; behind a number; by what only he can know.
        (
            "Harbour commissioner Ruth Anand, at the town hall: the quay is “{}”.",
            "Ruth Anand",
        ),
        (
            (
                "According to works manager Dana Pohl 90 people have not come, “most of whom, I am "
                "sure, are at home”."
            ),
            "Dana Pohl",
        ),
        ("Nils Berger, the steward there, “would not bet a pound on it”.", "Nils Berger"),
        # Reported speech goes on; so does who answers a question about himself.
        (
            (
                "Nils Berger worked here for years. He claims that Anna Rost asked him to sign and "
                "that he refused. “{}.”"
            ),
            "Nils Berger",
        ),
        # Names.
        ("Minister of Finance Greta Sund said: “{}.”", "Greta Sund"),
        ("Secretary of State for Health Paul Dorn said: “{}.”", "Paul Dorn"),
        ("The Officers’ Federation said: “{}.”", "Officers’ Federation"),
        ("Per Anders Holm, the director, said: “{}.”", "Per Anders Holm"),
        ("Per Holm, the director, said: “{}.”", "Per Holm"),
        ("TTV, citing an unnamed source, reports that it is “{}”.", "TTV"),
    ],
)
def test_the_speaker_is_found(text: str, speaker: str, parse: Parse) -> None:
    said = text.format("a swamp with a fence round all of it")
    article = analyse(source(1, _ARCHIVE + said), parse)
    found = [a.speaker for a in article.attributions]
    assert found
    assert found[0].casefold().removeprefix("the ") == speaker.casefold().removeprefix("the ")


def test_who_answers_a_question_about_himself_goes_on(parse: Parse) -> None:
    text = "“I knew nothing at all,” Olin Marsh said. Did he know in May? “I knew in August.”"
    article = analyse(source(1, _ARCHIVE + text), parse)
    assert [a.speaker for a in article.attributions] == ["Olin Marsh", "Olin Marsh"]


@pytest.mark.parametrize(
    "text",
    [
        # Who is told of has not said it.
        "Lena Fry rang at seven. Paul Hoyle picked up. “He said he would ring back, and did not.”",
        "The engineer Paul Hoyle came in April. “He told us that the wall was sound.”",
        # Nobody knows whose voice it is.
        "As Quentin Hale left a woman’s voice called from behind the cameras: “Will you go now?”",
        # A firm is no “she”; who is asked in reported speech does not speak.
        "Summit Tours said that the path was safe. “We walk it every day of the year,” she said.",
        "He claims that Berg asked him to sign and that he refused. “I told her no and went.”",
        # Where somebody is found by others.
        "Nils Berger, the steward there, “was asleep in a chair by the door”.",
    ],
)
def test_nobody_is_named_where_the_text_is_open(text: str, parse: Parse) -> None:
    article = analyse(source(1, _ARCHIVE + text), parse)
    assert [a.speaker for a in article.attributions] == [NOT_ESTABLISHED]
