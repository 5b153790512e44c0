"""How a sentence that leaves something open is shown: by itself, or behind what it leans on.

A source that says "we do not know" speaks itself, and its citation says which source that is; a
sentence out of somebody's mouth is shown by itself if it says whose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from briefing.extract.articles import Article, Line
from briefing.extract.leaning import MOST_WORDS
from briefing.extract.questions import tells_its_subject
from briefing.types import Check

LEANING: Final = frozenset({"pronoun", "description", "leaning", "form", "quotation"})
"""Checks that a sentence fails by itself and may pass behind the sentence before it."""
MOST_BEFORE: Final = 2
"""Sentences before an open one that are told with it."""

PLAIN: Final = 2
"""Ways of saying that something is open, from which a sentence is worth showing where it is out of
somebody's mouth, or where the one before it does not name all either."""

_ANSWERING = re.compile(
    r"(?:It (?:is|was|remains|remained|has|had)|But|Yet|And|Nor)\b|(?=[^.;]*\bsuch an? )"
    r"|(?:Whether|When|How|Why) (?:one|any|some|both|either) (?:is|are|was|were|has|had|have)\b"
)
"""What "it is not clear" is about, what "but" answers and "such a letter" takes up, the sentence
before says."""
_QUESTION = re.compile(
    r"It (?:is|was|remains|remained|has|had)\b.*?"
    r"\b(?:whether|if|who|whom|whose|what|which|when|where|why|how)\b(?P<asked>.*)"
)
"""“It is not clear whether the dam will hold” says itself what is not clear."""
_ANAPHOR = re.compile(r"\b(?:one|ones|such|so|there|then|either|both|neither)\b")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
_SINGLE = re.compile(r"(?<!\w)‘")
_CLOSING = re.compile(r"’(?!\w)")
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
    if stands(line) and tells_its_subject(text) and not _answers(text):
        return ()
    before = _before(article, line)
    if before and stands(before[0]):
        return before
    if stands(line):
        return ()
    return before if plain and before and _names_first(before[0]) else None


def lead_unclear(article: Article, line: Line) -> tuple[Line, ...] | None:
    """As :func:`lead_in`, for a ``line`` that a reader is said not to understand alone.

    It is told with the sentence before it, if that can stand, else as it is: that
    something is open is worth knowing even where a reader has to look up what. None where it
    cannot be told at all.
    """
    text = line.sentence.text
    if tells_its_subject(text) and not _ANSWERING.match(text):
        return _beside(article, line) if line.alone else None
    before = _before(article, line)
    return before if before and stands(before[0]) else ()


def _beside(article: Article, line: Line) -> tuple[Line, ...]:
    """The sentence right before ``line``, if both together are not too long."""
    if not line.order:
        return ()
    before = article.lines[line.order - 1]
    between = article.source.body[before.sentence.end : line.sentence.start]
    both = f"{before.sentence.text} {line.sentence.text}"
    near = not between.strip() and len(both.split()) <= MOST_WORDS
    return (before,) if near and before.alone else ()


def _names_first(line: Line) -> bool:
    """Whether ``line`` has a name, and no “she” in front of it."""
    own = _outside_quotations(line)
    name, pronoun = _NAMED.search(own, 1), _THIRD.search(own)
    return name is not None and (pronoun is None or name.start() < pronoun.start())


def _answers(text: str) -> bool:
    """Whether ``text`` takes up what stands before it."""
    question = _QUESTION.match(text)
    if question is not None and tells_its_subject(question["asked"]):
        return _ANAPHOR.search(question["asked"]) is not None
    return _ANSWERING.match(text) is not None


def _before(article: Article, line: Line) -> tuple[Line, ...]:
    """The lines that ``line`` leans on, back to the next that can stand alone.

    Not beyond its paragraph where it can stand itself: what is told there is another matter. None
    that would tear somebody's words in two, and none in front that only says “he”.
    """
    found: list[Line] = []
    at = line
    while _leans(at) and at.order and len(found) < MOST_BEFORE:
        other = article.lines[at.order - 1]
        far = other.passage.id != line.passage.id
        if _TURN.match(at.sentence.text) or (far and stands(line)):
            break
        if article.source.body[other.sentence.end : at.sentence.start].strip():
            break
        found.insert(0, other)
        if stands(other):
            break
        at = other
    while found and not stands(found[0]) and _THIRD.match(found[0].sentence.text):
        found.pop(0)
    whole = " ".join(each.sentence.text for each in (*found, line))
    return () if _is_cut(whole) and not _is_cut(line.sentence.text) else tuple(found)


def _is_cut(text: str) -> bool:
    """Whether a quotation in ``text`` has one mark only."""
    single = len(_SINGLE.findall(text)) > len(_CLOSING.findall(text))
    return text.count("“") != text.count("”") or text.count('"') % 2 == 1 or single


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
