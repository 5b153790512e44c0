"""Plans that another document tells as carried out: the plan is no news any more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from briefing.across.superseded import superseded
from briefing.extract.shorten import Parse
from briefing.merge import Comparer, Told

if TYPE_CHECKING:
    from spacy.tokens import Span

_AHEAD: Final = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were|set) to|due|scheduled|expected|plan(?:s|ned)?|intends?)\b"
)


def is_overtaken(told: Told, comparer: Comparer, parse: Parse) -> bool:
    """Whether ``told`` announces what a sentence of another source tells as done."""
    if not _AHEAD.search(told.line.sentence.text):
        return False
    own = told.article.source.id
    others = [each for each in comparer.akin(told) if each.article.source.id != own]
    plan = _parsed(told, parse)
    spans = [span for span in (_parsed(each, parse) for each in others) if span is not None]
    return plan is not None and bool(spans) and superseded(plan, spans) is not None


def _parsed(told: Told, parse: Parse) -> Span | None:
    """The sentence in the parse of its passage; None without grammar."""
    passage, sentence = told.line.passage, told.line.sentence
    doc = parse(passage.text)
    if not doc.has_annotation("DEP"):
        return None
    start, end = sentence.start - passage.start, sentence.end - passage.start
    return doc.char_span(start, end, alignment_mode="expand")
