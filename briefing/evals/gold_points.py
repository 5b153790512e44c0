"""Disagreements that a briefing shows, held against the points on which sources differ.

A disagreement is an annotated point where two of its sides rest on passages of two sides of the
point. Where the words that differ are known, they must stand in the passage that was annotated: one
sentence often has several figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from briefing.evals.annotations import ConflictGold
from briefing.evals.gold_items import Scores, annotation, judged
from briefing.evals.report import Item
from briefing.evals.stretches import Finder, Stretch, inside, shared
from briefing.types import Disagreement, Evidence, Side

_Sides = tuple[tuple[Stretch, ...], ...]


@dataclass(frozen=True)
class LocatedPoint:
    """An annotated point, with the places of each of its sides."""

    gold: ConflictGold
    sides: _Sides


def locate(points: Sequence[ConflictGold], finder: Finder) -> tuple[LocatedPoint, ...]:
    """Find the words of ``points``. Raises: DocumentError as :meth:`Finder.find` does."""
    return tuple(
        LocatedPoint(
            point,
            tuple(
                finder.find(f"conflicts {number}, side {place}", side.evidence)
                for place, side in enumerate(point.sides, 1)
            ),
        )
        for number, point in enumerate(points, 1)
    )


def items(shown: Sequence[Disagreement], points: Sequence[LocatedPoint]) -> Iterator[Item]:
    """Every annotated point, every disagreement that is shown, and the count of false conflicts."""
    for number, point in enumerate(points, 1):
        yield _point_item(f"gold-point-{number}", point, shown)
    mistakes = [_Mistakes.of(each, points) for each in shown if each.kind == "conflict"]
    yield from (mistake.item() for mistake in mistakes)
    wrong = sum(mistake.wrong for mistake in mistakes)
    compatible = sum(mistake.compatible for mistake in mistakes)
    yield judged(
        "gold-points",
        "Conflicts that are shown and are none",
        {"wrong_conflicts": wrong, "compatible_conflicts": compatible},
        f"{wrong}, of them {compatible} compatible as annotated" if wrong else "",
    )


@dataclass(frozen=True)
class _Mistakes:
    """A disagreement that is shown as a conflict: is it ``wrong``, or even ``compatible``?"""

    shown: Disagreement
    wrong: bool
    compatible: bool

    @classmethod
    def of(cls, shown: Disagreement, points: Sequence[LocatedPoint]) -> _Mistakes:
        kinds = {point.gold.kind for point in points if _is_point(shown, point)}
        wrong = "conflict" not in kinds
        return cls(shown, wrong, wrong and bool(kinds))

    def item(self) -> Item:
        values = " / ".join(side.value for side in self.shown.sides)
        reason = "compatible as annotated" if self.compatible else "not annotated as a conflict"
        scores: Scores = {"conflict_wrong": self.wrong}
        return judged(
            self.shown.id,
            f"{self.shown.point}: {values}",
            scores,
            reason if self.wrong else "",
            section="disagreements",
            kind="disagreement",
        )


def _point_item(name: str, point: LocatedPoint, shown: Sequence[Disagreement]) -> Item:
    gold = point.gold
    by = [each for each in shown if _is_point(each, point)]
    as_said = [each.id for each in by if each.kind == gold.kind]
    text = f"{gold.point}: {' / '.join(side.value for side in gold.sides)} ({gold.kind})"
    if gold.kind == "precision":
        called = [each.id for each in by if each.kind == "conflict"]
        return judged(name, text, {}, f"called a conflict in {', '.join(called)}" if called else "")
    scores: Scores = {f"{gold.kind}_found": bool(as_said)}
    others = ", ".join(f"{each.id} ({each.kind})" for each in by)
    missed = f"shown as another kind: {others}" if by else "annotated, and not shown"
    return annotation(name, text, as_said, scores, missed)


def _is_point(shown: Disagreement, point: LocatedPoint) -> bool:
    """Whether two sides of it rest on two sides of the point."""
    resting = [
        {number for number, places in enumerate(point.sides) if _rests(side, places)}
        for side in shown.sides
    ]
    return any(
        one != other for here, there in combinations(resting, 2) for one in here for other in there
    )


def _rests(side: Side, places: Sequence[Stretch]) -> bool:
    return any(
        inside(Stretch(each.source_id, each.start, each.end), place)
        and (value is None or shared(value, place) > 0)
        for each in side.evidence
        if each.role == "support"
        for value in [_value(side.value, each)]
        for place in places
    )


def _value(words: str, evidence: Evidence) -> Stretch | None:
    """Where the words that differ stand in ``evidence``; None where it has others."""
    at = evidence.text.find(words)
    if at < 0:
        return None
    start = evidence.start + at
    return Stretch(evidence.source_id, start, start + len(words))
