"""Somebody else who does the same: a description in a passage where the claim has a name (English).

“A pharmacist handed it out” is not what the charity named beside it did. Only where the document
brings the two together nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.extract.lexicon import words
from briefing.grounding.aliases import groups, plain, word_list
from briefing.grounding.descriptions import descriptions
from briefing.grounding.name_spans import Name, compatible, names_in
from briefing.grounding.parties import human
from briefing.grounding.predicates import Party, clauses
from briefing.grounding.reading import Reading
from briefing.grounding.reported import marks
from briefing.grounding.thesaurus import broader, same_family, synonyms

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PARTS = {"nsubj", "nsubjpass", "dobj"}
_INDEFINITE = {"a", "an", "another", "one"}


def is_stranger(mine: Party, theirs: Party, document: Sequence[Reading]) -> bool:
    """Whether ``theirs``, of a passage, is plainly not ``mine``, a name that it has as well."""
    if same_kind(mine.head.lower_, theirs.head.lower_):
        return False
    docs = tuple(reading.doc for reading in document)
    name = mine.names[0] if len(mine.names) == 1 else _name_under(mine.head)
    if name is None or theirs.open or not _occurs(name, theirs.head.doc):
        return False
    if theirs.names:
        return all(_is_other_body(name, n, docs, theirs.head.doc) for n in theirs.names)
    if _name_under(theirs.head) is not None and theirs.head.pos_ == "PROPN":
        return False
    called = kinds_of(name, docs)
    general = marks("general")
    if any(same_kind(head, other) for head in theirs.heads for other in called):
        return False
    indefinite = any(c.lower_ in _INDEFINITE for c in theirs.head.children)
    return indefinite or (
        bool(called) and not theirs.heads & general and not _is_person(name, docs)
    )


def told_apart(mine: Party, theirs: Party) -> bool:
    """Whether the sentence of ``theirs`` has ``mine`` as well, in another part of the same act.

    Who says what the ministry did is not the ministry, and who sues it is not.
    """
    if theirs.open or not theirs.heads or mine.heads & theirs.heads:
        return False
    heads = {*mine.heads, mine.head.lower_}
    if any(same_kind(a, b) for a in heads for b in (*theirs.heads, theirs.head.lower_)):
        return False
    verb = _verb_of(theirs.head)
    verbs = [verb] if verb is not None else []
    if verb is not None and verb.dep_ == "ccomp":
        verbs.append(verb.head)
    parts = [c for v in verbs for c in v.children if c.dep_ in _PARTS and c != theirs.head]
    return any(_is_mine(mine, part) for part in parts)


def met(one: Party, other: Party, document: Sequence[Reading]) -> bool:
    """Whether one does something to the other anywhere: “the ministry praised the museum”."""
    if one.open or other.open or one.names or other.names or not (one.heads and other.heads):
        return False
    if any(same_kind(a, b) for a in one.heads for b in other.heads):
        return False
    ends = [
        (c.subject.heads, c.object.heads)
        for reading in document
        for c in clauses(reading.doc)
        if c.subject and c.object and c.predicate not in word_list("symmetric") | {"be", "become"}
    ]
    return any(
        (one.heads <= a and other.heads <= b) or (one.heads <= b and other.heads <= a)
        for a, b in ends
    )


def _verb_of(head: Token) -> Token | None:
    above = head.head.head if head.dep_ == "pobj" and head.head.dep_ == "agent" else head.head
    return above if head.dep_ in _PARTS | {"pobj"} and above.pos_ == "VERB" else None


def _is_mine(mine: Party, part: Token) -> bool:
    """Whether a part of a clause is surely ``mine``."""
    if mine.names:
        name = next((n for n in names_in(part.doc) if n.first <= part.i <= n.last), None)
        return name is not None and any(compatible(n, name) for n in mine.names)
    return part.pos_ == "NOUN" and part.lemma_.lower() in mine.heads


def _name_under(head: Token) -> Name | None:
    """“the charity **Open Hands**”."""
    inside = {t.i for t in head.subtree}
    names = names_in(head.doc)
    beside = (n for n in names if {n.first, n.last} <= inside or n.first == head.i + 1)
    return next(beside, None)


def _occurs(name: Name, doc: Doc) -> bool:
    return any(n.surname == name.surname and compatible(n, name) for n in names_in(doc))


def _is_person(name: Name, docs: tuple[Doc, ...]) -> bool:
    return any(human(n, doc) for doc in docs for n in names_in(doc) if n.surname == name.surname)


def _is_other_body(one: Name, other: Name, docs: tuple[Doc, ...], doc: Doc) -> bool:
    """Two bodies that one passage tells apart; no places, which may stand for one."""
    known = groups("places").keys() | groups("seats").keys()
    if compatible(one, other) or {" ".join(one.words), " ".join(other.words)} & known:
        return False
    if _is_person(one, docs) or _is_person(other, docs):
        return False
    return _occurs(one, doc) and not _linked(one, other, docs)


def _linked(one: Name, other: Name, docs: tuple[Doc, ...]) -> bool:
    """Whether one stands in a description of the other: “Velomar, the team of Orsa”."""
    pairs = ((one, other), (other, one))
    return any(
        compatible(d.name, a) and set(b.words) & d.words
        for doc in docs
        for d in descriptions(doc)
        for a, b in pairs
    )


def kinds_of(name: Name, docs: tuple[Doc, ...]) -> frozenset[str]:
    """What a name says of itself (“School”), and what the document calls it."""
    own = {w for w in name.words if w in word_list("heads") | words("institutions")}
    given = {
        d.head
        for doc in docs
        for d in descriptions(doc)
        if d.name.surname == name.surname and compatible(d.name, name)
    }
    return frozenset(own | given)


def words_for(name: Name, docs: tuple[Doc, ...]) -> frozenset[str]:
    """All words by which the document describes a name: “**defence** lawyer”."""
    found = (
        d.words
        for doc in docs
        for d in descriptions(doc)
        if d.name.surname == name.surname and compatible(d.name, name)
    )
    return frozenset().union(*found)


@lru_cache(maxsize=4096)
def same_kind(one: str, other: str) -> bool:
    """Whether two nouns may mean one sort of people or things."""
    one, other = plain(one), plain(other)
    kin = synonyms(one) | broader(one)
    return same_family(one, other) or other in kin or one in broader(other)
