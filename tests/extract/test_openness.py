"""Sentences that leave something open: what share is known; how many others are taken for it."""

from __future__ import annotations

import tomllib

import pytest

from briefing.extract.openness import has_open_cue, signs_of_openness
from briefing.language import pipeline
from tests.extract.planted import DATA


def lists(name: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = tomllib.loads(
        (DATA / name).read_text(encoding="utf-8")
    )
    return found


SENTENCES = {**lists("openness.toml"), **lists("openness_wide.toml")}


def share(sentences: list[str]) -> float:
    parsed = pipeline().parse_all(sentences)
    return sum(any(map(signs_of_openness, doc.sents)) for doc in parsed) / len(sentences)


@pytest.mark.parametrize(
    ("kind", "least"), [("first", 0.98), ("later", 0.8), ("seen", 0.93), ("held", 0.8)]
)
def test_most_open_matters_are_noticed(kind: str, least: float) -> None:
    assert share(SENTENCES[kind]["open"]) >= least


@pytest.mark.parametrize(
    ("kind", "most"), [("first", 0.01), ("later", 0.01), ("seen", 0.01), ("held", 0.06)]
)
def test_plain_reports_are_hardly_ever_taken_for_open(kind: str, most: float) -> None:
    assert share(SENTENCES[kind]["plain"]) <= most


@pytest.mark.parametrize(
    "sentence",
    [
        "It isn't clear who will pay.",
        "It isn’t clear who will pay.",
        "IT IS NOT CLEAR WHO WILL PAY.",
        "The firm won’t say who will pay.",
        "The firm can't say who will pay.",
    ],
)
def test_contractions_apostrophes_and_capitals_make_no_difference(sentence: str) -> None:
    assert has_open_cue(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["The nuclear whether-house is a toy.", "Unclearness won a prize.", "", "The Knotknown band."],
)
def test_cues_are_whole_words(sentence: str) -> None:
    assert not has_open_cue(sentence)


def test_a_long_line_is_searched_in_no_time() -> None:
    assert not has_open_cue("no few little without neither is was remains " * 4000)


def test_more_ways_of_saying_so_count_for_more() -> None:
    plain = next(pipeline().parse("It has not been decided whether to test the beaches.").sents)
    weak = next(pipeline().parse("The investigation continues.").sents)
    assert signs_of_openness(plain) > signs_of_openness(weak) > 0


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry declined to comment.",
        "Neither firm returned our messages.",
        "The club will make no comment until then.",
        "A neighbour, who did not give her name, said she had heard nothing.",
        "A man who asked for his name to be left out blamed the driver.",
        "She has led the town since an inconclusive vote in 2019.",
        "The auditors advised the board to review how the bonus had been paid.",
        "The tribunal said he ought to have asked what the bottle contained.",
        "The two coaches had refused to share a taxi.",
        "Every boiler in the block is to be taken out of use.",
        "Disputes over the lease will go to an arbiter named by the bank.",
        "The inspectors found no payment records.",
        "The owners would have to agree to any sale.",
        "The village hall remains open to anyone who was on the bus.",
        "The search has ended, and no one is missing any longer.",
        "A decision should not be taken in haste.",
        "Nobody has a better view of the harbour.",
        "The ministry said that public money was not under discussion.",
        "The operator has not answered our calls yet.",
        "The fees were never disclosed to the editors of the journal.",
    ],
)
def test_silence_bystanders_and_rules_leave_nothing_open(sentence: str) -> None:
    assert share([sentence]) == 0


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor declined to comment on the plans.",
        "The minister would not answer whether the bridge is safe.",
        "Asked who had opened the gate, nobody at the plant could answer.",
        "The ministry has not answered yet.",
        "The names of the two victims were not released.",
        "The contract is yet to be signed.",
        "The report names no cause, and the question is whether the valve failed.",
        "The purpose of the loan is at present unclear to us.",
        "Who will pay for the pears, if anybody, is unclear.",
        "The results of the blood tests are awaited.",
        "A decision on a second ship has not been taken.",
        "The harbour board has no view on whether the crane was safe.",
        "Whether it opens on Friday will be decided tonight.",
    ],
)
def test_what_it_is_that_nobody_says_stays_open(sentence: str) -> None:
    assert share([sentence]) == 1
