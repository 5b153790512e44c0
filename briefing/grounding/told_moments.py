"""Moments that claims and passages tell, and how an objection to one is put."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from briefing.grounding.day_ranges import Days, day_ranges
from briefing.grounding.moments import Moment, moments
from briefing.grounding.numbers import numbers
from briefing.grounding.reading import Reading
from briefing.grounding.verdicts import Objection

_KINDS = {"date": "date", "clock": "time", "duration": "duration", "age": "age"}


@dataclass(frozen=True)
class Told:
    """A moment of a passage: its words, the days it may mean, and the passage's own day."""

    moment: Moment
    words: str
    text: str
    days: tuple[Days, ...]
    published: date | None


@lru_cache(maxsize=512)
def told_in(text: str, published: date | None) -> tuple[Told, ...]:
    """All moments of a text of a known or unknown day."""
    return tuple(
        Told(m, text[m.start : m.end], text, tuple(day_ranges(m, published)), published)
        for m in moments(text)
    )


def object_to(item: Told, reason: str, certain: bool) -> Objection:
    """An objection to a moment of a claim."""
    return Objection(
        kind=_KINDS[item.moment.kind], words=item.words, reason=reason, certain=certain
    )


def refuse(item: Told, against: Sequence[Told], certain: bool) -> Objection:
    """Object with what the passages say instead, where they say one thing of this sort."""
    words = list(dict.fromkeys(t.words for t in against))
    if 0 < len(words) <= 3:
        said = " and ".join(f"“{w}”" for w in words)
        return object_to(item, f"“{item.words}”: the passages have {said}", certain)
    return object_to(item, f"the passages do not say “{item.words}”", certain)


def values_of(name: str, said: Told) -> set[int | str]:
    """What a moment says of a field, in words or by the calendar."""
    found = {said.moment.fields[name]} if name in said.moment.fields else set[int | str]()
    if name in {"decade", "century"} and "year" in said.moment.fields:
        year = int(said.moment.fields["year"])
        found.add(year // 10 * 10 if name == "decade" else (year - 1) // 100 + 1)
    for first, last in said.days:
        found |= calendar_values(name, first, last)
    return found


def calendar_values(name: str, first: date, last: date) -> set[int | str]:
    """What the days from ``first`` to ``last`` say of a field; nothing where they differ in it."""
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


def bare_numbers(grounds: Sequence[Reading]) -> set[float]:
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
