"""Is a quotation in its source to the character, and if not, what is nearest to it?

White space counts as one space, because Markdown has no other; a comma or full stop at the end of
a quotation belongs to the sentence around it and is not compared. Everything else counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from briefing.evals.resolution import Shelf, find_words
from briefing.extract.quotes import find_quotations
from briefing.types import Passage, Span, Value

How = Literal["exact", "elsewhere", "normalised", "different", "absent"]

NEAR = 60.0
"""Similarity (rapidfuzz, 0 … 100) below which a wording is not shown as the nearest."""
_CANDIDATES = 6
_WORD = re.compile(r"\w+")


class Exactness(Value):
    """How the words of a quotation stand in the sources; ``span`` where, in ``source``."""

    how: How
    reason: str
    source: str = ""
    span: Span | None = None

    @property
    def exact(self) -> bool:
        """To the character, in a cited source."""
        return self.how == "exact"


def inner_quotations(statement: str) -> tuple[str, ...]:
    """The quotations inside a statement, titles of works and quotations in quotations left out."""
    whole = Passage(
        id="", source_id="", number=1, kind="body", start=0, end=len(statement), text=statement
    )
    found = find_quotations(statement, [whole])
    return tuple(q.text for q in found if q.kind != "title" and q.nested_in is None)


def exactness(said: str, cited: Iterable[str], shelf: Shelf) -> Exactness:
    """Look for ``said`` in the sources ``cited`` (ids), then in the others."""
    here = [key for key in dict.fromkeys(cited) if key in shelf.sources]
    others = [key for key in shelf.sources if key not in here]
    bare = said.strip().rstrip(",. ") or said.strip()
    for key in here:
        spans = find_words(bare, shelf.sources[key].body)
        if spans:
            return Exactness(how="exact", reason="", source=key, span=spans[0])
    for key in others:
        spans = find_words(bare, shelf.sources[key].body)
        if spans:
            reason = f"the words stand in {key}, which is not cited"
            return Exactness(how="elsewhere", reason=reason, source=key, span=spans[0])
    for key in here:
        span = _normalised(bare, shelf.sources[key].body)
        if span is not None:
            wording = shelf.sources[key].body[span.start : span.end]
            reason = f"only case, marks or punctuation differ: {difference(bare, wording)}"
            return Exactness(how="normalised", reason=reason, source=key, span=span)
    return _nearest(bare, here, shelf)


def difference(said: str, wording: str) -> str:
    """The two as one text: ``the {tall → high} wall {+ fell}``, the source after the arrow."""
    ours, theirs = said.split(), wording.split()
    pieces: list[str] = []
    for equal, here, there in _changes(ours, theirs):
        old, new = " ".join(ours[here]), " ".join(theirs[there])
        changed = f"{{{old} → {new}}}" if old and new else f"{{− {old}}}" if old else f"{{+ {new}}}"
        pieces.append(old if equal else changed)
    return " ".join(pieces)


def _normalised(said: str, text: str) -> Span | None:
    """Where the same words stand, whatever their case and what is between them."""
    wanted = [found.group().casefold() for found in _WORD.finditer(said)]
    found = [(m.group().casefold(), m.start(), m.end()) for m in _WORD.finditer(text)]
    joined = " " + " ".join(word for word, _, _ in found) + " "
    at = joined.find(" " + " ".join(wanted) + " ") if wanted else -1
    if at < 0:
        return None
    first = joined[:at].count(" ")
    return Span(start=found[first][1], end=found[first + len(wanted) - 1][2])


def _nearest(said: str, here: Sequence[str], shelf: Shelf) -> Exactness:
    wanted = {found.group().casefold() for found in _WORD.finditer(said)}
    candidates = sorted(
        (
            (len(wanted & {w.casefold() for w in _WORD.findall(p.text)}), p)
            for key in here
            for p in shelf.passages(key)
        ),
        key=lambda each: -each[0],
    )[:_CANDIDATES]
    best: tuple[float, Span, Passage] | None = None
    for shared, passage in candidates:
        found = fuzz.partial_ratio_alignment(said, passage.text) if shared else None
        if found is not None and (best is None or found.score > best[0]):
            best = (found.score, _around(said, passage, found.dest_start, found.dest_end), passage)
    if best is None or best[0] < NEAR:
        return Exactness(how="absent", reason="no cited source has anything like these words")
    score, span, passage = best
    wording = shelf.sources[passage.source_id].body[span.start : span.end]
    reason = (
        f"nearest, in {passage.source_id} ¶{passage.number} ({score:.0f} % alike): "
        f"“{' '.join(wording.split())}”; difference: {difference(said, wording)}"
    )
    return Exactness(how="different", reason=reason, source=passage.source_id, span=span)


def _around(said: str, passage: Passage, start: int, end: int) -> Span:
    """The stretch of whole words that answers to ``said``, around an alignment of characters.

    What is unlike at the ends of ``said`` takes as many words of the passage.
    """
    words = list(_WORD.finditer(passage.text))
    near = [at for at, word in enumerate(words) if word.end() > start and word.start() < end]
    if not near:
        return Span(start=passage.start + start, end=passage.start + end)
    ours = [found.group().casefold() for found in _WORD.finditer(said)]
    window = range(max(0, near[0] - len(ours)), min(len(words), near[-1] + len(ours) + 1))
    theirs = [words[at].group().casefold() for at in window]
    equal = [code for code in Indel.opcodes(ours, theirs) if code.tag == "equal"]
    if not equal:
        first, last = near[0], near[-1]
    else:
        first = window[max(0, equal[0].dest_start - equal[0].src_start)]
        behind = len(ours) - equal[-1].src_end
        last = window[min(len(window), equal[-1].dest_end + behind) - 1]
    return Span(start=passage.start + words[first].start(), end=passage.start + words[last].end())


def _changes(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[bool, slice, slice]]:
    """Stretches of both, in order: whether they are equal, and where they are."""
    a = c = 0
    for code in Indel.opcodes(ours, theirs):
        if code.tag != "equal":
            continue
        if (a, c) != (code.src_start, code.dest_start):
            yield False, slice(a, code.src_start), slice(c, code.dest_start)
        a, c = code.src_end, code.dest_end
        yield True, slice(code.src_start, a), slice(code.dest_start, c)
    if (a, c) != (len(ours), len(theirs)):
        yield False, slice(a, len(ours)), slice(c, len(theirs))
