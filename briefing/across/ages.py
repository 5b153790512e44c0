"""Ages behind names: “Dr Anna Lund, 41,”, “Anna Lund (41)” (English)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.across.clause import clause_of
from briefing.across.figures import Figure
from briefing.across.told import Told
from briefing.across.values import Value
from briefing.grounding.name_spans import names_in

_BEHIND = re.compile(r",? ?\(?(?P<age>[1-9]\d)(?:\)|,|\.|;|$)(?!\d)")
_DAYS = 365.25


def ages_of(told: Told) -> Iterator[Figure]:
    """The ages of people in a sentence; ``thing`` is whose: a surname."""
    text = told.reading.text
    for name in names_in(told.doc):
        if not told.span.start <= name.first < told.span.end or name.kind == "place":
            continue
        token = told.doc[name.last]
        found = _BEHIND.match(text, token.idx + len(token.text))
        if found is not None and found.end() <= told.span.end_char:
            age = float(found["age"]) * _DAYS
            yield Figure(
                told=told,
                sort="age",
                start=found.start("age"),
                end=found.end("age"),
                value=Value(age, age, age, step=_DAYS),
                clause=clause_of(token),
                thing=name.surname.lower(),
            )
