"""Signs that two figures are figures of one thing, each a number; what they are worth is learned.

The worth of each sign stands in ``worth.toml``; docs/across.md says how it was found.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from briefing.across.context import (
    Surroundings,
    Weights,
    keys_of,
    same_kind,
    surroundings,
)
from briefing.across.dated import far_apart
from briefing.across.figures import Figure
from briefing.across.same import near_acts, owners, same_point, times_agree
from briefing.across.words import act_of, alike, alike_in, words
from briefing.grounding.predicates import same
from briefing.lexical import STOP_WORDS

TIMES = frozenset({"day", "clock", "weekday", "date"})
_COUNTED = frozenset({"count", "ordinal"})
_AHEAD = frozenset({"future", "intended", "possible", "conditional"})
_FEW = 3
_HOUR = 60
_TINY = 2


def signs(one: Figure, other: Figure, weights: Weights) -> dict[str, float]:
    """All signs for and against; those that are absent are left out."""
    found: dict[str, float] = {}
    for part in (_words(one, other, weights), _sameness(one, other), _apart(one, other)):
        found.update((name, float(value)) for name, value in part if value)
    return found


def _words(one: Figure, other: Figure, weights: Weights) -> Iterator[tuple[str, float]]:
    mine, theirs = surroundings(one), surroundings(other)
    for name, total in _shared(mine, theirs, weights).items():
        yield name, math.log1p(total)
    yield "covered", _covered(mine, theirs, weights)
    yield "alike", _cosine(mine, theirs, weights)


def _sameness(one: Figure, other: Figure) -> Iterator[tuple[str, float]]:
    aged = one.sort == "age" and bool(one.thing) and one.thing == other.thing
    yield "proved", aged or same_point(one, other)
    acts, others = near_acts(one), near_acts(other)
    if one.sort in _COUNTED:
        yield from _things(one, other)
        named = one.thing == other.thing
        yield "untied", not named and not acts & others and not _verbs_alike(one, other)
    yield "same act", bool(acts & others)
    yield "other act", bool(acts and others and not acts & others)
    yield "one act", bool(acts) != bool(others)
    mine, theirs = owners(one), owners(other)
    yield "other verb", one.sort in TIMES and not _verbs_alike(one, other)
    if one.sort not in TIMES | _COUNTED | {"age"}:
        yield "not of one", not (mine and theirs and alike(mine[0], theirs[0]))
    if mine and theirs and one.sort not in TIMES:
        yield "same owner", alike(mine[0], theirs[0])
        yield "shared owner", bool(set(mine) & set(theirs))
    yield "same verb", _verbs_alike(one, other)
    pairs = zip(one.parties, other.parties, strict=True)
    verdicts = [same(a, b) for a, b in pairs if a is not None and b is not None]
    yield "same party", verdicts.count(True)
    yield "other party", verdicts.count(False)
    yield f"of {one.sort.split()[0]}", 1.0


def _things(one: Figure, other: Figure) -> Iterator[tuple[str, float]]:
    if one.thing and other.thing:
        kin = same_kind(one.thing, other.thing)
        yield "same thing", one.thing == other.thing
        yield "kindred thing", one.thing != other.thing and kin
        yield "other thing", not kin
    else:
        yield "bare", bool(one.thing) != bool(other.thing)
        yield "both bare", not one.thing and not other.thing


def _apart(one: Figure, other: Figure) -> Iterator[tuple[str, float]]:
    a, b = one.value.point, other.value.point
    if one.sort in TIMES:
        yield "near in time", one.sort == "clock" and abs(a - b) <= _HOUR
    elif a and b:
        yield "ratio", min(3.0, abs(math.log(abs(a) / abs(b))))
    yield "none", not a or not b
    yield "few", one.sort in _COUNTED and max(a, b) <= _FEW
    yield "vague", one.value.vague or other.value.vague
    yield "part", one.part or other.part
    yield "rate", one.rate != other.rate
    yield "more", one.more != other.more
    yield "plan", (one.mood in _AHEAD) != (other.mood in _AHEAD)
    if one.sort not in TIMES | {"age"}:
        yield "other time", not times_agree(one, other)
    elif one.sort == "day":
        yield "far apart", far_apart(one, other)
    mine, theirs = one.places, other.places
    yield "other place", bool(mine and theirs and not mine & theirs)
    yield "place", bool((mine | theirs) - one.told.opening - other.told.opening)
    yield "other side", _of_other_sides(one, other)
    yield "narrower", _narrower(one, other)
    yield "held by others", _held_by_others(one, other)
    yield "some of", _is_some_of(one, other) or _is_some_of(other, one)
    yield "alone", any(t.lower_ == "alone" for f in (one, other) for t in f.clause.scope)


def _of_other_sides(one: Figure, other: Figure) -> bool:
    """“Three Tavirian soldiers”, “nine Ordavan soldiers”: each a proper name's, of two."""
    mine, theirs = (
        {c.text for c in f.noun.children if c.dep_ in {"amod", "compound"} and c.text[0].isupper()}
        if f.noun is not None
        else set()
        for f in (one, other)
    )
    return bool(mine and theirs) and not mine & theirs


