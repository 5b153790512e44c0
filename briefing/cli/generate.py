"""``briefing generate``: documents in, a briefing out."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing import config, document
from briefing.cli import console, options, places

if TYPE_CHECKING:
    from briefing.render import OutputFormat


def generate(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCES…", help="Files, folders, patterns, URLs, or -.")
    ],
    output: options.OutputOption = None,
    json: options.JsonOption = None,
    output_format: options.FormatOption = None,
    title: options.TitleOption = None,
    topic: options.TopicOption = None,
    model: options.ModelOption = None,
    endpoint: options.EndpointOption = None,
    allow_remote: options.AllowRemoteOption = None,
    offline: Annotated[
        bool | None, typer.Option("--offline", help="Use no network at all.")
    ] = None,
    allow_private_urls: Annotated[
        bool | None, typer.Option("--allow-private-urls", help="Read URLs of this network.")
    ] = None,
    prompts: options.PromptsOption = None,
    template: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", help="Output template.")
    ] = None,
    threads: Annotated[int | None, typer.Option(help="Threads; default: physical cores.")] = None,
    gpu_layers: Annotated[
        int | None, typer.Option(help="Layers on the GPU; -1: all that fit, 0: none.")
    ] = None,
    context: Annotated[
        int | None, typer.Option(help="Context in tokens; default: planned.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of sampled answers.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Language of the documents; else detected.")
    ] = None,
    no_store: Annotated[bool, typer.Option("--no-store", help="Keep no results.")] = False,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave the documents' text out of the briefing file.")
    ] = False,
    settings_file: options.ConfigOption = None,
) -> None:
    """Make a briefing from several documents about an event.

    Example: briefing generate articles/ notes.pdf -o briefing.md --json briefing.json
    """
    flags: dict[str, object] = {
        "title": title,
        "topic": topic,
        "model": model,
        "endpoint": endpoint,
        "allow_remote": allow_remote,
        "offline": offline,
        "allow_private_urls": allow_private_urls,
        "prompts": prompts,
        "template": template,
        "threads": threads,
        "gpu_layers": gpu_layers,
        "context": context,
        "seed": seed,
        "language": language,
        "store": False if no_store else None,
        "include_text": False if no_text else None,
    }
    settings = config.load(flags, os.environ, Path.cwd(), settings_file)
    wanted = options.format_of(output_format, output)
    _check(sources, settings, output, json)
    _run(sources, settings, wanted, output, json)


def _check(
    sources: list[str], settings: config.Settings, output: Path | None, json: Path | None
) -> None:
    """What can be known to fail is found out before minutes of work."""
    from briefing import render as rendering
    from briefing.prompts import PromptSet
    from briefing.sources.inputs import Input, find

    found = find(sources)
    files = [Path(i.name) for i in found if isinstance(i, Input) and i.kind == "file"]
    places.check([output, json], files)
    rendering.check_template(*rendering.find_template(settings.template))
    PromptSet(settings.prompts)  # it must be there, whatever model is


def _run(
    sources: list[str],
    settings: config.Settings,
    wanted: OutputFormat,
    output: Path | None,
    json: Path | None,
) -> None:
    from briefing import render as rendering
    from briefing.cli.progress import reporting
    from briefing.pipeline import generate as make

    name, folder = rendering.find_template(settings.template)
    began = time.monotonic()
    stdin = sys.stdin.buffer.read() if "-" in sources else None
    with reporting() as report:
        made = make(sources, settings, stdin=stdin, report=report)
    if json is not None:
        document.save(made, json)
        console.say(f"wrote {json}")
    places.deliver_rendered(rendering.render_file(made, name, wanted, folder), output)
    for left in made.left_out:
        console.say(f"left out: {left.name}: {left.reason}")
    console.say(
        f"{len(made.outcomes)} outcomes, {len(made.quotes)} quotes, "
        f"{len(made.open_questions)} open questions, {len(made.withheld)} withheld; "
        f"{time.monotonic() - began:.0f} s"
    )
