"""What is shown beside a pick: the words of its source that stand before and behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from briefing.across.told import Told
from briefing.choose import Pick
from briefing.evidence import Citer
from briefing.extract.behind import is_own_voice
from briefing.extract.leaning import CLEAR_FROM
from briefing.extract.limits import after, then
from briefing.extract.salience import Key, key_of
from briefing.extract.select import Ranked
from briefing.extract.surroundings import before, in_context, refers
from briefing.types import Evidence, Outcome, Span, overlap

MOST_BEFORE: Final = 2
"""Sentences before a finding: it has passed the checks, and says most of it itself."""
_OBJECT: Final = re.compile(
    r"\b(?:on|of|to|for|about|behind|against|from|with|by|into) it\b"
    r"(?! (?:is|was|has|had|would|will|could|can|may|might|did|does)\b)"
)
_KNOWN: Final = re.compile(
    r"\bthe (?P<noun>project|plan|case|matter|issue|deal|report|letter|decision|proposal|agreement"
    r"|document|review|scheme|request|claim|offer|incident|programme|program)\b"
    r"(?!['’]s| (?:of|to|that|for|on|between|with|by|against|in|from|about|into)\b)"
)
"""“On the project”: of which the text has told."""


def lead(pick: Pick, text: str, near: Mapping[Key, Ranked], citer: Citer) -> Evidence | None:
    """What stands before ``pick``, told as ``text``, where that does not say what it is about.

    ``near`` are all sentences by their keys: a head may doubt that the first of those told is
    understood alone.
    """
    first = (*pick.before, pick.ranked.line)[0]
    known = near.get(key_of(pick.ranked.article, first))
    clear = known is not None and known.clarity is not None and known.clarity >= CLEAR_FROM
    stands = (first.alone and clear) or is_own_voice(first)
    if stands and not refers(text):
        return None
    return _beside(pick, before(pick.ranked.article, pick.evidence[0].start), citer)


def lead_of_finding(pick: Pick, near: Mapping[Key, Ranked], citer: Citer) -> Evidence | None:
    """What stands before a finding that a head thinks unclear, or that “we” tell as known.

    And before one that “hangs on it”, or on “the project”: no subject, so no check has asked what.
    """
    first = (*pick.before, pick.ranked.line)[0]
    known = near.get(key_of(pick.ranked.article, first))
    doubted = known is not None and known.clarity is not None and known.clarity < CLEAR_FROM
    if not doubted and not is_own_voice(first) and not hangs_on(first.sentence.text):
        return None
    return _beside(pick, before(pick.ranked.article, pick.evidence[0].start, MOST_BEFORE), citer)


def hangs_on(text: str) -> bool:
    """Whether ``text`` speaks of “it”, no subject, or of “the project” as of something known."""
    if _OBJECT.search(text) is not None:
        return True
    known = _KNOWN.search(text)
    return known is not None and known["noun"] not in text[: known.start()].casefold()


def limit(pick: Pick, citer: Citer) -> Evidence | None:
    """What limits or denies ``pick`` right behind it."""
    return _beside(pick, after(pick.ranked.article, pick.evidence[0].end), citer)


def rest(pick: Pick, citer: Citer) -> Evidence | None:
    """The next sentence of the paragraph: what is known of an open matter often stands there."""
    return _beside(pick, then(pick.ranked.article, pick.evidence[0].end), citer)


def with_figures(
    outcome: Outcome, pick: Pick, figures: Mapping[Key, Sequence[Told]], citer: Citer
) -> Outcome:
    """``outcome`` of ``pick`` with the sentences of other sources whose figures to compare.

    ``figures`` has them by the sentence that they are compared with.
    """
    keys = [key_of(pick.ranked.article, line) for line in (*pick.before, pick.ranked.line)]
    told = dict.fromkeys(other for key in keys for other in figures.get(key, ()))
    found = [
        in_context(citer.cite(each.source_id, sentence.start, sentence.end))
        for each in told
        for sentence in (each.line.sentence,)
    ]
    own = [each for each in outcome.evidence if each.role == "support"]
    apart = [each for each in found if not any(overlap(each, evidence) for evidence in own)]
    return outcome.model_copy(update={"elsewhere": tuple(apart)})


def _beside(pick: Pick, span: Span | None, citer: Citer) -> Evidence | None:
    if span is None:
        return None
    source = pick.ranked.article.source.id
    return in_context(citer.cite(source, span.start, span.end))
