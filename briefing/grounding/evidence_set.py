"""Which passages a statement is held against: all that it cites, or the best of them.

A model reads a few hundred tokens well and thousands badly and slowly. What is short enough is
read whole; it is also the same for all statements about one document, which is then read once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing.grounding.retrieval import Retriever, tokens
from briefing.grounding.verdicts import Claim, Ground

WHOLE = 900
"""Estimated tokens of cited passages up to which they are taken whole."""
BUDGET = 200
"""Estimated tokens for each claim of a statement, where they are not."""
MOST = 40
CONTEXT = 40
"""So many more passages are read for who is who."""
_NAMED = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w’'-]+")


@lru_cache(maxsize=8)
def _retriever(grounds: tuple[Ground, ...]) -> Retriever:
    return Retriever([ground.text for ground in grounds])


@lru_cache(maxsize=64)
def _size(grounds: tuple[Ground, ...]) -> int:
    return sum(tokens(ground.text) for ground in grounds)


def evidence_for(claims: Sequence[Claim], grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
    """The passages of ``grounds`` that ``claims`` are judged by, in document order."""
    if _size(grounds) <= WHOLE:
        return grounds
    return best(claims, grounds)


def best(claims: Sequence[Claim], grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
    """The few passages that cover each of ``claims`` best, together."""
    retriever = _retriever(grounds)
    chosen = {
        index for claim in claims for index in retriever.best(claim.text, MOST, budget=BUDGET)
    }
    return tuple(grounds[index] for index in sorted(chosen))


def context_of(
    statement: str, evidence: Sequence[Ground], others: Sequence[Ground]
) -> tuple[Ground, ...]:
    """``others``; of too many, those that share names with the statement or its evidence."""
    chosen = {ground.id for ground in evidence}
    beside = [ground for ground in others if ground.id not in chosen]
    if len(beside) > CONTEXT:
        texts = (statement, *(ground.text for ground in evidence))
        named = {word for text in texts for word in _names(text)}
        beside = [ground for ground in beside if _names(ground.text) & named]
    return tuple(beside[:CONTEXT])


@lru_cache(maxsize=512)
def _names(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"['’]s$", "", word) for word in _NAMED.findall(text))
