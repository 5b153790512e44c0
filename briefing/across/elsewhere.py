"""Figures of other sources that a finding is to be compared with (English).

Of figures that may be of one thing and differ, the likely ones are disagreements. Others are too
unlike to be called so, and too near to be left unsaid: of 129 such pairs on 67 annotated events 66
are annotated as a conflict, an update or mere precision, and most of the rest are of two things
that a reader wants to tell apart ("27 million, says the treasury", "31 million, says the court").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from briefing.across.candidates import Candidate, chosen, figures_in
from briefing.across.company import fitting
from briefing.across.told import Told
from briefing.across.tolls import overtaken
from briefing.across.updates import ordered
from briefing.across.values import can_agree
from briefing.extract.salience import Key, key_of

MOST: Final = 2
"""Sentences that stand beside one finding."""
MOST_WORDS: Final = 45
_CLOCK: Final = "clock"
"""A report of one night is full of hours: those that are not likely of one thing seldom are."""


def elsewhere(pairs: Sequence[Candidate], told: Sequence[Told] = ()) -> dict[Key, tuple[Told, ...]]:
    """For each sentence of ``told``, those with a figure to compare, the likeliest first.

    The later count that has overtaken its own; and of ``pairs``, figures of other sources that may
    be of one thing, the likeliest first. Of a figure that grows only the early one is compared: the
    late one has taken its place.
    """
    shown = {id(each) for each in fitting(chosen(pairs), pairs)}
    found: dict[Key, list[Told]] = defaultdict(list)
    for early, late in overtaken(figures_in(told)):
        if _can_be_shown(late):
            found[key_of(early.article, early.line)].append(late)
    for pair in pairs:
        one, other = pair.one, pair.other
        if id(pair) in shown or one.sort == _CLOCK or can_agree(one.value, other.value):
            continue
        order = ordered(one, other)
        for mine, theirs in ((one, other), (other, one)):
            last = order is not None and order[1] is mine
            if not last and _can_be_shown(theirs.told):
                found[key_of(mine.told.article, mine.told.line)].append(theirs.told)
    return {key: tuple(dict.fromkeys(each))[:MOST] for key, each in found.items()}


def _can_be_shown(told: Told) -> bool:
    return told.alone and len(told.line.sentence.text.split()) <= MOST_WORDS
