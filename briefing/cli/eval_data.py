"""``briefing eval data``: how right the checker is on labelled statements of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing import __version__
from briefing.cli import console, eval_bench, eval_report

if TYPE_CHECKING:
    from briefing.config import Settings
    from briefing.evals.datasets.files import Wanted
    from briefing.evals.datasets.values import Found


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
    model: eval_bench.ModelOption = None,
    output_format: eval_report.FormatOption = None,
    output: eval_report.OutputOption = None,
    json: eval_report.JsonOption = None,
    fail_under: eval_report.UnderOption = None,
    fail_over: eval_report.OverOption = None,
    settings_file: eval_bench.ConfigOption = None,
) -> None:
    """Measure the checker on WiCE, SummEdits, FRANK, or labelled statements of your own.

    Results are kept: a run that was interrupted goes on where it stopped. See docs/evals-data.md.

    Example: briefing eval data wice/data --split dev --fail-under balanced_accuracy@wice=0.76
    """
    from briefing.evals import data as evaluation
    from briefing.evals.datasets.files import Wanted, read_folder

    wanted = eval_report.delivery(output_format, output, json, fail_under, fail_over)
    settings = eval_bench.settings(model, settings_file)
    choice = Wanted(dataset=dataset, split=split, limit=limit, seed=settings.seed)
    found = read_folder(folder, choice)
    for name in found.unknown:
        console.say(f"passed over, not in a known format: {name}")
    eval_report.check_limits(wanted, evaluation.measured(found.sets))
    about = _about(found, choice, settings)
    with eval_bench.checking(context, settings) as (checker, progress):
        made = evaluation.evaluate(found.sets, checker, run=about, progress=progress)
    eval_report.deliver(made, wanted)


def _about(
    found: Found, choice: Wanted, settings: Settings
) -> dict[str, str | int | float | bool | None]:
    """What the result depends on; files by their hashes, never by where they lie."""
    return {
        "briefing": __version__,
        "model": eval_bench.model_name(settings),
        "seed": settings.seed,
        "dataset": choice.dataset,
        "split": choice.split,
        "limit": choice.limit,
        **{f"sha256 of {name}": digest[:16] for name, digest in found.files.items()},
    }
