"""Whether somebody of a claim can be who speaks in a passage, by all that the document tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.extract.lexicon import words
from briefing.grounding.actors import kinds_of, same_kind, words_for
from briefing.grounding.name_spans import Name, compatible, names_in
from briefing.grounding.parties import human
from briefing.grounding.predicates import Party

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SEXES = {"he": "male", "she": "female"}
_OTHER = {"male": "female", "female": "male"}
_UNNAMED = {"a", "an", "another", "two", "three", "several", "some", "many", "other", "both"}


def speak_apart(mine: Party, theirs: Party, docs: tuple[Doc, ...]) -> bool:
    """Whether ``mine``, of a claim, is plainly not ``theirs``, of a passage.

    ``docs`` are the passages of the document, cited or not.
    """
    if mine.open or shares_name(mine, theirs) or mine.heads & theirs.heads:
        return False
    if not mine.names and mine.head.pos_ == "PROPN":  # a name that was not seen as one
        return False
    sex = _SEXES.get(theirs.head.lower_)
    if sex is not None:
        return _not_the_pronoun(mine, sex, theirs, docs)
    if theirs.open:
        return False
    if mine.names and theirs.names:
        return _bodies(mine.names, theirs, docs) or _people(mine.names, theirs.names, docs)
    if mine.names:
        return _not_described(mine.names[0], theirs, docs)
    if theirs.names:
        return all(_not_described(name, mine, docs) for name in theirs.names)
    return _both_there(mine, theirs)


def shares_name(mine: Party, theirs: Party) -> bool:
    """Whether two may be one: “Orsa Steel's spokesman” may be Orsa Steel, and who speaks for it."""
    ours, others = _names_under(mine), _names_under(theirs)
    return any(compatible(a, b) for a in ours for b in others)


def _names_under(party: Party) -> list[Name]:
    inside = {t.i for t in party.head.subtree}
    names = [n for n in names_in(party.head.doc) if n.last in inside]
    return [*party.names, *names]


def sex_of(name: Name, docs: tuple[Doc, ...]) -> str | None:
    """Of somebody with a given name anywhere in the document, where that tells."""
    fuller = [n for doc in docs for n in names_in(doc) if n.surname == name.surname]
    given = {n.words[0] for n in [name, *fuller] if len(n.words) > 1}
    found = {sex for sex in _OTHER for word in given if word in words(f"{sex}_names")}
    return found.pop() if len(found) == 1 else None


def _not_the_pronoun(mine: Party, sex: str, theirs: Party, docs: tuple[Doc, ...]) -> bool:
    if mine.names:
        return all(sex_of(name, docs) == _OTHER[sex] for name in mine.names)
    doc, end = theirs.head.doc, theirs.head.i
    before = [n for n in names_in(doc) if n.last < end and human(n, doc)]
    meant = [n for n in before if sex_of(n, docs) == sex]
    return bool(meant) and all(_not_described(name, mine, docs) for name in meant)


def _people(mine: Sequence[Name], theirs: Sequence[Name], docs: tuple[Doc, ...]) -> bool:
    return all(_is_person(n, docs) for n in (*mine, *theirs))


def _is_person(name: Name, docs: tuple[Doc, ...]) -> bool:
    return any(human(n, doc) for doc in docs for n in names_in(doc) if n.surname == name.surname)


def _bodies(mine: Sequence[Name], theirs: Party, docs: tuple[Doc, ...]) -> bool:
    """Two bodies that one passage has."""
    here = names_in(theirs.head.doc)
    both = all(any(n.surname == m.surname for n in here) for m in mine)
    people = any(_is_person(n, docs) for n in (*mine, *theirs.names))
    return both and not people


def _not_described(name: Name, described: Party, docs: tuple[Doc, ...]) -> bool:
    """Whether “the judge” is not somebody whom the document calls otherwise."""
    kinds = kinds_of(name, docs) | words_for(name, docs)
    if any(same_kind(head, kind) for head in described.heads for kind in kinds):
        return False
    if not described.heads:
        return False
    many = any(c.lower_ in _UNNAMED for c in described.head.children)
    several = described.head.tag_ == "NNS" and described.head.dep_ == "nsubj"
    if (many or several) and _is_person(name, docs):
        return True
    told = any(t.lemma_.lower() in described.heads for doc in docs for t in doc)
    return bool(kinds) and told


def _both_there(mine: Party, theirs: Party) -> bool:
    """Two descriptions that one passage has, of two kinds."""
    if any(same_kind(a, b) for a in mine.heads for b in theirs.heads):
        return False
    forms = {t.lemma_.lower() for t in theirs.head.doc}
    return bool(mine.heads) and mine.heads <= forms and bool(theirs.heads)
