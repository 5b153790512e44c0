"""``briefing eval file``: how well one finished document is grounded in its sources."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing import config
from briefing.cli import eval_report, places
from briefing.cli.progress import reporting
from briefing.config import Settings

if TYPE_CHECKING:
    from briefing.evals.statements import Subject
    from briefing.grounding.verdicts import Checker

OpenChecker = Callable[[Settings, bool], AbstractContextManager["Checker"]]
"""Opens a checker for settings; without its judge where the second argument is false."""


@dataclass(frozen=True)
class FileBench:
    """What the command works with: how the checker that the settings name is opened."""

    open_checker: OpenChecker


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
    model: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", help="Catalogue name, or GGUF file.")
    ] = None,
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Only what needs no model; the rest is unclear.")
    ] = False,
    output_format: eval_report.FormatOption = None,
    output: eval_report.OutputOption = None,
    json: eval_report.JsonOption = None,
    fail_under: eval_report.UnderOption = None,
    fail_over: eval_report.OverOption = None,
    settings_file: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Settings file.")
    ] = None,
) -> None:
    """Judge the statements, citations and quotes of a finished document against its sources.

    Any tool's Markdown or JSON with citations will do; docs/evals-file.md describes the formats.

    Example: briefing eval file answer.md --source 1=a.txt --fail-under citation_recall=0.9
    """
    from briefing.evals import plain
    from briefing.evals.file_figures import METRICS
    from briefing.evals.given import given

    if no_model and model is not None:
        raise typer.BadParameter("it contradicts --model", param_hint="--no-model")
    wanted = eval_report.delivery(output_format, output, json, fail_under, fail_over)
    timings = {("seconds", ""), ("seconds_per_statement", "")}
    eval_report.check_limits(wanted, timings | {(metric, "") for metric in METRICS})
    known = given(source or (), sources)
    places.check([output, json], [document, *known.named.values(), *known.files])
    settings = config.load({"model": model}, os.environ, Path.cwd(), settings_file)
    subject = plain.load(document, known)
    bench = context.obj if isinstance(context.obj, FileBench) else FileBench(_open)
    _run(subject, settings, bench, not no_model, wanted)


def _run(
    subject: Subject,
    settings: Settings,
    bench: FileBench,
    judge: bool,
    wanted: eval_report.Delivery,
) -> None:
    from briefing.evals.file import evaluate

    with bench.open_checker(settings, judge) as checker, reporting() as report:
        made = evaluate(
            subject,
            checker,
            run=_about(settings, judge),
            progress=report and (lambda done, of: report("Checking statements", done, of)),
        )
    eval_report.deliver(made, wanted)


def _open(settings: Settings, judge: bool) -> AbstractContextManager[Checker]:
    from briefing.grounding.opening import checker_for

    return checker_for(settings, judge=judge)


def _about(settings: Settings, judge: bool) -> dict[str, str | int | float | bool | None]:
    from briefing.model.catalogue import DEFAULT_MODEL

    model = Path(settings.model or DEFAULT_MODEL).name if judge else None
    return {"model": model, "judge": judge, "seed": settings.seed}
