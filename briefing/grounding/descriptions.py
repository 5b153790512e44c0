"""What a text calls those it names: “the mayor, Ana Ruiz”, “Team doctor Emil Strand” (English).

A claim that gives somebody the description of somebody else, or another firm than the document
gives, is wrong even where the passages cited do not introduce them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.extract.lexicon import means_people
from briefing.grounding.aliases import plain, word_list
from briefing.grounding.name_spans import Name, compatible, name_words, names_in
from briefing.grounding.reading import Reading
from briefing.grounding.words import content, form_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TELLING = 3
"""A description of so many words fits only one, whatever its article."""
_BELONGING = {"of", "from", "at", "with"}
_LESS = {
    "former", "ex", "then", "acting", "interim", "outgoing", "retired", "previous", "late",
    "deputy", "vice", "assistant", "co",
}  # fmt: skip


@dataclass(frozen=True)
class Description:
    """``words`` (content forms, ``head`` among them) are said of what ``name`` names.

    ``unique``: it fits one at a time, “the mayor”, “its captain”, no “a lawyer”.
    """

    name: Name
    head: str
    words: frozenset[str]
    text: str
    unique: bool


@dataclass(frozen=True)
class Mistaken:
    """``words`` of the claim that the document says of another, or otherwise."""

    words: str
    reason: str


@lru_cache(maxsize=1024)
def descriptions(doc: Doc, known: frozenset[str] = frozenset()) -> tuple[Description, ...]:
    """All descriptions beside the names of a text, in order; ``known`` as in :func:`names_in`."""
    if not doc.has_annotation("DEP"):
        return ()
    return tuple(d for n in names_in(doc, known) for d in _of(n, doc))


def mistaken(claim: Reading, document: Sequence[Reading]) -> Iterator[Mistaken]:
    """Descriptions in ``claim`` that ``document`` gives to somebody else."""
    docs = tuple(reading.doc for reading in document)
    given = [d for doc in docs for d in descriptions(doc)]
    named = [n for doc in docs for n in names_in(doc)]
    known = name_words(docs)
    for mine in descriptions(claim.doc, known):
        own = [d for d in given if _same(d.name, mine.name)]
        if any(_fits(d, mine) for d in own):
            continue
        others = [d for d in given if _says_as_much(d, mine) and not _same(d.name, mine.name)]
        if not others or not any(_same(n, mine.name) for n in named):
            continue
        clear = len(mine.words) >= _TELLING or (mine.unique and all(d.unique for d in others))
        clear = clear or any(_repeats(d.text, mine.text) for d in others)
        if clear and not _together(mine, docs):
            reason = f"In the passages {others[0].name.text} is “{others[0].text}”, "
            yield Mistaken(mine.text, f"{reason}not {mine.name.text}.")
    yield from _elsewhere(claim, docs, known)


def _fits(given: Description, mine: Description) -> bool:
    """Whether the document has as much of the person, or less of the same."""
    more = mine.words - given.words
    return not more or (given.head == mine.head and given.words < mine.words and not more & _LESS)


def _repeats(given: str, mine: str) -> bool:
    """Word for word, and no mere “a lawyer”."""
    return mine.lower() in given.lower() and len(mine.split()) >= _TELLING


def _says_as_much(given: Description, mine: Description) -> bool:
    """“the former mayor” is no mayor."""
    return mine.words <= given.words and not (given.words - mine.words) & _LESS


def _elsewhere(claim: Reading, docs: tuple[Doc, ...], known: frozenset[str]) -> Iterator[Mistaken]:
    """“Lars Edevane of Sandell Capital”, whom the document has at another firm."""
    given = [pair for doc in docs for pair in _belonging(doc)]
    for name, body in _belonging(claim.doc, known):
        told = [b for n, b in given if _same(n, name)]
        if told and not any(compatible(body, b) for b in told) and not _near(name, body, docs):
            yield Mistaken(body.text, f"{name.text} is of {told[0].text} in the passages.")


def _near(name: Name, body: Name, docs: tuple[Doc, ...]) -> bool:
    """Whether one sentence has both."""
    return any(
        any(_same(n, name) for n in here) and any(compatible(n, body) for n in here)
        for doc in docs
        for s in doc.sents
        for here in [[n for n in names_in(doc) if s.start <= n.first < s.end]]
    )


@lru_cache(maxsize=1024)
def _belonging(doc: Doc, known: frozenset[str] = frozenset()) -> tuple[tuple[Name, Name], ...]:
    """People with the body that stands right behind them: “of the brokerage Pruitt & Lowe”."""
    names = names_in(doc, known)
    found = []
    for name in names:
        at = name.last + 1
        if name.kind != "person" or at >= len(doc) or doc[at].lower_ not in _BELONGING - {"with"}:
            continue
        body = next((n for n in names if n.first > at), None)
        if body is not None and all(_introduces(t) for t in doc[at + 1 : body.first]):
            found += [(name, body)] if body.kind != "person" else []
    return tuple(found)


def _introduces(token: Token) -> bool:
    return token.pos_ in {"DET", "NOUN", "ADJ"}


def _same(one: Name, other: Name) -> bool:
    return one.surname == other.surname and compatible(one, other)


def _together(mine: Description, docs: tuple[Doc, ...]) -> bool:
    """Whether a sentence has name and description in whatever construction, and no other name."""
    for doc in docs:
        for sentence in doc.sents:
            here = [n for n in names_in(doc) if sentence.start <= n.first < sentence.end]
            forms = {form_of(t) for t in content(sentence)}
            if mine.words <= forms and any(_same(n, mine.name) for n in here):
                return len(here) == 1
    return False


def _of(name: Name, doc: Doc) -> Iterator[Description]:
    before = _before(name, doc)
    if before:
        yield _made(name, before[-1], before, unique=_is_single(before[-1]))
    head = doc[name.last]
    phrases = [c for c in head.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
    if head.dep_ == "appos" and head.head.pos_ in {"NOUN", "PROPN"} and head.head.i < head.i:
        phrases.append(_office_of(head.head, name))
    if head.dep_ == "nsubj" and head.head.lemma_ in {"be", "become"}:
        phrases += _said_of(head.head)
    relative = [c for c in head.children if c.dep_ == "relcl"]
    phrases += [a for verb in relative if verb.lemma_ == "be" for a in _said_of(verb)]
    own = set(range(name.first, name.last + 1))
    for noun in phrases:
        tokens = [t for t in noun.subtree if t.i not in own]
        definite = any(c.lower_ == "the" or c.dep_ == "poss" for c in noun.children)
        if noun.pos_ == "NOUN" and not any(c.dep_ == "conj" for c in noun.children):
            yield _made(name, noun, tokens, unique=definite)
    behind = doc[name.last + 1 : name.last + 4]
    if [t.text for t in behind][::2] == [",", ","] and behind[1].tag_ == "VBG":
        yield _made(name, behind[1], [behind[1]], unique=True)  # “Jon Reed, prosecuting,”


def _said_of(verb: Token) -> list[Token]:
    """The “student” of “was a student”, where it is not denied."""
    denied = any(c.dep_ == "neg" for c in verb.children)
    return [c for c in verb.children if c.dep_ == "attr" and not denied]


def _office_of(noun: Token, name: Name) -> Token:
    """“the leader of the Civic Forum, Jo Lund”: the leader, where the parser says the forum."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    misread = name.kind == "person" and above is not None and means_people(above.lemma_.lower())
    return above if misread and above is not None else noun


def _before(name: Name, doc: Doc) -> list[Token]:
    """“Deputy leader”, “team doctor” right before a name, with nothing between."""
    tokens: list[Token] = []
    at = name.first - 1
    while at >= 0 and doc[at].pos_ in {"NOUN", "PROPN", "ADJ"} and doc[at].is_alpha:
        tokens.insert(0, doc[at])
        at -= 1
    owner = at >= 0 and doc[at].tag_ == "POS"
    telling = tokens and tokens[-1].pos_ != "ADJ" and not owner
    return tokens if telling and (name.kind == "person" or tokens[-1].pos_ == "NOUN") else []


def _made(name: Name, head: Token, tokens: Sequence[Token], *, unique: bool) -> Description:
    words = frozenset(form_of(t) for t in content(tokens)) | {form_of(head)}
    text = head.doc[tokens[0].i : tokens[-1].i + 1].text.strip(" ,")
    return Description(name, form_of(head), words, text, unique)


def _is_single(head: Token) -> bool:
    return plain(head.lemma_) in word_list("single")
