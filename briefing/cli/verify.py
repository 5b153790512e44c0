"""``briefing verify``: a briefing file against its documents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from briefing import document
from briefing import verify as verification
from briefing.cli import console


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="Briefing file.")],
    base: Annotated[
        Path, typer.Option("--base", metavar="DIR", help="Where relative paths of documents start.")
    ] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Check hashes, offsets, quotes and citations; needs no model. Exit 1 if something fails.

    Example: briefing verify briefing.json --base ~/case-12
    """
    report = verification.verify(document.load(file), base=base)
    console.result(report.model_dump_json(indent=2) + "\n" if as_json else _table(report))
    if not report.ok:
        console.say(f"error: {file}: {report.failed} of {len(report.checks)} checks failed")
        raise typer.Exit(1)


def _table(report: verification.Report) -> str:
    """What each source was compared with, what passed by kind of check, and each failure."""
    width = max((len(source.source_id) for source in report.sources), default=0)
    lines = ["Sources, and what their text was compared with:"]
    lines += [
        f"  {source.source_id:{width}}  {source.compared:18}  {source.name}"
        for source in report.sources
    ]
    every = Counter(check.name for check in report.checks)
    passed = Counter(check.name for check in report.checks if check.passed)
    lines.append("Checks passed:")
    lines += [f"  {name:11} {passed[name]:6} of {count:6}" for name, count in every.items()]
    failures = [check for check in report.checks if not check.passed]
    if failures:
        lines.append("Failed:")
        lines += [f"  {check.item}  {check.name}: {check.reason}" for check in failures]
    else:
        lines.append(f"All {len(report.checks)} checks passed.")
    return "".join(f"{' '.join(line.splitlines())}\n" for line in lines)
