"""The verbs of saying around a quotation: above it, behind it, before it, set off inside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.extract.cues import Cue, child, cue, is_saying, is_thinking, misread_last
from briefing.extract.frames import Frame
from briefing.extract.lexicon import inflected, words
from briefing.extract.names import name_at
from briefing.extract.negation import denied
from briefing.extract.written import is_document

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEADS = {"as", "later", "then", "once", "also"}
_COMPLEMENTS = {"dobj", "dative", "pobj", "prep", "npadvmod", "advmod"}
"""What stands between a verb of saying and its colon: “told her colleagues on Friday: “…””."""
_ADJUNCTS = {"prep", "advmod", "npadvmod"}
_BEARING = frozenset("wear bear carry hold have see find unveil hang paint receive".split())
"""Who does so with something that has words on it says none of them."""


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
        if below.dep_ in _ADJUNCTS and below.i in inside and any(map(is_saying, token.ancestors)):
            continue  # “she conceded that Lee had told her so “in passing””
        if token.i < first.i or below.dep_ in {"ccomp", "parataxis"}:
            yield cue(token)


def above(here: Frame, outward: Token, inside: set[int]) -> Cue | None:
    """The nearest verb of saying above a phrase; that above what somebody only thinks.

    “Lee said that her client believed it was “…””: Lee’s words.
    """
    found = [c for c in governing(outward, inside) if here.quoted[c.verb.i] is None]
    if found and (told := _was_told(found[0].verb, min(inside), here)) is not None:
        return Cue(told, None, "nobody")
    if found and found[0].verdict == "nobody":  # “The act asks that it be notified “…””
        written = (c for c in found if c.subject is not None and is_document(c.subject))
        return next(written, found[0])
    if not found or not is_thinking(found[0].verb):
        return next(iter(found), None)
    said = (c for c in found if is_saying(c.verb, strong=True) and c.verdict == "says")
    return next(said, found[0])


def _was_told(verb: Token, first: int, here: Frame) -> Token | None:
    """“The club wrote to the bank and was told that “…””: not the club’s words."""
    for token in here.doc[verb.i + 1 : first]:
        passive = token.tag_ == "VBN" and token.lemma_ in {"tell", "inform", "advise", "assure"}
        joined = token.dep_ == "conj" and verb in token.ancestors
        if passive and joined and child(token, "auxpass") is not None:
            return token if child(token, "agent") is None else None
    return None


def after(doc: Doc, at: int, *, tied: bool = False) -> Cue | None:
    """The cue that begins at token ``at``, right behind a quotation: “said Jones”, “Jones said”.

    ``tied``: the quotation ends with a comma, so the cue is its own, whatever else it says.
    """
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
    return _behind_subject(doc, at, tied=tied)


def _behind_subject(doc: Doc, at: int, *, tied: bool) -> Cue | None:
    """“Jones said” at token ``at``."""
    for token in doc[at : at + 60]:
        named = misread_last(token, at)
        if named is not None:
            return Cue(token, named, "says")
        if token.text in {".", "?", "!", ";", ":"} or token.lower_ in {"but", "because"}:
            return None
        if _beside(token):
            found = cue(token)
            if found.subject is not None and at in {found.subject.left_edge.i, found.subject.i}:
                ended = at > 1 and doc[at - 1].text == "."
                own = _has_own_content(token) or (ended and _says_something(token))
                return None if own and not tied else found
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
    if denied(verb):
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


def _says_something(verb: Token) -> bool:
    """“… early.” Her clock said ten to five: a sentence of its own."""
    return verb.lemma_ != "tell" and any(c.dep_ == "dobj" and c.i > verb.i for c in verb.children)


def agent_behind(found: Cue, doc: Doc, at: int) -> Cue:
    """“was called “…” by Jones”: the agent behind the quoted phrase, where the verb is passive."""
    passive = child(found.verb, "auxpass") is not None or found.verb.tag_ == "VBN"
    if found.verdict != "nobody" or not passive or at >= len(doc) or doc[at].lower_ != "by":
        return found
    spoken = child(doc[at], "pobj")
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


def at_colon(doc: Doc, colon: int) -> Cue | None:
    """“In his summary, which …, he concludes: “…””: the verb of saying right before the colon."""
    verb = doc[colon - 1] if colon else None
    if verb is not None and verb.lower_ == "follows" and is_saying(verb.head):
        return cue(verb.head)  # “describes them as follows: “…””
    while verb is not None and verb.dep_ in _COMPLEMENTS and verb.head.i < verb.i:
        verb = verb.head  # “an e-mail in which Lee, …, told her colleagues: “…””
    return cue(verb) if verb is not None and is_saying(verb, strong=True) else None


def in_words(doc: Doc, at: int) -> Cue | None:
    """“sent it on with the words “…””: whoever does so says them."""
    noun = doc[at - 1] if at and doc[at - 1].text not in {",", ":"} else doc[at - 2]
    prep = noun.head
    if noun.lemma_.lower() not in words("spoken_words") or prep.lower_ not in {"with", "in"}:
        return None
    if prep.lower_ == "in" and any(c.dep_ == "poss" or c.lower_ == "of" for c in noun.children):
        return None  # “in Lee’s words”: hers, whoever the subject is
    verb = next((a for a in prep.ancestors if a.pos_ in {"VERB", "AUX"}), None)
    if verb is not None and verb.lemma_ in _BEARING:
        return None
    return cue(verb) if verb is not None and noun.dep_ == "pobj" else None


def opening(doc: Doc, first: int) -> Cue | None:
    """The two leaders “agreed that …”: the quotation begins with the verb of its subject."""
    verb = doc[first]
    if not is_saying(verb, strong=True) or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    found = cue(verb)
    return found if found.subject is not None and found.subject.i < first else None


def parenthetical(doc: Doc, first: int, last: int) -> Cue | None:
    """“…, he said, …” or “…, he said.” around a quoted phrase in the same sentence."""
    sent = doc[first].sent
    found = [
        cue(t)
        for t in sent
        if not first <= t.i <= last
        and (is_saying(t, strong=True) or (t.pos_ == "VERB" and is_thinking(t)))
        and set_off(t)
    ]
    return found[0] if len(found) == 1 else None


def according(here: Frame, first: int) -> Cue | None:
    """“According to a transcript, he was told to “…””."""
    sent = here.doc[first].sent
    found = [t for t in sent if t.lower_ == "according" and here.quoted[t.i] is None]
    return cue(found[0]) if len(found) == 1 else None


def gapped(here: Frame, first: int) -> Cue | None:
    """“Lee calls it “a farce”, Ray “a triumph””: Ray, the subject of a verb left out."""
    doc = here.doc
    name = name_at(doc[first - 1]) if first > 1 else None
    if name is None or not name.person or name.last != first - 1 or name.first == 0:
        return None
    joined = doc[name.first - 1].text in {",", ";"} and name.first > 1
    earlier = joined and here.quoted[name.first - 2] is not None
    return Cue(doc[name.last], doc[name.last], "says") if earlier else None


def set_off(verb: Token) -> bool:
    """Whether subject and verb stand between commas."""
    doc = verb.doc
    subject = child(verb, "nsubj")
    behind = verb.i + 1 + (verb.lemma_ in {"put", "have"})  # “as she put it”
    if subject is not None and subject.i > verb.i:  # “…, says the release, …”
        behind = subject.right_edge.i + 1
    if subject is None or behind >= len(doc) or not doc[behind].is_punct:
        return False
    edge = min(subject.left_edge.i, verb.i)
    edge -= edge > 0 and doc[edge - 1].lower_ == "as"
    return edge > 0 and doc[edge - 1].text in {",", "—", "–"}
