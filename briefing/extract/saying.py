"""Which verbs attribute words, and whose they are by a relative clause: “Lee, who said …”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.extract.lexicon import inflected, words
from briefing.extract.names import name_at
from briefing.extract.written import is_document

if TYPE_CHECKING:
    from spacy.tokens import Token

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
    "want": {"know"},
}
"""Verbs of saying only with one of these words."""
MISREAD = {"states", "notes", "claims", "reports", "demands"}
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


def is_saying(token: Token, *, strong: bool = False) -> bool:
    """Whether ``token`` is a verb that attributes words (``strong``: that can only do so)."""
    if token.lower_ == "according":
        return True
    if token.pos_ not in {"VERB", "AUX"} and token.lower_ not in {"said", "says"}:
        return misread(token)
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
        own = antecedent(token)
    if own is not None and own.lower_ == "it":
        return token.i + 1 < len(token.doc) and token.nbor(1).text == ":"
    return own is not None and is_document(own)


def is_thinking(token: Token) -> bool:
    """Whether a verb of the list of those that name says only what somebody thinks."""
    return token.lemma_.lower() in _THINKING


def misread(token: Token) -> bool:
    clause = token.lower_ in MISREAD and token.dep_ in {"ROOT", "advcl", "ccomp", "relcl", "conj"}
    return clause and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"that", ":"}


def _fixed(token: Token) -> bool:
    """“As she put it”, “as the minute has it”, “he let slip”."""
    beside = {c.lower_ for c in token.children}
    if token.lemma_ == "have":
        return "it" in beside and "as" in beside
    return bool(beside & _FIXED.get(token.lemma_, set()))


def child(token: Token, *deps: str) -> Token | None:
    """The first child of ``token`` with one of the labels ``deps``."""
    return next((c for c in token.children if c.dep_ in deps), None)


def antecedent(verb: Token) -> Token | None:
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
