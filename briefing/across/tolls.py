"""Counts of the dead, the hurt, the saved and the ill that a later count has overtaken (English).

The first hour counts two dead, the evening eleven. Each is right for its hour; a reader who sees
the early one is to see the late one beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from briefing.across.figures import Figure
from briefing.across.hours import order_of
from briefing.across.same import near_acts, times_agree
from briefing.across.told import Told
from briefing.across.words import words

_GROWING: Final = frozenset({"kill", "injure", "rescue", "ill", "hospital", "arrest"})
_COUNT: Final = "count"


def overtaken(figures: Iterable[Figure]) -> list[tuple[Told, Told]]:
    """Each sentence with such a count, and the one with the largest that may have replaced it."""
    by_act: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.sort == _COUNT and figure.mood == "fact" and figure.value.point > 0:
            for act in near_acts(figure) & _GROWING:
                by_act[act].append(figure)
    found: list[tuple[Told, Told]] = []
    for counts in by_act.values():
        # The largest first, of these one whose sentence can be told alone.
        counts.sort(key=lambda count: (-count.value.point, not count.told.alone))
        for early in counts:
            late = next((each for each in counts if _replaces(each, early)), None)
            if late is not None:
                found.append((early.told, late.told))
    return found


def _replaces(late: Figure, early: Figure) -> bool:
    """Whether ``late`` is a larger count of the same, and was not written before."""
    if late.told is early.told or late.value.point <= early.value.point:
        return False
    if early.part or early.more:
        return False
    if late.part or late.more or late.value.vague or not _same_people(late, early):
        return False
    if late.places and early.places and not late.places & early.places:
        return False
    order = order_of(early.told, late.told)
    if order is None and late.told.source_id == early.told.source_id:
        return False  # within one text without hours the smaller count is of something else
    return (order is None or order < 0) and times_agree(early, late)


def _same_people(late: Figure, early: Figure) -> bool:
    """“Three children” are not replaced by “eleven people”, nor “Ordavan soldiers” by others."""
    some = words("things", "some")
    if (early.thing in some or late.thing in some) and early.thing != late.thing:
        return False
    return early.narrowed <= late.narrowed
