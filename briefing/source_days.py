"""Which day a statement is told for: what was so on Wednesday need not be on Friday."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from briefing.types import Source

_DAY: Final = re.compile(r"(?P<year>\d{4}|-)-(?P<rest>(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d))")
_MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()
_HALF: Final = 6
_DEICTIC: Final = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|now|currently|so far|"
    r"(?:this|last|next) (?:morning|afternoon|evening|night|week|weekend|month|year|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)|"
    r"(?:days?|weeks?|months?|hours?) ago)\b",
    re.IGNORECASE,
)
"""Words whose meaning hangs on the day of writing (English)."""


@dataclass(frozen=True)
class SourceDay:
    """The day of a source in words; ``older``: there is a source of a later day.

    ``iso`` is the day as ISO 8601 has it, ``--05-16`` without a year.
    """

    words: str = ""
    older: bool = False
    iso: str = ""


UNDATED: Final = SourceDay()


def source_days(sources: Sequence[Source]) -> Mapping[str, SourceDay]:
    """The day of each source, by id.

    Days without a year are of one year; where they lie on both sides of the turn of one, nobody
    knows which came first, and none is older.
    """
    known = {each.id: _DAY.fullmatch(each.dated or "") for each in sources}
    given = {key: found for key, found in known.items() if found is not None}
    years = {found["year"] for found in given.values()}
    months = [int(found["month"]) for found in given.values()]
    comparable = "-" not in years or (not months or max(months) - min(months) < _HALF)
    places = {key: found["rest"] if "-" in years else found[0] for key, found in given.items()}
    last = max(places.values(), default="")
    days = {
        key: SourceDay(in_words(found[0]), comparable and places[key] < last, found[0])
        for key, found in given.items()
    }
    return {key: days.get(key, UNDATED) for key in known}


def as_of(days: Iterable[SourceDay], words: str) -> str:
    """The day to tell beside ``words``, which rest on sources of ``days``; empty for none.

    It is told where a source of a later day is there, and where the words themselves hang on it:
    “this morning”, “so far”. Support of the latest day makes them current.
    """
    given = list(days)
    if not given or not all(day.words for day in given):
        return ""
    current = any(not day.older for day in given)
    return "" if current and not is_deictic(words) else given[0].words


def open_as_of(days: Iterable[SourceDay], words: str) -> str:
    """As :func:`as_of`, of an open question: sources of a later day may have the answer."""
    given = list(days)
    day = as_of(given, words)
    return f"{day}, perhaps answered since" if day and all(each.older for each in given) else day


def planned_as_of(days: Iterable[SourceDay], date: str) -> str:
    """The day on which older sources, ``days``, told of ``date`` as to come; else empty.

    What has a date of its own and was over needs no other.
    """
    given = list(days)
    ahead = all(each.older and each.iso[:1].isdigit() and each.iso < date for each in given)
    return given[0].words if given and ahead else ""


def is_deictic(words: str) -> bool:
    """Whether ``words`` hang on the day on which they were written: “this morning”, “so far”."""
    return _DEICTIC.search(words) is not None


def in_words(day: str) -> str:
    """``2024-05-16`` as ``16 May 2024``, ``2024-05`` as ``May 2024``, ``--05-16`` as ``16 May``.

    Raises: ValueError or IndexError for what is no day.
    """
    year, *rest = day.replace("--", "-", 1).split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return " ".join(filter(None, (str(int(rest[1])) if len(rest) > 1 else "", month, year)))
