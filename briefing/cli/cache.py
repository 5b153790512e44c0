"""``briefing cache``: what the store of results holds, and how to be rid of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table

from briefing.config import load
from briefing.paths import cache_dir
from briefing.store import Entry, Store

app = typer.Typer(help="Show or clear the stored results of earlier runs.")

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

StoreDir = Annotated[
    Path | None, typer.Option("--store-dir", help="Folder of the store, if not the usual one.")
]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="Settings file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def parse_age(text: str) -> timedelta:
    """``30d``, ``12h``, ``2w`` or ``45m`` as a time span. Raises: typer.BadParameter."""
    match = re.fullmatch(r"(\d{1,5})\s*([mhdw])", text.strip().lower())
    if not match:
        raise typer.BadParameter(f"{text!r} is no age. Write 45m, 12h, 30d or 2w.")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Show or clear the stored results of earlier runs; lists them if nothing else is said.

    Example: briefing cache
    """
    if context.invoked_subcommand is None:
        list_results()


@app.command("list")
def list_results(
    store_dir: StoreDir = None, config: ConfigFile = None, as_json: AsJson = False
) -> None:
    """List what is stored, by kind: number, size, and when it was last used.

    Example: briefing cache list --json
    """
    kinds = _by_kind(_store(store_dir, config).entries())
    if as_json:
        typer.echo(json.dumps([_summary(entries) for entries in kinds], indent=2))
    elif kinds:
        Console().print(_table(kinds))
    else:
        typer.echo("The store is empty.")


@app.command()
def size(store_dir: StoreDir = None, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Print how much disk the stored results take.

    Example: briefing cache size
    """
    store = _store(store_dir, config)
    total = store.size()
    typer.echo(
        json.dumps({"path": str(store.root), "bytes": total}, indent=2)
        if as_json
        else f"{decimal(total)} in {store.root}"
    )


@app.command()
def clear(
    older_than: Annotated[
        timedelta | None,
        typer.Option(
            parser=parse_age,
            metavar="AGE",
            help="Only what was not used for so long: 45m, 12h, 30d, 2w.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    store_dir: StoreDir = None,
    config: ConfigFile = None,
) -> None:
    """Remove stored results. The next run computes them again.

    Example: briefing cache clear --older-than 30d --yes
    """
    store = _store(store_dir, config)
    what = "all stored results" if older_than is None else "the results unused for that long"
    if not yes:
        typer.confirm(f"Remove {what} in {store.root}?", abort=True, err=True)
    removed = store.clear(older_than)
    freed = decimal(sum(entry.bytes for entry in removed))
    results = "result" if len(removed) == 1 else "results"
    typer.echo(f"Removed {len(removed)} {results}, {freed}.", err=True)
    for warning in store.warnings:
        typer.echo(warning, err=True)
    if store.warnings:
        raise typer.Exit(1)


def _store(store_dir: Path | None, config: Path | None) -> Store:
    settings = load({"store_dir": store_dir}, os.environ, Path.cwd(), config)
    return Store(settings.store_dir or cache_dir() / "store")


def _by_kind(entries: Sequence[Entry]) -> list[list[Entry]]:
    ordered = sorted(entries, key=lambda entry: entry.kind)
    return [list(group) for _, group in groupby(ordered, key=lambda entry: entry.kind)]


def _summary(entries: list[Entry]) -> dict[str, str | int]:
    used = [entry.used for entry in entries]
    return {
        "kind": entries[0].kind,
        "count": len(entries),
        "bytes": sum(entry.bytes for entry in entries),
        "oldest_use": min(used).isoformat(timespec="seconds"),
        "latest_use": max(used).isoformat(timespec="seconds"),
    }


def _table(kinds: list[list[Entry]]) -> Table:
    table = Table("Kind", box=box.SIMPLE)
    for title in ("Results", "Size", "Oldest use", "Latest use"):
        table.add_column(title, justify="right")
    for entries in kinds:
        used = [entry.used for entry in entries]
        table.add_row(
            entries[0].kind,
            str(len(entries)),
            decimal(sum(entry.bytes for entry in entries)),
            _ago(min(used)),
            _ago(max(used)),
        )
    return table


def _ago(moment: datetime) -> str:
    seconds = max(0, int((datetime.now(UTC) - moment).total_seconds()))
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length} {unit} ago"
    return "just now"
