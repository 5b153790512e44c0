"""How a body voted: unanimously, as one source has it, or divided, as another does (English)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from briefing.across.context import keys_of
from briefing.across.nearness import Nearness
from briefing.across.stances import Pair, Stance, comparable, nearness_of
from briefing.across.told import Told
from briefing.grounding.numbers import numbers
from briefing.origins import Origins

NEAR = -3.8
"""Log-odds of :class:`Nearness` from which two sentences may be on one vote."""
_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_VOTING = re.compile(r"\b(?:vot\w+|ballot\w*|unanim\w+)\b", re.IGNORECASE)
_UNANIMOUS = re.compile(r"\b(?:unanimous(?:ly)?|without a dissenting vote)\b", re.IGNORECASE)
_NOT = re.compile(r"(?:\bnot|n[’']t)(?: \w+)?\s*$", re.IGNORECASE)
_DIVIDED = re.compile(
    rf"(?<!from )(?<![\d.,])\b(?P<for>{_NUMBER})(?: votes?)?(?: to |[-–])(?P<against>{_NUMBER})\b"
    r"(?![.,]?\d)(?! ?(?:per cent|percent|%|years?|hours?|days?|people|p\.?m|a\.?m))"
    r"|\bI voted against\b|\bone (?:member|juror|director) (?:voted against|dissented)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Vote:
    """What a sentence says of a vote: where its words stand, and how many were on each side.

    ``sizes`` is empty where all agreed, or where it says only that somebody did not.
    """

    told: Told
    start: int
    end: int
    unanimous: bool
    sizes: frozenset[float]

    @property
    def stance(self) -> Stance:
        """The stance that it is."""
        return Stance(self.told, self.start, self.end, "vote")


def vote_pairs(told: Sequence[Told], origins: Origins, near: Nearness | None) -> Iterator[Pair]:
    """Stances of which one has a body agreed and the other divided, or divided otherwise."""
    if near is None:
        return
    votes = [vote for each in told for vote in _votes(each)]
    for one, other in combinations(votes, 2):
        if not comparable(one.told, other.told, origins) or not _differ(one, other):
            continue
        if _is_one_vote(one, other, near):
            yield Pair(one.stance, other.stance, "conflict")


def _votes(told: Told) -> Iterator[Vote]:
    text, start, end = told.reading.text, told.span.start_char, told.span.end_char
    if not _VOTING.search(text, start, end):
        return
    for found in _UNANIMOUS.finditer(text, start, end):
        if not _NOT.search(text, start, found.start()):
            yield Vote(told, found.start(), found.end(), True, frozenset())
    for found in _DIVIDED.finditer(text, start, end):
        yield Vote(told, found.start(), found.end(), False, _sizes(found))


def division(text: str) -> frozenset[float]:
    """How many were on each side, by the words of a vote; nothing for a unanimous one."""
    found = _DIVIDED.search(text)
    if found is None:
        return frozenset()
    return _sizes(found) or frozenset({0.0})


def _sizes(found: re.Match[str]) -> frozenset[float]:
    sides = [found["for"], found["against"]]
    return frozenset(n.value for side in sides if side for n in numbers(side))


def _differ(one: Vote, other: Vote) -> bool:
    if one.unanimous != other.unanimous:
        return True
    return bool(one.sizes and other.sizes) and one.sizes != other.sizes


def _is_one_vote(one: Vote, other: Vote, near: Nearness) -> bool:
    """Whether two sentences may be on one vote: near by meaning; two counts have more in common."""
    shared = {w for w in keys_of(one.told) & keys_of(other.told) if not _VOTING.match(w)}
    counts = bool(one.sizes and other.sizes)
    return bool(shared or not counts) and nearness_of(one.told, other.told, near) >= NEAR
