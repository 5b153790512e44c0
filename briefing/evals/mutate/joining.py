"""Kinds citation, fusion and invention: true words in the wrong company."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING, Final

from briefing.evals.mutate.edits import extent, plural, sentence_case, simple_phrase, subject
from briefing.evals.mutate.material import NAMED, Change, Material, Origin, name_text, plain_name
from briefing.evals.mutate.names import is_person, related

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST_SHARED: Final = 0.2
"""A passage with a larger share of a statement's words may support it."""
_LONGEST_CLAUSE: Final = 14
_BORROWED: Final = 0.6
"""Share of inventions for which another document is asked first."""
_INVENTIONS: Final = (
    "after weeks of private talks",
    "despite warnings from several officials",
    "after months of delays",
    "following complaints from residents",
    "to the surprise of many observers",
    "for reasons that have not been made public",
    "for the second time in three years",
    "despite objections from a former minister",
    "as an internal report had predicted",
    "after a vote that had been postponed twice",
)


def citation(origin: Origin, material: Material, rng: Random) -> Iterator[Change]:
    """The same statement with a passage that is about something else."""
    words = _content(origin.text)
    passages = material.document(origin.document).passages
    numbered = [(n, text) for n, text in enumerate(passages, start=1) if n not in origin.passages]
    for number, text in rng.sample(numbered, len(numbered)):
        there = _content(text)
        if len(there) >= 5 and len(words & there) <= _MOST_SHARED * len(words):
            yield Change(origin.text, f"cites passage {number}", (number,))


def _content(text: str) -> set[str]:
    return {
        word.lower()[:6] for word in re.findall(r"\w+", text) if len(word) > 3 or word.isdigit()
    }


def fusion(origin: Origin, material: Material, rng: Random) -> Iterator[Change]:
    """The subject of one statement with what is said of another's."""
    own = _named_subject(origin)
    if own is None:
        return
    for other in material.siblings(origin, rng):
        theirs = _named_subject(other)
        if theirs is None or own.ent_type_ != theirs.ent_type_ or plural(own) != plural(theirs):
            continue
        names = [material_name(own), material_name(theirs)]
        said = other.text[extent(theirs)[1] :].strip()
        known = own.ent_type_ != "PERSON" or all(
            is_person(name, origin.document, material) for name in names
        )
        if related(*names) or related(names[0], said) or not (known and _transferable(said)):
            continue
        start, end = extent(own)
        fused = f"{origin.text[start:end]} {said}"
        if len(origin.text.split()) < 20 and rng.random() < 0.5:
            fused = f"{origin.text.rstrip('.')} and {said}"
        passages = tuple(dict.fromkeys((*origin.passages, *other.passages)))
        yield Change(fused, f"“{said.rstrip('.')}” is said of {names[1]}", passages)


def _named_subject(origin: Origin) -> Token | None:
    """The subject, where it is a name at the front of the sentence."""
    if sum(token.dep_ == "ROOT" for token in origin.doc) != 1:
        return None
    found = subject(origin.root)
    named = found is not None and found.ent_type_ in NAMED and found.left_edge.i == 0
    if found is None or not named or not simple_phrase(found):
        return None
    near = found.right_edge.i + 1
    return found if origin.doc[near].pos_ in ("VERB", "AUX", "ADV") else None


def material_name(token: Token) -> str:
    """The name that ``token`` is part of."""
    entity = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
    return name_text(entity) if entity is not None else token.text


def _transferable(text: str) -> bool:
    """Does a predicate lean on nothing, and is it long enough to say something?"""
    leaning = (
        r"\b(?:he|she|it|they|his|her|its|their|\w+self|also|too|this|these|that|so)\b|[“”\"‘;:?!]"
    )
    ended = text.endswith(".") and text.count(" ") >= 3
    return ended and re.search(leaning, text) is None


def invention(origin: Origin, material: Material, rng: Random) -> Iterator[Change]:
    """A clause of another document is added, or one from a list where there is no other."""
    text = origin.text.rstrip(".")
    if re.search(r"\b(?:after|because|as|while|before|when|since|which|who)\b", text):
        return
    for other in material.others(origin, rng) if rng.random() < _BORROWED else []:
        clause = _last_clause(other)
        adapted = clause and _adapted(clause, other, origin, material, rng)
        if adapted:
            yield Change(f"{text}, {adapted}.", f"“{adapted}” added from {other.document}")
            return
    added = rng.choice(_INVENTIONS)
    yield Change(sentence_case(f"{text}, {added}."), f"“{added}” added")


def _last_clause(other: Origin) -> str | None:
    """A clause with "after", "because" and the like at the end of a sentence, easy to move."""
    for token in other.root.children:
        marks = [t for t in token.children if t.dep_ == "mark" and t.i == token.left_edge.i]
        if token.dep_ != "advcl" or not marks or token.i < other.root.i or subject(token) is None:
            continue
        start, end = extent(token)
        text = other.text[start:end]
        last = end >= len(other.text.rstrip("."))
        words = text.split()
        fit = marks[0].lower_ in ("after", "because", "before") and not re.search(r"\d", text)
        if last and fit and 4 < len(words) <= _LONGEST_CLAUSE and not _leaning(token):
            return text
    return None


def _leaning(clause: Token) -> bool:
    return any(t.pos_ == "PRON" or t.lower_ in ("that", "this", "these") for t in clause.subtree)


def _adapted(
    clause: str, other: Origin, origin: Origin, material: Material, rng: Random
) -> str | None:
    """``clause`` with people of the document it goes to; None if it has names of other things."""
    own = [n for n in material.names[origin.document]["PERSON"] if " " in n]
    fit = [n for n in own if not related(n, origin.text)]
    start = other.text.index(clause)
    for entity in other.doc.ents:
        name = name_text(entity)
        if entity.label_ == "PERSON" and plain_name(entity) and name in clause:
            if not fit:
                return None
            clause = clause.replace(name, rng.choice(fit))
    left = [t for t in other.doc if t.idx >= start and t.pos_ == "PROPN" and t.text in clause]
    return clause if all(any(t.text in n.split() for n in fit) for t in left) else None
