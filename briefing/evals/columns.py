"""The figures of a suite side by side, a column for each prompt set."""

from __future__ import annotations

from typing import NamedTuple

from briefing.evals.report import EvalReport, Figure
from briefing.evals.suite_figures import set_of


class Columns(NamedTuple):
    """A table: ``rows`` have what the figures are over, the metric, and a cell for each set."""

    sets: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def columns(report: EvalReport) -> Columns | None:
    """The figures of ``report`` by prompt set; None where there is only one."""
    if report.kind != "suite":
        return None
    sets = tuple(dict.fromkeys(set_of(item.group) for item in report.items))
    if len(sets) < 2:
        return None
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for figure in report.figures:
        name, case = _parts(figure.group, sets)
        cells.setdefault((case or "all", figure.metric), {})[name] = _cell(figure)
    rows = ((*key, *(found.get(name, "") for name in sets)) for key, found in cells.items())
    return Columns(sets, tuple(rows))


def _parts(group: str, sets: tuple[str, ...]) -> tuple[str, str]:
    """The prompt set and the case of a group; the case is empty where it is all of them."""
    return (group, "") if group in sets else (set_of(group), group.rpartition("/")[2])


def _cell(figure: Figure) -> str:
    """``0.857 [0.72 0.94] n 12``."""
    if figure.value is None:
        return "not measured"
    low, high = figure.low, figure.high
    bounds = "" if low is None or high is None else f" [{low:.2f} {high:.2f}]"
    return f"{figure.value:.3f}{bounds} n {figure.n}"
