"""Which other sources tell of the same, in other words: candidates by words, decided by score.

A source that has all that a statement says is cited as its support (:mod:`briefing.merge`). Most
others tell the same happening in their own words, with a little more or less: they are pointed to
as further reading, and are no support.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from briefing.merge import Comparer, Told
from briefing.model.jobs import Engine, Progress, Result, Score, Scored
from briefing.prompts import PromptSet

CHOICES: Final = ("Yes", "No")
NEAR: Final = 0.3
"""Share of either sentence's content, by weight, that the other must have to be asked about."""
SAME_FROM: Final = 0.5
"""Log-odds of "Yes" from which two sentences tell the same. Of 207 candidate pairs of seven events
it kept 60 % of those annotated as one outcome, at a precision of 0.70 (docs/selection.md)."""
MIN_WORDS: Final = 6
_DAMAGED: Final = frozenset({"form", "marks", "surroundings", "body"})


def retellings(
    told: Sequence[Told],
    comparer: Comparer,
    engine: Engine,
    prompts: PromptSet,
    progress: Progress | None = None,
) -> list[tuple[Told, ...]]:
    """For each of ``told``, the sentences of other texts that tell of the same, one a source.

    Failed jobs join nothing.
    """
    asked = [(n, other) for n, each in enumerate(told) for other in _candidates(each, comparer)]
    jobs = [
        Score(
            prompt=prompts.prompt(
                "same", first=told[n].line.sentence.text, second=other.line.sentence.text
            ),
            choices=CHOICES,
        )
        for n, other in asked
    ]
    results: list[Result] = engine.run(jobs, progress) if jobs else []
    found: list[list[Told]] = [[] for _ in told]
    for (n, other), result in zip(asked, results, strict=True):
        if isinstance(result, Scored) and result.margin >= SAME_FROM:
            found[n].append(other)
    return [tuple(each) for each in found]


def _candidates(statement: Told, comparer: Comparer) -> Iterator[Told]:
    """The nearest sentence of each other text, if it is near at all, in the order of sources."""
    own = statement.article.source
    best: dict[str, tuple[float, Told]] = {}
    for other in comparer.akin(statement):
        source = other.article.source
        problem = other.line.problem
        if source.id == own.id or source.origin == own.origin:
            continue
        if problem is not None and problem.name in _DAMAGED:
            continue
        if len(other.line.sentence.text.split()) < MIN_WORDS:
            continue
        share = comparer.shared(statement, other)
        if share >= NEAR and share > best.get(source.id, (0.0, other))[0]:
            best[source.id] = share, other
    return (other for _, other in best.values())
