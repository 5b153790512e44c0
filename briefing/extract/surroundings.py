"""What stands around a stretch of a source, where words taken out of it need that.

“I thought it had come out” says nothing by itself. What stands before it is shown beside an item as
its context, in the source's own words, and supports nothing; so is what stands behind it
(:mod:`briefing.extract.limits`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from briefing.extract.articles import Article, Line
from briefing.extract.behind import TURN, begins_entry, in_quotation
from briefing.types import Evidence, Span

FEW: Final = 12
"""Words of a quotation that hardly say what they are about."""
_MOST: Final = 5
"""Sentences of context."""
_MOST_WORDS: Final = 110
_LEAST_WORDS: Final = 7

REFERS: Final = re.compile(
    r"\b(?:it|its|they|them|theirs?|he|him|his|she|hers?|then|such|this|these|those)\b"
    r"|\bthat(?:’s|'s|’d|'d|’ll|'ll)?(?=[.,;:!?…]|\s*$|\s(?:is|was|will|would|could|should|has|had|can|may|might)\b)",
    re.IGNORECASE,
)
"""Words that take up something; “that” where it is no conjunction."""
_SOMEBODY = re.compile(r"\b(?:he|him|his|she|hers?)\b", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(?:(?:those|these)"
    r"(?! (?:who|whose|of|which|that|with|in|at|on|we|they|you|I|two|three|\w+ing)\b)"
    r"|this(?! (?:morning|afternoon|evening|week|weekend|month|year|summer|autumn|winter|spring"
    r"|season|country|city|town|company|union|club|court|government|ministry|hospital|house|time)\b)"
    r"|that(?=[.,;:!?…]|\s*$)|the (?:things?|others?|same|latter|former)"
    r"|(?:of|in|on|for|about|with|from|to|at|over|into|like|read|saw|see) that"
    r"|the ones?(?! (?:who|that|which)\b))\b",
    re.IGNORECASE,
)
"""Words that point to something outside, whatever else is named before them."""
_NAMED = re.compile(
    r"\b(?i:the|an?|my|our|your|every|each|no|all|some|any|both|many|most|two|three|\d+)\s+[a-z]\w+"
    r"|(?<=[\w,;’'] )[A-Z]\w+",
)
"""Something that a later “it” in the same words may take up."""
_OPENS = re.compile(
    r"(?:And|But|So|No|Yes|Nor|Neither|Because|Well|Not|Instead|There|Absolutely|Then|Maybe|Perhaps)\b"
)


def refers(text: str) -> bool:
    """Whether ``text`` takes up something that it does not name itself."""
    if _OPENS.match(text) or _POINTS.search(text):
        return True
    found = REFERS.search(text)
    return found is not None and _NAMED.search(text, 0, found.start()) is None


def means_somebody(text: str) -> bool:
    """Whether ``text`` says “he” or “her”: few words name whom they mean themselves."""
    return _SOMEBODY.search(text) is not None


def before(article: Article, start: int, most: int = _MOST) -> Span | None:
    """The sentences before the one at ``start``, back to one that can stand alone.

    No more than ``most``, and none beyond the entry of a live page; None at the beginning of a
    text. Right below a heading (“Who forged the papers?”) it is that.
    """
    lines = article.lines
    here = next((n for n, line in enumerate(lines) if line.sentence.end > start), len(lines))
    if not here or (here < len(lines) and begins_entry(lines[here])):
        return None
    heading = _heading(article, lines[here - 1].sentence.end, start)
    if heading is not None:
        return heading
    first = here - 1
    while _is_too_little(article, lines[first:here]) and _goes_back(
        article, lines, first, here, most
    ):
        first -= 1
    return Span(start=lines[first].sentence.start, end=lines[here - 1].sentence.end)


def is_explained(article: Article, line: Line) -> bool:
    """Whether what stands before ``line`` can stand alone from some sentence on."""
    span = before(article, line.sentence.start)
    if span is None:
        return False
    shown = (each for each in article.lines if span.start <= each.sentence.start < span.end)
    return any(each.alone and not in_quotation(article, each) for each in shown)


def _heading(article: Article, after: int, start: int) -> Span | None:
    """The last heading between two sentences."""
    between = (p for p in article.passages if after <= p.start and p.end <= start)
    last = max((p for p in between if p.kind == "heading"), key=lambda p: p.start, default=None)
    return None if last is None else Span(start=last.start, end=last.end)


def _goes_back(article: Article, lines: Sequence[Line], first: int, here: int, most: int) -> bool:
    """Whether the sentence before ``first`` belongs to the context, too."""
    if not first or here - first >= most or begins_entry(lines[first]):
        return False
    words = sum(len(line.sentence.text.split()) for line in lines[first:here])
    if TURN.match(lines[first].sentence.text) and words >= _LEAST_WORDS:
        return False  # what somebody else said last is enough
    start, end = lines[first - 1].sentence.start, lines[here - 1].sentence.end
    near = lines[first].passage.number - lines[first - 1].passage.number <= 1
    return near and len(article.source.body[start:end].split()) <= _MOST_WORDS


def _is_too_little(article: Article, shown: Sequence[Line]) -> bool:
    """Whether ``shown`` does not say what it is about, or hardly says anything: “Kay nodded.”."""
    words = sum(len(line.sentence.text.split()) for line in shown)
    return words < _LEAST_WORDS or not _explains(article, shown[0])


def _explains(article: Article, line: Line) -> bool:
    named = not line.names  # “She [Jo Ray] has gone”: shown as it stands, without the name
    return line.alone and named and not in_quotation(article, line)


def in_context(evidence: Evidence) -> Evidence:
    """``evidence`` as what only stands around something."""
    return evidence.model_copy(update={"role": "context"})
