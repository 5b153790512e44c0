"""How likely it is that two sentences tell the same, by their meaning and their words.

A logistic regression of two signs: the cosine of their sentence vectors
(:mod:`briefing.model.encoder`), and the share of content that the one that says less has in common
with the other. Fitted on sentence pairs of twenty annotated events; docs/across.md has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from briefing.extract.articles import Article
from briefing.extract.salience import Key, key_of
from briefing.merge import Comparer, Told
from briefing.model.encoder import Encoder, load
from briefing.model.vectors import State, decode, encode
from briefing.paths import pipelines_dir
from briefing.store import ResultStore
from briefing.store import key_of as store_key

COSINE: Final = 8.0
SHARED: Final = 2.6
BIAS: Final = -6.35
ENGLISH: Final = "en"
_SEPARATOR: Final = "\n"


@dataclass(frozen=True)
class Nearness:
    """Compares sentences of ``comparer`` that have a vector in ``vectors``."""

    comparer: Comparer
    vectors: Mapping[Key, State]

    def odds(self, one: Told, other: Told) -> float | None:
        """Log-odds that the two tell the same; None where one of them has no vector."""
        first, second = self._vector(one), self._vector(other)
        if first is None or second is None:
            return None
        cosine = float(first @ second)
        return COSINE * cosine + SHARED * self.comparer.shared(one, other) + BIAS

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

    ``encoder`` is the folder of the encoder among the language pipelines; None without one.

    Raises: ModelUnusable where it cannot be used.
    """
    if not encoder:
        return None
    folder = pipelines_dir() / encoder
    vectors: dict[Key, State] = {}
    for article in articles:
        if (language or article.source.language).lower().startswith(ENGLISH):
            keys = [key_of(article, line) for line in article.lines]
            vectors |= zip(keys, _vectors(article, folder, store), strict=True)
    return Nearness(comparer, vectors)


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
