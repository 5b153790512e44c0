"""The timeline as a picture: where each dated event stands on one line.

Distances are to scale except across long gaps, which are shortened and marked as broken. Positions
are percentages, so that the picture fits any width while its text keeps its size.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from briefing.source_days import in_words
from briefing.types import Event

_EDGE: Final = 4.0
_WIDTH: Final = 100 - 2 * _EDGE
_APART: Final = 7.0
"""Events nearer than so many hundredths of the width stand above each other."""
_LABELS_APART: Final = 30.0
_LEVELS: Final = 6
_FAR, _LONG = 3, 2
"""A gap is shortened that is longer than thrice the next and twice all the others."""


@dataclass(frozen=True)
class Dot:
    """An event: from ``x`` to ``to`` in per cent of the width, ``level`` from 0 upwards."""

    number: int
    x: float
    to: float
    level: int

    @property
    def stretch(self) -> bool:
        """Whether it lasts, or is known by its month or year only."""
        return self.to > self.x


@dataclass(frozen=True)
class Label:
    """A date below the line."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Picture:
    """Dots above a line, dates below it, and where the line is broken."""

    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    breaks: tuple[float, ...]
    levels: int
    described: str


def picture(events: Sequence[Event]) -> Picture | None:
    """The picture of ``events``; None where there are not two days to tell apart."""
    try:
        spans = [(_first(event.date), _last(event.until or event.date)) for event in events]
    except ValueError:  # no day of the calendar
        return None
    days = sorted({day for span in spans for day in span})
    if len({start for start, _ in spans}) < 2 or any(end < start for start, end in spans):
        return None
    places, breaks = _places(days)
    dots = _dots(spans, places)
    labels = _labels(sorted(events, key=lambda event: _first(event.date)), places)
    ends = in_words(days[0].isoformat()), in_words(days[-1].isoformat())
    scale = ", long gaps shortened" if breaks else ""
    return Picture(
        dots=dots,
        labels=labels,
        breaks=breaks,
        levels=max(dot.level for dot in dots) + 1,
        described=f"{len(events)} events from {ends[0]} to {ends[1]}{scale}; the list below has "
        "each with its date",
    )


def _first(day: str) -> date:
    year, month, number = [*(int(part) for part in day.split("-")), 1, 1][:3]
    return date(max(year, 1), month, number)


def _last(day: str) -> date:
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 3:
        return _first(day)
    year, month = max(parts[0], 1), parts[1] if len(parts) > 1 else 12
    return date(year, month, monthrange(year, month)[1])


def _places(days: Sequence[date]) -> tuple[dict[date, float], tuple[float, ...]]:
    """Where each day stands, in per cent, and the middles of the gaps that were shortened."""
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    near = sorted(gaps)
    while len(near) > 1 and near[-1] > max(_FAR * near[-2], _LONG * sum(near[:-1])):
        near.pop()
    limit = max(near[-1], sum(near) / 2)
    shown = [min(gap, limit) for gap in gaps]
    total = sum(shown) or 1
    at = _EDGE
    places, breaks = {days[0]: at}, []
    for day, gap, drawn in zip(days[1:], gaps, shown, strict=True):
        width = drawn / total * _WIDTH
        if drawn < gap:
            breaks.append(round(at + width / 2, 2))
        at += width
        places[day] = round(at, 2)
    return places, tuple(breaks)


def _dots(spans: Sequence[tuple[date, date]], places: dict[date, float]) -> tuple[Dot, ...]:
    """Each event on the lowest level that has room for it; what finds none shares the top."""
    taken = [float("-inf")] * _LEVELS
    dots = []
    for index in sorted(range(len(spans)), key=lambda i: spans[i]):
        x, to = (places[day] for day in spans[index])
        level = next((n for n in range(_LEVELS) if x - taken[n] >= _APART), _LEVELS - 1)
        taken[level] = max(taken[level], to)
        dots.append(Dot(index + 1, x, to, level))
    return tuple(dots)


def _labels(events: Sequence[Event], places: dict[date, float]) -> tuple[Label, ...]:
    """The first date, the last, and those between that have room."""
    ends = events[0], events[-1]
    last = places[_first(ends[1].date)]
    found = [Label(places[_first(ends[0].date)], in_words(ends[0].date), "start")]
    for event in events[1:-1]:
        x = places[_first(event.date)]
        if x - found[-1].x >= _LABELS_APART and last - x >= _LABELS_APART:
            found.append(Label(x, in_words(event.date), "middle"))
    if last - found[-1].x >= _LABELS_APART:
        found.append(Label(last, in_words(ends[1].date), "end" if last > 80 else "middle"))
    return tuple(found)
