"""Checks of items: ids, offsets, and that words are the words of their evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from briefing import types

_CLOSING: Final = {"“": "”", "„": "“", "«": "»", "‘": "’", '"': '"', "'": "'", "「": "」"}
_BRACKETS = re.compile(r" \[[^\[\]]+\]")
_WORD = re.compile(r"\w+")


class ItemCheck(types.Check):
    """One check of one item; ``item`` is the id of an item or of a source."""

    item: str


@dataclass(frozen=True)
class Text:
    """A source with the text that its evidence is compared with, and its passages by id."""

    source: types.Source
    passages: dict[str, types.Passage]


def check(item: str, name: str, passed: bool, reason: str) -> ItemCheck:
    """A check; ``reason`` is why it fails and is left out where it does not."""
    return ItemCheck(item=item, name=name, passed=passed, reason="" if passed else reason)


def of_ids(briefing: types.Briefing) -> Iterator[ItemCheck]:
    """Ids are unique, and what refers to an id finds it."""
    items = _items(briefing)
    counts = Counter([source.id for source in briefing.sources] + [item.id for item in items])
    for name, count in counts.items():
        yield check(name, "unique id", count == 1, f"the id stands for {count} things")
    outcomes = {outcome.id: outcome for outcome in briefing.outcomes}
    for line in briefing.bottom_line:
        outcome = outcomes.get(line.outcome_id)
        reason = f"there is no outcome {line.outcome_id!r}"
        yield check(line.id, "outcome", outcome is not None, reason)
        if outcome is not None:
            short = line.mode == "compressed" and is_what_is_left(line.statement, outcome.statement)
            same = line.evidence == outcome.evidence and (
                short or line.statement == outcome.statement
            )
            yield check(line.id, "repeats", same, "it is not what its outcome says and cites")
    for item in items:
        if not isinstance(item, types.Disagreement):
            yield check(item.id, "cited", bool(item.evidence), "it has no evidence")


def _items(
    briefing: types.Briefing,
) -> tuple[
    types.BottomLine
    | types.Outcome
    | types.Quote
    | types.OpenQuestion
    | types.Disagreement
    | types.Event
    | types.Actor,
    ...,
]:
    return (
        *briefing.bottom_line,
        *briefing.outcomes,
        *briefing.quotes,
        *briefing.open_questions,
        *briefing.disagreements,
        *briefing.timeline,
        *briefing.actors,
    )


def of_evidence(
    item: str, evidence: types.Evidence, texts: dict[str, Text], known: set[str]
) -> Iterator[ItemCheck]:
    """The evidence is where it says, word for word, in the passage that it names."""
    source_id = evidence.source_id
    yield check(item, "source", source_id in known, f"there is no source {source_id!r}")
    text = texts.get(source_id)
    if text is None:
        if source_id in known:
            reason = f"there is no text of {source_id} to compare with"
            yield check(item, "evidence", False, reason)
        return
    stretch = f"{source_id}[{evidence.start}:{evidence.end}]"
    inside = 0 <= evidence.start < evidence.end <= len(text.source.body)
    yield check(item, "offsets", inside, f"{stretch} is not a stretch of the text")
    if inside:
        same = text.source.body[evidence.start : evidence.end] == evidence.text
        yield check(item, "evidence", same, f"the text at {stretch} reads otherwise")
    reason = f"{evidence.passage_id!r} is not the passage around {stretch}"
    yield check(item, "passage", _in_passage(evidence, text), reason)


def _in_passage(evidence: types.Evidence, text: Text) -> bool:
    """Whether the evidence begins in its passage; a quotation may go on through the next ones."""
    passage = text.passages.get(evidence.passage_id)
    return (
        passage is not None
        and passage.number == evidence.paragraph
        and passage.start <= evidence.start < passage.end
    )


def of_context(briefing: types.Briefing) -> Iterator[ItemCheck]:
    """What is shown around an item stands there, in the source that it is from."""
    shown: tuple[types.InContext, ...] = (
        *briefing.bottom_line,
        *briefing.outcomes,
        *briefing.quotes,
        *briefing.open_questions,
    )
    for item in shown:
        for each, behind in ((item.before, False), (item.after, True)):
            if each is not None:
                right = any(_beside(each, own, behind) for own in item.evidence)
                yield check(item.id, "context", right, "it does not stand beside its evidence")
    findings: tuple[types.BottomLine | types.Outcome, ...] = (
        *briefing.bottom_line,
        *briefing.outcomes,
    )
    for finding in findings:
        own = [each for each in finding.evidence if each.role == "support"]
        for other in finding.elsewhere:
            apart = not any(types.overlap(other, each) for each in own)
            yield check(finding.id, "context", apart, "it is compared with its own evidence")


def _beside(around: types.Evidence, own: types.Evidence, behind: bool) -> bool:
    first, second = (own, around) if behind else (around, own)
    return own.source_id == around.source_id and first.end <= second.start


def of_words(briefing: types.Briefing) -> Iterator[ItemCheck]:
    """What claims to be a source's words is; what claims to be shortened adds no word."""
    for outcome in briefing.outcomes:
        yield from _stated(outcome.id, outcome.statement, outcome.mode, outcome.evidence)
    for question in briefing.open_questions:
        yield from _stated(question.id, question.question, question.mode, question.evidence)
    for event in briefing.timeline:
        yield from _stated(event.id, event.statement, event.mode, event.evidence)
        yield _within(event.id, "when", event.when, event.evidence)
    for point in briefing.disagreements:
        for side in point.sides:
            yield check(point.id, "cited", bool(side.evidence), "a side has no evidence")
            yield from _stated(point.id, side.statement, side.mode, side.evidence)
            yield _within(point.id, "value", side.value, side.evidence)
    for actor in briefing.actors:
        yield _within(actor.id, "name", actor.name, actor.evidence)
        for role in actor.roles:
            yield _within(actor.id, "role", role.text, role.evidence)


