"""Scoring a saved report again, without a model: its figures, computed from its items."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from pydantic import ValidationError

from briefing.errors import DocumentError, InternalError
from briefing.evals.report import EvalReport, Kind

Rescore = Callable[[EvalReport], EvalReport]
RESCORERS: Final[dict[Kind, str]] = {
    "data": "briefing.evals.data:rescore",
    "file": "briefing.evals.file:rescore",
    "mutations": "briefing.evals.mutations:rescore",
    "suite": "briefing.evals.suite_report:rescore",
}
"""Each kind of evaluation names its function as ``module:function``."""
MAX_BYTES: Final = 1 << 30


def rescore(report: EvalReport) -> EvalReport:
    """``report`` with its figures computed again. Raises: InternalError for a kind without."""
    place = RESCORERS.get(report.kind)
    if place is None:
        raise InternalError(f"nothing scores reports of the kind {report.kind!r} again")
    module, name = place.split(":")
    return cast("Rescore", getattr(import_module(module), name))(report)


def load(path: Path) -> EvalReport:
    """The report in the JSON file ``path``. Raises: DocumentError naming the file."""
    hint = "Give the file that `briefing eval … --json FILE` wrote."
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "does not exist"
            raise DocumentError(f"{path} {what}", hint)
        if path.stat().st_size > MAX_BYTES:
            message = f"{path} is too large for a report"
            raise DocumentError(message, f"At most {MAX_BYTES:,} bytes are read.")
        data = path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise DocumentError(message, "Check that it is yours to read.") from error
    try:
        return EvalReport.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"]))
        where = f"{field}: {first['msg']}" if field else first["msg"]
        raise DocumentError(f"{path} is not an evaluation report: {where}", hint) from error
