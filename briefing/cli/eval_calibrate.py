"""``briefing eval calibrate``: make a model a judge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import eval_bench, places
from briefing.cli.progress import reporting

if TYPE_CHECKING:
    from briefing.config import Settings
    from briefing.evals.datasets.values import LabelledSet
    from briefing.grounding.calibration import Calibration


def calibrate(
    folder: Annotated[Path, typer.Argument(help="Folder with labelled statements.")],
    model: eval_bench.ModelOption = None,
    limit: Annotated[
        int | None, typer.Option(min=20, help="At most so many of each set, drawn by document.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here, not where it is used."),
    ] = None,
    settings_file: eval_bench.ConfigOption = None,
) -> None:
    """Teach the judge what a model's answers mean, from labelled data (docs/evals-data.md).

    Any GGUF file can be a judge. Interrupted, it goes on where it stopped.

    Example: briefing eval calibrate benchmarks/ --model qwen3-4b-instruct-2507
    """
    from briefing.evals.datasets.files import Wanted, read_folder

    places.check([output])
    settings = eval_bench.settings(model, settings_file)
    found = read_folder(folder, Wanted(limit=limit, seed=settings.seed))
    made = _made(found.sets, settings)
    eval_bench.keep(made, output or _own_place(made), made.figures)


def _made(sets: tuple[LabelledSet, ...], settings: Settings) -> Calibration:
    from briefing.evals import calibrate as calibration
    from briefing.grounding.checker import LayeredChecker
    from briefing.grounding.judge import Judge
    from briefing.model.opening import open_store, opened
    from briefing.prompts import PromptSet

    with opened(settings, open_store(settings)) as engine, reporting() as report:
        judge = Judge(engine, PromptSet(settings.prompts))
        observed = calibration.observe(
            sets,
            LayeredChecker(judge, thorough=True),
            report and (lambda done, of: report("Checking statements", done, of)),
        )
        name = str(engine.info.model.get("name"))
        return calibration.calibrate(observed, name, judge.model_sha256, judge.hashes)


def _own_place(made: Calibration) -> Path:
    from briefing.errors import UserError
    from briefing.grounding.calibration import own_folder

    if made.model_sha256 is None:
        raise UserError(
            "what an endpoint serves has no hash to know it by",
            "Calibrate a model file, or name a file to write with --output.",
        )
    return own_folder() / f"{made.model_sha256[:16]}.json"