def _stated(
    item: str, words: str, mode: types.Mode, evidence: Sequence[types.Evidence]
) -> Iterator[ItemCheck]:
    if not evidence:
        return
    if mode == "verbatim":
        same = words == evidence[0].text
        yield check(item, "verbatim", same, "it is not the words of its evidence")
    elif mode == "compressed":
        left = is_what_is_left(_BRACKETS.sub("", words), evidence[0].text)
        reason = "without its brackets it is not what is left of its evidence"
        yield check(item, "compressed", left, reason)


def _within(item: str, name: str, words: str, evidence: Sequence[types.Evidence]) -> ItemCheck:
    """``words`` stand in the first evidence."""
    inside = any(_folded(words) in _folded(each.text) for each in evidence[:1])
    return check(item, name, inside, f"its evidence does not have the words {words!r}")


def is_what_is_left(words: str, text: str) -> bool:
    """Whether ``words`` stand in ``text`` in this order, others between them or not."""
    rest = iter(_WORD.findall(text.casefold()))
    return all(word in rest for word in _WORD.findall(words.casefold()))


def of_quote(quote: types.Quote, texts: dict[str, Text]) -> Iterator[ItemCheck]:
    """A quote is its evidence, character by character, and its speaker is named by the source."""
    versions: tuple[types.Quote | types.Wording, ...] = (quote, *quote.wordings)
    for version in versions:
        exact = bool(version.evidence) and version.text == version.evidence[0].text
        yield check(quote.id, "exact", exact, "it is not the words of its evidence")
        reason = "the quotation marks are part of it"
        whole = not any(_surrounded(text) for text in _parts(version))
        yield check(quote.id, "marks", whole, reason)
        reason = "its parts are not one source's, in the order in which they stand"
        yield check(quote.id, "continued", _in_order(version), reason)
    if quote.speaker == types.NOT_ESTABLISHED:
        return
    yield check(quote.id, "attribution", bool(quote.attribution), "nothing names the speaker")
    # Transcripts have names in capitals, and “A guard” begins a sentence.
    speaker = _folded(_group(quote.speaker)).casefold()
    named = any(
        speaker in _folded(texts[evidence.source_id].source.body).casefold()
        for evidence in quote.attribution
        if evidence.source_id in texts
    )
    yield check(quote.id, "speaker", named, f"the source does not name {quote.speaker!r}")


def _group(speaker: str) -> str:
    """“two guards” of “one of two guards”: whom the source names where it says “one of them”."""
    return speaker.removeprefix("one of ").removeprefix("the ")


def _parts(version: types.Quote | types.Wording) -> tuple[str, ...]:
    return (version.text, *(part.text for part in version.continued))


def _in_order(version: types.Quote | types.Wording) -> bool:
    """Whether what is continued stands behind what it continues, in the same source."""
    parts = (*version.evidence[:1], *version.continued)
    return all(
        one.source_id == other.source_id and one.end <= other.start
        for one, other in pairwise(parts)
    )


def _folded(text: str) -> str:
    """``text`` with every run of white space as one space: names stand across line ends."""
    return " ".join(text.split())


def _surrounded(text: str) -> bool:
    """Whether ``text`` stands in quotation marks of its own, opened first and closed last."""
    closing = _CLOSING.get(text[:1])
    return closing is not None and len(text) > 1 and text.find(closing, 1) == len(text) - 1
