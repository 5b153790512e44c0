"""The words around a figure, and what a word that two sentences share is worth (English)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from briefing.across.clause import carries, key_of
from briefing.across.figures import Figure
from briefing.across.same import owners
from briefing.across.told import Told
from briefing.across.words import alike, words
from briefing.grounding.thesaurus import broader
from briefing.lexical import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_COMMON = ((4, 1.0), (8, 0.7), (16, 0.4))
"""A word in at most so many sentences of the event weighs so much."""
_RARELY = 0.15
_UNSEEN = _COMMON[0][1]
_SHORT = 4
_MEASURED = frozenset({"percent", "point", "euro", "dollar", "crown", "pound", "cent", "metre"})


@dataclass(frozen=True)
class Weights:
    """In how many sentences of the event each word stands."""

    counts: Counter[str]

    @cached_property
    def _worth(self) -> dict[str, float]:
        return {word: _worth_of(count) for word, count in self.counts.items()}

    def of(self, word: str) -> float:
        """What a shared word is worth."""
        return self._worth.get(word, _UNSEEN)

    def total(self, words: Iterable[str]) -> float:
        """What they are worth together."""
        worth = self._worth
        return sum([worth.get(word, _UNSEEN) for word in words])


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Words of a figure's clause, of the rest of its sentence, and of the sentence before."""

    near: frozenset[str]
    far: frozenset[str]
    before: frozenset[str]

    @cached_property
    def sentence(self) -> frozenset[str]:
        """The words of its sentence."""
        return self.near | self.far


def _worth_of(count: int) -> float:
    return next((w for most, w in _COMMON if count <= most), _RARELY)


def weights_of(told: Sequence[Told]) -> Weights:
    """Count the words of all sentences."""
    return Weights(Counter(word for each in told for word in keys_of(each)))


@lru_cache(maxsize=4096)
def keys_of(told: Told) -> frozenset[str]:
    """The words of a sentence that say what it is about."""
    return _keys_in(told.span)


def _keys_in(span: Span) -> frozenset[str]:
    found = {key_of(t) for t in span if _tells(t) and not t.like_num}
    return frozenset(found) - _MEASURED


def _tells(token: Token) -> bool:
    """Whether a word says what a sentence is about; “underground” and “overnight” do as well."""
    adverb = token.pos_ == "ADV" and len(token) > _SHORT and token.lower_ not in STOP_WORDS
    return carries(token) or (adverb and not token.lower_.endswith("ly"))


@lru_cache(maxsize=4096)
def surroundings(figure: Figure) -> Surroundings:
    """The words around a figure, without those of the figure itself."""
    told = figure.told
    own = {figure.thing, *(t.lemma_.lower() for t in told.doc if _inside(figure, t.idx))}
    sentence = keys_of(told)
    scope = {key_of(t) for t in figure.clause.scope if _tells(t)}
    near = (scope | figure.narrowed | set(owners(figure))) & sentence - own
    before = _before(told)
    return Surroundings(
        near=frozenset(near),
        far=sentence - near - own,
        before=_keys_in(before) - sentence if before is not None else frozenset(),
    )


def _before(told: Told) -> Span | None:
    """The sentence before it, where the passage has one."""
    if told.before is None:
        return None
    base = told.line.passage.start
    start, end = told.before.start - base, told.before.end - base
    return told.doc.char_span(start, end, alignment_mode="expand")


def _inside(figure: Figure, offset: int) -> bool:
    return figure.start <= offset < figure.end


def same_kind(one: str, other: str) -> bool:
    """One word, synonyms, a kind and what it is a kind of, or people of whatever group."""
    people = words("things", "groups") | {"people"}
    if one in people and other in people:
        mates = words("things", "mates")
        return "people" in {one, other} or one == other or {one, other} <= mates
    return alike(one, other) or one in broader(other) or other in broader(one)
