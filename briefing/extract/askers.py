"""Turns of a transcript that only ask: “REPORTER:”, “PRESENTER (Jo Ray):”.

Who is called by that alone is quoted by nobody; what a presenter tells between two questions is
told by the broadcaster itself, as a report tells it.
"""

from __future__ import annotations

import re
from typing import Final

from briefing.extract.quotes import Quotation

_PRESENTERS: Final = frozenset("presenter presenters host hosts anchor newsreader".split())
_ASKERS: Final = _PRESENTERS | frozenset(
    "reporter reporters journalist interviewer moderator operator question questioner q".split()
)
_IN_BRACKETS: Final = re.compile(r"\([^)]*\)")
_WORDS: Final = re.compile(r"[a-z]+")


def only_asks(body: str, said: Quotation) -> bool:
    """Whether ``said``, a quotation in ``body``, is the turn of somebody who only asks."""
    return _is_called(body, said, _ASKERS)


def presents(body: str, said: Quotation) -> bool:
    """Whether ``said`` is the turn of a presenter: the house speaks, and no guest."""
    return _is_called(body, said, _PRESENTERS)


def _is_called(body: str, said: Quotation, names: frozenset[str]) -> bool:
    if said.label is None:
        return False
    written = body[said.label.start : said.label.end].lower()
    words = _WORDS.findall(_IN_BRACKETS.sub("", written))
    return bool(words) and names.issuperset(words)
