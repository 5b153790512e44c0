"""Figures a writer may have reckoned from those of the passages: rounded, summed, compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from briefing.grounding.amounts import Amount, meaning
from briefing.grounding.approximators import roundness, satisfied
from briefing.grounding.number_words import lexicon
from briefing.grounding.numbers import numbers

_RATIO = re.compile(r"\s(?:in|out of|of)(?:\s(?:every|each|the))?\s")
_LARGE = 1000
_ROUGH = 0.025
_CONVERTED = 0.03
_NEARBY = 30
"""Tokens between the starts of two sentences that one may reckon across."""
_LONGEST_SUM = 5
_SHARE_MARGIN, _SHARE_ROUGH = 2.5, 0.1
"""How far a fraction in words may be from a percentage: in points, and as a part of it."""
_PERCENT_MARGIN = 0.5
_MULTIPLE_MARGIN = 0.06
_FEW_TIMES = 20
_FROM_BELOW, _FROM_ABOVE = {"over", "atleast"}, {"under", "nearly", "upto"}


def is_rounded(claimed: Amount, told: Sequence[Amount]) -> bool:
    """Is it a passage's number with fewer places, or in another unit of the same dimension?"""
    return any(
        _rounds(value, claimed.number.step_of(value), said, bool(claimed.approx))
        or (foreign and abs(value - said) <= _CONVERTED * abs(said))
        for t in told
        if not is_fraction(claimed) and not is_fraction(t)
        for value in claimed.number.values
        for said, foreign in _in_units(claimed, t)
    ) or any(_is_near_share(claimed, t) for t in told)


def is_fraction(amount: Amount) -> bool:
    """Is it a share in words, as "a third" and "one in five"?"""
    return amount.number.form == "fraction"


def share_of(amount: Amount) -> float | None:
    """What it is in per cent, where it is a share."""
    factors = (unit.factor for unit in amount.units if unit.dimension == "percent")
    return next((amount.number.value * factor for factor in factors), None)


def _is_near_share(claimed: Amount, said: Amount) -> bool:
    """Is one the fraction that people would call the other?"""
    ours, theirs = share_of(claimed), share_of(said)
    if ours is None or theirs is None or not (is_fraction(claimed) or is_fraction(said)):
        return False
    wrong_way = (claimed.approx in _FROM_BELOW and theirs < ours - _PERCENT_MARGIN) or (
        claimed.approx in _FROM_ABOVE and theirs > ours + _PERCENT_MARGIN
    )
    scale, margin = (1.2, 6.0) if claimed.approx else (1.0, _SHARE_MARGIN)
    return not wrong_way and abs(ours - theirs) <= min(margin, scale * _SHARE_ROUGH * theirs)


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
    """Can it be reckoned from near numbers: a sum, a difference, the share of one in another?

    One of those it is reckoned from is of ``told``, the rest of ``others``.
    """
    if any(unit.dimension == "point" for unit in claimed.units):
        return _is_change_of_shares(claimed, others)
    if share_of(claimed) is not None or _is_multiple(claimed):
        return _is_comparison(claimed, told, others)
    if claimed.number.form == "cardinal" and not claimed.units and _is_climb(claimed, others):
        return True
    pool = [a for a in others if a.number.form in {"cardinal", "vague"}]
    sums = (
        total for first in told if first.number.form == "cardinal" for total in _sums(first, pool)
    )
    return any(_same(claimed, *total) for total in sums)


def _is_change_of_shares(claimed: Amount, others: Sequence[Amount]) -> bool:
    """Is it how far two percentages are apart, or two points of an index?"""
    near = [a for a in others if a.number.form == "cardinal"]
    return any(
        _equal(abs(a.number.value - b.number.value), claimed.number.value)
        for a, b in combinations(near, 2)
        if _is_near(a, b) and _are_shares(a, b)
    )


def _are_shares(a: Amount, b: Amount) -> bool:
    """Are both percentages, also as “from 6.1 to 6.4 per cent”?"""
    joined = a.sentence == b.sentence and b.start - a.end <= len(" to ")
    return share_of(b) is not None and (share_of(a) is not None or (joined and not a.units))


def _is_climb(claimed: Amount, others: Sequence[Amount]) -> bool:
    """Is it the difference of two places in an order: from 18th to 15th is three places?"""
    places = [a for a in others if a.number.form == "ordinal"]
    return any(
        a.sentence == b.sentence and abs(a.number.value - b.number.value) == claimed.number.value
        for a, b in combinations(places, 2)
    )


def is_result(claimed: Amount, told: Sequence[Amount]) -> bool:
    """Is it a share or a multiple of an amount, or what that was before it grew or fell by it?"""
    plain = share_of(claimed) is None and claimed.number.form == "cardinal"
    return plain and any(_is_result(claimed, a, b) for a in told for b in told)


def _same(claimed: Amount, value: float, part: Amount) -> bool:
    """Is ``value``, in the unit of ``part``, what is claimed?"""
    if not claimed.units or not part.units:
        return not claimed.units and not part.units and _equal(claimed.number.value, value)
    return any(
        _equal(claimed.number.value * a.factor, value * b.factor)
        for a in claimed.units
        for b in part.units
        if a.dimension == b.dimension
    )


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(one))


