"""How much a sentence is worth telling, without a model: a linear score of a few signs.

The weights are rounded ones of logistic regressions over the sentences of annotated events; each
sign is taken in standard deviations from its source's mean. docs/selection.md has what each is
worth on events that were left out.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from briefing.extract.articles import Article, Line
from briefing.lexical import Weights, content_words

WEIGHTS: Final = {
    "entities": 0.5,
    "quoted": -0.4,
    "event": 0.3,
    "echo": 0.3,
    "present": -0.3,
    "length": 0.25,
    "earlier": -0.25,
    "open": -0.2,
    "spread": 0.15,
    "topic": 0.4,
    "position": 0.1,
}
"""Of each sign that a sentence is worth telling."""
BESIDE_HEAD: Final = {
    "entities": 0.45,
    "quoted": -0.35,
    "length": 0.35,
    "open": -0.25,
    "earlier": -0.2,
    "echo": 0.2,
    "topic": 0.2,
    "spread": 0.15,
    "present": -0.1,
    "position": 0.1,
}
"""The same where a head reads the model's state, which knows more of it."""
PROMINENCE: Final = {
    "position": 0.6,
    "echo": 0.3,
    "spread": 0.3,
    "entities": 0.2,
    "topic": 0.2,
    "length": 0.2,
    "earlier": -0.15,
}
"""Of each sign that what is worth telling is the main thing. Where it stands says little about the
former, and most about the latter."""
_COMMON: Final = 60
"""A word in more sentences than this leads to no echo: the others of the sentence do."""

Key = tuple[str, int]
"""Source id and place of a sentence."""


def key_of(article: Article, line: Line) -> Key:
    """The key of ``line``."""
    return article.source.id, line.order


@dataclass(frozen=True)
class Salience:
    """What speaks for a sentence, near 0 in the mean of its source.

    ``worth``: that it is worth telling at all, and ``beside`` a head; ``prominence``: that it is
    the main thing, and to be told first.
    """

    worth: float
    beside: float
    prominence: float


def salience(
    articles: Sequence[Article], origins: Mapping[str, str], topic: str | None
) -> dict[Key, Salience]:
    """The scores of every body sentence."""
    words = {key_of(a, n): set(content_words(n.sentence.text)) for a in articles for n in a.lines}
    across = _Across(articles, origins, words)
    wanted = set(content_words(topic or ""))
    scores: dict[Key, Salience] = {}
    for article in articles:
        keys = [key_of(article, line) for line in article.lines]
        columns: dict[str, list[float]] = {
            "position": [-math.log1p(line.order) for line in article.lines],
            "topic": [len(wanted & words[key]) / max(1, len(wanted)) for key in keys],
            "spread": [across.spread(key) for key in keys],
            "echo": [across.echo(key) for key in keys],
        }
        for name in ("entities", "length", "quoted", "event", "present", "earlier", "open"):
            columns[name] = [getattr(line.signs, name) for line in article.lines]
        standard = {name: z_scores(values) for name, values in columns.items()}
        sums = (_weighed(standard, w) for w in (WEIGHTS, BESIDE_HEAD, PROMINENCE))
        scores.update(zip(keys, map(Salience, *sums), strict=True))
    return scores


def _weighed(columns: Mapping[str, Sequence[float]], weights: Mapping[str, float]) -> list[float]:
    weighted = [[weight * z for z in columns[name]] for name, weight in weights.items()]
    return [sum(each) for each in zip(*weighted, strict=True)]


class _Across:
    """What sentences have in common with those of other origins."""

    def __init__(
        self, articles: Sequence[Article], origins: Mapping[str, str], words: Mapping[Key, set[str]]
    ) -> None:
        self._words = words
        self._origin = {a.source.id: origins.get(a.source.id, a.source.id) for a in articles}
        self._others = max(1, len(set(self._origin.values())) - 1)
        self._weights = Weights([tuple(each) for each in words.values()])
        self._index: dict[str, list[Key]] = defaultdict(list)
        for key, mine in words.items():
            for word in mine:
                self._index[word].append(key)

    def spread(self, key: Key) -> float:
        """The share of other origins that have a word of the sentence, in the mean over words."""
        mine = self._words[key]
        shares = [
            (len({self._origin[source] for source, _ in self._index[word]}) - 1) / self._others
            for word in mine
        ]
        return statistics.fmean(shares) if shares else 0.0

    def echo(self, key: Key) -> float:
        """How far another origin says the same: the best sentence of each, in the mean."""
        mine, own = self._words[key], self._origin[key[0]]
        near: Counter[Key] = Counter()
        for word in mine:
            if len(self._index[word]) <= _COMMON:
                near.update(k for k in self._index[word] if self._origin[k[0]] != own)
        best: dict[str, float] = {}
        for other in near:
            origin = self._origin[other[0]]
            share = self._weights.contained(mine, self._words[other])
            best[origin] = max(best.get(origin, 0.0), share)
        return sum(best.values()) / self._others


def z_scores(values: Sequence[float], usual: Sequence[float] | None = None) -> list[float]:
    """``values`` in standard deviations from the mean of ``usual`` (of themselves without one)."""
    usual = values if usual is None else usual
    if len(usual) < 2:
        return [0.0] * len(values)
    mean, deviation = statistics.fmean(usual), statistics.pstdev(usual)
    return [(value - mean) / deviation if deviation > 1e-9 else 0.0 for value in values]
