"""Every case as a test: ``pytest evals -m model``; skipped where its model is not on this machine.

The cases are those of ``evals/cases``. Settings come from the environment and ``briefing.toml``, as
for ``briefing eval suite``, and finished cases are used again in the same way.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing import config
from briefing.errors import ModelMissing
from briefing.evals import cases
from briefing.evals.suite import Trial, run_case, trials
from briefing.evals.suite_bench import Bench, openers
from briefing.evals.suite_report import missed
from briefing.paths import cache_dir
from briefing.store import Store

TRIALS = trials(
    cases.load(cases.find([Path(__file__).parent / "cases"])),
    config.load({}, os.environ, Path.cwd()),
)


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    """One engine and one checker for all cases with the same model."""
    with Bench(openers(), Store(cache_dir() / "evals")) as opened:
        yield opened


@pytest.mark.model
@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.group)
def test_case(trial: Trial, bench: Bench) -> None:
    """The case runs, and keeps its thresholds."""
    try:
        bench.engine(trial.settings)
    except ModelMissing as error:
        pytest.skip(f"{error.message}. {error.hint}")
    result = run_case(trial, bench)
    lacking = [result.error] if result.error else missed(trial, result)
    if lacking:
        pytest.fail("\n".join(lacking), pytrace=False)
