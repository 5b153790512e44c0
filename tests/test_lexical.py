from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.lexical import STOP_WORDS, Weights, content_words, numbers, stem

WORDS = st.lists(st.sampled_from("dam flood river bridge court 40 the".split()), max_size=8)


@pytest.mark.parametrize(
    "words",
    [
        ["talk", "talks", "talked", "Talking", "talk’s", "talk's"],
        ["flood", "floods", "flooded", "FLOODING"],
    ],
)
def test_forms_of_a_word_are_one(words: list[str]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(("one", "other"), [("bus", "but"), ("is", "i"), ("thing", "th")])
def test_short_words_keep_their_endings(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_content_words_stand_in_order_without_the_small_ones() -> None:
    found = content_words("The dam at Merrow was “closed” by 1,200 men.")
    assert found == [stem(w) for w in ("dam", "Merrow", "closed", "1,200", "men")]


@given(st.text(max_size=80))
def test_any_text_has_content_words(text: str) -> None:
    assert all(word for word in content_words(text))
    assert not set(content_words(" ".join(sorted(STOP_WORDS))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,200,000 people paid 3.5 euros in 2031.", {"1200000", "3.5", "2031"}),
        ("On May 4, 7 of 9 voted.", {"4", "7", "9"}),
        ("The A380 landed at 6:45.", {"380", "6", "45"}),
        ("No numbers here.", set()),
    ],
)
def test_numbers_are_found_as_written(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


@given(st.lists(WORDS, max_size=6), WORDS, WORDS)
def test_a_share_is_a_share(texts: list[list[str]], part: list[str], whole: list[str]) -> None:
    weights = Weights(texts)
    share = weights.contained(part, whole)
    assert 0 <= share <= 1 + 1e-12
    assert weights.contained(part, [*whole, *part]) == pytest.approx(1 if part else 0)
    assert weights.contained(part, [*whole, "river"]) >= share
    assert all(weights.of(word) > 0 for word in part)


def test_rare_words_weigh_more() -> None:
    weights = Weights([["flood", "dam"], ["flood", "court"], ["flood", "court"]])
    assert weights.of("never") > weights.of("dam") > weights.of("court") > weights.of("flood")
    assert weights.contained(["dam", "flood"], ["dam"]) > 0.5
