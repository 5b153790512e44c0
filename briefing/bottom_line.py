"""The bottom line: the first findings again, each in as few words as it bears."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from briefing.evidence import Citer, supporting
from briefing.extract.shorten import Parse, shorten
from briefing.overtaken import is_plan
from briefing.types import BottomLine, Outcome

MOST: Final = 3
MAX_WORDS: Final = 45
CONNECTIVE: Final = re.compile(
    r"(?:But|And|Meanwhile|However|Also|In fact|Even|Still|While|Beyond|Besides|With|As)\b"
    r"|.*\balso\b",
)
"""How a sentence begins that answers or adds to another one."""


def bottom_line(
    outcomes: Sequence[Outcome],
    citer: Citer,
    parse: Parse,
    parties: Collection[str] = (),
    older: Collection[str] = (),
) -> list[BottomLine]:
    """At most three of the findings shown, without what only adds to them.

    Short ones that begin no sentence with "But", no background, nothing that ``parties`` (ids of
    sources that speak for themselves) tell alone, and no plans that only ``older`` ones know, of
    which a later one may tell what became, if there are such.
    """
    told = [(outcome, shorten(outcome.statement, parse)) for outcome in outcomes]
    fit = [
        (outcome, short)
        for outcome, short in told
        if len(short.split()) <= MAX_WORDS
        and not outcome.background
        and not CONNECTIVE.match(short)
        and not any(check.name == "voice" for check in outcome.checks)
        and not set(supporting(outcome.evidence)) <= set(parties)
        and not (set(supporting(outcome.evidence)) <= set(older) and is_plan(short, parse))
    ]
    return [
        BottomLine(
            id=citer.item_id("b", short, outcome.evidence),
            statement=short,
            mode=outcome.mode if short == outcome.statement else "compressed",
            outcome_id=outcome.id,
            evidence=outcome.evidence,
            before=outcome.before,
            after=outcome.after,
            elsewhere=outcome.elsewhere,
        )
        for outcome, short in (fit or told)[:MOST]
    ]
