"""``briefing doctor``: will it work on this machine, and what to do where it will not."""

from __future__ import annotations

import json
import os
import textwrap
from pathlib import Path
from typing import Annotated

import typer

from briefing import config
from briefing.doctor import Diagnosis, diagnose, works
from briefing.probes import this_machine

WIDTH = 100
_MARKS = {"ok": "ok  ", "warn": "WARN", "fail": "FAIL"}


def doctor(
    model: Annotated[
        str | None, typer.Option("--model", help="Catalogue name, hub file, or path.")
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="As for a run that may not use the network.")
    ] = False,
    store_dir: Annotated[
        Path | None, typer.Option("--store-dir", help="Folder of the store, if not the usual one.")
    ] = None,
    config_file: Annotated[Path | None, typer.Option("--config", help="Settings file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Check Python, llama.cpp, memory, model and store; exit 1 where something will not work.

    Never uses the network. llama.cpp is tried out in a process of its own, in some seconds.

    Example: briefing doctor --model qwen2.5-coder-0.5b-instruct
    """
    flags = {"model": model, "offline": offline or None, "store_dir": store_dir}
    settings = config.load(flags, os.environ, Path.cwd(), config_file)
    found = diagnose(settings, this_machine(settings.store_dir))
    if as_json:
        typer.echo(json.dumps([one.model_dump() for one in found], indent=2))
    else:
        typer.echo("\n".join(table(found)))
    if not works(found):
        raise typer.Exit(1)


def table(found: tuple[Diagnosis, ...]) -> list[str]:
    """Aligned lines, the cure below what it cures."""
    width = max(len(one.name) for one in found)
    lines = []
    for one in found:
        head = f"{_MARKS[one.status]}  {one.name.ljust(width)}  "
        lines += textwrap.wrap(
            one.detail,
            WIDTH,
            initial_indent=head,
            subsequent_indent=" " * len(head),
            break_long_words=False,
            break_on_hyphens=False,
        )
        if one.cure:
            lines.append(f"{' ' * len(head)}→ {one.cure}")
    return lines
