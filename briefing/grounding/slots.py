"""Another name in the same place of nearly the same words.

A claim is laid beside each sentence of the passages, token by token. Where all around it agrees
and one name stands for another, the claim says it of somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.extract.lexicon import words
from briefing.grounding.name_spans import Name, compatible, kind_in, name_words, names_in
from briefing.grounding.reading import Reading
from briefing.lexical import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

_NEAR = 0.6
"""Share of a claim's content words (without names) in a sentence worth laying beside it …"""
_CLEAR = 0.85
"""… and that makes it the very statement."""
_ENOUGH = 3
"""Content words that must agree."""


@dataclass(frozen=True)
class Exchange:
    """``claimed`` stands where a sentence of the passages has ``given``.

    ``share``: of the claim's content words in the sentence; ``exact``: nothing else differs.
    """

    claimed: Name
    given: Name
    share: float
    exact: bool


def exchanges(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Exchange]:
    """Names of the claim that stand for others, with no sentence that has them so."""
    known = name_words(tuple(ground.doc for ground in grounds))
    for span in claim.doc.sents:
        mine = _content(span, known)
        if len(mine) < _ENOUGH:
            continue
        near = [
            (share, sentence)
            for ground in grounds
            for sentence in _sentences(ground.doc)
            if (share := len(mine & _content(sentence)) / len(mine)) >= _NEAR
        ]
        if not near:
            continue
        best = max(share for share, _ in near)
        found = [list(_laid(span, s, share, known)) for share, s in near if share >= best - 0.1]
        if all(found):  # subtle: a sentence that agrees, or has a pronoun there, clears the claim
            yield from max(found, key=lambda pairs: pairs[0].share)


@lru_cache(maxsize=512)
def _sentences(doc: Doc) -> tuple[DocSpan, ...]:
    return tuple(doc.sents)


@lru_cache(maxsize=8192)
def _content(span: DocSpan, known: frozenset[str] = frozenset()) -> frozenset[str]:
    named = {i for n in names_in(span.doc, known) for i in range(n.first, n.last + 1)}
    return frozenset(
        t.lemma_.lower()
        for t in span
        if t.i not in named and t.is_alpha and t.lower_ not in STOP_WORDS
    )


def verbatim(claim: Reading, grounds: Sequence[Reading]) -> bool:
    """Whether the claim is a whole sentence, or several, of a passage."""
    wanted = claim.text.strip()
    for ground in grounds:
        at = ground.text.find(wanted)
        if at >= 0 and _ends_sentence(ground.text[:at]) and _ends_sentence(wanted):
            return True
    return False


def _ends_sentence(text: str) -> bool:
    bare = text.rstrip("“”‘’'\") \t")
    return not bare or bare[-1] in ".?!…\n"


def _laid(
    claim: DocSpan, sentence: DocSpan, share: float, known: frozenset[str]
) -> Iterator[Exchange]:
    mine, theirs = list(claim), list(sentence)
    codes = SequenceMatcher(None, _forms(mine), _forms(theirs), autojunk=False).get_opcodes()
    changed = [c for c in codes if c[0] != "equal"]
    exact = all(
        _only_names(mine[a:b], known) and _only_names(theirs[c:d]) for _, a, b, c, d in changed
    )
    for tag, a, b, c, d in codes:
        claimed, given = _within(mine[a:b], known), _within(theirs[c:d])
        if tag != "replace" or len(claimed) != 1 or len(given) != 1:
            continue
        if not (_only_names(mine[a:b], known) and _only_names(theirs[c:d])):
            continue  # a description or a pronoun stands there as well
        one, other = claimed[0], given[0]
        alike = kind_in(sentence.doc, one) == other.kind
        if compatible(one, other) or not (alike or exact):
            continue
        if exact or not _elsewhere(one, sentence):
            yield Exchange(one, other, share, exact)


def _elsewhere(name: Name, sentence: DocSpan) -> bool:
    """Whether a name stands in a sentence at all: then it may only have been moved."""
    here = (n for n in names_in(sentence.doc) if sentence.start <= n.first <= n.last < sentence.end)
    return any(compatible(name, n) for n in here)


def _forms(tokens: Sequence[Token]) -> list[str]:
    """Words as they are compared; marks and articles all alike, so that they hinder nothing."""
    return [t.lemma_.lower() if t.is_alpha else t.text for t in tokens]


def _within(tokens: Sequence[Token], known: frozenset[str] = frozenset()) -> list[Name]:
    """The names that stand, at least with their last word, in a stretch."""
    if not tokens:
        return []
    first, last = tokens[0].i, tokens[-1].i
    return [n for n in names_in(tokens[0].doc, known) if first <= n.last <= last]


def _only_names(tokens: Sequence[Token], known: frozenset[str] = frozenset()) -> bool:
    """Whether a stretch is nothing but names, titles, articles and marks."""
    if not tokens:
        return True
    named = {i for n in names_in(tokens[0].doc, known) for i in range(n.first, n.last + 1)}
    return all(
        t.i in named
        or t.is_punct
        or t.is_space
        or t.pos_ in {"DET", "PART"}
        or (t.lower_.rstrip(".") in words("titles") and t.text[0].isupper())
        for t in tokens
    )


def is_clear(exchange: Exchange) -> bool:
    """Whether a reader sees at once that the sentence is about somebody else."""
    return exchange.exact or (exchange.share >= _CLEAR and exchange.given.kind == "person")
