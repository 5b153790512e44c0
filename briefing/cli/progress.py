"""Progress on stderr: a bar in a terminal; in a pipe, nothing but warnings."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from briefing.runlog import Report

_LABELS = {
    "reading": "Reading documents",
    "analysing": "Finding sentences and quotes",
    "scoring": "Weighing sentences",
    "joining": "Joining what sources tell alike",
    "questions": "Wording open questions",
}


@contextmanager
def reporting() -> Iterator[Report | None]:
    """A function that shows stages with counts and time left; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), redirect_stdout=False) as bars:
        tasks = {}

        def report(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_LABELS.get(stage, stage), total=of)
            bars.update(tasks[stage], completed=done, total=of)

        yield report
