"""``briefing eval suite``: briefings made from cases, judged, and held against annotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import console, eval_bench, eval_report, places
from briefing.cli.progress import reporting

if TYPE_CHECKING:
    from briefing.evals.suite import Baseline, CaseResult, Trial
    from briefing.evals.suite_bench import Openers

CASES = Path("evals/cases")
FAILED = 1
"""Exit status where a case could not be run, and the others keep their thresholds."""


@dataclass(frozen=True)
class SuiteBench:
    """What the command works with: engines and checkers, with a model or without."""

    openers: Callable[[bool], Openers]


def suite(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FOLDER|FILES…]", help=f"Cases; default: {CASES}."),
    ] = None,
    case: Annotated[
        list[str] | None, typer.Option("--case", metavar="NAME", help="Only this; repeatable.")
    ] = None,
    prompts: Annotated[
        list[str] | None,
        typer.Option(metavar="SET|PATH", help="Every case with this prompt set; repeatable."),
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", help="For all cases, whatever they name.")
    ] = None,
    no_model: eval_bench.NoModelOption = False,
    baseline: Annotated[
        list[str] | None,
        typer.Option(metavar="lead|plain", help="Beside ours: such a baseline; repeatable."),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh/--resume", help="Run finished cases again, or use them.")
    ] = False,
    workdir: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where finished cases are kept; else your cache."),
    ] = None,
    output_format: eval_report.FormatOption = None,
    output: eval_report.OutputOption = None,
    json: eval_report.JsonOption = None,
    fail_under: eval_report.UnderOption = None,
    fail_over: eval_report.OverOption = None,
    settings_file: eval_bench.ConfigOption = None,
) -> None:
    """Make a briefing for every case, judge it, and hold it against annotations and thresholds.

    Exit status 3: a threshold is missed; 1: a case could not be run. See docs/evals-suite.md.

    Example: briefing eval suite evals/cases --prompts default --prompts my-prompts
    """
    from briefing.evals import cases
    from briefing.evals.suite import source_files, trials
    from briefing.evals.suite_report import measured

    settings = eval_bench.settings(model, settings_file, no_model=no_model)
    wanted = eval_report.delivery(output_format, output, json, fail_under, fail_over)
    found = cases.load(cases.find(files or [CASES]), case or ())
    beside = _baselines(baseline or (), no_model)
    planned = trials(found, settings, sets=prompts or (), model=model, baselines=beside)
    eval_report.check_limits(wanted, measured(planned))
    places.check([output, json], [path for each in found for path in source_files(each)])
    bench = context.obj if isinstance(context.obj, SuiteBench) else SuiteBench(_openers)
    results = _run(planned, bench.openers(not no_model), workdir, not no_model, fresh)
    _finish(results, wanted)


def _run(
    planned: Sequence[Trial], openers: Openers, workdir: Path | None, judge: bool, fresh: bool
) -> list[tuple[Trial, CaseResult]]:
    from briefing.evals.suite import run_all
    from briefing.evals.suite_bench import Bench
    from briefing.paths import cache_dir
    from briefing.store import Store

    store = Store(workdir or cache_dir() / "evals")
    results = []
    with Bench(openers, store, judge=judge, fresh=fresh) as bench, reporting() as report:
        for number, (trial, result) in enumerate(run_all(planned, bench, report), 1):
            console.say(f"{number}/{len(planned)} {trial.group}: {_told(result)}")
            results.append((trial, result))
    store.trim()
    for warning in store.warnings:
        console.say(warning)
    return results


def _finish(results: Sequence[tuple[Trial, CaseResult]], wanted: eval_report.Delivery) -> None:
    """Write the report and end with the status that the results have earned."""
    from briefing.evals.suite_report import missed, report_of

    below = [(trial.group, text) for trial, result in results for text in missed(trial, result)]
    for group, text in below:
        console.say(f"missed: {group}: {text}")
    eval_report.deliver(report_of(results), wanted)
    if below:
        raise typer.Exit(eval_report.MISSED)
    if any(result.error for _, result in results):
        raise typer.Exit(FAILED)


def _told(result: CaseResult) -> str:
    if result.error:
        return f"failed: {result.error}"
    return "finished earlier" if result.kept else f"{result.seconds:.0f} s"


def _baselines(given: Sequence[str], no_model: bool) -> tuple[Baseline, ...]:
    from briefing.evals.suite import BASELINES

    for name in given:
        if name not in BASELINES:
            message = f"{name!r} is none of {', '.join(BASELINES)}"
            raise typer.BadParameter(message, param_hint="--baseline")
    if no_model and "plain" in given:
        raise typer.BadParameter("it asks a model", param_hint="--baseline plain")
    return tuple(known for known in BASELINES if known in given)


def _openers(model: bool) -> Openers:
    from briefing.evals.suite_bench import openers

    return openers(model=model)
