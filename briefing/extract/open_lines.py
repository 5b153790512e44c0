"""How a sentence that leaves something open is shown: by itself, or behind what it leans on.

A source that says "we do not know" speaks itself, and its citation says which source that is; a
sentence out of somebody's mouth is shown by itself if it says whose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from briefing.extract.articles import Article, Line
from briefing.extract.questions import tells_its_subject
from briefing.types import Check

LEANING: Final = frozenset({"pronoun", "description", "leaning", "form", "quotation"})
"""Checks that a sentence fails by itself and may pass behind the sentence before it."""
MOST_BEFORE: Final = 2
"""Sentences before an open one that are told with it."""

PLAIN: Final = 2
"""Ways of saying that something is open, from which a sentence is worth showing where it is out of
somebody's mouth, or where the one before it does not name all either."""

_ANSWERING = re.compile(r"(?:It (?:is|was|remains|remained|has|had)|But|Yet|And|Nor)\b")
"""What "it is not clear whether …" is about, or what "but" answers, the sentence before says."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
_FIRST = re.compile(r"\b(?:I|[Ww]e|us|[Oo]urs?|me|[Mm]y|mine|myself|ourselves)\b")
_THIRD = re.compile(
    r"\b(?:he|she|him|her|hers|his|they|them|theirs?|its?|this|that|these|those)\b", re.IGNORECASE
)
_NAMED = re.compile(r"\b[A-Z][\w’'-]+")
_TORN = re.compile(r"[“”\"]|(?<!\w)‘|’(?!\w)")
"""A quotation mark whose other half stands elsewhere: the sentence is within somebody's words."""
_TURN = re.compile(r"(?:[A-Z]{2,}[A-Z.'’-]* ?){1,5}:\s")
"""“MR LESSING: ”: a transcript goes on with another speaker."""


def lead_in(article: Article, line: Line) -> tuple[Line, ...] | None:
    """The lines that ``line`` is shown behind; none needed: empty; None: it cannot be shown.

    Back to the next that can stand alone, where the line does not say by itself who or what it is
    about; where there is none close by, to one with a name, if the line is plainly open.
    """
    text = line.sentence.text
    plain = line.signs.unsettled >= PLAIN
    if not plain and line.problem is not None and line.problem.name == "quotation":
        return None
    if is_own_voice(line) and _in_quotation(article, line):
        return None
    if stands(line) and tells_its_subject(text) and not _ANSWERING.match(text):
        return ()
    before: list[Line] = []
    at = line
    while _leans(at) and at.order and len(before) < MOST_BEFORE:
        other = article.lines[at.order - 1]
        if _TURN.match(at.sentence.text):
            break
        if article.source.body[other.sentence.end : at.sentence.start].strip():
            break
        before.insert(0, other)
        if stands(other):
            return tuple(before)
        at = other
    if stands(line):
        return ()
    named = any(_NAMED.search(each.sentence.text, 1) for each in before)
    return tuple(before) if plain and named else None


def stands(line: Line) -> bool:
    """Whether ``line`` can be shown without another one."""
    return line.alone or is_own_voice(line) or _says_who_speaks(line)


def is_own_voice(line: Line) -> bool:
    """Whether all that ``line`` leaves unnamed is whoever wrote the source: “we”, “I”."""
    own = _outside_quotations(line)
    if _is_torn(own):
        return False
    failed = line.problem is not None and line.problem.name == "pronoun"
    return failed and _FIRST.search(own) is not None and _THIRD.search(own) is None


def voice(source_id: str, lines: Sequence[Line]) -> tuple[Check, ...]:
    """That the source itself speaks in ``lines``, where it does."""
    for line in lines:
        own = _outside_quotations(line)
        word = _FIRST.search(own)
        if word is not None and not _is_torn(own):
            reason = f"“{word.group()}” is whoever wrote {source_id}"
            return (Check(name="voice", passed=True, reason=reason),)
    return ()


def _says_who_speaks(line: Line) -> bool:
    """“It is too early to say,” fire chief Don Parrish told reporters."""
    rest = _outside_quotations(line)
    quoted = line.problem is not None and line.problem.name == "quotation"
    return quoted and _NAMED.search(rest) is not None and _THIRD.search(rest) is None


def _is_torn(own: str) -> bool:
    return _TORN.search(own) is not None


def _in_quotation(article: Article, line: Line) -> bool:
    """Whether somebody's words begin before the middle of ``line`` and reach beyond it."""
    middle = (line.sentence.start + line.sentence.end) // 2
    return any(q.start <= middle < q.end for q in article.quotations)


def _leans(line: Line) -> bool:
    return line.problem is None or line.problem.name in LEANING


def _outside_quotations(line: Line) -> str:
    return _QUOTED.sub(" ", line.sentence.text)