def _sums(first: Amount, pool: Sequence[Amount]) -> Iterator[tuple[float, Amount]]:
    """The sums of ``first`` with up to four others, and its differences from one."""
    near = [a for a in pool if a is not first and _is_near(first, a) and _same_sort(first, a)]
    for other in near:
        unit = first if first.units else other
        if not (first.ranged and other.ranged):
            yield first.number.value + other.number.value, unit
        yield abs(first.number.value - other.number.value), unit
    alike = [a for a in near if a.sentence == first.sentence][: _LONGEST_SUM + 1]
    for size in range(2, _LONGEST_SUM):
        for some in combinations(alike, size):
            yield first.number.value + sum(a.number.value for a in some), first


def _is_near(a: Amount, b: Amount) -> bool:
    return abs(a.sentence - b.sentence) <= _NEARBY


def _same_sort(a: Amount, b: Amount) -> bool:
    """Are both of one unit, or of things that may be counted together?"""
    bare = next((x for x in (a, b) if not x.units), None)
    if bare and (a.units or b.units):  # "120 million litres in April, 84 million in May"
        return bare.noun is None and a.sentence == b.sentence
    if a.units:
        return {u.dimension for u in a.units} == {u.dimension for u in b.units}
    nouns = {meaning(x.noun.lower()) for x in (a, b) if x.noun}
    if not nouns:
        return a.verb == b.verb or None in (a.verb, b.verb)
    return len(nouns) == 1


def _is_comparison(claimed: Amount, told: Sequence[Amount], others: Sequence[Amount]) -> bool:
    """Is it the ratio of two amounts or by how much they differ, or the rest of a share?"""
    changed = claimed.verb in lexicon("changes")["verbs"]
    pairs = [
        (small, large)
        for a in told
        for b in others
        if a is not b and _is_near(a, b) and _same_sort(a, b)
        for small, large in [sorted((abs(a.number.value), abs(b.number.value)))]
        if small and (share_of(a) is None or _is_multiple(claimed) or changed)
    ]
    shares = [s for t in told if (s := share_of(t)) is not None]
    if _is_multiple(claimed):
        times = [large / small for small, large in pairs] + [1 + s / 100 for s in shares]
        times += [small / large for small, large in pairs] + [1 - s / 100 for s in shares]
        return any(abs(t - claimed.number.value) <= _MULTIPLE_MARGIN * t for t in times)
    shares = [100 - said for said in shares] + list(_rests(told))
    shares += [100 * abs(t.number.value - 1) for t in told if t.number.form == "multiple"]
    parts = [100 * share for pair in pairs for share in _compared(*pair)]
    shares += parts
    ours = share_of(claimed) or 0.0
    margin = min(_SHARE_MARGIN, _SHARE_ROUGH * ours) if is_fraction(claimed) else _PERCENT_MARGIN
    return any(abs(share - ours) <= margin for share in shares) or any(
        claimed.approx and satisfied(claimed.approx, ours, "", part) for part in parts
    )


def _rests(told: Sequence[Amount]) -> Iterator[float]:
    """What is left of the whole after two or three shares of one sentence."""
    shares = [(t.sentence, share) for t in told if (share := share_of(t)) is not None]
    for size in (2, 3):
        for some in combinations(shares[:_LONGEST_SUM], size):
            total = sum(share for _, share in some)
            if len({sentence for sentence, _ in some}) == 1 and total < 100:
                yield 100 - total


def _compared(small: float, large: float) -> tuple[float, float, float]:
    """What the smaller is of the larger, and by how much they differ, as shares of either."""
    return small / large, 1 - small / large, large / small - 1


def _is_result(claimed: Amount, a: Amount, b: Amount) -> bool:
    for count, part in ((a, b), (b, a)):
        share = share_of(part)
        times = part.number.value if part.number.form == "multiple" or _is_times(part) else None
        if share_of(count) is not None or not _is_near(a, b) or count.number.form != "cardinal":
            continue
        factors = [times, 1 / times] if times else []
        if share:
            rate = share / 100
            factors += [rate, 1 - rate, 1 + rate, 1 / (1 + rate)]
            factors += [1 / (1 - rate)] if rate < 1 else []
        step = max(claimed.number.step, 1e-9)
        rough = roundness(claimed.number.value, step) if claimed.approx else step
        if any(_fits(claimed, count, factor, rough) for factor in factors):
            return True
    return False


def _is_multiple(claimed: Amount) -> bool:
    """“Doubled”, “one and a half times”; not “scored 31 times”."""
    return claimed.number.form == "multiple" or (
        _is_times(claimed) and claimed.number.value <= _FEW_TIMES
    )


def _is_times(amount: Amount) -> bool:
    return any(unit.dimension == "multiple" for unit in amount.units)


def _fits(claimed: Amount, count: Amount, factor: float, margin: float) -> bool:
    value = claimed.number.value
    if not claimed.units and not count.units:
        return abs(count.number.value * factor - value) <= margin / 2 + 1e-9
    return any(
        abs(count.number.value * factor * b.factor / a.factor - value) <= margin / 2 + 1e-9
        for a in claimed.units
        for b in count.units
        if a.dimension == b.dimension
    )


def is_share(claimed: Amount, texts: Sequence[str]) -> bool:
    """Is it the percentage or the fraction for a "one of five" of the passages?"""
    share = share_of(claimed)
    if share is None:
        return False
    return any(abs(share - said) < 1 for text in texts for said in _ratios(text))


def _ratios(text: str) -> Iterator[float]:
    for part, whole in pairwise(numbers(text)):
        if whole.value and _RATIO.fullmatch(text[part.end : whole.start].lower()):
            yield 100 * part.value / whole.value
