"""How long runs took: one JSON line each, apart from the briefings, whose bytes must not vary."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

Report = Callable[[str, int, int], None]
"""Called with (stage, done, of)."""
MAX_BYTES = 1_000_000
"""A longer log is begun anew."""


class Stopwatch:
    """Measures stages by watching their progress reports, and passes those on."""

    def __init__(self, report: Report | None = None) -> None:
        self._report = report
        self._began = time.monotonic()
        self._first: dict[str, float] = {}
        self._last: dict[str, float] = {}

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Note that ``stage`` is at ``done`` of ``of``."""
        now = time.monotonic()
        self._first.setdefault(stage, now)
        self._last[stage] = now
        if self._report is not None:
            self._report(stage, done, of)

    def seconds(self) -> dict[str, float]:
        """Seconds by stage, and in all."""
        stages = {name: round(self._last[name] - start, 2) for name, start in self._first.items()}
        return {**stages, "total": round(time.monotonic() - self._began, 2)}


def record(folder: Path, entry: dict[str, object]) -> None:
    """Append ``entry`` to the log in ``folder``, readable by its owner only.

    A log that cannot be written is not worth a failed run.
    """
    path = folder / "runs.jsonl"
    line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **entry})
    try:
        if path.exists() and path.stat().st_size > MAX_BYTES:
            path.unlink()
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(line + "\n")
    except OSError:
        return
