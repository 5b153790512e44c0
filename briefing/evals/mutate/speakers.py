"""Kinds attribution, quote and speaker: said by somebody else, or by nobody, or not so."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING, Final

from briefing.evals.mutate.edits import extent, sentence_case, simple_phrase, splice, subject
from briefing.evals.mutate.material import Change, Material, Origin
from briefing.evals.mutate.names import related
from briefing.evals.mutate.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING: Final = frozenset("say claim allege argue insist believe suggest warn estimate".split())
_ACCORDING: Final = re.compile(r"^According to [^,]+, |,? according to (?P<who>[^,]+?)(?=\.$|, )")
_PRONOUNS: Final = frozenset(
    "he she it they we i his her its their him them himself herself itself themselves".split()
)


def attribution(origin: Origin, material: Material, rng: Random) -> Iterator[Change]:
    """What somebody said is told as a fact, or somebody else said it."""
    drafts = [*_as_fact(origin), *_by_another(origin, material, rng), *_according(origin)]
    yield from rng.sample(drafts, len(drafts))


def _according(origin: Origin) -> Iterator[Change]:
    for match in _ACCORDING.finditer(origin.text):
        if " and " in (match["who"] or ""):
            continue
        text = splice(origin.text, *match.span(), "")
        yield Change(sentence_case(text), f"“{match.group().strip(' ,')}” dropped")


def _as_fact(origin: Origin) -> Iterator[Change]:
    root, clause = origin.root, _said(origin.root)
    speaker = subject(root)
    if clause is None or speaker is None or any(t.dep_ == "neg" for t in root.children):
        return
    text = _clause_text(origin, clause)
    words = {w.lower() for w in re.findall(r"\w+", text)}
    if len(words) >= 5 and not words & _PRONOUNS and not re.search(r"\b(?:said|says)\b", text):
        dropped = extent(speaker)
        note = f"“{origin.text[dropped[0] : dropped[1]]} {root.text}” dropped"
        yield Change(sentence_case(text.rstrip(" .,") + "."), note)


def _said(root: Token) -> Token | None:
    """The clause that is reported, if it has a subject and a finite verb."""
    clauses = [t for t in root.children if t.dep_ == "ccomp"]
    if root.lemma_ not in _SAYING or len(clauses) != 1 or subject(clauses[0]) is None:
        return None
    verbs = [clauses[0], *(t for t in clauses[0].children if t.dep_ in ("aux", "auxpass"))]
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in verbs)
    asked = any(t.lower_ in ("whether", "if", "how", "what", "why") for t in clauses[0].subtree)
    return clauses[0] if finite and not asked else None


def _clause_text(origin: Origin, clause: Token) -> str:
    """The reported clause without its "that"; adjuncts of the reporting verb go with it."""
    start, end = extent(clause)
    first = clause.left_edge
    start = first.nbor().idx if first.dep_ == "mark" and first.lower_ == "that" else start
    return origin.text[start:end]


def _by_another(origin: Origin, material: Material, rng: Random) -> Iterator[Change]:
    speaker = subject(origin.root)
    if speaker is None or _said(origin.root) is None or not simple_phrase(speaker):
        return
    if speaker.ent_type_ not in ("PERSON", "ORG"):  # "the minister" may be anybody with a name
        return
    start, end = extent(speaker)
    old, there = origin.text[start:end], material.passage_text(origin)
    candidates = [
        name
        for name in material.names[origin.document].get(speaker.ent_type_, ())
        if (" " in name or speaker.ent_type_ == "ORG")
        and not related(name, old)
        and not _mentioned(name, there)
    ]
    if candidates:
        new = rng.choice(candidates)
        yield Change(splice(origin.text, start, end, new), f"{old} became {new}")


def _mentioned(name: str, text: str) -> bool:
    return name.rsplit(maxsplit=1)[-1] in text


def quote(quotation: Quotation, rng: Random) -> Iterator[Change]:
    """One character or one word of the quotation is another."""
    edits = [_letter, _dropped_letter, _dropped_word, _swapped_words, _comma]
    for edit in rng.sample(edits, len(edits)):
        text = edit(quotation.text, rng)
        if text and text != quotation.text:
            yield Change(text, edit.__name__.strip("_").replace("_", " "))


def _letter(text: str, rng: Random) -> str:
    places = [i for i, c in enumerate(text) if c.islower()]
    at = rng.choice(places)
    letters = [c for c in string.ascii_lowercase if c != text[at]]
    return splice(text, at, at + 1, rng.choice(letters))


def _dropped_letter(text: str, rng: Random) -> str:
    at = rng.choice([i for i, c in enumerate(text) if c.islower()])
    return splice(text, at, at + 1, "")


def _dropped_word(text: str, rng: Random) -> str:
    words = text.split(" ")
    del words[rng.randrange(1, len(words) - 1)]
    return " ".join(words)


def _swapped_words(text: str, rng: Random) -> str:
    words = text.split(" ")
    at = rng.randrange(1, len(words) - 1)
    words[at - 1], words[at] = words[at], words[at - 1]
    return " ".join(words)


def _comma(text: str, rng: Random) -> str:
    commas = [match.start() for match in re.finditer(r", ", text)]
    if commas:
        at = rng.choice(commas)
        return splice(text, at, at + 1, "")
    at = rng.choice([match.start() for match in re.finditer(r"(?<=\w) (?=\w)", text)] or [0])
    return splice(text, at, at, ",") if at else ""


def speaker(quotation: Quotation, material: Material, rng: Random) -> Iterator[Change]:
    """Another person of the document said it."""
    names = material.names[quotation.document]["PERSON"]
    repeated = {q.speaker for q in material.quotations if q.text == quotation.text}
    fit = [n for n in names if " " in n and not any(related(n, known) for known in repeated)]
    for new in rng.sample(fit, len(fit)):
        yield Change(new, f"{quotation.speaker} became {new}")
