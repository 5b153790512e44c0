"""How English writes dates and times: the patterns that :mod:`briefing.grounding.moments` reads.

Earlier patterns win where two match the same words.
"""

from __future__ import annotations

import re

from briefing.grounding.clocks import PATTERNS as CLOCKS

MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SEASONS = {
    "spring": "spring",
    "summer": "summer",
    "autumn": "autumn",
    "fall": "autumn",
    "winter": "winter",
}
PARTS = {
    "morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night",
    "overnight": "night", "dawn": "morning", "tonight": "night",
    "lunchtime": "afternoon", "teatime": "afternoon",
}  # fmt: skip
RELATIVE_DAYS = {
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "this morning": 0,
    "this afternoon": 0, "this evening": 0, "last night": -1, "day before yesterday": -2,
    "day after tomorrow": 2,
}  # fmt: skip
HOLIDAYS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "valentine's day": (2, 14),
    "st patrick's day": (3, 17), "halloween": (10, 31), "epiphany": (1, 6),
    "bastille day": (7, 14), "armistice day": (11, 11), "all saints' day": (11, 1),
}  # fmt: skip
"""Days with a fixed date: month and day."""
_DAY = 86_400.0
SECONDS = {
    "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": _DAY, "night": _DAY, "week": 7 * _DAY,
    "fortnight": 14 * _DAY, "month": 365.25 / 12 * _DAY, "year": 365.25 * _DAY,
}  # fmt: skip

_WORD_MONTH = "|".join(
    rf"{m[:3]}(?:{m[3:]})?" if m[3:] else m for m in MONTHS
).replace("sep(?:", "sept?(?:")  # fmt: skip
_FULL_MONTH = "|".join(m.capitalize() for m in MONTHS)
_MONTH = rf"(?P<month>(?:{_WORD_MONTH})\b\.?)"
_WEEKDAY_WORD = (
    r"mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?"
)
_LONG_WEEKDAY = "|".join(WEEKDAYS)
_YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)(?![\d,.]\d|\d)"
_D = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:]|,\d{3}|[.]\d)"
_D2 = r"(?:\s?(?:[-–—/&]|to|and|or|until)\s?(?P<day2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b)?"
_LEAD = rf"(?:\b(?P<weekday>{_WEEKDAY_WORD})\b\.?,?\s+(?:the\s+)?)?"
_PART = r"morning|afternoon|evening|night|overnight|dawn|lunchtime|teatime"
_TAIL = rf"(?:\s+(?P<part>{_PART})\b)?"
_MODIFIER = r"(?P<modifier>last|next|this|past|coming|previous|following)"
_ORDINAL = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    "thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|"
    r"twenty-first|\d{1,2}(?:st|nd|rd|th)"
)
_PREPOSED = (
    r"\b(?:in|since|by|until|till|from|during|of|for|before|after|to|late|early|mid|around|between|"
    r"through|and|circa|year|season|back\sin|than|or|as)[\s-]"
)

_IN_SEASON = r"\b(?:in|during|since|by|until|of|late|early)\s+(?:the\s+)?(?:early\s+|late\s+)?"
_DECADE = "[2-9]0s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
_THE_PART = "(?:in the|that|the|early|late|on the|this|every|each|one)"
_BEFORE_YEAR = "[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Cc]irca|year"
_BEFORE_MONTH = (
    "[Ii]n|[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id|[Ss]ince|[Uu]ntil|[Bb]y|of|[Ff]rom|to|"
    "[Bb]etween|[Bb]efore|[Aa]fter|[Tt]hrough|[Dd]uring|[Ff]or|every|each|[Oo]n"
)
_CASED_MONTH = "|".join([_FULL_MONTH, *(m for m in MONTHS if m not in {"may", "march"})])
_PLAIN_MONTH = "|".join(m.capitalize() for m in MONTHS if m not in {"may", "march", "august"})

_HOLIDAY = "|".join(re.escape(name).replace("'", "[’'‘`]") for name in HOLIDAYS)
TIME_UNIT = re.compile(
    r"(?P<unit>seconds?|secs?\b|minutes?|mins?\b|hours?|hrs?\b|days?|nights?|weeks?|fortnights?|"
    r"months?|years?|yrs?\b|decades?|centur(?:y|ies))(?!\w)",
)
A_UNIT = re.compile(rf"\b(?:half\s+)?an?\s+(?!second\b){TIME_UNIT.pattern}", re.IGNORECASE)
UNITS = re.compile(
    r"\b(?:for|in|after|within|several|many|few|of|over|past|last)\s"
    r"(?P<unit>minutes|hours|days|weeks|months|years)\b",
    re.IGNORECASE,
)
AGE_BEFORE = re.compile(
    r"\b(?:aged|age of|age|ages|turned|turns|turning)\s(?:only |just )?$", re.IGNORECASE
)
AGE_BEHIND = re.compile(r"[\s-]old\b|\s+of\s+age\b|[\s-]olds\b", re.IGNORECASE)
BARE_AGE = re.compile(
    r"(?:[A-Z][\w'’-]+,? \(?(?:(?<=, )|(?<=\())|[a-z][a-z’'-]+, (?=[1-9]\d, ))"
    r"(?P<age>\d{1,3})(?=[,)])"
)
TIMED = re.compile(r"(?<![\d:.])(?P<hour>\d{1,2}):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?![\d:])")
"""How long a race took, in figures."""
AND_A_HALF = re.compile(r"\s+and\s+a\s+half\b", re.IGNORECASE)

