"""``briefing eval data``: how right the checker is on labelled statements of others."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing import __version__, config
from briefing.cli import console, eval_report
from briefing.cli.progress import reporting
from briefing.config import Settings

if TYPE_CHECKING:
    from briefing.evals.datasets.files import Wanted
    from briefing.evals.datasets.values import Found
    from briefing.grounding.verdicts import Checker

OpenChecker = Callable[[Settings], AbstractContextManager["Checker"]]


@dataclass(frozen=True)
class Bench:
    """What the command works with: how the checker that the settings name is opened."""

    open_checker: OpenChecker


def data(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Folder with labelled statements.")],
    dataset: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this, such as summedits/news.")
    ] = None,
    split: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this split; else all but train.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many of each set, drawn by document.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", help="Catalogue name, or GGUF file.")
    ] = None,
    output_format: eval_report.FormatOption = None,
    output: eval_report.OutputOption = None,
    json: eval_report.JsonOption = None,
    fail_under: eval_report.UnderOption = None,
    fail_over: eval_report.OverOption = None,
    settings_file: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Settings file.")
    ] = None,
) -> None:
    """Measure the checker on WiCE, SummEdits, FRANK, or labelled statements of your own.

    Results are kept: a run that was interrupted goes on where it stopped. See docs/evals-data.md.

    Example: briefing eval data wice/data --split dev --fail-under balanced_accuracy@wice=0.76
    """
    from briefing.evals.datasets.files import Wanted, read_folder

    wanted = eval_report.delivery(output_format, output, json, fail_under, fail_over)
    settings = config.load({"model": model}, os.environ, Path.cwd(), settings_file)
    choice = Wanted(dataset=dataset, split=split, limit=limit, seed=settings.seed)
    found = read_folder(folder, choice)
    for name in found.unknown:
        console.say(f"passed over, not in a known format: {name}")
    bench = context.obj if isinstance(context.obj, Bench) else Bench(_open)
    _run(found, choice, settings, bench, wanted)


def _run(
    found: Found,
    choice: Wanted,
    settings: Settings,
    bench: Bench,
    wanted: eval_report.Delivery,
) -> None:
    from briefing.evals import data as evaluation

    eval_report.check_limits(wanted, evaluation.measured(found.sets))
    with bench.open_checker(settings) as checker, reporting() as report:
        made = evaluation.evaluate(
            found.sets,
            checker,
            run=_about(found, choice, settings),
            progress=report and (lambda done, of: report("Checking statements", done, of)),
        )
    eval_report.deliver(made, wanted)


def _open(settings: Settings) -> AbstractContextManager[Checker]:
    from briefing.grounding.opening import checker_for

    return checker_for(settings)


def _about(
    found: Found, choice: Wanted, settings: Settings
) -> dict[str, str | int | float | bool | None]:
    """What the result depends on; files by their hashes, never by where they lie."""
    from briefing.model.catalogue import DEFAULT_MODEL

    served = "what the endpoint serves" if settings.endpoint else DEFAULT_MODEL
    return {
        "briefing": __version__,
        "model": Path(settings.model or served).name,
        "seed": settings.seed,
        "dataset": choice.dataset,
        "split": choice.split,
        "limit": choice.limit,
        **{f"sha256 of {name}": digest[:16] for name, digest in found.files.items()},
    }
