"""Grounding figures of two briefings from their saved ``briefing eval file`` reports, paired."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from briefing.compare.changes import Matched
from briefing.compare.figures import clusters, paired
from briefing.entries import entries
from briefing.errors import UserError
from briefing.evals.file_figures import MEASURES
from briefing.evals.report import EvalReport, Figure, Item
from briefing.types import Briefing

_CHECKER: Final = ("model", "judge", "seed", "briefing_version")
_PART: Final = re.compile(r"-\d+$")
"""Sides of a disagreement and further wordings of a quote have the item's id and a number."""


def check_fits(report: EvalReport, briefing: Briefing, names: tuple[str, str]) -> None:
    """Make sure that ``report`` is about ``briefing``; ``names`` are the files of the two.

    Raises: UserError.
    """
    name, file = names
    hint = f"Give the report that `briefing eval file {file} --json` wrote, in the same order."
    if report.kind != "file" or report.run.get("form") != "briefing":
        raise UserError(f"{name} is no report of `briefing eval file` on a briefing", hint)
    texts = {entry.id: entry.text for entry in entries(briefing)}
    if not any(item.kind in {"statement", "quote"} for item in report.items) and texts:
        raise UserError(f"{name} judges nothing, but {file} has items", hint)
    for item in report.items:
        if item.kind != "statement":
            continue
        known = _entry_of(item.cluster, texts)
        if known is None or (known == item.cluster and texts[known] != item.text):
            raise UserError(f"{name} is not about {file}: it judges another {item.id}", hint)


def own_grounding(report: EvalReport, letter: str) -> Iterator[Figure]:
    """The figures of a report, as the group ``letter``."""
    for figure in report.figures:
        yield figure.model_copy(update={"group": letter})


def grounding_differences(
    matched: Matched, reports: tuple[EvalReport, EvalReport], group: str
) -> Iterator[Figure]:
    """Each grounding figure of the second report minus that of the first."""
    names = clusters(matched)
    before = _clustered(reports[0].items, names[0], "1")
    after = _clustered(reports[1].items, names[1], "2")
    for measure in MEASURES:
        yield paired(measure, after, before, group)


def checker_notes(reports: Sequence[EvalReport]) -> Iterator[str]:
    """What makes grounding figures hard to compare: that not one checker judged."""
    for key in _CHECKER:
        values = [str(report.run.get(key)) for report in reports]
        if len(set(values)) > 1:
            name = key.replace("_", " ")
            yield (
                f"The reports were made with different checkers ({name}: {', '.join(values)}): "
                "compare figures of one checker only."
            )


def _clustered(items: Sequence[Item], names: Mapping[str, str], side: str) -> list[Item]:
    """``items`` in the clusters of the comparison; what it does not know stays apart."""
    return [item.model_copy(update={"cluster": _cluster(item, names, side)}) for item in items]


def _cluster(item: Item, names: Mapping[str, str], side: str) -> str:
    if item.kind == "source":
        return names.get(f"source {item.id}", f"{side} source {item.id}")
    known = _entry_of(item.cluster, names)
    return names[known] if known is not None else f"{side} {item.cluster}"


def _entry_of(cluster: str, known: Mapping[str, str]) -> str | None:
    """The id of the entry that a cluster of a report belongs to."""
    if cluster in known:
        return cluster
    whole = _PART.sub("", cluster)
    return whole if whole in known else None
