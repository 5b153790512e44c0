"""Durations and ages: whether the passages bear out how long and how old."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, permutations

from briefing.grounding.approximators import agreement, satisfied
from briefing.grounding.clocks import DAY
from briefing.grounding.moment_patterns import SECONDS
from briefing.grounding.moments import Moment, owned
from briefing.grounding.numbers import Number, numbers
from briefing.grounding.reading import Reading
from briefing.grounding.told_moments import Told, bare_numbers, refuse, values_of
from briefing.grounding.verdicts import Objection

_TOLERANCE = 0.1


def length(item: Told, told: Sequence[Told], grounds: Sequence[Reading]) -> Objection | None:
    """A duration or an age."""
    moment = item.moment
    lengths = [t for t in told if t.moment.unit]
    if not moment.value:
        known = any(t.moment.unit == moment.unit for t in lengths)
        return None if known else refuse(item, lengths, False)
    same = [t for t in lengths if is_equal(moment, t.moment) and not _in_passing(moment, t.moment)]
    if same:
        return _comparison(item, same)
    if any(meets_limit(moment, t.moment) for t in lengths):
        return None
    if any(is_converted(moment, t.moment) for t in lengths):
        return refuse(item, lengths, False)
    rivals = [t for t in lengths if t.moment.kind == moment.kind or moment.kind != "age"]
    alike = [t for t in rivals if t.moment.unit == moment.unit or t.moment.value == moment.value]
    loose = (
        (moment.weak and moment.kind == "duration")
        or any(t.moment.parts and is_equal(moment, t.moment.parts[0]) for t in lengths)
        or _is_rate(item, grounds)
        or _reckoned(moment, told, grounds)
        or moment.value in bare_numbers(grounds)
    )
    certain = not loose and (bool(alike) or moment.kind == "age" or moment.value > 2)
    return refuse(item, alike, certain)


def meets_limit(claimed: Moment, said: Moment) -> bool:
    """Is it "more than three days" for four, in the unit that the claim uses?"""
    if not claimed.approx:
        return False
    scale = SECONDS.get(claimed.unit, 1.0)
    return satisfied(claimed.approx, claimed.value, said.approx, said.seconds / scale)


def _in_passing(claimed: Moment, said: Moment) -> bool:
    """The week of "five nights a week" is no support for seven nights."""
    return said.weak and said.kind == "duration" and claimed.unit != said.unit


def is_converted(claimed: Moment, said: Moment) -> bool:
    """Are both about as long, in different units: ten weeks, two and a half months?"""
    if claimed.unit == said.unit or not said.seconds:
        return False
    return abs(claimed.seconds / said.seconds - 1) < _TOLERANCE


def is_equal(claimed: Moment, said: Moment) -> bool:
    """Are two durations or two ages the same, in whatever unit?"""
    if claimed.kind == "age" and said.kind == "age":
        return _equal(claimed.seconds, said.seconds)
    if not claimed.value:
        return claimed.unit == said.unit
    close = abs(claimed.seconds - said.seconds) <= 0.005 * claimed.seconds
    return close or (claimed.value == said.value and claimed.unit == said.unit)


def _equal(one: float, other: float) -> bool:
    return abs(one - abs(other)) <= 1e-6 * max(1.0, one)


_EVERY = re.compile(r"\b(?:every|each|per)\s(?:\w+\s)?$", re.IGNORECASE)
_TIMES = re.compile(
    r"\b(?:times|once|twice)\s(?:an?|per|every|each)\b|\b(?:hourly|daily|weekly|monthly|yearly)\b",
    re.IGNORECASE,
)


def _is_rate(item: Told, grounds: Sequence[Reading]) -> bool:
    """May "every six hours" be "four times a day"?"""
    every = _EVERY.search(item.text[: item.moment.start])
    return bool(every) and any(_TIMES.search(ground.text) for ground in grounds)


def _comparison(item: Told, same: Sequence[Told]) -> Objection | None:
    verdicts = [agreement(item.moment.approx, t.moment.approx) for t in same]
    if "agrees" in verdicts:
        return None
    return refuse(item, same, "doubtful" not in verdicts)


_BEGUN = re.compile(
    r"\b(?:born|founded|established|built|opened|created|launched|set up|formed|"
    r"dates? (?:from|back)|since)\b"
)
"""What had its beginning in a year has an age."""
_STOP = re.compile(r"[.;:!?](?:\s|$)")
_SLACK = 900.0
"""Seconds by which a length in hours may be rounded."""


def _between_clocks(moment: Moment, told: Sequence[Told]) -> bool:
    """Is it the time from one hour to another, past midnight too?"""
    slack = _SLACK if moment.unit == "hour" else 60.0 * (moment.unit == "minute")
    clocks = [(t.text, m) for t in told if t.moment.kind == "clock" for m in t.moment.minutes]
    return slack > 0 and any(
        abs((b - a) % DAY * 60 - moment.seconds) <= slack
        for (one, a), (other, b) in permutations(clocks, 2)
        if one == other and a != b
    )


def _as_often(moment: Moment, told: Sequence[Told], grounds: Sequence[Reading]) -> bool:
    """Is it a length of the passages times what they say: half of 14 months, twice a week?"""
    factors = [
        n.value
        for ground in grounds
        for n in numbers(ground.text)
        if n.form in {"multiple", "fraction"} and n.value > 0 and not _in_time(n, ground)
    ]
    lasting = [t.moment.seconds for t in told if t.moment.kind == "duration" and t.moment.value]
    return any(
        _equal(moment.seconds, reckoned)
        for seconds in lasting
        for factor in factors
        for reckoned in (seconds * factor, seconds / factor)
    )


def _in_time(number: Number, ground: Reading) -> bool:
    """The half of “half an hour” is a part of no other length."""
    return any(start <= number.start < end for start, end in owned(ground))


def _in_one_clause(one: Moment, said: Told) -> bool:
    """Whether two lengths of a passage stand in one clause: nobody adds up what lies apart."""
    first, second = sorted((one, said.moment), key=lambda m: m.start)
    between = said.text[first.end : second.start]
    return first.end <= second.start and not _STOP.search(between)


def follows_from(
    moment: Moment, said: Told, told: Sequence[Told], grounds: Sequence[Reading]
) -> bool:
    """Is a length reckoned from this one: with another of its passage, or as a part of it?"""
    if not said.moment.value or not moment.value:
        return False
    beside = [
        t.moment.seconds
        for t in told
        if t.text == said.text
        and t.moment.kind == "duration"
        and t.moment.value
        and _in_one_clause(t.moment, said)
    ]
    steps = {abs(said.moment.seconds + sign * other) for other in beside for sign in (1, -1)}
    steps.add(SECONDS["day"] - said.moment.seconds)
    if any(_equal(moment.seconds, step) for step in steps if step > 0):
        return True
    return _as_often(moment, [said], [g for g in grounds if g.text == said.text])


def _reckoned(moment: Moment, told: Sequence[Told], grounds: Sequence[Reading]) -> bool:
    """Could it be the distance between two dates of the passages?"""
    if moment.kind == "age" and not any(_BEGUN.search(ground.text) for ground in grounds):
        return False
    if _between_clocks(moment, told) or _as_often(moment, told, grounds):
        return True
    if moment.unit == "year":
        years = {int(y) for t in told for y in values_of("year", t)}
        years |= {ground.published.year for ground in grounds if ground.published}
        return any(abs(abs(a - b) - moment.value) <= 1 for a in years for b in years if a != b)
    if moment.unit == "hour" and any(t.moment.unit == "hour" and t.moment.value + moment.value == 24
                                     for t in told):  # fmt: skip
        return True
    lasting = [t.moment.seconds for t in told if t.moment.kind == "duration" and t.moment.value]
    if any(_equal(moment.seconds, r) for a, b in combinations(lasting, 2) for r in (a + b, a - b)):
        return True
    if moment.unit == "month":
        months = [
            12 * first.year + first.month
            for t in told
            for first, last in t.days
            if (first.year, first.month) == (last.year, last.month)
        ]
        if any(abs(a - b) == moment.value for a, b in combinations(months, 2)):
            return True
    days = [first for t in told for first, last in t.days if first == last]
    days += [ground.published for ground in grounds if ground.published]
    if moment.unit in {"day", "night", "week", "month"}:
        lengths = {abs((a - b).days) * 86_400.0 for a in days for b in days}
        return any(abs(length - moment.seconds) <= 86_400 for length in lengths if length)
    return False
