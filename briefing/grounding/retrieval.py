"""The passages of a source that a claim is best judged by, found by their words.

BM25 over light stems and adjacent pairs of them, with numbers and names weighing more. Passages
are taken one after another, each for what it adds to those already taken: a set that covers the
whole claim is better evidence than several passages on its first half. A passage lends a little to
its neighbours, because "He resigned" is about the one named before.

Words that mean the same without looking alike are not found.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.lexical import STOP_WORDS, stem

SATURATION, LENGTH_SHARE = 0.8, 0.4
"""BM25's k1 and b."""
NUMBER, NAME, PAIR = 1.5, 1.2, 0.5
"""What a number, a capitalised word and a pair of adjacent words weigh, against a plain word."""
NEIGHBOUR = 0.2
"""What share of a match counts for the passages before and after it."""
REMAINING = 0.7
"""What share of a word's weight is left for the next passage once one has it."""

_WORD = re.compile(r"\d[\d.,]*\d|\d+|[^\W\d_]+(?:[’'][^\W\d_]+)?")
_PIECE = re.compile(r"\w{1,7}|[^\w\s]")
_ENDING = re.compile(
    r"(?<=.{4})(?:ations?|ments?|ness|ings?|ity|ities|[eo]rs?|ions?|ives?|al|[ey])$"
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|s)\b")
_SHORT_YEAR = re.compile(r"(?<!\w)['’‘](\d\d)\b")
_MONTHS = {
    form: name[:3]
    for name in (
        "january february march april may june july august september october november december"
    ).split()
    for form in (name, name[:3], name[:4] if name == "september" else name)
}
_NUMBERS = {
    word: str(number)
    for words in (
        "zero one two three four five six seven eight nine ten eleven twelve",
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth",
    )
    for number, word in enumerate(words.split())
}

Term = str | tuple[str, str]


@dataclass(frozen=True)
class Hit:
    """A passage by index, and the share of the claim's weight that it added: 0 … about 2."""

    index: int
    gain: float


class Retriever:
    """Finds passages of one source; made once, asked for each claim.

    Making it is linear in the length of the passages, a question in the number of matches.
    """

    def __init__(self, passages: Sequence[str]) -> None:
        terms = [_terms(passage) for passage in passages]
        lengths = [len(words) for words in terms]
        mean = sum(lengths) / max(1, len(lengths)) or 1.0
        self._size = len(passages)
        self._tokens = [tokens(passage) for passage in passages]
        self._found: defaultdict[Term, dict[int, float]] = defaultdict(dict)
        for index, words in enumerate(terms):
            damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths[index] / mean)
            for term, count in Counter(word for word, _ in words).items():
                self._found[term][index] = count * (1 + SATURATION) / (count + damping)
            for pair in _adjacent(words):
                self._found[pair][index] = 1.0

    def best(self, claim: str, count: int, budget: int | None = None) -> list[int]:
        """Indices of at most ``count`` passages in document order, of ``budget`` tokens at most."""
        return sorted(hit.index for hit in self.hits(claim, count, budget))

    def hits(self, claim: str, count: int, budget: int | None = None) -> list[Hit]:
        """The passages in the order of choice, each with what it added.

        Passages that share nothing with the claim are not among them; one that does not fit into
        what is left of ``budget`` is passed over.
        """
        left = self._weights(claim)
        strengths = self._strengths(left)
        room = math.inf if budget is None else budget
        chosen: list[Hit] = []
        while len(chosen) < count:
            strengths = {i: s for i, s in strengths.items() if self._tokens[i] <= room}
            if not strengths:
                break
            gains = {
                i: sum(left[t] * s for t, s in found.items()) for i, found in strengths.items()
            }
            best = max(gains, key=lambda index: (gains[index], -index))
            chosen.append(Hit(best, gains[best]))
            room -= self._tokens[best]
            for term, strength in strengths.pop(best).items():
                left[term] *= 1 - (1 - REMAINING) * min(1.0, strength)
        return chosen

    def _weights(self, claim: str) -> dict[Term, float]:
        """The terms of ``claim`` and what share of it each is; pairs only where found."""
        words = _terms(claim)
        weights: dict[Term, float] = {}
        for word, factor in words:
            weights[word] = max(weights.get(word, 0.0), factor * self._rarity(word))
        total = sum(weights.values()) or 1.0
        weights = {word: weight / total for word, weight in weights.items()}
        for pair in _adjacent(words):
            if pair in self._found:
                weights[pair] = PAIR * (weights[pair[0]] + weights[pair[1]]) / 2
        return weights

    def _rarity(self, term: Term) -> float:
        seen = len(self._found.get(term, ()))
        return math.log1p((self._size - seen + 0.5) / (seen + 0.5))

    def _strengths(self, weights: dict[Term, float]) -> dict[int, dict[Term, float]]:
        """How strongly each passage has each term, itself or by a neighbour."""
        strengths: defaultdict[int, dict[Term, float]] = defaultdict(dict)
        for term in weights:
            found = self._found.get(term, {})
            for index, strength in found.items():
                strengths[index][term] = strength
                for beside in (index - 1, index + 1):
                    if 0 <= beside < self._size and beside not in found and isinstance(term, str):
                        lent = NEIGHBOUR * strength
                        strengths[beside][term] = max(lent, strengths[beside].get(term, 0.0))
        return dict(strengths)


def tokens(text: str) -> int:
    """About how many tokens of a language model ``text`` is."""
    return len(_PIECE.findall(text))


def _terms(text: str) -> list[tuple[str, float]]:
    """The content words of ``text`` in a form to match, each with its factor."""
    plain = _ORDINAL.sub("", _SHORT_YEAR.sub(_long_year, text))
    return [
        (_form(match[0]), _factor(match))
        for match in _WORD.finditer(plain)
        if match[0].lower() not in STOP_WORDS or match[0].lower() in _NUMBERS
    ]


def _factor(match: re.Match[str]) -> float:
    word = match[0]
    if word[0].isdigit():
        return NUMBER
    return NAME if word[0].isupper() and match.start() > 0 else 1.0


def _form(word: str) -> str:
    lower = word.lower()
    if lower in _NUMBERS:
        return _NUMBERS[lower]
    if word[0].isdigit():
        return word.replace(",", "")
    if word[0].isupper() and lower in _MONTHS:
        return _MONTHS[lower]
    return _ENDING.sub("", stem(word))


def _long_year(match: re.Match[str]) -> str:
    century = "19" if int(match[1]) > 40 else "20"
    return century + match[1]


def _adjacent(words: Sequence[tuple[str, float]]) -> set[tuple[str, str]]:
    return {(left, right) for (left, _), (right, _) in pairwise(words)}
