"""The facts layer: everything that can be checked by reading closely, without a model.

Each check is a function from a claim and its grounds to objections. They know nothing of each
other; what one is certain of decides. Some look into the ``context`` as well, the rest of the
document: who "he" or "the spokesman" of a passage is may be told there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from briefing.grounding import (
    additions,
    attribution,
    dates,
    inventions,
    names,
    polarity,
    quantities,
    roles,
    words,
)
from briefing.grounding.reading import Reading
from briefing.grounding.verdicts import Objection

Check = Callable[[Reading, Sequence[Reading], Sequence[Reading]], Iterator[Objection]]


def _alone(check: Callable[[Reading, Sequence[Reading]], Iterator[Objection]]) -> Check:
    """A check that needs no context."""
    return lambda claim, grounds, _context: check(claim, grounds)


def _unsupported(
    claim: Reading, grounds: Sequence[Reading], context: Sequence[Reading]
) -> Iterator[Objection]:
    yield from words.objections(claim, grounds)
    yield from additions.objections(claim, grounds, context)
    yield from inventions.objections(claim, grounds, context)


CHECKS: Final[dict[str, Check]] = {
    "quantities": _alone(quantities.objections),
    "dates": _alone(dates.objections),
    "names": names.objections,
    "roles": roles.objections,
    "attribution": attribution.objections,
    "polarity": _alone(polarity.objections),
    "words": _unsupported,
}


def objections(
    claim: Reading, grounds: Sequence[Reading], context: Sequence[Reading] = ()
) -> tuple[dict[str, int], list[Objection]]:
    """All objections to ``claim``, and how many doubtful ones each check has.

    ``context``: other passages of the same documents; they tell who is who and support nothing.
    """
    found: list[Objection] = []
    doubts: dict[str, int] = {}
    for name, check in CHECKS.items():
        made = list(check(claim, grounds, context))
        doubts[name] = sum(not objection.certain for objection in made)
        found += made
    return doubts, found
