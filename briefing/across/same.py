"""Whether two figures are figures of the same thing: the same people, the same act, the same time.

Figures that differ are common and disagreements are rare, so every sign of another thing counts:
other verbs, other parties, a part of a whole, another place or year, a rate, a plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.across.clause import carries, key_of
from briefing.across.dated import same_event
from briefing.across.figures import Figure
from briefing.across.words import act_of, alike, words
from briefing.grounding.day_ranges import Days, meets
from briefing.grounding.predicates import party, same

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONG_AGO = re.compile(r"\b(?:years?|decades?|centur(?:y|ies)) (?:ago|earlier|before)$")


def same_point(one: Figure, other: Figure) -> bool:
    """Whether two figures answer the same question."""
    if one.sort != other.sort or one.part != other.part or one.part:
        return False
    if one.more or other.more or one.rate != other.rate:
        return False
    if not _moods_agree(one, other):
        return False
    if not _places_agree(one, other):
        return False
    if one.sort == "day":
        return same_event(one, other)
    if not times_agree(one, other):
        return False
    if one.sort == "clock":
        return same_event(one, other)
    if one.sort in {"count", "ordinal"} and one.thing not in words("things", "measures"):
        return _same_count(one, other)
    return _same_measure(one, other)


def _moods_agree(one: Figure, other: Figure) -> bool:
    real = {"fact", "able"}
    return (one.mood in real) == (other.mood in real)


def _same_count(one: Figure, other: Figure) -> bool:
    if one.thing and other.thing and not _same_thing(one, other):
        return False
    known = {one.thing, other.thing} - {""}
    unnamed = not (one.thing and other.thing)
    if unnamed and known and not known <= words("things", "groups") | {"people"}:
        return False
    acts, theirs = near_acts(one), near_acts(other)
    if acts or theirs:
        if not acts & theirs:
            return False
        return _narrowed_alike(one, other)
    if not one.thing or not other.thing:
        return False
    nothing = 0.0 in {one.value.point, other.value.point}
    company = nothing or _company(one, other) >= 1
    return company and _verbs_agree(one, other) and _narrowed_alike(one, other)


def _same_thing(one: Figure, other: Figure) -> bool:
    a, b = one.thing, other.thing
    if a == b:
        return True
    groups = words("things", "groups")
    if "people" in {a, b} and (a in groups or b in groups):
        return _part_exceeds(one, other)
    return False


def _part_exceeds(one: Figure, other: Figure) -> bool:
    """A group of people is a part of all: only more of them than of all disagrees."""
    whole, part = (one, other) if one.thing == "people" else (other, one)
    return part.value.low > whole.value.high


@lru_cache(maxsize=4096)
def near_acts(figure: Figure) -> frozenset[str]:
    """The acts that belong to the figure itself, not to the rest of its clause."""
    found = set[str]()
    clause = figure.clause
    states = {"acomp", "attr", "xcomp", "prt", "oprd"}
    own = [
        clause.verb,
        *(c for c in clause.verb.children if c.dep_ in states or c.pos_ == "ADJ"),
    ]
    for child in clause.verb.children:
        if child.dep_ == "prep" and child.lower_ in {"to", "in", "on", "at"}:
            own += [c for c in child.children if c.dep_ == "pobj"]
    noun = figure.noun
    if noun is not None:
        own.append(noun)
        own += [c for c in noun.children if c.dep_ in {"acl", "amod"}]
        for child in noun.children:
            if child.dep_ == "acl":
                own += [p for c in child.children if c.dep_ == "prep" for p in c.children]
            if child.dep_ == "prep" and child.lower_ in {"on", "in", "with"}:
                own += list(child.children)
    if clause.verb.lemma_.lower() in words("verbs", "level"):
        subject = clause.subject
        own += [subject, *subject.subtree] if subject is not None else []
    found.update(act_of(t) for t in own)
    found.discard("")
    if {"kill", "hospital"} <= found:  # “died in hospital”
        found.discard("hospital")
    if len(found) > 1 and "hospital" in found:
        found &= {"hospital"}
    return frozenset(found)


def _narrowed_alike(one: Figure, other: Figure) -> bool:
    """Neither counts only some of what the other counts."""
    mine, theirs = one.narrowed - _frame(other), other.narrowed - _frame(one)
    return not (mine - theirs - other.clause.keys) and not (theirs - mine - one.clause.keys)


def _frame(figure: Figure) -> frozenset[str]:
    """Words of what all of its article is about."""
    return figure.told.opening


def _verbs_agree(one: Figure, other: Figure) -> bool:
    a, b = one.clause.verb, other.clause.verb
    level = words("verbs", "level")
    light = {"be", "have"} if a.lemma_ != b.lemma_ else set[str]()
    first, second = a.lemma_.lower(), b.lemma_.lower()
    if first in level - {"have"} and second in level - {"have"}:
        return True
    if first in light or second in light:
        return False
    act, their = act_of(a), act_of(b)
    return (bool(act) and act == their) or alike(first, second)


def _company(one: Figure, other: Figure) -> int:
    """How many telling words the clauses share, beside thing and verb."""
    apart = {
        one.thing,
        other.thing,
        one.clause.verb.lemma_.lower(),
        other.clause.verb.lemma_.lower(),
    }
    return len((one.clause.keys & other.clause.keys) - apart)


def _same_measure(one: Figure, other: Figure) -> bool:
    """Amounts of money, shares, lengths: what they are of is the nearest noun, or the verb."""
    mine, theirs = owners(one), owners(other)
    if not mine or not theirs:
        return False
    first, second = mine[0], theirs[0]
    if one.sort == "age":
        return bool(set(mine) & set(theirs) - {first_verb(one), first_verb(other)})
    if not alike(first, second):
        return False
    if one.sort not in {"duration", "age"} and not _parties_agree(one, other):
        return False
    shared = set(mine) & set(theirs)
    if one.sort == "earthquake":
        return True
    context = (one.clause.keys & other.clause.keys - {"percent"}) | shared
    return len(context) >= 2


def first_verb(figure: Figure) -> str:
    """The key of the verb of its clause."""
    return key_of(figure.clause.verb)


def owners(figure: Figure) -> list[str]:
    """What an amount is of, nearest first: “a fine of …”, “fined … euros”, “revenue rose to …”."""
    clause = figure.clause
    verb = clause.verb
    lemma = verb.lemma_.lower()
    level = lemma in words("verbs", "level")
    found: list[Token] = [*_whole(figure)]
    found += [t for t in clause.path if carries(t) and t.lemma_.lower() != "percent"]
    subject, patient = clause.subject, clause.patient
    if not level:
        found.append(verb)
    found += [
        t
        for t in (patient, subject)
        if t is not None and carries(t) and t != figure.noun and t.lemma_.lower() != "percent"
    ]
    return list(dict.fromkeys(key_of(t) for t in found))


def _whole(figure: Figure) -> list[Token]:
    """What a share is of: “90 percent **of trains**”, “six out of ten **trains**”."""
    if figure.sort != "percent":
        return []
    if figure.noun is not None:
        return [figure.noun]
    span = figure.told.doc.char_span(figure.start, figure.end, alignment_mode="expand")
    of = (c for t in (span if span is not None else ()) for c in t.children if c.lower_ == "of")
    return [p for prep in of for p in prep.children if p.dep_ == "pobj" and carries(p)]


def _parties_agree(one: Figure, other: Figure) -> bool:
    """Subject and object are not plainly others."""
    if one.sort in {"earthquake", "percent"}:
        return True
    pairs = (
        (one.clause.subject, other.clause.subject),
        (one.clause.patient, other.clause.patient),
    )
    for a, b in pairs:
        if a is None or b is None or a == one.noun or b == other.noun:
            continue
        if same(party(a), party(b)) is False:
            return False
    return True


def times_agree(one: Figure, other: Figure) -> bool:
    """Whether the days and periods named in both clauses can be the same."""
    mine, theirs = _long(one.periods), _long(other.periods)
    days, others = _spans(one.periods), _spans(other.periods)
    if mine != theirs and (mine or theirs) and not (days and others and meets(days, others)):
        return False
    if days and others:
        return meets(days, others) or _as_of(one) or _as_of(other)
    if days or others:
        dated, undated = (days, other) if days else (others, one)
        day = undated.told.reading.published
        growing = one.clause.acts & other.clause.acts & words("growing", "acts")
        return bool(growing) or day is None or min(a for a, _ in dated) <= day
    return True


def _spans(periods: Sequence[tuple[str, tuple[Days, ...]]]) -> list[Days]:
    return [days for _, found in periods for days in found]


def _long(periods: Sequence[tuple[str, tuple[Days, ...]]]) -> frozenset[str]:
    """Words for periods of more than a week, or of no known day: “last year”, “in 2011”."""
    return frozenset(
        text
        for text, days in periods
        if _LONG_AGO.search(text) or any((last - first).days > 7 for first, last in days)
    )


def _as_of(figure: Figure) -> bool:
    """“rose to 14 by Friday”: the day is when it was counted."""
    level = figure.clause.verb.lemma_.lower() in words("verbs", "level") - {"be", "have"}
    return level or any(t.lower_ in {"by", "until"} for t in figure.clause.scope)


def _somewhere(figure: Figure) -> bool:
    """“Nobody was arrested in Tarn”: that says nothing of elsewhere, whatever Tarn is."""
    within = (t for t in figure.clause.scope if t.lower_ in {"in", "at", "near"})
    return any(c.pos_ == "PROPN" for t in within for c in t.children)


def _places_agree(one: Figure, other: Figure) -> bool:
    mine, theirs = one.places, other.places
    if any(f.value.point == 0 and _somewhere(f) for f in (one, other)):
        return False
    if mine and theirs:
        return bool(mine & theirs) or (mine | theirs) <= (one.told.opening & other.told.opening)
    extra, frame = (mine, other.told.opening) if mine else (theirs, one.told.opening)
    return extra <= frame
