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
        self._bearers: dict[str, set[str]] = defaultdict(set)
        labelled = [said for said in quotations if said.label is not None]
        for said in labelled:
            whole, _ = self._label(said)
            if " " in whole:
                self._bearers[whole.split()[-1]].add(whole)
        turns: dict[str, list[bool]] = defaultdict(list)
        self._presenting: set[str] = set()
        for said in labelled:
            whole, added = self._label(said)
            turns[self._name(said)].append("?" in said.text)
            if _are(added, _PRESENTERS) or _are(whole, _PRESENTERS):
                self._presenting.add(self._name(said))
        self._asking = {
            who for who, asks in turns.items() if len(asks) >= _FEWEST and _mostly(asks)
        }

    def asks(self, said: Quotation) -> bool:
        """Whether ``said`` is the turn of somebody who only asks."""
        if said.label is None:
            return False
        called = _are(self._label(said)[0], _ASKERS)
        return called or self.presents(said) or self._name(said) in self._asking

    def presents(self, said: Quotation) -> bool:
        """Whether ``said`` is the turn of a presenter: the house speaks, and no guest."""
        return said.label is not None and self._name(said) in self._presenting

    def _label(self, said: Quotation) -> tuple[str, str]:
        """The words of a label, and those in brackets behind it."""
        label = said.label
        written = self._body[label.start : label.end].lower() if label else ""
        added = " ".join(_IN_BRACKETS.findall(written))
        return _plain(_IN_BRACKETS.sub("", written)), _plain(added)

    def _name(self, said: Quotation) -> str:
        """“JO RAY:” and “RAY:” are one, unless there is another Ray."""
        whole, _ = self._label(said)
        last = whole.split()[-1] if whole else ""
        return whole if len(self._bearers[last]) > 1 else last


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text))


def _are(text: str, names: frozenset[str]) -> bool:
    """Whether ``text`` is nothing but ``names``."""
    return bool(text) and names.issuperset(text.split())


def _mostly(asks: Sequence[bool]) -> bool:
    return sum(asks) * 3 >= len(asks) * 2
