"""What the commands of ``briefing eval`` that check statements share: settings and checker."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from briefing import atomic, config
from briefing.cli import console, options
from briefing.cli.progress import reporting
from briefing.config import Settings
from briefing.types import Value

if TYPE_CHECKING:
    from briefing.grounding.verdicts import Checker
    from briefing.model.jobs import Progress
    from briefing.runlog import Report

ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="NAME|PATH", help="Catalogue name, or GGUF file.")
]
NoModelOption = Annotated[
    bool, typer.Option("--no-model", help="By rules alone; what they leave open is unclear.")
]
ConfigOption = options.ConfigOption
OpenChecker = Callable[[Settings, bool], AbstractContextManager["Checker"]]
"""Opens a checker for settings; without its judge where the second argument is false."""


@dataclass(frozen=True)
class Bench:
    """What the commands work with: how the checker that the settings name is opened."""

    open_checker: OpenChecker


class Checking(NamedTuple):
    """An open checker, and where to tell how far it is."""

    checker: Checker
    progress: Progress | None


def settings(model: str | None, file: Path | None, *, no_model: bool = False) -> Settings:
    """The settings of this call. Raises: ConfigError; a usage error for a model and none."""
    if no_model and model is not None:
        raise typer.BadParameter("it contradicts --model", param_hint="--no-model")
    return config.load({"model": model}, os.environ, Path.cwd(), file)


def keep(made: Value, place: Path, figures: Mapping[str, float]) -> None:
    """Write what was learned to ``place``, and say how good it is."""
    place.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_text(place, made.model_dump_json(indent=1) + "\n")
    for name, value in figures.items():
        console.say(f"{name:40} {value:.3f}")
    console.result(f"{place}\n")


@contextmanager
def checking(context: typer.Context, chosen: Settings, *, judge: bool = True) -> Iterator[Checking]:
    """The checker for ``chosen`` settings, from the bench that ``context`` holds, if it does."""
    bench = context.obj if isinstance(context.obj, Bench) else Bench(_open)
    with bench.open_checker(chosen, judge) as checker, reporting() as report:
        yield Checking(checker, None if report is None else _told(report))


def model_name(chosen: Settings) -> str:
    """The model of ``chosen`` settings as a report names it: never where it lies."""
    from briefing.model.catalogue import DEFAULT_MODEL

    served = "what the endpoint serves" if chosen.endpoint else DEFAULT_MODEL
    return Path(chosen.model or served).name


def _told(report: Report) -> Progress:
    return lambda done, of: report("Checking statements", done, of)


def _open(chosen: Settings, judge: bool) -> AbstractContextManager[Checker]:
    from briefing.grounding.opening import checker_for

    return checker_for(chosen, judge=judge)
