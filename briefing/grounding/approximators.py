"""Words that say which way a number may be off: "more than", "nearly", "up to"."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from briefing.grounding.number_words import lexicon

Agreement = Literal["agrees", "doubtful", "contradicts"]

_ROOM = 40
_PLACES = {"under", "over", "above", "below", "beyond"}
_WITHIN = re.compile(
    r"\s(?:[a-z]+\s)?(?:second|minute|hour|day|night|week|month|year|decade|centur|season|term|round|"
    r"game|match|meeting|session|stage|episode|quarter|series|lap|inning|edition|generation)(?:s|ies)\b"
)
"""“Over nine seasons” is during them."""
_LYING = re.compile(r"(?:buried|trapped|submerged|lay|lies|lie|lying|hidden|found|stood|stuck)\s$")
"""Who is buried under 3 metres of mud is not buried under less than that."""
_CONTRADICTORY = {
    "over": {"under", "nearly", "upto", ""},
    "atleast": {"under", "nearly", "upto"},
    "under": {"over", "atleast", ""},
    "nearly": {"over", "atleast", ""},
    "upto": {"over", "atleast"},
}
_NEAR = {
    ("over", "atleast"), ("atleast", "over"), ("nearly", "under"), ("about", "over"),
    ("about", "nearly"), ("about", "under"), ("about", "atleast"), ("about", ""),
    ("atleast", ""),
}  # fmt: skip


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before, after = lexicon("approximators"), lexicon("approximators_after")
    return (
        re.compile(rf"(?:^|[\s(,])(?P<words>{_any(before)})\s*(?:(?P<article>the|an?|its)\s+)?$"),
        re.compile(rf"(?:\s+[a-z]+)?[\s,]*(?P<words>{_any(after)})(?![a-z])"),
    )


def _any(table: dict[str, list[str]]) -> str:
    phrases = sorted((p for group in table.values() for p in group), key=len, reverse=True)
    return "|".join(re.escape(phrase) for phrase in phrases)


def _class_of(table: str, words: str) -> str:
    return next(name for name, group in lexicon(table).items() if words in group)


def approximator(text: str, start: int, end: int) -> tuple[str, str]:
    """The class and the words of the comparison around ``[start, end)``; empty where exact."""
    before, after = _patterns()
    left = text[max(0, start - _ROOM) : start]
    found = before.search(left.lower())
    if found and not (found["words"] in _PLACES and _is_place(found, text, end)):
        return _class_of("approximators", found["words"]), left[found.start("words") :].strip()
    found = after.match(text[end : end + _ROOM].lower())
    if found:
        return _class_of("approximators_after", found["words"]), found["words"]
    return "", ""


def _is_place(found: re.Match[str], text: str, end: int) -> bool:
    """Whether “over” or “below” is no comparison with the number behind it."""
    during = found["words"] == "over" and _WITHIN.match(text, end)
    known = found["article"] in {"the", "its"}  # “below the six years that she began with”
    return bool(known or during or _LYING.search(found.string[: found.start("words")]))


def agreement(claimed: str, said: str) -> Agreement:
    """Does a claim's comparison follow from that of a passage, for the same number?"""
    if claimed == said or (claimed, said) in _NEAR:
        return "agrees"
    return "contradicts" if said in _CONTRADICTORY.get(claimed, set()) else "doubtful"


def satisfied(claimed: str, limit: float, said: str, value: float) -> bool:
    """Is ``value`` a number one would call "more than ``limit``" (or "nearly", "about")?

    ``said`` is the comparison that the passage makes itself. "About" and "nearly" need a rounder
    number than the passage's.
    """
    if said not in {"", "about"}:
        return False
    if claimed in {"about", "nearly"}:
        low, high = {"about": (-0.5, 0.5), "nearly": (0.0, 1.0)}[claimed]
        place = min(roundness(limit), 0.2 * abs(limit))
        return low * place <= limit - value <= high * place
    low, high = _RANGES.get(claimed, (1.0, 1.0))
    bounds = sorted((limit * low, limit * high))
    return bounds[0] <= value <= bounds[1]


_RANGES = {"over": (1.0, 1.5), "atleast": (1.0, 1.5), "under": (0.5, 1.0), "upto": (0.5, 1.0)}


def roundness(value: float, step: float = 1.0) -> float:
    """The largest 1, 5, 10, 50 … times ``step`` that ``value`` is a multiple of."""
    found = step
    while value and found * 10 <= abs(value) and value % (found * 10) == 0:
        found *= 10
    return found * 5 if value and value % (found * 5) == 0 and found * 5 <= abs(value) else found
