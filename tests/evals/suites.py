"""A small invented case in a folder, run with a scripted engine and checker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from typer.testing import CliRunner
from typer.testing import Result as Ended

from briefing.cli import eval_suite
from briefing.config import Settings
from briefing.evals import cases, suite_report
from briefing.evals.report import EvalReport
from briefing.evals.suite import CaseResult, Trial, run_case, trials
from briefing.evals.suite_bench import Bench, Openers
from briefing.model.jobs import Engine, Job, Result
from briefing.model.scripted import ScriptedEngine
from briefing.store import NullStore, ResultStore, Store
from tests.evals.subjects import WordChecker
from tests.events import write
from tests.test_pipeline import answer

_app = typer.Typer()
_app.command("suite")(eval_suite.suite)

CASE = """\
name: pier
sources: [texts/*.txt]
topic: the second pier of Ardmore
gold: gold.yaml
settings: {max_outcomes: 6}
thresholds:
  quote_exactness: 1.0
  outcomes_covered: 0.5
  speaker_misattributed: {at_most: 0}
"""
GOLD = """\
outcomes:
  - statement: The board approved a second pier.
    importance: 3
    evidence:
      - source: wire.txt
        text: The harbour board of Ardmore approved a second pier on Tuesday
      - source: texts/copy.txt
        text: The harbour board of Ardmore approved a second pier on Tuesday
  - statement: Sixty people stood in the rain.
    importance: 1
    evidence:
      - source: local.txt
        text: About sixty people stood in the rain outside Ardmore town hall
quotes:
  - speaker: Dana Whitlock
    evidence: [{source: wire.txt, text: We have waited long enough for this pier}]
open_questions:
  - question: Who pays for the dredging?
    evidence:
      - source: wire.txt
        text: It is not clear who will pay for the dredging of the channel.
conflicts:
  - point: jobs and passengers
    kind: conflict
    sides:
      - value: 300 jobs
        evidence: [{source: local.txt, text: the pier would bring 300 jobs to the town}]
      - value: "1.2 million"
        evidence: [{source: wire.txt, text: handled 1.2 million passengers last year}]
"""


def write_case(folder: Path, *, case: str = CASE, gold: str = GOLD) -> Path:
    """``pier.yaml`` with its annotations and three sources; returns its path."""
    (folder / "texts").mkdir(exist_ok=True)
    write(folder / "texts")
    (folder / "gold.yaml").write_text(gold, encoding="utf-8")
    path = folder / "pier.yaml"
    path.write_text(case, encoding="utf-8")
    return path


class Opened:
    """Opens scripted engines and word checkers, and remembers for which settings."""

    def __init__(self, script: Callable[[Job], Result] = answer) -> None:
        self.engines: list[ScriptedEngine] = []
        self.closed = 0
        self.judging: list[str] = []
        self._script = script

    @property
    def openers(self) -> Openers:
        """The ways to open them."""
        return Openers(self._engine, self._checker)

    @property
    def asked(self) -> int:
        """How many jobs all engines were asked."""
        return sum(len(engine.asked) for engine in self.engines)

    @contextmanager
    def _engine(self, settings: Settings) -> Iterator[ScriptedEngine]:
        engine = ScriptedEngine(self._script, settings.model or "scripted")
        self.engines.append(engine)
        yield engine
        self.closed += 1

    def _checker(self, settings: Settings, engine: Engine) -> WordChecker:
        assert engine is self.engines[-1]
        self.judging.append(settings.prompts)
        return WordChecker()


def bench(opened: Opened, folder: Path | ResultStore, *, fresh: bool = False) -> Bench:
    """A bench that keeps finished cases in ``folder``."""
    store = Store(folder) if isinstance(folder, Path) else folder
    return Bench(opened.openers, store, fresh=fresh)


def planned(path: Path, **options: object) -> tuple[Trial, ...]:
    return trials(cases.load([path]), Settings(), **options)  # type: ignore[arg-type]


def one(path: Path, opened: Opened | None = None) -> tuple[Trial, CaseResult]:
    (trial,) = planned(path)
    with bench(opened or Opened(), NullStore()) as tools:
        return trial, run_case(trial, tools)


def figures(trial: Trial, result: CaseResult) -> dict[str, tuple[float | None, int]]:
    assert not result.error, result.error
    return {f.metric: (f.value, f.n) for f in suite_report.case_figures(trial, result)}


def reported(results: list[tuple[Trial, CaseResult]]) -> EvalReport:
    return suite_report.report_of(results)


class Shell:
    """The command with scripted tools; ``model`` says whether one was wanted."""

    def __init__(self, opened: Opened | None = None) -> None:
        self.model: list[bool] = []
        self.opened = opened or Opened()

    def __call__(self, *args: str | Path) -> Ended:
        def openers(model: bool) -> object:
            self.model.append(model)
            return self.opened.openers

        tools = eval_suite.SuiteBench(openers)  # type: ignore[arg-type]
        return CliRunner().invoke(_app, [str(arg) for arg in args], obj=tools)
