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
_WORDS: Final = re.compile(r"[^\W\d_]+")
_FEWEST: Final = 3
"""Turns that say whether somebody only asks."""


class Askers:
    """Who only asks in the transcript ``body``, of whose turns ``quotations`` are."""

    def __init__(self, body: str, quotations: Sequence[Quotation]) -> None:
        self._body = body
        turns: dict[str, list[bool]] = defaultdict(list)
        self._presenting: set[str] = set()
        for said in quotations:
            who = self._name(said)
            turns[who].append("?" in said.text)
            if _PRESENTERS.intersection(self._words(said)):  # “JO RAY (presenter):”, then “RAY:”
                self._presenting.add(who)
        self._asking = {
            who for who, asks in turns.items() if len(asks) >= _FEWEST and _mostly(asks)
        }

    def asks(self, said: Quotation) -> bool:
        """Whether ``said`` is the turn of somebody who only asks."""
        called = bool(self._name(said)) and _ASKERS.issuperset(self._name(said, whole=True).split())
        return said.label is not None and (
            called or self.presents(said) or self._name(said) in self._asking
        )

    def presents(self, said: Quotation) -> bool:
        """Whether ``said`` is the turn of a presenter: the house speaks, and no guest."""
        return said.label is not None and self._name(said) in self._presenting

    def _words(self, said: Quotation) -> list[str]:
        label = said.label
        return _WORDS.findall(self._body[label.start : label.end].lower()) if label else []

    def _name(self, said: Quotation, *, whole: bool = False) -> str:
        """The last word of a label, or all of it, without brackets; empty for other quotations."""
        label = said.label
        written = self._body[label.start : label.end].lower() if label else ""
        words = _WORDS.findall(_IN_BRACKETS.sub("", written))
        return " ".join(words if whole else words[-1:])


def _mostly(asks: Sequence[bool]) -> bool:
    return sum(asks) * 3 >= len(asks) * 2
