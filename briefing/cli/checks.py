"""A checker for single sentences, opened when the first is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from briefing.cli import eval_bench

if TYPE_CHECKING:
    from briefing.grounding.verdicts import Checker, StatementVerdict, Task
    from briefing.model.jobs import Progress


class Checks(ExitStack):
    """A checker that costs nothing until it is asked; to be used as a context."""

    def __init__(self, context: typer.Context, judge: bool, settings_file: Path | None) -> None:
        super().__init__()
        self._context = context
        self._judge = judge
        self._file = settings_file
        self._checker: Checker | None = None

    def check(
        self, tasks: Sequence[Task], progress: Progress | None = None
    ) -> list[StatementVerdict]:
        """A verdict for each task, in order. Raises: what opening the checker raises."""
        if self._checker is None:
            chosen = eval_bench.settings(None, self._file)
            opened = eval_bench.checking(self._context, chosen, judge=self._judge)
            self._checker = self.enter_context(opened).checker
        return self._checker.check(tasks, progress)
