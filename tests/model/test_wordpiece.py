"""Word pieces, with a small vocabulary of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.model.wordpiece import encode, read_vocabulary, words

PIECES = ("[UNK]", "[CLS]", "[SEP]", "the", "ship", "##s", "##yard", "cafe", ",", ".", "5", "東")
VOCABULARY = {piece: number for number, piece in enumerate(PIECES)}


def pieces(text: str, most: int = 50) -> list[str]:
    return [PIECES[number] for number in encode(text, VOCABULARY, most)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ships", ["the", "ship", "##s"]),
        ("shipyards.", ["ship", "##yard", "##s", "."]),
        ("Café,5", ["cafe", ",", "5"]),
        ("the\u200b ship\ufffds", ["the", "ship", "##s"]),
        ("the boat", ["the", "[UNK]"]),
        ("東東", ["東", "東"]),
        ("s" * 200, ["[UNK]"]),
        ("", []),
    ],
)
def test_text_becomes_the_longest_known_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text) == ["[CLS]", *expected, "[SEP]"]


def test_what_is_too_long_is_cut_before_the_last_mark() -> None:
    assert pieces("the " * 9, most=5) == ["[CLS]", "the", "the", "the", "[SEP]"]


def test_marks_and_line_ends_divide_words() -> None:
    assert list(words("A-b\nC\td€e $5")) == ["a", "-", "b", "c", "d€e", "$", "5"]


def test_a_vocabulary_is_numbered_by_its_lines(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("a\nb\n##c\n", encoding="utf-8")
    assert read_vocabulary(tmp_path / "vocab.txt") == {"a": 0, "b": 1, "##c": 2}
