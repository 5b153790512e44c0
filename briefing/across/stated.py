"""Dates as a sentence states them: single, as a range, or a day within a week (English)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.grounding.moments import Moment, moments

_EVERY = re.compile(r"\b(?:every|each|most|many|some|both|usually|alternate)\s+$", re.IGNORECASE)
_LOOSE = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|approximately|circa|some|over|under|than|least|"
    r"more|early as|late as)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NARROWED = re.compile(r"\s+(?:of|in)\s+(?!the\s+(?:year|month|week)\b)", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r",?\s+(?:(?:of|in)\s+)?(?:(?:the|that)\s+(?:same\s|previous\s|following\s|next\s)?year\b"
    r"|a year (?:earlier|later|before|after)\b)",
    re.IGNORECASE,
)
_FISCAL = re.compile(r"\b(?:fiscal|financial|tax|school|academic|model)\b", re.IGNORECASE)
_INSIDE = re.compile(r",?\s+(?:of\s+|in\s+|earlier\s+)?", re.IGNORECASE)
_LINK = re.compile(r"\s?(?:(?P<dash>[-–—])|(?P<word>to|until|till|through|and))\s?", re.IGNORECASE)
_LEAD = re.compile(r"\b(?P<word>from|between)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Stated:
    """A date as a text states it: ``[start, end)``; both ends of a range, or a day within a week.

    ``outer`` is the week or year that “in March last year” has beside its month.
    """

    start: int
    end: int
    moment: Moment
    outer: Moment | None = None
    last: Moment | None = None


def stated_in(text: str) -> list[Stated]:
    """All dates of ``text`` in order, ranges and dates within others as one."""
    dates = _unambiguous([m for m in moments(text) if m.kind == "date" and _tells(m)])
    found: list[Stated] = []
    skip = 0
    for at, moment in enumerate(dates):
        if at < skip:
            continue
        made = Stated(moment.start, moment.end, moment)
        if at + 1 < len(dates):
            follows = dates[at + 1]
            between = text[moment.end : follows.start]
            if _is_within(moment, follows, between):
                made = Stated(moment.start, follows.end, moment, outer=follows)
            elif _is_range(moment, follows, text):
                made = Stated(moment.start, follows.end, moment, last=follows)
            skip = at + (2 if made.end != moment.end or made.last else 1)
        found.append(made)
    return [each for each in found if _is_plain(each, text)]


def _tells(moment: Moment) -> bool:
    """Whether it says more than a part of the day or a season that hemispheres share."""
    return bool(moment.relative or moment.fields.keys() - {"part", "season"})


def _unambiguous(found: Sequence[Moment]) -> list[Moment]:
    """Without figures like 03/05/2021 that have two readings on one span."""
    spans = [(m.start, m.end) for m in found]
    return [m for m in found if spans.count((m.start, m.end)) == 1]


def _is_within(moment: Moment, outer: Moment, between: str) -> bool:
    """“March last year”, “Monday of last week”."""
    if outer.relative is None or not _INSIDE.fullmatch(between):
        return False
    fields, unit = moment.fields, outer.relative[1]
    return ("month" in fields and "year" not in fields and unit == "year") or (
        "weekday" in fields and "day" not in fields and unit == "week"
    )


def _is_range(first: Moment, last: Moment, text: str) -> bool:
    """“from Monday to Friday”, “between May and July 2023”, “3–5 March”, “2012-13”."""
    if first.end > last.start:
        return first.end == last.end
    link = _LINK.fullmatch(text[first.end : last.start])
    if link is None or first.relative or last.relative:
        return False
    lead = _LEAD.search(text[: first.start])
    word = (link["word"] or "").lower()
    if word == "and":
        return lead is not None and lead["word"].lower() == "between"
    return bool(link["dash"]) or lead is not None


def _is_plain(stated: Stated, text: str) -> bool:
    """Whether nothing around a date makes it another one, a habit or an estimate."""
    before, after = text[: stated.start], text[stated.end :]
    moment = stated.moment
    if _EVERY.search(before) or _LOOSE.search(before) or _ELSEWHERE.match(after):
        return False
    if moment.modifier in {"previous", "following"} or _FISCAL.search(before[-20:] + after[:15]):
        return False
    if "weekday" in moment.fields and text[moment.start : moment.end].lower().endswith("days"):
        return False
    if moment.modifier in {"last", "next", "past", "coming"} and not moment.fields.get("year"):
        article = before.lower().rstrip().endswith((" the", " his", " her", " its", " their"))
        return not article and not _NARROWED.match(after)
    return True
