"""What a run would ask of the model, and about how long that takes; no weights are loaded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from briefing.config import Settings
from briefing.model.cached import CachedEngine
from briefing.model.jobs import (
    EngineInfo,
    Failure,
    Generate,
    Generated,
    Job,
    Probe,
    Progress,
    Result,
    Score,
    Scored,
)
from briefing.model.prefixes import plan_prefixes
from briefing.model.vocabulary import Tokens
from briefing.pipeline import brief
from briefing.prompts import PromptSet
from briefing.remember import briefing_key
from briefing.runlog import Report
from briefing.sources import Reading
from briefing.store import MAX_BYTES, Entry, ResultStore
from briefing.types import Value

_ANSWER_SHARE: Final = 3
"""An answer takes about this part of the tokens that it may take."""
_ENOUGH: Final = 500
"""Tokens from which a measured rate means something."""


class Pace(Value):
    """Tokens a second, read (``prefill``) and written (``decode``); ``about`` says whence."""

    prefill: float = 85.0
    decode: float = 40.0
    about: str = "assumed: nothing was measured here yet"


class Planned(Value):
    """Work of one stage. ``tokens`` are read for the ``computed`` jobs, ``written`` by them."""

    reused: int = 0
    computed: int = 0
    tokens: int = 0
    written: int = 0


class Forecast(Value):
    """Planned work by stage; ``kept`` where the whole briefing is in the store as it is.

    Stages after one that is computed depend on its answers: their numbers are upper bounds.
    ``counted`` says how tokens were counted, where there were any to count.
    """

    kept: bool = False
    stages: dict[str, Planned]
    counted: str
    pace: Pace

    @property
    def seconds(self) -> float:
        """About how long the model takes."""
        read = sum(stage.tokens for stage in self.stages.values())
        written = sum(stage.written for stage in self.stages.values())
        return read / self.pace.prefill + written / self.pace.decode


def forecast(
    reading: Reading,
    settings: Settings,
    info: EngineInfo,
    store: ResultStore,
    tokens: Tokens,
    report: Report | None = None,
) -> Forecast:
    """What :func:`briefing.pipeline.answered` would do with an engine of ``info``."""
    root = getattr(store, "root", None)
    pace = measured_pace(root / "runs.jsonl", info.model.get("name")) if root else Pace()
    key = briefing_key(reading, settings, info, PromptSet(settings.prompts).hashes)
    if store.get(key) is not None:
        return Forecast(kept=True, stages={}, counted="", pace=pace)
    stand_in = _StandIn(info)
    engine = CachedEngine(info, lambda: stand_in, _Unwritten(store))
    plan = _Plan(engine, stand_in, tokens, report)
    brief(reading, settings, engine, plan, store)
    computed = any(stage.computed for stage in plan.stages.values())
    return Forecast(stages=plan.stages, counted=tokens.about if computed else "", pace=pace)


def measured_pace(log: Path, model: str | int | None) -> Pace:
    """The rate of the last run of ``model`` in the run log that read enough to tell."""
    try:
        lines = log.read_text(encoding="utf-8").splitlines()
    except OSError:
        return Pace()
    for line in reversed(lines):
        try:
            entry = json.loads(line)
            did = entry["engine"]
            if entry["model"] != model or did["prefill_tokens"] < _ENOUGH:
                continue
            prefill = did["prefill_tokens"] / did["prefill_seconds"]
            decode = Pace().decode
            if did["decode_tokens"] and did["decode_seconds"]:
                decode = did["decode_tokens"] / did["decode_seconds"]
            day = str(entry["at"])[:10]
            return Pace(prefill=prefill, decode=decode, about=f"measured here on {day}")
        except (ValueError, KeyError, TypeError, ZeroDivisionError):
            continue  # of another version
    return Pace()


class _StandIn:
    """Takes jobs in place of a model and gives neutral answers: as much as possible goes on."""

    def __init__(self, info: EngineInfo) -> None:
        self.info = info
        self.waves: list[list[Job]] = []

    def run(
        self,
        jobs: Sequence[Job],
        progress: Progress | None = None,  # noqa: ARG002 (the engine before it reports)
    ) -> list[Result]:
        self.waves.append(list(jobs))
        return [_neutral(job) for job in jobs]

    def close(self) -> None:
        pass


def _neutral(job: Job) -> Result:
    if isinstance(job, Score):
        return Scored(logprobs=(-1.0,) * len(job.choices), tokens=(1,) * len(job.choices))
    if isinstance(job, Generate):
        return Generated(text="?", tokens=1)
    return Failure(why="refused", detail="only planned")


class _Unwritten:
    """A store that is read and not written."""

    def __init__(self, inner: ResultStore) -> None:
        self._inner = inner
        self.warnings: list[str] = []

    def get(self, key: str) -> bytes | None:
        return self._inner.get(key)

    def put(self, key: str, value: bytes) -> None:
        pass

    def trim(self, max_bytes: int = MAX_BYTES) -> tuple[Entry, ...]:  # noqa: ARG002
        return ()


class _Plan:
    """Collects what is asked, stage by stage, as the stages report."""

    def __init__(
        self, engine: CachedEngine, stand_in: _StandIn, tokens: Tokens, report: Report | None
    ) -> None:
        self._engine = engine
        self._stand_in = stand_in
        self._tokens = tokens
        self._report = report
        self._hits = 0
        self._before: list[int] = []
        self.stages: dict[str, Planned] = {}

    def __call__(self, stage: str, done: int, of: int) -> None:
        asked = self._stand_in.waves
        reused = self._engine.hits - self._hits
        if asked or reused:
            was = self.stages.get(stage, Planned())
            jobs = [job for wave in asked for job in wave]
            self.stages[stage] = Planned(
                reused=was.reused + reused,
                computed=was.computed + len(jobs),
                tokens=was.tokens + sum(self._read(wave) for wave in asked),
                written=was.written + sum(map(_written, jobs)),
            )
            self._hits = self._engine.hits
            asked.clear()
        if self._report is not None:
            self._report(stage, done, of)

    def _read(self, wave: Sequence[Job]) -> int:
        """Tokens computed for a wave: what its jobs share, once; of probes, their depth's share."""
        prompts = [self._tokens.tokens(job.prompt) for job in wave]
        levels = plan_prefixes(prompts)
        first = levels[0][0].tokens
        again = len(first) if self._before == first else 0
        self._before = first
        tokens = sum(len(node.tokens) for level in levels for node in level) - again
        depth = max((d for job in wave if isinstance(job, Probe) for d in job.depths), default=1.0)
        return round(tokens * depth)


def _written(job: Job) -> int:
    return job.max_tokens // _ANSWER_SHARE if isinstance(job, Generate) else 0
