"""``briefing eval file``: how well one finished document is grounded in its sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import eval_bench, eval_report, places

if TYPE_CHECKING:
    from briefing.config import Settings


def file(
    context: typer.Context,
    document: Annotated[
        Path, typer.Argument(metavar="FILE", help="Briefing JSON, plain JSON, or Markdown.")
    ],
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="ID=FILE", help="A source, by the id it is cited by."),
    ] = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", metavar="FOLDER", help="Folder of the sources.")
    ] = None,
    model: eval_bench.ModelOption = None,
    no_model: eval_bench.NoModelOption = False,
    output_format: eval_report.FormatOption = None,
    output: eval_report.OutputOption = None,
    json: eval_report.JsonOption = None,
    fail_under: eval_report.UnderOption = None,
    fail_over: eval_report.OverOption = None,
    settings_file: eval_bench.ConfigOption = None,
) -> None:
    """Judge the statements, citations and quotes of a finished document against its sources.

    Any tool's Markdown or JSON with citations will do; docs/evals-file.md describes the formats.

    Example: briefing eval file answer.md --source 1=a.txt --fail-under citation_recall=0.9
    """
    from briefing.evals import plain
    from briefing.evals.file import evaluate
    from briefing.evals.file_figures import METRICS
    from briefing.evals.given import given

    settings = eval_bench.settings(model, settings_file, no_model=no_model)
    wanted = eval_report.delivery(output_format, output, json, fail_under, fail_over)
    timings = {("seconds", ""), ("seconds_per_statement", "")}
    eval_report.check_limits(wanted, timings | {(metric, "") for metric in METRICS})
    known = given(source or (), sources)
    places.check([output, json], [document, *known.named.values(), *known.files])
    subject = plain.load(document, known)
    with eval_bench.checking(context, settings, judge=not no_model) as (checker, progress):
        about = _about(settings, not no_model)
        made = evaluate(subject, checker, run=about, progress=progress)
    eval_report.deliver(made, wanted)


def _about(settings: Settings, judge: bool) -> dict[str, str | int | float | bool | None]:
    model = eval_bench.model_name(settings) if judge else None
    return {"model": model, "judge": judge, "seed": settings.seed}
