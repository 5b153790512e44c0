"""What limits, doubts, denies or answers a stretch of a source right behind it.

“It is planned for August. Whether it can go ahead has not been decided” is another thing than its
first half. “Leys says that it is inside. Pelham says that the rock is covered at high tide” has two
sides. Such a sentence is shown beside an item as its context, and supports nothing.
"""

from __future__ import annotations

import re

from briefing.extract.articles import Article, Line
from briefing.extract.behind import begins_entry
from briefing.extract.surroundings import REFERS
from briefing.types import Span

_TURNS = re.compile(
    r"(?:But|However|Yet|Nevertheless|Nonetheless|Even so|That said|By contrast|Still,"
    r"|(?:Not )?[Tt]his time|Not so)\b"
)
_UNCONFIRMED = re.compile(
    r"\b(?:(?:could|can|has|have|had|was|were|is|are)(?: not|n[’']t)(?: yet)?"
    r"(?: be| been)?(?: \w+ly)? (?:be |been )?(?:confirm|verif|establish|prove)\w*|unconfirmed)\b"
)
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied)|(?<!in )disput(?:es?|ed)|reject(?:s|ed)?|contest(?:s|ed)?"
    r"|contradict(?:s|ed)?|refut(?:es?|ed)"
    r"|no such|untrue|not true|false)\b"
    r"|\b(?:repl(?:y|ies|ied)|retort(?:s|ed)?|counter(?:s|ed)?|object(?:s|ed)?) (?:that|to)\b"
    r"|\b(?:said|says|insist(?:s|ed)|maintain(?:s|ed)) (?:that )?"
    r"(?:it|this|that|they|he|she|there)\b[^.;]{0,40}(?:\bnot\b|\bnever\b|n[’']t\b)"
)

_SAYS = (
    r"(?:say|claim|argue|insist|maintain|contend|write|warn|promise|accuse|tell)s|denies"
    r"|(?:said|claimed|argued|insisted|maintained|contended|wrote|warned|promised|denied|accused|told)"
)
_TELLS = r"(?:mention|show|record|describe|list|conclude)(?:s|d|ed)?|found"
_CLAIMS = re.compile(rf"\b(?:{_SAYS}|{_TELLS}|[Aa]ccording to)\b")
_ANSWERS = re.compile(
    r"(?!(?:Nobody|No|None|Neither|He|She|It|They|We|I|You|His|Her|Its|Their|Our|My|That|This"
    r"|These|There|What|When|If|As|In|On|At|After|Asked)\b)"
    r"(?P<who>[A-Z][^“”\"‘,.;:]{2,60}?)(?:,[^“”\".;:]{2,60}?,)?"
    r"(?<! be)(?<!was)(?<!were)(?<!been) (?:now |still )?"
    rf"(?:{_SAYS}|say|answer(?:s|ed))\b"
)
"""Somebody else has the word: “Pelham says that the rock is covered at high tide”."""
_CAPITAL = re.compile(r"\b[A-Z][\w’'-]+")
_WORD = re.compile(r"\b\w[\w’'-]*")
_TITLES = frozenset("The A An Mr Mrs Ms Dr".split())


def after(article: Article, end: int, *, denied: bool = False) -> Span | None:
    """The sentence behind ``end`` that limits, doubts, denies or answers what stands before it.

    ``denied``: only one that denies it, or by which somebody else answers.
    """
    found = _behind(article, end)
    if found is None:
        return None
    line, following = found
    text, apart = following.sentence.text, following.passage.number - line.passage.number
    replied = apart == 0 and _replies(line.sentence.text, text)
    limits = _denies(following, apart == 0) or (not denied and _limits(following, apart == 0))
    return _span(following) if apart <= 1 and (replied or limits) else None


def then(article: Article, end: int) -> Span | None:
    """The sentence behind ``end`` in its paragraph."""
    found = _behind(article, end)
    if found is None or found[0].passage.id != found[1].passage.id:
        return None
    return _span(found[1])


def _behind(article: Article, end: int) -> tuple[Line, Line] | None:
    """The sentence that reaches to ``end``, and the next of the same entry."""
    line = next((each for each in article.lines if each.sentence.end >= end), None)
    if line is None or line.order + 1 == len(article.lines):
        return None
    following = article.lines[line.order + 1]
    return None if begins_entry(following) else (line, following)


def _span(line: Line) -> Span:
    return Span(start=line.sentence.start, end=line.sentence.end)


def _denies(line: Line, same_paragraph: bool) -> bool:
    text = line.sentence.text
    if _UNCONFIRMED.search(text) is None and _DENIES.search(text) is None:
        return False
    return same_paragraph or REFERS.search(text) is not None


def _limits(line: Line, same_paragraph: bool) -> bool:
    turns = _TURNS.match(line.sentence.text) is not None
    return same_paragraph and (turns or line.signs.unsettled > 0)


def _replies(claim: str, then: str) -> bool:
    """“Leys says that it is inside. Pelham says that the rock is covered”: another has the word."""
    answer = _ANSWERS.match(then)
    if answer is None or _CLAIMS.search(claim) is None:
        return False
    names = set(_CAPITAL.findall(answer["who"])) - _TITLES
    who = answer["who"].split()[-1]
    told = set(_WORD.findall(claim))
    return who not in told and not names & told
