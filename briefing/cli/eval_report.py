"""What the commands of ``briefing eval`` share: how a report is written, and when it fails."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import console, places
from briefing.errors import UserError
from briefing.evals import rendering, thresholds
from briefing.evals.report import EvalReport
from briefing.evals.thresholds import Threshold

MISSED = 3
"""Exit status where a figure is beyond its limit."""

FormatOption = Annotated[
    str | None,
    typer.Option("--format", help="table, json, markdown or html; else by the ending of -o."),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, not to stdout.")
]
JsonOption = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Save the report, to score it again.")
]
UnderOption = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-under", metavar="METRIC[@GROUP]=VALUE", help="Exit 3 where a figure is lower."
    ),
]
OverOption = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-over", metavar="METRIC[@GROUP]=VALUE", help="Exit 3 where a figure is higher."
    ),
]
_BY_ENDING: dict[str, rendering.ReportFormat] = {
    ".json": "json",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
}


@dataclass(frozen=True)
class Delivery:
    """Where a report goes and in which form, and the limits that it is held against."""

    output_format: rendering.ReportFormat
    output: Path | None
    json: Path | None
    limits: tuple[Threshold, ...]


def delivery(
    output_format: str | None,
    output: Path | None,
    json: Path | None,
    under: Sequence[str] | None,
    over: Sequence[str] | None,
) -> Delivery:
    """The options as a value. Raises: UserError for places; a usage error for the others."""
    places.check([output, json])
    try:
        limits = [thresholds.parse(text) for text in under or ()]
        limits += [thresholds.parse(text, most=True) for text in over or ()]
    except UserError as error:
        hint = "--fail-under, --fail-over"
        raise typer.BadParameter(f"{error.message}. {error.hint}", param_hint=hint) from error
    return Delivery(_format(output_format, output), output, json, tuple(limits))


def check_limits(wanted: Delivery, known: Collection[thresholds.Name]) -> None:
    """Make a usage error of a limit for something that is not measured, listing what is."""
    try:
        thresholds.check_known(wanted.limits, known)
    except UserError as error:
        hint = "--fail-under, --fail-over"
        raise typer.BadParameter(f"{error.message}. {error.hint}", param_hint=hint) from error


def deliver(report: EvalReport, wanted: Delivery) -> None:
    """Write the report, then end with :data:`MISSED` where it misses a limit."""
    if wanted.json is not None:
        places.deliver(rendering.as_json(report), wanted.json)
    text = rendering.render(report, wanted.output_format)
    places.deliver(text, wanted.output)
    check_limits(wanted, thresholds.measured(report))  # not before: the report may have cost hours
    missed = thresholds.below(report, wanted.limits)
    for message in missed:
        console.say(f"missed: {message}")
    if missed:
        raise typer.Exit(MISSED)


def _format(given: str | None, output: Path | None) -> rendering.ReportFormat:
    if given is None:
        return _BY_ENDING.get(output.suffix.lower(), "table") if output else "table"
    for known in rendering.FORMATS:
        if given == known:
            return known
    raise typer.BadParameter(f"it is {', '.join(rendering.FORMATS)}", param_hint="--format")
