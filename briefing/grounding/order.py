"""What came first: “before” and “after” with the same two events the other way round (English)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.grounding.negation import is_denied
from briefing.grounding.reading import Reading
from briefing.grounding.thesaurus import same_family
from briefing.grounding.verdicts import Objection
from briefing.grounding.words import content, form_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LATER = {"before", "until", "till"}
"""What stands behind these came later than what they belong to …"""
_EARLIER = {"after", "following"}
"""… and behind these earlier."""
_VAGUE = {"say", "be", "have", "do", "get", "take", "make", "come", "go", "tell", "happen"}


@dataclass(frozen=True)
class _Order:
    """Two events, the earlier first, and the word that tells their order."""

    first: Token
    second: Token
    mark: Token


def objections(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    """Pairs of events of ``claim`` that ``grounds`` tell in the other order, and never in this."""
    mine = _orders(claim.doc)
    given = [order for ground in grounds for order in _orders(ground.doc)] if mine else []
    for order in mine:
        turned = [g for g in given if _same(order.first, g.second) and _same(order.second, g.first)]
        kept = any(_same(order.first, g.first) and _same(order.second, g.second) for g in given)
        if turned and not kept:
            yield Objection(
                kind="time",
                words=order.mark.text,
                reason=f"in the passages “{turned[0].first.text}” comes before "
                f"“{turned[0].second.text}”",
                certain=True,
            )


@lru_cache(maxsize=1024)
def _orders(doc: Doc) -> tuple[_Order, ...]:
    found = (_order(token) for token in doc if token.lower_ in _LATER | _EARLIER)
    return tuple(order for order in found if order is not None)


def _order(mark: Token) -> _Order | None:
    below: Token | None
    if mark.dep_ in {"mark", "advmod"} and mark.head.dep_ == "advcl":
        below, above = mark.head, mark.head.head
    elif mark.dep_ == "prep":
        below = next((c for c in mark.children if c.dep_ in {"pcomp", "pobj"}), None)
        above = mark.head
    else:
        return None
    if below is None or below.ent_type_ in {"DATE", "TIME"} or above == below:
        return None
    if {form_of(above), form_of(below)} & _VAGUE or same_family(form_of(above), form_of(below)):
        return None
    if any(t.pos_ in {"VERB", "AUX"} and is_denied(t) is not False for t in (above, below)):
        return None
    pair = (above, below) if mark.lower_ in _LATER else (below, above)
    return _Order(*pair, mark)


def _same(one: Token, other: Token) -> bool:
    """Whether two words may tell one event: of one family, with parties in common if both have."""
    if not same_family(form_of(one), form_of(other)):
        return False
    ours, theirs = _parties(one), _parties(other)
    return not ours or not theirs or bool(ours & theirs)


def _parties(event: Token) -> frozenset[str]:
    near = [
        c for c in event.children if c.dep_ in {"nsubj", "nsubjpass", "dobj", "poss", "compound"}
    ]
    near += [g for c in event.children if c.lower_ in {"of", "by"} for g in c.children]
    return frozenset(form_of(t) for t in content(near))
