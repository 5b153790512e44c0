"""How likely two figures tell of one thing, by the words around them (English).

:mod:`briefing.across.same` knows the constructions that prove it. Writers have more of them, so
here signs are added up: shared words, rare ones more, near ones more; what is counted; the size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.across.clause import carries, key_of
from briefing.across.dated import far_apart
from briefing.across.figures import Figure
from briefing.across.same import near_acts, owners, times_agree
from briefing.across.told import Told
from briefing.across.words import act_of, alike, words
from briefing.grounding.thesaurus import broader
from briefing.lexical import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

ENOUGH = 2.25
"""Two figures with this score tell of one thing; found on the development events."""
_NEAR, _FAR, _BEFORE = 1.0, 0.5, 0.5
_COMMON = ((4, 1.0), (8, 0.7), (16, 0.4))
"""A word in at most so many sentences of the event weighs so much."""
_RARELY = 0.15
_SHORT = 4
_HOUR = 60
_ELSEWHERE = 0.6
_MEASURED = frozenset({"percent", "point", "euro", "dollar", "crown", "pound", "cent", "metre"})
_SOME = frozenset("child girl boy baby woman man teenager pensioner foreigner tourist".split())
"""Groups that people are partly made of: “three children” among “12 people”."""
_AHEAD = {"future", "intended", "possible", "conditional"}


@dataclass(frozen=True)
class Weights:
    """In how many sentences of the event each word stands."""

    counts: Counter[str]

    def of(self, word: str) -> float:
        """What a shared word is worth."""
        return next((w for most, w in _COMMON if self.counts[word] <= most), _RARELY)


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Words of a figure's clause, of the rest of its sentence, and of the sentence before."""

    near: frozenset[str]
    far: frozenset[str]
    before: frozenset[str]


def weights_of(told: Sequence[Told]) -> Weights:
    """Count the words of all sentences."""
    return Weights(Counter(word for each in told for word in keys_in(each.span)))


