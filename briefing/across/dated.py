"""Days and clock times as figures: the day of an event differs as a count does (English)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.across.clause import carries, clause_of, key_of
from briefing.across.figures import Figure, mood_of_clause, nearest
from briefing.across.told import Told
from briefing.across.values import Value
from briefing.across.words import act_of, alike, words
from briefing.grounding.day_ranges import day_ranges
from briefing.grounding.moments import Moment, moments
from briefing.grounding.predicates import party, same

if TYPE_CHECKING:
    from spacy.tokens import Token

_HALF_DAY = 720
_MONTH = 31
_SEASON = 200
"""What happened so many days apart happened twice."""
_LOOSE = {"about", "around", "shortly", "just", "after", "before", "nearly", "toward", "towards"}
_LOOSE_MINUTES, _LOOSE_TENS, _EXACT_MINUTES = 45.0, 15.0, 2.0
_SKIPPED = {"say", "tell", "report", "announce"}
_LENIENT = {"on", "in", "at", "", "for"}


def dates_of(told: Told) -> Iterator[Figure]:
    """The days and clock times of a sentence that say when something is, was or will be."""
    inside = [
        m
        for m in moments(told.reading.text)
        if told.span.start_char <= m.start and m.end <= told.span.end_char
    ]
    for moment in inside:
        figure = _of_moment(told, moment)
        if figure is None or _counts_in_a_year(figure):
            continue
        if not any(_in_clause(figure, m) for m in inside if m != moment):
            yield figure


def _counts_in_a_year(figure: Figure) -> bool:
    """“Killed 12 people in 2011”: what happened in another year is another event."""
    if figure.sort != "day" or figure.value.high - figure.value.low < _MONTH:
        return False
    return any(t.like_num and not figure.start <= t.idx < figure.end for t in figure.clause.scope)


def _of_moment(told: Told, moment: Moment) -> Figure | None:
    if moment.kind not in {"date", "clock"}:
        return None
    span = told.doc.char_span(moment.start, moment.end, alignment_mode="expand")
    if span is None:
        return None
    root = span.root
    preposition = root.head if root.dep_ == "pobj" else None
    verb = preposition.head if preposition is not None else root.head
    direct = root.dep_ in {"npadvmod", "pobj", "tmod", "advmod"} and verb.pos_ in {"VERB", "AUX"}
    if not direct or verb.lemma_.lower() in _SKIPPED:
        return None
    value = _value(told, moment)
    if value is None:
        return None
    return Figure(
        told=told,
        sort="day" if moment.kind == "date" else "clock",
        start=moment.start,
        end=moment.end,
        value=value,
        clause=clause_of(verb),
        rate=frozenset({_preposition(preposition)}),
        mood=mood_of_clause(verb),
    )


def _preposition(token: Token | None) -> str:
    word = token.lower_ if token is not None else ""
    return "" if word in _LENIENT else word


def _value(told: Told, moment: Moment) -> Value | None:
    if moment.kind == "clock":
        before = told.reading.text[max(0, moment.start - 30) : moment.start].lower().split()[-3:]
        minute = float(moment.minutes[0] % _HALF_DAY)
        loose = _loosely(minute) if set(before) & _LOOSE else _EXACT_MINUTES
        return Value(minute, minute - loose, minute + loose)
    if moment.relative and moment.relative[1] not in {"day", "night"}:
        return None
    days = nearest(day_ranges(moment, told.reading.published), told.reading.published)
    if not days:
        return None
    first, last = days[0]
    return Value(float(first.toordinal()), float(first.toordinal()), float(last.toordinal()))


def _loosely(minute: float) -> float:
    """“About six” leaves more open than “about 5:40”."""
    return _LOOSE_TENS if minute % 30 else _LOOSE_MINUTES


def _in_clause(figure: Figure, moment: Moment) -> bool:
    """Whether another moment of the same sort stands in the clause: "from May to July"."""
    kind = {"day": "date", "clock": "clock"}[figure.sort]
    token = figure.told.doc.char_span(moment.start, moment.end, alignment_mode="expand")
    inside = {t.i for t in figure.clause.scope}
    return moment.kind == kind and token is not None and any(t.i in inside for t in token)


def same_event(one: Figure, other: Figure) -> bool:
    """Whether two dates are dates of one event: one verb, one subject or object."""
    first, second = one.clause.verb, other.clause.verb
    act = act_of(first)
    if not (alike(first.lemma_.lower(), second.lemma_.lower()) or (act and act == act_of(second))):
        return False
    if first.lemma_.lower() in words("verbs", "level") and one.clause.patient is None:
        return False
    if one.sort == "day" and far_apart(one, other):
        return False
    pairs = (
        (one.clause.subject, other.clause.subject),
        (one.clause.patient, other.clause.patient),
    )
    verdicts = [same(party(a), party(b)) for a, b in pairs if a is not None and b is not None]
    if False in verdicts or True not in verdicts:
        return False
    apart = {key_of(first), key_of(second)}
    shared = (one.clause.keys & other.clause.keys) - apart
    return len(shared) >= min(2, _most(one), _most(other))


def far_apart(one: Figure, other: Figure) -> bool:
    """A day and a month or year long before or after it: it happened twice."""
    wide = [f.value.high - f.value.low >= _MONTH for f in (one, other)]
    return wide[0] != wide[1] and abs(one.value.low - other.value.low) > _SEASON


def _most(figure: Figure) -> int:
    own = figure.clause.verb
    return len({key_of(t) for t in figure.clause.scope if carries(t) and t != own})
