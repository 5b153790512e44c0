"""Units and currencies around a number, and what they are worth in one another.

A table of our own: `pint` takes a second to load, and `quantulum3` unpickles a classifier that
another scikit-learn cannot read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.grounding.number_words import lexicon

_MONEY = "money"
_GLUED = {"c", "f", "k", "g", "l", "w", "x", "p", "st", "pp"}
"""Too short to be a unit unless they touch the figure."""


@dataclass(frozen=True)
class Unit:
    """``name`` of a ``dimension``; ``factor`` turns an amount of it into the dimension's base.

    Each currency is a dimension of its own.
    """

    name: str
    dimension: str
    factor: float = 1.0

    @property
    def is_money(self) -> bool:
        """Is it a currency?"""
        return self.dimension.startswith(_MONEY)


@dataclass(frozen=True)
class Measured:
    """The units that words around a number may mean, and how far number and unit reach."""

    units: tuple[Unit, ...]
    start: int
    end: int


SHARE = Unit("share", "percent", 100.0)
"""The unit of a fraction in words: half is 50 %."""
TIMES = Unit("times", "multiple")
"""The unit of "doubled" and "threefold"."""


@cache
def _forms() -> dict[str, tuple[Unit, ...]]:
    forms: dict[str, list[Unit]] = {}
    for dimension, units in lexicon("units").items():
        for name, entry in units.items():
            for form in entry["forms"]:
                forms.setdefault(form, []).append(Unit(name, dimension, entry["factor"]))
    for code, entry in lexicon("currencies").items():
        for form in entry["forms"]:
            forms.setdefault(form, []).append(Unit(code, f"{_MONEY} {code}"))
        for form in entry["sub"]:
            forms.setdefault(form, []).append(Unit(f"{code}/100", f"{_MONEY} {code}", 0.01))
    for form in ("point", "points"):  # of a game or an index, too
        forms[form].insert(0, Unit("point", "points"))
    for form in ("°", "degree", "degrees"):  # of either scale
        forms[form] += [Unit("degree", name, 1.0) for name in ("celsius", "fahrenheit")]
    for form in ("pound", "pounds"):  # of weight, too
        forms[form].append(Unit("lb", "mass", lexicon("units")["mass"]["lb"]["factor"]))
    return {form: tuple(units) for form, units in forms.items()}


@cache
def _behind() -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(_forms(), key=len, reverse=True))
    return re.compile(rf"(?P<gap>[\s-]?)(?P<form>{forms})(?![\w])", re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    forms = [f for entry in lexicon("currencies").values() for f in entry["forms"]] + ["magnitude"]
    forms.sort(key=len, reverse=True)
    signs = "|".join(re.escape(form) for form in forms if len(form) == 1)
    words = "|".join(map(re.escape, forms))
    return re.compile(rf"(?P<form>(?<![^\W\d_])(?:{words})|{signs})\s?$", re.IGNORECASE)


def measured(text: str, start: int, end: int) -> Measured:
    """The units of the number at ``[start, end)``; none for a count."""
    before = _before().search(text[max(0, start - 22) : start])
    if before and not before["form"][-1].isalpha():
        return Measured(_forms()[before["form"].lower()], start - len(before[0]), end)
    behind = _behind().match(text, end)
    if behind and not _too_short(behind, text, start):
        units = _forms()[behind["form"].lower()]
        return Measured(units, start, behind.end())
    if before and before["form"].lower() in _CODES:
        return Measured(_forms()[before["form"].lower()], start - len(before[0]), end)
    return Measured((), start, end)


_CODES = {"rs", "rs.", "magnitude", "usd", "eur", "gbp", "rmb", "inr", "cad", "aud", "chf", "jpy"}


def _too_short(behind: re.Match[str], text: str, start: int) -> bool:
    """A letter that does not touch the figure, or "won" as a verb ("12 won medals")."""
    form = behind["form"].lower()
    if form == "won":
        return not re.search(r"illion$", text[start : behind.start()])
    return form in _GLUED and bool(behind["gap"])
