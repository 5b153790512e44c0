"""Verbs of saying in a parsed text: whose words they are, by syntax.

Reads dependency labels of English pipelines (ClearNLP style, as in ``en_core_web``). A cue is kept
only where its subject is plain; what is denied, hypothetical or conditional says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.extract.lexicon import means_people, words
from briefing.extract.names import names_in
from briefing.extract.negation import denied, head_of
from briefing.extract.saying import (
    MISREAD,
    antecedent,
    child,
    is_saying,
    is_thinking,
    misread,
)
from briefing.extract.written import is_document

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = [
    "Cue",
    "child",
    "cue",
    "is_reported",
    "is_saying",
    "is_thinking",
    "misread_last",
    "reads",
]

Verdict = Literal["says", "denied", "nobody"]

_RELATIVE = {"who", "which", "that"}
_NOTICING = {"hear", "see", "overhear", "film", "record", "catch"}
_SINCE = {"as", "while", "when", "after", "before", "since"}
_CLIMB = {"xcomp", "advcl", "pcomp", "conj", "ccomp"}


@dataclass(frozen=True)
class Cue:
    """A verb of saying (or ``according``) and the token that heads its subject, if it has one."""

    verb: Token
    subject: Token | None
    verdict: Verdict


def misread_last(token: Token, first: int) -> Token | None:
    """The subject in “…,” the report states., where all of it is taken for a noun."""
    last = token.i + 1 == len(token.doc) or token.nbor(1).is_punct
    noun = token.pos_ == "NOUN" and token.lower_ in MISREAD and token.i > first
    named = noun and token.nbor(-1).dep_ == "compound" and token.left_edge.i <= first
    return token.nbor(-1) if last and named else None


def reads(doc: Doc, first: int) -> Cue | None:
    """“A note on the door on Friday read, “…””: the verb before token ``first``, if misread."""
    at = first - 1
    while at > 0 and doc[at].text in {",", ":"}:
        at -= 1
    verb = doc[at] if at > 0 else None
    if verb is None or verb.lower_ not in {"read", "reads"}:
        return None
    before = doc[verb.sent.start : at]
    chunk = next(iter(before.noun_chunks), None)
    other = any(t.pos_ in {"VERB", "AUX"} for t in before)
    if chunk is None or chunk.start > before.start or other or not is_document(chunk.root):
        return None
    return Cue(verb, chunk.root, "says")


def is_reported(verb: Token) -> bool:
    """“He claims that Lee asked him …”: asked, as he tells it."""
    below = verb
    for above in verb.ancestors:
        if below.dep_ == "ccomp" and above.i < below.i and is_saying(above, strong=True):
            return child(above, "nsubj") is not None
        below = above
    return False


def cue(verb: Token) -> Cue:
    """Who speaks by ``verb``."""
    if verb.lower_ != "according" and denied(verb) and not _said_besides(verb):
        return Cue(verb, None, "denied")
    subject = _according(verb) if verb.lower_ == "according" else _subject(verb, 0)
    if subject is not None and _nobody(subject):
        return Cue(verb, None, "denied")
    return Cue(verb, subject, "says" if subject is not None else "nobody")


def _said_besides(verb: Token) -> bool:
    """“The club denied the claim, saying …”, “denies it and says …”: said, whatever was denied."""
    if any(c.dep_ in {"neg", "aux", "mark"} for c in verb.children) or verb.i == 0:
        return False
    if verb.tag_ == "VBG" and verb.dep_ == "advcl":
        return verb.nbor(-1).text == "," and verb.i > verb.head.i
    head = verb.head
    if verb.dep_ != "conj" or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return False
    if head.tag_ == "VB" and head.dep_ == "ROOT":  # “would not comment but called it …”
        return True
    same = verb.tag_ == head.tag_ and head.lemma_.lower() in words("denying")
    return same and not denied(head)


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


def _subject(verb: Token, depth: int) -> Token | None:
    """Head of the noun phrase whose words the verb introduces."""
    if depth > 4:
        return None
    passive = child(verb, "nsubjpass")
    agent = child(verb, "agent")
    if agent is not None:
        return child(agent, "pobj")
    if passive is not None or child(verb, "auxpass") is not None:
        quoted = verb.lemma_ in words("quoting") and _as_saying(verb)
        return passive if quoted else _written_in(verb)
    inserted = _inserted(verb)
    if inserted is not None:
        return inserted
    written = _found_in(verb)
    if written is not None:
        return written
    own = next((c for c in reversed([*verb.lefts]) if c.dep_ == "nsubj"), child(verb, "nsubj"))
    if own is not None and misread(verb) and verb.nbor(-1).dep_ == "compound":
        return verb.nbor(-1)
    if own is not None:
        return antecedent(verb) if own.lower_ in _RELATIVE else own
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
    if verb.lemma_ not in {"read", "find", "see"}:
        return None
    prep = next((c for c in verb.children if c.lower_ in {"in", "from"}), None)
    where = child(prep, "pobj") if prep is not None else None
    if child(verb, "ccomp") is None and not _that_behind(where):
        return None
    written = where is not None and where.lemma_.lower() in words("documents")
    return where if written and where is not None and where.pos_ == "NOUN" else None


def _that_behind(noun: Token | None) -> bool:
    """“I read in the leaflet that …”, whatever the parser joins the clause to."""
    return noun is not None and noun.i + 1 < len(noun.doc) and noun.nbor(1).lower_ == "that"


def _written_in(verb: Token) -> Token | None:
    """“In the report she is described as “…””: the report says it."""
    for prep in (c for c in verb.children if c.lower_ in {"in", "on"}):
        where = child(prep, "pobj")
        of = child(where, "prep") if where is not None else None
        whole = child(of, "pobj") if of is not None and of.lower_ == "of" else None
        for noun in (where, whole):  # “on page 4 of the report”
            if noun is not None and noun.lemma_.lower() in words("documents"):
                return noun
    return None


def _as_saying(verb: Token) -> bool:
    """“was quoted as saying”: here the one quoted is the subject."""
    under = (c for c in verb.children if c.lower_ == "as")
    return any(is_saying(c) for prep in under for c in prep.children if c.dep_ == "pcomp")


def _governing(verb: Token, depth: int) -> Token | None:
    """The subject of a verb without one of its own: that of the verb or noun above it."""
    head = verb.head
    told = _behind_as(verb) or _noticed(verb)
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
        return _subject(_said_above(verb) or head, depth + 1)
    return _misplaced(verb)


def _noticed(verb: Token) -> Token | None:
    """“Lee was heard shouting: “…””; not so “a man was heard”: nobody knows who he is."""
    participle = verb.tag_ == "VBG" and verb.dep_ in {"xcomp", "advcl"}
    heard = participle and verb.head.lemma_ in _NOTICING
    found = child(verb.head, "nsubjpass") if heard else None
    somebody = found is not None and any(c.lower_ in {"a", "an"} for c in found.children)
    return None if somebody else found


def _said_above(verb: Token) -> Token | None:
    """“Lee said that the tents were coming and promised that …”: she did, and no tents."""
    beside, above = verb.head, verb.head.head
    told = verb.dep_ == "conj" and beside.dep_ == "ccomp" and is_saying(verb, strong=True)
    if not told or not is_saying(above, strong=True) or verb.tag_ != above.tag_:
        return None
    subject = child(beside, "nsubj", "nsubjpass")
    if subject is None or subject.pos_ != "NOUN":
        return None
    lemma = subject.lemma_.lower()
    speaks = means_people(lemma) or lemma in words("bodies") | words("documents")
    return None if speaks else above


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
    for clause in verb.lefts:  # “Lee stood up and, without a word more, said”
        same = clause.dep_ == "ccomp" and clause.tag_ == verb.tag_ in {"VBD", "VBZ"}
        own = child(clause, "nsubj") if same and child(clause, "mark") is None else None
        if own is not None and verb.dep_ == "ROOT":
            return own
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
