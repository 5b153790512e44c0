"""Whether two amounts are worth the same, and whether they can be compared at all."""

from __future__ import annotations

from briefing.grounding.amounts import Amount


def same_value(claimed: Amount, said: Amount) -> bool:
    """Is it the same number, in whatever unit?"""
    if {claimed.number.form, said.number.form} & {"ordinal", "vague"}:
        return (claimed.number.form, claimed.number.value) == (said.number.form, said.number.value)
    factors = [(1.0, 1.0), *common_factors(claimed, said)]
    return any(
        _close(a * f, b * g)
        for f, g in factors
        for a in claimed.number.values
        for b in said.number.values
    )


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1e-6)


def units_agree(claimed: Amount, said: Amount) -> bool:
    """May both be the same unit, worth the same? A count agrees with what has no unit."""
    if not claimed.units and not said.units:
        return True
    if {claimed.number.form, said.number.form} == {"multiple", "fraction"}:
        return True  # what was halved is at half
    if claimed.units and said.units:
        return any(
            a.dimension == b.dimension and _close(x * a.factor, y * b.factor)
            for a in claimed.units
            for b in said.units
            for x in claimed.number.values
            for y in said.number.values
        )
    if "multiple" in (claimed.number.form, said.number.form):
        return True  # "twice" is two times
    units = claimed.units or said.units
    if units[0].dimension == "multiple" and units[0].name == "times":
        return True  # "called out 31 times", "31 call-outs"
    # A unit is often left out ("rose from 5 to 7.5 %", "scored 12 times"), a currency never.
    bare = claimed if not claimed.units else said
    return (
        not bare.noun and units[0].dimension not in {"percent", "point"} and not units[0].is_money
    )


def comparable(claimed: Amount, said: Amount) -> bool:
    """Are both counts, or both amounts of one dimension?"""
    if claimed.units or said.units:
        dims = {u.dimension for u in claimed.units}, {u.dimension for u in said.units}
        money = all(units and units[0].is_money for units in (claimed.units, said.units))
        return bool(dims[0] & dims[1]) or money
    if "ordinal" in (claimed.number.form, said.number.form):
        return claimed.number.form == said.number.form
    return said.number.form != "name" and not said.after_name


def common_factors(claimed: Amount, said: Amount) -> list[tuple[float, float]]:
    """Factors that turn both into the base of a dimension they share; 1 for two counts."""
    pairs = [
        (a.factor, b.factor)
        for a in claimed.units
        for b in said.units
        if a.dimension == b.dimension
    ]
    return pairs or ([(1.0, 1.0)] if not claimed.units and not said.units else [])
