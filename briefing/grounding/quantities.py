"""Objections to numbers, units, comparisons and counts that the passages do not bear out.

Sure is only what a reader sees at once: a number that no passage has and none comes near, a unit
or a comparison that is another one each time, a count that the passages give to something else.
Rounding, sums and shares are doubted, not refused. Numbers of dates are
:mod:`briefing.grounding.dates`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.grounding.amount_values import common_factors, comparable, same_value, units_agree
from briefing.grounding.amounts import Amount, amounts
from briefing.grounding.approximators import agreement, satisfied
from briefing.grounding.binding import bond, is_swapped
from briefing.grounding.contexts import likeness
from briefing.grounding.derivation import is_derived, is_rounded, is_share
from briefing.grounding.numbers import numbers
from briefing.grounding.reading import Reading
from briefing.grounding.verdicts import Objection

_SMALL = 10
"""Counts up to here may come from counting what a passage lists."""


_ALIKE = 2
_MUCH_ALIKE = 4
"""So many more words in common say that an amount was put in the place of another."""


@dataclass(frozen=True)
class _Told:
    """An amount of a passage, with its words and the passage's."""

    amount: Amount
    words: str
    text: str


@dataclass(frozen=True)
class _Case:
    """An amount of the claim and all that the passages have."""

    amount: Amount
    words: str
    text: str
    told: Sequence[_Told]
    texts: Sequence[str]

    @property
    def rivals(self) -> list[_Told]:
        """Amounts of the same sort with another value."""
        return [t for t in self.told if comparable(self.amount, t.amount)]

    def likeness(self, said: _Told) -> int:
        """How many of the same words stand around the two amounts."""
        one, other = self.amount, said.amount
        return likeness(self.text, (one.start, one.end), said.text, (other.start, other.end))

    def replaced(self, same: Sequence[_Told]) -> list[_Told]:
        """What the passages have among these very words instead, where ``same`` stands elsewhere.

        Where they have the number at all, many words must agree: they may say it twice.
        """
        bare = [] if same else _bare_places(self)
        own = (self.amount.start, self.amount.end)
        reached = max(
            [*(self.likeness(t) for t in same), *(likeness(self.text, own, *p) for p in bare), 0]
        )
        needed = _MUCH_ALIKE if same else _ALIKE
        return [t for t in self.rivals if self.likeness(t) >= reached + needed]

    def objection(
        self, reason: str, certain: bool, kind: str = "number", words: str | None = None
    ) -> Objection:
        """One objection to this amount."""
        return Objection(
            kind=kind, words=self.words if words is None else words, reason=reason, certain=certain
        )


