"""Objections to dates, clock times, durations and ages that the passages do not bear out.

A claim may be coarser than its passages, never finer. What can be reckoned from other dates is
doubted, not refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from briefing.grounding.clocks import DAY, is_near
from briefing.grounding.contexts import likeness
from briefing.grounding.day_ranges import holds, meets
from briefing.grounding.lengths import follows_from, is_converted, is_equal, length, meets_limit
from briefing.grounding.moments import Moment, moments, owned
from briefing.grounding.numbers import numbers
from briefing.grounding.reading import Reading
from briefing.grounding.told_moments import (
    Told,
    bare_numbers,
    calendar_values,
    object_to,
    refuse,
    told_in,
    values_of,
)
from briefing.grounding.verdicts import Objection

__all__ = ["objections", "owned"]

_FINEST = ("day", "weekday", "month", "quarter", "half", "season", "year", "decade", "century")
_NARRATED = {"previous", "following"}
"""These count from what was told before, not from the day of publication."""
_SPANS = {"quarter", "half", "season"}
_ALIKE = 2
_MUCH_ALIKE = 4


def objections(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    """What ``claim`` says of when, for how long and how old, and ``grounds`` together do not."""
    told = [t for ground in grounds for t in told_in(ground.text, ground.published)]
    published = claim.published or _common({ground.published for ground in grounds})
    own = told_in(claim.text, published)
    checks = {"date": _date, "clock": _clock, "duration": length, "age": length}
    spans: dict[tuple[int, int], list[Told]] = {}
    for item in own:
        spans.setdefault((item.moment.start, item.moment.end), []).append(item)
    for readings in spans.values():
        doubts = [checks[item.moment.kind](item, told, grounds) for item in readings]
        if all(doubts) and doubts[0] and not doubts[0].certain:
            replaced = _replaced(readings[0], told, grounds, _ALIKE)
            yield replaced or doubts[0]
        elif all(doubts) and doubts[0]:
            yield doubts[0]
        elif replaced := _replaced(readings[0], told, grounds, _MUCH_ALIKE):
            yield replaced


def _common(days: set[date | None]) -> date | None:
    return days.pop() if len(days) == 1 else None


def _replaced(
    item: Told, told: Sequence[Told], grounds: Sequence[Reading], needed: int
) -> Objection | None:
    """Object where the passages have another moment among the very same words."""
    alike = [
        (likeness(item.text, _span(item), t.text, _span(t)), t)
        for t in told
        if t.moment.kind == item.moment.kind
    ]
    same = [n for n, t in alike if not _differs(item, t)]
    needed = _MUCH_ALIKE if item.moment.weak and item.moment.kind == "duration" else needed
    reached = max(same, default=0) + needed
    # The first year of "2012-13" is no rival of a claim that has but the second.
    ranged = sum(m.end == item.moment.end for m in moments(item.text)) > 1
    same_ends = {(t.text, t.moment.end) for _, t in alike if not _differs(item, t)}
    spans = set() if ranged else same_ends
    others = [
        t
        for n, t in alike
        if n >= reached
        and _differs(item, t)
        and (t.text, t.moment.end) not in spans
        and not follows_from(item.moment, t, told, grounds)
    ]
    return refuse(item, others, True) if others else None


def _span(item: Told) -> tuple[int, int]:
    return item.moment.start, item.moment.end


def _differs(item: Told, said: Told) -> bool:
    """Do the two say different things of the same sort in so many words?"""
    ours, theirs = item.moment, said.moment
    if ours.kind == "clock":
        return not _same_time(ours, theirs)
    if ours.kind != "date":
        same = is_equal(ours, theirs) or meets_limit(ours, theirs)
        return not same and not is_converted(ours, theirs)
    if ours.relative and theirs.relative:
        return ours.relative != theirs.relative and not meets(list(item.days), list(said.days))
    shared = ours.fields.keys() & theirs.fields.keys()
    return any(ours.fields[name] != theirs.fields[name] for name in shared)


def _date(item: Told, told: Sequence[Told], grounds: Sequence[Reading]) -> Objection | None:
    dates = [t for t in told if t.moment.kind == "date"]
    if any(_supports(item, t) for t in dates):
        return None
    if item.moment.relative:
        same_day = [t for t in dates if t.moment.relative == item.moment.relative]
        if same_day and "part" in item.moment.fields:
            return _part(item, told) or refuse(item, same_day, False)
        return _relative(item, dates)
    for name in [f for f in _FINEST if f in item.moment.fields]:
        doubt = _field(name, item, told, grounds)
        if doubt:
            return doubt
    if "part" in item.moment.fields:
        doubt = _part(item, told)
        if doubt:
            return doubt
    return _combination(item, dates)


def _supports(item: Told, said: Told) -> bool:
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


def _weekday_fits(item: Told, said: Told) -> bool:
    weekday = item.moment.fields.get("weekday")
    return weekday is None or any(a.weekday() == weekday for a, b in said.days if a == b)


def _relative(item: Told, dates: Sequence[Told]) -> Objection | None:
    """Nothing supports a "yesterday": sure where the passages name another day of that sort."""
    unit = item.moment.relative[1] if item.moment.relative else ""
    if item.moment.modifier in _NARRATED:
        return refuse(item, [], False)
    rivals = [t for t in dates if t.moment.relative and t.moment.relative[1] == unit]
    if item.moment.relative and item.moment.relative[0] == 0 and "part" not in item.moment.fields:
        return refuse(item, rivals, False)  # "today", "this year": often the writer's own
    if any(meets(list(item.days), list(t.days)) for t in dates):
        return refuse(item, rivals, False)
    if not rivals and unit == "day" and item.days:
        rivals = [t for t in dates if "weekday" in t.moment.fields or "day" in t.moment.fields]
    return refuse(item, rivals, bool(rivals))


def _field(
    name: str, item: Told, told: Sequence[Told], grounds: Sequence[Reading]
) -> Objection | None:
    """Is one field of a date said or implied anywhere in the passages? None if it is."""
    value = item.moment.fields[name]
    dates = [t for t in told if t.moment.kind == "date"]
    if any(value in values_of(name, t) for t in dates) or _opposite(item, dates):
        return _refuse_opposite(item, dates)
    rivals = [t for t in dates if name in t.moment.fields]
    if name == "year" and (_figure_stands(value, grounds) or _years_back(value, told)):
        return refuse(item, rivals, False)
    if _near_publication(name, value, grounds):
        return refuse(item, rivals, False)
    if any(_SPANS & t.moment.fields.keys() and meets(list(item.days), list(t.days)) for t in dates):
        return refuse(item, rivals, False)
    undated = any(t.moment.relative and t.published is None for t in dates)
    dateless = undated or any(not t.days and name != "year" for t in dates)
    return refuse(item, rivals, bool(rivals) or not dateless)


def _years_back(year: int | str, told: Sequence[Told]) -> bool:
    """Is it so many years before a passage appeared as one of its lengths of time?"""
    return any(
        t.published.year - t.moment.value == year
        for t in told
        if t.published and t.moment.kind == "duration" and t.moment.unit == "year"
    )


def _opposite(item: Told, dates: Sequence[Told]) -> bool:
    """Do all passages say "last" of a day or month the claim calls "next"?"""
    rivals = [t for t in dates if item.moment.fields.items() <= t.moment.fields.items()]
    return bool(rivals) and all(_opposed(item.moment, t.moment) for t in rivals)


def _refuse_opposite(item: Told, dates: Sequence[Told]) -> Objection | None:
    if not _opposite(item, dates):
        return None
    return refuse(
        item, [t for t in dates if item.moment.fields.items() <= t.moment.fields.items()], True
    )


def _near_publication(name: str, value: int | str, grounds: Sequence[Reading]) -> bool:
    """May the writer know it from the day the passages appeared?"""
    for ground in grounds:
        if ground.published is None:
            continue
        for distance in (-1, 0):
            day = ground.published + timedelta(days=distance)
            if value in calendar_values(name, day, day):
                return True
    return False


def _figure_stands(value: int | str, grounds: Sequence[Reading]) -> bool:
    return any(n.value == value for ground in grounds for n in numbers(ground.text))


def _part(item: Told, told: Sequence[Told]) -> Objection | None:
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
    return refuse(item, rivals, bool(parts) and not parts & alike)


def _combination(item: Told, dates: Sequence[Told]) -> Objection | None:
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
            t for t in near if fields[coarse] not in (values_of(coarse, t) or {fields[coarse]})
        ]
        if near and len(against) == len(near):
            return refuse(item, against, True)
    if len(names) > 1:
        return object_to(item, f"no passage says “{item.words}” as one date", False)
    return None


def _clock(item: Told, told: Sequence[Told], grounds: Sequence[Reading]) -> Objection | None:
    clocks = [t for t in told if t.moment.kind == "clock"]
    if any(_same_time(item.moment, t.moment) for t in clocks):
        return None
    if item.moment.weak or _is_reckoned(item.moment, told):
        return refuse(item, clocks, False)
    if any(_is_near(t.moment, item.moment) for t in clocks):
        return refuse(item, clocks, False)
    hours = {m // 60 % 12 for m in item.moment.minutes if m % 60 == 0}
    bare = any(float(hour or 12) in bare_numbers(grounds) for hour in hours)
    return refuse(item, clocks, not bare)


def _same_time(claimed: Moment, said: Moment) -> bool:
    """Is it the same minute, or one that is told as "shortly before" it?"""
    return bool(set(claimed.minutes) & set(said.minutes)) or _is_near(claimed, said)


def _is_near(loose: Moment, exact: Moment) -> bool:
    return any(is_near(loose.approx, m, n) for m in loose.minutes for n in exact.minutes)


def _is_reckoned(claimed: Moment, told: Sequence[Told]) -> bool:
    """Is it so long before or after a time of the passages as they say?"""
    lengths = [t.moment.seconds / 60 for t in told if t.moment.kind == "duration"]
    times = [m for t in told if t.moment.kind == "clock" for m in t.moment.minutes]
    reckoned = {(m + sign * n) % DAY for m in times for n in lengths if n for sign in (-1, 1)}
    return any(m % DAY in reckoned for m in claimed.minutes)
