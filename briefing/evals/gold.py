"""A briefing held against annotations made by hand.

An annotation is found where the evidence of a shown item overlaps its passages; what the item says
is judged elsewhere. Two stretches of a source overlap if they share at least half of the shorter
one; quotes must share half of what both cover together, so that a fragment is not the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeVar

from briefing.evals import gold_joins, gold_points, gold_speakers
from briefing.evals.annotations import Gold, OutcomeGold, QuestionGold, QuoteGold
from briefing.evals.gold_items import Scores, annotation, as_numbers
from briefing.evals.gold_points import LocatedPoint
from briefing.evals.report import Item
from briefing.evals.stretches import (
    Finder,
    Stretch,
    any_inside,
    hull,
    inside,
    same_parts,
    support,
    telling,
)
from briefing.lexical import content_words
from briefing.types import NOT_ESTABLISHED, Briefing, Outcome, Quote, Source, Wording

IMPORTANT: Final = 3
_TOLD: Final = 0.5
_Annotation = TypeVar("_Annotation", OutcomeGold, QuoteGold, QuestionGold)


class Placed(NamedTuple, Generic[_Annotation]):
    """An annotation, and all stretches at which its words stand."""

    gold: _Annotation
    places: tuple[Stretch, ...]


@dataclass(frozen=True)
class Located:
    """Annotations with their places; None: not annotated.

    ``clear`` are the sentences that can be printed alone, ``unclear`` those that cannot.
    """

    outcomes: tuple[Placed[OutcomeGold], ...] | None = None
    quotes: tuple[Placed[QuoteGold], ...] | None = None
    questions: tuple[Placed[QuestionGold], ...] | None = None
    points: tuple[LocatedPoint, ...] | None = None
    clear: tuple[Stretch, ...] = ()
    unclear: tuple[Stretch, ...] = ()


class Compared(NamedTuple):
    """Items of annotations and of disagreements; scores for other shown items, by their ids."""

    items: tuple[Item, ...]
    shown: dict[str, Scores]


def locate(gold: Gold, sources: Sequence[Source], name: str) -> Located:
    """Find the words of ``gold``, the file ``name``, in ``sources``.

    Raises: DocumentError naming file and entry where a source does not have them.
    """
    finder = Finder(sources, name)

    def placed(section: str, given: Sequence[_Annotation]) -> tuple[Placed[_Annotation], ...]:
        return tuple(
            Placed(each, finder.find(f"{section} {number}", each.evidence))
            for number, each in enumerate(given, 1)
        )

    def alone(faulty: bool) -> tuple[Stretch, ...]:
        chosen = [each for each in gold.alone or () if bool(each.faults) is faulty]
        return finder.find("alone", chosen)

    return Located(
        None if gold.outcomes is None else placed("outcomes", gold.outcomes),
        None if gold.quotes is None else placed("quotes", gold.quotes),
        None if gold.open_questions is None else placed("open_questions", gold.open_questions),
        None if gold.conflicts is None else gold_points.locate(gold.conflicts, finder),
        clear=alone(False),
        unclear=alone(True),
    )


def compare(briefing: Briefing, gold: Located) -> Compared:
    """What of ``gold`` is in ``briefing``, and what of ``briefing`` is in ``gold``."""
    items: list[Item] = []
    exact = _exact_quotes(briefing)
    shown: dict[str, Scores] = {
        quote.id: {"quote_exact": quote.id in exact} for quote in briefing.quotes
    }
    if gold.outcomes is not None:
        items += _outcome_items(gold.outcomes, briefing.outcomes)
        shown |= _told(gold.outcomes, briefing.outcomes)
    if gold.quotes is not None:
        items += _quote_items(gold.quotes, briefing.quotes)
        for quote in briefing.quotes:
            known = any(_is_quoted(quote, each.places) for each in gold.quotes)
            shown[quote.id]["quote_extra"] = not known
    if gold.questions is not None:
        asked = [(q.id, support(q.evidence)) for q in briefing.open_questions]
        items += _question_items(gold.questions, asked)
        every = [place for each in gold.questions for place in each.places]
        shown |= {key: {"question_annotated": any_inside(at, every)} for key, at in asked}
    if gold.points is not None:
        items += gold_points.items(briefing.disagreements, gold.points)
    return Compared(tuple(items), {key: as_numbers(scores) for key, scores in shown.items()})


def _outcome_items(
    annotated: Sequence[Placed[OutcomeGold]], told: Sequence[Outcome]
) -> Iterator[Item]:
    evidence = [telling(outcome.evidence) for outcome in told]
    for number, (gold, places) in enumerate(annotated, 1):
        by = [outcome.id for outcome in told if _tells(outcome, places)]
        scores: Scores = {"outcome_covered": bool(by), "important": gold.importance == IMPORTANT}
        if by:
            scores |= gold_joins.recall(places, evidence)
        yield annotation(f"gold-outcome-{number}", gold.statement, by, scores)


def _told(
    annotated: Sequence[Placed[OutcomeGold]], told: Sequence[Outcome]
) -> Iterator[tuple[str, Scores]]:
    every = [each.places for each in annotated]
    for outcome in told:
        right = any(_tells(outcome, places) for places in every)
        joined = gold_joins.precision(telling(outcome.evidence), every)
        yield outcome.id, {"outcome_annotated": right, **joined}


def _tells(outcome: Outcome, places: Sequence[Stretch]) -> bool:
    """Whether it rests on one of ``places`` and, where it was shortened, still has its words."""
    for evidence in outcome.evidence:
        if evidence.role != "support":
            continue
        at = Stretch(evidence.source_id, evidence.start, evidence.end)
        for place in (place for place in places if inside(at, place)):
            first, last = max(at.start, place.start), min(at.end, place.end)
            common = evidence.text[first - at.start : last - at.start]
            if outcome.mode != "compressed" or _has_words(outcome.statement, common):
                return True
    return False


def _has_words(statement: str, text: str) -> bool:
    """At least half of the content words of ``text``: what was cut away is not told."""
    wanted, there = content_words(text), set(content_words(statement))
    return sum(word in there for word in wanted) >= _TOLD * len(wanted)


def _question_items(
    annotated: Sequence[Placed[QuestionGold]], asked: Sequence[tuple[str, list[Stretch]]]
) -> Iterator[Item]:
    for number, (gold, places) in enumerate(annotated, 1):
        by = [key for key, at in asked if any_inside(at, places)]
        scores: Scores = {"question_found": bool(by)}
        yield annotation(f"gold-question-{number}", gold.question, by, scores)


def _quote_items(annotated: Sequence[Placed[QuoteGold]], said: Sequence[Quote]) -> Iterator[Item]:
    for number, (gold, places) in enumerate(annotated, 1):
        by = [quote for quote in said if _is_quoted(quote, places)]
        scores: Scores = {"quote_found": bool(by)}
        reasons: tuple[str, ...] = ()
        if by:
            how = gold_speakers.judge(gold, [quote.speaker for quote in by])
            scores |= {name: name == how for name in gold_speakers.SPEAKING}
            if how != "speaker_as_annotated":
                reasons = (f"the speaker is {gold.speaker or NOT_ESTABLISHED}",)
        name, text = f"gold-quote-{number}", gold.evidence[0].text
        item = annotation(name, text, [quote.id for quote in by], scores)
        yield item.model_copy(update={"reasons": (*item.reasons, *reasons)})


def _is_quoted(quote: Quote, places: Sequence[Stretch]) -> bool:
    return any(same_parts(at, places) for version in _versions(quote) for at in _parts(version))


def _versions(quote: Quote) -> tuple[Quote | Wording, ...]:
    return (quote, *quote.wordings)


def _parts(version: Quote | Wording) -> list[Stretch]:
    """Everything that is shown of a quotation, and its parts as the whole that they are."""
    shown = support((*version.evidence, *version.continued))
    if version.evidence and version.continued:
        shown.append(hull(support((*version.evidence[:1], *version.continued))))
    return shown


def _exact_quotes(briefing: Briefing) -> set[str]:
    """The ids of quotes that are what the sources have at their evidence, to the letter.

    The width of white space does not count. Other wordings and further parts are held to it too.
    """
    texts = {source.id: source.text or "" for source in briefing.sources}
    return {
        quote.id
        for quote in briefing.quotes
        if all(_is_exact(version, texts) for version in _versions(quote))
    }


def _is_exact(version: Quote | Wording, texts: dict[str, str]) -> bool:
    evidence = (*version.evidence, *version.continued)
    return (
        bool(version.evidence)
        and version.text.split() == version.evidence[0].text.split()
        and all(texts.get(e.source_id, "")[e.start : e.end] == e.text for e in evidence)
    )
