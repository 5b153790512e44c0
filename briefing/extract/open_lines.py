"""How a sentence that leaves something open is shown: by itself, or behind what it leans on.

A source that says "we do not know" speaks itself, and its citation says which source that is; a
sentence out of somebody's mouth is shown by itself if it says whose.
"""

from __future__ import annotations

import re
from typing import Final

from briefing.extract.articles import Article, Line
from briefing.extract.behind import (
    MOST_WORDS,
    begins_entry,
    in_quotation,
    lines_before,
    names_first,
    speaks_itself,
    stands,
)
from briefing.extract.questions import tells_its_subject
from briefing.extract.surroundings import is_explained

PLAIN: Final = 2
"""Ways of saying that something is open, from which a sentence is worth showing where it is out of
somebody's mouth, or where the one before it does not name all either."""

_LOST: Final = frozenset({"pronoun", "description"})
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
_DEFINITE = re.compile(r"The\b")
_ANAPHOR = re.compile(r"\b(?:one|ones|such|so|there|then|either|both|neither)\b")


def lead_in(article: Article, line: Line) -> tuple[Line, ...] | None:
    """The lines that ``line`` is shown behind; none needed: empty; None: it cannot be shown.

    Back to the next that can stand alone, where the line does not say by itself who or what it is
    about; where there is none close by, to one with a name, if the line is plainly open.
    """
    text = line.sentence.text
    plain = line.signs.unsettled >= PLAIN
    if not plain and line.problem is not None and line.problem.name == "quotation":
        return None
    if speaks_itself(line) and in_quotation(article, line):
        return None
    if stands(line) and tells_its_subject(text) and not _answers(text):
        return ()
    before = lines_before(article, line)
    if before and _is_another_matter(before[-1], line):
        return ()
    if before and stands(before[0]):
        return before
    if stands(line):
        return ()
    if plain and before and names_first(before[0]):
        return before
    # What "her spokesman" is about is shown beside it, where the source says it close by.
    lost = line.problem is not None and line.problem.name in _LOST
    return () if plain and lost and is_explained(article, line) else None


def _is_another_matter(before: Line, line: Line) -> bool:
    """Whether ``line`` begins a paragraph, and not with who or what stands right above.

    “The cause was not known”: of what the story is about, not of what the last paragraph told.
    """
    apart = before.passage.id != line.passage.id
    return apart and _DEFINITE.match(line.sentence.text) is not None


def lead_unclear(article: Article, line: Line) -> tuple[Line, ...] | None:
    """As :func:`lead_in`, for a ``line`` that a reader is said not to understand alone.

    It is told with the sentence before it, if that can stand, else as it is: that
    something is open is worth knowing even where a reader has to look up what. None where it
    cannot be told at all.
    """
    text = line.sentence.text
    if tells_its_subject(text) and not _ANSWERING.match(text):
        return _beside(article, line) if line.alone else None
    before = lines_before(article, line)
    return before if before and stands(before[0]) else ()


def _answers(text: str) -> bool:
    """Whether ``text`` takes up what stands before it."""
    question = _QUESTION.match(text)
    if question is not None and tells_its_subject(question["asked"]):
        return _ANAPHOR.search(question["asked"]) is not None
    return _ANSWERING.match(text) is not None


def _beside(article: Article, line: Line) -> tuple[Line, ...]:
    """The sentence right before ``line``, if both together are not too long."""
    if not line.order or begins_entry(line):
        return ()
    before = article.lines[line.order - 1]
    between = article.source.body[before.sentence.end : line.sentence.start]
    both = f"{before.sentence.text} {line.sentence.text}"
    near = not between.strip() and len(both.split()) <= MOST_WORDS
    return (before,) if near and before.alone else ()
