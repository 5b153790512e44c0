"""Sentences that pass every rule for standing alone, and yet are not understood by themselves.

"The suspension lasts for 28 days": of what, and whose? A head that reads the model's state says
how likely a reader is to know (:mod:`briefing.model.heads`). Such a sentence is told with the one
before it, if that one is clear; where it leans on nothing that could be shown, it is withheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from briefing.extract.articles import Line
from briefing.extract.behind import MOST_WORDS, begins_entry, lead_of
from briefing.extract.salience import Key, key_of
from briefing.extract.select import Ranked

CLEAR_FROM: Final = 0.5
"""Log-odds from which a sentence is told alone (docs/selection.md)."""
EXPLAINS_FROM: Final = -0.5
"""Log-odds from which a sentence is clear enough to explain the next."""
HIDDEN_BELOW: Final = -0.5
"""Log-odds below which it is not shown at all, unless another one explains it."""
UNCLEAR: Final = "read alone, it may not say who or what is meant"
"""Why such a sentence is withheld."""


def leans_on(ranked: Ranked, near: Mapping[Key, Ranked]) -> tuple[Line, ...]:
    """The sentences that ``ranked`` is told with; empty where it needs none, or none will do.

    ``near`` are all sentences by their keys.
    """
    if not ranked.line.alone:
        return lead_of(ranked.article, ranked.line) or ()
    if ranked.clarity is None or ranked.clarity >= CLEAR_FROM:
        return ()
    source, order = key_of(ranked.article, ranked.line)
    before = near.get((source, order - 1))
    if before is None or not _explains(before, ranked):
        return ()
    return (before.line,)


def is_hidden(ranked: Ranked, near: Mapping[Key, Ranked]) -> bool:
    """Whether a reader would not know what ``ranked`` is about, and nothing can be told with it."""
    if not ranked.line.alone:
        return lead_of(ranked.article, ranked.line) is None
    return _is_unclear(ranked) and not leans_on(ranked, near)


def _is_unclear(ranked: Ranked) -> bool:
    return ranked.clarity is not None and ranked.clarity < HIDDEN_BELOW


def _explains(before: Ranked, ranked: Ranked) -> bool:
    if not before.line.alone or before.clarity is None or before.clarity < EXPLAINS_FROM:
        return False
    if begins_entry(ranked.line):
        return False
    if before.line.passage.id != ranked.line.passage.id and not _is_unclear(ranked):
        return False  # a paragraph begins with something new
    between = ranked.article.source.body[before.line.sentence.end : ranked.line.sentence.start]
    both = f"{before.line.sentence.text} {ranked.line.sentence.text}"
    return not between.strip() and len(both.split()) <= MOST_WORDS
