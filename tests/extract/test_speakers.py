"""Who said it. A wrong name is worse than none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from briefing.extract.attributions import Attribution
from briefing.extract.frames import Parse
from briefing.extract.quotes import find_quotations
from briefing.extract.speakers import attribute
from briefing.types import NOT_ESTABLISHED
from tests.ahead import parse_ahead
from tests.extract.planted import NAMES, Planted, article, body

LEAST_RIGHT = 0.92
"""Share of speech quotations whose speaker is given and right."""


def attributions(text: str, parse: Parse) -> tuple[Attribution, ...]:
    document, passages = body(text)
    return attribute(find_quotations(text, passages), document, passages, parse)


def _fits(found: Attribution, planted: Planted) -> bool:
    """Whether the speaker is one that was planted; no name begins with a capital article."""
    return found.speaker.casefold() in {name.casefold() for name in planted.speakers}


def speakers(text: str, parse: Parse) -> list[str]:
    return [a.speaker for a in attributions(text, parse)]


Read = Callable[[str], tuple[Attribution, ...]]


@pytest.fixture(scope="module")
def read(parse: Parse) -> Read:
    """Who speaks in an article, by its name; several tests ask that."""
    parse_ahead((article(name).source for name in NAMES), lines=False)

    @cache
    def found(name: str) -> tuple[Attribution, ...]:
        example = article(name)
        quotations = find_quotations(example.source.body, example.passages)
        return attribute(quotations, example.source, example.passages, parse)

    return found


@pytest.mark.parametrize("name", NAMES)
def test_no_quotation_gets_a_wrong_speaker(name: str, read: Read) -> None:
    example = article(name)
    quotations = find_quotations(example.source.body, example.passages)
    found = read(name)
    wrong = [
        (quotation.text, attribution.speaker)
        for quotation, attribution, planted in zip(quotations, found, example.planted, strict=True)
        if not _fits(attribution, planted) and attribution.speaker != NOT_ESTABLISHED
    ]
    assert not wrong


def test_most_speakers_are_found(read: Read) -> None:
    count: Counter[bool] = Counter()
    for name in NAMES:
        example = article(name)
        found = read(name)
        count.update(
            _fits(attribution, planted)
            for attribution, planted in zip(found, example.planted, strict=True)
            if planted.kind == "speech" and planted.nested_in is None
        )
    assert count[True] / count.total() >= LEAST_RIGHT


@pytest.mark.parametrize("name", NAMES)
def test_a_speaker_and_the_evidence_for_it_stand_in_the_source(name: str, read: Read) -> None:
    text = article(name).source.body
    for found in read(name):
        if found.level == "none":
            assert (found.speaker, found.cue, found.mention) == (NOT_ESTABLISHED, None, None)
            continue
        group = found.speaker.removeprefix("one of ").removeprefix("the ")
        assert group.casefold() in text.casefold()
        assert found.cue is not None
        assert found.mention is not None
        assert found.cue.start <= found.mention.start < found.mention.end <= found.cue.end
        assert text[found.mention.start : found.mention.end].strip()


OKORO = "Samuel Okoro runs the harbour.\n"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The tide is on our side now,” said Samuel Okoro, a harbour master.", "Samuel Okoro"),
        ("“The tide is on our side now,” Mr. Okoro told reporters.", "Samuel Okoro"),
        ("Mr. Okoro said: “The tide is on our side now.”", "Samuel Okoro"),
        ("“The tide is on our side now,” according to Mr. Okoro.", "Samuel Okoro"),
        ("In a statement, the port authority said, “The tide is ours.”", "the port authority"),
        ("The plan was described by Mr. Okoro as “a danger to every ship”.", "Samuel Okoro"),
        ("Mr. Okoro called the plan “a danger to every ship”.", "Samuel Okoro"),
        ("“The tide is on our side now,” a police spokesman said.", "a police spokesman"),
        ("Jane Smith said Mr. Okoro had called it “a danger to every ship”.", "Samuel Okoro"),
        ("Jane Smith quoted Mr. Okoro as saying “the tide is ours now”.", "Samuel Okoro"),
        ("The report found that the quay was “a danger to every ship”.", "the report"),
        ("Mr. Okoro said the quay was safe. “Nobody was ever hurt,” he said.", "Samuel Okoro"),
        ("“Why was the quay never closed?” Mr. Okoro asked.", "Samuel Okoro"),
    ],
)
def test_plain_cues(text: str, speaker: str, parse: Parse) -> None:
    assert speakers(OKORO + text, parse) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Okoro denied saying “the quay was never safe”.",
        "Mr. Okoro never said that “the quay was never safe”.",
        "Mr. Okoro did not say “the quay was never safe”.",
        "If Mr. Okoro says “the quay was never safe”, they will leave.",
        "Mr. Okoro was described as “a danger to every ship”.",
        "Mr. Okoro was told “the quay was never safe”.",
        "Mr. Okoro refused to say “the quay was never safe”.",
        "The so-called “peace of the four harbours” annoyed Mr. Okoro, he said.",
        "“Somebody should have closed the quay.” Mr. Okoro left the room.",
        "Tom Hall met Bill Ray at the quay. He called it “a danger to every ship”.",
        "Mr. Okoro asked the pilot why. “Because nobody ever told us to.”",
        "“The quay was never safe,” they said.",
        "“The quay was never safe,” I said.",
    ],
)
def test_not_established(text: str, parse: Parse) -> None:
    assert speakers(OKORO + text, parse) == [NOT_ESTABLISHED]


def test_the_fullest_form_of_a_name_stands_for_all(parse: Parse) -> None:
    text = (
        "“We are closing the mill today,” Ms. Brandt said.\n"
        "Lena K. Brandt, the mayor, left early.\n"
        "“There was no other way,” Brandt added."
    )
    assert speakers(text, parse) == ["Lena K. Brandt", "Lena K. Brandt"]


def test_a_surname_of_two_people_is_joined_to_neither(parse: Parse) -> None:
    text = (
        "Jane Hollis and her brother Robert Hollis own the mill.\n"
        "“We are closing the mill today,” said Hollis."
    )
    assert speakers(text, parse) == ["Hollis"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mayor Ann Lee left. “We close the mill today,” the mayor said.", "Ann Lee"),
        ("Jo Ray was jailed. “We close the mill today,” the judge said.", "the judge"),
        ("Mayor Ann Lee met Mayor Jo Ray. “We close it today,” the mayor said.", "the mayor"),
        ("Her agent, Jo Ray, was blunt. “We close it today,” he said.", "Jo Ray"),
        ("Miller Jo Ray: “We close the mill today.”", "Jo Ray"),
        ("The law, says miller Jo Ray, is clear: “We close the mill today.”", "Jo Ray"),
        ("A spokesman for the mill, Jo Ray, said it “was closed far too late”.", "Jo Ray"),
        ("Jo Ray said that many had left, adding: “We close the mill today.”", "Jo Ray"),
        ("The joint note said no. “We close the mill today,” the note said.", "joint note"),
        ("Ann Lee spoke. “We close it today,” somebody called from the back.", NOT_ESTABLISHED),
        ("The note, which Jo Ray has read, allows it: “The mill shall be closed.”", "the note"),
    ],
)
def test_less_plain_cues(text: str, speaker: str, parse: Parse) -> None:
    assert speakers(text, parse)[-1] == speaker


def test_accents_make_no_other_person(parse: Parse) -> None:
    text = "Ana Bermúdez runs the mill.\n“We are closing the mill today,” Ms. Bermudez said."
    assert speakers(text, parse) == ["Ana Bermúdez"]


def test_a_turn_over_two_paragraphs(parse: Parse) -> None:
    text = "HOST: Was it late?\nDR LEE: It was very late.\nAnd it was cold.\nHOST: Thank you all."
    assert speakers(text, parse) == ["HOST", "DR LEE", "DR LEE", "HOST"]


def test_a_family_name_that_comes_first(parse: Parse) -> None:
    text = "Shen Liwei leads the bank.\n“We are closing the bank today,” Mr. Shen said."
    assert speakers(text, parse) == ["Shen Liwei"]


def test_both_halves_of_an_utterance_and_all_its_paragraphs(parse: Parse) -> None:
    text = "“We go now,” said Ann Lee. “It is late here.\n\n“And the mill is cold tonight.”"
    assert speakers(text, parse) == ["Ann Lee"] * 3


def test_she_is_not_a_man(parse: Parse) -> None:
    text = (
        "Mr. Tom Hall met Mrs. Ann Lee at the mill on Monday.\n"
        "“It was cold in the mill,” she said. “And he was late again.”"
    )
    assert speakers(text, parse) == ["Ann Lee"] * 2


def test_named_is_told_from_described(parse: Parse) -> None:
    named, described = attributions(
        "“It was cold in the mill,” said Ann Lee.\n“It was very late,” said a neighbour.", parse
    )
    assert (named.named, described.named) == (True, False)


def test_labels_of_a_transcript(parse: Parse) -> None:
    text = (
        "Present: Carla Whitmore, chair; Daniel Hume, engineer.\n"
        "MS. WHITMORE: Was the wall inspected?\nMR. HUME: It was, in April of last year.\n"
        "MS. WHITMORE: By whom was that?\nQ: And then what happened?"
    )
    assert speakers(text, parse)[:3] == ["Carla Whitmore", "Daniel Hume", "Carla Whitmore"]


def test_without_a_parser_only_labels_count() -> None:
    import spacy

    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    text = (
        "“It was cold in the mill,” said Ann Lee.\nANN LEE: It was cold there.\n"
        "TOM HALL: It was late.\nANN LEE: It was both of these."
    )
    assert speakers(text, blank) == [NOT_ESTABLISHED, "ANN LEE", "TOM HALL", "ANN LEE"]


def test_nothing_quoted_parses_nothing() -> None:
    def refuse(text: str) -> object:
        raise AssertionError(text)

    document, passages = body("Nobody said a word.")
    assert attribute((), document, passages, refuse) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES[:4])
def test_the_same_input_gives_the_same_answer(name: str, parse: Parse) -> None:
    example = article(name)
    quotations = find_quotations(example.source.body, example.passages)
    first = attribute(quotations, example.source, example.passages, parse)
    assert first == attribute(quotations, example.source, example.passages, parse)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Coordinated verbs share the subject that a parser loses behind “as”.
        (
            (
                "Anger was plain on Monday as Ann Lee, standing beside Jo Ray, denounced the "
                "“tide of neglect,” and said "
                "“nobody in this valley will be spared the flood”."
            ),
            "Ann Lee",
        ),
        # The verb of saying inside the marks.
        ("The two unions “pledged there would be no night shifts this winter”.", "the two unions"),
        # What somebody only thinks is told by whoever says so.
        ("Ann Lee KC said that her client believed it was “far too late to stop”.", "Ann Lee"),
        ("Ann Lee sent it on to the mill with the words “This will cost us dear”.", "Ann Lee"),
        ("Ann Lee made it clear that the mill was “a danger to every child”.", "Ann Lee"),
        # Documents: whose they are, and what they are called.
        ("Jo Ray drowned. His diary says: “The dam will go this year.”", "Jo Ray"),
        ("Ann Lee wrote a letter that reads: “The dam will go this year.”", "Ann Lee"),
        ("Ann Lee’s report of 2017 is long. It reads: “The dam will go.”", "Ann Lee"),
        ("A lengthy joint memo came. The memo said: “The dam will go.”", "joint memo"),
        ("Somebody held up a banner: “The dam will go this year.”", "a banner"),
        ("The answer came within minutes: “The dam will go this year.”", NOT_ESTABLISHED),
        # Numbers of paragraphs stand in no sentence.
        ("4.15 Ann Lee found that the mill was “a danger to every child”.", "Ann Lee"),
        # Pronouns: whose voice it is, and who has been told of since.
        ("Ann Lee’s voice is quite level. “It is going now,” she says.", "Ann Lee"),
        (
            (
                "Tom Hall woke late. He drove off. He rang Jo Ray. He did so, he said, because "
                "it was “the custom of the house”."
            ),
            "Tom Hall",
        ),
        ("The head of the mill, Dr Ann Lee, told Radio Nord: “We close it today.”", "Ann Lee"),
        # “Her lawyer” is worth telling only if she is known.
        ("Ann Lee was fined. Her lawyer said it was “a bad day for the valley”.", "her lawyer"),
    ],
)
def test_cues_of_other_kinds(text: str, speaker: str, parse: Parse) -> None:
    assert speakers(text, parse)[-1] == speaker


def test_a_misspelt_name_is_joined_by_the_body_it_is_of(parse: Parse) -> None:
    text = (
        "“The ice is thin,” said Olav Sharmup of the Norvik Institute.\n"
        "“The ice will go,” says Norvik’s Charmup.\n“It is cold,” said Corva’s Tharmup."
    )
    assert speakers(text, parse)[:2] == ["Olav Sharmup"] * 2
    assert speakers(text, parse)[2] != "Olav Sharmup"
