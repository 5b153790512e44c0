"""Turns of a transcript that only ask: “REPORTER:”, “PRESENTER (Jo Ray):”.

Who is called by that alone, or asks in two turns of three, is quoted by nobody; what a presenter
tells between two questions is told by the broadcaster itself, as a report tells it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from briefing.extract.quotes import Quotation

_PRESENTERS: Final = frozenset("presenter presenters host hosts anchor newsreader".split())
_ASKERS: Final = _PRESENTERS | frozenset(
    "reporter reporters journalist interviewer moderator operator question questioner q".split()
)
_IN_BRACKETS: Final = re.compile(r"\([^)]*\)")
_WORDS: Final = re.compile(r"[a-z]+")
_FEWEST: Final = 3
"""Turns that say whether somebody only asks."""


class Askers:
    """Who only asks in the transcript ``body``, of whose turns ``quotations`` are."""

    def __init__(self, body: str, quotations: Sequence[Quotation]) -> None:
        self._body = body
        turns: dict[str, list[bool]] = defaultdict(list)
        for said in quotations:
            if said.label is not None:
                turns[self._label(said)].append("?" in said.text)
        self._asking = {
            label for label, asks in turns.items() if len(asks) >= _FEWEST and _mostly(asks)
        }

    def asks(self, said: Quotation) -> bool:
        """Whether ``said`` is the turn of somebody who only asks."""
        return said.label is not None and (
            self._is_called(said, _ASKERS) or self._label(said) in self._asking
        )

    def presents(self, said: Quotation) -> bool:
        """Whether ``said`` is the turn of a presenter: the house speaks, and no guest."""
        return said.label is not None and self._is_called(said, _PRESENTERS)

    def _label(self, said: Quotation) -> str:
        written = self._body[said.label.start : said.label.end] if said.label else ""
        return _IN_BRACKETS.sub("", written).strip().casefold()

    def _is_called(self, said: Quotation, names: frozenset[str]) -> bool:
        words = _WORDS.findall(self._label(said))
        return bool(words) and names.issuperset(words)


def _mostly(asks: Sequence[bool]) -> bool:
    return sum(asks) * 3 >= len(asks) * 2
