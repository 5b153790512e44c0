"""How open sentences are shown: in the source's own voice, or behind the sentence before."""

from __future__ import annotations

from briefing.extract.articles import Article, analyse
from briefing.extract.behind import voice
from briefing.extract.open_lines import lead_in
from briefing.language import pipeline
from tests.example import source


def article(text: str) -> Article:
    return analyse(source(1, text), pipeline().parse)


def led(text: str, at: int) -> list[str] | None:
    found = article(text)
    lines = lead_in(found, found.lines[at])
    return None if lines is None else [line.sentence.text for line in lines]


def test_a_source_that_speaks_itself_is_shown_alone() -> None:
    text = "We do not know who sent the parcel to the Halvorsen depot."
    assert led(text, 0) == []
    own = article(text)
    (check,) = voice(own, own.lines)
    assert check.passed
    assert "“We”" in check.reason
    assert own.source.id in check.reason


def test_in_a_transcript_it_is_whoever_has_the_turn() -> None:
    turns = "ANNA BERG: It rained at the depot. What I hear is that nobody was there.\n\n"
    own = article(f"{turns}IDA COLE: Says who, in that town?\n\nANNA BERG: They do.\n")
    (check,) = voice(own, own.lines[:2])
    assert check.reason.casefold() == "“i” is anna berg"
    first = article("ANNA BERG: We shut the depot.\n\nIDA COLE: Why?\n\nANNA BERG: It rained.\n")
    (check,) = voice(first, first.lines[:1])
    assert check.reason.casefold() == "“we” is anna berg"


def test_what_is_said_by_others_is_no_voice_of_the_source() -> None:
    own = article("“We do not know,” Maud Ellery of the gallery said.")
    assert voice(own, own.lines) == ()


def test_a_pronoun_is_shown_behind_its_name() -> None:
    text = "Maud Ellery opened the safe at noon. She has not said what she found in it, or when."
    assert led(text, 1) in ([], ["Maud Ellery opened the safe at noon."])


def test_somebody_elses_words_need_a_name() -> None:
    named = "“It is too early to say what happened,” fire chief Don Parrish told reporters."
    assert led(named, 0) == []
    assert led("“It is too early to say what happened,” she said on the way out.", 0) is None


def test_what_somebody_says_over_several_sentences_is_no_voice_of_the_source() -> None:
    text = "‘I work here. ‘And I had my card out. That’s what I can’t get over.’"
    assert voice("s1", article(text).lines) == ()
    calls = "Police have had 57 such calls and do not know who made them."
    assert led(f"{text} {calls}", 1) in ([], None)


def test_another_speaker_of_a_transcript_is_not_told_with_the_last() -> None:
    text = "There was no time for more. MR LESSING: It is not known whether that was written down."
    assert led(text, 1) in ([], None)


def test_what_is_unclear_itself_needs_nothing_before_it() -> None:
    text = (
        "The council met in Ardmore on Monday. It was not clear when the Ardmore school would open."
    )
    assert led(text, 1) == []


def test_no_sentence_of_another_paragraph_is_told_with_one_that_stands() -> None:
    text = "The names of the dead were not released in Ardmore.\n\nThe cause was not known."
    assert led(text, 1) == []


def test_what_takes_up_the_last_sentence_is_told_with_it() -> None:
    text = "Maud Ellery says that she wrote to Ardmore in May. There is no record of such a letter."
    assert led(text, 1) == ["Maud Ellery says that she wrote to Ardmore in May."]


def test_a_sentence_is_not_led_by_half_a_quotation() -> None:
    text = "Maud Ellery told them: ‘The gate was open all night long. The cause was not known."
    last = len(article(text).lines) - 1
    assert last > 0
    assert led(text, last) == []


def test_what_cannot_be_led_in_is_shown_where_its_context_explains_it() -> None:
    lost = "Her spokesman would not say whether Bertil Maas has offered to resign."
    context = "Oda Reinholt met the director of the mine. He left at noon. Nobody spoke."
    assert led(f"{context}\n\n{lost}", 3) == []
    assert led(lost, 0) is None
    assert led(f"He left at noon.\n\n{lost}", 1) is None
