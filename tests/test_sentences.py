"""Sentence boundaries: the written-out cases, odd input, and what always holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.sentences import LONGEST_SENTENCE, sentences

CASES = Path(__file__).parent / "data" / "sentences.txt"


def _texts(text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in sentences(text, language=language)]


@pytest.mark.parametrize("line", CASES.read_text(encoding="utf-8").splitlines())
def test_written_out_cases(line: str) -> None:
    wanted = [part.strip() for part in line.split("¦")]
    assert _texts(" ".join(wanted)) == wanted


def test_a_quotation_is_not_cut_but_a_long_one_is() -> None:
    short = "“I saw it. I ran,” she said."
    assert _texts(short) == [short]
    speech = "“" + "We met in the hall and we talked about it. " * 20 + "So it was.”"
    assert len(_texts(speech)) == 21


def test_a_stray_mark_does_not_swallow_the_rest() -> None:
    text = "Parts were sold. ” The ministry denied it. “No,” it said. It gave no reason."
    assert _texts(text) == [
        "Parts were sold.",
        "The ministry denied it.",
        "“No,” it said.",
        "It gave no reason.",
    ]


def test_debris_belongs_to_no_sentence() -> None:
    assert _texts("They met on Friday. . The talks ended. is.") == [
        "They met on Friday.",
        "The talks ended.",
        "is.",
    ]
    assert _texts(" . ") == []
    assert _texts("”") == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("OSLO, May 3 (Reuters) - Oil fell.", "Oil fell."),
        ("KYIV — Trains stopped.", "Trains stopped."),
        ("Nairobi (AFP) – Rain came.", "Rain came."),
        ("NATO — which met in May — agreed.", "NATO — which met in May — agreed."),
    ],
)
def test_the_dateline_is_not_part_of_the_sentence(text: str, sentence: str) -> None:
    assert _texts(text) == [sentence]


def test_sentences_without_a_space_between() -> None:
    assert _texts('He left.The train was late."We waited," she said.See www.example.org.') == [
        "He left.",
        "The train was late.",
        '"We waited," she said.',
        "See www.example.org.",
    ]


def test_other_languages() -> None:
    assert _texts("Er kam am 3. Oktober. Sie blieb.", "de") == [
        "Er kam am 3. Oktober.",
        "Sie blieb.",
    ]
    assert _texts("« Oui. » Elle part.", "fr") == ["« Oui. »", "Elle part."]
    assert _texts("会議は終わった。合意はない。", "ja") == ["会議は終わった。", "合意はない。"]


def test_a_stretch_without_any_end_is_bounded() -> None:
    found = sentences("word " * 3000)
    assert max(len(sentence.text) for sentence in found) <= LONGEST_SENTENCE
    assert sum(sentence.text.count("word") for sentence in found) == 3000


@given(st.text(alphabet="aB1 .!?…”“\"'’‘()«»—,;:\n。", max_size=120), st.integers(0, 50))
@settings(max_examples=300, deadline=None)
def test_spans_are_exact_ordered_and_stripped(text: str, start: int) -> None:
    before = start
    for sentence in sentences(text, start=start):
        assert before <= sentence.start < sentence.end
        assert text[sentence.start - start : sentence.end - start] == sentence.text
        assert sentence.text == sentence.text.strip()
        before = sentence.end


@given(
    st.lists(st.from_regex(r"[A-Z][a-z]{3,9} [a-z]{3,9} [a-z]{4,9}", fullmatch=True), max_size=6)
)
def test_every_word_is_in_a_sentence(clauses: list[str]) -> None:
    text = " ".join(f"{clause}." for clause in clauses)
    assert " ".join(_texts(text)).split() == text.split()
