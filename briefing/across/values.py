"""What a figure leaves open, and whether two of them can both be right."""

from __future__ import annotations

import math
from dataclasses import dataclass

from briefing.grounding.amounts import Amount
from briefing.grounding.approximators import roundness

ABOUT = 0.12
"""“About 200” may be this share off …"""
NEARLY = 0.12
"""… and “nearly 200” this share below."""
ROUNDED = 100
"""Counts from here on may be rounded without saying so …"""
ROUNDED_SHARE = 0.03
"""… by at most this share."""
_VAGUE = (1.5, 15.0)
_MANY = 60.0
"""“Thousands” may be tens of thousands: from a thousand on, the upper end is farther off."""
_HALF = 6.0


@dataclass(frozen=True)
class Value:
    """A figure: what it may mean is ``[low, high]``; ``limit``: “at least”, “more than”, “up to”.

    ``point`` is the figure itself, ``step`` the place of its last digit in the same unit.
    """

    point: float
    low: float
    high: float
    step: float = 1.0
    limit: bool = False
    vague: bool = False


def value_of(amount: Amount, factor: float = 1.0) -> Value:
    """The value of an amount in the base unit that ``factor`` leads to."""
    number = amount.number
    point, step = number.value * factor, number.step * factor
    if number.form == "vague":
        high = point * (_MANY if number.value >= 1000 else _VAGUE[1])
        return Value(point, point * _VAGUE[0], high, step, vague=True)
    if number.form == "fraction":
        return Value(point, point - _HALF, point + _HALF, step, vague=True)
    return approximate(point, step, amount.approx)


def approximate(point: float, step: float, approx: str) -> Value:
    """A figure with what the words around it leave open."""
    low, high = {
        "over": (point, math.inf),
        "atleast": (point, math.inf),
        "under": (0.0, point),
        "upto": (0.0, point),
        "nearly": ((1 - NEARLY) * point, point),
        "about": ((1 - ABOUT) * point, (1 + ABOUT) * point),
    }.get(approx, (point, point))
    return Value(point, low, high, step, limit=approx in {"over", "atleast", "under", "upto"})


def can_agree(one: Value, other: Value) -> bool:
    """Whether both figures can be right, one of them rounded or only a bound."""
    slack = max(_slack(one, other), _slack(other, one)) + 1e-9 * max(abs(one.point), 1.0)
    return one.low <= other.high + slack and other.low <= one.high + slack


def same_figure(one: Value, other: Value) -> bool:
    """Whether two figures say the same but for rounding: they can stand on one side."""
    return can_agree(one, other) and (
        not (one.limit or other.limit) or abs(one.point - other.point) <= 0.15 * abs(one.point)
    )


def _slack(rounder: Value, finer: Value) -> float:
    """How far ``rounder`` may be off, if it is one that was rounded."""
    point = abs(rounder.point)
    if rounder.step > finer.step:
        return rounder.step / 2
    steps = point / rounder.step if rounder.step else 0.0
    if steps < ROUNDED:
        return 0.0
    place = roundness(round(steps)) * rounder.step
    return min(place / 2, ROUNDED_SHARE * point) if place > rounder.step else 0.0
