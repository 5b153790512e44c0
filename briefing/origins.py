"""Which sources and passages are copies of one text, so that it counts as one witness.

Texts are compared by their four-word shingles outside quotation marks: two reporters may quote
the same words, but do not write the same sentences around them. A passage is a copy where enough
of its shingles stand in an earlier source, or enough of an earlier passage's in it; paragraphs
that are cut differently are found too. Among sources of one origin quotations count as well. A
shingle is looked up only where it occurred first, which keeps time linear in the length of all
texts.

Not found: copies that were reworded throughout, translated, or consist of quotations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing.shingles import salted, shingles
from briefing.types import Passage, Source, Value

PASSAGE_SHARE = 0.35
"""Share of a passage's shingles that makes it a copy …"""
PASSAGE_SHINGLES = 6
"""… where at least so many are shared …"""
REPEAT_SHINGLES = 3
"""… or so many inside one origin, where less is needed to call a passage a repetition."""
SOURCE_SHARE = 0.5
"""Share of the shorter source's shingles that makes two sources one origin …"""
LONGER_SHARE = 0.25
"""… where this share of the longer one's is shared too: an agency brief inside a long report is a
copied passage, not the same report."""


class Origins(Value):
    """Who wrote what, as far as copying shows.

    ``by_source`` maps every source id to its origin (``O1``, ``O2`` … in order of sources);
    ``by_passage`` maps passages copied between origins to the origin of the first source that has
    them; ``copies`` maps a passage to the earlier ones that it repeats, here or in other sources.
    """

    by_source: dict[str, str]
    by_passage: dict[str, str]
    copies: dict[str, tuple[str, ...]]

    def of(self, source_id: str, passage_id: str) -> str:
        """The origin of a passage: where it was copied from, else that of its source."""
        return self.by_passage.get(passage_id, self.by_source[source_id])


def find_origins(articles: Sequence[tuple[Source, Sequence[Passage]]]) -> Origins:
    """Recognise near-copies among sources and among their passages (body and captions).

    The first source that has a text counts as its origin, so the result depends on their order.
    """
    placed = [
        (number, passage)
        for number, (_, passages) in enumerate(articles)
        for passage in passages
        if passage.kind in ("body", "caption")
    ]
    texts = [passage.text for _, passage in placed]
    number_of = [number for number, _ in placed]
    hashes, at = shingles(texts)
    whole = _join_sources(_overlap(hashes, np.array(number_of, dtype=np.int64)[at]), len(articles))
    between = _copies(_overlap(hashes, at), number_of, PASSAGE_SHINGLES)
    origin_of = np.array([whole[number] for number in number_of], dtype=np.uint64)
    hashes, at = shingles(texts, quotations=True)
    inside = _copies(_overlap(salted(hashes, origin_of[at]), at), number_of, REPEAT_SHINGLES)

    labels = _labels(whole)
    ids = [passage.id for _, passage in placed]
    groups = _Groups(len(placed))
    for copy, owner in between:
        groups.join(copy, owner)
    first = [labels[number_of[groups.first(index)]] for index in range(len(placed))]
    copies: dict[str, tuple[str, ...]] = {}
    for copy, owner in sorted({*between, *inside}):
        copies[ids[copy]] = (*copies.get(ids[copy], ()), ids[owner])
    return Origins(
        by_source={source.id: labels[n] for n, (source, _) in enumerate(articles)},
        by_passage={
            ids[index]: label
            for index, label in enumerate(first)
            if label != labels[number_of[index]]
        },
        copies=copies,
    )


@dataclass(frozen=True)
class _Overlap:
    """How many shingles items have, and share with the item where each of them occurred first."""

    sizes: dict[int, int]
    shared: dict[int, list[tuple[int, int]]]


def _overlap(hashes: NDArray[np.uint64], items: NDArray[np.int64]) -> _Overlap:
    """``items[i]`` has the shingle ``hashes[i]``; the smaller item number is the earlier one."""
    order = np.lexsort((items, hashes))
    hashes, items = hashes[order], items[order]
    new = np.ones(len(items), dtype=bool)
    new[1:] = (hashes[1:] != hashes[:-1]) | (items[1:] != items[:-1])
    hashes, items = hashes[new], items[new]
    sizes = dict(
        zip(*(found.tolist() for found in np.unique(items, return_counts=True)), strict=True)
    )
    starts = np.ones(len(items), dtype=bool)
    starts[1:] = hashes[1:] != hashes[:-1]
    first = items[starts][np.cumsum(starts) - 1] if len(items) else items
    later = items != first
    pairs, counts = np.unique(np.stack((items[later], first[later])), axis=1, return_counts=True)
    shared: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (item, owner), count in zip(pairs.T.tolist(), counts.tolist(), strict=True):
        shared[item].append((owner, count))
    return _Overlap(sizes, dict(shared))


class _Groups:
    """Disjoint sets of numbers; the smallest member stands for its set."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def first(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.first(one), self.first(other)))
        self._parent[high] = low


def _join_sources(overlap: _Overlap, count: int) -> list[int]:
    """For each source the first of its origin."""
    groups = _Groups(count)
    for source in range(count):
        common: dict[int, int] = defaultdict(int)
        for owner, shared in overlap.shared.get(source, ()):
            common[groups.first(owner)] += shared
        for first, shared in common.items():
            short, long = sorted((overlap.sizes[source], overlap.sizes[first]))
            enough = shared >= min(PASSAGE_SHINGLES, short)
            if enough and shared >= SOURCE_SHARE * short and shared >= LONGER_SHARE * long:
                groups.join(source, first)
    return [groups.first(source) for source in range(count)]


def _copies(overlap: _Overlap, number_of: Sequence[int], at_least: int) -> list[tuple[int, int]]:
    """Pairs (passage, earlier passage) where one copies or contains the other."""
    return [
        (passage, owner)
        for passage in sorted(overlap.shared)
        for owner in _copied_from(passage, overlap, number_of, at_least)
    ]


def _copied_from(
    passage: int, overlap: _Overlap, number_of: Sequence[int], at_least: int
) -> Iterator[int]:
    """Earlier passages that this one copies (perhaps several of a source) or contains."""
    owners = overlap.shared[passage]
    by_source: dict[int, int] = defaultdict(int)
    for owner, shared in owners:
        by_source[number_of[owner]] += shared
    for owner, shared in owners:
        copied = by_source[number_of[owner]] >= PASSAGE_SHARE * overlap.sizes[passage]
        contained = shared >= PASSAGE_SHARE * overlap.sizes[owner]
        if shared >= at_least and (copied or contained):
            yield owner


def _labels(first: Sequence[int]) -> list[str]:
    """``O1``, ``O2`` … in order of the first source of each origin."""
    number = {source: f"O{at}" for at, source in enumerate(sorted(set(first)), start=1)}
    return [number[source] for source in first]
