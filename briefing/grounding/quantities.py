"""Objections to numbers, units, comparisons and counts that the passages do not bear out.

Sure is only what a reader sees at once: a number that no passage has and none comes near, a unit
or a comparison that is another one each time, a count that the passages give to something else.
Rounding, sums and shares are doubted, not refused. Numbers of dates are
:mod:`briefing.grounding.dates`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.grounding.amount_values import same_value, units_agree
from briefing.grounding.amounts import Amount, amounts
from briefing.grounding.approximators import agreement, satisfied
from briefing.grounding.binding import bond, is_swapped
from briefing.grounding.derivation import is_derived, is_result, is_rounded, is_share
from briefing.grounding.numbers import numbers
from briefing.grounding.reading import Reading
from briefing.grounding.reckoning import how_reckoned, is_listed, lasting
from briefing.grounding.told_amounts import (
    ALIKE,
    Case,
    Told,
    bare_places,
    close_to,
    is_counted_together,
    is_rounding,
    is_satisfied,
    parts_of,
)
from briefing.grounding.verdicts import Objection

_SMALL = 10
"""Counts up to here may come from counting what a passage lists."""


def objections(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    """What ``claim`` says of how many, how much and in what order, and ``grounds`` do not."""
    texts = [ground.text for ground in grounds]
    told = [
        Told(amount, _words(ground.text, amount), ground.text)
        for ground in grounds
        for amount in amounts(ground)
    ]
    for amount in amounts(claim):
        if _is_told(amount.whole, told):
            continue
        case = Case(amount, _words(claim.text, amount), claim.text, told, texts)
        found = _check(case)
        if found and found.certain and is_listed(case, case.rivals, grounds):
            yield _missing(case, case.rivals, False)
        elif found:
            yield found


def _is_told(whole: Amount | None, told: Sequence[Told]) -> bool:
    return whole is not None and any(same_value(whole, t.amount) for t in told)


def _words(text: str, amount: Amount) -> str:
    return text[amount.start : amount.end]


def _check(case: Case) -> Objection | None:
    number = case.amount.number
    if number.form == "name" or case.amount.after_name:
        return _named(case)
    if number.pair and not case.amount.units:
        pairs = [t for t in case.told if t.amount.number.pair and not t.amount.units]
        values = {t.amount.number.pair for t in pairs}
        if number.pair in values or number.pair[::-1] in values or _apart(case):
            return None
        parts = {value for pair in values if pair for value in pair}
        if pairs and number.value == number.pair[0]:
            alike = any(case.likeness(t) >= ALIKE for t in pairs)
            return _missing(case, pairs, alike or not parts & set(number.pair))
    plain = [t for t in case.told if t.amount.number.form != "name"]
    same = [t for t in plain if same_value(case.amount, t.amount)]
    instead = [t for t in case.replaced([*same, *close_to(case, plain)]) if t not in same]
    if instead and not _reckonable(case, instead):
        return _missing(case, instead, True)
    if is_share(case.amount, case.texts):
        return None if same else _missing(case, case.rivals, False)
    if not same:
        return _absent(case)
    fitting = [t for t in same if units_agree(case.amount, t.amount)]
    if not fitting and is_derived(case.amount, everything := [t.amount for t in plain], everything):
        return _missing(case, case.rivals, False)
    return _supported(case, fitting) if fitting else _other_unit(case, same)


def _apart(case: Case) -> bool:
    """Has one passage both numbers of "62-38" apart, as "62 votes to 38"?"""
    pair = case.amount.number.pair or ()
    return any(
        all(any(n.value == value and n.pair is None for n in numbers(text)) for value in pair)
        for text in case.texts
    )


def _reckoned(case: Case) -> bool:
    """Can it be reckoned from amounts of the passages?"""
    plain = [t.amount for t in case.told if t.amount.number.form != "name"]
    return (
        is_derived(case.amount, plain, plain)
        or is_result(case.amount, plain)
        or is_counted_together(case)
        or is_derived(case.amount, lengths := lasting(case), lengths)
    )


def _other_unit(case: Case, same: Sequence[Told]) -> Objection:
    amount = case.amount
    explicit = [t for t in same if t.amount.units]
    shares = all(u.dimension in {"percent", "point"} for t in same for u in t.amount.units)
    said = amount.units or amount.noun or (shares and amount.verb)
    clear = bool(said) and len(explicit) == len(same)
    counted = amount.units and all(t.amount.units or t.amount.noun for t in same)
    reason = f"“{case.words}”: the passages have {_listed(same)}"
    return case.objection(reason, clear or bool(counted), kind="unit")


def _supported(case: Case, fitting: Sequence[Told]) -> Objection | None:
    """The number is there: is it of the same thing, and compared in the same way?"""
    amount = case.amount
    bonds = [(bond(amount, t.amount), t) for t in fitting]
    best = max(b.strength for b, _ in bonds)
    near = [t for b, t in bonds if b.strength == best]
    comparison = _comparison(case, near)
    if best < 0 and not (comparison and comparison.certain):
        others = [t.amount for t in case.rivals if t not in fitting]
        return _misbound(case, near, is_swapped(amount, [b for b, _ in bonds], others))
    return comparison


def _misbound(case: Case, near: Sequence[Told], swapped: bool) -> Objection:
    said = " and ".join(dict.fromkeys(f"“{_with_head(t.words, t.amount)}”" for t in near[:2]))
    reason = f"the passages say {said}, not “{_with_head(case.words, case.amount)}”"
    return case.objection(reason, swapped, kind="count")


def _with_head(words: str, amount: Amount) -> str:
    heads = [w for w in (amount.noun_text, amount.verb_text) if w and w not in words]
    return " ".join([words, *heads])


def _comparison(case: Case, near: Sequence[Told]) -> Objection | None:
    claimed = case.amount.approx
    verdicts = [agreement(claimed, t.amount.approx) for t in near]
    if "agrees" in verdicts or any(_meets(case, t) for t in case.rivals if t not in near):
        return None
    said = " and ".join(dict.fromkeys(f"“{_compared(t.words, t.amount)}”" for t in near[:2]))
    return case.objection(
        f"“{_compared(case.words, case.amount)}”: the passages have {said}",
        "doubtful" not in verdicts,
        kind="comparison",
        words=case.amount.approx_words if claimed else case.words,
    )


def _compared(words: str, amount: Amount) -> str:
    return f"{amount.approx_words} {words}".strip()


def _meets(case: Case, said: Told) -> bool:
    """Is it another number of the same thing, for which the claim's comparison holds?"""
    other, limit = said.amount, case.amount.number.value
    fits = satisfied(case.amount.approx, limit, other.approx, other.number.value)
    return fits and other.number.value != limit and bond(case.amount, other).strength > 0


