"""Times of the entries of live pages: what an entry says was so at its hour, not for good.

“18:05 Two dead” heads what was written at five past six; an hour later it may be six. A sentence
of such a page is shown with its hour in [brackets], and the heading as its evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from briefing.types import Span

_HEADING: Final = re.compile(
    r"^[ \t]*(?P<time>(?:(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day),?[ \t]+)?"
    r"(?P<hour>[01]?\d|2[0-4])[:.h](?P<minute>[0-5]\d)"
    r"(?:[ \t]?(?P<half>[ap])\.?m\b\.?)?(?:[ \t](?:GMT|UTC|BST|[CE]?[ESM]?[SD]?T)\b)?)"
    r"(?P<title>[^\n]*)$",
    re.MULTILINE | re.IGNORECASE,
)
_LONGEST_TITLE: Final = 90
_FEWEST: Final = 3
"""Fewer headings may be anything: a timetable has times, too, but not with text behind each."""
_NOON: Final = 12 * 60


@dataclass(frozen=True)
class Entry:
    """What stands from ``start`` on was written at ``time``, whose words are at ``given``.

    ``next_day``: midnight lies between it and the entry above.
    """

    start: int
    time: str
    given: Span
    next_day: bool = False


class EntryTimes:
    """The entries of a text: none unless it is a live page."""

    def __init__(self, text: str) -> None:
        self._entries = _entries(text)
        self._starts = [entry.start for entry in self._entries]

    @property
    def of_days(self) -> bool:
        """Whether the entries are of several days: what closes the page dates the last of them."""
        return any(each.next_day for each in self._entries)

    def at(self, span: Span) -> Entry | None:
        """The entry in which ``span`` stands; None for a heading and outside of entries."""
        place = bisect_right(self._starts, span.start) - 1
        return self._entries[place] if place >= 0 else None


def _entries(text: str) -> tuple[Entry, ...]:
    headings = [
        heading
        for heading in _HEADING.finditer(text)
        if len(heading["title"].strip()) <= _LONGEST_TITLE
    ]
    minutes = [_minute(heading) for heading in headings]
    turns = [_day(one) != _day(other) for one, other in pairwise(headings)]
    if len(headings) < _FEWEST or not _in_order(minutes, sum(turns)):
        return ()
    forward = sum(b >= a for a, b in pairwise(minutes)) * 2 >= len(minutes) - 1
    crossed = [(b < a) == forward and a != b for a, b in pairwise(minutes)]
    return tuple(
        Entry(
            heading.end(),
            heading["time"],
            Span(start=heading.start("time"), end=heading.end("time")),
            next_day,
        )
        for heading, next_day in zip(
            headings, [False, *map(any, zip(turns, crossed, strict=True))], strict=True
        )
    )


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