def _held_by_others(one: Figure, other: Figure) -> bool:
    """“A trial in four countries”, “researchers from six countries”."""
    mine, theirs = one.clause.path, other.clause.path
    return bool(one.sort == "count" and mine and theirs) and not any(
        alike(a.lemma_.lower(), b.lemma_.lower()) for a in mine for b in theirs
    )


def _is_some_of(group: Figure, whole: Figure) -> bool:
    """Of people a named group is fewer, unless the sentence joins several: “staff and guests”."""
    if group.sort != "count" or group.value.point >= whole.value.point:
        return False
    joined = group.noun is not None and bool(group.noun.conjuncts)
    people = whole.thing == "people" and group.thing in words("things", "groups")
    return (people and not joined and group.thing not in words("things", "mates")) or (
        group.thing != whole.thing and group.thing in words("things", "some")
    )


def _verbs_alike(one: Figure, other: Figure) -> bool:
    first, second = one.clause.verb, other.clause.verb
    act = act_of(first)
    lemmas = first.lemma_.lower(), second.lemma_.lower()
    if lemmas[0] in STOP_WORDS:
        return False
    return alike(*lemmas) or bool(act and act == act_of(second))


def _narrower(one: Figure, other: Figure) -> float:
    mine = one.narrowed - other.told.opening - keys_of(other.told)
    theirs = other.narrowed - one.told.opening - keys_of(one.told)
    return float(min(2, len(mine) + len(theirs)))


def _shared(one: Surroundings, other: Surroundings, weights: Weights) -> dict[str, float]:
    """The worth of the words in common, each once and where it counts most."""
    total = {"near words": 0.0, "far words": 0.0, "words before": 0.0}
    used: set[str] = set()
    layers = (
        (one.near, other.near, "near words"),
        (one.near, other.far, "far words"),
        (one.far, other.near, "far words"),
        (one.far, other.far, "far words"),
        (one.near, other.before, "words before"),
        (one.before, other.near, "words before"),
    )
    for mine, theirs, name in layers:
        for word in sorted(mine - used):
            match = word if word in theirs else _synonym(word, theirs, used)
            if match:
                used |= {word, match}
                both = (weights.of(word) + weights.of(match)) / 2
                total[name] += both * (1.0 if word == match else 0.7)
    return total


def _synonym(word: str, others: frozenset[str], used: set[str]) -> str:
    return next((o for o in alike_in(word, others) if len(o) > _TINY and o not in used), "")


def _covered(one: Surroundings, other: Surroundings, weights: Weights) -> float:
    """How much of the shorter clause the other sentence has."""
    pairs = ((one.near, other.sentence), (other.near, one.sentence))
    mine, theirs = min(pairs, key=lambda p: (not p[0], weights.total(p[0]), sorted(p[0])))
    whole = weights.total(mine)
    return weights.total(w for w in mine if w in theirs) / whole if whole else 0.0


def _cosine(one: Surroundings, other: Surroundings, weights: Weights) -> float:
    """How much of both sentences is the same."""
    mine, theirs = one.sentence, other.sentence
    size = math.sqrt(weights.total(mine) * weights.total(theirs))
    return weights.total(mine & theirs) / size if size else 0.0
