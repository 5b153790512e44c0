"""Which quotation marks of a paragraph belong together.

Pairing is by paragraph, in one pass over its marks with a stack. A mark that finds no partner is
dropped and shifts nothing after it. Apostrophes, possessives, feet and inches are no marks.

Not handled: an opening mark of the kind that is already open (it replaces the earlier one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from briefing.extract.lexicon import words

Role = Literal["open", "close", "weak", "either"]

_MARK = re.compile(r"``|''|[“”„‟\"«»‹›‘’‚‛'「」『』＂]")
_FAMILY = {
    **dict.fromkeys(["``", "''", *'“”„‟"＂'], "double"),
    **dict.fromkeys("«»", "angle"),
    **dict.fromkeys("‹›", "small angle"),
    **dict.fromkeys("‘’‚‛'", "single"),
    **dict.fromkeys("「」", "corner"),
    **dict.fromkeys("『』", "white corner"),
}
_OPENERS = "([{—–-/"
_CLOSERS = ".,;:!?…)]}—–-/"
_WORD = re.compile(r"\w+")
_DECADE = re.compile(r"\d0s?\b")
LONGEST_WEAK = 12
"""Words in a single-quoted stretch whose closing mark may as well be a plural possessive."""


class Mark(NamedTuple):
    """A mark at ``[start, end)`` of its paragraph. ``weak`` closes unless it is a possessive."""

    start: int
    end: int
    family: str
    role: Role


class Pair(NamedTuple):
    """What stands between two marks, ``[start, end)``; ``open_at`` is where the first mark is.

    ``closed`` is false for a mark that stays open to the end of the paragraph.
    """

    start: int
    end: int
    open_at: int
    family: str
    closed: bool


def pairs(text: str) -> tuple[Pair, ...]:
    """All pairs of marks in one paragraph, and last the outermost mark left open, if any."""
    marks = list(_marks(text))
    strong = _strong_close_follows(marks)
    found: list[Pair] = []
    stack: list[Mark] = []
    for mark, possessive in zip(marks, strong, strict=True):
        is_open = any(m.family == mark.family for m in stack)
        if mark.role == "open" or (mark.role == "either" and not is_open):
            stack = [m for m in stack if m.family != mark.family] if is_open else stack
            stack.append(mark)
        elif is_open:
            stack = _close(text, mark, stack, found, possessive=possessive)
    if stack:
        first = stack[0]
        found.append(Pair(first.end, len(text), first.start, first.family, closed=False))
    return tuple(found)


def _close(
    text: str, mark: Mark, stack: list[Mark], found: list[Pair], *, possessive: bool
) -> list[Mark]:
    if mark.family == "single" and stack[-1].family != "single":
        return stack
    at = max(i for i, m in enumerate(stack) if m.family == mark.family)
    if mark.role == "weak":
        between = text[stack[at].end : mark.start]
        if possessive or len(between.split()) > LONGEST_WEAK:
            return stack
    found.append(Pair(stack[at].end, mark.start, stack[at].start, mark.family, closed=True))
    return stack[:at]


def _strong_close_follows(marks: list[Mark]) -> list[bool]:
    """For each mark: does a certain single closing mark come before the next opening one?"""
    answer: list[bool] = []
    follows = False
    for mark in reversed(marks):
        answer.append(follows)
        if mark.family == "single" and mark.role in {"open", "close"}:
            follows = mark.role == "close"
    return answer[::-1]


def _marks(text: str) -> Iterator[Mark]:
    for match in _MARK.finditer(text):
        glyph = match.group()
        before = text[match.start() - 1] if match.start() else ""
        after = text[match.end()] if match.end() < len(text) else ""
        family = _FAMILY[glyph]
        if family == "single":
            role = _single(text, match, before, after)
        else:
            role = _double(glyph, before, after, text[max(0, match.start() - 3) : match.start()])
        if role:
            yield Mark(match.start(), match.end(), family, role)


def _left_edge(before: str) -> bool:
    return not before or before.isspace() or before in _OPENERS or before in _FAMILY


def _right_edge(after: str) -> bool:
    return not after or after.isspace() or after in _CLOSERS or after in _FAMILY


def _double(glyph: str, before: str, after: str, tail: str) -> Role | None:
    left, right = _left_edge(before), _right_edge(after)
    if glyph in {'"', "＂"}:
        if re.search(r"\d['’]\d{1,2}$", tail):
            return None
        return _straight(before, left=left, right=right)
    if glyph in {"”", "''", "»", "›"}:
        wrong_way = left and after.isalnum() and before not in {"-", "—", "–", "/"}
        return "either" if wrong_way else "close"
    if glyph in {"“", "«", "‹"}:
        closing = bool(before) and not before.isspace() and not left and right
        return "close" if closing else "open"
    return "close" if glyph in {"」", "』"} else "open"


def _straight(before: str, *, left: bool, right: bool) -> Role | None:
    if left and not right:
        return "open"
    if right and not left:
        return "close"
    if not left:
        return None if before.isdigit() else "either"
    return "either"


def _single(text: str, match: re.Match[str], before: str, after: str) -> Role | None:
    if before.isalnum() and after.isalnum():
        return None
    glyph = match.group()
    if _left_edge(before) and (after.isalnum() or after in {"“", '"', "…", "["}) and after:
        return "open" if glyph in {"‘", "‚", "‛", "'"} and not _elided(text, match.end()) else None
    if glyph in {"‘", "‚", "‛"} or not before or before.isspace():
        return None
    if after.isalnum():
        return None
    following = text[match.end() : match.end() + 2]
    plural = before in "sSnzx" and len(following) == 2 and following[0] == " "
    return "weak" if plural and following[1].isalnum() else "close"


def _elided(text: str, at: int) -> bool:
    if _DECADE.match(text, at):
        return True
    word = _WORD.match(text, at)
    return word is not None and word.group().lower() in words("elided")
