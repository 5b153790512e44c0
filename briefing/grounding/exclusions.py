"""What the passages set aside: “a fine rather than a prison sentence”, “all islands but one”.

A claim may deny what is set aside, though its verb is affirmed; to affirm it is wrong (English).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.grounding.negation import is_denied
from briefing.grounding.opposites import quantifier_class
from briefing.grounding.reading import Reading
from briefing.grounding.verdicts import Objection
from briefing.grounding.words import form_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_MARKS = {"except", "excluding", "apart"}
_ONLY = {"only", "alone", "solely"}
_PARTIAL = {"most", "many", "some", "few", "part"}
_SHARES = {"half", "third", "quarter", "majority", "minority", "part", "percent", "%"}
_REACH = 5


@dataclass(frozen=True)
class _Excluded:
    """``noun`` is what ``verb`` is not said of."""

    verb: str
    noun: str
    mark: str


def objections(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    """What ``claim`` affirms and ``grounds`` set aside."""
    given = [found for ground in grounds for found in _excluded(ground.doc)]
    own = {(found.verb, found.noun) for found in _excluded(claim.doc)} if given else set()
    for found in given:
        for noun in claim.doc:
            if form_of(noun) != found.noun or (found.verb, found.noun) in own:
                continue
            verb = noun.head.head if noun.dep_ == "pobj" else noun.head
            placed = noun.dep_ in {"dobj", "pobj"} and verb.lemma_ == found.verb
            if placed and is_denied(verb) is False:
                yield Objection(
                    kind="negation",
                    words=noun.text,
                    reason=f"the passages say “{found.mark} {noun.text}”",
                    certain=True,
                )


def sets_aside(sentence: Span) -> bool:
    """Whether a sentence says of what it is not so, beside what it is said of."""
    return any(t.lower_ in _MARKS or _mark(t) or _but(t) or _only(t) for t in sentence)


def is_of_part(verb: Token) -> bool:
    """Whether a verb is said of some of many: “few passengers”, “thirty of the 60”."""
    subjects = (c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"})
    return any(_is_part(subject) for subject in subjects)


def _is_part(subject: Token) -> bool:
    of = any(c.lower_ == "of" for c in subject.children)
    if subject.lemma_.lower() in _SHARES or (of and subject.like_num):
        return True
    near = (subject, *(c for c in subject.children if c.dep_ in {"det", "amod", "predet"}))
    return any(quantifier_class(t) in _PARTIAL or t.lower_ in _SHARES for t in near)


@lru_cache(maxsize=1024)
def _excluded(doc: Doc) -> tuple[_Excluded, ...]:
    return tuple(found for token in doc if (found := _of_mark(token)) is not None)


def _of_mark(token: Token) -> _Excluded | None:
    mark = _mark(token)
    verbs = [t for t in _before(token) if t.pos_ == "VERB"][-1:]
    verbs = verbs or [t for t in token.sent if t.pos_ == "VERB"][:1]
    if not mark or not verbs:
        return None
    following = token.doc[token.i + 1 : token.i + 1 + _REACH]
    noun: Token | None = None
    for other in following:
        if other.pos_ in {"NOUN", "PROPN"}:
            noun = other
        elif noun is not None or other.pos_ not in {"DET", "ADJ", "ADP", "PRON", "NUM"}:
            break
    return _Excluded(verbs[-1].lemma_, form_of(noun), mark) if noun is not None else None


def _before(token: Token) -> Span:
    """The part of its sentence before a token."""
    return token.doc[token.sent.start : token.i]


def _mark(token: Token) -> str:
    """“rather than”, “instead of”, at its last word."""
    if token.i == 0:
        return ""
    pair = f"{token.nbor(-1).lower_} {token.lower_}"
    return pair if pair in {"rather than", "instead of"} else ""


def _but(token: Token) -> bool:
    """“Nobody but the captain”, “all but one”."""
    wide = {"nobody", "nothing", "none", "everyone", "everybody", "everything", "all", "anyone"}
    return token.lower_ == "but" and token.i > 0 and token.nbor(-1).lower_ in wide


def _only(token: Token) -> bool:
    """“Only members may vote”."""
    return token.lower_ in _ONLY and token.head.dep_ in {"nsubj", "nsubjpass"}
