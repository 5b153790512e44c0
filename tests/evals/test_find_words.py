"""Words of an annotation in their source: exact but for the width of white space, whole words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.evals.resolution import find_words

LETTERS = st.text(alphabet="ab_1²é \u00a0\n\x1c\u200b.“", max_size=30)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("the quay", "the  quay, the\nquay", ["the  quay", "the\nquay"]),
        ("quay", "quays and quay_1", []),
        ("“No”", "he“No”she", ["“No”"]),
        ("a a", "a a a a", ["a a", "a a"]),
        ("a. ", "a.a.", ["a.", "a."]),
        (" ", "a b", []),
    ],
)
def test_they_are_found_whole(words: str, text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_words(words, text)] == found


@given(LETTERS, LETTERS, st.integers(0, 30), st.integers(1, 6))
def test_they_stand_where_a_pattern_finds_them(text: str, other: str, at: int, size: int) -> None:
    for words in (other, text[at : at + size]):
        parts = [re.escape(part) for part in words.split()]
        left = r"(?<!\w)" if words.strip()[:1].isalnum() else ""
        right = r"(?!\w)" if words.strip()[-1:].isalnum() else ""
        pattern = left + r"\s+".join(parts) + right
        expected = [found.span() for found in re.finditer(pattern, text)] if parts else []
        assert [(span.start, span.end) for span in find_words(words, text)] == expected
