"""Scoring a saved report again, without a model: its figures, computed from its items."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from briefing.errors import InternalError
from briefing.evals.report import EvalReport, Kind
from briefing.value_files import Expected, parse, read_bytes

Rescore = Callable[[EvalReport], EvalReport]
RESCORERS: Final[dict[Kind, str]] = {
    "data": "briefing.evals.data:rescore",
    "file": "briefing.evals.file:rescore",
    "mutations": "briefing.evals.mutations:rescore",
    "suite": "briefing.evals.suite_report:rescore",
}
"""Each kind of evaluation names its function as ``module:function``."""
_EXPECTED: Final = Expected(
    noun="a report",
    wrong="is not an evaluation report",
    hint="Give the file that `briefing eval … --json FILE` wrote.",
    max_bytes=1 << 30,
)


def rescore(report: EvalReport) -> EvalReport:
    """``report`` with its figures computed again. Raises: InternalError for a kind without."""
    place = RESCORERS.get(report.kind)
    if place is None:
        raise InternalError(f"nothing scores reports of the kind {report.kind!r} again")
    module, name = place.split(":")
    return cast("Rescore", getattr(import_module(module), name))(report)


def load(path: Path) -> EvalReport:
    """The report in the JSON file ``path``. Raises: DocumentError naming the file."""
    return parse(read_bytes(path, _EXPECTED), EvalReport, path, _EXPECTED)
