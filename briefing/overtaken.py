"""Plans: told as carried out by another document, or of a day that others have left behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from briefing.across.superseded import superseded
from briefing.extract.cues import is_saying
from briefing.extract.shorten import Parse
from briefing.grounding.mood import mood_of
from briefing.merge import Comparer, Told

if TYPE_CHECKING:
    from spacy.tokens import Span

_AHEAD: Final = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were|set) to|due|scheduled|expected|plan(?:s|ned)?|intends?)\b"
)
_AHEAD_MOODS: Final = frozenset({"future", "expected", "intended"})


def is_overtaken(told: Told, comparer: Comparer, parse: Parse) -> bool:
    """Whether ``told`` announces what a sentence of another source tells as done."""
    if not _AHEAD.search(told.line.sentence.text):
        return False
    own = told.article.source.id
    others = [each for each in comparer.akin(told) if each.article.source.id != own]
    plan = _parsed(told, parse)
    spans = [span for span in (_parsed(each, parse) for each in others) if span is not None]
    return plan is not None and bool(spans) and superseded(plan, spans) is not None


def is_plan(statement: str, parse: Parse) -> bool:
    """Whether ``statement`` says what is to come: “it will meet”, “Lee says that it will meet”."""
    if not _AHEAD.search(statement):
        return False
    doc = parse(statement)
    if not doc.has_annotation("DEP"):
        return False
    root = list(doc.sents)[-1].root  # what stands before it only leads in
    told = [c for c in root.children if c.dep_ == "ccomp"] if is_saying(root) else []
    return any(mood_of(verb) in _AHEAD_MOODS for verb in told or [root])


def _parsed(told: Told, parse: Parse) -> Span | None:
    """The sentence in the parse of its passage; None without grammar."""
    passage, sentence = told.line.passage, told.line.sentence
    doc = parse(passage.text)
    if not doc.has_annotation("DEP"):
        return None
    start, end = sentence.start - passage.start, sentence.end - passage.start
    return doc.char_span(start, end, alignment_mode="expand")
