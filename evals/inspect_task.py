"""The suite as an Inspect task: ``inspect eval evals/inspect_task.py``.

Needs ``pip install 'briefing[evals]'``. The model is ours to run, not Inspect's: name it with ``-T
model=…``. Each case is a sample, its figures are the score; what was not measured is NaN, which
Inspect leaves out of every metric.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from pathlib import Path

import anyio
from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ModelOutput
from inspect_ai.scorer import (
    Metric,
    SampleScore,
    Score,
    Scorer,
    Target,
    Value,
    metric,
    scorer,
)
from inspect_ai.solver import Generate, Solver, TaskState, solver

from briefing import config
from briefing.evals import cases
from briefing.evals.suite import Trial, run_case, trials
from briefing.evals.suite_bench import Bench, openers
from briefing.evals.suite_figures import CASE_METRICS, PASSED
from briefing.evals.suite_report import case_figures, missed
from briefing.paths import cache_dir
from briefing.store import Store

CASES = Path(__file__).parent / "cases"


@task
def briefing_suite(
    folder: str | None = None,
    prompts: str | None = None,
    model: str | None = None,
    no_model: bool = False,
    fresh: bool = False,
) -> Task:
    """The cases in ``folder``, run as ``briefing eval suite`` runs them.

    ``no_model`` leaves everything to rules; ``fresh`` runs finished cases again.
    """
    found = cases.load(cases.find([Path(folder) if folder else CASES]))
    base = config.load({}, os.environ, Path.cwd())
    planned = trials(found, base, sets=[prompts] if prompts else (), model=model)
    # Inspect says nothing of a task's end: what is open is closed with the process.
    bench = Bench(
        openers(model=not no_model),
        Store(cache_dir() / "evals"),
        judge=not no_model,
        fresh=fresh,
    )
    return Task(
        dataset=MemoryDataset([_sample(trial) for trial in planned], name="briefing"),
        solver=run_our_case({trial.group: trial for trial in planned}, bench),
        scorer=figures(),
        model="none",
    )


def _sample(trial: Trial) -> Sample:
    """A case; its thresholds are the target."""
    limits = [
        f"{limit.metric} at {'most' if limit.most else 'least'} {limit.limit:g}"
        for limit in trial.case.thresholds
    ]
    sources = ", ".join(trial.case.file.sources)
    return Sample(id=trial.group, input=f"A briefing from {sources}", target=limits)


@solver
def run_our_case(planned: Mapping[str, Trial], bench: Bench) -> Solver:
    """Runs the case of a sample, one at a time: an engine is not for several threads."""
    turn = anyio.Lock()

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001
        trial = planned[str(state.sample_id)]
        async with turn:
            result = await anyio.to_thread.run_sync(run_case, trial, bench)
        lacking = missed(trial, result)
        told = result.error or "; ".join(lacking) or "all thresholds are kept"
        state.output = ModelOutput.from_content("briefing", told)
        state.metadata["error"] = result.error
        state.metadata["figures"] = {
            figure.metric: {"value": figure.value, "n": figure.n}
            for figure in case_figures(trial, result)
        }
        if trial.case.thresholds and not result.error:
            state.metadata["figures"][PASSED] = {"value": float(not lacking), "n": 1}
        state.completed = True
        return state

    return solve


@metric
def average() -> Metric:
    """The mean over cases; NaN where no case measured it (Inspect's own mean says 0)."""

    def compute(scores: list[SampleScore]) -> Value:
        values = [score.score.as_float() for score in scores]
        return sum(values) / len(values) if values else math.nan

    return compute


@scorer(metrics={"*": [average()]})
def figures() -> Scorer:
    """The figures of a case by metric; a case that failed is unscored."""

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001
        if state.metadata["error"]:
            return Score.unscored(reason="scoring_failed", explanation=state.metadata["error"])
        found = state.metadata["figures"]
        values = {name: found.get(name, {}).get("value") for name in (PASSED, *CASE_METRICS)}
        return Score(
            value={name: math.nan if v is None else v for name, v in values.items()},
            explanation=state.output.completion,
            metadata={"n": {name: figure["n"] for name, figure in found.items()}},
        )

    return score
