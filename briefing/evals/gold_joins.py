"""Were the passages that tell the same outcome joined, and only those?

Counted are pairs of passages in different sources. The passages of one source that tell the same
annotated outcomes are one: whether a report says a thing once or twice is no matter here.
Outcomes that are not shown are no business of joining, nor are passages that nobody annotated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from briefing.evals.gold_items import Scores
from briefing.evals.stretches import Stretch, any_inside, inside


def recall(places: Sequence[Stretch], shown: Sequence[Sequence[Stretch]]) -> Scores:
    """Of the pairs of sources that tell one annotated outcome, how many one shown outcome has.

    ``places`` are the outcome's passages, ``shown`` the evidence of each shown outcome.
    """
    sources = list(dict.fromkeys(place.source_id for place in places))
    having = [{at.source_id for at in evidence if any_inside([at], places)} for evidence in shown]
    pairs = list(combinations(sources, 2))
    found = sum(any({one, other} <= each for each in having) for one, other in pairs)
    return {"pairs_to_join": len(pairs), "pairs_joined": found}


def precision(evidence: Sequence[Stretch], annotated: Sequence[Sequence[Stretch]]) -> Scores:
    """Of the pairs of passages that a shown outcome rests on, how many tell the same outcome.

    ``annotated`` are the passages of each annotated outcome.
    """
    passages = list(dict.fromkeys(_marked(evidence, annotated)))
    pairs = [(a, b) for a, b in combinations(passages, 2) if a[0] != b[0]]
    right = sum(bool(one[1] & other[1]) for one, other in pairs)
    return {"pairs_shown": len(pairs), "pairs_right": right}


def _marked(
    evidence: Sequence[Stretch], annotated: Sequence[Sequence[Stretch]]
) -> Iterator[tuple[str, frozenset[int]]]:
    """Source and annotated outcomes of each stretch that tells any."""
    for at in evidence:
        tells = frozenset(
            number
            for number, places in enumerate(annotated)
            if any(inside(at, place) for place in places)
        )
        if tells:
            yield at.source_id, tells
