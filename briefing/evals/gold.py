"""A briefing held against annotations made by hand.

An annotation is found where the evidence of a shown item overlaps its passages; what the item says
is judged elsewhere. Two stretches of a source overlap if they share at least half of the shorter
one; quotes must share half of what both cover together, so that a fragment is not the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, NamedTuple, TypeVar

from briefing.errors import DocumentError
from briefing.evals.cases import FORMAT, Cited, Gold, OutcomeGold, QuestionGold, QuoteGold
from briefing.evals.report import Item
from briefing.evals.resolution import find_words
from briefing.grounding.verdicts import StatementVerdict
from briefing.types import NOT_ESTABLISHED, Briefing, Evidence, Quote, Source

IMPORTANT: Final = 3
_HALF: Final = 0.5
_Annotation = TypeVar("_Annotation", OutcomeGold, QuoteGold, QuestionGold)


class Stretch(NamedTuple):
    """``[start, end)`` of a source's text."""

    source_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Located:
    """Annotations, each with all stretches at which its words stand; None: not annotated."""

    outcomes: tuple[tuple[OutcomeGold, tuple[Stretch, ...]], ...] | None
    quotes: tuple[tuple[QuoteGold, tuple[Stretch, ...]], ...] | None
    questions: tuple[tuple[QuestionGold, tuple[Stretch, ...]], ...] | None


class Compared(NamedTuple):
    """An item for each annotation, and scores for items of the briefing, by their ids."""

    annotations: tuple[Item, ...]
    shown: dict[str, dict[str, float]]


def locate(gold: Gold, sources: Sequence[Source], name: str) -> Located:
    """Find the words of ``gold``, the file ``name``, in ``sources``.

    Raises: DocumentError naming file and entry where a source does not have them.
    """
    shelf = _Shelf(sources, name)
    outcomes, quotes, questions = gold.outcomes, gold.quotes, gold.open_questions
    return Located(
        None if outcomes is None else tuple(shelf.all("outcomes", outcomes)),
        None if quotes is None else tuple(shelf.all("quotes", quotes)),
        None if questions is None else tuple(shelf.all("open_questions", questions)),
    )


def compare(briefing: Briefing, gold: Located) -> Compared:
    """What of ``gold`` is in ``briefing``, and what of ``briefing`` is in ``gold``."""
    items: list[Item] = []
    shown: dict[str, dict[str, float]] = {}
    if gold.outcomes is not None:
        told = [(o.id, _stretches(o.evidence)) for o in briefing.outcomes]
        items += _outcome_items(gold.outcomes, told)
        places = [place for _, here in gold.outcomes for place in here]
        shown |= {key: {"outcome_annotated": _any(at, places, _inside)} for key, at in told}
    if gold.quotes is not None:
        said = [(quote, _said(quote)) for quote in briefing.quotes]
        items += _quote_items(gold.quotes, said)
        places = [place for _, here in gold.quotes for place in here]
        shown |= {q.id: {"quote_extra": 1 - _any(at, places, _same)} for q, at in said}
    if gold.questions is not None:
        asked = [(q.id, _stretches(q.evidence)) for q in briefing.open_questions]
        items += _question_items(gold.questions, asked)
        places = [place for _, here in gold.questions for place in here]
        shown |= {key: {"question_annotated": _any(at, places, _inside)} for key, at in asked}
    return Compared(tuple(items), shown)


class _Shelf:
    """Sources by the names that annotations give them."""

    def __init__(self, sources: Sequence[Source], name: str) -> None:
        self._name = name
        self._sources: dict[str, list[Source]] = {}
        for source in sources:
            for key in {source.name, PurePosixPath(source.name).name}:
                self._sources.setdefault(key, []).append(source)

    def all(
        self, section: str, annotations: Iterable[_Annotation]
    ) -> Iterator[tuple[_Annotation, tuple[Stretch, ...]]]:
        for number, each in enumerate(annotations, 1):
            found: list[Stretch] = []
            for cited in each.evidence:
                found += self._find(f"{self._name}, {section} {number}", cited)
            yield each, tuple(found)

    def _find(self, place: str, cited: Cited) -> Iterator[Stretch]:
        sources = self._sources.get(cited.source, [])
        if len(sources) != 1:
            what = "two sources are" if sources else "no source of the case is"
            raise DocumentError(f"{place}: {what} called {cited.source!r}", FORMAT)
        spans = find_words(cited.text, sources[0].body)
        if not spans:
            message = f"{place}: {cited.source} does not have the words “{_short(cited.text)}”"
            raise DocumentError(message, "Copy them from the source, character by character.")
        return (Stretch(sources[0].id, span.start, span.end) for span in spans)


