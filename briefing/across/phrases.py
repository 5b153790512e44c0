"""Noun phrases that say what somebody is, and where they begin and end (English).

Judged by parts of speech beside each other; the parser's tree errs on appositions.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from briefing.extract.lexicon import means_people
from briefing.grounding.aliases import place_words, plain

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ARTICLES = frozenset({"a", "an", "the"})
PARTICIPLES = frozenset({"VBN", "VBG"})
LONGEST = 18
"""Tokens of the longest role."""


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("actors.toml").read_text(encoding="utf-8")
    return {name: frozenset(line.split()) for name, line in tomllib.loads(text).items()}


def listed(name: str) -> frozenset[str]:
    """A word list of ``actors.toml``."""
    return _lists()[name]


def is_role_noun(token: Token, *, body: bool = False) -> bool:
    """Whether a noun says what somebody (or a body) is."""
    lemma = token.lemma_.lower().rstrip(".")
    if "Plur" in token.morph.get("Number", []) and token.lower_ != lemma:
        return False
    if body:
        return token.pos_ in {"NOUN", "PROPN"} and lemma in listed("bodies")
    if lemma in listed("empty") or token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
        return False
    if lemma in listed("titles"):
        return True
    # “Ben Miller” is a name, “Curator Anil Mehta” begins a sentence.
    return means_people(lemma) and (token.pos_ != "PROPN" or bool(token.is_sent_start))


def left_end(doc: Doc, end: int) -> int:
    """Where the noun phrase that ends before ``end`` begins, without its article."""
    start = end
    while start > 0 and doc[start - 1].sent == doc[end - 1].sent:
        token = doc[start - 1]
        carried = start > 1 and _carries(doc[start - 2])
        if token.lower_ in listed("inner") and start < end and carried:
            start -= 1
            continue
        owner = start > 2 and doc[start - 2].lower_ == "of" and _carries(doc[start - 3])
        if token.lower_ in ARTICLES and start < end and owner:
            start -= 1
            continue
        if not _is_part(token, doc[start] if start < end else None):
            break
        start -= 1
    while start < end and (doc[start].text in {"'s", "’s", "-", "&"} or _is_place_of(doc, start)):
        start += 1
    return start


def _carries(token: Token) -> bool:
    """Whether “of” behind a word can belong to a role: “chair **of** the board Lucienne Faro”."""
    return is_role_noun(token)


def _is_part(token: Token, follows: Token | None) -> bool:
    marks = {"-", "&", "’", "'"}
    if token.ent_type_ in {"DATE", "TIME"} or (token.is_punct and token.text not in marks):
        return False
    if token.lower_ in listed("altering") or token.text in {"-", "&"} or token.tag_ == "POS":
        return True
    if token.pos_ in {"NOUN", "PROPN", "ADJ"}:
        return token.tag_ != "PRP$" and token.lower_ not in {"other", "such", "same", "more"}
    if follows is None:
        return False
    if token.tag_ in PARTICIPLES and token.dep_ in {"amod", "compound"}:
        return True
    return token.pos_ == "ADV" and follows.tag_ in PARTICIPLES and token.head == follows


def _is_place_of(doc: Doc, start: int) -> bool:
    """“In Moscow President …”: a place that the preposition before it has, not the office."""
    token = doc[start]
    inside = start > 0 and doc[start - 1].lower_ in {"in", "at", "from", "to", "near", "outside"}
    possessive = start + 1 < len(doc) and doc[start + 1].tag_ == "POS"
    place = plain(token.text) in place_words() or token.ent_type_ in {"GPE", "LOC", "FAC"}
    return inside and place and token.pos_ == "PROPN" and not possessive


def head_of(doc: Doc, start: int, end: int) -> Token:
    """The noun of a phrase: the last one before a preposition."""
    for at in range(start, end):
        if doc[at].lower_ in listed("inner") | {"in", "to", "on", "from"} and at > start:
            return doc[at - 1]
    return doc[end - 1]


def right_end(doc: Doc, at: int) -> tuple[int, Token | None]:
    """Where the noun phrase that begins at ``at`` ends, and its noun."""
    end = nouns_end(doc, at)
    if end == at or doc[end - 1].pos_ not in {"NOUN", "PROPN", "ADJ"}:
        return at, None
    head = doc[end - 1]
    while end + 1 < len(doc) and _is_inner(doc[end], doc[end + 1], head):
        begin = end + 1
        if doc[begin].lower_ in ARTICLES | {"its", "their"}:
            begin += 1
        stop = nouns_end(doc, begin)
        if stop == begin or stop - at > LONGEST or doc[begin].like_num:
            break
        end = stop
    return end, head


def _is_inner(preposition: Token, follows: Token, head: Token) -> bool:
    word, lemma = preposition.lower_, head.lemma_.lower()
    if word in listed("inner"):
        return True
    if word in {"in", "from"}:
        return follows.pos_ == "PROPN" or (word == "in" and follows.lower_ == "charge")
    last = follows.i + 1 == len(follows.doc)
    noun = follows.nbor(1) if follows.lower_ == "the" and not last else follows
    if word in {"on", "with"} and noun.text[:1].isupper():
        return noun.ent_type_ not in {"DATE", "TIME"}
    return word in {"to", "on"} and lemma in listed("outward")


def nouns_end(doc: Doc, at: int) -> int:
    """Where a run of nouns with what stands before them ends."""
    end = at
    while end < len(doc):
        token = doc[end]
        follows = doc[end + 1] if end + 1 < len(doc) else None
        if token.is_sent_start and end > at:
            break
        joined = token.lower_ == "and" and follows is not None and _joins(doc, end)
        number = token.pos_ == "NUM" and follows is not None and end == at
        if not (_is_part(token, follows) or joined or number or _is_possessive(doc, end)):
            break
        end += 1
    while end > at and (
        doc[end - 1].text in {"-", "&", "and"}
        or doc[end - 1].tag_ == "POS"
        or doc[end - 1].text in {"'", "’"}
    ):
        end -= 1
    return end


def _is_possessive(doc: Doc, at: int) -> bool:
    """“the Account Holders’ League”: read as a closing mark where the house quotes with ‘ ’."""
    if doc[at].text not in {"'", "’"} or at == 0 or at + 1 >= len(doc):
        return False
    before = doc[at - 1]
    attached = not before.whitespace_ and before.lower_.endswith("s") and bool(doc[at].whitespace_)
    return attached and doc[at + 1].pos_ in {"NOUN", "PROPN"}


def _joins(doc: Doc, at: int) -> bool:
    """“law and economics”, “Asia and Africa expert”: one phrase, no second party."""
    before, after = doc[max(0, at - 1)], doc[at + 1]
    if is_role_noun(before) and before.pos_ == "PROPN":
        return False
    stop = at + 1
    while stop < len(doc) and stop < at + 5 and doc[stop].pos_ in {"NOUN", "PROPN", "ADJ"}:
        stop += 1
    last = doc[stop - 1]
    if stop == at + 1 or last.pos_ != "NOUN":
        return False
    closed = stop >= len(doc) or doc[stop].text in {",", "."}
    common = before.pos_ == after.pos_ == "NOUN" and stop == at + 2
    return (closed and common) or (
        stop > at + 2 and is_role_noun(last) and not is_role_noun(before)
    )
