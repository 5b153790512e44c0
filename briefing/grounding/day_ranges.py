"""The days a date may mean, told from the day its text was published."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from briefing.grounding.moments import Moment

Days = tuple[date, date]
"""First and last day."""

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 12)}
_MODIFIED = {"last": (-13, -1), "past": (-13, -1), "previous": (-13, -1), "next": (1, 13)}
_NEAR = (-7, 7)


def day_ranges(moment: Moment, published: date | None) -> list[Days]:
    """All readings of a date as days; none where it cannot be told.

    "March" in a text of a known day may be the last or the next one.
    """
    try:
        return _ranges(moment, published)
    except (ValueError, OverflowError):  # 31 June, or a year that no calendar has
        return []


def _ranges(moment: Moment, published: date | None) -> list[Days]:
    if moment.relative:
        return [_shifted(moment.relative, published)] if published else []
    numbers = {k: v for k, v in moment.fields.items() if isinstance(v, int)}
    year = numbers.get("year")
    yearless = {"month", "quarter", "half"} & numbers.keys()
    if year is None and published is not None and yearless:
        years = [published.year - 1, published.year, published.year + 1]
        return [r for y in years if _near(r := _in_year(y, moment), published)]
    if year is not None:
        return [_in_year(year, moment)]
    if "decade" in numbers:
        return [_years(numbers["decade"], 10)]
    if "century" in numbers:
        return [_years(numbers["century"] * 100 - 99, 100)]
    if "weekday" in numbers and published:
        low, high = _MODIFIED.get(moment.modifier, _NEAR)
        days = (published + timedelta(days=n) for n in range(low, high + 1))
        return [(day, day) for day in days if day.weekday() == numbers["weekday"]]
    return []


def _near(days: Days, published: date) -> bool:
    return abs((days[0] - published).days) < 366


def _in_year(year: int, moment: Moment) -> Days:
    fields = moment.fields
    month, day = fields.get("month"), fields.get("day")
    if isinstance(month, int):
        last = calendar.monthrange(year, month)[1]
        first = day if isinstance(day, int) else 1
        return date(year, month, first), date(year, month, first if day else last)
    low, high = 1, 12
    if isinstance(quarter := fields.get("quarter"), int):
        low, high = 3 * quarter - 2, 3 * quarter
    elif isinstance(half := fields.get("half"), int):
        low, high = 6 * half - 5, 6 * half
    elif (season := fields.get("season")) in _SEASONS:
        low, high = _SEASONS[str(season)]
    return date(year, low, 1), date(year, high, calendar.monthrange(year, high)[1])


def _years(first: int, count: int) -> Days:
    return date(first, 1, 1), date(first + count - 1, 12, 31)


def _shifted(relative: tuple[int, str], published: date) -> Days:
    count, unit = relative
    if unit in {"day", "night"}:
        day = published + timedelta(days=count)
        return day, day
    if unit in {"week", "weekend", "fortnight"}:
        weeks = count * 2 if unit == "fortnight" else count
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=weeks)
        return (monday + timedelta(days=5 if unit == "weekend" else -1)), monday + timedelta(days=6)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + count
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, 1), date(year, month + 1, last)
    if unit == "year":
        return _years(published.year + count, 1)
    if unit == "decade":
        return _years(published.year // 10 * 10 + 10 * count, 10)
    return published, published


def holds(wide: list[Days], narrow: list[Days]) -> bool:
    """Does a reading of ``wide`` contain one of ``narrow``?"""
    return any(a <= c and d <= b for a, b in wide for c, d in narrow)


def meets(some: list[Days], others: list[Days]) -> bool:
    """Do readings have a day in common?"""
    return any(a <= d and c <= b for a, b in some for c, d in others)
