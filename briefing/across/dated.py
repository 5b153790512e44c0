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
_HEADED = {":", "-", "–", "—", "|"}
_LENIENT = {"on", "in", "at", "", "for"}


def dates_of(told: Told) -> Iterator[Figure]:
    """The days and clock times of a sentence that say when something is, was or will be."""
    inside = [
        m
        for m in moments(told.reading.text)
        if told.span.start_char <= m.start and m.end <= told.span.end_char
    ]
    for moment in inside:
        if _heads_an_entry(told, moment):
            continue
        for figure in _of_moment(told, moment):
            within = (m for m in inside if m != moment)
            if not _counts_in_a_year(figure) and not any(_in_clause(figure, m) for m in within):
                yield figure


def _heads_an_entry(told: Told, moment: Moment) -> bool:
    """“16:52 The bank has put out a new table”: the hour of the telling, not of what is told."""
    if moment.kind != "clock" or moment.start > told.span.start_char:
        return False
    behind = told.reading.text[moment.end : told.span.end_char].lstrip(" .)]")
    return behind[:1] in _HEADED or behind[:1].isupper()


def _counts_in_a_year(figure: Figure) -> bool:
    """“Killed 12 people in 2011”: what happened in another year is another event."""
    if figure.sort != "day" or figure.value.high - figure.value.low < _MONTH:
        return False
    return any(t.like_num and not figure.start <= t.idx < figure.end for t in figure.clause.scope)


def _of_moment(told: Told, moment: Moment) -> Iterator[Figure]:
    """The figures of one moment; a day of no known year is a weekday and a day of any year."""
    if moment.kind not in {"date", "clock"}:
        return
    span = told.doc.char_span(moment.start, moment.end, alignment_mode="expand")
    if span is None:
        return
    root = span.root
    preposition = root.head if root.dep_ == "pobj" else None
    above = preposition.head if preposition is not None else root.head
    clause = clause_of(above)
    if clause.verb.lemma_.lower() in _SKIPPED:
        return
    for sort, value in _values(told, moment):
        yield Figure(
            told=told,
            sort=sort,
            start=moment.start,
            end=moment.end,
            value=value,
            clause=clause,
            rate=frozenset({_preposition(preposition)}),
            mood=mood_of_clause(clause.verb),
        )


def _preposition(token: Token | None) -> str:
    word = token.lower_ if token is not None else ""
    return "" if word in _LENIENT else word


def _values(told: Told, moment: Moment) -> Iterator[tuple[str, Value]]:
    if moment.kind == "clock":
        before = told.reading.text[max(0, moment.start - 30) : moment.start].lower().split()[-3:]
        minute = float(moment.minutes[0] % _HALF_DAY)
        loose = _loosely(minute) if set(before) & _LOOSE else _EXACT_MINUTES
        yield "clock", Value(minute, minute - loose, minute + loose)
        return
    if moment.relative and moment.relative[1] not in {"day", "night"}:
        return
    days = nearest(day_ranges(moment, told.reading.published), told.reading.published)
    if days:
        first, last = days[0]
        yield (
            "day",
            Value(float(first.toordinal()), float(first.toordinal()), float(last.toordinal())),
        )
        return
    for sort, point in (("weekday", moment.fields.get("weekday")), ("date", _day_of_year(moment))):
        if isinstance(point, int):
            yield sort, Value(float(point), float(point), float(point))


def _day_of_year(moment: Moment) -> int | None:
    month, day = moment.fields.get("month"), moment.fields.get("day")
    return 31 * month + day if isinstance(month, int) and isinstance(day, int) else None


def _loosely(minute: float) -> float:
    """“About six” leaves more open than “about 5:40”."""
    return _LOOSE_TENS if minute % 30 else _LOOSE_MINUTES


def _in_clause(figure: Figure, moment: Moment) -> bool:
    """Whether another moment of the same sort stands in the clause: "from May to July"."""
    kind = "clock" if figure.sort == "clock" else "date"
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
