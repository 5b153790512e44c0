"""What a sentence looks like, for ranking: plain counts from its words and its grammar."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from briefing.extract.events import eventfulness, is_earlier
from briefing.extract.openness import signs_of_openness
from briefing.grounding.context import outermost
from briefing.types import Sentence, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as DocSpan


@dataclass(frozen=True)
class Signs:
    """Signs of one sentence.

    ``entities`` and ``length`` are log(1 + count), of names, dates and figures and of words;
    ``quoted`` is the share of its characters inside quotations; ``event`` is -2 … 4
    (:mod:`briefing.extract.events`); ``unsettled`` counts the ways in which it says that
    something is open; the others are 0 or 1.
    """

    entities: float = 0.0
    length: float = 0.0
    quoted: float = 0.0
    event: float = 0.0
    present: float = 0.0
    earlier: float = 0.0
    unsettled: int = 0

    @property
    def open(self) -> float:
        """Whether anything in it says that something is open."""
        return float(self.unsettled > 0)


NO_SIGNS: Final = Signs()


def signs_of(
    sentence: Sentence, parsed: DocSpan, quotations: Sequence[Span], actors: frozenset[str]
) -> Signs:
    """The signs of ``sentence``; ``quotations`` are those near it, as spans of the source."""
    within = [
        max(0, min(each.end, sentence.end) - max(each.start, sentence.start))
        for each in outermost(quotations)
    ]
    return Signs(
        entities=math.log1p(len(parsed.ents)),
        length=math.log1p(len(sentence.text.split())),
        quoted=sum(within) / max(1, sentence.end - sentence.start),
        event=float(eventfulness(parsed, actors)),
        present=float(parsed.root.tag_ in {"VBZ", "VBP"}),
        earlier=float(is_earlier(sentence.text)),
        unsettled=signs_of_openness(parsed),
    )
