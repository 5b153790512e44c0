"""Who does what to whom: clauses of a parsed text, the passive turned round (English).

Converse verbs become one: “B bought it from A” is “A sold it to B”, “B lost to A” is “A beat B”.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from briefing.grounding.aliases import tables
from briefing.grounding.name_spans import Name, compatible, kind_in, names_in
from briefing.lexical import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = {"nsubj", "nsubjpass"}
_RELATIVE = {"who", "which", "that", "whom"}
_TO, _FROM, _AGAINST = ("to", "dative"), ("from",), ("against", "over")
_CONVERSE: dict[str, tuple[str, tuple[str, ...], bool]] = {
    # verb: (canonical, prepositions that give the other party, whether the subject is the object)
    "lose": ("beat", (*_TO, *_AGAINST), True),
    "fall": ("beat", _TO, True),
    "win": ("beat", _AGAINST, False),
    "triumph": ("beat", _AGAINST, False),
    "prevail": ("beat", _AGAINST, False),
    "sell": ("sell to", _TO, False),
    "buy": ("sell to", _FROM, True),
    "purchase": ("sell to", _FROM, True),
    "acquire": ("sell to", _FROM, True),
    "lend": ("lend to", _TO, False),
    "loan": ("lend to", _TO, False),
    "borrow": ("lend to", _FROM, True),
    "give": ("give to", _TO, False),
    "donate": ("give to", _TO, False),
    "hand": ("give to", _TO, False),
    "award": ("give to", _TO, False),
    "grant": ("give to", _TO, False),
    "receive": ("give to", _FROM, True),
    "teach": ("teach", _TO, False),
    "precede": ("precede", (), False),
    "follow": ("precede", (), True),
}


@dataclass(frozen=True)
class Party:
    """Who or what fills a place of a clause: names and heads of coordinated phrases.

    ``open``: a pronoun or nothing that tells who.
    """

    head: Token
    names: tuple[Name, ...]
    heads: frozenset[str]
    open: bool

    @property
    def text(self) -> str:
        """How to call it."""
        return " and ".join(dict.fromkeys(n.text for n in self.names)) or self.head.text


@dataclass(frozen=True)
class Clause:
    """A verb with its parties. ``words``: lemmas of its content without subject and names."""

    verb: Token
    predicate: str
    subject: Party | None
    object: Party | None
    words: frozenset[str] = field(default=frozenset())


def apart(one: Party, other: Party) -> bool:
    """Whether two parties have names, and none in common, of whatever kind."""
    pairs = [(a, b) for a in one.names for b in other.names]
    return bool(pairs) and not any(compatible(a, b) for a, b in pairs)


def same(one: Party, other: Party) -> bool | None:
    """Whether ``one`` can be ``other``, of the passages; None where that is not to be seen."""
    if one.open or other.open:
        return None
    if one.names and other.names:
        if any(compatible(a, b) for a in one.names for b in other.names):
            return True
        doc = other.head.doc
        kinds = {kind_in(doc, n) for n in (*one.names, *other.names)}
        return False if len(kinds) == 1 and "other" not in kinds else None
    if one.heads & other.heads:
        return True
    return None if one.names or other.names else False


@lru_cache(maxsize=1024)
def clauses(doc: Doc, known: frozenset[str] = frozenset()) -> tuple[Clause, ...]:
    """All clauses of a text, in order; ``known`` as in :func:`names_in`."""
    if not doc.has_annotation("DEP"):
        return ()
    return tuple(c for t in doc if t.pos_ == "VERB" for c in _clauses(t, known))


def _clauses(verb: Token, known: frozenset[str]) -> Iterator[Clause]:
    subject, object_, passive = parties_of(verb)
    words = content(verb)
    lemma = canonical(verb.lemma_.lower())
    converse = _CONVERSE.get(verb.lemma_.lower())
    if converse is not None and not passive:
        name, prepositions, turned = converse
        partner = _oblique(verb, prepositions) if prepositions else object_
        if partner is not None:
            pair = (partner, subject) if turned else (subject, partner)
            yield _clause(verb, name, _filled(pair, known), words)
            if name == "give to" and not turned and object_ is not None and object_ != partner:
                yield _clause(verb, "receive", _filled((partner, object_), known), words)
            if name not in {"beat", "precede"}:
                yield _clause(verb, lemma, _filled((subject, object_), known), words)
            return
    if passive and converse is not None and converse[0] == "give to" and not converse[2]:
        gift = _child(verb, "dobj")
        taker = object_ if gift is not None else _oblique(verb, _TO)
        yield _clause(verb, "receive", _filled((taker, gift or object_), known), words)
    yield _clause(verb, lemma, _filled((subject, object_), known), words)


def _filled(
    pair: tuple[Token | None, Token | None], known: frozenset[str]
) -> tuple[Party | None, Party | None]:
    first, second = (party(head, known) if head is not None else None for head in pair)
    return first, second


def _clause(
    verb: Token, predicate: str, pair: tuple[Party | None, Party | None], words: frozenset[str]
) -> Clause:
    if pair[1] is not None and not pair[1].names:
        words |= pair[1].heads  # the passive has them as subject
    return Clause(verb=verb, predicate=predicate, subject=pair[0], object=pair[1], words=words)


@cache
def _lines() -> dict[str, str]:
    split = [[v.strip() for v in line.split(",")] for line in tables()["verbs"]]
    return {verb: line[0] for line in split for verb in line}


def canonical(lemma: str) -> str:
    """The verb that stands for all that say the same."""
    return _lines().get(lemma, lemma)


def parties_of(verb: Token) -> tuple[Token | None, Token | None, bool]:
    """Subject, object, and whether the verb is passive."""
    own = _child(verb, "nsubj")
    patient = _child(verb, "nsubjpass")
    agent = _child(verb, "agent")
    passive = patient is not None or _child(verb, "auxpass") is not None or agent is not None
    if not passive and verb.dep_ == "acl" and verb.tag_ == "VBN" and own is None:
        passive = True
    if passive:
        patient = patient or (verb.head if verb.dep_ in {"acl", "relcl"} else None)
        if patient is None and verb.dep_ == "conj":
            patient = parties_of(verb.head)[1] if verb.head.pos_ == "VERB" else None
        doer = _child(agent, "pobj") if agent is not None else None
        return doer, _antecedent(patient, verb), True
    subject = own if own is not None else inherited(verb)
    object_ = _child(verb, "dobj") or _asked(verb)
    return _antecedent(subject, verb), _antecedent(object_, verb), False


def _asked(verb: Token) -> Token | None:
    """“Wants **the state** to pay”: of whom something is wanted."""
    below = _child(verb, "ccomp")
    if below is None or below.tag_ != "VB" or not any(c.lower_ == "to" for c in below.children):
        return None
    return _child(below, "nsubj")


def inherited(verb: Token) -> Token | None:
    """The subject of a verb that has none of its own."""
    if verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        if verb.dep_ == "xcomp" and _child(verb.head, "dobj") is not None:
            return _child(verb.head, "dobj")
        above = _child(verb.head, *_SUBJECTS)
        return above if above is not None else inherited(verb.head)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    if verb.tag_ == "VBG" and verb.dep_ in {"advcl", "pcomp"}:  # “won, beating Ana”, “by selling”
        above = verb.head if verb.dep_ == "advcl" else verb.head.head
        if above.pos_ == "VERB" and _child(above, "nsubjpass") is None:
            found = _child(above, "nsubj")
            return found if found is not None else inherited(above)
    return None


def _antecedent(token: Token | None, verb: Token) -> Token | None:
    """What a relative pronoun stands for."""
    if token is None or token.lower_ not in _RELATIVE:
        return token
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.head if verb.dep_ in {"relcl", "acl"} and verb.head != verb else token


def _child(token: Token, *deps: str) -> Token | None:
    return next((c for c in token.children if c.dep_ in deps), None)


def _oblique(verb: Token, prepositions: tuple[str, ...]) -> Token | None:
    for child in verb.children:
        if child.dep_ == "dative" and "dative" in prepositions:
            return _child(child, "pobj") or child
        if child.dep_ in {"prep", "agent"} and child.lower_ in prepositions:
            return _child(child, "pobj")
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    for noun in objects:  # “sold its stake to B”, attached to the noun
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in prepositions:
                return _child(child, "pobj")
    return None


def party(head: Token, known: frozenset[str] = frozenset()) -> Party:
    """Who the phrase under ``head`` names, with all it joins by “and”."""
    members = [head, *head.conjuncts] if head.conjuncts else [head]
    names = names_in(head.doc, known)
    found = [n for m in members if (n := _name_of(m, names)) is not None]
    heads = frozenset(m.lemma_.lower() for m in members if m.pos_ in {"NOUN", "PROPN"})
    return Party(
        head=head,
        names=tuple(found),
        heads=heads,
        open=not found and not any(m.pos_ in {"NOUN", "PROPN"} for m in members),
    )


def _name_of(head: Token, names: tuple[Name, ...]) -> Name | None:
    """The name that a head is part of, or that stands in apposition to it."""
    for name in names:
        if name.first <= head.i <= name.last:
            return name
    apposed = next((c for c in head.children if c.dep_ == "appos"), None)
    if apposed is None or apposed.i < head.i or head.i < head.head.i < apposed.i:
        return None  # subtle: behind the verb it is the parser's error
    return _name_of(apposed, names)


def content(verb: Token) -> frozenset[str]:
    """Lemmas of the content words under ``verb``, without its subject, names and clauses."""
    found = {verb.lemma_.lower()}
    stack = [c for c in verb.children if c.dep_ not in _SUBJECTS | {"conj", "ccomp", "parataxis"}]
    while stack:
        token = stack.pop()
        if token.dep_ in {"relcl", "advcl"}:
            continue
        if token.is_alpha and token.pos_ in {"NOUN", "VERB", "ADJ", "ADV", "NUM"}:
            lemma = token.lemma_.lower()
            if lemma not in STOP_WORDS:
                found.add(lemma)
        stack.extend(token.children)
    return frozenset(found)
