"""Small edits of a sentence that several families of kinds need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Bound = Literal["exact", "about", "at least", "at most"]

_AT_LEAST: Final = (
    "more than|over|at least|above|exceed(?:s|ed|ing)?|no fewer than|no less than|upwards of|"
    "topped|beyond|surpass(?:es|ed|ing)?|past|minimum of|not less than|for|further than"
)
_AT_MOST: Final = (
    "less than|fewer than|under|up to|at most|no more than|below|within|as many as|as much as|"
    "maximum of|not more than"
)
_ABOUT: Final = (
    "about|around|some|roughly|approximately|nearly|almost|close to|an? estimated|estimated|"
    "just under|just over|a little over|a little under|well over|circa|another"
)
_BOUNDS: Final[tuple[tuple[Bound, re.Pattern[str]], ...]] = (
    ("about", re.compile(rf"\b(?:{_ABOUT})\s+(?:[$€£]|the\s+)?$", re.IGNORECASE)),
    ("at least", re.compile(rf"\b(?:{_AT_LEAST})\s+(?:[$€£]|the\s+)?$", re.IGNORECASE)),
    ("at most", re.compile(rf"\b(?:{_AT_MOST})\s+(?:[$€£]|the\s+)?$", re.IGNORECASE)),
)


def splice(text: str, start: int, end: int, new: str) -> str:
    """``text`` with ``[start, end)`` replaced by ``new``."""
    return text[:start] + new + text[end:]


def bound(text: str, start: int) -> Bound:
    """What the words before the number that begins at ``start`` make of it.

    A number after "more than" is still true when it gets smaller, so a change must know.
    """
    before = text[:start]
    return next((name for name, pattern in _BOUNDS if pattern.search(before)), "exact")


def falsifies(limit: Bound, old: float, new: float) -> bool:
    """Does ``new`` in place of ``old`` make a statement with this bound false?"""
    if limit == "at least":
        return new > old
    if limit == "at most":
        return new < old
    if limit == "about":
        return new > 1.4 * old or new < 0.6 * old
    return new != old


def sentence_case(text: str) -> str:
    """``text`` with a capital letter at the front and single spaces."""
    text = re.sub(r"\s+([,.])", r"\1", " ".join(text.split()))
    return text[:1].upper() + text[1:]


def inside(text: str, first: Token) -> str:
    """``text``, which began a sentence with ``first``, as it is written inside one."""
    name = first.pos_ == "PROPN" or bool(first.ent_type_) or first.text == "I"
    plain = first.pos_ in ("DET", "ADJ", "NOUN", "ADP", "ADV", "PRON", "VERB", "NUM", "SCONJ")
    number = first.ent_type_ in ("CARDINAL", "DATE", "ORDINAL", "PERCENT", "MONEY")
    if (name and not number and first.pos_ != "DET") or not plain or text[:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def extent(token: Token) -> tuple[int, int]:
    """Where the words that hang on ``token`` stand, in characters."""
    tokens = list(token.subtree)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def subtree(token: Token) -> Span:
    """The words that hang on ``token``."""
    return token.doc[token.left_edge.i : token.right_edge.i + 1]


def simple_phrase(token: Token, longest: int = 8) -> bool:
    """Is it a noun phrase without clauses and commas, so that it can be moved whole?"""
    words = list(token.subtree)
    clauses = {"relcl", "acl", "advcl", "appos", "ccomp", "punct", "nsubj"}
    whole = words[-1].i - words[0].i + 1 == len(words)
    return (
        whole and len(words) <= longest and not any(w.dep_ in clauses for w in words if w != token)
    )


def subject(verb: Token) -> Token | None:
    """The subject of ``verb``, if it has exactly one."""
    found = [t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")]
    return found[0] if len(found) == 1 else None


def plural(token: Token) -> bool:
    """Is the noun phrase headed by ``token`` plural (coordinated, or plural by form)?"""
    conjoined = any(t.dep_ == "conj" for t in token.children)
    return conjoined or token.tag_ in ("NNS", "NNPS")


def entity_at(doc: Doc, start: int, end: int) -> Span | None:
    """The named entity that overlaps ``[start, end)``."""
    return next((e for e in doc.ents if e.start_char < end and start < e.end_char), None)


def articled(text: str) -> str:
    """``text`` with "a" and "an" as the words after them want it."""
    text = re.sub(r"\b([Aa])n (?=[bcdfgjklmnpqrstvwxyz])(?!hour|heir|honest)", r"\1 ", text)
    return re.sub(r"\b([Aa]) (?=[aeio])(?!one|once|eu)", r"\1n ", text)
