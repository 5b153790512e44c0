"""Quotes of transcripts and live pages: who is quoted there, and what stands around it."""

from __future__ import annotations

import pytest

from tests.extract.test_quoted import Parse, found


def test_who_only_asks_in_a_transcript_is_not_quoted(parse: Parse) -> None:
    text = (
        "REPORTER (Orsa Post): Is there any hope for the two who are missing?\n\n"
        "SOLHEIM: We dig as if they were alive, and we go on.\n\n"
        "PRESENTER (Mara Lind): When did you hear of the crack in the wall?\n\n"
        "SOLHEIM: Nobody told the fire service about any crack.\n"
    )
    said = [quote.text for quote in found(parse, text)[0]]
    assert said == [
        "We dig as if they were alive, and we go on.",
        "Nobody told the fire service about any crack.",
    ]


def test_a_name_is_not_shown_in_the_capitals_of_a_transcript(parse: Parse) -> None:
    call = (
        "HELEN MARCHETTI: Since last night both of our plants have been at a standstill.\n\n"
        "OPERATOR: The next question is from Orsa.\n\n"
        "HELEN MARCHETTI: We had two sources until last year, and then we had one.\n\n"
        "HELEN MARCHETTI: That is all that I can say about it today, thank you.\n"
    )
    report = "“We have parts for one more shift,” Helen Marchetti told the unions on Monday."
    made, _ = found(parse, call, report)
    assert {quote.speaker for quote in made} == {"Helen Marchetti"}


def test_a_phrase_comes_with_what_stands_before_its_sentence(parse: Parse) -> None:
    lead = "Marta Soler sent the review to the club on 1 October."
    text = f"{lead} The firm said that she “had no knowledge of any such review at all”."
    (quote,), _ = found(parse, text)
    assert "in the sentence" in quote.note
    assert quote.before is not None
    assert quote.before.text == lead
    other = "The pump firm of Orsa told the club that she “had no knowledge of any such review”."
    (quote,), _ = found(parse, f"{lead}\n\n{other}")
    assert quote.before is None


def test_who_asks_in_two_turns_of_three_is_not_quoted(parse: Parse) -> None:
    text = (
        "WELK: Good evening, and who told you to leave the pumps running?\n\n"
        "LIND: I told them to leave the cameras running, and that is all.\n\n"
        "WELK: Are you enjoying this evening at the aquarium, Ms Lind?\n\n"
        "SOLL: Nobody of the guild is enjoying this, I can tell you.\n\n"
        "WELK: So what do you both expect of the council on Monday?\n\n"
        "LIND: We expect a decision, and we expect it in writing.\n"
    )
    quotes, _ = found(parse, text)
    assert not [quote for quote in quotes if "WELK" in quote.speaker.upper()]
    assert len(quotes) == 3


def test_the_next_turn_of_another_guest_is_the_answer(parse: Parse) -> None:
    text = (
        "HOST: Why did you go to court so late?\n\n"
        "SOLL: I wrote in October and I wrote again in December.\n\n"
        "LIND: There was one letter. It was about bus shelters, and it came in October.\n\n"
        "HOST: Is that so?\n\n"
        "SOLL: It is not so, and the council knows that very well.\n"
    )
    quotes, _ = found(parse, text)
    behind = {quote.text[:7]: quote.after.text if quote.after else "" for quote in quotes}
    assert behind["I wrote"].startswith("LIND: There was one letter. It was about bus")
    assert behind["There w"] == ""


def test_words_of_a_live_page_say_their_entry(parse: Parse) -> None:
    text = (
        "09.10 The pumps of the aquarium of Orsa are off, the guild says.\n\n"
        "09.40 Marta Soler speaks. “We checked every pump twice that evening,” she says.\n\n"
        "10.15 The mayor of Orsa is on her way to the aquarium.\n"
    )
    (quote,), _ = found(parse, text)
    assert quote.note == "entry of 09.40"


def test_an_office_is_not_the_longer_office_beside_it(parse: Parse) -> None:
    text = (
        "VICE PRESIDENT: We have closed the pumps because the engine failed in March.\n\n"
        "PRESIDENT: The pumps should never have been closed, and the engine was sound.\n\n"
        "VICE PRESIDENT: The inspectors found eleven cracks in the casing of the engine.\n\n"
        "TOM REED: Nobody in Orsa could visit the aquarium for a week.\n\n"
        "TOM REED: The guild of the pumps has told me so in writing.\n"
    )
    quotes, _ = found(parse, text)
    said = {quote.text[:12]: quote for quote in quotes}
    assert said["The pumps sh"].speaker.upper() == "PRESIDENT"
    assert said["Nobody in Or"].after is None


@pytest.mark.parametrize("guest", ["LENA FALK (Host City Mayor)", "ANNA RAY (engineer)"])
def test_a_guest_is_not_taken_for_the_presenter(guest: str, parse: Parse) -> None:
    text = (
        "JO RAY (presenter): Why was the hall closed, then?\n\n"
        f"{guest}: The engine of the pumps failed its inspection in March.\n\n"
        "TOM REED: Nobody in Orsa could visit the aquarium for a week.\n\n"
        f"{guest}: It will open again in June, and not a week before.\n"
    )
    assert len(found(parse, text)[0]) == 3
