"""One finding, told once: what other sources say the same, and what was told already.

A citation claims support. So a sentence of another source is cited for a statement only if it has
nearly all its content, all its numbers and names, and the same negations and hedges; what is
merely similar keeps a second telling out of the briefing, and is no citation.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.extract.articles import Article, Line
from briefing.lexical import Weights, content_words, numbers

SUPPORTED = 0.8
"""Share of a statement's content, by weight, that a sentence must have to be cited for it."""
RETOLD = 0.55
"""Share of content that two sentences have in common when the second tells nothing new."""
_COMMON = 200
"""A word in more sentences than this leads to no candidates: the others of the sentence do."""

_NAME = re.compile(r"(?<!^)(?<![.!?“\"‘] )\b[A-Z][\w’'-]+")
_POLARITY = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|den(?:y|ies|ied)|refus\w+"
    r"|reject\w*|fail\w*|only|may|might|could|would|will|should|must|can|expected|scheduled|plan\w*"
    r"|likely|unlikely|alleged\w*|reported\w*|accus\w+|claim\w*|if|unless|almost|nearly|about"
    r"|more than|over|less than|under|at least|up to)\b|n[’']t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """A sentence of an article, prepared for comparison."""

    article: Article
    line: Line

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of its content words."""
        return frozenset(content_words(self.line.sentence.text))

    @cached_property
    def facts(self) -> frozenset[str]:
        """Its numbers and the names inside it."""
        text = self.line.sentence.text
        names = {name.removesuffix("’s").removesuffix("'s") for name in _NAME.findall(text)}
        return frozenset(numbers(text) | names)

    @cached_property
    def polarity(self) -> Counter[str]:
        """Its negations, hedges and limits."""
        return Counter(m.lower() for m in _POLARITY.findall(self.line.sentence.text))


class Comparer:
    """Compares the sentences of all articles; candidates come from an index of rare words."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._told = [Told(article, line) for article in articles for line in article.lines]
        self._by_line = {(t.article.source.id, t.line.order): t for t in self._told}
        self._weights = Weights(list(t.words) for t in self._told)
        self._shared: dict[tuple[frozenset[str], frozenset[str]], float] = {}
        self._index: dict[str, list[int]] = defaultdict(list)
        for number, told in enumerate(self._told):
            for word in told.words:
                self._index[word].append(number)

    def told(self, article: Article, line: Line) -> Told:
        """The prepared form of ``line``."""
        return self._by_line[article.source.id, line.order]

    def supporters(self, statement: Told) -> Iterator[Told]:
        """Sentences of other sources that say all that ``statement`` says, in source order."""
        own = statement.article.source.id
        for other in self.near(statement):
            if other.article.source.id != own and self._supports(statement, other):
                yield other

    def rarity(self, word: str) -> float:
        """How rare ``word`` is among the sentences: its inverse document frequency."""
        return self._weights.of(word)

    def shared(self, one: Told, other: Told) -> float:
        """What share of the one that says less is said by the other as well: 0 … 1."""
        first, second = one.words, other.words
        known = self._shared.get((first, second))
        if known is None:
            contained = self._weights.contained
            known = max(contained(first, second), contained(second, first))
            self._shared[first, second] = self._shared[second, first] = known
        return known

    def retells(self, one: Told, other: Told) -> bool:
        """Whether one of the two says nothing new beside the other."""
        return self.shared(one, other) >= RETOLD

    def _supports(self, statement: Told, other: Told) -> bool:
        problem = other.line.problem
        if problem is not None and problem.name in {"form", "marks", "quotation", "pronoun"}:
            return False
        return (
            statement.facts <= other.facts | _as_words(other)
            and statement.polarity == other.polarity
            and self._weights.contained(statement.words, other.words) >= SUPPORTED
        )

    @property
    def every(self) -> Sequence[Told]:
        """All sentences, in the order of sources."""
        return self._told

    def akin(self, statement: Told) -> list[Told]:
        """Sentences that share two of its rarer words or more, itself among them."""
        lists = [self._index[w] for w in statement.words if len(self._index[w]) <= _COMMON]
        shared = Counter(number for found in lists for number in found)
        return [self._told[n] for n in sorted(shared) if shared[n] > 1]

    def near(self, statement: Told) -> list[Told]:
        """Sentences that share at least half of its rarer words, itself among them."""
        lists = [self._index[w] for w in statement.words if len(self._index[w]) <= _COMMON]
        shared = Counter(number for found in lists for number in found)
        needed = max(1, len(lists) // 2)
        return [self._told[n] for n in sorted(shared) if shared[n] >= needed]


def _as_words(told: Told) -> frozenset[str]:
    """All words of ``told`` as written: a name may begin the other sentence."""
    return frozenset(
        word.removesuffix("’s").removesuffix("'s")
        for word in re.findall(r"[\w’'-]+", told.line.sentence.text)
    )
