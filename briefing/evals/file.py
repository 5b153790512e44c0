"""``briefing eval file``: how well one finished document is grounded in its sources.

Every statement and quote becomes an item with a verdict and reasons; every figure is computed
from the items, so that a saved report can be scored again without a model.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing import __version__
from briefing.evals import alce, speaking
from briefing.evals import file_items as items_of
from briefing.evals.file_figures import figures
from briefing.evals.report import EvalReport, Item
from briefing.evals.resolution import Resolution, Shelf
from briefing.evals.statements import Statement, Subject
from briefing.grounding.verdicts import Checker
from briefing.types import Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc


def _parse(text: str, language: str) -> Doc:
    from briefing.language import parse  # imported late: loads a pipeline

    return parse(text, language)


def evaluate(
    subject: Subject,
    checker: Checker,
    *,
    run: dict[str, str | int | float | bool | None] | None = None,
    parse: speaking.Parse = _parse,
    progress: alce.Progress | None = None,
) -> EvalReport:
    """Judge all statements and quotes of ``subject``.

    ``run`` says what the checker depends on; ``parse`` finds speakers in the sources. What fails
    on one item is told in that item, which then has no scores of that kind.

    Raises: BriefingError where the checker cannot work at all.
    """
    began = time.perf_counter()
    items = _items(subject, checker, parse, progress)
    seconds = time.perf_counter() - began
    return EvalReport(
        kind="file",
        title=f"Grounding of {subject.name}",
        figures=figures(items),
        items=tuple(items),
        notes=(*subject.notes, *_notes(subject, items)),
        run={
            "briefing_version": __version__,
            "form": subject.form,
            "sources": len(subject.sources),
            **(run or {}),
        },
        timings={"seconds": seconds} | _per_statement(seconds, len(subject.statements)),
    )


def _items(
    subject: Subject,
    checker: Checker,
    parse: speaking.Parse,
    progress: alce.Progress | None,
) -> list[Item]:
    shelf = Shelf(subject)
    found = [[shelf.resolve(c) for c in s.citations] for s in subject.statements]
    cited = [
        _cited(shelf, statement, here)
        for statement, here in zip(subject.statements, found, strict=True)
    ]
    outcomes = alce.judge(cited, checker, progress)
    items = [
        items_of.statement_item(shelf, *each)
        for each in zip(subject.statements, found, cited, outcomes, strict=True)
    ]
    items += [
        item
        for statement in subject.statements
        for item in items_of.quotation_items(shelf, statement)
    ]
    speakers = speaking.Speakers(shelf, parse)
    items += [items_of.quote_item(shelf, quote, speakers) for quote in subject.quotes]
    items += [*items_of.source_items(subject), *items_of.withheld_items(subject)]
    return items


def rescore(report: EvalReport) -> EvalReport:
    """``report`` with its figures computed again from its items."""
    return report.model_copy(update={"figures": figures(report.items)})


def _per_statement(seconds: float, count: int) -> dict[str, float]:
    return {"seconds_per_statement": seconds / count} if count else {}


def _notes(subject: Subject, items: Sequence[Item]) -> Iterator[str]:
    failed = sum(bool(item.error) for item in items)
    if failed:
        yield f"{failed} items could not be judged and are in no figure of support."
    if subject.missing:
        names = "; ".join(f"{key}: {reason}" for key, reason in list(subject.missing.items())[:5])
        yield f"Citations of sources that are not here lead nowhere ({names})."
    if subject.form == "briefing":
        yield "The bottom line repeats key outcomes word for word and is not judged again."


def _cited(shelf: Shelf, statement: Statement, found: Sequence[Resolution]) -> alce.Cited:
    """The statement as the checker gets it.

    The rest are the other passages of the sources it cites; of all sources where it cites none.
    """
    used = {p.id for each in found for p in each.passages}
    keys = dict.fromkeys(each.citation.source for each in found if each.passages)
    rest: list[Passage] = [
        passage
        for key in (keys or shelf.sources)
        for passage in shelf.passages(key)
        if passage.id not in used and passage.kind != "furniture"
    ]
    groups = tuple(shelf.grounds(each.passages) for each in found)
    return alce.Cited(statement.id, statement.text, groups, shelf.grounds(rest))
