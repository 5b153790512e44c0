"""What makes a figure one of a part, a rate or a growth: “four of them”, “a day”, “two more”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.across.clause import Clause, carries, key_of
from briefing.across.told import Told
from briefing.across.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS = {"them", "the", "those", "which", "whom", "these", "its"}


def narrowing(noun: Token) -> frozenset[str]:
    """The words that say which of the things are counted: “foreign tourists from Spain”."""
    found: set[str] = set()
    stack = [c for c in noun.children if c.dep_ in {"amod", "compound", "poss", "prep", "nmod"}]
    while stack:
        token = stack.pop()
        if token.dep_ == "relcl" or token.pos_ == "NUM":
            continue
        if carries(token) and not token.like_num:
            found.add(key_of(token))
        stack.extend(c for c in token.children if c.dep_ in {"pobj", "compound", "amod", "poss"})
    return frozenset(found)


def rate_of(clause: Clause, anchor: Token) -> frozenset[str]:
    """“a day”, “per household”, “each”: what a figure is to be multiplied with."""
    found: set[str] = set()
    for token in clause.scope:
        percent = token.i + 1 < len(token.doc) and token.nbor().lower_ == "cent"
        if token.lower_ in words("marks", "rate") and not percent:
            found.add(token.lower_)
        if token.lower_ == "cent":
            continue
        if token.dep_ == "npadvmod" and any(c.lower_ in {"a", "an"} for c in token.children):
            found.add(token.lemma_.lower())
    doc = anchor.doc
    after = doc[anchor.i + 1 : anchor.i + 3]
    if (
        len(after) == 2
        and after[0].lower_ in {"a", "an", "per"}
        and after[1].pos_ == "NOUN"
        and (after[1].lower_ != "cent")
    ):
        found.add(after[1].lemma_.lower())
    return frozenset(found)


def is_part(told: Told, start: int, end: int, *, share: bool) -> bool:
    """“four of them”, “including two children”, “of which …”, “the first two”."""
    text = told.reading.text
    before = text[told.span.start_char : start].lower().rstrip().split()
    behind = text[end : min(end + 40, told.span.end_char)].lower().split()
    near = before[-3:]
    if any(w.strip(",;") in {"including", "among", "them", "which", "whom"} for w in near):
        return True
    if before and (before[0] == "of" or before[-1] in words("marks", "ranked")):
        return True
    if behind[:1] != ["of"] or len(behind) < 2:
        return False
    whole = behind[1].strip(".,;")
    return whole in _PARTS and (not share or whole in {"them", "which", "whom"})


def is_more(told: Told, start: int, end: int, noun: Token | None) -> bool:
    """“two more people”, “another 22”: more than some other figure."""
    text = told.reading.text
    before = text[max(0, start - 14) : start].lower().split()
    reach = noun.idx + len(noun.text) if noun is not None else end
    inner = text[start : max(end, reach) + 6].lower().replace("more than", "").split()
    if before and before[-1] in words("marks", "more"):
        return True
    if before and before[-1] == "by":
        return True
    return any(w.strip(",.") in words("marks", "more") for w in inner)
