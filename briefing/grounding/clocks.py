"""Clock times: how English writes them, the minutes they mean, and which of them agree.

"Twenty to midnight", "half past six in the morning" and "shortly before noon" are read here.
"""

from __future__ import annotations

import re
from typing import Final

from briefing.grounding.numbers import numbers

DAY = 1440
"""Minutes of a day."""
_SHORTLY, _ABOUT, _LOOSELY = 30, 20, 180
"""Minutes between a time and one that is told as shortly before it, about it, before it."""

_HOUR = r"(?P<hour>[01]?\d|2[0-4])"
_SPELLED = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ANY_HOUR = (
    rf"(?P<hour>\d{{1,2}}|{_SPELLED})(?![\d%]|[.:,]\d|\s(?:per|pc|percent|[mb]illion|thousand|"
    r"hundred|dozen|euros?|dollars?|pounds?|points?|people)\b)"
)
_NAMED = r"(?P<named>noon|midday|midnight)"
_ANCHOR = rf"(?:{_NAMED}|{_ANY_HOUR})\b"
_MERIDIEM = r"(?P<meridiem>[ap]\.?\s?m\b\.?)"
_OF_DAY = (
    r"(?:in\s+the\s+(?P<daypart>(?:early\s+)?morning|afternoon|evening)|at\s+(?P<night>night))\b"
)
_TAIL = rf"(?:\s?{_MERIDIEM}|\s+{_OF_DAY}|\s?o[’'`]?\s?clock\b)?"
_SMALL = (
    rf"{_SPELLED}|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    rf"twenty(?:[\s-](?:{_SPELLED}))?|[1-5]?\d"
)
_FIVES = r"five|ten|twenty(?:[\s-]five)?|5|10|20|25"
_AT = r"\b(?:at|by|until|till|since|from|around|about|before|after)\s"
_DAYS = "mon|tues|wednes|thurs|fri|satur|sun"
_ENDED = (
    r"(?=$|[.,;:)!?”\"](?!\d)|\s(?:on|in|at|when|as|and|but|local|yesterday|today|tomorrow|last|this|"
    rf"that|with|after|before|while|(?:{_DAYS})day)\b)"
)
PATTERNS: Final = [
    rf"(?P<clock>\b(?P<past>half|(?:a\s)?quarter)\s(?P<to>past|before|after)\s{_ANCHOR}{_TAIL})",
    rf"(?P<clock>(?<!by\s)(?<!by\sa\s)\b(?P<past>(?:a\s)?quarter)\s(?P<to>to)\s{_ANCHOR}{_TAIL})",
    rf"(?P<clock>\b(?P<past>{_SMALL})[\s-]minutes?\s(?P<to>past|to|before|after)\s{_ANCHOR}{_TAIL})",
    rf"(?P<clock>(?<!from\s)\b(?P<past>{_SMALL})\s(?P<to>past|to|before|after)\s{_NAMED}\b)",
    rf"(?P<clock>\b(?P<past>{_FIVES})\spast\s{_ANY_HOUR}\b{_TAIL})",
    rf"\b(?:at|by|until|till)\s(?P<clock>(?P<past>{_FIVES})\s(?P<to>to)\s{_ANY_HOUR}\b{_TAIL}){_ENDED}",
    rf"{_AT}(?P<clock>(?P<past>half)\s(?P<hour>{_SPELLED})\b(?![\s-](?:hundred|thousand|million)){_TAIL})",
    rf"(?P<clock>\b{_HOUR}[:.](?P<minute>[0-5]\d)(?:\s?{_MERIDIEM}|\s+{_OF_DAY}))",
    rf"(?P<clock>\b(?:{_HOUR})\s?{_MERIDIEM})",
    rf"(?P<clock>\b(?P<hour>{_SPELLED})\s?{_MERIDIEM})",
    rf"(?P<clock>(?<![:.\d]){_HOUR}:(?P<minute>[0-5]\d)(?![:.]?\d))",
    rf"(?P<clock>\b{_HOUR}[.:]?(?P<minute>[0-5]\d)\s?(?:GMT|BST|UTC|EST|EDT|CET|hrs|hours)\b)",
    rf"\b(?:at|until|by)\s(?P<dotted>(?P<clock>{_HOUR}\.(?P<minute>[0-5]\d))){_ENDED}",
    rf"(?P<clock>\b(?P<hour>\d{{1,2}}|{_SPELLED})\s?o[’'`]?\s?clock(?:\s+{_OF_DAY})?)",
    rf"{_AT}(?P<clock>(?P<hour>\d{{1,2}}|{_SPELLED})\s+{_OF_DAY})",
    rf"(?P<clock>\b(?:(?:12|twelve)\s)?{_NAMED}\b)",
]
_SHORT = (
    "shortly|just|right|soon|immediately|moments|minutes|a little|a few minutes|not long|a bit|"
    "a minute|a moment"
)
_ROUGHLY = re.compile(
    rf"(?:(?P<short>{_SHORT})\s+(?P<side>before|after)|"
    r"(?P<about>about|around|roughly|approximately|nearly|almost|close to|some|circa)|"
    r"\b(?P<plain>before|after|past))\s+$",
    re.IGNORECASE,
)


def minutes_of(groups: dict[str, str]) -> tuple[int, ...]:
    """Minutes since midnight; two readings where morning and afternoon are not told apart."""
    past = groups.get("past", "").removeprefix("a ")
    distance = {"half": 30, "quarter": 15}.get(past) or (int(numbers(past)[0].value) if past else 0)
    distance *= -1 if groups.get("to") in {"to", "before"} else 1
    if "named" in groups:
        hours = (0, DAY) if groups["named"] == "midnight" and not past else (_named(groups),)
        return tuple(hour + distance if not past else (hour + distance) % DAY for hour in hours)
    hour = int(numbers(groups["hour"])[0].value)
    minute = int(groups.get("minute", "0"))
    if hour > 24 or distance >= 60:
        return ()
    total = (hour * 60 + minute + distance) % DAY if past else hour * 60 + minute
    half = _half_of_day(groups, hour)
    if half:
        return (total % 720 + (720 if half == "p" else 0),)
    return (total, (total + 720) % DAY) if hour <= 12 else (total,)


def _named(groups: dict[str, str]) -> int:
    return 0 if groups["named"] == "midnight" else 720


def _half_of_day(groups: dict[str, str], hour: int) -> str:
    """A for the morning, p for the rest of the day; empty where it is not told."""
    if hour > 12:
        return ""
    if "meridiem" in groups:
        return groups["meridiem"][0]
    if "night" in groups:
        return "p" if 6 <= hour < 12 else "a"
    part = groups.get("daypart", "")
    return "" if not part else "a" if part.endswith("morning") else "p"


def nearness(before: str) -> str:
    """How the words before a clock time loosen it: ``shortly before``, ``about``, ``after``."""
    found = _ROUGHLY.search(before)
    if not found:
        return ""
    if found["short"]:
        return f"shortly {found['side'].lower()}"
    return "about" if found["about"] else found["plain"].lower().replace("past", "after")


def is_near(loose: str, limit: int, exact: int) -> bool:
    """Is the minute ``exact`` one that may be told as ``loose`` of ``limit``?"""
    later = (exact - limit) % DAY
    earlier = (limit - exact) % DAY
    return {
        "shortly before": 0 < earlier <= _SHORTLY,
        "shortly after": 0 < later <= _SHORTLY,
        "about": min(earlier, later) <= _ABOUT,
        "before": 0 < earlier <= _LOOSELY,
        "after": 0 < later <= _LOOSELY,
    }.get(loose, False)
