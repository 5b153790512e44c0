"""As of when a sentence is told: the day of its source, the hour of its entry (English)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.across.stated import stated_in
from briefing.across.told import Told
from briefing.extract.entry_times import EntryTimes

_CLOCK = re.compile(r"(\d{1,2})[:.h](\d\d)(?:\s?([ap])\.?m)?", re.IGNORECASE)
_DAY = len("2031-05-12")
_UNDATED_YEAR = "0000"
_NOON = 12
_TOP, _LONGEST = 6, 80
"""A short passage among so many at the top may be the date of the source."""


@dataclass(frozen=True)
class Hour:
    """``day`` as :func:`briefing.across.publication.written_on` has it, ``minute`` of the day.

    Each is empty where it is not known.
    """

    day: str
    minute: int | None


def hour_of(told: Told) -> Hour:
    """When a sentence was written, as far as its source says."""
    times = _times(told.article.source.body)
    entry = times.at(told.line.sentence)
    day, clock = told.published[:_DAY], told.published[_DAY:]
    if entry is not None:
        return Hour("" if times.of_days else day, _minute(entry.time))
    return Hour(day, _minute(clock) if clock else _headed(told))


def order_of(one: Told, other: Told) -> int | None:
    """Below 0 where ``one`` was written first; None where that is not known."""
    mine, theirs = hour_of(one), hour_of(other)
    a, b = mine.day, theirs.day
    if not a or not b:
        return None
    if a.startswith(_UNDATED_YEAR) != b.startswith(_UNDATED_YEAR):  # one of them has no year
        a, b = a[5:], b[5:]
    if a != b:
        return -1 if a < b else 1
    if mine.minute is None or theirs.minute is None or mine.minute == theirs.minute:
        return None
    return -1 if mine.minute < theirs.minute else 1


def same_hour(one: Told, other: Told) -> bool:
    """Whether both are written on one day and, where any hour is known, at one hour."""
    mine, theirs = hour_of(one), hour_of(other)
    return bool(mine.day) and mine == theirs


def _headed(told: Told) -> int | None:
    """The hour beside the date at the top of a source: “Monday 15 June, 19:20”."""
    for passage in told.article.passages[:_TOP]:
        if passage.kind != "body" and len(passage.text) <= _LONGEST:
            given = stated_in(passage.text)
            minute = _minute(passage.text)
            if given and minute is not None:
                return minute
    return None


@lru_cache(maxsize=64)
def _times(body: str) -> EntryTimes:
    return EntryTimes(body)


def _minute(clock: str) -> int | None:
    found = _CLOCK.search(clock)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        hour = hour % _NOON + _NOON * (half == "p")
    return hour * 60 + minute
