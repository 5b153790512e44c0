"""Where a noun with what tells who or which it is begins and ends, as a speaker is printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.extract.frames import Frame
from briefing.extract.lexicon import means_people
from briefing.extract.written import is_document

if TYPE_CHECKING:
    from spacy.tokens import Token

_INNER_PREPOSITIONS = {"of", "for", "at", "from", "in", "with", "to"}
_NARROWING = frozenset({"close", "familiar", "involved", "briefed", "near"})
_MOST_NARROWING = 7
"""Tokens of “close to …” that still belong to a description."""
_ANYBODY = frozenset("man woman person one".split())
_SOME = frozenset({"a", "an", "one", "another"})
_LONGEST = 14
"""Tokens of the longest description that is printed as a speaker."""


def unfit(frame: Frame, first: int, last: int) -> bool:
    """Whether tokens ``first`` … ``last`` are too long for a speaker, quoted or a clause."""
    inside = range(first, last + 1)
    return last - first >= _LONGEST or any(
        frame.quoted[i] is not None or frame.doc[i].tag_ == "VBD" for i in inside
    )


def _narrowed(head: Token, adjective: Token) -> int | None:
    """“close to the talks”, “familiar with the plan”: the last token of what tells who it is."""
    those = head.lower_ == "those"
    those = head.lower_ == "those"
    present = those and adjective.lower_ == "present"
    narrowing = present or adjective.lower_ in _NARROWING
    if not narrowing or not (those or means_people(head.lemma_.lower())):
        return None
    to = next((c for c in adjective.children if c.dep_ == "prep"), None)
    if present and to is None:
        return adjective.i
    what = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or what is None or to.i != adjective.i + 1:
        return None
    end = phrase_end(what)
    return end if end - adjective.i <= _MOST_NARROWING else None


def _sent_by(head: Token, participle: Token) -> bool:
    """“Observers sent by the commission”."""
    people = "Plur" in head.morph.get("Number", []) and means_people(head.lemma_.lower())
    passive = participle.dep_ == "acl" and participle.tag_ == "VBN"
    return people and passive and participle.nbor(1).lower_ == "by"


def vague_end(frame: Frame, head: Token) -> int | None:
    """“A man who worked as a steward”: the last token of what alone tells who it is."""
    vague = head.lemma_.lower() in _ANYBODY and any(c.lower_ in _SOME for c in head.children)
    clause = next((c for c in head.rights if c.dep_ == "relcl"), None)
    if not vague or clause is None or head.nbor(1).lower_ != "who":
        return None
    last = clause.i
    for child in clause.rights:
        if child.dep_ in {"cc", "conj", "punct", "advcl"}:
            break
        last = child.right_edge.i
    inside = range(head.i, last + 1)
    short = last - head.i < _LONGEST and not any(head.doc[i].text in {",", ";"} for i in inside)
    return last if short and not any(frame.quoted[i] is not None for i in inside) else None


def with_second(head: Token, last: int) -> int:
    """“the ministers of Norvia and Castell”, whatever the parser joins Castell to."""
    doc = head.doc
    plural = "Plur" in head.morph.get("Number", [])
    if not plural or last == head.i or doc[last].pos_ != "PROPN" or last + 2 >= len(doc):
        return last
    return last + 2 if doc[last + 1].lower_ == "and" and doc[last + 2].pos_ == "PROPN" else last


_FIRM = re.compile(r" & [^\W\d_]\w*(?: & [^\W\d_]\w*)*")


def whole_firm(text: str, end: int) -> int:
    """Where a name that ends at offset ``end`` of ``text`` ends with “& Partner”."""
    more = _FIRM.match(text, end)
    return more.end() if more is not None and more[0][3:4].isupper() else end


def phrase_start(head: Token) -> int:
    """The first token of a noun with what stands before it."""
    first = head.i
    deps = {"det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "quantmod", "predet"}
    before = [*head.lefts]
    if first > 1 and head.nbor(-1).text in {"-", "‑"} and head.nbor(-2).lower_ == "e":
        first, before = first - 2, [*before, *head.nbor(-2).lefts]  # “the e-mail”
    for child in before:
        if child.dep_ in deps:
            first = min(first, child.left_edge.i)
    return first


def phrase_end(head: Token) -> int:
    """The head with what narrows it down: “a spokesman for the ministry”."""
    last = head.i
    for child in head.rights:
        if child.i != last + 1:
            break
        placed = child.lower_ == "on" and is_document(head)  # “a notice on the shop’s website”
        if child.dep_ == "prep" and (placed or child.lower_ in _INNER_PREPOSITIONS):
            objects = [c for c in child.children if c.dep_ == "pobj"]
            if not objects:
                break
            last = phrase_end(objects[0])
        elif child.dep_ == "nummod":  # “clause 7”
            last = child.i
        elif (narrowed := _narrowed(head, child)) is not None:  # “a person close to the talks”
            last = narrowed
            break
        elif _sent_by(head, child):
            last = child.right_edge.i  # “observers sent by the commission”
            break
        elif child.dep_ == "cc" and child.text == "&":
            last = max([child.i, *(c.right_edge.i for c in head.rights if c.dep_ == "conj")])
            break
        elif child.dep_ not in {"compound", "nmod"}:
            break
    return last
