"""Verbs of saying in a parsed text: whose words they are, by syntax.

Reads dependency labels of English pipelines (ClearNLP style, as in ``en_core_web``). A cue is kept
only where its subject is plain; what is denied, hypothetical or conditional says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.extract.lexicon import inflected, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Verdict = Literal["says", "denied", "nobody"]

_RELATIVE = {"who", "which", "that"}
_LEADS = {"as", "later", "then", "once", "also"}
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
        return False
    lists = ("say",) if strong else ("say", "name")
    lemma = token.lemma_.lower()
    return any(lemma in words(n) or token.lower_ in inflected(n) for n in lists) or _put_it(token)


def _put_it(token: Token) -> bool:
    return token.lemma_ == "put" and any(c.lower_ == "it" for c in token.children)


def cue(verb: Token) -> Cue:
    """Who speaks by ``verb``."""
    if _denied(verb):
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


def _child(token: Token, *deps: str) -> Token | None:
    return next((c for c in token.children if c.dep_ in deps), None)


def _subject(verb: Token, depth: int) -> Token | None:
    """Head of the noun phrase whose words the verb introduces."""
    if depth > 4:
        return None
    passive = _child(verb, "nsubjpass")
    agent = _child(verb, "agent")
    if agent is not None:
        return _child(agent, "pobj")
    if passive is not None or _child(verb, "auxpass") is not None:
        return passive if verb.lemma_ in words("quoting") and _as_saying(verb) else None
    inserted = _inserted(verb)
    if inserted is not None:
        return inserted
    own = next((c for c in reversed([*verb.lefts]) if c.dep_ == "nsubj"), _child(verb, "nsubj"))
    if own is not None:
        return _antecedent(verb) if own.lower_ in _RELATIVE else own
    return _governing(verb, depth)


def _inserted(verb: Token) -> Token | None:
    """“The law, says Heike Stein, is clear”: set off by commas, the subject follows."""
    doc = verb.doc
    if verb.i == 0 or doc[verb.i - 1].text != "," or verb.tag_ not in {"VBD", "VBZ"}:
        return None
    chunk = next((c for c in doc.noun_chunks if c.start == verb.i + 1), None)
    if chunk is None or chunk.end >= len(doc) or doc[chunk.end].text not in {",", "."}:
        return None
    return (
        chunk.root if chunk.root.dep_ not in {"dobj", "obj"} or chunk.root.pos_ == "PROPN" else None
    )


def _as_saying(verb: Token) -> bool:
    """“was quoted as saying”: here the one quoted is the subject."""
    under = (c for c in verb.children if c.lower_ == "as")
    return any(is_saying(c) for prep in under for c in prep.children if c.dep_ == "pcomp")


def _antecedent(verb: Token) -> Token | None:
    """What ``who`` or ``which`` stands for."""
    head = verb
    while head.dep_ == "conj":
        head = head.head
    return head.head if head.dep_ in {"relcl", "acl"} else None


def _governing(verb: Token, depth: int) -> Token | None:
    """The subject of a verb without one of its own: that of the verb or noun above it."""
    head = verb.head
    if verb.dep_ == "pcomp" and head.lower_ == "as" and head.head.lemma_ in words("quoting"):
        quoting = head.head
        spoken = _child(quoting, "dobj", "obj")
        return spoken if spoken is not None else _child(quoting, "nsubjpass")
    if verb.tag_ == "VBG" and verb.dep_ == "advcl" and not is_saying(head, strong=True):
        above = next((a for a in verb.ancestors if is_saying(a, strong=True)), None)
        if above is not None:  # “said that many were lost, adding”
            return _subject(above, depth + 1)
    if verb.dep_ == "acl":
        return head if verb.tag_ == "VBG" and head.pos_ in {"NOUN", "PROPN"} else None
    if verb.dep_ == "pcomp" and head.pos_ == "ADP":
        return _subject(head.head, depth + 1) if head.head.pos_ in {"VERB", "AUX"} else None
    if verb.dep_ == "conj" and head.tag_ == "VB" and verb.tag_ in {"VBD", "VBZ"}:
        head = head.head  # “said it could reach … and called”: joined to “said”, not to “reach”
    finite = verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.dep_ != "conj"
    if verb.dep_ in _CLIMB and head.pos_ in {"VERB", "AUX"} and verb.i > head.i and not finite:
        return _subject(head, depth + 1)
    return _misplaced(verb)


def _misplaced(verb: Token) -> Token | None:
    """“their captain, Jane Smith, wrote” where the parser lost the subject."""
    if verb.i < 2 or verb.nbor(-1).text != "," or verb.tag_ not in {"VBD", "VBZ"}:
        return None
    if verb.dep_ == "ROOT" and is_saying(verb, strong=True):
        return _only_name(verb)
    near = verb.nbor(-2)
    role = near.head.lemma_.lower()
    apposed = near.dep_ == "appos" and near.ent_type_ == "PERSON"
    return near if apposed and role in words("people_nouns") else None


def _only_name(verb: Token) -> Token | None:
    """“Speaking of the deal, Jo Ray, head of Corva, said”: the one person set off by commas."""
    doc = verb.doc
    heads = [e[-1] for e in verb.sent.ents if e.label_ == "PERSON" and e.end < verb.i]
    if len(heads) != 1:
        return None
    start = next(e.start for e in verb.sent.ents if e[-1] == heads[0])
    opened = start == verb.sent.start or doc[start - 1].text == ","
    return heads[0] if opened and doc[heads[0].i + 1].text == "," else None


def _denied(verb: Token) -> bool:
    """Whether the saying is negated, hypothetical, a condition or a question."""
    token, above, bare = verb, 0, True
    while above < 6:
        if _negated(token) or (above == 0 and _hypothetical(token)):
            return True
        if above and _denies(token, bare=bare):
            return True
        if token.head == token:
            break
        bare = bare and token.dep_ in {"xcomp", "pcomp", "prep"}
        token, above = token.head, above + 1
        if above and token.pos_ not in {"VERB", "AUX", "ADP", "SCONJ", "PART"}:
            break
    return verb.sent[-1].text == "?" and any(t.tag_ == "." for t in verb.sent[-1:])


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
    return any(
        (c.dep_ == "aux" and c.lower_ in words("hypothetical"))
        or (c.dep_ == "mark" and c.lower_ in words("conditional"))
        for c in token.children
    )


def governing(first: Token, inside: set[int]) -> Iterator[Cue]:
    """The verbs of saying above a quoted phrase, nearest first.

    ``inside``: tokens of the phrase. Ends where the phrase is itself (part of) a subject, since
    who does something is not quoted by it.
    """
    token = first
    while token.i in inside and token.head.i in inside and token.head != token:
        token = token.head
    while token.head != token:
        below, token = token, token.head
        if below.dep_ in {"nsubj", "nsubjpass"} and is_saying(token):
            return
        if token.i in inside or not is_saying(token):
            continue
        if below.dep_ == "advcl" and below.i in inside:  # “would not comment “while …””
            continue
        if token.i < first.i or below.dep_ in {"ccomp", "parataxis"}:
            yield cue(token)


def after(doc: Doc, at: int) -> Cue | None:
    """The cue that begins at token ``at``, right behind a quotation: “said Jones”, “Jones said”."""
    while at < len(doc) and (doc[at].is_punct or doc[at].is_space or doc[at].lower_ in _LEADS):
        if doc[at].text in {".", "?", "!"}:
            return None
        at += 1
    if at >= len(doc):
        return None
    if doc[at].lower_ == "according":
        return cue(doc[at])
    if _beside(doc[at]):
        return _inverted(doc, at)
    for token in doc[at : at + 60]:
        if token.text in {".", "?", "!", ";", ":"} or token.lower_ in {"but", "because"}:
            return None
        if _beside(token):
            found = cue(token)
            if found.subject is not None and at in {found.subject.left_edge.i, found.subject.i}:
                return None if _has_own_content(token) else found
    return None


def _beside(token: Token) -> bool:
    if is_saying(token):
        return True
    lemma = token.lemma_.lower()
    return token.pos_ == "VERB" and (
        lemma in words("beside") or token.lower_ in inflected("beside")
    )


def _inverted(doc: Doc, at: int) -> Cue | None:
    """“said Jones”: the subject follows."""
    verb = doc[at]
    if _denied(verb):
        return Cue(verb, None, "denied")
    own = [c for c in verb.children if c.dep_ in {"nsubj", "dobj", "obj", "attr"} and c.i > at]
    if own:
        return Cue(verb, own[0], "says")
    chunk = next((c for c in doc.noun_chunks if at < c.start <= at + 2), None)
    if chunk is not None:
        return Cue(verb, chunk.root, "says")
    alone = at + 2 < len(doc) and doc[at + 2].is_punct and doc[at + 1].text[:1].isupper()
    return Cue(verb, doc[at + 1], "says") if alone else None


def _has_own_content(verb: Token) -> bool:
    """“Why?” Smith said the plan was bad: what was said follows, the quotation is another's."""
    return any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children) and not any(
        t.is_punct and t.text == "," for t in verb.doc[verb.i + 1 : verb.i + 2]
    )


