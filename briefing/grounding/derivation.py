"""Figures a writer may have reckoned from those of the passages: rounded, summed, subtracted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from briefing.grounding.amounts import Amount
from briefing.grounding.approximators import roundness
from briefing.grounding.numbers import numbers

_RATIO = re.compile(r"\s(?:in|out of|of)(?:\s(?:every|each|the))?\s")
_LARGE = 1000
_ROUGH = 0.025
_CONVERTED = 0.03
_NEARBY = 30
"""Tokens between the starts of two sentences that one may reckon across."""


def is_rounded(claimed: Amount, told: Sequence[Amount]) -> bool:
    """Is it a passage's number with fewer places, or in another unit of the same dimension?"""
    return any(
        _rounds(value, claimed.number.step_of(value), said, bool(claimed.approx))
        or (foreign and abs(value - said) <= _CONVERTED * abs(said))
        for t in told
        for value in claimed.number.values
        for said, foreign in _in_units(claimed, t)
    )


def _in_units(claimed: Amount, said: Amount) -> Iterator[tuple[float, bool]]:
    """Values of ``said`` in the claim's unit, and whether it is another unit."""
    if not claimed.units and not said.units:
        yield from ((value, False) for value in said.number.values)
    for a in claimed.units:
        for b in said.units:
            if a.dimension == b.dimension:
                scale = b.factor / a.factor
                yield from ((value * scale, scale != 1) for value in said.number.values)


def _rounds(value: float, step: float, said: float, rough: bool) -> bool:
    places = roundness(value, step) if abs(value) >= _LARGE else step
    if rough:
        return abs(value - said) <= min(0.1 * abs(said), roundness(value, step) / 2)
    finer = said % step != 0
    if abs(value) >= _LARGE and places > step and places * 100 >= abs(value):
        return abs(value - said) <= min(places / 2, _ROUGH * abs(said)) and said % places != 0
    return finer and abs(value - said) <= step / 2 + 1e-9


def is_derived(claimed: Amount, told: Sequence[Amount], others: Sequence[Amount]) -> bool:
    """Is it a sum or a difference of near numbers of the same sort, or the rest of 100 %?

    One of the two is of ``told``, the other of ``others``.
    """
    value = claimed.number.value
    percent = any(u.dimension == "percent" for u in claimed.units)
    if percent and any(abs(100 - t.number.value - value) < 1e-6 for t in told):
        return True
    near = [
        (a.number.value, b.number.value)
        for a, b in product(told, others)
        if a is not b and abs(a.sentence - b.sentence) <= _NEARBY and _same_sort(a, b, claimed)
    ]
    return any(abs(a + b - value) < 1e-6 or abs(abs(a - b) - value) < 1e-6 for a, b in near)


def _same_sort(a: Amount, b: Amount, claimed: Amount) -> bool:
    if claimed.units:
        return a.units == b.units == claimed.units
    nouns = {x.noun for x in (a, b, claimed)}
    verbs = {x.verb for x in (a, b, claimed)}
    same_verb = len(verbs) == 1 and None not in verbs and len(nouns - {None}) <= 1
    return same_verb or (len(nouns) == 1 and None not in nouns)


def is_share(claimed: Amount, texts: Sequence[str]) -> bool:
    """Is it the percentage or the fraction for a "one in five" of the passages?"""
    shares = [value * unit.factor for unit in claimed.units for value in claimed.number.values]
    if claimed.number.form == "fraction":
        shares.append(100 * claimed.number.value)
    elif not any(unit.dimension == "percent" for unit in claimed.units):
        return False
    return any(
        abs(share - said) < 1 for share in shares for text in texts for said in _ratios(text)
    )


def _ratios(text: str) -> Iterator[float]:
    for part, whole in pairwise(numbers(text)):
        if whole.value and _RATIO.fullmatch(text[part.end : whole.start].lower()):
            yield 100 * part.value / whole.value
