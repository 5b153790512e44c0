"""``briefing bench``: how fast the engine is here."""

from __future__ import annotations

import json as json_module
import os
from pathlib import Path
from typing import Annotated

import typer

from briefing import config
from briefing.cli import console


def bench(
    model: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", help="Model; default: the configured one.")
    ] = None,
    threads: Annotated[int | None, typer.Option(help="Threads; default: physical cores.")] = None,
    gpu_layers: Annotated[
        int | None, typer.Option(help="Layers on the GPU; -1: all that fit, 0: none.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure prefill, batched against single decoding, and time lost outside the model.

    Example: briefing bench --model smollm2-135m-instruct
    """
    from briefing.model.bench import measure

    flags: dict[str, object] = {"model": model, "threads": threads, "gpu_layers": gpu_layers}
    settings = config.load(flags, os.environ, Path.cwd())
    console.say("measuring: about a minute with the default model on two cores")
    figures = measure(settings)
    if as_json:
        console.result(json_module.dumps(figures, indent=2, ensure_ascii=False) + "\n")
        return
    width = max(map(len, figures))
    for name, value in figures.items():
        shown = f"{value:.2f}" if isinstance(value, float) else str(value)
        console.result(f"{name:<{width}}  {shown}\n")
