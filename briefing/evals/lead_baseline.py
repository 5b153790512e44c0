"""The baseline that needs no model: first sentences, everything in quotation marks, word search.

What anybody could do in an hour. A figure that is not above it shows no understanding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from briefing.evals.baseline_parts import body, briefing_of, cite, in_turn
from briefing.types import Briefing, OpenQuestion, Outcome, Quote, Source

_QUOTED: Final = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
_OPEN: Final = re.compile(
    r"\b(?:unclear|unknown|undisclosed|undecided|disputed|"
    r"not (?:yet )?(?:clear|known|disclosed|decided)|"
    r"not (?:yet )?been (?:established|decided|determined|released)|"
    r"declined to|did not say|would not say)\b",
    re.IGNORECASE,
)


def lead(sources: Sequence[Source], most: int) -> Briefing:
    """The first ``most`` sentences as outcomes, the sources taking turns.

    All that stands between double quotation marks is a quote without a speaker; sentences with
    words like "unclear" are open questions.
    """
    return briefing_of(
        sources,
        islice(in_turn(_outcomes(source) for source in sources), most),
        in_turn(_quotes(source) for source in sources),
        in_turn(_questions(source) for source in sources),
    )


def _outcomes(source: Source) -> Iterator[Outcome]:
    for passage in body(source):
        for sentence in passage.sentences:
            evidence = (cite(source, passage, sentence),)
            yield Outcome(id="", statement=sentence.text, evidence=evidence)


def _quotes(source: Source) -> Iterator[Quote]:
    for passage in body(source):
        for found in _QUOTED.finditer(passage.text):
            start, end = found.span(found.lastindex or 0)
            evidence = cite(source, passage, (passage.start + start, passage.start + end))
            yield Quote(id="", text=evidence.text, evidence=(evidence,))


def _questions(source: Source) -> Iterator[OpenQuestion]:
    for passage in body(source):
        for sentence in passage.sentences:
            if _OPEN.search(sentence.text):
                evidence = (cite(source, passage, sentence),)
                yield OpenQuestion(id="", question=sentence.text, evidence=evidence)
