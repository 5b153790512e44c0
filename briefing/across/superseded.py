"""Announced plans that another source tells as done: “is due to visit”, “visited” (English)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.across.clause import carries, clause_of, key_of
from briefing.across.words import act_of, alike, words
from briefing.grounding.predicates import party, same
from briefing.grounding.scope import Predicate, predicates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

_AHEAD = frozenset({"future", "intended"})
_SCHEDULED = frozenset("schedule expect due plan set slate intend hope".split())
_REPEATED = frozenset("again second third another next further repeat".split())
_LEAST = 2


@dataclass(frozen=True, eq=False)
class Done:
    """A sentence that tells a plan as done: its place among those given, and the two verbs."""

    place: int
    planned: str
    told: str


def superseded(plan: Span, others: Sequence[Span]) -> Done | None:
    """The first of ``others`` that tells as done what ``plan`` only announces; None if none does.

    ``others`` are parsed sentences of other sources. The same act by the same party, with as many
    of its other words as :data:`_LEAST`, and not announced for another time.
    """
    for announced in _announced(plan):
        for place, other in enumerate(others):
            for done in _done(other):
                if _same_act(announced, done):
                    return Done(place, announced.lemma_, done.lemma_)
    return None


def _announced(plan: Span) -> Iterator[Token]:
    """Verbs of acts that lie ahead: “will visit”, “is scheduled to visit”."""
    for predicate in _within(plan):
        verb = predicate.verb
        above = verb.head
        scheduled = verb.dep_ == "xcomp" and above.lemma_.lower() in _SCHEDULED
        if predicate.denied or not (predicate.mood in _AHEAD or scheduled):
            continue
        if verb.lemma_.lower() not in _SCHEDULED and not _is_repeated(verb):
            yield verb


@lru_cache(maxsize=4096)
def _done(other: Span) -> tuple[Token, ...]:
    return tuple(p.verb for p in _within(other) if _is_done(p))


def _is_done(predicate: Predicate) -> bool:
    past = predicate.verb.tag_ in {"VBD", "VBN"} and predicate.verb.dep_ != "amod"
    return past and predicate.mood == "fact" and predicate.denied is False


def _within(span: Span) -> Iterator[Predicate]:
    return (p for p in predicates(span.doc) if span.start <= p.verb.i < span.end)


def _is_repeated(verb: Token) -> bool:
    return any(t.lower_ in _REPEATED for t in clause_of(verb).scope)


def _same_act(plan: Token, done: Token) -> bool:
    act = act_of(plan)
    lemma, other = plan.lemma_.lower(), done.lemma_.lower()
    if lemma in words("verbs", "level") or not (
        alike(lemma, other) or (act and act == act_of(done))
    ):
        return False
    mine, theirs = _company(plan), _company(done)
    if len(mine & theirs) < min(_LEAST, len(mine)) or not mine & theirs:
        return False
    verdicts = [
        same(party(a), party(b))
        for a, b in zip(_parties(plan), _parties(done), strict=True)
        if a is not None and b is not None
    ]
    return False not in verdicts


def _company(verb: Token) -> frozenset[str]:
    """The telling words of a clause, without its verb and the verb that schedules it."""
    outer = verb.head if verb.dep_ == "xcomp" else verb
    scope = {*clause_of(verb).scope, *clause_of(outer).scope}
    return frozenset(key_of(t) for t in scope if carries(t) and t not in {verb, outer})


def _parties(verb: Token) -> tuple[Token | None, Token | None]:
    """Subject and object of the act; the subject of “is due to visit” is that of the visit."""
    inner, outer = clause_of(verb), clause_of(verb.head)
    subject = inner.subject
    if subject is None and verb.dep_ == "xcomp":
        subject = outer.subject
    patient = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    return subject, patient
