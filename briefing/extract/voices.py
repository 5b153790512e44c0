"""Whose words a quotation is where no verb of saying tells: “in Lee’s words”, “was her verdict”.

A name for what somebody says, and whose it is, attributes as a verb does; so does the clause of a
licence “under which” something “shall be” so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.extract.cues import Cue, child, cue, is_saying
from briefing.extract.frames import Frame
from briefing.extract.lexicon import words
from briefing.extract.names import name_at
from briefing.extract.negation import denied
from briefing.extract.written import is_document

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_BE = frozenset({"was", "is", "were", "are"})
_HOLDING = frozenset("take make issue give express repeat hold have send voice share offer".split())
_OF_ONESELF = frozenset("would could can will".split())
_INWARD = frozenset(
    "bet swear vouch imagine remember recall believe understand trust wish doubt hope fear regret "
    "guess care mind recommend guarantee forgive forget wager".split()
)
"""What nobody can say of another without being told."""
_OTHERWISE = frozenset("differently otherwise".split())
_SEEMING = frozenset({"be", "seem", "remain", "mean", "become"})


def voice(here: Frame, tokens: list[int]) -> Cue | None:
    """Who speaks the quotation of ``tokens``, a phrase or speech of its own; None: not told."""
    doc, first, last = here.doc, tokens[0], tokens[-1]
    outside = [t for t in doc[first].sent if here.quoted[t.i] is None]
    whose = _in_words_of(outside) or _was_verdict(doc, last + 1) or _verdict_was(doc, first)
    whose = whose or _signed(doc, last + 1) or _in_brackets(doc, first, last)
    whose = whose or _said_behind(doc, last + 1)
    whose = whose or _claimed(doc, tokens)
    if whose is None and not any(is_saying(t) for t in outside):
        whose = _seen_by(doc[first].sent, first) or _under(outside, first)
        whose = whose or _would(here, tokens)
    return Cue(whose, whose, "says") if whose is not None else None


def worded(doc: Doc, at: int) -> Cue | None:
    """““…,” in the words of Lee”: hers, whoever else speaks in the sentence."""
    while at < len(doc) and doc[at].is_punct and doc[at].text not in {".", "?", "!", ";", ":"}:
        at += 1
    if at >= len(doc) or doc[at].lower_ != "in":
        return None
    near = (t for t in doc[at + 1 : at + 8] if t.lemma_.lower() in words("voices"))
    noun = next(near, None)
    if noun is None or any(t.is_punct for t in doc[at : noun.i]) or noun.head != doc[at]:
        return None  # “in an allusion to Lee’s verdict”
    whose = owner_of(noun)
    return Cue(whose, whose, "says") if whose is not None else None


def opens_according(here: Frame, first: int) -> Cue | None:
    """“According to Lee 90 have not come, “most of whom …””: hers, if nobody else speaks."""
    before = here.doc[here.doc[first].sent.start : first]
    outside = [t for t in before if here.quoted[t.i] is None]
    if not outside or outside[0].lower_ != "according":
        return None
    other = any(is_saying(t, strong=True) for t in outside[1:])
    return None if other else cue(outside[0])


def owner_of(noun: Token) -> Token | None:
    """Whose words ``noun`` names: “Lee’s verdict”, “the words of Lee”; None for other nouns."""
    if noun.lemma_.lower() not in words("voices"):
        return None
    beside = [*noun.children, *(noun.head.children if noun.dep_ == "nsubj" else ())]
    moved = noun.head.lemma_ in {"come", "go"}  # “the last word went to Lee”
    by = {"of", "from"} | ({"to"} if moved else set())
    of = next((c for c in beside if c.lower_ in by and c.dep_ == "prep" and c.i > noun.i), None)
    return child(noun, "poss") or (child(of, "pobj") if of is not None else None)


def _in_words_of(outside: list[Token]) -> Token | None:
    """“The track is, in Lee’s words, “…””."""
    found = [owner_of(t) for t in outside if t.dep_ == "pobj" and t.head.lower_ == "in"]
    owners = [whose for whose in found if whose is not None]
    return owners[0] if len(owners) == 1 else None


def _was_verdict(doc: Doc, at: int) -> Token | None:
    """““…,” was her verdict”, ““…,” was how she put it”."""
    while at < len(doc) and doc[at].is_punct and doc[at].text not in {".", "?", "!"}:
        at += 1
    if at >= len(doc) or doc[at].lower_ not in _BE:
        return None
    for clause in doc[at].children:
        if clause.i > at and clause.dep_ in {"ccomp", "csubj", "attr"} and is_saying(clause):
            opened = doc[at + 1].lower_ in {"how", "what"}
            return child(clause, "nsubj") if opened else None
        if clause.i > at and clause.dep_ in {"attr", "nsubj"}:
            return owner_of(clause)
    return None


def _claimed(doc: Doc, tokens: list[int]) -> Token | None:
    """“Lee’s claim that the law is “…” met with laughter”, “Lee takes the view that it is “…””."""
    token = doc[tokens[0]]
    while token.head != token:
        below, token = token, token.head
        if below.dep_ not in {"acl", "ccomp", "relcl"} or token.i in tokens:
            continue
        if token.pos_ == "NOUN" and token.lemma_.lower() in words("claims"):
            return _claimant(token)
        position = child(token, "nsubj") if token.lemma_ == "be" else None
        if position is not None and position.lemma_.lower() in words("claims"):
            return _claimant(position)  # “Lee’s position is that …”
        if token.pos_ in {"VERB", "AUX"} and is_saying(token):
            return None
    return None


def _claimant(claim: Token) -> Token | None:
    """Whose it is: “Lee’s claim”, “a warning by Lee”, “Lee takes the view”."""
    by = next((c for c in claim.children if c.lower_ in {"by", "from", "of"}), None)
    whose = child(claim, "poss") or (child(by, "pobj") if by is not None else None)
    verb = claim.head
    holds = claim.dep_ == "dobj" and verb.lemma_ in _HOLDING and not denied(verb)
    return whose or (child(verb, "nsubj") if holds else None)


def differs(root: Token) -> bool:
    """“Lee sees it differently: “…””."""
    seen = root.lemma_ in {"see", "view", "remember", "tell"} and root.tag_ in {"VBD", "VBZ", "VBP"}
    it = child(root, "dobj")
    other = any(c.dep_ == "advmod" and c.lower_ in _OTHERWISE for c in root.children)
    return seen and other and it is not None and it.pos_ == "PRON"


def _said_behind(doc: Doc, at: int) -> Token | None:
    """““… .” So said Lee”, ““… .” That was all Lee would say”, ““…”: that is how Lee puts it”."""
    while at < len(doc) and (doc[at].is_punct or doc[at].is_space):
        at += 1
    if at + 2 >= len(doc):
        return None
    if doc[at].lower_ in {"so", "thus"} and doc[at + 1].tag_ in {"VBD", "VBZ"}:
        return child(doc[at + 1], "nsubj") if is_saying(doc[at + 1], strong=True) else None
    points = doc[at].lower_ in {"that", "this"} and doc[at + 1].lower_ in _BE
    if not points or doc[at + 2].lower_ not in {"how", "what", "all"}:
        return None
    verbs = (t for t in doc[at + 3 : doc[at].sent.end] if is_saying(t))
    verb = next(verbs, None)
    return child(verb, "nsubj") if verb is not None else None


def _signed(doc: Doc, at: int) -> Token | None:
    """““…” – Jo Ray, chief mechanic”, where nothing but the name follows."""
    if at + 1 >= len(doc) or doc[at].text not in {"–", "—", "-", "―", "--"}:
        return None
    rest = doc[at + 1 :]
    name = next((n for t in rest[:5] if (n := name_at(t)) is not None), None)
    alone = not any(t.pos_ in {"VERB", "AUX"} for t in rest) and name is not None
    return doc[name.last] if alone and name is not None and name.first == at + 1 else None


def _in_brackets(doc: Doc, first: int, last: int) -> Token | None:
    """“Jo Ray (“…”) has joined them”."""
    if first < 2 or doc[first - 1].text != "(" or last + 1 >= len(doc):
        return None
    if ")" not in doc[last + 1].text:
        return None
    about = child(doc[first].sent.root, "nsubj")
    for head in (doc[first - 2], about):  # “Jo Ray took the blame (“…”)”
        name = name_at(head) if head is not None and head.i < first else None
        if name is not None and name.person:
            return head
    return None


def _verdict_was(doc: Doc, first: int) -> Token | None:
    """“Lee’s last words were “…””."""
    verb = doc[first - 1] if first else None
    if verb is None or verb.lower_ not in _BE:
        return None
    subject = child(verb, "nsubj")
    return owner_of(subject) if subject is not None else None


def _seen_by(sentence: Span, first: int) -> Token | None:
    """“To Lee, who won here twice, the track is “…””, “For Lee it was clear: “…””."""
    opens, root = sentence[0], sentence.root
    if opens.lower_ not in {"to", "for"} or opens.head != root or root.lemma_ not in _SEEMING:
        return None
    whom = child(opens, "pobj")
    name = name_at(whom) if whom is not None and whom.pos_ == "PROPN" else None
    return whom if name is not None and name.person and root.i < first else None


def _would(here: Frame, tokens: list[int]) -> Token | None:
    """“Lee, the steward, “would not bet on it””: what only she can know of herself."""
    doc, first = here.doc, tokens[0]
    if doc[first].tag_ != "MD" or doc[first].lower_ not in _OF_ONESELF:
        return None
    verb = doc[first].head
    subject = child(verb, "nsubj")
    own = verb.i in tokens and verb.lemma_ in _INWARD and subject is not None
    if subject is None or not own or subject.i >= first or here.quoted[subject.i] is not None:
        return None
    name = name_at(subject)
    return subject if name is not None and name.person else None


def _under(outside: list[Token], first: int) -> Token | None:
    """“Under the licence, the circuit “shall be closed …””, “a licence under which it “…””."""
    found = list(_ruling(t for t in outside if t.i < first))
    return found[0] if len(found) == 1 else None


def _ruling(before: Iterator[Token]) -> Iterator[Token]:
    for token in before:
        ruled = child(token, "pobj") if token.lower_ == "under" else None
        if ruled is not None and ruled.lower_ == "which" and token.head.dep_ == "relcl":
            ruled = token.head.head
        if ruled is not None and is_document(ruled):
            yield ruled
