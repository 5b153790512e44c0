"""What a sentence is told behind, where it does not say by itself who or what it is about.

A source that says "we" speaks itself, and its citation says which source that is; a sentence out
of somebody's mouth is shown by itself if it says whose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from briefing.extract.articles import Article, Line
from briefing.types import Check

LEANING: Final = frozenset({"pronoun", "description", "leaning", "form", "quotation"})
"""Checks that a sentence fails by itself and may pass behind the sentence before it."""
_EXPLAINED_BEFORE: Final = frozenset({"pronoun", "description", "leaning"})
MOST_BEFORE: Final = 2
"""Sentences before one that are told with it."""
MOST_WORDS: Final = 80
"""Of sentences told together."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
_SINGLE = re.compile(r"(?<!\w)‘")
_CLOSING = re.compile(r"’(?!\w)")
_FIRST = re.compile(r"\b(?:I|[Ww]e|us|[Oo]urs?|me|[Mm]y|mine|myself|ourselves)\b")
_HOUR = re.compile(r"(?:[01]?\d|2[0-4])[:.h][0-5]\d\b")
_REPORTER = re.compile(r"\b(?:I|me|[Mm]y|mine|myself)\b")
_THIRD = re.compile(
    r"\b(?:he|she|him|her|hers|his|they|them|theirs?|its?|this|that|these|those)\b", re.IGNORECASE
)
_NAMED = re.compile(r"\b[A-Z][\w’'-]+")
_TORN = re.compile(r"[“”\"]|(?<!\w)‘|’(?!\w)")
"""A quotation mark whose other half stands elsewhere: the sentence is within somebody's words."""
TURN: Final = re.compile(r"(?:[A-Z]{2,}[A-Z.'’-]* ?){1,5}:\s")
"""“MR LESSING: ”: a transcript goes on with another speaker."""


def lines_before(article: Article, line: Line) -> tuple[Line, ...]:
    """The lines that ``line`` leans on, back to the next that can stand alone.

    Not beyond its paragraph where it can stand itself: what is told there is another matter. None
    that would tear somebody's words in two, and none in front that only says “he”.
    """
    found: list[Line] = []
    at = line
    while _leans(at) and at.order and len(found) < MOST_BEFORE:
        other = article.lines[at.order - 1]
        far = other.passage.id != line.passage.id
        if TURN.match(at.sentence.text) or (far and (stands(line) or begins_entry(at))):
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


def speaks_itself(line: Line) -> bool:
    """Whether ``line`` says “we” or “I” outside of quotation marks: in a turn, its speaker does."""
    return _FIRST.search(_outside_quotations(line)) is not None


def voice(article: Article, lines: Sequence[Line]) -> tuple[Check, ...]:
    """That ``article`` itself speaks in ``lines``, where it does; or who does, in a transcript."""
    for line in lines:
        own = _outside_quotations(line)
        word = _FIRST.search(own)
        if word is not None and not _is_torn(own):
            who = _turn_of(article, line) or f"whoever wrote {article.source.id}"
            reason = f"“{word.group()}” is {who}"
            return (Check(name="voice", passed=True, reason=reason),)
    return ()


def _turn_of(article: Article, line: Line) -> str:
    """Whose turn of a transcript ``line`` is part of; empty for none."""
    said = zip(article.quotations, article.attributions, strict=True)
    here = line.sentence
    turns = (who for q, who in said if q.label and q.start < here.end and here.start < q.end)
    return next((who.speaker for who in turns if who.level != "none"), "")


def _says_who_speaks(line: Line) -> bool:
    """“It is too early to say,” fire chief Don Parrish told reporters."""
    rest = _outside_quotations(line)
    quoted = line.problem is not None and line.problem.name == "quotation"
    return quoted and _NAMED.search(rest) is not None and _THIRD.search(rest) is None


def _is_torn(own: str) -> bool:
    return _TORN.search(own) is not None


def in_quotation(article: Article, line: Line) -> bool:
    """Whether somebody's words begin before the middle of ``line`` and reach beyond it."""
    middle = (line.sentence.start + line.sentence.end) // 2
    return any(q.start <= middle < q.end for q in article.quotations)


def _leans(line: Line) -> bool:
    return line.problem is None or line.problem.name in LEANING


def _outside_quotations(line: Line) -> str:
    return _QUOTED.sub(" ", line.sentence.text)


def names_first(line: Line) -> bool:
    """Whether ``line`` has a name, and no “she” in front of it."""
    own = _outside_quotations(line)
    name, pronoun = _NAMED.search(own, 1), _THIRD.search(own)
    return name is not None and (pronoun is None or name.start() < pronoun.start())


def lead_of(article: Article, line: Line) -> tuple[Line, ...] | None:
    """The lines behind which ``line`` can be told; none needed: empty; None: it cannot be told.

    For a sentence that fails a check for standing alone: “She announced an inquiry” is told behind
    the sentence with her name, “we have offered a credit” is whoever wrote the source.
    """
    if line.problem is None:
        return ()
    if _says_i(line):
        return None
    if is_own_voice(line):
        return None if in_quotation(article, line) else ()
    if line.problem.name not in _EXPLAINED_BEFORE:
        return None
    before = lines_before(article, line)
    words = sum(len(each.sentence.text.split()) for each in (*before, line))
    told = before and before[0].alone and words <= MOST_WORDS
    return before if told and not any(map(_says_i, before)) else None


def begins_entry(line: Line) -> bool:
    """“15:40 Our reporter …”: what stands above it on a live page is another matter."""
    return _HOUR.match(line.sentence.text) is not None


def _says_i(line: Line) -> bool:
    """A reporter's “I met her at the gate” is no finding, as a body's “we” may be."""
    return _REPORTER.search(_outside_quotations(line)) is not None
