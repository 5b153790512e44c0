"""The facts layer: everything that can be checked by reading closely, without a model.

Each check is a function from a claim and its grounds to objections. They know nothing of each
other; what one is certain of decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from briefing.grounding import (
    attribution,
    dates,
    names,
    polarity,
    quantities,
    roles,
    words,
)
from briefing.grounding.reading import Reading
from briefing.grounding.verdicts import Objection

Check = Callable[[Reading, Sequence[Reading]], Iterator[Objection]]
CHECKS: Final[dict[str, Check]] = {
    "quantities": quantities.objections,
    "dates": dates.objections,
    "names": names.objections,
    "roles": roles.objections,
    "attribution": attribution.objections,
    "polarity": polarity.objections,
    "words": words.objections,
}


def objections(
    claim: Reading, grounds: Sequence[Reading]
) -> tuple[dict[str, int], list[Objection]]:
    """All objections to ``claim``, and how many doubtful ones each check has."""
    found: list[Objection] = []
    doubts: dict[str, int] = {}
    for name, check in CHECKS.items():
        made = list(check(claim, grounds))
        doubts[name] = sum(not objection.certain for objection in made)
        found += made
    return doubts, found
