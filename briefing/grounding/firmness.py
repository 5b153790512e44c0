"""Which mood of a claim is more than which mood of a passage: “will” for “may”."""

from __future__ import annotations

from typing import Final

from briefing.grounding.mood import Mood

TOO_FIRM: Final[dict[tuple[Mood, Mood], bool]] = {
    # (claim, passages): whether a reader sees at once that it is more than the passages say
    ("fact", "possible"): True,
    ("fact", "intended"): True,
    ("fact", "requested"): True,
    ("fact", "obliged"): True,
    ("fact", "expected"): True,
    ("fact", "future"): True,
    ("fact", "hoped"): True,
    ("future", "possible"): True,
    ("future", "hoped"): True,
    ("obliged", "possible"): True,
    ("fact", "purpose"): False,
    ("future", "requested"): False,
    ("future", "intended"): False,
    ("future", "obliged"): False,
    ("future", "able"): False,
    ("expected", "possible"): False,
    ("expected", "hoped"): False,
    ("obliged", "hoped"): False,
    ("obliged", "able"): False,
    ("obliged", "fact"): False,
    ("obliged", "future"): False,
    ("possible", "fact"): False,
    ("possible", "future"): False,
    ("future", "fact"): False,
    ("intended", "fact"): False,
    ("requested", "fact"): False,
    ("expected", "fact"): False,
    ("future", "expected"): False,
}
SAID: Final[dict[Mood, str]] = {
    "fact": "a fact",
    "future": "something that will be",
    "expected": "something expected",
    "hoped": "something hoped or feared",
    "possible": "something possible",
    "able": "something possible",
    "obliged": "something that must or should be",
    "intended": "something intended or tried",
    "requested": "something asked for",
    "purpose": "something intended",
}
