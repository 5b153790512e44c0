"""Whether two amounts belong to the same thing: "12 injured" is not "12 killed"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.grounding.amounts import Amount, is_fate, meaning


@dataclass(frozen=True)
class Bond:
    """How what two amounts count agrees: 1 the same, -1 another, 0 not told, for each part."""

    noun: int
    verb: int
    subject: int
    crossed: bool = False

    @property
    def strength(self) -> int:
        """Above 0: they belong to the same thing. Below: to different ones."""
        return 2 * self.noun + 2 * self.verb + self.subject + 2 * self.crossed

    @property
    def same_noun(self) -> bool:
        """Is the same sort of thing counted?"""
        return self.noun > 0


def bond(claimed: Amount, said: Amount) -> Bond:
    """Compare noun, verb and subject; an ordinal or a share of time has but its noun."""
    noun = _compare(claimed.noun, said.noun)
    if claimed.number.form == "ordinal":
        return Bond(noun, 0, 0)
    verb = _compare(claimed.verb, said.verb)
    subject = _compare(claimed.subject, said.subject)
    return Bond(noun, verb, subject, _crossed(claimed, said))


def is_swapped(claimed: Amount, bonds: Sequence[Bond], others: Sequence[Amount]) -> bool:
    """Is the number clearly something else's, and the thing clearly counted otherwise?

    An amount of money or a share hangs loosely on its verb: there the subject must differ.
    """
    if claimed.number.form == "ordinal" and claimed.number.value == 1:
        return False
    fate = claimed.verb is not None and is_fate(claimed.verb)
    elsewhere = all(
        b.strength < 0 and (b.noun < 0 or (b.subject < 0 if claimed.units else fate)) for b in bonds
    )
    return elsewhere and any(_is_same_thing(claimed, bond(claimed, other)) for other in others)


def _is_same_thing(claimed: Amount, found: Bond) -> bool:
    if found.noun < 0 or found.verb < 0 or found.subject < 0:
        return False
    if claimed.units:
        return found.subject > 0 and (found.verb > 0 or found.noun > 0)
    return found.strength >= 2


_EMPTY = {
    "be",
    "have",
    "do",
    "say",
    "get",
    "make",
    "include",
    "take",
    "go",
    "come",
    "tell",
    "report",
}


def _compare(one: str | None, other: str | None) -> int:
    if one is None or other is None or {one, other} & _EMPTY:
        return 0
    if meaning(one.lower()) == meaning(other.lower()):
        return 1
    return -1 if one.islower() and other.islower() else 0


def _crossed(claimed: Amount, said: Amount) -> bool:
    """The noun of one is a word of the other's verb or subject: "12 deaths", "12 died"."""
    ours = {meaning(w) for w in (claimed.noun, claimed.verb, claimed.subject) if w}
    theirs = {meaning(w) for w in (said.noun, said.verb, said.subject) if w}
    return bool(ours & theirs - {"people"} - _EMPTY) and _compare(claimed.noun, said.noun) < 0
