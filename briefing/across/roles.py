"""Two names for one who is the only one of a kind: the captain, the winner (English)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.across.clause import carries, key_of
from briefing.across.stances import Pair, Stance, comparable
from briefing.across.told import Told
from briefing.across.words import words
from briefing.grounding.name_spans import Name, compatible, names_in
from briefing.origins import Origins

if TYPE_CHECKING:
    from spacy.tokens import Token

MOST = 200


@dataclass(frozen=True, eq=False)
class Holder:
    """A name with a role that one person has. ``whose``: words that say of what."""

    told: Told
    name: Name
    role: Token
    whose: frozenset[str]


def role_pairs(told: Sequence[Told], origins: Origins) -> Iterator[Pair]:
    """Stances that give one role to people with other names."""
    index: dict[str, list[Holder]] = defaultdict(list)
    for holder in (h for each in told for h in _holders(each)):
        index[holder.role.lemma_.lower()].append(holder)
    for found in index.values():
        for one, other in combinations(found[:MOST], 2):
            if comparable(one.told, other.told, origins) and _differ(one, other, found):
                yield Pair(_stance(one), _stance(other), "conflict")


def _holders(told: Told) -> Iterator[Holder]:
    for name in names_in(told.doc):
        if not told.span.start <= name.first < told.span.end or len(name.words) < 2:
            continue
        if name.kind != "person":
            continue
        role = _role(told, name)
        if role is not None:
            yield Holder(told, name, role, _whose(role, name))


def _role(told: Told, name: Name) -> Token | None:
    """“the captain, Henrik Dahl”, “Henrik Dahl, the captain”, “captain Henrik Dahl”."""
    doc, head = told.doc, told.doc[name.last]
    unique = words("things", "unique")
    before = doc[name.first - 1] if name.first else None
    near = [head.head, *_above(head.head)] if head.dep_ == "appos" else []
    near += [c for c in head.children if c.dep_ == "appos"]
    near += [before] if before is not None and before.i >= told.span.start else []
    if head.dep_ in {"attr", "oprd", "pobj"}:
        verb = head.head if head.dep_ != "pobj" else head.head.head
        if verb.lemma_ in {"be", "name", "identify"}:
            near += [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return next(
        (t for t in near if t.pos_ in {"NOUN", "PROPN"} and t.lemma_.lower() in unique), None
    )


def _above(noun: Token) -> list[Token]:
    """“The captain of the ferry, Magnus Dahlen”: the name may hang on the nearer noun."""
    found = []
    while noun.dep_ == "pobj" and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
        found.append(noun)
    return found


def _whose(role: Token, name: Name) -> frozenset[str]:
    inside = range(name.first, name.last + 1)
    parts = [
        t
        for c in role.children
        if c.dep_ in {"prep", "poss", "amod", "compound"}
        for t in c.subtree
    ]
    return frozenset(key_of(t) for t in parts if t.i not in inside and carries(t))


def _differ(one: Holder, other: Holder, found: Sequence[Holder]) -> bool:
    if compatible(one.name, other.name) or (
        one.whose and other.whose and not one.whose & other.whose
    ):
        return False
    if one.role.lemma_.lower() in words("things", "of_what") and not one.whose & other.whose:
        return False
    if (one.whose ^ other.whose) & words("marks", "past"):
        return False
    if _names(one.told, other.name) or _names(other.told, one.name):
        return False
    own = {one.told.source_id: one.name, other.told.source_id: other.name}
    mine = (h for h in found if h.told.source_id in own)
    return all(compatible(h.name, own[h.told.source_id]) for h in mine)


def _names(told: Told, name: Name) -> bool:
    """Whether an article knows the other one too: then they are two people."""
    return name.text.split()[-1].lower() in told.article.source.body.lower()


def _stance(holder: Holder) -> Stance:
    doc = holder.told.doc
    start, last = doc[holder.name.first].idx, doc[holder.name.last]
    point = holder.role.text
    of = next((c for c in holder.role.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    if of is not None:
        end = max(t.i for t in of.subtree if t.i < holder.name.first or holder.name.last < t.i)
        tail = doc[of.i : min(end + 1, of.i + 5)].text
        point = f"{point} {tail}"
    return Stance(holder.told, start, last.idx + len(last.text), point)
