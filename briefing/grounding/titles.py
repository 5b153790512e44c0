"""Offices and functions beside names: a person is given another office than in the passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from briefing.grounding.aliases import groups, plain, plain_words, word_list
from briefing.grounding.name_spans import Name, compatible, name_words, names_in
from briefing.grounding.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 3
_OF = {"of", "for", "at"}
_FORMER = {"former", "ex", "acting", "interim", "deputy", "vice"}
_LOOSE = {"minister", "secretary", "director", "chief", "general"}


@dataclass(frozen=True)
class Office:
    """``person`` holds an office: its words in plain form, where it stands, and of what."""

    person: Name
    title: str
    text: str
    of: Name | None


@lru_cache(maxsize=1024)
def offices(doc: Doc, known: frozenset[str] = frozenset()) -> tuple[Office, ...]:
    """All offices of people named in a text, in order; ``known`` as in :func:`names_in`."""
    return tuple(o for n in names_in(doc, known) for o in _beside(n, doc) if n.kind != "place")


def holders(head: Token, grounds: Sequence[Reading]) -> list[Name]:
    """Who holds the office that the description under ``head`` names, by the passages."""
    at = _ending_at(head.doc, head.i + 1)
    if at is None:
        return []
    title = " ".join(plain_words(head.doc[at[0] : at[1]].text))
    return [o.person for g in grounds for o in offices(g.doc) if _agree(title, o.title)]


def different_offices(one: Token, other: Token) -> bool:
    """Whether two descriptions name two offices."""
    ends = [(head.doc, _ending_at(head.doc, head.i + 1)) for head in (one, other)]
    titles = [" ".join(plain_words(d[at[0] : at[1]].text)) for d, at in ends if at is not None]
    return len(titles) == 2 and not _agree(titles[0], titles[1])


def _beside(name: Name, doc: Doc) -> Iterator[Office]:
    before = _ending_at(doc, name.first)
    if before is not None:
        yield _office(name, doc, before)
    for head in _predicated(name, doc):
        found = _ending_at(doc, head.i + 1)
        if found is not None:
            yield _office(name, doc, found)


def _ending_at(doc: Doc, end: int) -> tuple[int, int] | None:
    """The longest known office whose last token is ``end - 1``."""
    for start in range(max(0, end - _LONGEST - 1), end):
        if doc[start].is_alpha and " ".join(plain_words(doc[start:end].text)) in groups("offices"):
            return start, end
    return None


def _predicated(name: Name, doc: Doc) -> Iterator[Token]:
    """“Ana Ruiz, the mayor of Merrow,”; “the mayor, Ana Ruiz”; “Ana Ruiz is the mayor”."""
    head = doc[name.last]
    yield from (c for c in head.children if c.dep_ == "appos")
    if head.dep_ == "appos":
        yield head.head
    verb = head.head
    if head.dep_ == "nsubj" and verb.lemma_ in {"be", "become"}:
        negated = any(c.dep_ == "neg" for c in verb.children)
        yield from (c for c in verb.children if c.dep_ == "attr" and not negated)


def _office(name: Name, doc: Doc, at: tuple[int, int]) -> Office:
    start, end = at
    while start > 0 and plain(doc[start - 1].text) in word_list("qualifiers"):
        start -= 1
    title = " ".join(plain_words(doc[start:end].text))
    return Office(name, title, doc[start:end].text, _institution(doc, end, name))


def _institution(doc: Doc, end: int, person: Name) -> Name | None:
    """Of what: “spokesman for Merrow Steel”, where it follows at once."""
    if end >= len(doc) or doc[end].lower_ not in _OF:
        return None
    at = end + 1
    while at < len(doc) and doc[at].lower_ in {"the", "a", "its"}:
        at += 1
    return next((n for n in names_in(doc) if n.first == at and n != person), None)


@cache
def _kind(title: str) -> frozenset[int]:
    """The lines of offices that a title belongs to, by its longest known end."""
    parts = title.split()
    for start in range(len(parts)):
        found = groups("offices").get(" ".join(parts[start:]))
        if found:
            return found
    return frozenset()


def _agree(one: str, other: str) -> bool:
    """Whether two titles can be one office: the same line, or one only leaves a word out."""
    if _kind(one) & _kind(other):
        return True
    mine, yours = set(one.split()), set(other.split())
    shorter, longer = sorted((mine, yours), key=len)
    return shorter <= longer and bool(shorter & _LOOSE) and not longer & {"deputy", "vice"}


@dataclass(frozen=True)
class Clash:
    """An office that the claim gives somebody and the passages do not; ``words`` of the claim."""

    words: str
    reason: str
    certain: bool


def clashes(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Clash]:
    """Offices of the claim that the passages give otherwise."""
    given = [o for ground in grounds for o in offices(ground.doc)]
    known = name_words(tuple(ground.doc for ground in grounds))
    for office in offices(claim.doc, known):
        mine = [o for o in given if _same_person(o.person, office.person)]
        agreeing = [o for o in mine if _agree(o.title, office.title)]
        who = office.person.text
        other = _held_by_another(office, given, grounds)
        if mine and not agreeing:
            certain = other is not None or not any(_says(ground, office) for ground in grounds)
            yield Clash(office.text, f"{who} is “{mine[0].text}” in the passages.", certain)
        elif other is not None and not agreeing:
            reason = f"In the passages {other.person.text} is “{other.text}”, not {who}."
            yield Clash(office.text, reason, certain=True)
        bodies = [o.of for o in agreeing if o.of is not None]
        if office.of is None or not bodies or len(bodies) < len(agreeing):
            continue
        if not any(compatible(office.of, body) for body in bodies):
            reason = f"{who} is “{office.text}” of {bodies[0].text} in the passages."
            yield Clash(office.of.text, reason, certain=True)


def _held_by_another(
    office: Office, given: Sequence[Office], grounds: Sequence[Reading]
) -> Office | None:
    """Who has an office of which there is one, where the passages name the claim's holder too."""
    if not _kind(office.title) & _single() or _FORMER & set(office.title.split()):
        return None
    named = [n for ground in grounds for n in names_in(ground.doc)]
    if not any(_same_person(office.person, n) for n in named):
        return None
    alike = [
        o for o in given if _kind(o.title) & _kind(office.title) and _agree(o.title, office.title)
    ]
    if any(_same_person(o.person, office.person) for o in alike):
        return None
    if any(o.of and office.of and not compatible(o.of, office.of) for o in alike):
        return None
    return alike[0] if alike else None


@cache
def _single() -> frozenset[int]:
    """The lines of offices that one person has at a time."""
    return frozenset(n for t in word_list("single") for n in groups("offices").get(t, ())) | {
        number
        for title, lines in groups("offices").items()
        if len(title.split()) == 2 and title.split()[1] in word_list("single")
        for number in lines
    }


def _same_person(one: Name, other: Name) -> bool:
    return one.surname == other.surname and compatible(one, other)


def _says(ground: Reading, office: Office) -> bool:
    """Whether the office stands in a sentence with the person, in whatever construction."""
    wanted = {p for p, lines in groups("offices").items() if lines & _kind(office.title)}
    for sentence in ground.doc.sents:
        text = f" {' '.join(plain_words(sentence.text))} "
        if office.person.surname in text.split() and any(f" {p} " in text for p in wanted):
            return True
    return False