def objections(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    """What ``claim`` says of how many, how much and in what order, and ``grounds`` do not."""
    texts = [ground.text for ground in grounds]
    told = [
        _Told(amount, _words(ground.text, amount), ground.text)
        for ground in grounds
        for amount in amounts(ground)
    ]
    for amount in amounts(claim):
        found = _check(_Case(amount, _words(claim.text, amount), claim.text, told, texts))
        if found:
            yield found


def _words(text: str, amount: Amount) -> str:
    return text[amount.start : amount.end]


def _check(case: _Case) -> Objection | None:
    number = case.amount.number
    if number.form == "name" or case.amount.after_name:
        return _named(case)
    if number.pair and not case.amount.units:
        pairs = [t for t in case.told if t.amount.number.pair and not t.amount.units]
        values = {t.amount.number.pair for t in pairs}
        if number.pair in values or number.pair[::-1] in values:
            return None
        parts = {value for pair in values if pair for value in pair}
        if pairs and number.value == number.pair[0]:
            alike = any(case.likeness(t) >= _ALIKE for t in pairs)
            return _missing(case, pairs, alike or not parts & set(number.pair))
    plain = [t for t in case.told if t.amount.number.form != "name"]
    same = [t for t in plain if same_value(case.amount, t.amount)]
    instead = [t for t in case.replaced(same) if t not in same]
    if instead and not _reckonable(case, instead):
        return _missing(case, instead, True)
    if is_share(case.amount, case.texts):
        return None if same else _missing(case, case.rivals, False)
    if not same:
        return _absent(case)
    fitting = [t for t in same if units_agree(case.amount, t.amount)]
    return _supported(case, fitting) if fitting else _other_unit(case, same)


def _other_unit(case: _Case, same: Sequence[_Told]) -> Objection:
    amount = case.amount
    explicit = [t for t in same if t.amount.units]
    shares = all(u.dimension in {"percent", "point"} for t in same for u in t.amount.units)
    said = amount.units or amount.noun or (shares and amount.verb)
    clear = bool(said) and len(explicit) == len(same)
    counted = amount.units and all(t.amount.units or t.amount.noun for t in same)
    reason = f"“{case.words}”: the passages have {_listed(same)}"
    return case.objection(reason, clear or bool(counted), kind="unit")


def _supported(case: _Case, fitting: Sequence[_Told]) -> Objection | None:
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


def _misbound(case: _Case, near: Sequence[_Told], swapped: bool) -> Objection:
    said = " and ".join(dict.fromkeys(f"“{_with_head(t.words, t.amount)}”" for t in near[:2]))
    reason = f"the passages say {said}, not “{_with_head(case.words, case.amount)}”"
    return case.objection(reason, swapped, kind="count")


def _with_head(words: str, amount: Amount) -> str:
    heads = [w for w in (amount.noun_text, amount.verb_text) if w and w not in words]
    return " ".join([words, *heads])


def _comparison(case: _Case, near: Sequence[_Told]) -> Objection | None:
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


def _meets(case: _Case, said: _Told) -> bool:
    """Is it another number of the same thing, for which the claim's comparison holds?"""
    other, limit = said.amount, case.amount.number.value
    fits = satisfied(case.amount.approx, limit, other.approx, other.number.value)
    return fits and other.number.value != limit and bond(case.amount, other).strength > 0


def _absent(case: _Case) -> Objection | None:
    """No passage has the number."""
    amount, value = case.amount, case.amount.number.value
    rivals = case.rivals
    if any(
        satisfied(amount.approx, v * f, t.amount.approx, w * g)
        and bond(amount, t.amount).strength >= 0
        for t in rivals
        for f, g in common_factors(amount, t.amount)
        for v in amount.number.values
        for w in t.amount.number.values
    ):
        return None if amount.approx in {"over", "under"} else _missing(case, rivals, False)
    if _bare_places(case) or is_rounded(amount, [t.amount for t in rivals]):
        return _missing(case, rivals, False)
    if amount.number.form in {"vague", "ordinal", "fraction", "multiple"}:
        return _unlike(case, rivals)
    if is_derived(amount, [t.amount for t in rivals], [t.amount for t in rivals]):
        return _missing(case, rivals, False)
    counted = not amount.units and abs(value) <= _SMALL and value == int(value)
    alike = [t for t in rivals if bond(amount, t.amount).same_noun]
    if counted and not amount.number.pair:
        clear = [t for t in alike if not _is_one(t.amount) and bond(amount, t.amount).strength > 0]
        return _missing(case, clear or rivals, bool(clear))
    return _missing(case, alike or rivals, True)


def _reckonable(case: _Case, told: Sequence[_Told]) -> bool:
    """Is it what the passages have there, rounded or compared ("more than 40" for 43)?"""
    amount, others = case.amount, [t.amount for t in told]
    sums = [t.amount for t in case.rivals]
    return (
        is_rounded(amount, others)
        or is_derived(amount, others, sums)
        or any(
            amount.approx
            and satisfied(amount.approx, amount.number.value, other.approx, other.number.value)
            for other in others
        )
    )


def _is_one(amount: Amount) -> bool:
    return amount.number.value == 1 and amount.number.spelled


def _unlike(case: _Case, rivals: Sequence[_Told]) -> Objection:
    """An ordinal, a share, a multiple, "dozens": sure where the passages have another for it."""
    amount = case.amount
    alike = [t for t in rivals if t.amount.number.form == amount.number.form]
    bound = [t for t in alike if bond(amount, t.amount).same_noun]
    large = amount.number.form == "ordinal" and amount.number.value > _SMALL
    return _missing(case, bound or alike, large or bool(bound))


def _missing(case: _Case, rivals: Sequence[_Told], certain: bool) -> Objection:
    listed = _listed(rivals)
    reason = (
        f"“{case.words}”: the passages have {listed}"
        if listed
        else f"the passages do not say “{case.words}”"
    )
    return case.objection(reason, certain)


def _listed(told: Sequence[_Told]) -> str:
    words = list(dict.fromkeys(t.words for t in told))
    return " and ".join(words) if len(words) <= 3 else ""


def _bare_places(case: _Case) -> list[tuple[str, tuple[int, int]]]:
    """Where numbers of the passages, be they of dates and names, look the same."""
    if case.amount.units:
        return []
    form, value = case.amount.number.form, case.amount.number.value
    loose = {"ordinal", "cardinal", "name"} if form in {"ordinal", "cardinal"} else {form}
    return [
        (text, (n.start, n.end))
        for text in case.texts
        for n in numbers(text)
        if n.form in loose and value in n.values
    ]


def _named(case: _Case) -> Objection | None:
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
