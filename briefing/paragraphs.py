"""Where the paragraphs of a text begin and end, and what its layout says about them.

Two conventions are told apart: one paragraph a line (lines are as long as their paragraphs), and
hard-wrapped text (a line ends where the next word would not have fitted), where a paragraph ends
at a blank line, a short line or an indent. Markdown marks (``#``, ``-``, ``>``, fences) and page
edges that repeat from page to page are known; marks stand outside the paragraph's span.

A paragraph that a running head or page number cuts in two stays two paragraphs, because a
paragraph is one stretch of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from briefing.types import PassageKind, Source, Span

WRAP_LIMIT = 120
"""Texts whose lines are mostly longer than this are not hard-wrapped."""

Mark = Literal["plain", "item", "heading", "quote", "apart"]


class Paragraph(Span):
    """A paragraph; ``hint`` is what its layout says it is, ``mark`` how it is set."""

    text: str
    hint: PassageKind | None = None
    mark: Mark = "plain"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its marks and outer white space. ``text`` is empty when blank."""

    start: int
    text: str
    indent: int = 0
    depth: int = 0
    mark: Mark = "plain"
    hint: PassageKind | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


_LINE = re.compile(r"([^\n\f]*)(?:[\n\f]|\Z)")
_ATX = re.compile(r"#{1,6}[ \t]+(?=\S)")
_ITEM = re.compile(r"(?:[-*+•‣◦▪●][ \t]+|\(?[a-z]\)[ \t]+)(?=\S)")
_NUMBERED = re.compile(r"\(?\d{1,3}[.)][ \t]+(?=\S)")
_QUOTE = re.compile(r"(?:>\s*)+")
_FENCE = re.compile(r"^[ \t]*(```|~~~)[^\n]*", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)$")
_ROW = re.compile(r"\|.*\|$")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})$")
_PAGE_NUMBER = re.compile(
    r"(?:page ?)?#(?: ?(?:/|of) ?#)?|[-–—] ?# ?[-–—]|#? ?\|.{0,60}|.{0,60}\| ?(?:page ?)?#"
)
_TERMINAL = re.compile(r"[.!?…:;。！？][”’\"')\]*_]*$")


def is_terminated(text: str) -> bool:
    """Does the text end the way a sentence or clause does?"""
    return _TERMINAL.search(text[-12:]) is not None


def paragraphs(source: Source) -> tuple[Paragraph, ...]:
    """Split the text of a source into paragraphs, in order and without overlap.

    ``source.locations`` labelled ``front matter`` become furniture; those labelled ``page …``
    (or else form feeds) say where pages begin.
    """
    text = source.body
    apart = sorted([*_front_matter(source), *_fenced(text)])
    lines = list(_lines(text, apart))
    edges = _repeated_edges(lines, _page_starts(source))
    lines = [
        replace(ln, hint="furniture", mark="apart") if ln.start in edges else ln for ln in lines
    ]
    return tuple(_join(text, lines))


def _front_matter(source: Source) -> Iterator[tuple[int, int]]:
    return ((at.start, at.end) for at in source.locations if at.label == "front matter")


