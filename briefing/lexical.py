"""Words that carry content, and what they weigh: the lexical features of ranking and merging.

Everything is linear in the length of the texts. Words are matched by a light stem, which joins
"talk", "talks", "talked" and no more.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"\d[\d.,]*\d|\d+|[^\W\d_]+(?:[’'][^\W\d_]+)?", re.UNICODE)
_ENDING = re.compile(r"(?:[’']s?|(?<=[a-z]{3})(?:ing|ed|es|s|ly))$")
STOP_WORDS = frozenset(
    """a about above after again against all also although am among an and any are as at be
    because been before being below between both but by can could did do does doing down
    during each either else ever every few for from further had has have having he her here
    hers herself him himself his how however i if in into is it its itself just like made make
    many may me might more most much must my myself nor of off on once one only onto or other
    others our ours out over own per rather said same saying says shall she should since so
    some such than that the their theirs them themselves then there these they this those
    though through thus to told too toward towards under until up upon us very was we were
    what when where whether which while who whom whose why will with within would yet you your
    yours mr mrs ms dr""".split()
)


def stem(word: str) -> str:
    """``word`` in lower case without a common ending."""
    return _ENDING.sub("", word.lower())


def content_words(text: str) -> list[str]:
    """The stems of the words of ``text`` that are no stop words, in order."""
    return [stem(w) for w in _WORD.findall(text) if w.lower() not in STOP_WORDS]


def numbers(text: str) -> set[str]:
    """The numbers in ``text`` as written, without separators of thousands."""
    return {n.replace(",", "").rstrip(".") for n in _WORD.findall(text) if n[0].isdigit()}


class Weights:
    """Inverse document frequency of words over ``texts`` (BM25's form, never negative)."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        counts: Counter[str] = Counter()
        size = 0
        for words in texts:
            counts.update(set(words))
            size += 1
        self._unseen = _weight(0, size)
        self._weights = {word: _weight(seen, size) for word, seen in counts.items()}

    def of(self, word: str) -> float:
        """The weight of ``word``; unseen words weigh most."""
        return self._weights.get(word, self._unseen)

    def contained(self, part: Iterable[str], whole: Iterable[str]) -> float:
        """What share of the weight of ``part`` is found in ``whole``: 0 … 1."""
        words, inside = frozenset(part), frozenset(whole)
        if words.isdisjoint(inside):
            return 0.0
        weights, unseen = self._weights, self._unseen
        # subtle: both sums in one order, so that all of the words are exactly 1.
        total = sum([weights.get(word, unseen) for word in words])
        return sum([weights.get(word, unseen) for word in words if word in inside]) / total


def _weight(seen: int, size: int) -> float:
    return math.log1p((size - seen + 0.5) / (seen + 0.5))
