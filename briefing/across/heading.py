"""The day that the head of a document names: “The Ledger, Friday 23 January, 20.15. By …”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.across.stated import Stated, stated_in
from briefing.extract.articles import Article
from briefing.types import Passage

Fields = dict[str, int]
"""What is known of a day: of ``year``, ``month``, ``day``, ``weekday``."""

_TOP: Final = 8
_LONGEST: Final = 160
"""A longer passage, in characters, is text."""
_STAMP: Final = (
    r"(?:first |originally |last )?(?:published|posted|issued|released|filed|updated|changed|"
    r"modified|dated?|closed|statement|release|edition|bulletin|position)(?: (?:on|of|at))?"
)
_BEFORE: Final = re.compile(
    rf"(?:^|[,|;:.·•(\[\n/]|\s{(3,)}|\s[–—-]|\b{_STAMP})\s*$", re.IGNORECASE
)
_AFTER: Final = re.compile(
    r"\s*(?:$|[,|;.·•)\]\n/]|\s{3,}|(?:\w+ )?edition\b|[–—-]\s|by\b|at\b|\()", re.IGNORECASE
)
_DATELINE: Final = re.compile(r"(?P<lead>[^!?“”\"\n]{3,100}?)\s(?:—|–|--?)\s")
_DATELINE_WORDS: Final = 9
_TO_COME: Final = re.compile(
    r"\b(?:until|before|till|embargo|due|expires?|next|from|since|after)\b", re.IGNORECASE
)
CHANGED: Final = re.compile(r"\b(?:updated|modified|changed|amended|corrected)\b", re.IGNORECASE)
_STAMPED: Final = re.compile(rf"\W*{_STAMP}\b", re.IGNORECASE)


def heading_day(article: Article) -> Fields:
    """The one day at the head of ``article``, or in its dateline; empty where there is none.

    A bare date above all else is the clock of the page that it was copied from. Of two days the
    later counts where the text says that it was changed.
    """
    top = article.passages[:_TOP]
    found = [_fields(each) for each in _days(top)]
    full = [each for each in found if "day" in each and "month" in each]
    if not full:
        return found[0] if len({each["weekday"] for each in found}) == 1 else {}
    days = sorted({(each["month"], each["day"]) for each in full})
    if len(days) > 1 and not any(CHANGED.search(passage.text) for passage in top):
        return {}
    years = {each["year"] for each in full if "year" in each}
    year = {"year": years.pop()} if len(years) == 1 else {}
    return {**year, "month": days[-1][0], "day": days[-1][1]}


def dateline_end(text: str) -> int:
    """Where a dateline with a date ends: “SUNDHAVEN, 3 March 2031 —”; 0 where there is none."""
    match = _DATELINE.match(text)
    if match is None or not stated_in(match["lead"]):
        return 0
    lead = match["lead"]
    place = lead.split()[0].strip(",")
    capitals = place.isupper() and len(place) > 2
    agency = lead.endswith(")") and len(lead.split()) <= _DATELINE_WORDS
    return match.end() if capitals or agency or stated_in(place) else 0


def _days(passages: Sequence[Passage]) -> Iterator[Stated]:
    """The days that stand apart; of long passages, that of the first one's dateline."""
    texts = 0
    for place, passage in enumerate(passages):
        stated = stated_in(passage.text)
        if len(passage.text) > _LONGEST:
            texts += 1
            end = dateline_end(passage.text) if texts == 1 else 0
            yield from (each for each in stated if each.end <= end)
        elif not _is_clock(passage, place):
            yield from (each for each in stated if _stands_apart(passage.text, each))


def _is_clock(passage: Passage, place: int) -> bool:
    return place == 0 and passage.kind == "date" and not _STAMPED.match(passage.text)


def _stands_apart(text: str, stated: Stated) -> bool:
    """Whether a day is no part of a sentence, but stands between commas or bars."""
    if stated.last is not None or _TO_COME.search(text[: stated.start]):
        return False
    end = stated.end - text[: stated.end].endswith(".")
    fields = stated.moment.fields.keys() - {"part"}
    if not (fields >= {"day", "month"} or fields == {"weekday"}):
        return False
    return bool(_BEFORE.search(text[: stated.start])) and bool(_AFTER.match(text[end:]))


def _fields(stated: Stated) -> Fields:
    return {
        key: value
        for key, value in stated.moment.fields.items()
        if isinstance(value, int) and key in {"year", "month", "day", "weekday"}
    }
