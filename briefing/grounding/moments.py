"""Dates, times of day, durations and ages in a text, as far as they are written out.

What a "yesterday" comes to is reckoned in :mod:`briefing.grounding.day_ranges`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from briefing.grounding.approximators import approximator
from briefing.grounding.clocks import minutes_of, nearness
from briefing.grounding.moment_patterns import (
    A_UNIT,
    AGE_BEFORE,
    AGE_BEHIND,
    AND_A_HALF,
    BARE_AGE,
    HOLIDAYS,
    MONTHS,
    PARTS,
    PATTERNS,
    RELATIVE_DAYS,
    SEASONS,
    SECONDS,
    TIME_UNIT,
    TIMED,
    UNITS,
    WEEKDAYS,
    unit_of,
)
from briefing.grounding.number_words import lexicon
from briefing.grounding.numbers import Number, numbers
from briefing.grounding.reading import Reading

Kind = Literal["date", "clock", "duration", "age"]
_SIXTIETHS = {"hour", "minute"}
_REST = re.compile(
    r"\s(?P<rest>[1-5]?\d)(?=\s?[,;)]|\.(?!\d)|$|\s(?:to|and|from|behind|ahead|off|down|clear|adrift)\b)"
)
"""“1 minute 20”, “two hours 15”."""
_JOINED = re.compile(r",?\s(?:and\s)?", re.IGNORECASE)


@dataclass(frozen=True)
class Moment:
    """A date, clock time, duration or age at ``[start, end)``; None for what is not said.

    ``fields`` holds year, month, day, weekday (0 is Monday), season, quarter, half, decade,
    century and part (of the day) of a date. ``relative`` is a distance in a unit: (-1, "day") for
    yesterday; ``modifier`` is "last" or "next". ``minutes`` are the readings of a clock time.
    ``value`` and ``unit`` are of a duration or an age. ``weak``: "a week", said in passing, or
    "13.15", which may be no time. ``approx`` is how a comparison loosens it. ``parts`` are the
    four years and the six months of "four years and six months".
    """

    start: int
    end: int
    kind: Kind
    fields: dict[str, int | str] = field(default_factory=dict, hash=False)
    relative: tuple[int, str] | None = None
    modifier: str = ""
    minutes: tuple[int, ...] = ()
    value: float = 0.0
    unit: str = ""
    approx: str = ""
    weak: bool = False
    parts: tuple[Moment, ...] = ()

    @property
    def seconds(self) -> float:
        """The length of a duration."""
        return self.value * SECONDS.get(self.unit, 0)


@lru_cache(maxsize=256)
def moments(text: str) -> tuple[Moment, ...]:
    """All dates, times, durations and ages of ``text``, in order of their starts.

    A date in figures with two readings ("03/05/2021") stands here twice with one span; both ends
    of a range ("3-5 March") stand here with spans of their own.
    """
    found: list[Moment] = []
    for written in (*_worded(text), *_measured(text)):
        clash = any(m.start < new.end and new.start < m.end for m in found for new in written)
        if not clash:
            found += written
    return tuple(_composed(sorted(found, key=lambda moment: moment.start), text))


def _composed(found: list[Moment], text: str) -> Iterator[Moment]:
    """Read "four years and six months" and "a year and a half" as one length of time."""
    whole: Moment | None = None
    for moment in found:
        if whole and _continues(whole, moment, text):
            value = whole.value + moment.seconds / SECONDS[whole.unit]
            parts = (*(whole.parts or (whole,)), moment)
            whole = replace(
                whole, end=moment.end, kind=moment.kind, value=value, weak=False, parts=parts
            )
            continue
        if whole:
            yield whole
        half = AND_A_HALF.match(text, moment.end) if _is_length(moment) else None
        rest = _REST.match(text, moment.end) if moment.unit in _SIXTIETHS else None
        part = 0.5 if half else int(rest["rest"]) / 60 if rest and _is_length(moment) else 0.0
        end = half.end() if half else rest.end() if rest else 0
        whole = _longer(moment, end, part) if part else moment
    if whole:
        yield whole


def _longer(moment: Moment, end: int, by: float) -> Moment:
    return replace(moment, end=end, value=moment.value + by, weak=False)


def _is_length(moment: Moment) -> bool:
    return moment.kind == "duration" and moment.value > 0 and moment.unit in SECONDS


def _continues(whole: Moment, part: Moment, text: str) -> bool:
    """Is ``part`` the "six months" behind "four years and"?"""
    lengths = _is_length(whole) and part.kind in {"duration", "age"} and part.value > 0
    last = whole.parts[-1] if whole.parts else whole
    smaller = lengths and part.seconds < SECONDS[last.unit]
    return smaller and bool(_JOINED.fullmatch(text[whole.end : part.start]))


def owned(reading: Reading) -> list[tuple[int, int]]:
    """The spans whose numbers belong to dates, times, durations and ages."""
    return [(moment.start, moment.end) for moment in moments(reading.text)]


def _worded(text: str) -> Iterator[list[Moment]]:
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            yield list(_moments_of(match))


def _moments_of(match: re.Match[str]) -> Iterator[Moment]:
    groups = {name: value.lower() for name, value in match.groupdict().items() if value}
    start, end = min(match.start(name) for name in groups), match.end()
    if "clock" in groups:
        minutes, weak = minutes_of(groups), "dotted" in groups
        approx = nearness(match.string[max(0, start - 40) : start])
        if minutes:
            yield Moment(start, end, "clock", minutes=minutes, approx=approx, weak=weak)
        return
    if "hundreds" in groups:
        first = int(groups["hundreds"])
        yield Moment(start, end, "date", {"century": first // 100 + 1})
        yield Moment(start, end, "date", {"decade": first})
        return
    if "first" in groups:
        yield from _numeric(groups, start, end)
        return
    fields = _fields(groups)
    relative = _relative(groups)
    if not fields and not relative:
        return
    modifier = groups.get("modifier", "")
    yield Moment(start, end, "date", fields, relative, modifier)
    for also in ("day2", "year2"):
        if also in groups:
            name = also[:-1]
            value = int(groups[also])
            if name == "year" and value < 100:
                value += int(groups["year"]) // 100 * 100
            also_fields = {**fields, name: value}
            yield Moment(match.start(also), end, "date", also_fields, relative, modifier)


def _fields(groups: dict[str, str]) -> dict[str, int | str]:
    fields = _day_fields(groups)
    if "weekday" in groups:
        fields["weekday"] = _index(WEEKDAYS, groups["weekday"])
    if "season" in groups:
        fields["season"] = SEASONS[groups["season"]]
    if "part" in groups:
        fields["part"] = PARTS[groups["part"]]
    for name in ("quarter", "half", "century"):
        if name in groups:
            fields[name] = _place(groups[name])
    if "decade" in groups:
        fields["decade"] = _decade(groups["decade"])
    return fields


def _day_fields(groups: dict[str, str]) -> dict[str, int | str]:
    """Year, month and day, of a holiday too."""
    fields: dict[str, int | str] = {
        name: int(groups[name]) for name in ("year", "day") if name in groups
    }
    if "month" in groups:
        month = groups["month"].rstrip(".")
        fields["month"] = int(month) if month.isdigit() else _index(MONTHS, month) + 1
    if "holiday" in groups:
        fields["month"], fields["day"] = HOLIDAYS[re.sub("[’‘`]", "'", groups["holiday"])]
    return fields


def _index(names: list[str], name: str) -> int:
    return next(i for i, full in enumerate(names) if full[:3] == name[:3])


def _place(word: str) -> int:
    digits = re.sub(r"\D", "", word)
    return int(digits) if digits else int(numbers(word)[0].value)


def _decade(word: str) -> int:
    digits = re.sub(r"\D", "", word)
    if not digits:
        return 1900 + int(lexicon("small")[word.removesuffix("ies") + "y"])
    return int(digits) if len(digits) == 4 else 1900 + int(digits)


def _relative(groups: dict[str, str]) -> tuple[int, str] | None:
    if "relday" in groups:
        return RELATIVE_DAYS[" ".join(groups["relday"].split())], "day"
    if "relunit" in groups:
        return {"last": -1, "past": -1, "previous": -1, "this": 0}.get(groups["modifier"], 1), (
            groups["relunit"]
        )
    return None


def _numeric(groups: dict[str, str], start: int, end: int) -> Iterator[Moment]:
    """A date like 03/05/2021 may begin with the day or with the month."""
    first, second, year = int(groups["first"]), int(groups["second"]), int(groups["year"])
    year += 2000 if year < 50 else 1900 if year < 100 else 0
    for month, day in {(first, second), (second, first)}:
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Moment(start, end, "date", {"year": year, "month": month, "day": day})


def _measured(text: str) -> Iterator[list[Moment]]:
    """Durations and ages, "three days ago" among the dates."""
    for number in numbers(text):
        if number.form in {"cardinal", "vague"} and number.value >= 0:
            yield list(_of_number(number, text))
    for match in TIMED.finditer(text):
        hours, minutes, seconds = (int(match[name]) for name in ("hour", "minute", "second"))
        value = hours + minutes / 60 + seconds / 3600
        yield [Moment(*match.span(), "duration", value=value, unit="hour")]
    for match in BARE_AGE.finditer(text):
        yield [Moment(*match.span("age"), "age", value=float(match["age"]), unit="year", weak=True)]
    for match in A_UNIT.finditer(text):
        value = 0.5 if match[0].lower().startswith("half") else 1.0
        yield list(_duration(match.start(), value, unit_of(match["unit"]), match.end(), text, True))
    for match in UNITS.finditer(text):
        yield [Moment(*match.span("unit"), "duration", unit=unit_of(match["unit"]), weak=True)]


def _of_number(number: Number, text: str) -> Iterator[Moment]:
    behind = re.compile(rf"[\s-]?(?:(?:and\s+a\s+half|{_FILLERS})[\s-])?{TIME_UNIT.pattern}")
    match = behind.match(text, number.end)
    before = AGE_BEFORE.search(text[max(0, number.start - 20) : number.start])
    if match:
        unit = unit_of(match["unit"])
        half = 0.5 if "half" in match[0] else 0.0
        scale = {"decade": 10, "century": 100}.get(unit, 1)
        old = AGE_BEHIND.match(text, match.end())
        if old or (before and unit == "year"):
            end = old.end() if old else match.end()
            approx, _ = approximator(text, number.start, end)
            value, unit = number.value * scale, "year" if scale > 1 else unit
            yield Moment(number.start, end, "age", value=value, unit=unit, approx=approx)
            return
        value = (number.value + half) * scale
        yield from _duration(
            number.start, value, "year" if scale > 1 else unit, match.end(), text, False
        )
    elif before and number.value < 120:
        approx, _ = approximator(text, number.start, number.end)
        yield Moment(
            number.start, number.end, "age", value=number.value, unit="year", approx=approx
        )


_FILLERS = (
    "more|additional|consecutive|straight|full|further|extra|long|whole|or more|other|short|"
    "working|calendar|business|school|in-game|successive"
)


def _duration(
    start: int, value: float, unit: str, end: int, text: str, weak: bool
) -> Iterator[Moment]:
    if weak and unit in {"decade", "century"}:
        value, unit = value * {"decade": 10, "century": 100}[unit], "year"
    ago = re.compile(r"\s+ago\b").match(text, end)
    if ago and value == int(value):
        yield Moment(start, ago.end(), "date", relative=(-int(value), unit), value=value, unit=unit)
        return
    approx, _ = approximator(text, start, end)
    yield Moment(start, end, "duration", value=value, unit=unit, approx=approx, weak=weak)
