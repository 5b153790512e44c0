"""What a reader reckons in one step from what the passages tell: "two of them" of a list of two.

Sums, differences and shares of amounts are :mod:`briefing.grounding.derivation`'s; here they are
put in words, and what is no amount is counted: names in a row, lengths of time as parts of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.grounding.amounts import Amount
from briefing.grounding.derivation import is_derived, is_result, share_of
from briefing.grounding.moments import moments
from briefing.grounding.numbers import Number
from briefing.grounding.reading import Reading
from briefing.grounding.told_amounts import Case, Told

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PART_OF = re.compile(r"\s(?:of|out of)\s", re.IGNORECASE)
_MOST = 10
_FEW = 12
"""So many amounts are tried in pairs."""


def is_listed(case: Case, rivals: Sequence[Told], grounds: Sequence[Reading]) -> bool:
    """Is it how many a passage names of a larger number: "two of the five", with their names?

    Also how many it does not name: "the other three".
    """
    value = case.amount.number.value
    if case.amount.number.form != "cardinal" or case.amount.units or not 1 < value <= _MOST:
        return False
    wholes = [t for t in rivals if t.amount.number.value > value]
    part = bool(_PART_OF.match(case.text, case.amount.end)) or not rivals
    sizes = {
        size
        for ground in grounds
        if not wholes or any(t.text == ground.text for t in wholes)
        for size in _rows(ground.doc)
    }
    rest = {t.amount.number.value - size for t in wholes for size in sizes}
    return (part and value in sizes) or value in rest


@lru_cache(maxsize=512)
def _rows(doc: Doc) -> frozenset[int]:
    """How many names stand in each row of names, from two on."""
    if not doc.has_annotation("DEP"):
        return frozenset()
    return frozenset(
        1 + len(token.conjuncts)
        for token in doc
        if token.pos_ == "PROPN"
        and token.dep_ != "conj"
        and token.conjuncts
        and all(t.pos_ == "PROPN" for t in token.conjuncts)
    )


def lasting(case: Case) -> list[Amount]:
    """The lengths of time of the passages as plain numbers, for a claim of a share or a multiple.

    "Less than half" may be 11 hours of 26.
    """
    units = case.amount.units
    if share_of(case.amount) is None and not any(u.dimension == "multiple" for u in units):
        return []
    return [
        Amount(Number(m.start, m.end, m.seconds), m.start, m.end)
        for text in case.texts
        for m in moments(text)
        if m.kind == "duration" and m.value
    ]


def how_reckoned(case: Case) -> str:
    """The step in words, for the reason; empty where it is none of the simplest."""
    plain = [t for t in case.told if t.amount.number.form != "name"][:_FEW]
    for one, other in combinations(plain, 2):
        pair = [one.amount, other.amount]
        if is_derived(case.amount, pair, pair) or is_result(case.amount, pair):
            step = next(_steps(case.amount, *pair), "can be reckoned from")
            return f"“{case.words}” {step} “{one.words}” and “{other.words}”"
    return ""


def _steps(claimed: Amount, one: Amount, other: Amount) -> Iterator[str]:
    value, a, b = claimed.number.value, one.number.value, other.number.value
    if share_of(claimed) is not None:
        yield "can be a share reckoned from"
    elif _close(value, a + b):
        yield "is the sum of"
    elif _close(value, abs(a - b)):
        yield "is the difference between"


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(one))
