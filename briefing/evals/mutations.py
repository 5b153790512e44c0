"""``briefing eval mutations``: what share of known-bad statements the checker catches.

A false item is caught unless its verdict is "supported"; a true one is refused unless it is.
Statements are a matter of the checker; quotations and their speakers are judged as
``briefing eval file`` judges them. A plain lexical baseline judges all items as well: it takes a
statement for supported if its passages have all its capitalised words and numbers.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from briefing import __version__
from briefing.errors import InternalError
from briefing.evals import file
from briefing.evals.baseline import names_and_numbers
from briefing.evals.mutate.values import Document, Mutation, MutationSet
from briefing.evals.mutations_figures import figures
from briefing.evals.report import EvalReport, Item
from briefing.evals.speaking import Parse
from briefing.evals.statements import Citation, QuoteItem, Subject
from briefing.grounding.verdicts import Checker, Ground, Layer, StatementVerdict, Task
from briefing.language import parse
from briefing.types import Source

Progress = Callable[[int, int], None]
RunValue = str | int | float | bool | None
Judgement = StatementVerdict | str
"""A verdict, or why there is none."""

BATCH: Final = 32
"""Statements that the checker is given at a time."""
LAYERS: Final[tuple[Layer, ...]] = ("resolution", "facts", "judge")


def evaluate(
    chosen: MutationSet,
    checker: Checker,
    *,
    run: Mapping[str, RunValue] | None = None,
    parse: Parse = parse,
    progress: Progress | None = None,
) -> EvalReport:
    """Judge the items of ``chosen`` and count what was caught and what refused.

    ``run`` says what the checker depends on; ``parse`` finds speakers in the documents.
    ``progress`` gets (items done, all). An item that could not be judged is in no figure.

    Raises: BriefingError where the checker cannot work at all.
    """
    began = time.perf_counter()
    statements = [item for item in chosen.items if item.statement]
    judged: dict[str, Judgement] = {}
    documents = {document.id: document for document in chosen.documents}
    for start in range(0, len(statements), BATCH):
        batch = statements[start : start + BATCH]
        found = _checked([_task(item, documents[item.document]) for item in batch], checker)
        judged |= dict(zip((item.id for item in batch), found, strict=True))
        if progress is not None:
            progress(len(judged), len(chosen.items))
    seconds = time.perf_counter() - began
    judged |= _quotes_judged(chosen, checker, parse)
    if progress is not None and chosen.items:
        progress(len(judged), len(chosen.items))
    items = tuple(_item(item, documents[item.document], judged[item.id]) for item in chosen.items)
    per_statement = {"seconds_per_statement": seconds / len(statements)} if statements else {}
    return EvalReport(
        kind="mutations",
        title="Mutations: known-bad statements caught, true ones refused",
        figures=figures(items),
        items=items,
        notes=tuple(_notes(items)),
        run={"briefing": __version__, "items": len(items), "set": digest(chosen), **(run or {})},
        timings={"seconds": time.perf_counter() - began} | per_statement,
    )


def rescore(report: EvalReport) -> EvalReport:
    """``report`` with its figures computed again from its items."""
    return report.model_copy(update={"figures": figures(report.items)})


def measured(chosen: MutationSet) -> set[tuple[str, str]]:
    """(metric, group) of all that :func:`evaluate` will report on ``chosen``."""
    items = [_unjudged(item) for item in chosen.items]
    clocks = {("seconds", ""), ("seconds_per_statement", "")}
    return {(figure.metric, figure.group) for figure in figures(items)} | clocks


def digest(chosen: MutationSet) -> str:
    """The beginning of the SHA-256 of the set: the same items have the same."""
    return hashlib.sha256(chosen.model_dump_json().encode("utf-8")).hexdigest()[:16]


def _task(item: Mutation, document: Document) -> Task:
    published = document.published.isoformat() if document.published else None
    grounds = [
        Ground(id=f"{document.id}.p{number}", text=text, published=published)
        for number, text in enumerate(document.passages, start=1)
    ]
    return Task(
        id=item.id,
        statement=item.statement,
        cited=tuple(grounds[number - 1] for number in item.passages),
        rest=tuple(g for n, g in enumerate(grounds, start=1) if n not in item.passages),
    )


def _checked(tasks: Sequence[Task], checker: Checker) -> list[Judgement]:
    """A judgement for each task; a bug that one of them sets off costs the others nothing."""
    try:
        return list(checker.check(tasks))
    except InternalError as error:
        if len(tasks) == 1:
            return [error.message]
        return [each for task in tasks for each in _checked([task], checker)]


def _quotes_judged(chosen: MutationSet, checker: Checker, parse: Parse) -> dict[str, Judgement]:
    quotes = tuple(
        QuoteItem(
            id=item.id,
            text=item.quote,
            speaker=item.speaker or None,
            citations=(Citation(label=item.document, source=item.document),),
        )
        for item in chosen.items
        if item.quote
    )
    if not quotes:
        return {}
    cited = {item.document for item in chosen.items if item.quote}
    sources = tuple(_source(each) for each in chosen.documents if each.id in cited)
    subject = Subject(name="mutations", form="json", sources=sources, quotes=quotes)
    found = {item.id: item for item in file.evaluate(subject, checker, parse=parse).items}
    return {quote.id: found[quote.id].verdict or found[quote.id].error for quote in quotes}


def _source(document: Document) -> Source:
    text = "\n\n".join(document.passages)
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    published = document.published.isoformat() if document.published else None
    return Source(id=document.id, published=published, sha256=sha256, text_sha256=sha256, text=text)


def _unjudged(item: Mutation) -> Item:
    return Item(
        id=item.id,
        group=item.kind,
        cluster=item.document,
        text=item.text,
        citations=tuple(f"{item.document} ¶{number}" for number in item.passages),
        label=item.supported,
        kind="statement" if item.statement else "quotation",
        reasons=tuple(_about(item)),
    )


def _item(item: Mutation, document: Document, judgement: Judgement) -> Item:
    made = _unjudged(item)
    if isinstance(judgement, str):
        return made.model_copy(update={"error": judgement or "no verdict was given"})
    said = f"{item.speaker}: {item.quote}" if item.quote else item.statement
    grounds = _task(item, document).cited
    scores = {"not_supported": float(judgement.verdict != "supported")}
    scores["baseline_not_supported"] = float(names_and_numbers(said, grounds) < 1)
    layer = caught_by(judgement) if item.statement and scores["not_supported"] else None
    if layer is not None:
        scores |= {f"caught_by_{each}": float(each == layer) for each in LAYERS}
    return made.model_copy(update={"verdict": judgement, "scores": scores})


def caught_by(verdict: StatementVerdict) -> Layer | None:
    """The cheapest layer that was certain, else the judge where it spoke, else who objected.

    None where nothing says who it was.
    """
    objections = verdict.objections
    for layer in LAYERS:
        if any(o.certain and o.layer == layer for o in objections):
            return layer
    judged = [claim.probability for claim in verdict.claims] + [verdict.probability]
    if any(probability is not None for probability in judged):
        return "judge"
    return next((layer for layer in LAYERS if any(o.layer == layer for o in objections)), None)


def _about(item: Mutation) -> Iterator[str]:
    if item.note:
        yield f"made so: {item.note}"
    if item.original and item.original != item.text:
        yield f"the true one: {item.original}"


def _notes(items: Sequence[Item]) -> Iterator[str]:
    yield "caught: a false item that was not called supported; refused: a true one that was not."
    yield "Baseline: supported if the cited passages have all capitalised words and numbers."
    failed = sum(bool(item.error) for item in items)
    if failed:
        yield f"{failed} items could not be judged and are in no figure."
