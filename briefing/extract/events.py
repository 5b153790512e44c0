"""Does a sentence report an event, or what stands around one? Signals of its grammar (English).

Past event verbs, the main actors as subject, documents and decisions, and the days of the event
speak for it; earlier years and the views of outside observers against. docs/selection.md has what
each is worth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

ACTORS = 4
"""How many of a source's most frequent names count as its main actors."""

_OBSERVER = re.compile(
    r"\b(?:analysts?|experts?|professors?|scholars?|researchers?|economists?|observers?|critics)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|today|yesterday|tonight)\b"
)
_EARLIER = re.compile(
    r"\b(?:(?:19|20)\d\d|historically|decades?|since|recent years|last year|years? ago|previously"
    r"|earlier this)\b"
)
_DECISION = re.compile(
    r"\b(?:statement|agreement|deal|treaty|accord|verdict|ruling|bill|law|resolution|results?"
    r"|contract|plan|decision|vote|sentence|report)\b",
    re.IGNORECASE,
)
_KINDS = {"PERSON", "ORG", "GPE"}


def main_actors(docs: Iterable[Doc]) -> frozenset[str]:
    """Last words of the names that a source's parsed passages have most often."""
    counts = Counter(e.text.split()[-1] for doc in docs for e in doc.ents if e.label_ in _KINDS)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return frozenset(ranked[:ACTORS])


def is_earlier(text: str) -> bool:
    """Whether ``text`` speaks of years before."""
    return _EARLIER.search(text) is not None


def eventfulness(parsed: Span, actors: frozenset[str]) -> int:
    """Signals for an event less those against: -2 … 4; 0 without a parse."""
    if not parsed.doc.has_annotation("DEP"):
        return 0
    text, root = parsed.text, parsed.root
    subjects = [t for t in root.children if t.dep_ in {"nsubj", "nsubjpass"}]
    return (
        (root.tag_ == "VBD" and root.lemma_ not in {"be", "have"})
        + any(token.text in actors for token in subjects)
        + (_DECISION.search(text) is not None)
        + (_DAY.search(text) is not None)
        - (_OBSERVER.search(text) is not None)
        - is_earlier(text)
    )
