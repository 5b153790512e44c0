"""Which item of one briefing is which of another: by the passages they rest on, then by words.

Passages are compared as stretches of texts known by their hash, so that sources may be numbered
otherwise. Each item is matched at most once; the best matches are taken first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz

from briefing.entries import Entry
from briefing.escaping import fold
from briefing.lexical import numbers

SAME_PLACE: Final = 0.5
"""Share of the smaller evidence, in characters, that two tellings of one item have in common."""
SAME_WORDS: Final = 80.0
"""Similarity of words (rapidfuzz, 0 … 100) from which items on other passages are the same."""

Spans = Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Placed:
    """An entry with the hashes of the texts that it cites, by source id."""

    entry: Entry
    hashes: Mapping[str, str]

    @cached_property
    def spans(self) -> Spans:
        """The stretches that it rests on, joined where they overlap, by the hash of their text."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for each in sorted(self.entry.evidence, key=lambda e: (e.start, e.end)):
            text = self.hashes.get(each.source_id, each.source_id)
            spans = found[text]
            if spans and each.start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(each.end, spans[-1][1]))
            else:
                spans.append((each.start, each.end))
        return found

    @cached_property
    def words(self) -> str:
        """What it says: for a disagreement, what its sides say."""
        sides = [said for name, said in self.entry.about.items() if name.startswith("side ")]
        return " ".join(fold(" ".join(sides) or self.entry.text).casefold().split())

    @cached_property
    def numbers(self) -> set[str]:
        """The numbers in its words."""
        return numbers(self.words)


@dataclass(frozen=True)
class _Candidate:
    left: int
    right: int
    same_words: bool
    shared: float

    @property
    def order(self) -> tuple[bool, float, int, int]:
        return (not self.same_words, -self.shared, self.left, self.right)


def match(left: Sequence[Placed], right: Sequence[Placed]) -> dict[int, int]:
    """Which of ``right`` is which of ``left``, by position; only items of one kind are matched."""
    found: dict[int, int] = {}
    for candidates in (_by_place, _by_words):
        free = set(range(len(right))) - set(found.values())
        rest = [n for n in range(len(left)) if n not in found]
        for each in sorted(candidates(left, rest, right, free), key=lambda c: c.order):
            if each.left not in found and each.right in free:
                found[each.left] = each.right
                free.discard(each.right)
    return found


def overlap(one: Spans, other: Spans) -> tuple[float, float]:
    """Shares of common characters: of the smaller evidence, and of both together (Jaccard)."""
    common = sum(_common(spans, other[text]) for text, spans in one.items() if text in other)
    here, there = _size(one), _size(other)
    if not common:
        return 0.0, 0.0
    return common / min(here, there), common / (here + there - common)


def _by_place(
    left: Sequence[Placed], rest: Iterable[int], right: Sequence[Placed], free: set[int]
) -> Iterator[_Candidate]:
    by_text: dict[str, list[int]] = defaultdict(list)
    for m in sorted(free):
        for text in right[m].spans:
            by_text[text].append(m)
    for n in rest:
        one = left[n]
        for m in sorted({m for text in one.spans for m in by_text[text]}):
            if right[m].entry.kind != one.entry.kind:
                continue
            of_smaller, of_both = overlap(one.spans, right[m].spans)
            if of_smaller >= SAME_PLACE:
                # What words have in common decides among items on one passage.
                alike = fuzz.token_sort_ratio(one.words, right[m].words) / 100
                yield _Candidate(n, m, one.words == right[m].words, of_both + alike)


def _by_words(
    left: Sequence[Placed], rest: Iterable[int], right: Sequence[Placed], free: set[int]
) -> Iterator[_Candidate]:
    for n in rest:
        one = left[n]
        for m in sorted(free):
            other = right[m]
            if other.entry.kind != one.entry.kind:
                continue
            alike = fuzz.token_sort_ratio(one.words, other.words, score_cutoff=SAME_WORDS)
            # Other numbers on other passages are another finding, however alike the rest is.
            if alike and one.numbers == other.numbers:
                yield _Candidate(n, m, one.words == other.words, alike)


def _size(spans: Spans) -> int:
    return sum(end - start for found in spans.values() for start, end in found)


def _common(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    return sum(max(0, min(e, end) - max(s, start)) for s, e in one for start, end in other)
