"""The figures of a suite side by side, a column for each prompt set and baseline."""

from __future__ import annotations

from typing import Final, NamedTuple

from briefing.evals.report import EvalReport, Figure
from briefing.evals.suite_figures import case_of, column_of, compared, difference_of

DIFFERENCE: Final = "Δ: the first column minus this one, with cases drawn for both at once."


class Columns(NamedTuple):
    """A table: ``rows`` have what the figures are over, the metric, and a cell for each column."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def columns(report: EvalReport) -> Columns | None:
    """The figures of ``report`` by column; None where there is only one."""
    if report.kind != "suite":
        return None
    names = tuple(dict.fromkeys(column_of(item.group) for item in report.items))
    if len(names) < 2:
        return None
    differences = {difference_of(pair): pair[1] for pair in compared(names)}
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for figure in report.figures:
        if figure.group in differences:
            row = cells.setdefault(("all", figure.metric), {})
            row[differences[figure.group]] += _difference(figure)
        else:
            name, case = _parts(figure.group, names)
            cells.setdefault((case or "all", figure.metric), {})[name] = _cell(figure)
    rows = ((*key, *(found.get(name, "") for name in names)) for key, found in cells.items())
    return Columns(names, tuple(rows))


def _parts(group: str, names: tuple[str, ...]) -> tuple[str, str]:
    """The column and the case of a group; the case is empty where it is all of them."""
    return (group, "") if group in names else (column_of(group), case_of(group))


def _cell(figure: Figure) -> str:
    """``0.857 [0.72 0.94] n 12``."""
    if figure.value is None:
        return "not measured"
    return f"{figure.value:.3f}{_bounds(figure)} n {figure.n}"


def _difference(figure: Figure) -> str:
    """``; Δ +0.445 [+0.31 +0.58]``."""
    if figure.value is None:
        return ""
    return f"; Δ {figure.value:+.3f}{_bounds(figure, '+')}"


def _bounds(figure: Figure, sign: str = "") -> str:
    low, high = figure.low, figure.high
    return "" if low is None or high is None else f" [{low:{sign}.2f} {high:{sign}.2f}]"
