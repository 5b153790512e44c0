"""Plain lexical baselines: what counting words says, without a parser and without a model.

A checker that does no better than this is not worth its time, so it is printed beside every
figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Final

from briefing.grounding.verdicts import Ground
from briefing.lexical import STOP_WORDS, Weights, content_words, numbers, stem

Baseline = Callable[[str, Sequence[Ground]], float]

_WORD: Final = re.compile(r"[^\W\d_]+")


def lexical(statement: str, grounds: Sequence[Ground]) -> float:
    """Names and numbers, and by a quarter the content words, which tell ties apart: 0 … 1."""
    return 0.75 * names_and_numbers(statement, grounds) + 0.25 * content(statement, grounds)


def names_and_numbers(statement: str, grounds: Sequence[Ground]) -> float:
    """What share of the capitalised words and numbers of ``statement`` the grounds have.

    1 where it has none.
    """
    wanted = {w.lower() for w in _WORD.findall(statement) if w[0].isupper()} - STOP_WORDS
    have = {stem(w) for ground in grounds for w in _WORD.findall(ground.text)}
    digits = numbers(statement)
    seen = set(chain.from_iterable(numbers(ground.text) for ground in grounds))
    hits = sum(stem(w) in have for w in wanted) + len(digits & seen)
    total = len(wanted) + len(digits)
    return hits / total if total else 1.0


def content(statement: str, grounds: Sequence[Ground]) -> float:
    """What share of the weight of the content words of ``statement`` the grounds have.

    Words weigh by their rarity among the grounds; 1 where it has no content words.
    """
    words = content_words(statement)
    if not words:
        return 1.0
    texts = [content_words(ground.text) for ground in grounds]
    return Weights(texts).contained(words, chain.from_iterable(texts))
