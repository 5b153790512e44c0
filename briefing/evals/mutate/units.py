"""Kind unit: the same number of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Final, NamedTuple

from briefing.evals.mutate.edits import Bound, bound, falsifies, splice
from briefing.evals.mutate.material import Change, Material, Origin
from briefing.evals.mutate.numbers import WORDS


class _Unit(NamedTuple):
    """A unit of measure in one number; ``size`` in whatever its ``dimension`` is counted in."""

    name: str
    dimension: str
    size: float
    plural: bool


def _units() -> Iterator[_Unit]:
    table = {
        "length": "inch/inches 0.0254, foot/feet 0.3048, yard/yards 0.9144, mile/miles 1609.3, "
        "meter/meters 1, kilometer/kilometers 1000, centimeter/centimeters 0.01, "
        "metre/metres 1, kilometre/kilometres 1000, centimetre/centimetres 0.01, km/km 1000",
        "time": "second/seconds 1, minute/minutes 60, hour/hours 3600, day/days 86400, "
        "week/weeks 604800, month/months 2629800, year/years 31557600",
        "weight": "gram/grams 0.001, kilogram/kilograms 1, kg/kg 1, ton/tons 907, "
        "tonne/tonnes 1000, ounce/ounces 0.028",
        "area": "acre/acres 0.4047, hectare/hectares 1, square mile/square miles 259",
        "volume": "liter/liters 1, litre/litres 1, gallon/gallons 3.785, barrel/barrels 159",
        "speed": "mph/mph 1.609, km/h/km/h 1",
        "power": "megawatt/megawatts 1, gigawatt/gigawatts 1000",
        "currency": "dollar/dollars 1, euro/euros 2, yen/yen 3, pound sterling/pounds sterling 4",
    }
    for dimension, units in table.items():
        for unit in units.split(", "):
            names, size = unit.rsplit(" ", 1)
            middle = len(names) // 2
            singular, plural = (
                names.split("/") if names.count("/") == 1 else (names[:middle], names[middle + 1 :])
            )
            yield _Unit(singular, dimension, float(size), plural=False)
            yield _Unit(plural, dimension, float(size), plural=True)


_UNITS: Final = tuple(_units())
_NAMES: Final = "|".join(sorted({re.escape(u.name) for u in _UNITS}, key=len, reverse=True))
_MEASURE: Final = re.compile(
    rf"(?<![\w.,])(?P<number>[\d.,]*\d|{'|'.join(WORDS)}|one|an?)"
    rf"(?:[ -](?:hundred|thousand|million|billion))?[ -](?P<unit>{_NAMES})(?![\w/])",
    re.IGNORECASE,
)
_SIGN: Final = re.compile(r"(?<![A-Za-z])[$€£](?=\d)")
_ABOUT: Final = r"(?:by\s+)?(?:about\s+|around\s+|nearly\s+)?"
_CHANGE: Final = re.compile(
    r"\b(?:rose|fell|grew|climbed|dropped|jumped|surged|increased|decreased|declined|slipped|"
    rf"up|down|by)\s+{_ABOUT}[\d.]+(?P<unit>\s?%| percent| per cent)"
)
_POINTS: Final = re.compile(r"[\d.]+(?P<unit>[ -]percentage points?)")
_MOST_APART: Final = 100.0
_WINDOW: Final = re.compile(
    r"\b(?:past|last|next|first|previous|every|each|per)\s+$", re.IGNORECASE
)


def unit(origin: Origin, _material: Material, rng: Random) -> Iterator[Change]:
    """Kilometres are miles, days weeks, dollars euros, percent percentage points."""
    text = origin.text
    for match in _MEASURE.finditer(text):
        before = text[: match.start()]
        if _WINDOW.search(before) or (match["number"].lower() in ("a", "an") and _rate(before)):
            continue
        for new in _others(match["unit"], bound(text, match.start()), rng):
            changed = splice(text, *match.span("unit"), new)
            yield Change(_article(changed, match, new), f"{match['unit']} became {new}")
    signs = set(re.findall(r"[$€£]", text))
    if len(signs) == 1 and not re.search(r"dollar|euro|pound|sterling", text):
        for sign in _SIGN.finditer(text):
            new = rng.choice([s for s in "$€£" if s != sign.group()])
            changed = text.replace(sign.group(), new)
            yield Change(changed, f"{sign.group()} became {new}")
            break
    for pattern, new in ((_CHANGE, " percentage points"), (_POINTS, " percent")):
        for match in pattern.finditer(text):
            changed = splice(text, *match.span("unit"), new)
            yield Change(changed, f"{match['unit'].strip()} became{new}")


def _rate(before: str) -> bool:
    """``times a day`` counts no days."""
    return re.search(r"(?:\w+|\d) $", before) is not None and not re.search(
        r"\b(?:for|in|after|within|about|than|of|by|over) $", before
    )


def _others(name: str, limit: Bound, rng: Random) -> list[str]:
    """Units that ``name`` can be exchanged for, so that the statement becomes false."""
    old = next(u for u in _UNITS if u.name == name.lower())
    plural = next((u.plural for u in _UNITS if u.name == name.lower() and u.plural), old.plural)
    found = [
        u.name
        for u in _UNITS
        if u.dimension == old.dimension and u.plural == plural and _apart(old, u, limit)
    ]
    styled = [n for n in dict.fromkeys(found) if _same_spelling(name, n)]
    return rng.sample(styled, len(styled))


def _apart(old: _Unit, new: _Unit, limit: Bound) -> bool:
    ratio = max(old.size, new.size) / min(old.size, new.size)
    enough = 1.3 < ratio <= _MOST_APART
    return enough and (old.dimension == "currency" or falsifies(limit, old.size, new.size))


def _same_spelling(old: str, new: str) -> bool:
    british = re.search(r"(?:met|lit)res?$", new) is not None
    american = re.search(r"(?:met|lit)ers?$", new) is not None
    was_british = re.search(r"(?:met|lit)res?$|tonne", old) is not None
    return not (british and not was_british) and not (american and was_british)


def _article(text: str, match: re.Match[str], new: str) -> str:
    """``a week`` became ``an hour``."""
    if match["number"].lower() not in ("a", "an"):
        return text
    article = "an" if new[0] in "aei" or new == "hour" else "a"
    article = article.capitalize() if match["number"][0].isupper() else article
    return splice(text, *match.span("number"), article)
