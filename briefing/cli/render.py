"""``briefing render``: a briefing file as Markdown, HTML or CSL-JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing import document
from briefing import render as rendering
from briefing.cli import options, places


def render(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="Briefing file.")],
    output: options.OutputOption = None,
    template: Annotated[
        str, typer.Option("--template", metavar="NAME|PATH", help="Template: a name, or a file.")
    ] = "full",
    output_format: Annotated[
        rendering.OutputFormat, typer.Option("--format", help="What to write.")
    ] = "markdown",
) -> None:
    """Write a briefing file as Markdown, HTML or CSL-JSON (a bibliography); needs no model.

    HTML is one file that needs no network: the evidence view, or the page of another --template.

    Example: briefing render briefing.json --format html -o briefing.html
    """
    places.check([output], [file])
    name, folder = rendering.find_template(template)
    text = rendering.render(document.load(file), name, format=output_format, folder=folder)
    places.deliver(text, output)
