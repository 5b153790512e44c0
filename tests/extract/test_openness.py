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
