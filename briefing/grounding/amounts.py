"""Amounts in a text: a number with its unit, its comparison, and what it counts.

Parsed heads are read where the language has a parser; without one an amount has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.grounding.approximators import approximator
from briefing.grounding.moment_patterns import SECONDS
from briefing.grounding.moments import owned
from briefing.grounding.number_words import lexicon
from briefing.grounding.numbers import Number, numbers
from briefing.grounding.units import SHARE, TIMES, Unit, measured

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from briefing.grounding.reading import Reading

_LINK = re.compile(r"\s?(?:[-–—]|to|and|or)\s?", re.IGNORECASE)
_AND = re.compile(r"\s?(?:,?\s?and\s(?:[a-z]\s)?)?")
_BELOW = re.compile(r"\s(?:below|under)\s(?:zero|freezing)\b", re.IGNORECASE)
_OF_ITS = re.compile(r"\s(?:out\s)?of\s(?:the|its|their|his|her|some|about|all)\s", re.IGNORECASE)
"""“80 of the 120 hectares” are hectares."""
_OF_THEM = re.compile(r"\sof\s(?:them|whom|these|those)\b")
_SKIPPED = {"ADJ", "ADV", "DET", "PRON", "PUNCT", "NUM", "SYM", "CCONJ"}
_THROUGH = {"of", "to", "-", "–", "or"}
_FARTHEST = 7


@dataclass(frozen=True)
class Amount:
    """A number at ``[start, end)``, unit and currency included.

    ``noun``, ``verb`` and ``subject`` are lemmas of what it counts or belongs to, None where the
    parse shows none. ``approx`` is a key of ``approximators``, empty where it is exact. ``whole``
    is the $45.50 of which this is the 50 of "45 dollars 50"; ``ranged`` of both of "3 to 5".
    """

    number: Number
    start: int
    end: int
    units: tuple[Unit, ...] = ()
    approx: str = ""
    approx_words: str = ""
    noun: str | None = None
    verb: str | None = None
    noun_text: str = ""
    verb_text: str = ""
    subject: str | None = None
    after_name: str | None = None
    sentence: int = 0
    whole: Amount | None = None
    ranged: bool = False


@lru_cache(maxsize=256)
def amounts(reading: Reading) -> tuple[Amount, ...]:
    """All amounts of a text, in order, without those that are parts of dates and times."""
    taken = owned(reading)
    text = reading.text
    found: list[Amount] = []
    for number in numbers(text):
        if any(start < number.end and number.start < end for start, end in taken):
            continue
        span = measured(text, number.start, number.end)
        if number.parts:  # "one in three pounds" is a share, whatever of
            span = replace(span, units=(), start=number.start, end=number.end)
        if found and number.start < found[-1].end:
            continue
        found.append(_below_zero(Amount(number, span.start, span.end, span.units), text))
    found = [_related(amount) for amount in _inherited(_composed(found, text), text)]
    return tuple(_bound(amount, reading.doc, text) for amount in found)


def _below_zero(amount: Amount, text: str) -> Amount:
    """Three degrees below zero are minus three."""
    behind = _BELOW.match(text, amount.end)
    if not behind or not amount.units:
        return amount
    number = replace(amount.number, value=-amount.number.value)
    return replace(amount, number=number, end=behind.end())


def _related(amount: Amount) -> Amount:
    """A fraction is a share as a percentage is; "doubled" is times two."""
    unit = {"fraction": SHARE, "multiple": TIMES}.get(amount.number.form)
    return replace(amount, units=(unit,)) if unit and not amount.units else amount


def _composed(found: Sequence[Amount], text: str) -> list[Amount]:
    """In "5ft 10in" and "twelve euros and fifty cents" the first is also read as the whole."""
    result = list(found)
    for i, (left, right) in enumerate(pairwise(found)):
        if not left.units or not _AND.fullmatch(text[left.end : right.start]):
            continue
        scales = [
            b.factor / a.factor
            for a in left.units
            for b in right.units
            if a.dimension == b.dimension and b.factor < a.factor
        ]
        if not right.units and left.units[0].is_money and right.number.value < 100:
            scales = [0.01]
        whole = tuple(left.number.value + right.number.value * scale for scale in scales)
        number = replace(left.number, others=(*left.number.others, *whole))
        result[i] = replace(left, number=number)
        if whole:
            part = replace(number, value=whole[0], others=())
            result[i + 1] = replace(right, whole=replace(left, number=part))
    return result


def _inherited(found: Sequence[Amount], text: str) -> list[Amount]:
    """In "10 to 15 miles" and "$3 to 5 million" both numbers have the unit."""
    result = list(found)
    for i in range(len(result) - 2, -1, -1):
        left, right = result[i], result[i + 1]
        between = text[left.end : right.start]
        linked = _LINK.fullmatch(between)
        if linked and linked[0].strip().lower() != "and":
            left, right = replace(left, ranged=True), replace(right, ranged=True)
            result[i], result[i + 1] = left, right
        if left.number.form in {"fraction", "multiple"}:
            continue
        if (linked or _OF_ITS.fullmatch(between)) and not left.units and right.units:
            result[i] = replace(left, units=right.units)
        elif linked and left.units and left.units[0].is_money and not right.units:
            result[i + 1] = replace(right, units=left.units)
    return result


def _bound(amount: Amount, doc: Doc, text: str) -> Amount:
    approx, words = approximator(text, amount.start, amount.end)
    amount = replace(amount, approx=approx, approx_words=words)
    if not doc.has_annotation("DEP"):
        return amount
    span = doc.char_span(amount.start, amount.end, alignment_mode="expand")
    if span is None or not len(span):
        return amount
    tokens = list(span)
    noun = _noun(doc, tokens[-1])
    anchor = noun or next((t for t in tokens if t.pos_ == "NUM"), tokens[-1])
    verb = _verb(anchor, tokens)
    if verb is not None and _OF_THEM.match(text, amount.end) and _apart(tokens[-1], verb):
        noun = verb = None  # "14 were hurt, three of them badly, and two carriages left the track"
    before = doc[tokens[0].i - 1] if tokens[0].i else None
    named = before is not None and before.pos_ == "PROPN" and text[before.idx].isupper()
    return replace(
        amount,
        noun=_counted(noun) if noun else None,
        verb=_meaning(verb) if verb and verb not in tokens else None,
        noun_text=noun.text if noun else "",
        verb_text=verb.text if verb and verb.pos_ != "AUX" else "",
        subject=_subject(verb) if verb else None,
        after_name=before.lower_ if before is not None and named else None,
        sentence=tokens[0].sent.start,
    )


def _apart(number: Token, verb: Token) -> bool:
    """Is there a comma between a number and the verb behind it?"""
    return any(t.text == "," for t in number.doc[number.i : verb.i])


def _noun(doc: Doc, last: Token) -> Token | None:
    """The noun behind a number, over adjectives, "of the" and a further number."""
    at = last.i + 1
    end = min(len(doc), at + _FARTHEST, last.sent.end)
    while at < end and (
        doc[at].pos_ in _SKIPPED or doc[at].lower_ in _THROUGH or _owns(doc, at, end)
    ):
        if doc[at].lower_ in {",", ";", ":", ".", "(", ")", "and"}:
            return None
        if _participle(doc[at]) and not _before_noun(doc, at, end):
            return None
        at += 1
    noun = None
    while at < end and doc[at].pos_ in {"NOUN", "PROPN"} and not _is_time(doc[at]):
        noun = doc[at]
        at += 1
    return noun


def _owns(doc: Doc, at: int, end: int) -> bool:
    """Is it the island, or the "'s", of "the island's hotels"?"""
    return doc[at].tag_ == "POS" or (at + 1 < end and doc[at + 1].tag_ == "POS")


def _before_noun(doc: Doc, at: int, end: int) -> bool:
    return at + 1 < end and doc[at + 1].pos_ in {"NOUN", "ADJ"}


def _is_time(token: Token) -> bool:
    return token.lemma_.lower() in SECONDS or (
        token.ent_type_ in {"DATE", "TIME"} and token.lower_.endswith("day")
    )


def _participle(token: Token) -> bool:
    return token.tag_ == "VBN" or token.lower_ in _STATES


_STATES = {"dead", "injured", "wounded", "missing", "hurt"}


def _verb(anchor: Token, tokens: list[Token]) -> Token | None:
    """The verb or state a counted thing belongs to: killed, for "12 people were killed"."""
    doc = anchor.doc
    after = max(anchor.i, tokens[-1].i) + 1
    if after < len(doc) and _participle(doc[after]) and not _before_noun(doc, after, len(doc)):
        return doc[after]
    token = anchor
    for _ in range(_FARTHEST):
        if token.head is token:
            break
        token = token.head
        if token.pos_ == "VERB":
            return token
        if token.pos_ == "AUX":
            states = (c for c in token.children if c.dep_ == "acomp" and c.lower_ in _STATES)
            return next(states, token)
    return token if token.pos_ == "VERB" else None


def _subject(verb: Token) -> str | None:
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.pos_ not in {"NOUN", "PROPN"}:
        return None
    return _lemma(subject)


def _counted(noun: Token) -> str:
    """The lemma of a common noun; a name keeps its capital: it may be cut from a longer one."""
    return noun.text if noun.pos_ == "PROPN" else _lemma(noun)


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


@cache
def _meanings() -> dict[str, str]:
    return {word: name for name, words in lexicon("same").items() for word in words}


def meaning(lemma: str) -> str:
    """A word for all that mean the same of people counted: ``kill`` for ``die``."""
    return _meanings().get(lemma, lemma)


def is_fate(word: str) -> bool:
    """Is it what happens to people that are counted apart: killed, injured, arrested?"""
    return word in lexicon("same") and word != "people"


def _meaning(token: Token) -> str:
    lemma = _lemma(token)
    return meaning(token.lower_ if token.lower_ in _meanings() else lemma)
