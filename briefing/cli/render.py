"""``briefing render``: a briefing file as Markdown, HTML, CSL-JSON, Word or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing import document
from briefing import render as rendering
from briefing.cli import console, options, places
from briefing.review.keeping import held


def render(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="Briefing file.")],
    output: options.OutputOption = None,
    template: Annotated[
        str, typer.Option("--template", metavar="NAME|PATH", help="Template: a name, or a file.")
    ] = "full",
    output_format: options.FormatOption = None,
    with_review: Annotated[
        bool, typer.Option("--review/--no-review", help="Show decisions in the evidence view.")
    ] = True,
) -> None:
    """Write a briefing file as Markdown, HTML, Word, PDF or CSL-JSON (a bibliography).

    Needs no model. HTML is one file that needs no network: the evidence view, or the page of
    another --template. Word and PDF need the extra `office`.

    Example: briefing render briefing.json --format html -o briefing.html
    """
    wanted = options.format_of(output_format, output)
    places.check([output], [file])
    name, folder = rendering.find_template(template)
    briefing = document.load(file)
    review = held(file, briefing) if with_review and wanted == "html" else None
    made = rendering.render_file(briefing, name, wanted, folder, review)
    places.deliver_rendered(made, output)
    if review and (review.decisions or review.outdated) and name == rendering.WHOLE:
        console.say("it shows the decisions of your review; --no-review leaves them out")
