"""Words that mark something as open: what share is known, and how many plain reports are taken."""

from __future__ import annotations

import tomllib

import pytest

from briefing.extract.openness import has_open_cue
from tests.extract.planted import DATA

SENTENCES: dict[str, dict[str, list[str]]] = tomllib.loads(
    (DATA / "openness.toml").read_text(encoding="utf-8")
)


def share(sentences: list[str]) -> float:
    return sum(map(has_open_cue, sentences)) / len(sentences)


@pytest.mark.parametrize(("kind", "least"), [("first", 0.99), ("later", 0.45)])
def test_most_open_matters_are_noticed(kind: str, least: float) -> None:
    assert share(SENTENCES[kind]["open"]) >= least


@pytest.mark.parametrize("kind", ["first", "later"])
def test_plain_reports_are_hardly_ever_taken_for_open(kind: str) -> None:
    assert share(SENTENCES[kind]["plain"]) <= 0.01


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
