"""Items of a report that stand for annotations."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.evals.report import Item
from briefing.grounding.verdicts import StatementVerdict

Scores = dict[str, float]
"""Contributions to figures, by metric."""
_MISSED = "annotated, and nothing that is shown rests on this passage"


def annotation(
    name: str, text: str, by: Sequence[str], scores: Scores, missed: str = _MISSED
) -> Item:
    """An annotation: “supported” where the items ``by`` show it, else “unsupported”."""
    return judged(name, text, scores, "" if by else missed).model_copy(
        update={"reasons": (f"shown as {', '.join(by)}",) if by else ()}
    )


def judged(
    name: str, text: str, scores: Scores, wrong: str, *, section: str = "gold", kind: str = ""
) -> Item:
    """An item that is “unsupported” because of what is ``wrong``, or else “supported”."""
    verdict = StatementVerdict(
        id=name, verdict="unsupported" if wrong else "supported", reason=wrong
    )
    return Item(
        id=name,
        cluster=name,
        text=text,
        section=section,
        kind=kind or "annotation",
        verdict=verdict,
        scores=as_numbers(scores),
    )


def as_numbers(scores: Scores) -> Scores:
    """``scores`` with 1 for true and 0 for false."""
    return {key: float(value) for key, value in scores.items()}
