"""Can a sentence stand alone? The checks that a verbatim sentence must pass before it is shown.

Identity makes a sentence exact, not true to its source: "He signed it" names nobody, and a
sentence out of somebody's mouth is not the source's word. Each check says in words what is wrong.
English has all checks; for other languages only those on form and marks are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from briefing.grounding.references import (
    Candidate,
    open_descriptions,
    open_pronouns,
    word_lists,
)
from briefing.types import Check, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

MIN_WORDS, MAX_WORDS = 5, 60
MAX_QUOTED = 0.5
"""A sentence more than half of which is a quotation belongs among the quotes."""

_ENDS = re.compile(r"[.!?…][”’\"'»)\]]*$")
_STARTS = re.compile(r"^[“‘\"'«(\[]*[A-ZÀ-ÞΑ-ΩА-Я0-9$€£]")
_STRAY_BEFORE = re.compile(r"[.!?][”’\"]?\s+[.,;:]$")
_STRAY_AFTER = re.compile(r"[.,;:](?:\s|$)|[a-z]\w*(?: \w+){0,2}\.(?:\s|$)")
_WHOSE = dict.fromkeys(
    ("at the time", "because", "instead"), r"(?! of (?!(?:this|that|it|these|those|them)\b))"
)
"""“At the time of the boarding” says of what."""
_DEBRIS = re.compile(r"\s[.,;:]\s|[.!?]\s+[.!?]|\s\.$")


def stands_alone(candidate: Candidate) -> tuple[Check, ...]:
    """All checks of ``candidate`` up to the first that fails."""
    done: list[Check] = []
    for name, check in _CHECKS:
        reason = check(candidate)
        done.append(Check(name=name, passed=not reason, reason=reason))
        if reason:
            break
    return tuple(done)


def quoted_share(candidate: Candidate) -> float:
    """What share of the sentence's characters stands inside quotations."""
    sentence = candidate.sentence
    inside = sum(
        max(0, min(q.end, sentence.end) - max(q.start, sentence.start))
        for q in outermost(candidate.quotations)
    )
    return inside / max(1, sentence.end - sentence.start)


def _furniture(candidate: Candidate) -> str:
    kind = candidate.passage.kind
    return "" if kind == "body" else f"it stands in a {kind}, not in the text of the report"


def _form(candidate: Candidate) -> str:
    text = candidate.sentence.text
    words = len(text.split())
    if words < MIN_WORDS:
        return f"it has only {words} words"
    if words > MAX_WORDS:
        return f"it has {words} words, too many for one statement"
    if not (_STARTS.search(text) and _ENDS.search(text)):
        return "it is not a whole sentence"
    if _DEBRIS.search(text):
        return "its punctuation is damaged"
    parsed = candidate.parsed
    if candidate.doc.has_annotation("TAG") and not any(map(_finite, parsed)):
        return "it has no finite verb"
    return "it is a question" if text.rstrip("”’\"'").endswith("?") else ""


def _surroundings(candidate: Candidate) -> str:
    """Stray marks or scraps of words beside a sentence: it may be half of what was written."""
    passage, sentence = candidate.passage, candidate.sentence
    before = passage.text[: sentence.start - passage.start].rstrip()
    after = passage.text[sentence.end - passage.start :].lstrip()
    if _STRAY_BEFORE.search(before) or _STRAY_AFTER.match(after):
        return "the text around it is damaged"
    return ""


def _marks(candidate: Candidate) -> str:
    text = candidate.sentence.text
    opened = 0
    for mark in text:
        opened += (mark == "“") - (mark == "”")
        if opened not in (0, 1):
            break
    if opened != 0 or text.count('"') % 2:
        return "its quotation marks do not pair, so part of a quotation stands elsewhere"
    return ""


def _quotation(candidate: Candidate) -> str:
    share = quoted_share(candidate)
    if share > MAX_QUOTED:
        return "it is mostly somebody's words, not the report's"
    return ""


def _leaning(candidate: Candidate) -> str:
    text = candidate.sentence.text.lower().lstrip("“‘\"'(")
    for phrase in word_lists()["leaning"]:
        if re.match(rf"{re.escape(phrase)}\b{_WHOSE.get(phrase, '')}", text):
            return f"“{candidate.sentence.text[: len(phrase)]}” leans on a sentence before it"
    return ""


def _pronoun(candidate: Candidate) -> str:
    token = next(open_pronouns(candidate), None)
    return f"it does not say who or what “{token.text}” is" if token is not None else ""


def _bare_description(candidate: Candidate) -> str:
    token = next(open_descriptions(candidate), None)
    if token is None:
        return ""
    return f"it does not name “{candidate.doc[token.left_edge.i : token.i + 1].text}”"


def _finite(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBZ", "VBP", "MD"}


def outermost(quotations: Sequence[Span]) -> list[Span]:
    """Those of ``quotations`` that are not inside another one, in order."""
    outer: list[Span] = []
    for span in sorted(quotations, key=lambda q: (q.start, -q.end)):
        if not outer or span.start >= outer[-1].end:
            outer.append(span)
    return outer


_CHECKS: tuple[tuple[str, Callable[[Candidate], str]], ...] = (
    ("body", _furniture),
    ("form", _form),
    ("surroundings", _surroundings),
    ("marks", _marks),
    ("quotation", _quotation),
    ("leaning", _leaning),
    ("description", _bare_description),
    ("pronoun", _pronoun),
)
