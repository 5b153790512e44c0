"""A paragraph as the parser should see it: what is quoted taken out of the way.

Quoted clauses confuse a parser (“Why not?” Smith said), so each is replaced by one word; quoted
phrases that are part of the sentence around them (called it “a disgrace”) stay, without marks. A
frame maps tokens back to the source and says which of them belong to which quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from briefing.extract.quotes import Quotation
from briefing.types import Passage, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Parse = Callable[[str], "Doc"]

_STAND_IN = "Yes"
_MARKS = "“”„‟\"«»‹›‘’‚`'「」『』＂"
_NUMBERING = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)]|\([a-z0-9]{1,4}\)|[a-z]\))[ \t\u00a0]+(?=[A-Z“‘\"'])"
)
"""What numbers a paragraph: “4.15 ”, “(a) ”. It stands in no sentence."""
_CAPITAL = re.compile(r"[^\w]*[A-Z0-9ÄÖÜÉ]")


class Frame:
    """One parsed paragraph. ``quoted[i]`` is the quotation that token ``i`` belongs to, or None."""

    def __init__(
        self,
        doc: Doc,
        pieces: Sequence[tuple[int, int, int | None]],
        passage: Passage,
        clauses: frozenset[int],
    ) -> None:
        """``pieces``: offset in the parsed text, offset in the source, quotation (or None)."""
        self.doc = doc
        self.passage = passage
        self.clauses = clauses
        self._starts = [p[0] for p in pieces]
        self._pieces = pieces
        self.quoted = [self._piece(t)[2] for t in doc]
        self.tokens_of: dict[int, list[int]] = {}
        for i, q in enumerate(self.quoted):
            if q is not None:
                self.tokens_of.setdefault(q, []).append(i)

    def _piece(self, token: Token) -> tuple[int, int, int | None]:
        return self._pieces[max(0, bisect_right(self._starts, token.idx) - 1)]

    def offset(self, token: Token) -> int:
        """Where ``token`` begins in the source."""
        begin, source, _ = self._piece(token)
        return source + token.idx - begin

    def span(self, first: int, last: int) -> Span:
        """The stretch of the source from token ``first`` to token ``last``, both included."""
        end = self.doc[last]
        return Span(start=self.offset(self.doc[first]), end=self.offset(end) + len(end.text))


def frame(
    text: str, passage: Passage, numbered: Sequence[tuple[int, Quotation]], parse: Parse
) -> Frame:
    """Parse ``passage`` with its outermost quotations, given with their positions."""
    parsed: list[str] = []
    pieces: list[tuple[int, int, int | None]] = []
    clauses: set[int] = set()
    numbering = _NUMBERING.match(text, passage.start, passage.end)
    at, length = passage.start if numbering is None else numbering.end(), 0

    def add(piece: str, source: int, number: int | None) -> None:
        nonlocal length
        if piece:
            pieces.append((length, source, number))
            parsed.append(piece.replace("\n", " "))
            length += len(piece)

    for number, quotation in numbered:
        before = _without_mark(text[at : quotation.start])
        add(before, at, None)
        after = text[quotation.end : passage.end]
        if _is_clause(quotation, text[passage.start : quotation.start], after):
            clauses.add(number)
            add(_stand_in(quotation, after), quotation.start, number)
        else:
            add(quotation.text, quotation.start, number)
        at = quotation.end + _mark_length(after)
    add(text[at : passage.end], at, None)
    return Frame(
        parse("".join(parsed)), pieces or [(0, passage.start, None)], passage, frozenset(clauses)
    )


def _mark_length(after: str) -> int:
    """How many characters of ``after`` close the quotation."""
    stripped = after.lstrip(" \u00a0\u202f")
    space = len(after) - len(stripped)
    if stripped.startswith("''"):
        return space + 2
    return space + 1 if stripped[:1] and stripped[0] in _MARKS else 0


def _without_mark(before: str) -> str:
    bare = before.rstrip(" \u00a0\u202f")
    if bare.endswith(("``", "''")):
        return bare[:-2]
    return bare[:-1] if bare and bare[-1] in _MARKS else before


def _is_clause(quotation: Quotation, before: str, after: str) -> bool:
    """Whether the quotation is speech of its own and no phrase of the sentence around it."""
    lead = _without_mark(before).rstrip()
    if quotation.kind == "title":
        return False
    if not lead or lead[-1] in '.?!:—”’"»':
        return True
    follows = after[_mark_length(after) :].lstrip()
    ends = quotation.text.rstrip(_MARKS)[-1:]
    if lead[-1] in ",;" and (ends in ".,?!" or not follows):
        return True
    return bool(_CAPITAL.match(quotation.text)) and quotation.kind == "speech"


def _stand_in(quotation: Quotation, after: str) -> str:
    """The word for a quoted clause, with the punctuation that ties it to what follows."""
    end = quotation.text.rstrip(_MARKS)[-1:]
    follows = after[_mark_length(after) :].lstrip()
    if follows[:1] in {",", "."}:
        return _STAND_IN
    if end in {"?", "!", "…", "—", "-"}:
        return _STAND_IN + ("," if follows[:1] not in {"", *_MARKS} else ".")
    if end == "." and follows[:1].islower():
        return _STAND_IN + ","
    return _STAND_IN + (end if end in {".", ","} else "")
