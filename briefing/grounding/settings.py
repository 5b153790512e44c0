"""Where it was, and with whom: the same act by the same party, “in” another place (English)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.grounding.name_spans import Name, compatible, name_words, names_in
from briefing.grounding.predicates import Clause, clauses, same
from briefing.grounding.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLACING = {"in", "at", "near", "from", "to", "against", "outside"}
_TIMES = {"DATE", "TIME"}


@dataclass(frozen=True)
class Misplaced:
    """``claimed`` stands in the claim where the passages have ``given``."""

    claimed: Name
    given: Name


def misplaced(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Misplaced]:
    """Names behind a preposition that the passages have otherwise of the very same act."""
    known = name_words(tuple(ground.doc for ground in grounds))
    given = [c for ground in grounds for c in clauses(ground.doc)]
    for clause in clauses(claim.doc, known):
        for preposition, mine in _places(clause.verb, known):
            alike = [g for g in given if _same_act(clause, g)]
            found = [_instead(preposition, mine, g) for g in alike]
            if found and found[0] is not None and all(found):
                yield Misplaced(mine, found[0])


def _same_act(mine: Clause, given: Clause) -> bool:
    """The same verb with the same subject, and the same object where one has one."""
    if mine.verb.lemma_ != given.verb.lemma_ or mine.predicate != given.predicate:
        return False
    if (
        mine.subject is None
        or given.subject is None
        or same(mine.subject, given.subject) is not True
    ):
        return False
    if mine.object is None or given.object is None:
        return mine.object is None and given.object is None
    return same(mine.object, given.object) is True


def _instead(preposition: str, mine: Name, given: Clause) -> Name | None:
    """The name that the passage has there, if ``mine`` is nowhere in its sentence."""
    doc, sentence = given.verb.doc, given.verb.sent
    here = [n for n in names_in(doc) if sentence.start <= n.first < sentence.end]
    if any(compatible(mine, n) for n in here):
        return None
    others = [n for p, n in _places(given.verb) if p == preposition]
    return others[0] if len(others) == 1 else None


def _places(verb: Token, known: frozenset[str] = frozenset()) -> Iterator[tuple[str, Name]]:
    """Names right behind the prepositions of a verb, or of its object."""
    beside = [verb, *(c for c in verb.children if c.dep_ == "dobj")]
    for child in (c for token in beside for c in token.children):
        if child.dep_ == "prep" and child.lower_ in _PLACING:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.ent_type_ not in _TIMES:
                    names = names_in(verb.doc, known)
                    yield from ((child.lower_, n) for n in names if n.first <= noun.i <= n.last)
