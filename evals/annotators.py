"""What another careful reader reaches by the suite's figures: ``annotators.py FOLDER [CASES]``.

``FOLDER`` holds second annotations of cases, ``EVENT.yaml`` in the format of the first. Each is
scored against the first as if it were a briefing. An aim above what people reach measures them.
"""

# ruff: noqa: T201 - a script that reports
from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from briefing.config import Settings
from briefing.evals import yaml_file
from briefing.evals.annotations import Gold, QuoteGold
from briefing.evals.baseline_parts import body, briefing_of, cite
from briefing.evals.cases import Case, load
from briefing.evals.gold import Located, Placed, compare, locate
from briefing.evals.report import Item
from briefing.evals.stretches import FORMAT, Stretch
from briefing.evals.suite import reading_of
from briefing.evals.suite_figures import case_figures
from briefing.types import (
    NOT_ESTABLISHED,
    Briefing,
    Disagreement,
    Evidence,
    OpenQuestion,
    Outcome,
    Quote,
    Side,
    Source,
    Wording,
)

ENDS = ("outcomes_", "important_", "joins_", "quotes_found", "speaker_", "questions_", "conflicts_")
"""What the figures begin with that say something of an annotator."""


def main(folder: Path, cases: Path) -> None:
    """Print the figures over all events of ``folder``."""
    items = [item for path in sorted(folder.glob("*.yaml")) for item in scored(path, cases)]
    for figure in case_figures(items, annotated=True):
        if figure.value is not None and figure.metric.startswith((*ENDS, "updates_")):
            print(f"{figure.metric:<28}{figure.value:6.3f} [{figure.low} {figure.high}] {figure.n}")


def scored(path: Path, cases: Path) -> Iterator[Item]:
    """The items of one event: the annotations at ``path`` against those of its case."""
    (case,) = load([cases / path.name])
    reading = reading_of(case, Settings())
    second = locate(_gold(path), reading.sources, str(path))
    found = compare(as_briefing(second, reading.sources), _first(case, reading.sources))
    shown = [Item(id=key, text=key, scores=scores) for key, scores in found.shown.items()]
    for item in (*found.items, *shown):
        yield item.model_copy(update={"cluster": case.name})


def as_briefing(gold: Located, sources: Sequence[Source]) -> Briefing:
    """Annotations as a briefing that shows just them. What is mere precision is no disagreement."""
    places = _Places(sources)
    briefing = briefing_of(
        sources,
        [
            Outcome(id="", statement=gold.statement, evidence=places.of(at))
            for gold, at in gold.outcomes or ()
        ],
        [places.quote(each) for each in gold.quotes or ()],
        [
            OpenQuestion(id="", question=gold.question, evidence=places.of(at))
            for gold, at in gold.questions or ()
        ],
    )
    return briefing.model_copy(update={"disagreements": tuple(_points(gold, places))})


def _points(gold: Located, places: _Places) -> Iterator[Disagreement]:
    for number, (point, sides) in enumerate(((p.gold, p.sides) for p in gold.points or ()), 1):
        if point.kind == "precision":
            continue
        yield Disagreement(
            id=f"d-{number}",
            kind=point.kind,
            point=point.point,
            sides=tuple(
                Side(value=side.value, statement=side.value, evidence=places.of(at))
                for side, at in zip(point.sides, sides, strict=True)
            ),
        )


class _Places:
    """Evidence for stretches of ``sources``."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = {source.id: source for source in sources}

    def of(self, stretches: Sequence[Stretch]) -> tuple[Evidence, ...]:
        """Of each of ``stretches``, as support."""
        return tuple(self._one(at) for at in stretches)

    def quote(self, found: Placed[QuoteGold]) -> Quote:
        """A quotation, its further parts, and the other sources that have it."""
        gold, stretches = found
        each = [list(at) for _, at in groupby(stretches, key=lambda at: at.source_id)]
        first, *others = (
            Wording(text=e[0].text, evidence=e[:1], continued=e[1:]) for e in map(self.of, each)
        )
        speaker = gold.speaker or NOT_ESTABLISHED
        return Quote(id="", speaker=speaker, wordings=tuple(others), **dict(first))

    def _one(self, at: Stretch) -> Evidence:
        source = self._sources[at.source_id]
        passages = body(source)
        holding = next((p for p in passages if p.start <= at.start < p.end), passages[0])
        return cite(source, holding, (at.start, at.end))


def _gold(path: Path) -> Gold:
    return yaml_file.read(path, FORMAT).as_value(Gold)


def _first(case: Case, sources: Sequence[Source]) -> Located:
    if case.gold is None:
        raise SystemExit(f"{case.path} has no annotations")
    return locate(case.gold, sources, str(case.path))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "evals/cases"))
