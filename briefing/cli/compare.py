"""``briefing compare``: what two or more briefings have in common, and what differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from briefing import document
from briefing.cli import options, places

if TYPE_CHECKING:
    from briefing.compare.rendering import ComparisonFormat
    from briefing.evals.report import EvalReport

_BY_ENDING: Final[dict[str, ComparisonFormat]] = {
    ".json": "json",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
}


def compare(
    files: Annotated[
        list[Path], typer.Argument(metavar="A.json B.json…", help="Briefing files, A is the first.")
    ],
    reports: Annotated[
        list[Path] | None,
        typer.Option(
            "--report",
            "--reports",
            metavar="EVAL.json",
            help="Saved report of `briefing eval file`; one for each briefing, in order.",
        ),
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", help="table, markdown, html or json; else by the ending of -o."),
    ] = None,
    output: options.OutputOption = None,
) -> None:
    """Say which items came, went or changed, and what differs in the making; needs no model.

    Example: briefing compare old.json new.json --format html -o changes.html
    """
    if len(files) < 2:
        raise typer.BadParameter("name at least two briefing files", param_hint="A.json B.json…")
    wanted = _format(output_format, output)
    places.check([output], [*files, *(reports or ())])
    briefings = [document.load(file) for file in files]
    judged = _reports(files, reports)
    from briefing.compare.comparing import Named, compare
    from briefing.compare.rendering import render

    given = [Named(*each) for each in zip(map(str, files), briefings, judged, strict=True)]
    text = render(compare(given), wanted)
    places.deliver(text, output)


def _reports(files: list[Path], reports: list[Path] | None) -> list[EvalReport | None]:
    if not reports:
        return [None] * len(files)
    if len(reports) != len(files):
        message = f"{len(reports)} given for {len(files)} briefings: one for each, in order"
        raise typer.BadParameter(message, param_hint="--report")
    from briefing.evals import rescoring

    return [rescoring.load(path) for path in reports]


def _format(given: str | None, output: Path | None) -> ComparisonFormat:
    from briefing.compare.rendering import FORMATS

    if given is None:
        return _BY_ENDING.get(output.suffix.lower(), "table") if output else "table"
    for known in FORMATS:
        if given == known:
            return known
    raise typer.BadParameter(f"it is {', '.join(FORMATS)}", param_hint="--format")
