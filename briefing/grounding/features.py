"""What the judge's classifier sees of a statement and its evidence besides the model's answers.

All are plain numbers between 0 and about 5, cheap to compute, and the same on every machine.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from briefing.grounding import words
from briefing.grounding.reading import Reading
from briefing.lexical import STOP_WORDS, Weights, content_words, numbers, stem

MOST_DOUBTS = 3
"""More doubts of one kind say no more."""

_WORD = re.compile(r"[^\W\d_]+")


def lexical_features(statement: str, passages: Sequence[str]) -> dict[str, float]:
    """Overlap with all cited passages, without a parse: names, numbers, content words."""
    named = {stem(w) for w in _WORD.findall(statement) if w[0].isupper()} - STOP_WORDS
    have = {stem(w) for passage in passages for w in _WORD.findall(passage)}
    digits = numbers(statement)
    seen = set(chain.from_iterable(map(numbers, passages)))
    lacking = len(named - have) + len(digits - seen)
    texts = [content_words(passage) for passage in passages]
    return {
        "names_and_numbers": 1 - lacking / max(1, len(named) + len(digits)),
        "names_lacking": math.log1p(lacking),
        "content": Weights(texts).contained(content_words(statement), chain.from_iterable(texts)),
        "words_lacking": math.log1p(
            len(set(content_words(statement)) - set(chain.from_iterable(texts)))
        ),
        "length": math.log1p(len(statement.split())),
        "passages_length": math.log1p(sum(len(passage.split()) for passage in passages)),
    }


def parsed_features(statement: Reading, evidence: Sequence[Reading]) -> dict[str, float]:
    """How far the evidence covers the statement's words, sentences and pairs of words."""
    return {
        "coverage": words.coverage(statement, evidence),
        "sentence_coverage": words.sentence_coverage(statement, evidence),
        "arc_coverage": words.arc_coverage(statement, evidence),
    }


def doubt_features(doubts: Iterable[Mapping[str, int]]) -> dict[str, float]:
    """How many doubts each check of the facts layer has, over all claims of a statement."""
    total: dict[str, float] = {}
    for each in doubts:
        for name, count in each.items():
            total[f"doubts_{name}"] = min(MOST_DOUBTS, total.get(f"doubts_{name}", 0) + count)
    return total
