"""What splitting a statement needs of a parse: clauses and their subjects, quotations, drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = {"nsubj", "nsubjpass"}
AUXILIARIES = {"aux", "auxpass"}
FINITE = {"VBD", "VBZ", "VBP", "MD"}
NEGATIVE = {"no", "not", "n't", "never", "neither", "none", "nobody", "nothing", "few", "only"}
COMMAS = {",", "—", "–"}
_PAIRS = {"“": "”", "(": ")", "[": "]", '"': '"', "‘": "’", "'": "'", "``": "''"}


@dataclass(frozen=True)
class Draft:
    """A claim in the making, as token indices: ``lead``, then the word ``link``, then the rest.

    ``own`` are the tokens that say something new, ``verb`` is what they depend on.
    """

    tokens: frozenset[int]
    own: frozenset[int]
    verb: int
    lead: frozenset[int] = frozenset()
    link: str = ""

    def without(self, tokens: Iterable[int]) -> Draft:
        """This draft less ``tokens``."""
        gone = frozenset(tokens)
        return replace(self, tokens=self.tokens - gone, own=self.own - gone, lead=self.lead - gone)


def subtree(token: Token) -> frozenset[int]:
    """The indices of ``token`` and of all that depends on it."""
    return frozenset(t.i for t in token.subtree)


def subject_of(verb: Token) -> Token | None:
    """The subject before ``verb``; None where it has none of its own."""
    return next((c for c in verb.lefts if c.dep_ in SUBJECTS | {"expl", "csubj"}), None)


def is_negated(verb: Token) -> bool:
    """Whether a negation stands before ``verb``."""
    return any(c.dep_ == "neg" or c.lower_ in NEGATIVE for c in verb.lefts)


def is_finite(verb: Token) -> bool:
    """Whether ``verb``, or an auxiliary of its own, has a tense."""
    return verb.tag_ in FINITE or any(c.tag_ in FINITE for c in verb.lefts if c.dep_ in AUXILIARIES)


def quotations(doc: Doc, sentence: range) -> Iterator[tuple[int, int]]:
    """Quotations and parentheses; one that lacks a mark reaches to the end of the sentence."""
    opened: tuple[int, str] | None = None
    for i in sentence:
        text = doc[i].text
        if doc[i].tag_ == "POS" or not (text in _PAIRS or text in _PAIRS.values()):
            continue
        if opened and text == opened[1]:
            yield opened[0], i
            opened = None
        elif not opened and text in _PAIRS:
            opened = i, _PAIRS[text]
        elif not opened:
            yield sentence.start, i
    if opened:  # a last mark closes what an earlier sentence opened
        said = any(t.is_alpha for t in doc[opened[0] : sentence.stop])
        yield (opened[0] if said else sentence.start), sentence.stop - 1


def in_quotation(doc: Doc, i: int, sentence: range) -> bool:
    """Whether token ``i`` stands in a quotation or parenthesis."""
    return any(left < i < right for left, right in quotations(doc, sentence))
