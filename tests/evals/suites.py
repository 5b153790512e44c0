"""A small invented case in a folder, and benches whose engine and checker are scripted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.config import Settings
from briefing.evals.suite_bench import Bench, Openers
from briefing.model.jobs import Engine, Job, Result
from briefing.model.scripted import ScriptedEngine
from briefing.store import ResultStore, Store
from tests.evals.subjects import WordChecker
from tests.events import write
from tests.test_pipeline import answer

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