def _absent(case: Case) -> Objection | None:
    """No passage has the number."""
    amount, value = case.amount, case.amount.number.value
    rivals = case.rivals
    if any(is_satisfied(amount, t.amount) for t in rivals):
        return None if amount.approx in {"over", "under"} else _missing(case, rivals, False)
    if bare_places(case) or is_rounding(case, rivals):
        return _missing(case, rivals, False)
    if amount.number.form not in {"vague", "ordinal"} and _reckoned(case):
        how = how_reckoned(case)
        return case.objection(how, False) if how else _missing(case, rivals, False)
    if amount.number.form in {"vague", "ordinal", "fraction", "multiple"}:
        return _unlike(case, rivals)
    counted = not amount.units and abs(value) <= _SMALL and value == int(value)
    alike = [t for t in rivals if bond(amount, t.amount).same_noun]
    if counted and not amount.number.pair:
        clear = [t for t in alike if not _is_one(t.amount) and bond(amount, t.amount).strength > 0]
        return _missing(case, clear or rivals, bool(clear))
    return _missing(case, alike or rivals, True)


def _reckonable(case: Case, told: Sequence[Told]) -> bool:
    """Is it what the passages have there, rounded or compared ("more than 40" for 43)?"""
    amount, others = case.amount, [t.amount for t in told]
    sums = [t.amount for t in case.told if t.amount.number.form != "name"]
    return (
        is_rounded(amount, others)
        or is_derived(amount, others, sums)
        or any(is_result(amount, [t.amount, part]) for t in told for part in parts_of(case, t))
        or any(
            amount.approx
            and satisfied(amount.approx, amount.number.value, other.approx, other.number.value)
            for other in others
        )
    )


def _is_one(amount: Amount) -> bool:
    return amount.number.value == 1 and amount.number.spelled


def _unlike(case: Case, rivals: Sequence[Told]) -> Objection:
    """An ordinal, a share, a multiple, "dozens": sure where the passages have another for it."""
    amount = case.amount
    if amount.number.form in {"fraction", "multiple"}:
        near = [t for t in rivals if bond(amount, t.amount).strength >= 0]
        return _missing(case, near or rivals, bool(near))
    alike = [t for t in rivals if t.amount.number.form == amount.number.form]
    bound = [t for t in alike if bond(amount, t.amount).same_noun]
    large = amount.number.form == "ordinal" and amount.number.value > _SMALL
    return _missing(case, bound or alike, large or bool(bound))


def _missing(case: Case, rivals: Sequence[Told], certain: bool) -> Objection:
    listed = _listed(rivals)
    reason = (
        f"“{case.words}”: the passages have {listed}"
        if listed
        else f"the passages do not say “{case.words}”"
    )
    return case.objection(reason, certain)


def _listed(told: Sequence[Told]) -> str:
    words = list(dict.fromkeys(t.words for t in told))
    return " and ".join(words) if len(words) <= 3 else ""


def _named(case: Case) -> Objection | None:
    """A number that is part of a name (A380, Route 66) compares as it is written."""
    amount = case.amount
    digits = amount.number.value
    if any(n.value == digits for text in case.texts for n in numbers(text)):
        return None
    letters = _prefix(case.words, amount)
    rivals = [t for t in case.told if letters and _prefix(t.words, t.amount) == letters]
    return _missing(case, rivals, bool(rivals) or digits > 99)


def _prefix(words: str, amount: Amount) -> str:
    """The letters of A380 or the word before the 66 of Route 66."""
    if amount.number.form == "name":
        return words.rstrip("0123456789").lower()
    return amount.after_name or ""
