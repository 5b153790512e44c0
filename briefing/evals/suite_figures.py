"""Figures of ``briefing eval suite``: over all cases of a column, and over each case.

Within a case, intervals are those of ``briefing eval file``. Over all cases, whole cases are drawn:
what is found in one case says little of another event. A bootstrap of two or three cases has hardly
any spread, so an interval is never narrower than that of the statements drawn one by one. A case
belongs to a group: its name, after the column and a slash where there are several. A column is a
prompt set or a baseline; the first is compared with each of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from briefing.evals import file_figures, measures
from briefing.evals.measures import F1, Mean, Measure, Share
from briefing.evals.report import Figure, Item

CASE: Final = "case"
"""The kind of the item that stands for a case as a whole."""
ANNOTATED: Final = "annotated"
"""The score that says of a case whether it has annotations."""
PASSED: Final = "cases_passed"

_PASSED: Final = Share(PASSED, "passed", "", "cases that keep all their thresholds")
_SHOWN: Final[tuple[Measure, ...]] = (
    *file_figures.MEASURES,
    Share("quotes_exact", "quote_exact", "", "shown quotes that are their source's, to the letter"),
)
_FOUND: Final = Share("questions_found", "question_found", "", "annotated questions, shown")
_ASKED: Final = Share("questions_annotated", "question_annotated", "", "shown ones, annotated")
_JOINED: Final = Share(
    "joins_recall",
    "pairs_joined",
    "pairs_to_join",
    "pairs of sources that tell one shown annotated outcome, joined in one",
)
_RIGHTLY: Final = Share(
    "joins_precision", "pairs_right", "pairs_shown", "joined passages that tell the same outcome"
)
_GOLD: Final[tuple[Measure, ...]] = (
    Share("outcomes_covered", "outcome_covered", "", "annotated outcomes that are shown"),
    Share(
        "important_outcomes_covered",
        "outcome_covered",
        "important",
        "annotated outcomes of importance 3 that are shown",
    ),
    Share("outcomes_annotated", "outcome_annotated", "", "shown outcomes that are annotated"),
    _RIGHTLY,
    _JOINED,
    F1("joins_f1", _JOINED, _RIGHTLY, "harmonic mean of the two"),
    Share("quotes_found", "quote_found", "", "annotated quotes that are shown"),
    Share("quotes_extra", "quote_extra", "", "shown quotes that are not annotated"),
    Share("speaker_as_annotated", "speaker_as_annotated", "", "of the quotes found"),
    Share("speaker_misattributed", "speaker_misattributed", "", "quotes found, another's name"),
    Share("speaker_missed", "speaker_missed", "", "quotes found, speaker not established"),
    _FOUND,
    _ASKED,
    F1("questions_f1", _FOUND, _ASKED, "harmonic mean of the two"),
    Share("conflicts_found", "conflict_found", "", "annotated conflicts, shown as such"),
    Share("updates_found", "update_found", "", "annotated updates, shown as such"),
    Share("conflicts_wrong", "conflict_wrong", "", "shown conflicts that are not annotated"),
    Mean("wrong_conflicts", "wrong_conflicts", "their number in a case"),
    Mean(
        "compatible_called_conflict",
        "compatible_conflicts",
        "of these, annotated updates or mere precision, in a case",
    ),
)
GOLD_METRICS: Final = tuple(measure.name for measure in _GOLD)
CASE_METRICS: Final = (*(measure.name for measure in _SHOWN), *GOLD_METRICS)
"""What a case can have a threshold for; the second half only with annotations."""


def figures(items: Sequence[Item]) -> tuple[Figure, ...]:
    """All figures over each column (group "" where there is one), then over each case.

    Last, the first column minus each other one, as the groups of :func:`compared`.
    """
    groups = list(dict.fromkeys(item.group for item in items))
    columns = dict.fromkeys(column_of(group) for group in groups)
    found: list[Figure] = []
    for name in columns:
        here = [item for item in items if column_of(item.group) == name]
        found += _over_cases(here, name)
        found.append(_PASSED.figure(here).model_copy(update={"group": name}))
    for group in groups:
        found += _over([item for item in items if item.group == group], group)
    for pair in compared(list(columns)):
        found += _differences(items, pair)
    return tuple(found)


def case_figures(items: Sequence[Item], annotated: bool) -> tuple[Figure, ...]:
    """The figures of one case; those of annotations only where it has some."""
    return measures.figures(_measures(annotated), items)


def column_of(group: str) -> str:
    """The column of a group, empty where there is only one."""
    return group.rpartition("/")[0]


def case_of(group: str) -> str:
    """The case of a group."""
    return group.rpartition("/")[2]


def compared(columns: Sequence[str]) -> list[tuple[str, str]]:
    """The first column with each other one."""
    return [(columns[0], other) for other in columns[1:]]


def difference_of(pair: tuple[str, str]) -> str:
    """The group of figures that are one column minus another: ``ours-lead``."""
    return "-".join(pair)


def _measures(annotated: bool) -> tuple[Measure, ...]:
    return (*_SHOWN, *_GOLD) if annotated else _SHOWN


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
    found = case_figures(items, _annotated(items))
    return (figure.model_copy(update={"group": group}) for figure in found)


def _annotated(items: Iterable[Item]) -> bool:
    return any(item.scores.get(ANNOTATED) for item in items)


def _differences(items: Sequence[Item], pair: tuple[str, str]) -> Iterator[Figure]:
    """One column minus another, over the cases that both have finished."""
    sides = [[i for i in items if column_of(i.group) == column] for column in pair]
    finished = [
        {case_of(i.group) for i in side} - {case_of(i.group) for i in side if _failed(i)}
        for side in sides
    ]
    both = finished[0] & finished[1]
    ours, theirs = (
        [
            i.model_copy(update={"cluster": case_of(i.group)})
            for i in side
            if case_of(i.group) in both
        ]
        for side in sides
    )
    for measure in _measures(_annotated(ours)):
        yield measures.difference(measure, ours, theirs, difference_of(pair))


def _failed(item: Item) -> bool:
    return item.kind == CASE and bool(item.error)
