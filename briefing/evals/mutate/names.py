"""Kinds name and role: somebody else, or the same people in each other's parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Final

from briefing.evals.mutate.edits import (
    articled,
    plural,
    sentence_case,
    simple_phrase,
    splice,
    subject,
)
from briefing.evals.mutate.edits import subtree as phrase
from briefing.evals.mutate.material import NAMED, Change, Material, Origin, name_text, plain_name
from briefing.evals.mutate.words import LISTS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_TITLE: Final = re.compile(
    r"\b(?P<title>(?:Prime Minister|Foreign Minister|Defense Minister|Defence Minister|President|"
    r"Chancellor|Senator|Sen\.|Rep\.|Governor|Gov\.|Mayor|Judge|Justice|General|Gen\.|Secretary|"
    r"Minister|Ambassador|Professor|Prof\.|Bishop|Captain|Sheriff|Inspector|Sergeant|King|Queen))"
    r"\s+(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)"
)
_ALIAS: Final = re.compile(r"\b(?:known as|born|née|alias|named|called|formerly|aka)\b")


def name(origin: Origin, material: Material, rng: Random) -> Iterator[Change]:
    """A person, organisation or place is another of the same type."""
    if _ALIAS.search(origin.text):
        return
    for entity in origin.doc.ents:
        if entity.label_ not in NAMED or not plain_name(entity) or _listed(entity):
            continue
        old = name_text(entity)
        candidates = _candidates(origin, material, entity.label_, rng)
        new = next((c for c in candidates if _other(old, c, entity.label_, material, origin)), None)
        if new:
            start = entity.start_char + entity.text.index(old)
            text = splice(origin.text, start, start + len(old), new)
            yield Change(articled(text), f"{old} became {new}")


def _candidates(origin: Origin, material: Material, label: str, rng: Random) -> list[str]:
    """Names of the document first, except of places: Houston lies in Texas."""
    own = list(material.names[origin.document][label])
    rng.shuffle(own)
    known = {n for names in material.names[origin.document].values() for n in names}
    foreign = [
        n
        for other, names in material.names.items()
        if other != origin.document
        for n in names[label]
        if n not in known
    ]
    foreign = rng.sample(foreign, min(len(foreign), 20))
    return foreign if label == "GPE" else own + foreign


def _other(old: str, new: str, label: str, material: Material, origin: Origin) -> bool:
    """May ``new`` stand for ``old`` and be somebody else for certain?"""
    if label == "GPE":
        same = any(old in LISTS[key] and new in LISTS[key] for key in ("britain", "america"))
        articled = new in (*LISTS["britain"], *LISTS["america"]) or new.startswith("United")
        plain = not same and not articled and new not in origin.text
        return _place(old) == _place(new) and plain
    shape = len(old.split()) == len(new.split()) or (label == "ORG" and len(new.split()) <= 4)
    variants = [n for n in material.names[origin.document][label] if related(n, old)]
    if not shape or any(related(new, n) for n in [old, *variants]):
        return False
    if label == "PERSON" and not (
        new[0].isupper() and new.rsplit(maxsplit=1)[-1] not in LISTS["countries"]
    ):
        return False
    return not any(related(new, name_text(e)) for e in origin.doc.ents)


def is_person(name: str, document: str, material: Material) -> bool:
    """Is it a full name, or a part of one that the document has?"""
    full = [n for n in material.names[document]["PERSON"] if " " in n]
    return name in full or any(name in n.split() for n in full)


def related(one: str, two: str) -> bool:
    """Do two names share a word, or is one made of the other's initials?"""
    small = {"of", "the", "and", "for", "de", "van"}
    words = ({w.lower() for w in n.split()} - small for n in (one, two))
    acronyms = [w.replace(".", "") for w in (one, two) if w.isupper() and " " not in w]
    if any(short[:1] == n[:1] and short != n for short in acronyms for n in (one, two)):
        return True
    initials = ("".join(w[0] for w in n.split() if w[0].isupper()) for n in (one, two))
    return bool(next(words) & next(words)) or one == next(initials) or two in initials


def _place(text: str) -> str:
    return next(
        (key for key in ("countries", "states", "continents") if text in LISTS[key]), "other"
    )


