"""``briefing eval data``: how right the checker is on labelled statements of others.

The checker gets every passage of a document as cited and finds its evidence itself. A plain
lexical baseline judges the same statements.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from briefing.evals import data_figures
from briefing.evals.baseline import Baseline, lexical
from briefing.evals.data_figures import EVIDENCE_METRICS, METRICS, Published, verdict_score
from briefing.evals.datasets.values import Labelled, LabelledSet
from briefing.evals.report import EvalReport, Item
from briefing.grounding.verdicts import Checker, Ground, StatementVerdict, Task

Progress = Callable[[int, int], None]
RunValue = str | int | float | bool | None

BATCH: Final = 64
"""Statements that the checker is given at a time: it knows how to batch what it asks a model."""
TIMINGS: Final = ("seconds", "seconds_per_statement", "seconds_per_claim")
ANCHORS: Final[Mapping[str, Mapping[str, float]]] = {
    "wice": {
        "MiniCheck-Flan-T5-L": 0.722,
        "HHEM-2.1": 0.759,
        "GPT-4o": 0.785,
        "Bespoke-MiniCheck-7B": 0.830,
        "capitals and numbers": 0.695,
    },
    "summedits/news": {"QAFactEval": 0.744, "ChatGPT": 0.744, "GPT-4": 0.833},
    "summedits/podcast": {"QAFactEval": 0.637, "ChatGPT": 0.684, "GPT-4": 0.827},
    "summedits/ectsum": {"QAFactEval": 0.726, "ChatGPT": 0.786, "GPT-4": 0.870},
}
"""Published balanced accuracies on the test data of each set."""


def evaluate(
    sets: Sequence[LabelledSet],
    checker: Checker,
    *,
    baseline: Baseline = lexical,
    run: Mapping[str, RunValue] | None = None,
    progress: Progress | None = None,
) -> EvalReport:
    """Check every statement of ``sets`` and hold the verdicts against the labels.

    ``run`` says what the result depends on; its ``seed`` (0 where absent) is that of halvings and
    bootstrap. ``progress`` gets (statements done, all).
    """
    about = {"seed": 0, "baseline": "names, numbers and content words", **(run or {})}
    total = sum(len(each.items) for each in sets)
    items: list[Item] = []
    timings: dict[str, float] = {}
    for each in sets:
        done = len(items)
        began = time.perf_counter()
        verdicts = _checked(each, checker, _shifted(progress, done, total))
        timings |= _timings(each.name, time.perf_counter() - began, verdicts)
        items += _judged(each, verdicts, baseline)
    timings |= _total(timings, len(items), sum(map(_claims, items)))
    names = ", ".join(each.name for each in sets)
    report = EvalReport(
        kind="data", title=f"Labelled data: {names}", figures=(), items=tuple(items), run=about
    )
    published = _published(sets, whole=about.get("limit") is None)
    return _scored(report.model_copy(update={"timings": timings}), published)


def rescore(report: EvalReport) -> EvalReport:
    """``report`` with its figures computed again from its items; published ones are kept."""
    kept = {(each.metric, each.group): dict(each.published) for each in report.figures}
    return _scored(report, kept)


def measured(sets: Sequence[LabelledSet]) -> set[tuple[str, str]]:
    """(metric, group) of all that :func:`evaluate` will report on ``sets``."""
    groups = data_figures.tree(each.name for each in sets)
    known = {each.name for each in sets if any(item.evidence for item in each.items)}
    for group, parts in groups.items():
        if known.intersection(parts):
            known.add(group)
    names = {(metric, group) for group in groups for metric in METRICS}
    missing = {(metric, group) for metric in EVIDENCE_METRICS for group in groups.keys() - known}
    clocks = {(name, group) for name in TIMINGS for group in ("", *(s.name for s in sets))}
    return (names - missing) | clocks


def _scored(report: EvalReport, published: Published) -> EvalReport:
    seed = report.run.get("seed")
    figures = data_figures.figures(report.items, published, seed if isinstance(seed, int) else 0)
    curves = data_figures.curves(report.items)
    return report.model_copy(update={"figures": figures, "curves": curves})


def _checked(each: LabelledSet, checker: Checker, progress: Progress) -> list[StatementVerdict]:
    tasks = list(tasks_of(each))
    verdicts: list[StatementVerdict] = []
    for start in range(0, len(tasks), BATCH):
        report = _shifted(progress, start, len(tasks))
        verdicts += checker.check(tasks[start : start + BATCH], report)
        progress(len(verdicts), len(tasks))
    return verdicts


def tasks_of(each: LabelledSet) -> Iterator[Task]:
    """A task for each item; statements of one document share its grounds."""
    grounds: dict[tuple[str, ...], tuple[Ground, ...]] = {}
    for item in each.items:
        if item.passages not in grounds:
            grounds[item.passages] = tuple(
                Ground(id=_ground_id(item, index), text=text)
                for index, text in enumerate(item.passages)
            )
        yield Task(
            id=f"{each.name}:{item.id}",
            statement=item.statement,
            cited=grounds[item.passages],
        )


def _ground_id(item: Labelled, index: int) -> str:
    return f"{item.document}.{index}"


def _shifted(progress: Progress | None, done: int, total: int) -> Progress:
    """Progress within a set as progress within the whole."""

    def report(now: int, _: int) -> None:
        if progress is not None:
            progress(done + now, total)

    return report


def _judged(
    each: LabelledSet, verdicts: Sequence[StatementVerdict], baseline: Baseline
) -> Iterator[Item]:
    for item, task, verdict in zip(each.items, tasks_of(each), verdicts, strict=True):
        yield Item(
            id=item.id,
            group=each.name,
            cluster=item.document,
            text=item.statement,
            section=item.split,
            label=item.label,
            kind=item.kind,
            verdict=verdict,
            scores={
                "score": verdict_score(verdict.verdict, verdict.probability),
                "baseline": baseline(item.statement, task.cited),
                **_retrieval(item, verdict),
            },
        )


def _retrieval(item: Labelled, verdict: StatementVerdict) -> dict[str, float]:
    """Whether one whole set of evidence was among the passages used, and how many those were."""
    if not item.evidence:
        return {}
    used = {ground for claim in verdict.claims for ground in claim.grounds}
    hit = any({_ground_id(item, index) for index in group} <= used for group in item.evidence)
    return {"evidence_hit": float(hit), "grounds_used": float(len(used))}


def _published(sets: Sequence[LabelledSet], *, whole: bool) -> Published:
    """Anchors, marked as from other data unless the whole test split was read."""
    found = {}
    for each in sets:
        same = whole and {item.split for item in each.items} == {"test"}
        where = "test" if same else "test, other split"
        anchors = ANCHORS.get(each.name, {})
        found["balanced_accuracy", each.name] = {
            f"{name} ({where})": value for name, value in anchors.items()
        }
    return found


def _timings(name: str, seconds: float, verdicts: Sequence[StatementVerdict]) -> dict[str, float]:
    claims = sum(max(1, len(verdict.claims)) for verdict in verdicts)
    values = (seconds, seconds / max(1, len(verdicts)), seconds / max(1, claims))
    return {f"{metric}@{name}": value for metric, value in zip(TIMINGS, values, strict=True)}


def _total(timings: Mapping[str, float], statements: int, claims: int) -> dict[str, float]:
    seconds = sum(value for name, value in timings.items() if name.startswith("seconds@"))
    values = (seconds, seconds / max(1, statements), seconds / max(1, claims))
    return dict(zip(TIMINGS, values, strict=True))


def _claims(item: Item) -> int:
    return max(1, len(item.verdict.claims)) if item.verdict else 1
