"""How much of the model's work was taken from the store, and how much was done, by stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Protocol

from briefing.runlog import Report
from briefing.types import Value


class Counting(Protocol):
    """An engine that counts jobs: those found in a store, and those computed."""

    hits: int
    misses: int


class Work(Value):
    """Jobs of one stage: ``reused`` from the store, ``computed`` by the model."""

    reused: int = 0
    computed: int = 0


class Tally:
    """Attributes an engine's counts to stages, by the progress reports between them.

    Stages report after each wave of jobs, so what was counted since the last report is theirs.
    """

    def __init__(self, engine: Counting, report: Report | None = None) -> None:
        self._engine = engine
        self._report = report
        self._seen = (engine.hits, engine.misses)
        self._stages: dict[str, Work] = {}

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Note what was counted, and pass the report on."""
        now = (self._engine.hits, self._engine.misses)
        if now != self._seen:
            was = self._stages.get(stage, Work())
            self._stages[stage] = Work(
                reused=was.reused + now[0] - self._seen[0],
                computed=was.computed + now[1] - self._seen[1],
            )
            self._seen = now
        if self._report is not None:
            self._report(stage, done, of)

    @property
    def stages(self) -> Mapping[str, Work]:
        """Work by stage, in the order in which they first did any."""
        return self._stages


def stats_of(engine: object) -> dict[str, float]:
    """What an engine measured of itself, by name, for the run log; nothing where it does not."""
    stats = getattr(engine, "stats", None)
    if stats is None or not is_dataclass(stats) or isinstance(stats, type):
        return {}
    return {name: round(value, 2) for name, value in asdict(stats).items()}
