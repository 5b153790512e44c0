"""Mood: whether a verb is said to be done, to come, possible, intended or asked for (English)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from briefing.grounding.lemmas import lemma_of
from briefing.grounding.negation import DEPTH, is_finite_clause, is_name, shares_auxiliaries
from briefing.grounding.polarity_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

Mood = Literal[
    "fact",
    "future",
    "expected",
    "hoped",
    "possible",
    "able",
    "obliged",
    "intended",
    "requested",
    "purpose",
]

_OWN: tuple[Mood, ...] = ("future", "possible", "able", "obliged")
_ABOVE: tuple[Mood, ...] = ("future", "expected", "possible", "obliged", "intended", "requested")


def mood_of(verb: Token, depth: int = DEPTH) -> Mood:
    own = _told_under(verb) or _own_mood(verb)
    if own is not None or depth == 0:
        return own or "fact"
    if verb.dep_ == "conj" and shares_auxiliaries(verb.head, verb):
        return mood_of(verb.head, depth - 1)
    if is_finite_clause(verb):
        return "fact"
    if verb.dep_ == "advcl" and verb.tag_ == "VB":
        return "purpose"
    return _from_above(verb, depth)


def _from_above(verb: Token, depth: int) -> Mood:
    head = verb.head
    if head == verb or verb.dep_ not in {
        "xcomp",
        "ccomp",
        "acl",
        "pcomp",
        "prep",
        "acomp",
        "attr",
        "conj",
    }:
        return "fact"
    lemma = lemma_of(head)
    if head.pos_ in {"VERB", "ADJ", "NOUN", "AUX"} and verb.dep_ != "conj":
        for mood in _ABOVE:
            if lemma in words("above", mood) and (_is_below(verb) or verb.pos_ == "ADP"):
                loose = mood == "obliged" and _own_mood(head) == "possible"
                return "possible" if loose else mood  # “might have to pay”
    if verb.dep_ == "conj" and verb.tag_ == head.tag_ == "VB":
        return mood_of(head, depth - 1)
    if lemma in words("above", "transparent") or head.pos_ in {"ADP", "ADJ"}:
        return mood_of(head, depth - 1)
    return "fact"


def _is_below(verb: Token) -> bool:
    """“To go”, “going”, “to have gone”."""
    done = verb.tag_ == "VBN" and any(c.lower_ == "to" for c in verb.children)
    return done or verb.tag_ in {"VB", "VBG"}


def _told_under(verb: Token) -> Mood | None:
    """The mood of a whole clause under “he hopes” or “it is likely”."""
    if not is_finite_clause(verb) and verb.dep_ not in {"csubj", "csubjpass"}:
        return None
    above = verb.head
    complements = (c for c in above.children if c.dep_ == "acomp")
    lemmas = {lemma_of(above), *map(lemma_of, complements)}
    if verb.dep_ == "ccomp" and lemma_of(above) in words("above", "hoped"):
        return "hoped"
    return "possible" if lemmas & words("above", "likely") else None


def _own_mood(verb: Token) -> Mood | None:
    hedges = words("hedges", "adverbs")
    if any(c.dep_ == "advmod" and c.lower_ in hedges for c in verb.children):
        return "possible"
    for child in verb.children:
        if child.dep_ == "aux" and not is_name(child):
            for mood in _OWN:
                if child.lower_ in words("mood", mood):
                    return mood
    return None


def is_past(verb: Token) -> bool:
    if verb.tag_ == "VBD":
        return True
    helping = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    return any(c.tag_ == "VBD" or (c.lemma_ == "have" and verb.tag_ == "VBN") for c in helping)
