"""``briefing eval score``: a saved report, scored again without a model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import eval_report, places
from briefing.evals import rescoring


def score(
    file: Annotated[Path, typer.Argument(metavar="REPORT.json", help="A report that was saved.")],
    output_format: eval_report.FormatOption = None,
    output: eval_report.OutputOption = None,
    json: eval_report.JsonOption = None,
    fail_under: eval_report.UnderOption = None,
    fail_over: eval_report.OverOption = None,
) -> None:
    """Compute the figures of a saved report again from its items; needs no model.

    Example: briefing eval score report.json --fail-under balanced_accuracy@wice=0.76
    """
    wanted = eval_report.delivery(output_format, output, json, fail_under, fail_over)
    places.check([output], [file])  # --json may replace the report that it scores again
    eval_report.deliver(rescoring.rescore(rescoring.load(file)), wanted)
