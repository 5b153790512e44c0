"""What the cases of a suite found, as one report.

Every figure is computed from items, so that a saved report can be scored again without a model. A
case that failed has no scores, and its error is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefing import __version__
from briefing.evals import columns, suite_figures, thresholds
from briefing.evals.report import EvalReport, Figure, Item
from briefing.evals.suite import About, CaseResult, Trial
from briefing.grounding.verdicts import StatementVerdict


def missed(trial: Trial, result: CaseResult) -> list[str]:
    """The thresholds of its case that ``result`` does not keep, in words."""
    if result.error or trial.baseline is not None:
        return []
    return thresholds.below(_alone(trial, result), trial.case.thresholds)


def case_figures(trial: Trial, result: CaseResult) -> tuple[Figure, ...]:
    """The figures of one case; none where it failed."""
    return () if result.error else _alone(trial, result).figures


def report_of(results: Sequence[tuple[Trial, CaseResult]]) -> EvalReport:
    """All results as one report."""
    items = [item for trial, result in results for item in _items(trial, result)]
    return EvalReport(
        kind="suite",
        title=f"Suite of {len({trial.case.name for trial, _ in results})} cases",
        figures=suite_figures.figures(items),
        items=tuple(items),
        notes=tuple(_notes(results)),
        run={"briefing_version": __version__, **_about(results)},
        timings={f"seconds@{trial.group}": r.seconds for trial, r in results if not r.error},
    )


def rescore(report: EvalReport) -> EvalReport:
    """``report`` with its figures computed again from its items."""
    return report.model_copy(update={"figures": suite_figures.figures(report.items)})


def measured(planned: Iterable[Trial]) -> set[thresholds.Name]:
    """(metric, group) of everything that a report on ``planned`` has."""
    found: set[thresholds.Name] = set()
    names_of: dict[str, list[str]] = {}
    for trial in planned:
        over = suite_figures.column_of(trial.group)
        gold = suite_figures.GOLD_METRICS if trial.case.gold else ()
        names = [n for n in suite_figures.CASE_METRICS if n not in suite_figures.GOLD_METRICS]
        found |= {(name, group) for name in (*names, *gold) for group in (over, trial.group)}
        found |= {("seconds", trial.group), (suite_figures.PASSED, over)}
        names_of.setdefault(over, []).extend((*names, *gold))
    for pair in suite_figures.compared(list(names_of)):
        found |= {(name, suite_figures.difference_of(pair)) for name in names_of[pair[1]]}
    return found


def _alone(trial: Trial, result: CaseResult) -> EvalReport:
    figures = suite_figures.case_figures(result.items, trial.case.gold is not None)
    return EvalReport(kind="suite", title="", figures=figures, items=result.items)


def _about(results: Sequence[tuple[Trial, CaseResult]]) -> About:
    """What all cases share once, the rest by case."""
    finished = [(trial, result) for trial, result in results if not result.error]
    found: About = {}
    for key in dict.fromkeys(key for _, result in finished for key in result.about):
        values = {trial.group: result.about.get(key) for trial, result in finished}
        if len(set(values.values())) == 1:
            found[key] = next(iter(values.values()))
        else:
            found |= {f"{key} of {group}": value for group, value in values.items()}
    return found


def _items(trial: Trial, result: CaseResult) -> Iterator[Item]:
    """The case as a whole, then what was judged in it."""
    lacking = missed(trial, result)
    scores = {suite_figures.ANNOTATED: float(trial.case.gold is not None)}
    if trial.case.thresholds and not result.error and trial.baseline is None:
        scores["passed"] = float(not lacking)
    verdict = None
    if lacking:
        reason = "; ".join(lacking)
        verdict = StatementVerdict(id=trial.case.name, verdict="unsupported", reason=reason)
    yield Item(
        id=trial.case.name,
        group=trial.group,
        cluster=trial.group,
        text=f"{trial.case.path.name}: the case as a whole",
        kind=suite_figures.CASE,
        verdict=verdict,
        scores=scores,
        error=result.error,
    )
    yield from (item.model_copy(update={"group": trial.group}) for item in result.items)


def _notes(results: Sequence[tuple[Trial, CaseResult]]) -> Iterator[str]:
    if len({suite_figures.column_of(trial.group) for trial, _ in results}) > 1:
        yield columns.DIFFERENCE
    failed = [(trial, result) for trial, result in results if result.error]
    if failed:
        yield f"{len(failed)} of {len(results)} cases could not be run and are in no figure."
    yield from (f"{trial.group} failed: {result.error}" for trial, result in failed)
    for trial, result in results:
        yield from (f"{trial.group} misses: {message}" for message in missed(trial, result))
        yield from (f"{trial.group}: {note}" for note in result.notes)
