"""What a source denies outright, beside another that tells of it: “no such letter came” (English).

Most negations deny what nobody has claimed. Who denies with emphasis ("no such letter", "no warning
of any kind", "that is untrue") answers a claim; so the happening that another source tells under
the same noun, or in the words of the sentence before, is the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.across.clause import carries, clause_of, key_of
from briefing.across.nearness import Nearness
from briefing.across.stances import Pair, Stance, comparable, nearness_of
from briefing.across.told import Told
from briefing.across.words import alike, words
from briefing.grounding.scope import Predicate, predicates
from briefing.lexical import STOP_WORDS
from briefing.origins import Origins

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

HAPPENS = -3.6
"""Log-odds of :class:`Nearness` from which a happening may be the one that is denied."""
CLAIMED = -2.5
"""Likewise for the sentence that tells what "that is untrue" is said of."""
_EMPHATIC = re.compile(
    r"\bno such\b|\bof any (?:kind|sort|description)\b|\b(?:ever|whatsoever|whatever)\b"
    r"|\bor on any other\b|\bnot (?:a single|one single)\b",
    re.IGNORECASE,
)
_REFUTED = re.compile(
    r"(?:but )?(?:that|this|it|the (?:claim|allegation|assertion|report|statement)s?)"
    r" (?:is|was|are|were) (?:simply |plainly |quite |just |wholly |entirely )?"
    r"(?:untrue|false|not true|not so|not the case|a lie|incorrect|wrong|nonsense)[.,;:!]",
    re.IGNORECASE,
)
_SHORT = 12
_FARTHEST = 8
_CORE = {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr", "appos", "dative"}


@dataclass(frozen=True, eq=False)
class Denied:
    """A noun of a sentence of which it says, with emphasis, that there is no such thing."""

    told: Told
    noun: Token


def dispute_pairs(told: Sequence[Told], origins: Origins, near: Nearness | None) -> Iterator[Pair]:
    """Stances of which one denies, with emphasis, what the other tells; none without vectors."""
    if near is None:
        return
    for each in told:
        for denied in _denied(each):
            yield from _best(denied, _happenings(denied, told, origins, near))
        claim = _refuted(each, told)
        if claim is not None:
            yield from _same_claim(each, claim, told, origins, near)


def _denied(told: Told) -> Iterator[Denied]:
    if not _EMPHATIC.search(told.line.sentence.text):
        return
    for token in told.span:
        if token.lower_ != "no" or token.dep_ != "det" or token.head.pos_ not in {"NOUN", "PROPN"}:
            continue
        if token.head.lemma_.lower() in STOP_WORDS | words("things", "empty") | _persons():
            continue
        scope = clause_of(token.head).scope
        if any(t.lower_ in {"until", "till"} for t in scope):
            continue
        if _EMPHATIC.search(" ".join(t.text for t in scope)):
            yield Denied(told, token.head)


def _persons() -> frozenset[str]:
    """“No officer was ever disciplined” denies what was done, not that there is an officer."""
    return words("things", "groups") | words("things", "people") | words("things", "unique")


def _happenings(
    denied: Denied, told: Sequence[Told], origins: Origins, near: Nearness
) -> Iterator[tuple[float, Told, Token]]:
    """Sentences of other sources that tell of such a thing as happened, and how near they are."""
    noun = denied.noun.lemma_.lower()
    for other in told:
        if not comparable(denied.told, other, origins):
            continue
        token = _told_of(noun, other)
        if token is None:
            continue
        odds = nearness_of(denied.told, other, near)
        if odds >= HAPPENS:
            yield odds, other, token


def _told_of(noun: str, other: Told) -> Token | None:
    """The noun in the telling of a happening, or the verb of what it names."""
    if any(t.lower_ in {"no", "not", "n't", "n’t", "never", "nor", "nobody"} for t in other.span):
        return None
    facts = {p.verb.i: p for p in predicates(other.doc) if _is_happening(p)}
    for token in other.span:
        verb = clause_of(token).verb
        if verb.i not in facts or not other.span.start <= verb.i < other.span.end:
            continue
        if token.dep_ in _CORE and token.lemma_.lower() == noun:
            return token
        if token is verb and alike(facts[verb.i].lemma, noun):
            return token
    return None


def _is_happening(predicate: Predicate) -> bool:
    real = predicate.denied is False and predicate.mood == "fact" and not predicate.condition
    return real and predicate.verb.lemma_ not in {"be", "have"}


def _best(denied: Denied, found: Iterator[tuple[float, Told, Token]]) -> Iterator[Pair]:
    best = max(found, key=lambda each: each[0], default=None)
    if best is None:
        return
    _, other, token = best
    yield Pair(
        _with_verb(denied.told, denied.noun, denied.noun.text),
        _with_verb(other, token, denied.noun.text),
        "conflict",
    )


def _with_verb(told: Told, token: Token, point: str) -> Stance:
    """A noun with its verb, where they stand near each other: “a letter reached”."""
    verb = clause_of(token).verb
    left = max(token.left_edge.i, told.span.start)
    ends = (left, token.i, verb.i) if told.span.start <= verb.i < told.span.end else (left, token.i)
    if max(ends) - min(ends) > _FARTHEST:
        ends = (token.i, token.i)
    first, last = told.doc[min(ends)], told.doc[max(ends)]
    return Stance(told, first.idx, last.idx + len(last.text), point)


def _refuted(told: Told, every: Sequence[Told]) -> Told | None:
    """The sentence before one that says only that it is untrue."""
    text = told.line.sentence.text.lstrip("“\"'‘")
    if len(text.split()) > _SHORT or not _REFUTED.match(text):
        return None
    return next(
        (
            t
            for t in every
            if t.article is told.article
            and t.line.order == told.line.order - 1
            and t.line.passage.id == told.line.passage.id
        ),
        None,
    )


def _same_claim(
    told: Told, claim: Told, every: Sequence[Told], origins: Origins, near: Nearness
) -> Iterator[Pair]:
    """The sentence of another source that makes the claim: near it, with a verb of it."""
    found = [
        (odds, other)
        for other in every
        if comparable(claim, other, origins) and _verbs(claim) & _verbs(other)
        for odds in [nearness_of(claim, other, near)]
        if odds >= CLAIMED
    ]
    if not found:
        return
    _, other = max(found, key=lambda each: each[0])
    point = " ".join(t.text for t in claim.span if carries(t) and t.dep_ in {"nsubj", "pobj"})
    root = other.span.root
    yield Pair(
        _whole(told, told.span.root, point),
        Stance(other, root.idx, root.idx + len(root.text), point),
        "conflict",
    )


def _whole(told: Told, root: Token, point: str) -> Stance:
    span: Span = told.span
    last = span[-2] if span[-1].is_punct and len(span) > 1 else span[-1]
    return Stance(told, span.start_char, last.idx + len(last.text), point or key_of(root))


def _verbs(told: Told) -> frozenset[str]:
    """The verbs that say what is claimed."""
    return frozenset(t.lemma_.lower() for t in told.span if t.pos_ == "VERB" and carries(t))
