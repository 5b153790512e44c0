"""Numbers that are parts of something: "one in five" of many, "half a mile" of a unit.

The first is a share, as 20 % is; the second is a plain number of miles.
"""

from __future__ import annotations

import re
from functools import cache

from briefing.grounding.number_words import lexicon

_TIMES = (
    "second", "minute", "hour", "day", "night", "week", "fortnight", "month", "year", "decade",
    "century",
)  # fmt: skip
_RATIO = re.compile(
    r"[\s-](?:(?P<plain>in)|in (?:every|each)|out of(?: (?:every|each))?|of every)[\s-]",
    re.IGNORECASE,
)
_LARGEST_PART = 99
_LARGEST_WHOLE = 20
"""Wholes above this are round where they are shares: one in 100, not one in 37."""
_WITHIN_TIME = re.compile(rf"[\s-](?:[a-z]+\s)?(?:{'|'.join(_TIMES)}|centurie)s?\b", re.IGNORECASE)


def is_ratio(part: float, between: str, whole: float, behind: str) -> bool:
    """Is it the "one in five" of a share, not the "three in 20 minutes" of a count?"""
    found = _RATIO.fullmatch(between)
    if not found or not 0 < part < whole or part > _LARGEST_PART:
        return False
    if part != int(part) or whole != int(whole):
        return False
    if not found["plain"]:
        return True
    usual = whole <= _LARGEST_WHOLE or whole % 10 == 0
    return usual and not _WITHIN_TIME.match(behind) and not behind.startswith(("%", ".", ":"))


def unit_share(behind: str) -> tuple[float, int] | None:
    """What a fraction is a part of in "half a mile": a factor, and how much of ``behind`` is read.

    The unit itself is left to be read; "a quarter of a million" is 250,000 as it stands. None for
    a share of something that is no unit.
    """
    found = _of_unit().match(behind)
    if not found:
        return None
    factor = lexicon("magnitudes").get(found["unit"].lower())
    return (float(factor), found.end("unit")) if factor else (1.0, found.start("unit") - 1)


@cache
def _of_unit() -> re.Pattern[str]:
    units = [
        form
        for table in (*lexicon("units").values(), lexicon("currencies"))
        for entry in table.values()
        for form in (*entry["forms"], *entry.get("sub", ()))
        if len(form) > 2 and form[0].isalpha()
    ]
    words = sorted({*units, *_TIMES, *lexicon("magnitudes")}, key=len, reverse=True)
    named = "|".join(map(re.escape, words))
    return re.compile(rf"(?:\s(?:of\s)?(?:an?|one)\s|[\s-])(?P<unit>{named})\b", re.IGNORECASE)