def _page_starts(source: Source) -> list[int]:
    pages = [at.start for at in source.locations if at.label.startswith("page ")]
    return pages or [0, *(match.end() for match in re.finditer("\f", source.body))]


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Code between fences; a fence that is never closed is text."""
    opened: tuple[str, int] | None = None
    for match in _FENCE.finditer(text):
        if opened is None:
            opened = match[1], match.start()
        elif opened[0] == match[1]:
            yield opened[1], match.end()
            opened = None


def _lines(text: str, apart: Sequence[tuple[int, int]]) -> Iterator[_Line]:
    zones = list(reversed(apart))
    previous = ""
    for match in _LINE.finditer(text):
        if zones and match.end(1) > zones[-1][0]:
            left, right = zones[-1]
            if match.end(1) >= right or match.end() == len(text):
                zones.pop()
                piece = text[left:right].strip()
                yield _Line(text.index(piece, left), piece, mark="apart", hint="furniture")
            continue
        line = _line(match[1], match.start(), previous)
        previous = line.text if line.mark == "plain" else ""
        yield line


def _line(raw: str, at: int, previous: str) -> _Line:
    content = raw.strip()
    indent = len(raw) - len(raw.lstrip())
    begin, depth = at + indent, 0
    if quoted := _QUOTE.match(content):
        depth, begin = quoted[0].count(">"), begin + quoted.end()
        content = content[quoted.end() :]
    line = _Line(begin, content, indent, depth, "quote" if depth else "plain")
    if not content:
        return line
    if not any(c.isalnum() for c in content):
        return replace(line, mark="apart", hint="furniture")
    if content.startswith("<!--") and content.endswith("-->"):
        return replace(line, mark="apart", hint="furniture")
    if _IMAGE.match(content):
        return replace(line, mark="apart", hint="caption")
    if _ROW.match(content):
        return replace(line, mark="item")
    if marker := _ATX.match(content):
        rest = content[marker.end() :].rstrip("# ")
        return replace(line, start=begin + marker.end(), text=rest, mark="heading", hint="heading")
    marker = _ITEM.match(content)
    if not marker and (not previous or is_terminated(previous)):
        marker = _NUMBERED.match(content)
    if marker:
        return replace(line, start=begin + marker.end(), text=content[marker.end() :], mark="item")
    return line


def _repeated_edges(lines: Iterable[_Line], starts: Sequence[int]) -> set[int]:
    """Starts of lines at page edges that are page numbers or recur on at least three pages."""
    if len(starts) < 2:
        return set()
    pages: list[list[_Line]] = [[] for _ in starts]
    page = 0
    for line in lines:
        while page + 1 < len(starts) and line.start >= starts[page + 1]:
            page += 1
        if line.text:
            pages[page].append(line)
    edges = [list({ln.start: ln for ln in [*page[:3], *page[-3:]]}.values()) for page in pages]
    count = Counter(key for edge in edges for key in {_shape(ln.text) for ln in edge})
    enough = max(3, len(starts) // 3)
    return {
        line.start
        for edge in edges
        for line in edge
        if _PAGE_NUMBER.fullmatch(_shape(line.text)) or count[_shape(line.text)] >= enough
    }


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", text.lower()))


def _width(lines: Sequence[_Line]) -> int:
    """Column at which the text is wrapped, or 0 if it is not."""
    plain = [ln for ln in lines if ln.text and ln.mark != "apart"]
    lengths = sorted(len(ln.text) + ln.indent for ln in plain)
    if len(lengths) < 3:
        return 0
    width = lengths[len(lengths) * 9 // 10]
    breaks = [(a, b) for a, b in pairwise(lines) if a.text and b.text and a.mark != "apart"]
    middle = [a for a, b in breaks if _is_full(a, b, width) and not is_terminated(a.text)]
    wrapped = len(middle) >= 2 and len(middle) * 10 > len(breaks) * 3
    return width if wrapped and width <= WRAP_LIMIT else 0


def _is_full(line: _Line, after: _Line, width: int) -> bool:
    """Would the first word of the next line not have fitted any more (ragged by a quarter)?"""
    word = after.text.split(None, 1)[0]
    return line.indent + len(line.text) + 1 + len(word) > 0.75 * width


def _join(text: str, lines: Sequence[_Line]) -> Iterator[Paragraph]:
    """Put the lines of each paragraph together; ``blank`` counts blank lines since the last."""
    width = _width(lines)
    first = last = None
    blank = 0
    for line in lines:
        if not line.text:
            blank += 1
            continue
        if first and first is last and _underlined(first, line) and not blank:
            first = last = replace(first, hint="heading", mark="heading")
        elif first and last and _continues(last, line, width, blank):
            last = line
            blank = 0
            continue
        if first and last:
            yield _paragraph(text, first, last)
        first = last = line
        blank = 0
    if first and last:
        yield _paragraph(text, first, last)


def _underlined(title: _Line, line: _Line) -> bool:
    short = len(title.text) <= 100 and not is_terminated(title.text) and title.mark == "plain"
    return short and _UNDERLINE.match(line.text) is not None


def _paragraph(text: str, first: _Line, last: _Line) -> Paragraph:
    return Paragraph(
        start=first.start,
        end=last.end,
        text=text[first.start : last.end],
        hint=first.hint,
        mark=first.mark,
    )


def _continues(last: _Line, line: _Line, width: int, blank: int) -> bool:
    """Does ``line`` go on with the paragraph that ``last`` belongs to?"""
    if "apart" in (last.mark, line.mark) or line.mark in ("heading", "item"):
        return False
    if last.mark == "heading" or last.depth != line.depth:
        return False
    middle = not is_terminated(last.text) and line.text[0].islower()
    if not width:
        long_enough = len(last.text) >= 60 and (len(line.text) >= 40 or is_terminated(line.text))
        return not blank and middle and (long_enough or line.depth > 0)
    full = _is_full(last, line, width)
    if blank:
        return blank == 1 and middle and full and last.mark != "item"
    indented = line.indent > last.indent and is_terminated(last.text) and last.mark != "item"
    return middle or (full and not indented)
