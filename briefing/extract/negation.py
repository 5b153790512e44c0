"""Whether a verb of saying says nothing: negated, hypothetical, refused, a condition, asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.extract.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_APART = frozenset("although though while whereas since because as when after before".split())
"""What opens a clause that a “not” above it does not deny."""


def denied(verb: Token) -> bool:
    """Whether the saying is negated, hypothetical, a condition or a question."""
    token, above, bare = verb, 0, True
    while above < 6:
        if _negated(token) or (above == 0 and _hypothetical(token)):
            return True
        if above and _denies(token, bare=bare):
            return True
        if token.head == token:
            break
        if any(c.dep_ in {"mark", "advmod"} and c.lower_ in _APART for c in token.children):
            break
        bare = bare and token.dep_ in {"xcomp", "pcomp", "prep"}
        token, above = head_of(token), above + 1
        if above and token.pos_ not in {"VERB", "AUX", "ADP", "SCONJ", "PART"}:
            break
    return verb.sent[-1].text == "?" and any(t.tag_ == "." for t in verb.sent[-1:])


def head_of(verb: Token) -> Token:
    """What a verb hangs on; “said it could reach … and called”: on “said”, not on “reach”."""
    head = verb.head
    misjoined = verb.dep_ == "conj" and head.tag_ == "VB" and verb.tag_ in {"VBD", "VBZ"}
    return head.head if misjoined else head


def _denies(token: Token, *, bare: bool) -> bool:
    """Denied what follows; or, with no subject between (``bare``), refused or wanted to say it."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB" or lemma not in words("denying"):
        return False
    return bare or lemma in {"deny", "dispute", "refute", "doubt"}


def _negated(token: Token) -> bool:
    return any(
        (c.dep_ == "neg" and c.i < token.i)
        or (c.dep_ == "nsubj" and c.lower_ in {"nobody", "none"})
        or (c.dep_ == "advmod" and c.lower_ == "never")
        for c in token.children
    )


def _hypothetical(token: Token) -> bool:
    aux = {c.lower_ for c in token.children if c.dep_ == "aux"}
    return {"would", "have"} <= aux or any(
        (c.dep_ == "aux" and c.lower_ in words("hypothetical"))
        or (c.dep_ == "mark" and c.lower_ in words("conditional"))
        for c in token.children
    )
