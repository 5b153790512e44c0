"""Which other sources tell of the same, in other words.

A source that has all that a statement says is cited as its support (:mod:`briefing.merge`). Most
others tell the same happening in their own words, with a little more or less: they are pointed to
as further reading, and are no support. Of each other text the nearest sentence is a candidate.
Where sentence vectors say how near it is, they decide; where there are none, or the user has a
prompt of his own for it, the model is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefing.across.nearness import Nearness
from briefing.extract.salience import Key, key_of
from briefing.merge import Comparer, Told
from briefing.model.jobs import Engine, Progress, Result, Score, Scored
from briefing.prompts import PromptSet

CHOICES: Final = ("Yes", "No")
PROMPT: Final = "same"
NEAR: Final = 0.3
"""Share of either sentence's content, by weight, that the other must have to be asked about."""
SAME_FROM: Final = 0.5
"""Log-odds of "Yes" from which two sentences tell the same. Of 207 candidate pairs of seven events
it kept 60 % of those annotated as one outcome, at a precision of 0.70 (docs/selection.md)."""
LIKELY: Final = -1.8
"""Log-odds of :class:`Nearness` from which they do: of twenty annotated events it found 0.40 of
the sources that tell of an outcome at a precision of 0.76 (docs/across.md)."""
ASKED_FROM: Final = -2.0
"""Likewise, to be worth the user's own question."""
MIN_WORDS: Final = 6
_DAMAGED: Final = frozenset({"form", "marks", "surroundings", "body"})


@dataclass(frozen=True)
class Candidate:
    """The sentence of another text that is nearest to the statement ``number``.

    ``odds`` that it tells the same, where they are known.
    """

    number: int
    other: Told
    odds: float | None

    @property
    def is_likely(self) -> bool:
        """Whether it tells the same as far as its vector and its words say."""
        return self.odds is not None and self.odds >= LIKELY

    @property
    def place(self) -> tuple[int, Key]:
        """Which statement, and which sentence."""
        return self.number, key_of(self.other.article, self.other.line)


def retellings(
    told: Sequence[Told],
    comparer: Comparer,
    near: Nearness | None,
    engine: Engine,
    prompts: PromptSet,
    progress: Progress | None = None,
) -> list[tuple[Told, ...]]:
    """For each of ``told``, the sentences of other texts that tell of the same, one a source.

    Failed jobs join nothing.
    """
    ours = near is not None and prompts.is_ours(PROMPT)
    candidates = [c for n, each in enumerate(told) for c in _nearest(n, each, comparer, near)]
    asked = [c for c in candidates if not ours or c.odds is None]
    confirmed = _confirmed(asked, told, engine, prompts, progress)
    found: list[list[Told]] = [[] for _ in told]
    for candidate in candidates:
        if candidate.place in confirmed or (ours and candidate.is_likely):
            found[candidate.number].append(candidate.other)
    return [tuple(each) for each in found]


def _confirmed(
    asked: Sequence[Candidate],
    told: Sequence[Told],
    engine: Engine,
    prompts: PromptSet,
    progress: Progress | None,
) -> set[tuple[int, Key]]:
    """The places of those of which the model says that they tell the same."""
    jobs = [
        Score(
            prompt=prompts.prompt(
                PROMPT, first=told[c.number].line.sentence.text, second=c.other.line.sentence.text
            ),
            choices=CHOICES,
        )
        for c in asked
    ]
    results: list[Result] = engine.run(jobs, progress) if jobs else []
    return {
        candidate.place
        for candidate, result in zip(asked, results, strict=True)
        if isinstance(result, Scored) and result.margin >= SAME_FROM
    }


def _nearest(
    number: int, statement: Told, comparer: Comparer, near: Nearness | None
) -> list[Candidate]:
    """The nearest sentence of each other text, if it is near at all, in the order of sources."""
    best: dict[str, tuple[float, Candidate]] = {}
    for other in comparer.every if near else comparer.akin(statement):
        if not _may_retell(statement, other):
            continue
        odds = None if near is None else near.odds(statement, other)
        if odds is None:
            value = comparer.shared(statement, other)
            enough = value >= NEAR
        else:
            value, enough = odds, odds >= ASKED_FROM
        source = other.article.source.id
        if enough and (source not in best or value > best[source][0]):
            best[source] = value, Candidate(number, other, odds)
    return [candidate for _, candidate in best.values()]


def _may_retell(statement: Told, other: Told) -> bool:
    own, source, problem = statement.article.source, other.article.source, other.line.problem
    if source.id == own.id or source.origin == own.origin:
        return False
    if problem is not None and problem.name in _DAMAGED:
        return False
    return len(other.line.sentence.text.split()) >= MIN_WORDS
