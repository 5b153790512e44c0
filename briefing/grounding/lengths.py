"""Durations and ages: whether the passages bear out how long and how old."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.grounding.approximators import agreement, satisfied
from briefing.grounding.moment_patterns import SECONDS
from briefing.grounding.moments import Moment
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
    if any(abs(moment.seconds / t.moment.seconds - 1) < _TOLERANCE for t in lengths
           if t.moment.seconds and t.moment.unit != moment.unit):  # fmt: skip
        return refuse(item, lengths, False)
    rivals = [t for t in lengths if t.moment.kind == moment.kind or moment.kind != "age"]
    alike = [t for t in rivals if t.moment.unit == moment.unit or t.moment.value == moment.value]
    loose = (
        (moment.weak and moment.kind == "duration")
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


def is_equal(claimed: Moment, said: Moment) -> bool:
    """Are two durations or two ages the same, in whatever unit?"""
    if claimed.kind == "age" and said.kind == "age":
        return (claimed.value, claimed.unit) == (said.value, said.unit)
    if not claimed.value:
        return claimed.unit == said.unit
    close = abs(claimed.seconds - said.seconds) <= 0.005 * claimed.seconds
    return close or (claimed.value == said.value and claimed.unit == said.unit)


def _comparison(item: Told, same: Sequence[Told]) -> Objection | None:
    verdicts = [agreement(item.moment.approx, t.moment.approx) for t in same]
    if "agrees" in verdicts:
        return None
    return refuse(item, same, "doubtful" not in verdicts)


def _reckoned(moment: Moment, told: Sequence[Told], grounds: Sequence[Reading]) -> bool:
    """Could it be the distance between two dates of the passages?"""
    if moment.kind == "age" and not any("born" in ground.text for ground in grounds):
        return False
    if moment.unit == "year":
        years = {int(y) for t in told for y in values_of("year", t)}
        years |= {ground.published.year for ground in grounds if ground.published}
        return any(abs(abs(a - b) - moment.value) <= 1 for a in years for b in years if a != b)
    days = [first for t in told for first, last in t.days if first == last]
    if moment.unit in {"day", "night", "week", "month"}:
        lengths = {abs((a - b).days) * 86_400.0 for a in days for b in days}
        return any(abs(length - moment.seconds) <= 86_400 for length in lengths if length)
    clocks = [m for t in told for m in t.moment.minutes]
    return any(abs(a - b) * 60 == moment.seconds for a in clocks for b in clocks)
