"""Whether somebody of a claim can be somebody of the passages (English).

A pronoun of a passage stands for the people named before it, whose sex allows it; a person and a
body that one sentence has together may stand for each other. What that leaves open is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from briefing.extract.cues import is_saying
from briefing.extract.lexicon import means_people, words
from briefing.grounding.aliases import place_words, plain, word_list
from briefing.grounding.name_spans import Name, compatible, names_in
from briefing.grounding.predicates import Party
from briefing.grounding.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

Sex = Literal["female", "male"]

PERSONAL: dict[str, Sex] = {"he": "male", "she": "female", "him": "male", "her": "female"}


@lru_cache(maxsize=4096)
def human(name: Name, doc: Doc) -> bool:
    """Whether a name of ``doc`` is a person's: by the parser, its given name, or what it does."""
    alike = [n for n in names_in(doc) if n.surname == name.surname]
    if any(w in word_list("heads") | words("institutions") | place_words() for w in name.words):
        return False
    return any(n.kind == "person" or _given(n) or _acts(n, doc) for n in alike or [name])


def _given(name: Name) -> bool:
    return len(name.words) > 1 and _sex_of(name.words[0]) != frozenset()


def _acts(name: Name, doc: Doc) -> bool:
    """“Marged Lloyd, prosecuting, said”, “the curator Anil Mehta”."""
    if name.last >= len(doc) or doc[name.first : name.last + 1].text != name.text:
        return False
    head = doc[name.last]
    before = doc[name.first - 1] if name.first else None
    if before is not None and (plain(before.text) in words("titles") or _calls(before.lower_)):
        return True
    said = head.dep_ == "nsubj" and is_saying(head.head, strong=True)
    said = said and (len(name.words) in {2, 3} or name.kind == "place")
    apposed = head.dep_ == "appos" and means_people(head.head.lemma_.lower())
    apposed = apposed or any(c.dep_ == "appos" and means_people(c.lemma_) for c in head.children)
    return said or apposed


def _calls(word: str) -> bool:
    return word in words("people_nouns")


def _sex_of(given: str) -> frozenset[Sex]:
    both: tuple[tuple[Sex, str], ...] = (("female", "female_names"), ("male", "male_names"))
    return frozenset(sex for sex, names in both if given in words(names))


def candidates(party: Party, doc: Doc) -> tuple[Name, ...] | None:
    """The names of ``doc`` that a party of it can mean; None where that is not to be seen."""
    if party.names:
        return party.names
    sex = PERSONAL.get(party.head.lower_)
    if sex is None:
        return None
    end = party.head.sent.end
    found = [n for n in names_in(doc) if n.first < end and human(n, doc)]
    before = [n for n in found if n.first < party.head.i]
    fits = tuple(n for n in found if _sex_of(n.words[0]) in (frozenset(), frozenset([sex])))
    return fits if before and fits else None


def is_apart(mine: Party, theirs: Party, grounds: Sequence[Reading]) -> bool | None:
    """Whether ``theirs``, of a passage, is plainly not ``mine``, which has a name."""
    doc = theirs.head.doc
    others = candidates(theirs, doc)
    if mine.names and not others:
        return _of_another_sort(mine, theirs, grounds)
    if not mine.names or not others:
        return None
    pairs = [(a, b) for a in mine.names for b in others]
    if any(compatible(a, b) for a, b in pairs):
        return False
    docs = tuple(ground.doc for ground in grounds)
    return True if all(_different(a, b, doc, docs) for a, b in pairs) else None


def _of_another_sort(mine: Party, theirs: Party, grounds: Sequence[Reading]) -> bool | None:
    """A person is no jury, if no sentence has the two together."""
    docs = tuple(ground.doc for ground in grounds)
    bodies = words("bodies")
    if theirs.open or not theirs.heads or not theirs.heads <= bodies:
        return None
    found = [(n, d) for name in mine.names for n, d in _occurrences(name, docs)]
    near = any(
        any(t.lemma_.lower() in theirs.heads for t in d[n.first].sent) or d is theirs.head.doc
        for n, d in found
    )
    return True if found and not near and all(human(n, d) for n, d in found) else None


def _different(one: Name, other: Name, doc: Doc, docs: tuple[Doc, ...]) -> bool:
    """Two people, or two bodies; a person and a body that nothing brings together."""
    is_person = any(human(n, d) for n, d in _occurrences(one, docs)) or one.kind == "person"
    theirs = human(other, doc) or any(human(n, d) for n, d in _occurrences(other, docs))
    if is_person and theirs:
        return True
    if is_person != theirs:
        return not _together(one, other, docs)
    kinds = {n.kind for n, _ in _occurrences(one, docs)} | {other.kind}
    return "place" not in kinds or kinds == {"place"}


def _occurrences(name: Name, docs: tuple[Doc, ...]) -> Iterator[tuple[Name, Doc]]:
    for doc in docs:
        yield from ((n, doc) for n in names_in(doc) if n.surname == name.surname)


def _together(one: Name, other: Name, docs: tuple[Doc, ...]) -> bool:
    """Whether one sentence has both, or two that follow one another."""
    for doc in docs:
        sentences = list(doc.sents)
        for at, sentence in enumerate(sentences):
            back = any(t.lower_ in {"its", "their"} for t in sentence)
            start = sentences[max(0, at - back)].start
            here = [n for n in names_in(doc) if start <= n.first < sentence.end]
            if any(compatible(one, n) for n in here) and any(compatible(other, n) for n in here):
                return True
    return False
