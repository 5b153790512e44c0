"""How likely it is that two sentences tell the same, by their meaning and their words.

A logistic regression of two signs: the cosine of their sentence vectors
(:mod:`briefing.model.encoder`) against what is usual between sentences of these sources, and the
share of content that the one that says less has in common with the other. Long reports on one
meeting are nearer to each other throughout than short ones on a fire. Fitted on sentence pairs of
twenty annotated events; docs/across.md has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from briefing.extract.articles import Article
from briefing.extract.salience import Key, key_of
from briefing.merge import Comparer, Told
from briefing.model.encoder import Array, Encoder, load
from briefing.model.vectors import State, decode, encode
from briefing.paths import pipelines_dir
from briefing.store import ResultStore
from briefing.store import key_of as store_key

COSINE: Final = 0.91
SHARED: Final = 2.5
BIAS: Final = -5.3
LEAST_DEVIATION: Final = 0.05
"""Of cosines: a few sentences may all be as near to each other."""
ENGLISH: Final = "en"
_SEPARATOR: Final = "\n"


@dataclass(frozen=True)
class Nearness:
    """Compares sentences of ``comparer`` that have a vector in ``vectors``.

    ``usual`` are mean and standard deviation of the cosine of sentences of different sources.
    """

    comparer: Comparer
    vectors: Mapping[Key, State]
    usual: tuple[float, float]

    def odds(self, one: Told, other: Told) -> float | None:
        """Log-odds that the two tell the same; None where one of them has no vector."""
        first, second = self._vector(one), self._vector(other)
        if first is None or second is None:
            return None
        mean, deviation = self.usual
        nearer = (float(first @ second) - mean) / deviation
        return COSINE * nearer + SHARED * self.comparer.shared(one, other) + BIAS

    def _vector(self, told: Told) -> State | None:
        return self.vectors.get(key_of(told.article, told.line))


def nearness(
    articles: Sequence[Article],
    comparer: Comparer,
    encoder: str,
    store: ResultStore,
    language: str | None = None,
) -> Nearness | None:
    """Of the English ones of ``articles``, which are in ``language`` if it is given.

    ``encoder`` is the folder of the encoder among the language pipelines; None without one, or
    where no two articles can be compared.

    Raises: ModelUnusable where it cannot be used.
    """
    read = [a for a in articles if (language or a.source.language).lower().startswith(ENGLISH)]
    if not encoder or len(read) < 2:
        return None
    folder = pipelines_dir() / encoder
    vectors: dict[Key, State] = {}
    groups: list[Array] = []
    for article in read:
        keys = [key_of(article, line) for line in article.lines]
        own = _vectors(article, folder, store)
        vectors |= zip(keys, own, strict=True)
        groups += [np.stack(own)] if own else []
    return Nearness(comparer, vectors, usual(groups))


def usual(groups: Sequence[Array]) -> tuple[float, float]:
    """Mean and deviation of the cosine of vectors of different ``groups`` (sentences, width).

    From sums alone: the squares of all products are those of the Gram matrix of the columns.
    """
    if len(groups) < 2:
        return 0.0, 1.0
    every = np.concatenate(groups)
    pairs = len(every) ** 2 - sum(len(group) ** 2 for group in groups)
    total, squares = _sums(every)
    inside = [_sums(group) for group in groups]
    mean = (total - sum(each for each, _ in inside)) / pairs
    square = (squares - sum(each for _, each in inside)) / pairs
    return mean, max(LEAST_DEVIATION, max(0.0, square - mean * mean) ** 0.5)


def _sums(vectors: Array) -> tuple[float, float]:
    """Of the products of all pairs of ``vectors``, and of their squares."""
    along, gram = vectors.sum(axis=0), vectors.T @ vectors
    return float(along @ along), float((gram * gram).sum())


def _vectors(article: Article, folder: Path, store: ResultStore) -> list[State]:
    """One for each line of ``article``, with the precision in which they are kept."""
    sentences = [line.sentence.text for line in article.lines]
    key = store_key("vectors", encoder=folder.name, sentences=sentences)
    kept = store.get(key)
    known = () if kept is None else tuple(kept.decode("ascii").split(_SEPARATOR))
    if len(known) != len(sentences):
        known = encode(list(_opened(folder).encode(sentences)))
        store.put(key, _SEPARATOR.join(known).encode("ascii"))
    return decode(known)


@cache
def _opened(folder: Path) -> Encoder:
    return load(folder)
