"""Objections to dates, clock times, durations and ages that the passages do not bear out.

A claim may be coarser than its passages, never finer. What can be reckoned from other dates is
doubted, not refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from briefing.grounding.approximators import agreement, satisfied
from briefing.grounding.contexts import likeness
from briefing.grounding.day_ranges import Days, day_ranges, holds, meets
from briefing.grounding.moment_patterns import SECONDS
from briefing.grounding.moments import Moment, moments, owned
from briefing.grounding.numbers import numbers
from briefing.grounding.reading import Reading
from briefing.grounding.verdicts import Objection

__all__ = ["objections", "owned"]

_KINDS = {"date": "date", "clock": "time", "duration": "duration", "age": "age"}
_FINEST = ("day", "weekday", "month", "quarter", "half", "season", "year", "decade", "century")
_TOLERANCE = 0.1
_ALIKE = 2
_MUCH_ALIKE = 4


@dataclass(frozen=True)
class _Told:
    """A moment of a passage: its words, the days it may mean, and the passage's own day."""

    moment: Moment
    words: str
    text: str
    days: tuple[Days, ...]
    published: date | None


def objections(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    """What ``claim`` says of when, for how long and how old, and ``grounds`` together do not."""
    told = [t for ground in grounds for t in _told(ground.text, ground.published)]
    published = claim.published or _common({ground.published for ground in grounds})
    own = _told(claim.text, published)
    checks = {"date": _date, "clock": _clock, "duration": _length, "age": _length}
    spans: dict[tuple[int, int], list[_Told]] = {}
    for item in own:
        spans.setdefault((item.moment.start, item.moment.end), []).append(item)
    for readings in spans.values():
        doubts = [checks[item.moment.kind](item, told, grounds) for item in readings]
        if all(doubts) and doubts[0] and not doubts[0].certain:
            yield _replaced(readings[0], told, _ALIKE) or doubts[0]
        elif all(doubts) and doubts[0]:
            yield doubts[0]
        elif replaced := _replaced(readings[0], told, _MUCH_ALIKE):
            yield replaced


@lru_cache(maxsize=512)
def _told(text: str, published: date | None) -> tuple[_Told, ...]:
    return tuple(
        _Told(m, text[m.start : m.end], text, tuple(day_ranges(m, published)), published)
        for m in moments(text)
    )


def _common(days: set[date | None]) -> date | None:
    return days.pop() if len(days) == 1 else None


def _object(item: _Told, reason: str, certain: bool) -> Objection:
    return Objection(
        kind=_KINDS[item.moment.kind], words=item.words, reason=reason, certain=certain
    )


def _refuse(item: _Told, against: Sequence[_Told], certain: bool) -> Objection:
    """Object with what the passages say instead, where they say one thing of this sort."""
    words = list(dict.fromkeys(t.words for t in against))
    if 0 < len(words) <= 3:
        said = " and ".join(f"“{w}”" for w in words)
        return _object(item, f"“{item.words}”: the passages have {said}", certain)
    return _object(item, f"the passages do not say “{item.words}”", certain)


def _replaced(item: _Told, told: Sequence[_Told], needed: int) -> Objection | None:
    """Object where the passages have another moment among the very same words."""
    alike = [
        (likeness(item.text, _span(item), t.text, _span(t)), t)
        for t in told
        if t.moment.kind == item.moment.kind
    ]
    same = [n for n, t in alike if not _differs(item, t)]
    needed = _MUCH_ALIKE if item.moment.weak and item.moment.kind == "duration" else needed
    reached = max(same, default=0) + needed
    spans = {(t.text, t.moment.end) for _, t in alike if not _differs(item, t)}  # of ranges
    others = [
        t
        for n, t in alike
        if n >= reached and _differs(item, t) and (t.text, t.moment.end) not in spans
    ]
    return _refuse(item, others, True) if others else None


def _span(item: _Told) -> tuple[int, int]:
    return item.moment.start, item.moment.end


def _differs(item: _Told, said: _Told) -> bool:
    """Do the two say different things of the same sort in so many words?"""
    ours, theirs = item.moment, said.moment
    if ours.kind == "clock":
        return not set(ours.minutes) & set(theirs.minutes)
    if ours.kind != "date":
        return not _equal(ours, theirs) and not _meets_limit(ours, theirs)
    if ours.relative and theirs.relative:
        return ours.relative != theirs.relative and not meets(list(item.days), list(said.days))
    shared = ours.fields.keys() & theirs.fields.keys()
    return any(ours.fields[name] != theirs.fields[name] for name in shared)


def _date(item: _Told, told: Sequence[_Told], grounds: Sequence[Reading]) -> Objection | None:
    dates = [t for t in told if t.moment.kind == "date"]
    if any(_supports(item, t) for t in dates):
        return None
    if item.moment.relative:
        same_day = [t for t in dates if t.moment.relative == item.moment.relative]
        if same_day and "part" in item.moment.fields:
            return _part(item, told) or _refuse(item, same_day, False)
        return _relative(item, dates)
    for name in [f for f in _FINEST if f in item.moment.fields]:
        doubt = _field(name, item, dates, grounds)
        if doubt:
            return doubt
    if "part" in item.moment.fields:
        doubt = _part(item, told)
        if doubt:
            return doubt
    return _combination(item, dates)


def _supports(item: _Told, said: _Told) -> bool:
    """Is all that ``item`` says said by this one moment, in words or by the calendar?"""
    fields, found = item.moment.fields, said.moment.fields
    known = item.published is not None and said.published is not None
    if item.moment.relative:
        same = item.moment.relative == said.moment.relative
        if same and not (known and item.published != said.published):
            return fields.items() <= found.items()
    elif fields and fields.items() <= found.items():
        return not _opposed(item.moment, said.moment)
    if "part" in fields and fields["part"] != found.get("part"):
        return False
    return holds(list(item.days), list(said.days)) and _weekday_fits(item, said)


def _opposed(claimed: Moment, said: Moment) -> bool:
    back, ahead = {"last", "past", "previous"}, {"next", "coming", "following"}
    return (claimed.modifier in back and said.modifier in ahead) or (
        claimed.modifier in ahead and said.modifier in back
    )


def _weekday_fits(item: _Told, said: _Told) -> bool:
    weekday = item.moment.fields.get("weekday")
    return weekday is None or any(a.weekday() == weekday for a, b in said.days if a == b)


def _relative(item: _Told, dates: Sequence[_Told]) -> Objection | None:
    """Nothing supports a "yesterday": sure where the passages name another day of that sort."""
    unit = item.moment.relative[1] if item.moment.relative else ""
    rivals = [t for t in dates if t.moment.relative and t.moment.relative[1] == unit]
    if unit == "day" and item.moment.relative == (0, "day") and "part" not in item.moment.fields:
        return _refuse(item, rivals, False)  # "today" is also "nowadays"
    if any(meets(list(item.days), list(t.days)) for t in dates):
        return _refuse(item, rivals, False)
    if not rivals and unit == "day" and item.days:
        rivals = [t for t in dates if "weekday" in t.moment.fields or "day" in t.moment.fields]
    return _refuse(item, rivals, bool(rivals))


def _field(
    name: str, item: _Told, dates: Sequence[_Told], grounds: Sequence[Reading]
) -> Objection | None:
    """Is one field of a date said or implied anywhere in the passages? None if it is."""
    value = item.moment.fields[name]
    if any(value in _values(name, t) for t in dates) or _opposite(item, dates):
        return _refuse_opposite(item, dates)
    rivals = [t for t in dates if name in t.moment.fields]
    if name == "year" and _figure_stands(value, grounds):
        return _refuse(item, rivals, False)
    if _near_publication(name, value, grounds):
        return _refuse(item, rivals, False)
    undated = any(t.moment.relative and t.published is None for t in dates)
    dateless = undated or any(not t.days and name != "year" for t in dates)
    return _refuse(item, rivals, bool(rivals) or not dateless)


def _opposite(item: _Told, dates: Sequence[_Told]) -> bool:
    """Do all passages say "last" of a day or month the claim calls "next"?"""
    rivals = [t for t in dates if item.moment.fields.items() <= t.moment.fields.items()]
    return bool(rivals) and all(_opposed(item.moment, t.moment) for t in rivals)


def _refuse_opposite(item: _Told, dates: Sequence[_Told]) -> Objection | None:
    if not _opposite(item, dates):
        return None
    return _refuse(
        item, [t for t in dates if item.moment.fields.items() <= t.moment.fields.items()], True
    )


def _values(name: str, said: _Told) -> set[int | str]:
    """What a moment says of a field, in words or by the calendar."""
    found = {said.moment.fields[name]} if name in said.moment.fields else set[int | str]()
    if name in {"decade", "century"} and "year" in said.moment.fields:
        year = int(said.moment.fields["year"])
        found.add(year // 10 * 10 if name == "decade" else (year - 1) // 100 + 1)
    for first, last in said.days:
        found |= _calendar_values(name, first, last)
    return found


def _calendar_values(name: str, first: date, last: date) -> set[int | str]:
    if name == "year" and first.year == last.year:
        return {first.year}
    if name == "month" and (first.year, first.month) == (last.year, last.month):
        return {first.month}
    if name == "quarter" and (last - first).days < 95:
        return {(first.month - 1) // 3 + 1, (last.month - 1) // 3 + 1}
    if name == "season":
        return {{0: "winter", 1: "spring", 2: "summer", 3: "autumn"}[first.month % 12 // 3]}
    if name == "decade" and first.year // 10 == last.year // 10:
        return {first.year // 10 * 10}
    if first != last:
        return set()
    return {first.day} if name == "day" else {first.weekday()} if name == "weekday" else set()


def _near_publication(name: str, value: int | str, grounds: Sequence[Reading]) -> bool:
    """May the writer know it from the day the passages appeared?"""
    for ground in grounds:
        if ground.published is None:
            continue
        for distance in (-1, 0):
            day = ground.published + timedelta(days=distance)
            if value in _calendar_values(name, day, day):
                return True
    return False


def _figure_stands(value: int | str, grounds: Sequence[Reading]) -> bool:
    return any(n.value == value for ground in grounds for n in numbers(ground.text))


def _part(item: _Told, told: Sequence[_Told]) -> Objection | None:
    """The part of the day: sure where the passages name another and no hour that fits."""
    part = str(item.moment.fields["part"])
    parts = {str(t.moment.fields["part"]) for t in told if "part" in t.moment.fields}
    alike = {"evening": {"night"}, "night": {"evening"}}.get(part, set())
    hours = {m // 60 for t in told for m in t.moment.minutes}
    spans = {"morning": (0, 12), "afternoon": (12, 18), "evening": (16, 24), "night": (18, 30)}
    low, high = spans[part]
    if part in parts or any(low <= h < high or low <= h + 24 < high for h in hours):
        return None
    rivals = [t for t in told if "part" in t.moment.fields]
    return _refuse(item, rivals, bool(parts) and not parts & alike)


def _combination(item: _Told, dates: Sequence[_Told]) -> Objection | None:
    """All fields are said, but of different dates: sure where one is told otherwise each time."""
    fields = item.moment.fields
    names = [f for f in _FINEST if f in fields]
    for fine, coarse in (
        ("day", "month"),
        ("month", "year"),
        ("season", "year"),
        ("quarter", "year"),
    ):
        if fine not in names or coarse not in names:
            continue
        near = [t for t in dates if t.moment.fields.get(fine) == fields[fine]]
        against = [
            t for t in near if fields[coarse] not in (_values(coarse, t) or {fields[coarse]})
        ]
        if near and len(against) == len(near):
            return _refuse(item, against, True)
    if len(names) > 1:
        return _object(item, f"no passage says “{item.words}” as one date", False)
    return None


def _clock(item: _Told, told: Sequence[_Told], grounds: Sequence[Reading]) -> Objection | None:
    clocks = [t for t in told if t.moment.kind == "clock"]
    if any(set(item.moment.minutes) & set(t.moment.minutes) for t in clocks):
        return None
    hours = {m // 60 % 12 for m in item.moment.minutes if m % 60 == 0}
    bare = any(float(hour or 12) in _bare(grounds) for hour in hours)
    return _refuse(item, clocks, not bare)


def _length(item: _Told, told: Sequence[_Told], grounds: Sequence[Reading]) -> Objection | None:
    """A duration or an age."""
    moment = item.moment
    lengths = [t for t in told if t.moment.unit]
    if not moment.value:
        known = any(t.moment.unit == moment.unit for t in lengths)
        return None if known else _refuse(item, lengths, False)
    same = [t for t in lengths if _equal(moment, t.moment) and not _in_passing(moment, t.moment)]
    if same:
        return _comparison(item, same)
    if any(_meets_limit(moment, t.moment) for t in lengths):
        return None
    if any(abs(moment.seconds / t.moment.seconds - 1) < _TOLERANCE for t in lengths
           if t.moment.seconds and t.moment.unit != moment.unit):  # fmt: skip
        return _refuse(item, lengths, False)
    rivals = [t for t in lengths if t.moment.kind == moment.kind or moment.kind != "age"]
    alike = [t for t in rivals if t.moment.unit == moment.unit or t.moment.value == moment.value]
    loose = (
        (moment.weak and moment.kind == "duration")
        or _reckoned(moment, told, grounds)
        or moment.value in _bare(grounds)
    )
    certain = not loose and (bool(alike) or moment.kind == "age" or moment.value > 2)
    return _refuse(item, alike, certain)


def _meets_limit(claimed: Moment, said: Moment) -> bool:
    """Is it "more than three days" for four, in the unit that the claim uses?"""
    scale = SECONDS.get(claimed.unit, 1.0)
    return satisfied(claimed.approx, claimed.value, said.approx, said.seconds / scale)


def _in_passing(claimed: Moment, said: Moment) -> bool:
    """The week of "five nights a week" is no support for seven nights."""
    return said.weak and said.kind == "duration" and claimed.unit != said.unit


def _equal(claimed: Moment, said: Moment) -> bool:
    if claimed.kind == "age" and said.kind == "age":
        return (claimed.value, claimed.unit) == (said.value, said.unit)
    if not claimed.value:
        return claimed.unit == said.unit
    close = abs(claimed.seconds - said.seconds) <= 0.005 * claimed.seconds
    return close or (claimed.value == said.value and claimed.unit == said.unit)


def _comparison(item: _Told, same: Sequence[_Told]) -> Objection | None:
    verdicts = [agreement(item.moment.approx, t.moment.approx) for t in same]
    if "agrees" in verdicts:
        return None
    return _refuse(item, same, "doubtful" not in verdicts)


def _reckoned(moment: Moment, told: Sequence[_Told], grounds: Sequence[Reading]) -> bool:
    """Could it be the distance between two dates of the passages?"""
    if moment.kind == "age" and not any("born" in ground.text for ground in grounds):
        return False
    if moment.unit == "year":
        years = {int(y) for t in told for y in _values("year", t)}
        years |= {ground.published.year for ground in grounds if ground.published}
        return any(abs(abs(a - b) - moment.value) <= 1 for a in years for b in years if a != b)
    days = [first for t in told for first, last in t.days if first == last]
    if moment.unit in {"day", "night", "week", "month"}:
        lengths = {abs((a - b).days) * 86_400.0 for a in days for b in days}
        return any(abs(length - moment.seconds) <= 86_400 for length in lengths if length)
    clocks = [m for t in told for m in t.moment.minutes]
    return any(abs(a - b) * 60 == moment.seconds for a in clocks for b in clocks)


def _bare(grounds: Sequence[Reading]) -> set[float]:
    """Numbers of the passages with no time unit beside them, as the 6 of "meet at 6"."""
    found: set[float] = set()
    for ground in grounds:
        spans = [(m.start, m.end) for m in moments(ground.text)]
        found |= {
            number.value
            for number in numbers(ground.text)
            if number.form != "name" and not any(s <= number.start < e for s, e in spans)
        }
    return found
