"""The day that “yesterday” counts from: when a source was published, or written by its dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from briefing.across.heading import CHANGED, dateline_end, heading_day
from briefing.across.reckoning import reckon
from briefing.across.stated import stated_in
from briefing.extract.articles import Article
from briefing.extract.entry_times import EntryTimes
from briefing.sources.dates import iso_date
from briefing.types import Passage

_STAMPED = re.compile(
    r"\W*(?:first |originally )?(?:published|posted|issued|released|filed|dated?)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_MORE_WORDS, _LONGEST = 2, 80
_FEW_DAYS = 4
_TOP = 8
"""A date among so many passages at the top may be that of the document."""


def published_on(article: Article) -> date | None:
    """The day of a source; None where neither it nor its text says so in full.

    A dateline is nearer to the writing than the date of a page, and needs no year beside one.
    """
    known = _day(article.source.published)
    written = _dateline(article, known)
    if written is not None:
        return written
    return known or _dated(article)


def day_of(article: Article) -> str | None:
    """The day of a source, ISO 8601: ``2031-05-12``, or ``--05-12`` where its text has no year.

    None for a live page of several days: no day is that of all its entries.
    """
    if EntryTimes(article.source.body).of_days:
        return None
    day, stated = published_on(article), heading_day(article)
    if day is not None:
        return day.isoformat()
    if "year" in stated:
        return "{year}-{month:02}-{day:02}".format(**stated)
    return "--{month:02}-{day:02}".format(**stated) if "day" in stated else None


def written_on(articles: Sequence[Article]) -> dict[str, str]:
    """When each source was written, by its id, in forms that sort by time; absent where unknown.

    The date and time that it was published at, else the day in its text: ``0000-05-12`` where that
    has no year, and ``0000-00-02`` where all of them name weekdays only, of one run of days.
    """
    found: dict[str, str] = {}
    weekdays: dict[str, int] = {}
    for article in articles:
        source, day = article.source, published_on(article)
        stated = heading_day(article)
        if source.published:
            found[source.id] = source.published
        elif day is not None:
            found[source.id] = day.isoformat()
        elif "day" in stated and "month" in stated:
            found[source.id] = f"0000-{stated['month']:02}-{stated['day']:02}"
        elif "weekday" in stated:
            weekdays[source.id] = stated["weekday"]
    if found or len(set(weekdays.values())) > _FEW_DAYS:
        return found
    return {key: f"0000-00-{place:02}" for key, place in _in_turn(weekdays).items()}


def _in_turn(weekdays: dict[str, int]) -> dict[str, int]:
    """The place of each weekday in the week that begins behind the longest gap between them."""
    days = sorted(set(weekdays.values()))
    if not days:
        return {}
    first = max(days, key=lambda day: min((day - other - 1) % 7 for other in days))
    return {key: (day - first) % 7 for key, day in weekdays.items()}


def _day(published: str | None) -> date | None:
    found = iso_date(published[:10]) if published else None
    return date.fromisoformat(found) if found else None


def _dateline(article: Article, known: date | None) -> date | None:
    """The day in the dateline of the report."""
    first = next((p for p in article.passages if p.kind == "body" and p.sentences), None)
    if first is None:
        return None
    found = _only_day(first.text[: dateline_end(first.text)], known)
    if found is None or (known is not None and found > known):
        return None
    return found


def _dated(article: Article) -> date | None:
    """The date that has a passage of its own at the top; a changed text has no one day."""
    days: set[date] = set()
    for passage in _top_dates(article):
        found = _only_day(passage.text, None)
        if found is None or CHANGED.search(passage.text):
            return None
        days.add(found)
    return days.pop() if len(days) == 1 else None


def _top_dates(article: Article) -> Iterator[Passage]:
    """Passages that are dates; one above all other text is the page's clock unless it says more."""
    begun = False
    for passage in article.passages[:_TOP]:
        if _is_date(passage) and (begun or _STAMPED.match(passage.text)):
            yield passage
        begun = begun or passage.kind != "date"


def _is_date(passage: Passage) -> bool:
    """Whether a passage is nothing but a date: “3 March 2031, evening”."""
    if passage.kind == "body" or len(passage.text) > _LONGEST:
        return False
    found = stated_in(passage.text)
    rest = passage.text[: found[0].start] + passage.text[found[-1].end :] if found else ""
    words = [w for w in _WORD.findall(rest) if not _STAMPED.match(w) and not CHANGED.match(w)]
    return bool(found) and (passage.kind == "date" or len(words) <= _MORE_WORDS)


def _only_day(text: str, known: date | None) -> date | None:
    found = [reckon(each, known, "past") for each in stated_in(text)]
    days = {when.first for when in found if when is not None and when.days == 1}
    exact = all("day" in each.moment.fields for each in stated_in(text))
    return days.pop() if len(days) == 1 and exact and len(found) == 1 else None
