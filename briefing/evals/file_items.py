"""The items of ``briefing eval file``: one for each statement, quotation, quote, and source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeVar

from briefing.errors import BriefingError, InternalError
from briefing.evals import alce, quotes, speaking
from briefing.evals.report import Item
from briefing.evals.resolution import Resolution, Shelf
from briefing.evals.statements import QuoteItem, Statement, Subject
from briefing.grounding.verdicts import StatementVerdict
from briefing.lexical import content_words
from briefing.types import Verdict

T = TypeVar("T")
Category = Literal["supported", "partly", "unsupported", "wrong_citation", "unclear"]
CATEGORIES: tuple[Category, ...] = (
    "supported",
    "partly",
    "unsupported",
    "wrong_citation",
    "unclear",
)


def statement_item(
    shelf: Shelf,
    statement: Statement,
    found: Sequence[Resolution],
    cited: alce.Cited,
    outcome: alce.Outcome,
) -> Item:
    """A statement with its verdict, what it cites, and why that is not enough."""
    item = _item("statement", shelf, statement, found)
    if outcome.verdict is None:
        return item.model_copy(update={"error": outcome.error})
    reasons = _reasons(shelf, found, cited, outcome, outcome.verdict)
    update = {
        "scores": item.scores | _support(statement.text, outcome, outcome.verdict),
        "reasons": tuple(dict.fromkeys((*item.reasons, *reasons))),
        "verdict": outcome.verdict,
    }
    return item.model_copy(update=update)


def _item(kind: str, shelf: Shelf, statement: Statement, found: Sequence[Resolution]) -> Item:
    """What is known of a statement or quote before its words are looked at."""
    problems = [each.problem for each in found if each.problem]
    scores = {
        "cited": float(bool(found)),
        "citations": float(len(found)),
        "resolved": float(len(found) - len(problems)),
    }
    if shelf.subject.withheld is not None:
        scores["withheld"] = 0.0
    return Item(
        id=statement.id,
        cluster=statement.id,
        text=statement.text,
        section=statement.section,
        citations=tuple(dict.fromkeys(each.citation.label for each in found)),
        kind=kind,
        scores=scores,
        reasons=(*statement.problems, *problems),
    )


def category(verdict: StatementVerdict) -> Category:
    """The verdict, with “wrong citation” where all that is not supported is so elsewhere."""
    lacking = [claim for claim in verdict.claims if claim.verdict != "supported"]
    if verdict.verdict != "supported" and lacking and all(claim.elsewhere for claim in lacking):
        return "wrong_citation"
    return verdict.verdict


def _support(text: str, outcome: alce.Outcome, verdict: StatementVerdict) -> dict[str, float]:
    here = category(verdict)
    every, lacking = unsupported_words(text, verdict)
    return {
        "recall": float(outcome.recall),
        "judged": float(len(outcome.precise)),
        "precise": float(sum(outcome.precise)),
        **{name: float(name == here) for name in CATEGORIES},
        "content_words": float(every),
        "unsupported_words": float(lacking),
    }


def unsupported_words(text: str, verdict: StatementVerdict) -> tuple[int, int]:
    """How many content words ``text`` has, and how many of them the checker says lack support."""
    left = text
    for claim in verdict.claims:
        if claim.verdict == "supported":
            continue
        for words in {o.words for o in claim.objections if o.words}:
            at = left.find(words, claim.claim.start, claim.claim.end)
            at = at if at >= 0 else left.find(words)
            if at >= 0:
                left = left[:at] + " " * len(words) + left[at + len(words) :]
    every = len(content_words(text))
    return every, every - len(content_words(left))


def _reasons(
    shelf: Shelf,
    found: Sequence[Resolution],
    cited: alce.Cited,
    outcome: alce.Outcome,
    verdict: StatementVerdict,
) -> Iterator[str]:
    if not found:
        yield "it cites nothing"
    if category(verdict) == "wrong_citation":
        places = dict.fromkeys(each for claim in verdict.claims for each in claim.elsewhere)
        yield f"supported by {', '.join(_place(shelf, each) for each in places)}, not cited"
    if outcome.recall:
        labels = [each.citation.label for each in found]
        for group, precise in zip(cited.distinct, outcome.precise, strict=True):
            if not precise:
                label = labels[cited.groups.index(group)]
                yield f"{label} is not needed: what else is cited supports it"


def _place(shelf: Shelf, passage_id: str) -> str:
    for source in shelf.sources:
        for passage in shelf.passages(source):
            if passage.id == passage_id:
                return f"{source} ¶{passage.number}"
    return passage_id


def quotation_items(shelf: Shelf, statement: Statement) -> list[Item]:
    """The quotations inside a statement; they stand or fall with nothing but their words."""
    keys = [citation.source for citation in statement.citations]

    def items() -> list[Item]:
        found = [
            (w, quotes.exactness(w, keys, shelf)) for w in quotes.inner_quotations(statement.text)
        ]
        return [
            _quotation(f"{statement.id}-{n}", words, exact, statement.section, statement.id)
            for n, (words, exact) in enumerate(found, 1)
        ]

    made = _guarded(items)
    if isinstance(made, str):
        name = f"{statement.id}-1"
        return [Item(id=name, cluster=name, text=statement.text, kind="quotation", error=made)]
    return made


def _quotation(name: str, words: str, found: quotes.Exactness, section: str, cluster: str) -> Item:
    verdict: Verdict = "supported" if found.exact else "unsupported"
    return Item(
        id=name,
        cluster=cluster,
        text=words,
        section=section,
        kind="quotation",
        verdict=StatementVerdict(id=name, verdict=verdict, reason=found.reason),
        scores={"exact": float(found.exact)},
    )


def quote_item(shelf: Shelf, quote: QuoteItem, speakers: speaking.Speakers) -> Item:
    """A quote: whether it is exact, and whether the source gives it the same speaker."""
    item = _item("quote", shelf, quote, [shelf.resolve(c) for c in quote.citations])
    judged = _guarded(lambda: _quote_judged(shelf, quote, speakers))
    if isinstance(judged, str):
        return item.model_copy(update={"error": judged})
    verdict, scores = judged
    return item.model_copy(update={"scores": item.scores | scores, "verdict": verdict})


def _quote_judged(
    shelf: Shelf, quote: QuoteItem, speakers: speaking.Speakers
) -> tuple[StatementVerdict, dict[str, float]]:
    """Not exact or another's words: unsupported; a speaker the source leaves open: unclear."""
    found = quotes.exactness(quote.text, [c.source for c in quote.citations], shelf)
    scores = {"exact": float(found.exact)}
    if quote.variant:
        verdict: Verdict = "supported" if found.exact else "unsupported"
        return StatementVerdict(id=quote.id, verdict=verdict, reason=found.reason), scores
    said_by = speakers.compare(quote, found)
    scores["speaker_open"] = float(said_by.how == "open")
    if said_by.how != "open":
        named = ("same", "other", "none")
        scores |= {f"speaker_{name}": float(said_by.how == name) for name in named}
    if not found.exact or said_by.how == "other":
        verdict = "unsupported"
    else:
        verdict = "unclear" if said_by.how == "none" else "supported"
    reason = "; ".join(filter(None, [found.reason, f"speaker: {said_by.reason}"]))
    return StatementVerdict(id=quote.id, verdict=verdict, reason=reason), scores


def source_items(subject: Subject) -> Iterator[Item]:
    """The sources, each with whether anything cites it."""
    every = (*subject.statements, *subject.quotes)
    cited = {citation.source for statement in every for citation in statement.citations}
    for source in subject.sources:
        yield Item(
            id=source.id,
            cluster=source.id,
            text=source.name if source.path or source.url else "text in the document",
            kind="source",
            scores={"source_cited": float(source.id in cited)},
        )


def withheld_items(subject: Subject) -> Iterator[Item]:
    """What the document says it withheld."""
    for number, text in enumerate(subject.withheld or (), 1):
        name = f"withheld-{number}"
        yield Item(id=name, cluster=name, text=text, kind="withheld", scores={"withheld": 1.0})


def _guarded(work: Callable[[], T]) -> T | str:
    """What ``work`` gives, or what went wrong: one item must not cost the others theirs."""
    try:
        return work()
    except InternalError as error:
        return error.message
    except BriefingError:
        raise
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {error}"
