"""Kind time: another day, month or year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Final

from briefing.evals.mutate.edits import entity_at, splice
from briefing.evals.mutate.material import Change, Material, Origin

_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_RELATIVE: Final = {
    "yesterday": "last week",
    "today": "yesterday",
    "tomorrow": "next month",
    "tonight": "last night",
    "last night": "last week",
    "last week": "last month",
    "last month": "last year",
    "last year": "last month",
    "this week": "last week",
    "this month": "last month",
    "this year": "last year",
    "next week": "next month",
    "next month": "next year",
    "next year": "next month",
    "this morning": "last week",
    "this afternoon": "last week",
    "this evening": "last week",
    "this season": "last season",
    "last season": "this season",
}
_DAY: Final = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")
_MONTH: Final = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
_YEAR: Final = re.compile(r"(?<![\w$€£.,/-])(?:1[5-9]\d\d|20\d\d)(?![\w/]|[.,]\d|-)")
_DATE: Final = re.compile(
    rf"(?:(?P<m1>{'|'.join(_MONTHS)}) (?P<d1>\d{{1,2}})|"
    rf"(?P<d2>\d{{1,2}}) (?P<m2>{'|'.join(_MONTHS)}))\b"
)
_PHRASE: Final = re.compile(rf"\b(?:{'|'.join(_RELATIVE)})\b")
_SPAN: Final = re.compile(
    r"\b(?:since|until|till|by|before|after|between|from|during|through|to)\s+(?:\w+\s)?$",
    re.IGNORECASE,
)


def time(origin: Origin, material: Material, rng: Random) -> Iterator[Change]:
    """Tuesday is Thursday, May is October, 2012 is 2009, yesterday is last week."""
    yield from _dates(origin, rng)
    yield from _named(origin, material, _DAY, _DAYS, rng)
    yield from _named(origin, material, _MONTH, _MONTHS, rng)
    yield from _years(origin, material, rng)
    for match in _PHRASE.finditer(origin.text):
        if not _SPAN.search(origin.text[: match.start()]) and _alone(origin, match.end()):
            new = _RELATIVE[match.group()]
            yield Change(splice(origin.text, *match.span(), new), f"{match.group()} became {new}")


def _alone(origin: Origin, end: int) -> bool:
    """``last year's final`` is a thing, not a time."""
    return not re.match(r"['’]", origin.text[end:])


def _named(
    origin: Origin, material: Material, pattern: re.Pattern[str], known: list[str], rng: Random
) -> Iterator[Change]:
    there = material.passage_text(origin)
    for match in pattern.finditer(origin.text):
        entity = entity_at(origin.doc, *match.span())
        dated = entity is not None and entity.label_ in ("DATE", "TIME")
        if not dated or _SPAN.search(origin.text[: match.start()]):
            continue
        new = rng.choice([word for word in known if word not in there] or [""])
        if new and _alone(origin, match.end()):
            yield Change(splice(origin.text, *match.span(), new), f"{match.group()} became {new}")


def _dates(origin: Origin, rng: Random) -> Iterator[Change]:
    for match in _DATE.finditer(origin.text):
        group = "d1" if match["d1"] else "d2"
        old = int(match[group])
        if _SPAN.search(origin.text[: match.start()]):
            continue
        new = rng.choice([day for day in range(1, 29) if abs(day - old) > 1])
        yield Change(splice(origin.text, *match.span(group), str(new)), f"{old} became {new}")


def _years(origin: Origin, material: Material, rng: Random) -> Iterator[Change]:
    """A year earlier or later; after "since" and "by" only earlier, which is false for certain."""
    there = material.passage_text(origin)
    for match in _YEAR.finditer(origin.text):
        before = origin.text[: match.start()]
        entity = entity_at(origin.doc, *match.span())
        if entity is None or entity.label_ != "DATE" or re.search(r"[A-Z]\w* $", before):
            continue
        early = re.search(r"\b(?:since|by|before)\s+$", before)
        late = re.search(r"\b(?:until|till|after)\s+$", before)
        if _SPAN.search(before) and not (early or late):
            continue
        steps = [-5, -4, -3, -2] if early else [2, 3, 4, 5] if late else [-4, -3, -2, -1, 1, 2, 3]
        years = [str(int(match.group()) + step) for step in steps]
        fit = [year for year in years if year not in there]
        if fit:
            new = rng.choice(fit)
            yield Change(splice(origin.text, *match.span(), new), f"{match.group()} became {new}")