def keys_in(span: Span) -> frozenset[str]:
    """The words of a sentence that say what it is about."""
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
    sentence = keys_in(told.span)
    scope = {key_of(t) for t in figure.clause.scope if _tells(t)}
    near = (scope | figure.narrowed | set(owners(figure))) & sentence - own
    before = _before(told)
    return Surroundings(
        near=frozenset(near),
        far=sentence - near - own,
        before=keys_in(before) - sentence if before is not None else frozenset(),
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


def affinity(one: Figure, other: Figure, weights: Weights) -> float:
    """How much speaks for one thing; 0 where something sets the two apart."""
    if _set_apart(one, other):
        return 0.0
    mine, theirs = surroundings(one), surroundings(other)
    return (
        _thing(one, other)
        + _shared(mine, theirs, weights)
        + _covered(mine, theirs, weights)
        + _acted(one, other)
        + _owned(one, other)
        + _size(one, other)
        - _narrower(one, other)
        - _ELSEWHERE * bool((one.places | other.places) - one.told.opening - other.told.opening)
    )


def _set_apart(one: Figure, other: Figure) -> bool:
    """Another part, rate, time or place, or a plan beside a fact."""
    if _things_differ(one, other) or _held_by_others(one, other):
        return True
    # Nobody was hurt, or nobody there, or then: only the plain constructions tell.
    if 0 in {one.value.point, other.value.point}:
        return True
    if one.thing != other.thing and {one.thing, other.thing} & _SOME:
        return True
    if one.part or other.part or one.rate != other.rate or _is_share(one) or _is_share(other):
        return True
    if one.more != other.more and one.sort not in {"percent", "duration"}:
        return True
    if (one.mood in _AHEAD) != (other.mood in _AHEAD) and one.sort not in {"day", "clock"}:
        return True
    if one.sort not in {"day", "clock"} and not times_agree(one, other):
        return True
    mine, theirs = one.places, other.places
    if mine and theirs and not mine & theirs:
        return True
    if _unknown(mine, other.told) or _unknown(theirs, one.told):
        return True
    return one.sort == "day" and _other_day(one, other)


def _unknown(named: frozenset[str], told: Told) -> bool:
    """Whether an article speaks of none of the places."""
    body = told.article.source.body.lower()
    return bool(named) and not any(place in body for place in named)


def _is_share(figure: Figure) -> bool:
    """“700 houses in Tell Amar alone”: there are more elsewhere."""
    return any(t.lower_ == "alone" for t in figure.clause.scope)


def _other_day(one: Figure, other: Figure) -> bool:
    """Days of other acts, or days on which something was counted."""
    first, second = one.clause.verb, other.clause.verb
    act = act_of(first)
    alike_ = alike(first.lemma_.lower(), second.lemma_.lower()) or (act and act == act_of(second))
    counted = any(
        t.like_num and not f.start <= t.idx < f.end for f in (one, other) for t in f.clause.scope
    )
    return not alike_ or counted or far_apart(one, other)


def _things_differ(one: Figure, other: Figure) -> bool:
    """Whether they count plainly different things, or do not say what they count."""
    if one.sort not in {"count", "ordinal"}:
        return False
    if one.value.vague or other.value.vague:
        return True
    if one.thing and other.thing:
        return not same_kind(one.thing, other.thing)
    bare = [f for f in (one, other) if not f.thing]
    if any(f.value.point == 1 or f.value.point % 1 for f in bare):
        return True
    named = {one.thing, other.thing} - {""}
    return not named <= words("things", "groups") | {"people"}


def same_kind(one: str, other: str) -> bool:
    """One word, synonyms, a kind and what it is a kind of, or people of whatever group."""
    people = words("things", "groups") | {"people"}
    if one in people and other in people:
        mates = words("things", "mates")
        return "people" in {one, other} or one == other or {one, other} <= mates
    return alike(one, other) or one in broader(other) or other in broader(one)


def _thing(one: Figure, other: Figure) -> float:
    if one.sort not in {"count", "ordinal"}:
        return 0.0
    if not (one.thing and other.thing):
        return 0.5 if near_acts(one) & near_acts(other) else 0.0
    if one.thing == other.thing:
        return 1.0
    return 0.0 if _is_some_of(one, other) or _is_some_of(other, one) else 0.8


def _held_by_others(one: Figure, other: Figure) -> bool:
    """“A trial in four countries”, “researchers from six countries”."""
    if one.sort != "count":
        return False
    mine, theirs = one.clause.path, other.clause.path
    return bool(mine and theirs) and not any(
        alike(a.lemma_.lower(), b.lemma_.lower()) for a in mine for b in theirs
    )


def _is_some_of(group: Figure, whole: Figure) -> bool:
    """Of people a named group is fewer, unless the sentence joins several: “staff and guests”."""
    joined = group.noun is not None and bool(group.noun.conjuncts)
    people = whole.thing == "people" and group.thing != "people"
    return people and not joined and group.value.point < whole.value.point


def _shared(one: Surroundings, other: Surroundings, weights: Weights) -> float:
    """The worth of the words in common, each once and where it counts most."""
    total = 0.0
    used: set[str] = set()
    layers = (
        (one.near, other.near, _NEAR),
        (one.near, other.far, _FAR),
        (one.far, other.near, _FAR),
        (one.far, other.far, _FAR),
        (one.near, other.before, _BEFORE),
        (one.before, other.near, _BEFORE),
    )
    for mine, theirs, worth in layers:
        for word in sorted(mine - used):
            match = word if word in theirs else _synonym(word, theirs - used)
            if match:
                used |= {word, match}
                both = (weights.of(word) + weights.of(match)) / 2
                total += worth * both * (1.0 if word == match else 0.8)
    return total


def _covered(one: Surroundings, other: Surroundings, weights: Weights) -> float:
    """How much of the shorter clause the other sentence has."""
    pairs = ((one.near, other.near | other.far), (other.near, one.near | one.far))
    mine, theirs = min(pairs, key=lambda p: (not p[0], sum(map(weights.of, p[0]))))
    whole = sum(map(weights.of, mine))
    return sum(weights.of(w) for w in mine if w in theirs) / whole if whole else 0.0


def _acted(one: Figure, other: Figure) -> float:
    """The same is done with what both count: killed, rejected."""
    mine, theirs = near_acts(one), near_acts(other)
    if one.sort != "count" or not (mine or theirs):
        return 0.0
    return 1.0 if mine & theirs else -1.0


def _synonym(word: str, others: frozenset[str] | set[str]) -> str:
    return next((o for o in sorted(others) if len(o) > 2 and alike(word, o)), "")


def _owned(one: Figure, other: Figure) -> float:
    """What they are figures of, beside the clause: “turnout was …”, “reduced … by …”."""
    mine, theirs = owners(one), owners(other)
    if not mine or not theirs or one.sort == "count":
        return 0.0
    return 1.0 if alike(mine[0], theirs[0]) else 0.5 * bool(set(mine) & set(theirs))


def _size(one: Figure, other: Figure) -> float:
    """Figures of one thing seldom differ by much."""
    if one.sort in {"day", "clock"}:
        return 0.5 * (one.sort == "clock" and abs(one.value.point - other.value.point) <= _HOUR)
    low, high = sorted((abs(one.value.point), abs(other.value.point)))
    if not low:
        return -0.5
    ratio = high / low
    return 0.5 if ratio <= 1.3 else 0.2 if ratio <= 2 else -0.3 if ratio <= 4 else -1.2


def _narrower(one: Figure, other: Figure) -> float:
    """Words that say which of the things are counted and that the other's article lacks."""
    mine = one.narrowed - other.told.opening - keys_in(other.told.span)
    theirs = other.narrowed - one.told.opening - keys_in(one.told.span)
    return 0.5 * min(2, len(mine) + len(theirs))