def agent_behind(found: Cue, doc: Doc, at: int) -> Cue:
    """“was called “…” by Jones”: the agent behind the quoted phrase, where the verb is passive."""
    passive = _child(found.verb, "auxpass") is not None or found.verb.tag_ == "VBN"
    if found.verdict != "nobody" or not passive or at >= len(doc) or doc[at].lower_ != "by":
        return found
    spoken = _child(doc[at], "pobj")
    return found if spoken is None else Cue(found.verb, spoken, "says")


def before(doc: Doc, at: int) -> Cue | None:
    """The nearest cue with a subject before token ``at``, in the same sentence."""
    for i in range(at - 1, max(-1, at - 60), -1):
        token = doc[i]
        if token.text in {".", "?", "!"} and i < at - 1:
            return None
        if is_saying(token) and not any(t.dep_ == "relcl" for t in (token, token.head)):
            return cue(token)
    return None


def parenthetical(doc: Doc, first: int, last: int) -> Cue | None:
    """“…, he said, …” or “…, he said.” around a quoted phrase in the same sentence."""
    sent = doc[first].sent
    found = [
        cue(t)
        for t in sent
        if not first <= t.i <= last and is_saying(t, strong=True) and set_off(t)
    ]
    return found[0] if len(found) == 1 else None


def set_off(verb: Token) -> bool:
    """Whether subject and verb stand between commas."""
    doc = verb.doc
    subject = _child(verb, "nsubj")
    if subject is None or verb.i + 1 >= len(doc) or not doc[verb.i + 1].is_punct:
        return False
    edge = min(subject.left_edge.i, verb.i)
    return edge > 0 and doc[edge - 1].text in {",", "—", "–"}
