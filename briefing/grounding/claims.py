"""Statements split into the things they say, each a sentence that can be checked alone (English).

Split is what a dependency parse shows plainly: sentences, coordinated clauses and verb phrases,
relative clauses and participles behind a comma, appositives. Nothing is cut out of the scope of a
negation, a condition, "or", a quotation or another's words: "He said that A and B" gives "He said
that A" and "He said that B". Where a reading is in doubt the sentence stays one claim, and no
content word of a statement is lost.

Not handled: coordinated nouns and adjectives, adverbial clauses, facts in parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.grounding.asides import asides
from briefing.grounding.clauses import COMMAS, Draft, quotations
from briefing.grounding.coordination import coordinated
from briefing.grounding.reading import Reading
from briefing.grounding.verdicts import Claim
from briefing.lexical import content_words
from briefing.sentences import sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

MAX_CLAIMS = 6
LONGEST = 120
"""Tokens of a sentence; a longer one is no plain sentence and stays whole."""

_EDGES = " ,;:–—-"
_ENDS = {".", "!", "?", "…", "”", '"', "’", "'"}
_GLUED = re.compile(r"[a-z0-9]\.[A-Z][a-z]")
_TIDY = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"\s+([,.;:])"), r"\1"),
    (re.compile(r",(?:\s*,)+"), ","),
    (re.compile(r"[\s,;:–—-]+\.$"), "."),
)


def split_claims(statement: Reading) -> list[Claim]:
    """The claims of ``statement``, in order: at least one, and about six at most.

    Offsets are code points in ``statement.text``. A language without a parser gets a claim for
    each sentence. Linear in the length of the statement.
    """
    parts = sentences(statement.text)
    limit = max(1, MAX_CLAIMS // max(1, len(parts)))
    parsed = statement.doc.has_annotation("DEP")
    claims: list[Claim] = []
    for part in parts:
        span = statement.doc.char_span(part.start, part.end, alignment_mode="expand")
        tokens = range(span.start, span.end) if span is not None and parsed else range(0)
        found = _split(statement.doc, tokens, limit)
        claims += found or [Claim(start=part.start, end=part.end, text=part.text)]
    return claims or [Claim(start=0, end=len(statement.text), text=statement.text)]


def _split(doc: Doc, sentence: range, limit: int) -> list[Claim]:
    """The claims of a sentence; none where it cannot be split with safety."""
    roots = [i for i in sentence if doc[i].head.i not in sentence or doc[i].head.i == i]
    glued = any(_GLUED.search(doc[i].text) for i in sentence)
    if len(roots) != 1 or glued or len(sentence) > LONGEST or doc[sentence[-1]].text == "?":
        return []
    whole = Draft(frozenset(sentence), frozenset(sentence), roots[0])
    drafts, gone = coordinated(doc, whole, limit), frozenset[int]()
    for modifier in asides(doc, sentence, roots[0]):
        if len(drafts) >= limit:
            break
        cut = modifier.own | _commas(doc, modifier)
        rest = [d.without(cut) for d in drafts]
        about = modifier.without(gone - modifier.own)
        extra = coordinated(doc, about, limit - len(drafts))
        if all(_whole(doc, d, sentence) for d in [*rest, *extra]):
            drafts, gone = [*rest, *extra], gone | cut
    if len(drafts) < 2 or not all(_whole(doc, d, sentence) for d in drafts):
        return []
    claims = [_claim(doc, draft, sentence) for draft in drafts]
    said = {word for claim in claims for word in content_words(claim.text)}
    lost = set(content_words(doc[sentence.start : sentence.stop].text)) - said
    return [] if lost else sorted(claims, key=lambda c: (c.start, c.end))


def _commas(doc: Doc, modifier: Draft) -> frozenset[int]:
    """The marks that set a modifier off; the one behind stays where it sets off another."""
    before, after = min(modifier.own) - 1, max(modifier.own) + 1
    marks = {i for i in (before, after) if 0 <= i < len(doc) and doc[i].text in COMMAS}
    noun = doc[modifier.verb].head
    more = [c for c in noun.rights if c.dep_ in {"relcl", "acl", "appos"} and c.i > after]
    if any(c.left_edge.i == after + 1 for c in more):
        marks.discard(after)
    return frozenset(marks)


def _whole(doc: Doc, draft: Draft, sentence: range) -> bool:
    """Whether no quotation, parenthesis or hyphenated word is cut in two."""
    tokens = draft.tokens
    quoted = all(
        len(tokens & frozenset(range(left, right + 1))) in {0, right - left + 1}
        for left, right in quotations(doc, sentence)
    )
    return quoted and all(
        i - 1 in tokens or i == sentence.start or doc[i].is_punct or doc[i - 1].whitespace_
        for i in tokens
    )


def _claim(doc: Doc, draft: Draft, sentence: range) -> Claim:
    rest = sorted(draft.tokens - draft.lead)
    first = _words(doc, sorted(draft.lead), sentence)
    text = " ".join(
        filter(None, (first, draft.link, _words(doc, rest, sentence, moved=bool(first))))
    )
    for pattern, by in _TIDY:
        text = pattern.sub(by, text)
    text = text.strip(_EDGES)
    text = text[:1].upper() + text[1:]
    said = [i for i in draft.own if not doc[i].is_punct] or sorted(draft.tokens)
    start, last = doc[min(said)].idx, doc[max(said)]
    text = text if text[-1:] in _ENDS else f"{text}."
    return Claim(start=start, end=last.idx + len(last.text), text=text)


def _words(doc: Doc, tokens: Sequence[int], sentence: range, *, moved: bool = False) -> str:
    """The text of ``tokens``; a word that no longer begins the sentence loses its capital."""
    text = ""
    for previous, i in zip([None, *tokens], tokens, strict=False):
        token = doc[i]
        inside = i == sentence.start and moved and token.pos_ != "PROPN" and token.text != "I"
        gap = " " if previous is not None and previous != i - 1 else ""
        text += gap + (token.text_with_ws.lower() if inside else token.text_with_ws)
    return text.strip()
