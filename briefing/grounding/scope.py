"""What a text says of each predicate: affirmed or denied, done, intended or only possible.

A predicate is a verb, or the adjective or noun behind "be". Negation and mood come from its own
auxiliaries and from what stands above it: "refused to sign", "no plan to sign", "may sign".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.grounding.mood import Mood, is_past, mood_of
from briefing.grounding.negation import above, is_denied, is_narrow

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True)
class Predicate:
    """A predicate as its sentence has it.

    ``token`` bears the meaning, ``verb`` the inflection (both the same but for "be"). ``denied``
    is None where the text does not say ("whether", a question, "did not say that"). ``past`` tells
    a finite past or perfect. ``condition``: said only for a case ("if …"). ``narrow``: the negation
    may be about an adverb only ("did not immediately sign").
    """

    token: Token
    verb: Token
    denied: bool | None
    mood: Mood
    past: bool
    condition: bool
    narrow: bool

    @property
    def lemma(self) -> str:
        """The lemma of what is said."""
        return self.token.lemma_.lower()


@lru_cache(maxsize=1024)
def predicates(doc: Doc) -> tuple[Predicate, ...]:
    """All predicates of a text, in order; none where it was not parsed."""
    if not doc.has_annotation("DEP"):
        return ()
    return tuple(_predicate(token) for token in doc if _is_predicate(token))


def _is_predicate(token: Token) -> bool:
    if token.dep_ in {"aux", "auxpass", "amod", "compound"}:
        return False
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.lemma_ == "be")


def _predicate(verb: Token) -> Predicate:
    token = _complement(verb) if verb.lemma_ == "be" else verb
    return Predicate(
        token=token,
        verb=verb,
        denied=is_denied(verb),
        mood=mood_of(verb),
        past=is_past(verb),
        condition=any(_has_condition(t) for t in (verb, *above(verb))),
        narrow=any(c.dep_ == "neg" and is_narrow(c) for c in verb.children),
    )


def _complement(verb: Token) -> Token:
    return next((c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"}), verb)


def _has_condition(verb: Token) -> bool:
    if any(
        c.dep_ == "mark" and c.lower_ in {"if", "unless", "provided", "lest"} for c in verb.children
    ):
        return True
    return any(
        c.dep_ == "advcl"
        and any(m.dep_ == "mark" and m.lower_ in {"if", "unless", "provided"} for m in c.children)
        for c in verb.children
    )