_SOURCES = [
    r"\b(?P<year>(?:1[0-9]|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b",
    r"(?<![\d/.])(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{4}|\d{2})(?![/\d])",
    rf"{_LEAD}\b{_D}{_D2}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?",
    rf"{_LEAD}\b{_MONTH}\s+(?:the\s+)?{_D}{_D2}(?:,?\s+{_YEAR})?",
    rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}",
    rf"\b(?:{_MODIFIER}\s+)?(?P<holiday>{_HOLIDAY})\b(?:,?\s+(?:of\s+|in\s+)?{_YEAR})?",
    rf"\b{_MODIFIER}\s+{_MONTH}",
    rf"\b(?:{_MODIFIER}\s+)?(?P<weekday>{_LONG_WEEKDAY})s?\b{_TAIL}",
    r"\b(?P<relday>day before yesterday|day after tomorrow)\b",
    rf"\b(?P<relday>yesterday|tomorrow|today)\b{_TAIL}",
    r"\b(?P<relday>last (?P<part>night)|this (?:(?:morning|afternoon|evening)\b))",
    r"\b(?P<relday>tonight)\b",
    rf"\b(?:{_MODIFIER}|the)\s+(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?{_YEAR}",
    rf"\b(?P<season>spring|summer|autumn|fall|winter)(?:\s+of)?\s+{_YEAR}",
    rf"\b{_MODIFIER}\s+(?P<season>spring|summer|autumn|fall|winter)\b",
    rf"{_IN_SEASON}(?P<season>spring|summer|autumn|winter)\b",
    r"\bin\s+the\s+(?P<season>fall)\b",
    rf"\b{_MODIFIER}\s+(?P<relunit>week|weekend|month|year|decade|century)\b",
    rf"\b(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter\b(?:\s+(?:of\s+)?{_YEAR})?",
    rf"\b(?:Q(?P<quarter>[1-4]))\b(?:[\s,]+(?:of\s+)?{_YEAR})?",
    rf"\b(?P<half>first|second)\s+half\s+of\s+{_YEAR}",
    r"\b(?P<hundreds>(?:1[0-9]|20)00)[’']?s\b",
    r"\b(?P<decade>(?:1[0-9]|20)\d0)[’']?s\b",
    r"(?<!\w)[’'‘`](?P<decade>[2-9]0)s\b",
    rf"(?<!his )(?<!her )(?<!my )(?<!their )\b(?:the|early|late|mid)[\s-](?P<decade>{_DECADE})\b",
    rf"\b(?P<century>{_ORDINAL})[\s-]century\b",
    *CLOCKS,
    rf"\b{_THE_PART}\s+(?P<part>morning|afternoon|evening|night)\b",
    r"\b(?P<part>overnight)\b",
]
# Months alone, where "may" and "march" are no verbs; years alone, where they are no counts.
_CASED = [
    rf"\b(?:{_BEFORE_MONTH})[\s-](?:early |late |mid-)?(?P<month>{_CASED_MONTH})\b(?!-)",
    rf"\b(?P<month>{_PLAIN_MONTH})\b",
    r"\b(?P<year>(?:1[0-9]|20)\d\d)[-–/](?P<year2>(?:1[0-9]|20)\d\d|\d\d)(?![\d-])",
    rf"\b(?:{_BEFORE_YEAR})\s(?:the\s+|early\s+|late\s+|mid-)?{_YEAR}(?!\speople|%)",
    rf"{_PREPOSED}(?:the\s+|early\s+|late\s+|mid-)?(?:year\s+)?{_YEAR}(?!\s(?:people|[a-z]+s)\b|%)",
    r"(?<=\()(?P<year>(?:1[89]|20)\d\d)(?=\))",
    r"(?<![\d$£€#.,-])\b(?P<year>19\d\d|20[0-4]\d)\b(?!\s?[$£€%°]|[,.]\d|\s(?:people|[a-z]+s\b|m\b|km))",
]
PATTERNS = [re.compile(source, re.IGNORECASE) for source in _SOURCES] + [
    re.compile(source) for source in _CASED
]

_ABBREVIATED = {
    "sec": "second", "min": "minute", "hr": "hour", "yr": "year", "centurie": "century",
    "h": "hour", "mth": "month", "wk": "week",
}  # fmt: skip


def unit_of(written: str) -> str:
    """The name of a unit of time however it is written: “hrs”, “Minutes”."""
    unit = written.lower().rstrip(".").removesuffix("s")
    return _ABBREVIATED.get(unit, unit)