def _outcome_items(
    annotated: Sequence[tuple[OutcomeGold, tuple[Stretch, ...]]],
    told: Sequence[tuple[str, list[Stretch]]],
) -> Iterator[Item]:
    for number, (outcome, places) in enumerate(annotated, 1):
        by = [key for key, at in told if _any(at, places, _inside)]
        important = float(outcome.importance == IMPORTANT)
        scores = {"outcome_covered": float(bool(by)), "important": important}
        yield _item(f"gold-outcome-{number}", outcome.statement, by, scores)


def _question_items(
    annotated: Sequence[tuple[QuestionGold, tuple[Stretch, ...]]],
    asked: Sequence[tuple[str, list[Stretch]]],
) -> Iterator[Item]:
    for number, (question, places) in enumerate(annotated, 1):
        by = [key for key, at in asked if _any(at, places, _inside)]
        scores = {"question_found": float(bool(by))}
        yield _item(f"gold-question-{number}", question.question, by, scores)


def _quote_items(
    annotated: Sequence[tuple[QuoteGold, tuple[Stretch, ...]]],
    said: Sequence[tuple[Quote, list[Stretch]]],
) -> Iterator[Item]:
    for number, (quote, places) in enumerate(annotated, 1):
        by = [shown for shown, at in said if _any(at, places, _same)]
        scores = {"quote_found": float(bool(by))}
        reasons: tuple[str, ...] = ()
        if by:
            how = _speaker(quote, by[0].speaker)
            names = ("speaker_as_annotated", "speaker_misattributed", "speaker_missed")
            scores |= {name: float(name == how) for name in names}
            if how != "speaker_as_annotated":
                reasons = (f"the speaker is {quote.speaker or NOT_ESTABLISHED}",)
        name, text = f"gold-quote-{number}", quote.evidence[0].text
        item = _item(name, text, [each.id for each in by], scores)
        yield item.model_copy(update={"reasons": (*item.reasons, *reasons)})


def _speaker(quote: QuoteGold, given: str) -> str:
    names = [NOT_ESTABLISHED] if quote.speaker is None else [quote.speaker, *quote.also]
    if _folded(given) in {_folded(name) for name in names}:
        return "speaker_as_annotated"
    return "speaker_missed" if given == NOT_ESTABLISHED else "speaker_misattributed"


def _item(name: str, text: str, by: Sequence[str], scores: dict[str, float]) -> Item:
    """An annotation: “supported” where the briefing has it."""
    verdict = StatementVerdict(
        id=name,
        verdict="supported" if by else "unsupported",
        reason="" if by else "annotated, and nothing that is shown rests on this passage",
    )
    return Item(
        id=name,
        cluster=name,
        text=text,
        section="gold",
        kind="annotation",
        verdict=verdict,
        scores=scores,
        reasons=(f"shown as {', '.join(by)}",) if by else (),
    )


def _said(quote: Quote) -> list[Stretch]:
    return _stretches([*quote.evidence, *(e for w in quote.wordings for e in w.evidence)])


def _stretches(evidence: Iterable[Evidence]) -> list[Stretch]:
    return [Stretch(e.source_id, e.start, e.end) for e in evidence if e.role == "support"]


def _any(
    here: Iterable[Stretch], there: Sequence[Stretch], alike: Callable[[Stretch, Stretch], bool]
) -> float:
    return float(any(alike(one, other) for one in here for other in there))


def _inside(one: Stretch, other: Stretch) -> bool:
    shorter = min(one.end - one.start, other.end - other.start)
    return _shared(one, other) >= max(1, _HALF * shorter)


def _same(one: Stretch, other: Stretch) -> bool:
    together = max(one.end, other.end) - min(one.start, other.start)
    return _shared(one, other) >= max(1, _HALF * together)


def _shared(one: Stretch, other: Stretch) -> int:
    if one.source_id != other.source_id:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) < 60 else f"{line[:57]}…"
