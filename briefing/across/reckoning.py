"""The day, month, year or stretch that the dates of a sentence mean (English).

“On Thursday” is reckoned from the day of publication and from whether the sentence tells what was
or what will be. What may mean two days means none here: nothing is guessed.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from briefing.across.stated import Stated
from briefing.grounding.day_ranges import Days, day_ranges
from briefing.grounding.moments import Moment

Tense = Literal["past", "future", "open"]

_WEEKS, _DAYS_AGO, _MONTHS_AGO, _YEARS_AGO = 4, 6, 3, 4


@dataclass(frozen=True)
class When:
    """What a date means: ISO 8601 as far as it is known, and where the text says so.

    ``first`` and ``end_day`` are the days that it comprises; ``until`` is set for stretches.
    """

    stated: Stated
    first: date
    end_day: date
    iso: str
    until: str | None = None

    @property
    def days(self) -> int:
        """How many days it comprises."""
        return (self.end_day - self.first).days + 1


def reckon(stated: Stated, published: date | None, tense: Tense) -> When | None:
    """What a date means in a text of that day; None where there is more than one reading."""
    if stated.last is not None:
        return _range(stated, published, tense)
    try:
        if stated.outer is not None:
            days = _within(stated.moment, stated.outer, published)
        else:
            days = _days(stated.moment, published, tense)
    except (ValueError, OverflowError):  # 31 June, or a year that no calendar has
        return None
    return None if days is None else _when(stated, days, _unit(stated.moment))


def _when(stated: Stated, days: Days, unit: str) -> When:
    first, last = days
    if first == last:
        return When(stated, first, last, first.isoformat())
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        until = None if first.year == last.year else f"{last.year}"
        return When(stated, first, last, f"{first.year}", until)
    month_end = calendar.monthrange(last.year, last.month)[1]
    if unit == "month" and first.day == 1 and last.day == month_end:
        same = (first.year, first.month) == (last.year, last.month)
        until = None if same else last.isoformat()[:7]
        return When(stated, first, last, first.isoformat()[:7], until)
    return When(stated, first, last, first.isoformat(), last.isoformat())


def _unit(moment: Moment) -> str:
    if moment.relative:
        return (
            "month"
            if moment.relative[1] in {"month", "week"} and moment.value
            else (moment.relative[1])
        )
    if "day" in moment.fields or "weekday" in moment.fields:
        return "day"
    return "month" if moment.fields.keys() & {"month", "quarter", "half"} else "year"


def _range(stated: Stated, published: date | None, tense: Tense) -> When | None:
    first, last = stated.moment, stated.last
    if last is None:  # pragma: no cover - asked of ranges only
        return None
    missing = {k: v for k, v in last.fields.items() if k in {"month", "year"}}
    fields = {**missing, **first.fields}
    filled = Moment(first.start, first.end, "date", fields, None, first.modifier)
    days = (_days(filled, published, tense), _days(last, published, tense))
    if days[0] is None or days[1] is None:
        return None
    start, end = days[0][0], days[1][1]
    if not start < end:
        return None
    return _when(stated, (start, end), _unit(last))


def _days(moment: Moment, published: date | None, tense: Tense) -> Days | None:
    fields = moment.fields
    if fields.keys() & {"decade", "century"}:
        return None
    if moment.relative:
        return None if published is None else _shifted(moment, published, tense)
    if "season" in fields:  # the months of one depend on the hemisphere
        year = fields.get("year")
        if not isinstance(year, int) or fields["season"] == "winter":
            return None
        return date(year, 1, 1), date(year, 12, 31)
    if "year" in fields:
        return _fitting(day_ranges(moment, None), moment, tense, None)
    if published is None:
        return None
    if fields.keys() & {"quarter", "half"}:  # whose first quarter: the calendar's or the company's?
        return None
    if "month" in fields:
        return _yearless(moment, published, tense)
    if "weekday" in fields:
        return _weekday(moment, published, tense)
    return None


def _fitting(
    found: Sequence[Days], moment: Moment, tense: Tense, published: date | None
) -> Days | None:
    """The reading that fits the weekday and the tense."""
    weekday = moment.fields.get("weekday")
    fits = [d for d in found if weekday is None or d[0].weekday() == weekday]
    if published is not None and tense == "past":
        return max((d for d in fits if d[0] <= published), default=None)
    if published is not None and tense == "future":
        return min((d for d in fits if d[1] >= published), default=None)
    return fits[0] if len(fits) == 1 else None


def _yearless(moment: Moment, published: date, tense: Tense) -> Days | None:
    """“On 3 October”, “in March”, “last March”: the nearest that fits the tense."""
    if moment.modifier == "this":
        return next((d for d in day_ranges(moment, published) if d[0].year == published.year), None)
    found = _fitting(day_ranges(moment, published), moment, tense, published)
    if found is None or moment.modifier not in {"last", "past", "next", "coming"}:
        return found
    # In June “last March” may be this year's or the one before.
    return found if found[0].year != published.year else None


def _weekday(moment: Moment, published: date, tense: Tense) -> Days | None:
    distance = (int(moment.fields["weekday"]) - published.weekday()) % 7
    ahead = published + timedelta(days=distance)
    back = ahead if distance == 0 else ahead - timedelta(days=7)
    modifier = moment.modifier
    if modifier in {"last", "past"}:
        back = back if distance else back - timedelta(days=7)
        sure = modifier == "past" or not _same_week(back, published)
        return (back, back) if sure and tense != "future" else None
    if modifier in {"next", "coming"}:
        ahead = ahead if distance else ahead + timedelta(days=7)
        sure = modifier == "coming" or not _same_week(ahead, published)
        return (ahead, ahead) if sure and tense != "past" else None
    if tense == "open" and distance:
        return None
    day = back if tense == "past" else ahead
    return day, day


def _same_week(one: date, other: date) -> bool:
    return one.isocalendar()[:2] == other.isocalendar()[:2]


def _within(moment: Moment, outer: Moment, published: date | None) -> Days | None:
    if published is None or outer.relative is None:
        return None
    count, unit = outer.relative
    if unit == "year":
        dated = Moment(
            moment.start, moment.end, "date", {**moment.fields, "year": published.year + count}
        )
        return _fitting(day_ranges(dated, None), dated, "open", None)
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=count)
    day = monday + timedelta(days=int(moment.fields["weekday"]))
    return day, day


def _shifted(moment: Moment, published: date, tense: Tense) -> Days | None:
    """“Yesterday”, “last month”, “next week”, “three days ago”."""
    if moment.relative is None:  # pragma: no cover - asked of relative dates only
        return None
    count, unit = moment.relative
    if moment.value:
        return _ago(-count, unit, published)
    if unit == "day":
        day = published + timedelta(days=count)
        fits = tense != ("future" if count < 0 else "past" if count > 0 else "")
        return (day, day) if fits else None
    if moment.modifier in {"past", "coming"} or unit in {"decade", "century"}:
        return None
    if (count < 0 and tense == "future") or (count > 0 and tense == "past") or tense == "open":
        return None
    if unit in {"week", "weekend", "fortnight"}:
        return _week(count, unit, published, tense)
    return next(iter(day_ranges(moment, published)), None)


def _week(count: int, unit: str, published: date, tense: Tense) -> Days | None:
    """Monday to Sunday, “this week” up to or from the day of publication."""
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=count)
    first, last = monday, monday + timedelta(days=6)
    if unit == "fortnight":
        return None
    if unit == "weekend":
        sure = count < 0 or (count == 0 and tense == "future")
        return (last - timedelta(days=1), last) if sure else None
    if count == 0:
        return (first, published) if tense == "past" else (published, last)
    return first, last


def _ago(count: int, unit: str, published: date) -> Days | None:
    """So long ago: exact for a few days, else the month or year if that is sure."""
    if unit == "day" and count <= _DAYS_AGO:
        day = published - timedelta(days=count)
        return day, day
    if unit == "week" and count <= _WEEKS:
        day = published - timedelta(weeks=count)
        return _one_month(day - timedelta(days=4), day + timedelta(days=4))
    if unit == "month" and count <= _MONTHS_AGO:
        months = published.year * 12 + published.month - 1 - count
        middle = date(months // 12, months % 12 + 1, min(published.day, 28))
        return _one_month(middle - timedelta(days=8), middle + timedelta(days=8))
    if unit == "year" and count <= _YEARS_AGO and 4 <= published.month <= 9:
        year = published.year - count
        return date(year, 1, 1), date(year, 12, 31)
    return None


def _one_month(low: date, high: date) -> Days | None:
    if (low.year, low.month) != (high.year, high.month):
        return None
    return low.replace(day=1), low.replace(day=calendar.monthrange(low.year, low.month)[1])
