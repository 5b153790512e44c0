"""Figures of ``briefing eval suite``: over all cases of a prompt set, and over each case.

Within a case, intervals are those of ``briefing eval file``. Over all cases, whole cases are drawn:
what is found in one case says little of another event. A bootstrap of two or three cases has hardly
any spread, so an interval is never narrower than that of the statements drawn one by one. A case
belongs to a group: its name, after the prompt set and a slash where there are several sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from briefing.evals import file_figures
from briefing.evals.file_figures import Metric, share
from briefing.evals.report import Figure, Item

CASE: Final = "case"
"""The kind of the item that stands for a case as a whole."""
ANNOTATED: Final = "annotated"
"""The score that says of a case whether it has annotations."""
PASSED: Final = "cases_passed"

_PASSED: Final = Metric(PASSED, "passed", "", "cases that keep all their thresholds")
_GOLD: Final = (
    Metric("outcomes_covered", "outcome_covered", "", "annotated outcomes that are shown"),
    Metric(
        "important_outcomes_covered",
        "outcome_covered",
        "important",
        "annotated outcomes of importance 3 that are shown",
    ),
    Metric("outcomes_annotated", "outcome_annotated", "", "shown outcomes that are annotated"),
    Metric("quotes_found", "quote_found", "", "annotated quotes that are shown"),
    Metric("quotes_extra", "quote_extra", "", "shown quotes that are not annotated"),
    Metric("speaker_as_annotated", "speaker_as_annotated", "", "of the quotes found"),
    Metric("speaker_misattributed", "speaker_misattributed", "", "quotes found, another's name"),
    Metric("speaker_missed", "speaker_missed", "", "quotes found, speaker not established"),
    Metric("questions_found", "question_found", "", "annotated open questions that are shown"),
    Metric("questions_annotated", "question_annotated", "", "shown questions that are annotated"),
)
GOLD_METRICS: Final = tuple(metric.name for metric in _GOLD)
CASE_METRICS: Final = (*file_figures.METRICS, *GOLD_METRICS)
"""What a case can have a threshold for; the second half only with annotations."""


def figures(items: Sequence[Item]) -> tuple[Figure, ...]:
    """All figures over each prompt set (group "" where there is one), then over each case."""
    groups = list(dict.fromkeys(item.group for item in items))
    sets = dict.fromkeys(set_of(group) for group in groups)
    found: list[Figure] = []
    for name in sets:
        here = [item for item in items if set_of(item.group) == name]
        found += _over_cases(here, name)
        passed = share(_PASSED, here)
        found.append(passed.model_copy(update={"group": name}))
    for group in groups:
        found += _over([item for item in items if item.group == group], group)
    return tuple(found)


def case_figures(items: Sequence[Item], annotated: bool) -> tuple[Figure, ...]:
    """The figures of one case; those of annotations only where it has some."""
    gold = [share(metric, items) for metric in _GOLD] if annotated else []
    return (*file_figures.figures(items), *gold)


def set_of(group: str) -> str:
    """The prompt set of a group, empty where there is only one."""
    return group.rpartition("/")[0]


def _over_cases(items: Sequence[Item], group: str) -> Iterator[Figure]:
    """Figures with the wider of the intervals over cases and over what is in them."""
    by_case = [i.model_copy(update={"cluster": i.group}) for i in items]
    by_item = [i.model_copy(update={"cluster": f"{i.group}/{i.cluster}"}) for i in items]
    for wide, narrow in zip(_over(by_case, group), _over(by_item, group), strict=True):
        lows = [each.low for each in (wide, narrow) if each.low is not None]
        highs = [each.high for each in (wide, narrow) if each.high is not None]
        bounds = {"low": min(lows, default=None), "high": max(highs, default=None)}
        yield wide.model_copy(update=bounds)


def _over(items: Sequence[Item], group: str) -> Iterable[Figure]:
    annotated = any(item.scores.get(ANNOTATED) for item in items)
    found = case_figures(items, annotated)
    return (figure.model_copy(update={"group": group}) for figure in found)
