"""Limits for figures: ``METRIC=VALUE`` or ``METRIC@GROUP=VALUE``, and which a report misses.

What was not measured has not passed.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from briefing.errors import UserError
from briefing.evals.report import EvalReport
from briefing.types import Value

Name = tuple[str, str]
"""(metric, group)."""


class Threshold(Value):
    """A limit for ``metric`` over ``group``: at least ``limit``, or at most where ``most``."""

    metric: str
    group: str = ""
    limit: float
    most: bool = False

    @property
    def name(self) -> str:
        """``metric`` or ``metric@group``."""
        return _written((self.metric, self.group))


def parse(text: str, *, most: bool = False) -> Threshold:
    """``balanced_accuracy@wice=0.76`` as a value. Raises: UserError where it is none."""
    name, equals, number = text.rpartition("=")
    metric, _, group = name.strip().partition("@")
    try:
        limit = float(number) if equals and metric else math.nan
    except ValueError:
        limit = math.nan
    if not math.isfinite(limit):
        hint = "Write METRIC=VALUE or METRIC@GROUP=VALUE, such as balanced_accuracy@wice=0.76."
        raise UserError(f"{text!r} is no threshold", hint)
    return Threshold(metric=metric, group=group, limit=limit, most=most)


def measured(report: EvalReport) -> set[Name]:
    """(metric, group) of all figures and timings of ``report``."""
    timings = (name.partition("@") for name in report.timings)
    figures = {(figure.metric, figure.group) for figure in report.figures}
    return figures | {(metric, group) for metric, _, group in timings}


def check_known(thresholds: Iterable[Threshold], known: Collection[Name]) -> None:
    """Find a misspelt metric before hours of work. Raises: UserError that lists what there is."""
    for threshold in thresholds:
        if not _found(threshold, known):
            groups = sorted({group for metric, group in known if metric == threshold.metric})
            there = ", ".join(group or "(all)" for group in groups)
            if groups:
                hint = f"{threshold.metric} is measured over: {there}."
            else:
                hint = f"There are: {', '.join(sorted({metric for metric, _ in known}))}."
            raise UserError(f"{threshold.name} is not measured here", hint)


def below(report: EvalReport, thresholds: Sequence[Threshold]) -> list[str]:
    """What ``report`` misses, a message each. Raises: UserError for an unknown metric."""
    known = measured(report)
    check_known(thresholds, known)
    messages = []
    for threshold in thresholds:
        name = _found(threshold, known)
        value = _value(report, name) if name else None
        bound = f"{'at most' if threshold.most else 'at least'} {threshold.limit:g}"
        if value is None:
            messages.append(f"{threshold.name} was not measured; it must be {bound}")
        elif value > threshold.limit if threshold.most else value < threshold.limit:
            messages.append(f"{threshold.name} is {value:.4g}; it must be {bound}")
    return messages


def _found(threshold: Threshold, known: Collection[Name]) -> Name | None:
    """The figure that is meant; a group may be left out where only one can be meant."""
    exact = (threshold.metric, threshold.group)
    if exact in known:
        return exact
    inside = f"{threshold.group}/" if threshold.group else ""
    near = [name for name in known if name[0] == threshold.metric and name[1].startswith(inside)]
    return near[0] if len(near) == 1 else None


def _value(report: EvalReport, name: Name) -> float | None:
    figure = report.figure(*name)
    return figure.value if figure else report.timings.get(_written(name))


def _written(name: Name) -> str:
    return "@".join(part for part in name if part)
