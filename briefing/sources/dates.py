"""Dates as documents write them, to ISO dates; only where there is one reading."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = "|".join(f"{m[:3]}(?:{m[3:]})?" for m in _MONTHS).replace("sep(?:", "sept?(?:")
_WEEKDAY = "|".join(f"{d[:3]}(?:{d[3:]})?" for d in _WEEKDAYS)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}\S*(?: ?(?:UTC|GMT|[+-]\d{2}:?\d{2}))?)?"
)
_CLOCK = r"(?:,|\s+at|\s*[-–—|])?\s*\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?"
_WORDED = re.compile(
    rf"(?:(?:published|posted)(?:\s+on)?:?\s+)?(?:(?P<weekday>{_WEEKDAY})\.?,?\s+)?"
    rf"(?:(?P<month1>{_MONTH})\.?\s+(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?,?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH})\.?,?)"
    rf"\s+(?P<year>\d{{4}})(?:{_CLOCK})?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_LONGEST = 80


def iso_date(text: str) -> str | None:
    """``YYYY-MM-DD`` where the whole of ``text`` is one date (a clock time may follow).

    English month names and ISO dates are read; ``06/12/2024`` is not, for it has two readings,
    nor is a date whose weekday is wrong.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if match := _ISO.fullmatch(text):
        return _valid(int(match[1]), int(match[2]), int(match[3]))
    if match := _WORDED.fullmatch(text):
        month = _index(_MONTHS, match["month1"] or match["month2"]) + 1
        found = _valid(int(match["year"]), month, int(match["day1"] or match["day2"]))
        return found if found and _weekday_fits(found, match["weekday"]) else None
    return None


def is_dated(text: str) -> bool:
    """Is the whole of ``text`` a date of any kind, be it wrong or with two readings?"""
    return any(pattern.fullmatch(text.strip()) for pattern in (_ISO, _WORDED, _NUMERIC))


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _weekday_fits(found: str, weekday: str | None) -> bool:
    return not weekday or date.fromisoformat(found).weekday() == _index(_WEEKDAYS, weekday)


def _index(names: list[str], name: str) -> int:
    return next(i for i, full in enumerate(names) if full[:3] == name[:3].lower())
