"""``briefing eval train``: teach what a model's states say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import eval_bench, places
from briefing.cli.progress import reporting

if TYPE_CHECKING:
    from briefing.config import Settings
    from briefing.evals.cases import Case
    from briefing.model.heads import Heads


def train(
    cases: Annotated[list[Path], typer.Argument(help="Annotated cases: files, or folders.")],
    model: eval_bench.ModelOption = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here, not where it is used."),
    ] = None,
    settings_file: eval_bench.ConfigOption = None,
) -> None:
    """Teach heads what a model's states say of a sentence (docs/selection.md).

    Any GGUF file can learn. Cases whose `split` is `test` are left out. Interrupted, it goes on
    where it stopped.

    Example: briefing eval train evals/cases --model qwen3-4b-instruct-2507
    """
    from briefing.errors import UserError
    from briefing.evals import cases as case_files

    places.check([output])
    settings = eval_bench.settings(model, settings_file)
    known = case_files.load(case_files.find(cases))
    used = [c for c in known if c.file.split == "development" and _is_annotated(c)]
    if not used:
        raise UserError(
            "no case here has outcomes and open questions to learn from",
            "docs/evals-suite.md shows how they are annotated.",
        )
    made = _made(used, settings)
    eval_bench.keep(made, output or _own_place(made), made.figures)


def _is_annotated(case: Case) -> bool:
    gold = case.gold
    return gold is not None and gold.outcomes is not None and gold.open_questions is not None


def _made(cases: list[Case], settings: Settings) -> Heads:
    from briefing.evals import training
    from briefing.evals.suite import reading_of
    from briefing.model.opening import open_store, opened
    from briefing.prompts import PromptSet

    prompts = PromptSet(settings.prompts)
    parts = [training.examples(c, reading_of(c, settings), prompts) for c in cases]
    with opened(settings, open_store(settings)) as engine, reporting() as report:

        def told(done: int, of: int) -> None:
            if report is not None:
                report("Reading sentences", done, of)

        return training.trained(training.together(parts), engine, prompts, told)


def _own_place(made: Heads) -> Path:
    from briefing.model.heads import own_folder

    return own_folder() / f"{made.model_sha256[:16]}.json"