def _listed(entity: Span) -> bool:
    """In "A and B came", B may be exchanged for somebody who came too."""
    root = entity.root
    return (
        root.dep_ in ("conj", "appos")
        or any(t.dep_ in ("conj", "appos") for t in root.children)
        or (root.dep_ in ("compound", "nmod") and root.head.ent_type_ == root.ent_type_)
    )


def role(origin: Origin, _material: Material, _rng: Random) -> Iterator[Change]:
    """Who did what to whom is the other way round, or two titles are exchanged."""
    yield from _titles(origin.text)
    for verb in origin.doc:
        particle = any(t.dep_ == "prt" for t in verb.children)  # "take on" is mutual
        if verb.pos_ == "VERB" and not particle and verb.lemma_ not in LISTS["symmetric_verbs"]:
            pair = _active(verb) or _passive(verb) or _reporting(verb) or _prepositional(verb)
            if pair:
                yield Change(_swap(origin, *pair), "subject and object exchanged")


def _titles(text: str) -> Iterator[Change]:
    found = list(_TITLE.finditer(text))
    for one, two in pairwise(found):
        if one["title"] != two["title"]:
            start, end = two.span("title")
            swapped = splice(text, start, end, one["title"])
            swapped = splice(swapped, *one.span("title"), two["title"])
            yield Change(swapped, f"{one['title']} and {two['title']} exchanged")


def _active(verb: Token) -> tuple[Token, Token] | None:
    objects = [t for t in verb.children if t.dep_ == "dobj" and t.i > verb.i]
    doer = subject(verb)
    if doer is None or doer.dep_ != "nsubj" or len(objects) != 1:
        return None
    return _exchangeable(doer, objects[0])


def _passive(verb: Token) -> tuple[Token, Token] | None:
    agents = [
        t for by in verb.children if by.dep_ == "agent" for t in by.children if t.dep_ == "pobj"
    ]
    patient = subject(verb)
    if patient is None or patient.dep_ != "nsubjpass" or len(agents) != 1:
        return None
    return _exchangeable(patient, agents[0])


def _reporting(verb: Token) -> tuple[Token, Token] | None:
    """``A said B would go``: A and B."""
    clauses = [t for t in verb.children if t.dep_ == "ccomp" and t.i > verb.i]
    one = subject(verb)
    two = subject(clauses[0]) if len(clauses) == 1 else None
    if one is None or two is None or not one.ent_type_ or one.ent_type_ != two.ent_type_:
        return None
    return _exchangeable(one, two)


def _prepositional(verb: Token) -> tuple[Token, Token] | None:
    """``A lost to B``: A and B."""
    one = subject(verb)
    found = [
        t
        for prep in verb.children
        if prep.dep_ == "prep" and prep.lower_ in ("to", "over", "from", "behind", "about", "for")
        for t in prep.children
        if t.dep_ == "pobj"
    ]
    if one is None or len(found) != 1 or not one.ent_type_ or one.ent_type_ != found[0].ent_type_:
        return None
    return _exchangeable(one, found[0])


def _exchangeable(one: Token, two: Token) -> tuple[Token, Token] | None:
    """Both can act, agree in number, and are phrases that can be moved."""
    able = _can_act(one) and _can_act(two)
    whole = simple_phrase(one) and simple_phrase(two)
    inner = {w.dep_ for t in (one, two) for w in t.subtree} & {"poss", "conj"}
    owned = "poss" in inner and any(w.lower_ in LISTS["possessives"] for w in phrase(two))
    different = one.lower_ != two.lower_
    same = plural(one) == plural(two) or one.head.tag_ == "VBD"
    return (one, two) if able and whole and same and different and not owned else None


def _can_act(token: Token) -> bool:
    return token.ent_type_ in NAMED or token.lemma_.lower() in LISTS["actors"]


def _swap(origin: Origin, one: Token, two: Token) -> str:
    a, b = phrase(one), phrase(two)
    text = origin.text
    moved_first = _inside(a) if a.start == 0 else a.text
    swapped = splice(text, b.start_char, b.end_char, moved_first)
    return sentence_case(splice(swapped, a.start_char, a.end_char, b.text))


def _inside(words: Span) -> str:
    first = words[0]
    return words.text if first.pos_ == "PROPN" else words.text[0].lower() + words.text[1:]
