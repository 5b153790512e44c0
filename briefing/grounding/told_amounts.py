"""Amounts of a claim and of its passages side by side: what rivals it, what is near it.

Nothing is decided here; :mod:`briefing.grounding.quantities` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.grounding.amount_values import common_factors, comparable
from briefing.grounding.amounts import Amount
from briefing.grounding.approximators import satisfied
from briefing.grounding.binding import bond
from briefing.grounding.contexts import likeness
from briefing.grounding.derivation import is_rounded
from briefing.grounding.number_words import lexicon
from briefing.grounding.numbers import numbers
from briefing.grounding.verdicts import Objection

_OF_NUMBER = re.compile(
    rf"\s(?:out\s)?of\s(?:(?:the|its|their|all|his|her)\s)?(?:{'|'.join(lexicon('small'))}|\d[\d,]*)\b",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(r"\sof\s(?:(?:the|its|their|all|his|her|some|about)\s){0,2}")
_EACH = re.compile(r"[^.;,]{0,30}?\s(?:each|both|either|apiece)\b", re.IGNORECASE)
_AND = re.compile(r"[^.;:]{0,40}?\sand\s(?:[a-z]+\s){0,2}")
ALIKE = 2
MUCH_ALIKE = 4
"""So many more words in common say that an amount was put in the place of another."""


@dataclass(frozen=True)
class Told:
    """An amount of a passage, with its words and the passage's."""

    amount: Amount
    words: str
    text: str


@dataclass(frozen=True)
class Case:
    """An amount of the claim and all that the passages have."""

    amount: Amount
    words: str
    text: str
    told: Sequence[Told]
    texts: Sequence[str]

    @property
    def rivals(self) -> list[Told]:
        """Amounts of the same sort with another value."""
        return [t for t in self.told if comparable(self.amount, t.amount)]

    def likeness(self, said: Told) -> int:
        """How many of the same words stand around the two amounts."""
        one, other = self.amount, said.amount
        end = other.end
        if whole := _OF_NUMBER.match(said.text, end):  # "three of the seven climbers"
            end += len(whole[0])
        return likeness(self.text, (one.start, one.end), said.text, (other.start, end))

    def replaced(self, same: Sequence[Told]) -> list[Told]:
        """What the passages have among these very words instead, where ``same`` stands elsewhere.

        Where they have the number at all, many words must agree: they may say it twice.
        """
        bare = [] if same else bare_places(self)
        own = (self.amount.start, self.amount.end)
        reached = max(
            [*(self.likeness(t) for t in same), *(likeness(self.text, own, *p) for p in bare), 0]
        )
        needed = MUCH_ALIKE if same else ALIKE
        return [t for t in self.rivals if self.likeness(t) >= reached + needed]

    def objection(
        self, reason: str, certain: bool, kind: str = "number", words: str | None = None
    ) -> Objection:
        """One objection to this amount."""
        return Objection(
            kind=kind, words=self.words if words is None else words, reason=reason, certain=certain
        )


def close_to(case: Case, told: Sequence[Told]) -> list[Told]:
    """Amounts that one would put in the claim's words: rounded, "nearly", "over"."""
    return [t for t in told if is_satisfied(case.amount, t.amount) or is_rounding(case, [t])]


def is_rounding(case: Case, told: Sequence[Told]) -> bool:
    """Is it one of these amounts with fewer places, or a fraction near a percentage?"""
    return is_rounded(case.amount, [t.amount for t in told if comparable(case.amount, t.amount)])


def is_satisfied(claimed: Amount, said: Amount) -> bool:
    """Is it what one would call "nearly" or "more than" the claim's number, in any unit?"""
    return bond(claimed, said).strength >= 0 and any(
        satisfied(claimed.approx, v * f, said.approx, w * g)
        for f, g in common_factors(claimed, said)
        for v in claimed.number.values
        for w in said.number.values
    )


def bare_places(case: Case) -> list[tuple[str, tuple[int, int]]]:
    """Where numbers of the passages, be they of dates and names, look the same."""
    if case.amount.units:
        return []
    form, value = case.amount.number.form, case.amount.number.value
    loose = {"ordinal", "cardinal", "name"} if form in {"ordinal", "cardinal"} else {form}
    return [
        (text, (n.start, n.end))
        for text in case.texts
        for n in numbers(text)
        if (n.form in loose and value in n.values) or value in n.parts
    ]


def is_counted_together(case: Case) -> bool:
    """Is it the sum of two counts joined by “and”, or of “six from each side”?"""
    value = case.amount.number.value
    plain = [t for t in case.told if t.amount.number.form == "cardinal" and not t.amount.units]
    if case.amount.units or case.amount.number.form not in {"cardinal", "vague"}:
        return False
    if any(2 * t.amount.number.value == value and _EACH.match(t.text, t.amount.end) for t in plain):
        return True
    return any(
        one.amount.number.value + other.amount.number.value == value
        and _AND.fullmatch(one.text[one.amount.end : other.amount.start])
        for one in plain
        for other in plain
        if one.text is other.text and one.amount.end < other.amount.start
    )


def parts_of(case: Case, whole: Told) -> list[Amount]:
    """Shares told of an amount, as in "a third of its 630 cells", and multiples beside it."""
    return [
        t.amount
        for t in case.told
        if t.text is whole.text
        and (
            _OF_WHOLE.fullmatch(t.text[t.amount.end : whole.amount.start])
            or (t.amount.number.form == "multiple" and t.amount.sentence == whole.amount.sentence)
        )
    ]
