"""A briefing as a reader leaves it: rejected items withheld, edited ones marked and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from briefing.entries import SECTIONS, Entry, entries
from briefing.grounding.verdicts import StatementVerdict
from briefing.review.decisions import Choice, Decision, Review
from briefing.types import (
    BottomLine,
    Briefing,
    Check,
    Disagreement,
    Edit,
    Event,
    OpenQuestion,
    Outcome,
    Quote,
    SourceSummary,
    Withheld,
)

_DONE: Final[dict[Choice, str]] = {"accept": "accepted", "edit": "edited", "reject": "rejected"}

Shown = TypeVar("Shown", Outcome, Disagreement, Quote, OpenQuestion, Event)
Statement = TypeVar("Statement", Outcome, OpenQuestion, Event)


@dataclass(frozen=True)
class _Applied:
    """Decisions by item id, and what the checker says of edited items."""

    decisions: Mapping[str, Decision]
    verdicts: Mapping[str, StatementVerdict]

    def kept(self, items: Iterable[Shown]) -> Iterator[Shown]:
        """The items that were not rejected."""
        return (item for item in items if not self.rejected(item.id))

    def rejected(self, item: str) -> bool:
        """Whether the reader took ``item`` out."""
        return item in self.decisions and self.decisions[item].decision == "reject"

    def edit(self, item: Statement, field: str) -> Statement:
        """``item`` with the reader's words, if there are some, and what the checks say of them."""
        decision = self.decisions.get(item.id)
        if decision is None or decision.decision != "edit":
            return item
        said = self.verdicts[item.id]
        check = Check(
            name="grounding of the edit", passed=said.verdict == "supported", reason=said.reason
        )
        before = Edit(before=getattr(item, field), mode=item.mode, by=decision.reviewer)
        update = {"mode": "edited", "verdict": said.verdict, "edited": before, "checks": (check,)}
        return item.model_copy(update={field: decision.edited, **update})

    def lines(
        self, lines: Iterable[BottomLine], outcomes: Mapping[str, Outcome]
    ) -> Iterator[BottomLine]:
        """The bottom line as its outcomes now are; what the checks object to does not lead."""
        for line in lines:
            outcome = outcomes.get(line.outcome_id)
            if outcome is None or (
                outcome.edited is not None and outcome.verdict in ("unsupported", "partly")
            ):
                continue
            update = {"statement": outcome.statement, "edited": outcome.edited}
            yield line.model_copy(update=update) if outcome.edited else line


def apply(briefing: Briefing, review: Review, verdicts: Mapping[str, StatementVerdict]) -> Briefing:
    """``briefing`` with ``review`` applied, which must hold for it (:func:`decisions.settle`).

    ``verdicts`` are those of :func:`checking.verdicts`.
    """
    applied = _Applied({each.item: each for each in review.decisions}, verdicts)
    outcomes = tuple(applied.edit(o, "statement") for o in applied.kept(briefing.outcomes))
    shown = entries(briefing)
    gone = {entry.id for entry in shown if applied.rejected(entry.id)}
    by_id = {outcome.id: outcome for outcome in outcomes}
    return briefing.model_copy(
        update={
            "outcomes": outcomes,
            "bottom_line": tuple(applied.lines(briefing.bottom_line, by_id)),
            "disagreements": tuple(applied.kept(briefing.disagreements)),
            "quotes": tuple(applied.kept(briefing.quotes)),
            "open_questions": tuple(
                applied.edit(q, "question") for q in applied.kept(briefing.open_questions)
            ),
            "timeline": tuple(
                applied.edit(e, "statement") for e in applied.kept(briefing.timeline)
            ),
            "withheld": (*briefing.withheld, *_withheld(shown, applied)),
            "summaries": tuple(_without(summary, gone) for summary in briefing.summaries),
            "notes": (*briefing.notes, _note(review, shown)),
        }
    )


def _withheld(shown: Sequence[Entry], applied: _Applied) -> Iterator[Withheld]:
    for entry in shown:
        if not applied.rejected(entry.id):
            continue
        decision = applied.decisions[entry.id]
        by = decision.reviewer or "a reader"
        why = f": {decision.comment}" if decision.comment else ""
        yield Withheld(
            section=SECTIONS[entry.kind],
            text=_worded(entry),
            reason=f"rejected by {by}{why}",
            evidence=entry.evidence,
        )


def _worded(entry: Entry) -> str:
    """The item in a line; a disagreement with its sides."""
    sides = [said for name, said in entry.about.items() if name.startswith("side ")]
    return f"{entry.text}: {' / '.join(sides)}" if sides else entry.text


def _without(summary: SourceSummary, gone: set[str]) -> SourceSummary:
    def kept(items: Iterable[str]) -> tuple[str, ...]:
        return tuple(item for item in items if item not in gone)

    return summary.model_copy(
        update={
            "outcomes": kept(summary.outcomes),
            "quotes": kept(summary.quotes),
            "open_questions": kept(summary.open_questions),
        }
    )


def _note(review: Review, shown: Sequence[Entry]) -> str:
    """How many items were looked at, and by whom."""
    settled = [each for each in review.decisions if each.settles]
    names = list(dict.fromkeys(each.reviewer for each in settled if each.reviewer))
    parts = []
    for choice, done in _DONE.items():
        number = sum(each.decision == choice for each in settled)
        parts.append(f"{number} {done}")
    left = len(shown) - len(settled)
    by = f" by {', '.join(names)}" if names else " by a reader"
    return f"Reviewed{by}, item by item: {', '.join(parts)}, {left} not decided."
