"""What a head finds unclear is told with the sentence before it, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from briefing.extract.articles import analyse
from briefing.extract.leaning import is_hidden, leans_on
from briefing.extract.salience import Key, key_of
from briefing.extract.select import Ranked
from tests.example import source

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]

BAN = "The harbour board of Tarbet banned Eva Holm from all its piers on Monday."
LASTS = "The ban lasts for 28 days."
CLEAR, UNSURE, UNCLEAR = 2.0, 0.2, -1.5


def ranked(parse: Parse, clarity: Mapping[str, float | None], gap: str = " ") -> dict[Key, Ranked]:
    """The sentences of a source, each as clear as said; ``gap`` stands between them."""
    article = analyse(source(1, gap.join(clarity)), parse)
    return {
        key_of(article, n): Ranked(article, n, 0, 0, 0, None, clarity[n.sentence.text], True)
        for n in article.lines
    }


@pytest.mark.parametrize(("how", "gap"), [(UNSURE, " "), (UNCLEAR, " "), (UNCLEAR, "\n\n")])
def test_an_unclear_sentence_is_told_behind_a_clear_one(parse: Parse, how: float, gap: str) -> None:
    near = ranked(parse, {BAN: CLEAR, LASTS: how}, gap)
    before, last = near.values()
    assert leans_on(last, near) == (before.line,)
    assert not is_hidden(last, near)


def test_a_paragraph_that_begins_with_a_doubtful_one_stands_by_itself(parse: Parse) -> None:
    near = ranked(parse, {BAN: CLEAR, LASTS: UNSURE}, "\n\n")
    last = [*near.values()][-1]
    assert leans_on(last, near) == ()
    assert not is_hidden(last, near)


def test_a_clear_sentence_needs_no_other(parse: Parse) -> None:
    near = ranked(parse, {BAN: CLEAR, LASTS: CLEAR})
    assert not any(leans_on(each, near) or is_hidden(each, near) for each in near.values())


def test_where_no_head_read_them_sentences_stand_as_they_are(parse: Parse) -> None:
    near = ranked(parse, {BAN: None, LASTS: None})
    assert not any(leans_on(each, near) or is_hidden(each, near) for each in near.values())


@pytest.mark.parametrize(("how", "hidden"), [(UNSURE, False), (UNCLEAR, True)])
def test_behind_an_unclear_one_only_what_is_plainly_unclear_is_hidden(
    parse: Parse, how: float, hidden: bool
) -> None:
    near = ranked(parse, {BAN: UNCLEAR, LASTS: how})
    last = [*near.values()][-1]
    assert leans_on(last, near) == ()
    assert is_hidden(last, near) is hidden


def test_two_long_sentences_are_not_told_together(parse: Parse) -> None:
    long = f"{BAN[:-1]} because she {'was late and ' * 25}left."
    near = ranked(parse, {long: CLEAR, LASTS: UNSURE})
    assert leans_on([*near.values()][-1], near) == ()
