"""From briefings to their comparison: the first against each of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.compare import figures as shown_figures
from briefing.compare import grounding
from briefing.compare.changes import Matched, changes
from briefing.compare.runs import run_differences
from briefing.compare.values import Compared, Comparison, Pair
from briefing.compare.verdict import verdict
from briefing.entries import KINDS, entries
from briefing.errors import UserError
from briefing.evals.report import EvalReport, Figure
from briefing.types import Briefing

MOST = 26
"""Briefings that can be compared at once: one for each letter."""


class Named(NamedTuple):
    """A briefing with the name of its file and, if there is one, its evaluation report."""

    name: str
    briefing: Briefing
    report: EvalReport | None = None


def compare(given: Sequence[Named]) -> Comparison:
    """Compare the first briefing with each of the others; figures of all of them.

    Raises: UserError for less than two, for too many, and for a report on something else.
    """
    if not 2 <= len(given) <= MOST:
        raise UserError(f"{len(given)} briefings cannot be compared", f"Name two, or up to {MOST}.")
    letters = [chr(ord("A") + n) for n in range(len(given))]
    pairs: list[Pair] = []
    differences: list[Figure] = []
    for letter, other in zip(letters[1:], given[1:], strict=True):
        matched = Matched(given[0].briefing, other.briefing)
        found = tuple(shown_figures.differences(matched, f"{letter}-A"))
        pairs.append(_pair(matched, (letters[0], letter), found))
        differences += found
    own = [f for x, g in zip(letters, given, strict=True) for f in _own(g.briefing, x)]
    return Comparison(
        briefings=tuple(_compared(x, g) for x, g in zip(letters, given, strict=True)),
        pairs=tuple(pairs),
        figures=(*own, *differences),
        grounding=tuple(_grounding(letters, given)),
        notes=tuple(_notes(letters, given)),
    )


def _own(briefing: Briefing, letter: str) -> Iterator[Figure]:
    return shown_figures.own_figures(briefing, letter)


def _pair(matched: Matched, letters: tuple[str, str], figures: Sequence[Figure]) -> Pair:
    found = changes(matched)
    run = run_differences(matched.first, matched.second)
    counts = set(shown_figures.COUNTED.values())
    shares = [figure for figure in figures if figure.metric not in counts]
    said = tuple(verdict(letters, found, run, shares))
    return Pair(first=letters[0], second=letters[1], verdict=said, changes=found, run=run)


def _compared(letter: str, given: Named) -> Compared:
    counts = Counter(entry.kind for entry in entries(given.briefing))
    return Compared(
        letter=letter,
        name=given.name,
        title=given.briefing.title,
        items={kind: counts[kind] for kind in KINDS},
        withheld=len(given.briefing.withheld),
    )


def _grounding(letters: Sequence[str], given: Sequence[Named]) -> Iterator[Figure]:
    reports = [each.report for each in given]
    if None in reports:
        return
    for each in given:
        if each.report is not None:
            grounding.check_fits(each.report, each.briefing, (_report_of(each), each.name))
    for letter, report in zip(letters, reports, strict=True):
        if report is not None:
            yield from grounding.own_grounding(report, letter)
    first = given[0]
    for letter, other in zip(letters[1:], given[1:], strict=True):
        if first.report is not None and other.report is not None:
            matched = Matched(first.briefing, other.briefing)
            both = (first.report, other.report)
            yield from grounding.grounding_differences(matched, both, f"{letter}-A")


def _report_of(given: Named) -> str:
    return f"the report for {given.name}"


def _notes(letters: Sequence[str], given: Sequence[Named]) -> Iterator[str]:
    for letter, each in zip(letters, given, strict=True):
        bare = [source.id for source in each.briefing.sources if source.text is None]
        if bare:
            yield (
                f"{letter} was written without the texts of {', '.join(bare[:5])}"
                f"{' …' if len(bare) > 5 else ''}: what they hold could not be looked at."
            )
    yield from grounding.checker_notes([g.report for g in given if g.report is not None])
