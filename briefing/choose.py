"""Which of the weighed sentences are shown, and in what order.

One after the other, each for its weight, less what it has in common with one that is shown
(maximal marginal relevance, Carbonell and Goldstein 1998), and more for words that independent
texts share and nothing shown has yet (concept coverage, Gillick and Favre 2009).
docs/selection.md has what both are worth.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from briefing.extract.articles import Line
from briefing.extract.select import Ranked
from briefing.merge import RETOLD, Comparer, Told
from briefing.types import Evidence

REPETITION: Final = 2.0
"""What a sentence loses that shares all its content with one shown: twice their deviation."""
COVERAGE: Final = 0.8
"""What a sentence gains for each of its shared words that nothing shown has, by the word's weight
and the root of the sentence's length."""
TOLD_AGAIN: Final = 0.3
"""What is left of a word's gain with each sentence shown that has it."""
MIN_IMPORTANCE: Final = -0.3
"""An outcome is about as important as its source's average sentence: little is no reason
to show what does not matter."""
MOST: Final = 30
PER_ROOT: Final = 2.2
"""Outcomes shown for the root of the number of different sentences: 16 of 50, 22 of 100."""
QUESTIONS_PER_ROOT: Final = 1.3
"""Open questions, likewise."""
UNSETTLED: Final = 0.5
"""Of each way in which a sentence says that something is open, beside the model's answer."""
MOST_WAYS: Final = 3


def openness(ranked: Ranked) -> float:
    """How plainly a sentence says that something is open: by its words, and by the model."""
    ways = min(ranked.line.signs.unsettled, MOST_WAYS)
    return UNSETTLED * ways + (ranked.openness or 0.0)


@dataclass(frozen=True)
class Pick:
    """A sentence picked for a section, with what supports it.

    ``before`` are the lines before it that are told with it.
    """

    ranked: Ranked
    told: Told
    evidence: tuple[Evidence, ...]
    weight: float
    before: tuple[Line, ...] = ()


def room(told: Iterable[Told], per_root: float) -> int:
    """How many items a briefing of the sentences ``told`` has room for; copies count once."""
    different = len({each.words for each in told})
    return max(1, min(MOST, round(per_root * math.sqrt(different))))


class Coverage:
    """The words that independent texts share, and how often those shown have them.

    Args:
        told: every sentence of the documents, with the origin of its text.
        comparer: weighs words by how rare they are.
    """

    def __init__(self, told: Iterable[tuple[Told, str]], comparer: Comparer) -> None:
        self._origins: defaultdict[str, set[str]] = defaultdict(set)
        every: set[str] = set()
        for each, origin in told:
            every.add(origin)
            for word in each.words:
                self._origins[word].add(origin)
        self._others = max(1, len(every) - 1)
        self._comparer = comparer
        self._shown: Counter[str] = Counter()

    def gain(self, told: Told) -> float:
        """What ``told`` would add to what is shown."""
        new = sum(self._worth(word) * TOLD_AGAIN ** self._shown[word] for word in told.words)
        return COVERAGE * new / math.sqrt(len(told.words) + 4)

    def show(self, told: Told) -> None:
        """Count ``told`` as shown."""
        self._shown.update(told.words)

    def _worth(self, word: str) -> float:
        shared = (len(self._origins[word]) - 1) / self._others
        return shared * self._comparer.rarity(word)


def choose(
    candidates: Iterable[Pick], comparer: Comparer, coverage: Coverage, most: int
) -> list[Pick]:
    """At most ``most`` of ``candidates``, the most worth telling first, each finding once."""
    left = list(candidates)
    nearest = [0.0] * len(left)
    chosen: list[Pick] = []
    while left and len(chosen) < most:
        worth = [_novel(p, near, coverage) for p, near in zip(left, nearest, strict=True)]
        place = max(range(len(left)), key=lambda n: (worth[n], -n))
        if worth[place] < MIN_IMPORTANCE:
            break
        taken = left.pop(place)
        nearest.pop(place)
        chosen.append(taken)
        coverage.show(taken.told)
        nearest = _nearest(left, nearest, taken, comparer)
    return chosen


def _novel(pick: Pick, shared: float, coverage: Coverage) -> float:
    if shared >= RETOLD:
        return -math.inf
    return pick.weight - REPETITION * shared + coverage.gain(pick.told)


def _nearest(
    left: Sequence[Pick], before: Sequence[float], taken: Pick, comparer: Comparer
) -> list[float]:
    """For each of ``left``, what it shares with the nearest that is shown, now with ``taken``."""
    return [
        max(near, comparer.shared(pick.told, taken.told))
        for pick, near in zip(left, before, strict=True)
    ]
