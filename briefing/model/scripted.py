"""An engine whose answers are given as a function: for tests, passed in as a parameter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.model.jobs import EngineInfo, Job, Progress, Result


class ScriptedEngine:
    """Answers every job with ``answer(job)`` and remembers what it was asked."""

    def __init__(self, answer: Callable[[Job], Result], name: str = "scripted") -> None:
        self._answer = answer
        self._name = name
        self.asked: list[Job] = []

    @property
    def info(self) -> EngineInfo:
        """A local engine that can do everything."""
        return EngineInfo(
            model={"name": self._name, "sha256": None},
            settings={},
            versions={},
            can=("score", "generate", "likelihood", "probe"),
        )

    def run(self, jobs: Sequence[Job], progress: Progress | None = None) -> list[Result]:
        """Answer each job on its own."""
        results: list[Result] = []
        for job in jobs:
            self.asked.append(job)
            results.append(self._answer(job))
            if progress:
                progress(len(results), len(jobs))
        return results

    def close(self) -> None:
        """Nothing to release."""
