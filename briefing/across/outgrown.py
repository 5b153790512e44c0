"""Early counts that another passage tells grown: “two are confirmed dead”, “six died” (English).

A document of the first hour, or an early entry of a live page, is right for its hour. As a finding
of the whole event its count is wrong, so another sentence is to be chosen for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefing.across.candidates import Candidate
from briefing.across.figures import Figure
from briefing.across.words import words
from briefing.extract.salience import Key, key_of

_COUNT = "count"


def outgrown(pairs: Iterable[Candidate]) -> frozenset[Key]:
    """The sentences whose count is said to be of its hour, and is larger in another one.

    ``pairs`` are figures that may be of one thing. The larger one must stand in a sentence that can
    be told, else there would be no count at all.
    """
    return frozenset(
        key_of(early.told.article, early.told.line)
        for pair in pairs
        for early, late in [sorted((pair.one, pair.other), key=_size)]
        if early.sort == _COUNT and 0 < _size(early) < _size(late)
        if early.mood == late.mood == "fact" and not early.part and not late.value.vague
        if _is_interim(early) and late.told.line.alone
    )


def _size(figure: Figure) -> float:
    return figure.value.point


def _is_interim(figure: Figure) -> bool:
    """Whether its words, or the hour of its entry, say that it holds for the moment."""
    said = {form for token in figure.told.span for form in (token.lower_, token.lemma_.lower())}
    of_an_hour = any(not added.reference for added in figure.told.line.added)
    return figure.value.limit or of_an_hour or bool(said & words("marks", "interim"))
