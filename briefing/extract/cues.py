"""Verbs of saying in a parsed text: whose words they are, by syntax.

Reads dependency labels of English pipelines (ClearNLP style, as in ``en_core_web``). A cue is kept
only where its subject is plain; what is denied, hypothetical or conditional says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.extract.lexicon import inflected, words
from briefing.extract.names import name_at, names_in
from briefing.extract.negation import denied, head_of
from briefing.extract.written import is_document

if TYPE_CHECKING:
    from spacy.tokens import Token

Verdict = Literal["says", "denied", "nobody"]

_RELATIVE = {"who", "which", "that"}
_FIXED = {
    "put": {"it"},
    "let": {"slip"},
    "make": {"clear", "plain"},
    "point": {"out"},
    "spell": {"out"},
    "sum": {"up"},
    "chip": {"in"},
    "hit": {"back", "out"},
    "fire": {"back"},
    "shoot": {"back"},
}
"""Verbs of saying only with one of these words."""
_MISREAD = {"states", "notes", "claims", "reports", "demands"}
"""Forms of verbs of saying that a parser takes for nouns: “the club’s charter states that …”."""
_THINKING = {
    "think",
    "believe",
    "reckon",
    "feel",
    "hope",
    "fear",
    "see",
    "view",
    "find",
    "regard",
    "deem",
}
_SINCE = {"as", "while", "when", "after", "before", "since"}
_CLIMB = {"xcomp", "advcl", "pcomp", "conj", "ccomp"}


@dataclass(frozen=True)
class Cue:
    """A verb of saying (or ``according``) and the token that heads its subject, if it has one."""

    verb: Token
    subject: Token | None
    verdict: Verdict


def is_saying(token: Token, *, strong: bool = False) -> bool:
    """Whether ``token`` is a verb that attributes words (``strong``: that can only do so)."""
    if token.lower_ == "according":
        return True
    if token.pos_ not in {"VERB", "AUX"} and token.lower_ not in {"said", "says"}:
        return _misread(token)
    lists = ("say",) if strong else ("say", "name")
    lemma = token.lemma_.lower()
    listed = any(lemma in words(n) or token.lower_ in inflected(n) for n in lists)
    return listed or _fixed(token) or _document_says(token)


def _document_says(token: Token) -> bool:
    """“The permit obliges …”, “It ends: “…””: what only a document says."""
    if token.lemma_.lower() not in words("documents_say"):
        return False
    if token.dep_ == "ccomp" and is_saying(token.head, strong=True):
        return False  # “Lee said the contract contained “…””: Lee’s words
    own = child(token, "nsubj")
    if own is not None and own.lower_ in {"which", "that"}:
        own = _antecedent(token)
    if own is not None and own.lower_ == "it":
        return token.i + 1 < len(token.doc) and token.nbor(1).text == ":"
    return own is not None and is_document(own)


def is_thinking(token: Token) -> bool:
    """Whether a verb of the list of those that name says only what somebody thinks."""
    return token.lemma_.lower() in _THINKING


def _misread(token: Token) -> bool:
    clause = token.lower_ in _MISREAD and token.dep_ in {"ROOT", "advcl", "ccomp", "relcl", "conj"}
    return clause and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"that", ":"}


def misread_last(token: Token, first: int) -> Token | None:
    """The subject in “…,” the report states., where all of it is taken for a noun."""
    last = token.i + 1 == len(token.doc) or token.nbor(1).is_punct
    noun = token.pos_ == "NOUN" and token.lower_ in _MISREAD and token.i > first
    named = noun and token.nbor(-1).dep_ == "compound" and token.left_edge.i <= first
    return token.nbor(-1) if last and named else None


def _fixed(token: Token) -> bool:
    """“As she put it”, “as the minute has it”, “he let slip”."""
    beside = {c.lower_ for c in token.children}
    if token.lemma_ == "have":
        return "it" in beside and "as" in beside
    return bool(beside & _FIXED.get(token.lemma_, set()))


def cue(verb: Token) -> Cue:
    """Who speaks by ``verb``."""
    if denied(verb):
        return Cue(verb, None, "denied")
    subject = _according(verb) if verb.lower_ == "according" else _subject(verb, 0)
    if subject is not None and _nobody(subject):
        return Cue(verb, None, "denied")
    return Cue(verb, subject, "says" if subject is not None else "nobody")


def _nobody(subject: Token) -> bool:
    """“Neither Smith nor Jones would say”, “no minister said”."""
    if subject.left_edge.lower_ == "no":
        return True
    return any(t.lower_ in {"neither", "nor"} for t in subject.subtree if t.i <= subject.i) or any(
        c.lower_ in {"neither", "nor"} for c in subject.children
    )


def _according(verb: Token) -> Token | None:
    to = next((c for c in verb.children if c.lower_ == "to"), None)
    return next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None


def child(token: Token, *deps: str) -> Token | None:
    """The first child of ``token`` with one of the labels ``deps``."""
    return next((c for c in token.children if c.dep_ in deps), None)


def _subject(verb: Token, depth: int) -> Token | None:
    """Head of the noun phrase whose words the verb introduces."""
    if depth > 4:
        return None
    passive = child(verb, "nsubjpass")
    agent = child(verb, "agent")
    if agent is not None:
        return child(agent, "pobj")
    if passive is not None or child(verb, "auxpass") is not None:
        return passive if verb.lemma_ in words("quoting") and _as_saying(verb) else None
    inserted = _inserted(verb)
    if inserted is not None:
        return inserted
    written = _found_in(verb)
    if written is not None:
        return written
    own = next((c for c in reversed([*verb.lefts]) if c.dep_ == "nsubj"), child(verb, "nsubj"))
    if own is not None and _misread(verb) and verb.nbor(-1).dep_ == "compound":
        return verb.nbor(-1)
    if own is not None:
        return _antecedent(verb) if own.lower_ in _RELATIVE else own
    return _governing(verb, depth)


def _inserted(verb: Token) -> Token | None:
    """“The law, says Heike Stein, is clear”: set off by commas, the subject follows."""
    doc = verb.doc
    if verb.i == 0 or doc[verb.i - 1].text != "," or verb.tag_ not in {"VBD", "VBZ"}:
        return None
    if verb.lemma_ == "tell":  # “the mayor, Jo Ray, told Radio Nord”
        return None
    chunk = next((c for c in doc.noun_chunks if c.start == verb.i + 1), None)
    if chunk is None or chunk.end >= len(doc) or doc[chunk.end].text not in {",", "."}:
        return None
    return (
        chunk.root if chunk.root.dep_ not in {"dobj", "obj"} or chunk.root.pos_ == "PROPN" else None
    )


def _found_in(verb: Token) -> Token | None:
    """“When I read in the bulletin that …”: the bulletin says it."""
    if verb.lemma_ not in {"read", "find", "see"} or child(verb, "ccomp") is None:
        return None
    prep = next((c for c in verb.children if c.lower_ in {"in", "from"}), None)
    where = child(prep, "pobj") if prep is not None else None
    written = where is not None and where.lemma_.lower() in words("documents")
    return where if written and where is not None and where.pos_ == "NOUN" else None


def _as_saying(verb: Token) -> bool:
    """“was quoted as saying”: here the one quoted is the subject."""
    under = (c for c in verb.children if c.lower_ == "as")
    return any(is_saying(c) for prep in under for c in prep.children if c.dep_ == "pcomp")


def _antecedent(verb: Token) -> Token | None:
    """What ``who`` or ``which`` stands for."""
    head = verb
    while head.dep_ == "conj":
        head = head.head
    found = head.head if head.dep_ in {"relcl", "acl"} else None
    whose = child(head, "nsubj")
    if found is not None and whose is not None and whose.lower_ == "who":
        return _somebody(found)
    return found


def _somebody(near: Token) -> Token:
    """“Jo Ray of Stanmere, who …”: Ray, since a place has no “who”."""
    above = near.head.head
    placed = near.dep_ == "pobj" and near.head.lower_ in {"of", "from", "at", "in"}
    name = name_at(above) if placed and above.pos_ == "PROPN" else None
    return above if name is not None and name.person else near


def _governing(verb: Token, depth: int) -> Token | None:
    """The subject of a verb without one of its own: that of the verb or noun above it."""
    head = verb.head
    told = _behind_as(verb)
    if told is not None:
        return told
    if verb.dep_ == "pcomp" and head.lower_ == "as" and head.head.lemma_ in words("quoting"):
        quoting = head.head
        spoken = child(quoting, "dobj", "obj")
        return spoken if spoken is not None else child(quoting, "nsubjpass")
    if verb.tag_ == "VBG" and verb.dep_ == "advcl" and not is_saying(head, strong=True):
        above = next((a for a in verb.ancestors if is_saying(a, strong=True)), None)
        if above is not None:  # “said that many were lost, adding”
            return _subject(above, depth + 1)
    if verb.dep_ == "acl":
        # “The chamber called Thursday “the best day””: finite, taken for a participle
        finite = verb.tag_ == "VBD" and sum(c.dep_ in {"dobj", "oprd"} for c in verb.children) > 1
        if finite and head.dep_ == "nsubj":
            return head
        return head if verb.tag_ == "VBG" and head.pos_ in {"NOUN", "PROPN"} else None
    if verb.dep_ == "pcomp" and head.pos_ == "ADP":
        return _subject(head.head, depth + 1) if head.head.pos_ in {"VERB", "AUX"} else None
    beside = _joined_to_object(verb)
    if beside is not None:
        return beside
    head = head_of(verb)
    finite = verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.dep_ != "conj"
    if verb.dep_ in _CLIMB and head.pos_ in {"VERB", "AUX"} and verb.i > head.i and not finite:
        return _subject(head, depth + 1)
    return _misplaced(verb)


def _joined_to_object(verb: Token) -> Token | None:
    """“I rang the office and a Mr Lee told me”: the subject, taken for another object."""
    if verb.i == 0 or verb.dep_ != "conj" or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    near = verb.nbor(-1)
    joined = near.dep_ == "conj" and near.pos_ in {"NOUN", "PROPN"} and near.head.pos_ != "VERB"
    first = near.left_edge.i
    behind_and = first > 0 and verb.doc[first - 1].lower_ in {"and", "but"}
    return near if joined and behind_and and near.head.i > verb.head.i else None


def _behind_as(verb: Token) -> Token | None:
    """“It was cold as Ray, speaking in the yard, decried”: “as” taken for a preposition."""
    finite = verb.tag_ in {"VBD", "VBZ"} and verb.dep_ in {"advcl", "conj", "dep"}
    if not finite or verb.nbor(-1).text != ",":
        return None
    near = [c for c in verb.head.children if c.i < verb.i and c.lower_ in _SINCE]
    name = child(near[-1], "pobj") if near else None
    named = name is not None and name.pos_ == "PROPN" and name.nbor(1).text == ","
    return name if named else None


def _misplaced(verb: Token) -> Token | None:
    """“their captain, Jane Smith, wrote” where the parser lost the subject."""
    if verb.i < 2 or verb.nbor(-1).text != "," or verb.tag_ not in {"VBD", "VBZ"}:
        return None
    if verb.dep_ in {"ROOT", "advcl"} and is_saying(verb):
        return _only_name(verb)
    near = verb.nbor(-2)
    role = near.head.lemma_.lower()
    apposed = near.dep_ == "appos" and near.ent_type_ == "PERSON"
    return near if apposed and role in words("people_nouns") else None


def _only_name(verb: Token) -> Token | None:
    """“Speaking of the deal, Jo Ray, head of Corva, said”: the one person set off by commas."""
    doc, first = verb.doc, verb.sent.start
    named = [n for n in names_in(doc) if n.person and first <= n.first and n.last < verb.i]
    if len(named) != 1:
        return None
    start, last = named[0].first, named[0].last
    opened = start == first or doc[start - 1].text == ","
    return doc[last] if opened and doc[last + 1].text == "," else None
