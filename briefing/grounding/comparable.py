"""Predicates of one verb that can both be so, though only one of them is denied (English)."""

from __future__ import annotations

from briefing.grounding.exclusions import is_of_part, sets_aside
from briefing.grounding.negation import is_of_none, is_partial, is_question
from briefing.grounding.polarity_lists import words
from briefing.grounding.scope import Predicate


def is_comparable(claimed: Predicate, said: Predicate) -> bool:
    """Whether the one affirmed and the other denied cannot both be so."""
    return not (
        claimed.narrow
        or said.narrow
        or is_question(said.verb)
        or (said.denied is None and bool(claimed.denied))
        or claimed.lemma != said.lemma
        or is_partial(said.verb)
        or sets_aside(said.verb.sent)
        or _sided(claimed, said)
        or _partly(claimed, said)
        or _frames(claimed, said)
    )


def _partly(one: Predicate, other: Predicate) -> bool:
    """Whether one is said of some, and the other may be of the rest: half had it, half had not."""
    part = any(is_of_part(p.verb) for p in (one, other))
    return part and not any(is_of_none(p.verb) for p in (one, other))


def _frames(claimed: Predicate, said: Predicate) -> bool:
    """“There was none, they found” for “they found none”: the claim's clause has the negation."""
    below = [c for c in claimed.verb.children if c.dep_ == "ccomp"]
    clause = any(c.dep_ == "ccomp" for c in said.verb.children)
    nothing = words("negation", "determiners") | words("negation", "pronouns")
    return bool(below) and (not clause or any(t.lower_ in nothing for t in below[0].subtree))


def _sided(one: Predicate, other: Predicate) -> bool:
    """Whether one is “for” what the other is “against”: not voting for it is no vote against it."""
    ours, theirs = ({c.lower_ for c in p.verb.children} for p in (one, other))
    return bool(("for" in ours and "against" in theirs) or ("against" in ours and "for" in theirs))
