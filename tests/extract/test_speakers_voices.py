"""Whose words a quotation is where no verb of saying stands beside it, or where one misleads."""

from __future__ import annotations

import pytest

from briefing.extract.articles import Parse, analyse
from briefing.types import NOT_ESTABLISHED
from tests.example import source

_TRACK = "The old track at Fell Bend was shut on Monday after the third crash this year.\n\n"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # What somebody says, called his.
        ("In the words of Mara Lindt, the track is “{}”.", "Mara Lindt"),
        ("The track is, in Mara Lindt’s words, “{}”.", "Mara Lindt"),
        ("“{},” was Mara Lindt’s verdict.", "Mara Lindt"),
        ("“{},” was how Mara Lindt summed it up.", "Mara Lindt"),
        ("Mara Lindt’s last words over the radio were “{}”.", "Mara Lindt"),
        ("Mara Lindt’s verdict was short: “{}.”", "Mara Lindt"),
        ("The last word went to Mara Lindt: “{}.”", "Mara Lindt"),
        ("Then came a question from Mara Lindt. “{}.”", "Mara Lindt"),
        ("Mara Lindt’s claim that the track was “{}” met with laughter.", "Mara Lindt"),
        ("Mara Lindt takes the view that the track is “{}”.", "Mara Lindt"),
        ("“{}.” So said Mara Lindt, the winner.", "Mara Lindt"),
        ("“{}” – Mara Lindt, winner", "Mara Lindt"),
        ("Mara Lindt (“It was a museum with a fence”) has joined them.", "Mara Lindt"),
        ("To Mara Lindt, who won here twice, the track is “{}”.", "Mara Lindt"),
        ("Mara Lindt sees it differently: “{}.”", "Mara Lindt"),
        # Said besides what is denied; heard; left out the second time.
        ("Mara Lindt refused to stop, saying the track was “{}”.", "Mara Lindt"),
        ("Mara Lindt would not comment but called it “{}”.", "Mara Lindt"),
        ("Mara Lindt was heard shouting: “{}.”", "Mara Lindt"),
        ("Jon Vale said that the cars were ready and promised “{}”.", "Jon Vale"),
        ("Jurors saw a note in which Jon Vale, a mechanic, told friends: “{}.”", "Jon Vale"),
        ("“{},” Jon Vale said in a note, the last line of which said that he was sorry.", "Vale"),
        # Documents, and firms with a partner.
        ("Under the licence, the track “shall be closed to all without marshals”.", "licence"),
        ("The guideline under which crews “shall rest for eleven hours” is new.", "guideline"),
        ("The club has seen the e-mail. Sent on Friday, it speaks of “{}”.", "the e-mail"),
        ("The club has reacted. “{},” it says in a statement.", "The club"),
        ("Her agent, Harlow & Finch, has replied. The track, it said, was “{}”.", "Harlow & Finch"),
    ],
)  # fmt: skip
def test_the_speaker_is_found(text: str, speaker: str, parse: Parse) -> None:
    article = analyse(source(1, _TRACK + text.format("a museum with a fence around it")), parse)
    found = [a.speaker for a in article.attributions]
    assert found
    assert (
        found[0].casefold().removeprefix("the ").endswith(speaker.casefold().removeprefix("the "))
    )


def test_who_has_just_come_up_speaks_and_not_who_spoke_before(parse: Parse) -> None:
    text = (
        "The solicitor, Edward Tarn, said the will was lost.\n\nAt the Rose in Mill Lane, the "
        "landlord, Colin Marsh, had the paper on the bar by ten. “I never sold as many,” he said."
    )
    article = analyse(source(1, _TRACK + text), parse)
    assert [a.speaker for a in article.attributions] == ["Colin Marsh"]


def test_a_verb_left_out_has_its_own_subject(parse: Parse) -> None:
    text = "Nora Lind calls it “a guess on top of a guess”, Paul Berg “the best that we will have”."
    article = analyse(source(1, _TRACK + text), parse)
    assert [a.speaker for a in article.attributions] == ["Nora Lind", "Paul Berg"]


def test_whom_a_reporter_has_spoken_to_has_the_word(parse: Parse) -> None:
    text = (
        "From Lark Street, Remi Aldous. Remi has spoken to a man in slippers who lived opposite. "
        "“I woke up in the yard,” he said."
    )
    article = analyse(source(1, _TRACK + text), parse)
    assert [a.speaker for a in article.attributions] == ["a man in slippers"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Lind begins with thanks. “To every guest: I am sorry,” he says.", "Marcus Lind"),
        (
            (
                "Professor Karl Roth disputes this. Through his lawyer, Adrian Vogel, he told the "
                "Echo that the panel “never looked in the right cellar”."
            ),
            "Karl Roth",
        ),
        (
            (
                "Jon Berg led the search. “We all did what we could,” he said.\n\n"
                "The 71-year-old from hut 11, a retired joiner, is out of danger. He sleeps."
            ),
            "Jon Berg",
        ),
    ],
)
def test_who_he_is(text: str, speaker: str, parse: Parse) -> None:
    before = "Marcus Lind runs the track. He is there.\n\n"
    after = "\n\nWill Lind go? He would not say so."
    article = analyse(source(1, before + text + after), parse)
    assert [a.speaker for a in article.attributions] == [speaker]
    named = {line.sentence.text: [each.name for each in line.names] for line in article.lines}
    assert named.get("He sleeps.", []) == []


def test_what_a_view_is_alluded_to_in_is_not_its_words(parse: Parse) -> None:
    text = (
        "Mara Lindt spoke first. The club said that “the track must be saved at any price”, in an "
        "apparent allusion to their shared view of the old days."
    )
    article = analyse(source(1, _TRACK + text), parse)
    assert [a.speaker for a in article.attributions] == ["the club"]


@pytest.mark.parametrize(
    "text",
    [
        "“No justice, no peace at all” was the slogan of the day.",
        "To some, the track is “a museum with a fence around it”.",
        "Mara Lindt received a letter from the club. “Your claim has been turned down.”",
        "Mara Lindt denied that she had called the club “a home for the old and rich”.",
        "Mara Lindt did not say it was “a home for the old and rich of this town”.",
        "It has been described in public as “a home for the old and rich of this town”.",
    ],
)
def test_nobody_is_named_where_the_text_is_open(text: str, parse: Parse) -> None:
    article = analyse(source(1, _TRACK + text), parse)
    assert [a.speaker for a in article.attributions] == [NOT_ESTABLISHED]
