"""Times of the entries of live pages: what an entry says is so at its hour, not for good.

“18:05 Two dead” heads what was written at five past six; an hour later it may be six. A sentence
of such a page is shown with its hour in [brackets], and the heading as its evidence; with its day
as well where a page, or a log in a report, has entries of several.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from briefing.types import Span

_WEEKDAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_HEADING: Final = re.compile(
    rf"^[ \t]*(?P<time>(?:(?P<day>{_WEEKDAY}),?[ \t]+)?"
    r"(?P<hour>[01]?\d|2[0-4])[:.h](?P<minute>[0-5]\d)"
    r"(?:[ \t]?(?P<half>[ap])\.?m\b\.?)?(?:[ \t](?:GMT|UTC|BST|[CE]?[ESM]?[SD]?T)\b)?)"
    r"(?P<title>[^\n]*)$",
    re.MULTILINE | re.IGNORECASE,
)
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY_LINE: Final = re.compile(
    rf"^[ \t]*(?:[a-z]+ (?:of|for|from) )?"
    rf"(?P<day>{_WEEKDAY}(?:,? \d{{1,2}}(?:st|nd|rd|th)? {_MONTH}"
    rf"|,? {_MONTH} \d{{1,2}})?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}})"
    r"(?:,? \d{4})?:?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""“WEDNESDAY 4 MARCH”, “Log of Saturday 13 June”: a line that is a day."""
_LONGEST_TITLE: Final = 90
_FEWEST: Final = 3
"""Fewer headings may be anything: a timetable has times, too, but not with text behind each."""
_NOON: Final = 12 * 60
_TOP: Final = 300
"""Characters at the top of a text: a day there is that of all of it."""


@dataclass(frozen=True)
class Entry:
    """What stands from ``start`` on was written at ``time``, whose words are at ``given``.

    ``next_day``: midnight lies between it and the entry above. ``day`` is the line that says the
    day, where a page has several, ``end`` that of a line of a log.
    """

    start: int
    time: str
    given: Span
    next_day: bool = False
    day: Span | None = None
    end: int | None = None


class EntryTimes:
    """The entries of a text: none unless it is a live page, or has a log."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._entries = _entries(text)
        self._starts = [entry.start for entry in self._entries]

    @property
    def of_days(self) -> bool:
        """Whether the entries are of several days: what closes the page dates the last of them."""
        days = {self._text[e.day.start : e.day.end].lower() for e in self._entries if e.day}
        return len(days) > 1 or any(each.next_day for each in self._entries)

    def at(self, span: Span) -> Entry | None:
        """The entry in which ``span`` stands; None for a heading and outside of entries."""
        place = bisect_right(self._starts, span.start) - 1
        entry = self._entries[place] if place >= 0 else None
        return None if entry is None or (entry.end or span.end) < span.end else entry

    def day(self, entry: Entry) -> str:
        """The day of ``entry`` as the page says it, “Wednesday 4 March”; empty without one."""
        if entry.day is None:
            return ""
        words = " ".join(self._text[entry.day.start : entry.day.end].split())
        return words.title() if words.isupper() else words


def _entries(text: str) -> tuple[Entry, ...]:
    """Lines that begin with an hour, the rest of them an entry's title or text; or titles alone."""
    found = list(_HEADING.finditer(text))
    if _is_numbering([_minute(heading) for heading in found]):
        return ()
    return _entries_at(found, text) or _entries_at([h for h in found if _is_short(h)], text)


def _entries_at(headings: Sequence[re.Match[str]], text: str) -> tuple[Entry, ...]:
    minutes = [_minute(heading) for heading in headings]
    days = _days(text, headings)
    turns = [
        _day(one) != _day(other) or first != then
        for (one, other), (first, then) in zip(pairwise(headings), pairwise(days), strict=True)
    ]
    if len(headings) < _FEWEST or not _in_order(minutes, sum(turns)):
        return ()
    log = _is_log(text, headings)
    forward = sum(b >= a for a, b in pairwise(minutes)) * 2 >= len(minutes) - 1
    crossed = [(b < a) == forward and a != b for a, b in pairwise(minutes)]
    next_days = [False, *map(any, zip(turns, crossed, strict=True))]
    return tuple(
        Entry(
            heading.end() if _is_short(heading) and not log else heading.start(),
            heading["time"],
            Span(start=heading.start("time"), end=heading.end("time")),
            next_day,
            day,
            heading.end() if log else None,
        )
        for heading, next_day, day in zip(headings, next_days, days, strict=True)
    )


def _is_short(heading: re.Match[str]) -> bool:
    return len(heading["title"].strip()) <= _LONGEST_TITLE


def _days(text: str, headings: Sequence[re.Match[str]]) -> list[Span | None]:
    """The line above each heading that says its day; none where one at the top is that of all."""
    lines = [match.span("day") for match in _DAY_LINE.finditer(text)]
    names = {text[start:end].lower() for start, end in lines}
    if len(names) < 2 and not any(start > _TOP for start, _ in lines):
        return [None] * len(headings)
    starts = [start for start, _ in lines]
    places = [bisect_right(starts, heading.start()) - 1 for heading in headings]
    return [
        Span(start=lines[place][0], end=lines[place][1]) if place >= 0 else None for place in places
    ]


def _is_log(text: str, headings: Sequence[re.Match[str]]) -> bool:
    """Whether lines with an hour and some words follow each other: each says it all."""
    bare = [
        bool(one["title"].strip()) and not text[one.end() : other.start()].strip()
        for one, other in pairwise(headings)
    ]
    return sum(bare) * 2 > len(bare)


def _is_numbering(minutes: Sequence[int]) -> bool:
    """Whether they count on by one: “5.11 …”, “5.12 …” are paragraphs of a report."""
    steps = [after - before for before, after in pairwise(minutes)]
    return sum(step == 1 for step in steps) * 2 > max(_FEWEST, len(steps))


def _day(heading: re.Match[str]) -> str:
    return (heading["day"] or "").lower()


def _minute(heading: re.Match[str]) -> int:
    """Of the day."""
    minute = int(heading["hour"]) * 60 + int(heading["minute"])
    if heading["half"]:
        return minute % _NOON + _NOON * (heading["half"].lower() == "p")
    return minute


def _in_order(minutes: Sequence[int], turns: int) -> bool:
    """Whether time runs in one direction, but for a midnight, or as many as days change."""
    steps = [after - before for before, after in pairwise(minutes)]
    forward, back = sum(step >= 0 for step in steps), sum(step <= 0 for step in steps)
    return max(forward, back) >= len(steps) - max(1, turns) and len(set(minutes)) >= _FEWEST
