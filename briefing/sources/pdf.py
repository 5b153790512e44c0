"""PDF text with pypdf: pages a blank line apart, lines of a paragraph joined.

A PDF knows glyphs and positions, not paragraphs. Only white space is changed in what pypdf
extracts: a line end inside a paragraph becomes a space (nothing after a hyphen), one between
paragraphs a blank line. No hyphen is removed and no running head or page number dropped.
"""

from __future__ import annotations

import logging
import re
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from briefing.sources.titles import usable_author, usable_title
from briefing.sources.values import Blocks, Extracted, Metadata, ReadOptions, UnreadableError
from briefing.types import LeftOut

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

# A dense page of text has 30,000 bytes of drawing operators; parsing takes 6 s for a million.
_MAX_STREAM_BYTES = 20_000_000
_MAX_PAGE_BYTES = 4_000_000
_MAX_CONTENT_BYTES = 40_000_000
_MAX_OPERATORS = 3_000_000
_TOO_MUCH = "more drawing on its pages than is read"
_IMAGE = "an image without a text layer"
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"""[.!?:]["'”’»)\]]*$""")
_HYPHENATED = re.compile(r"[^\W\d_][-\u2010]$")
_WIDER_GAP = 1.25
_INDENT = 4.0
_SHORT_LINE = 0.8

# A broken file is explained by its reason in ``left_out``, not by log lines on a reader's screen.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


class Line(NamedTuple):
    """A line of extracted text; ``x``, ``y`` and font ``size`` in points."""

    text: str
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0


def extract_pdf(data: bytes, options: ReadOptions) -> Extracted:
    """The text layer with locations ``page 1``, and so on.

    Raises: UnreadableError where it is encrypted, has no text layer, or exceeds a limit.
    """
    from pypdf import apply_configuration

    with apply_configuration(zlib_maximum_output_length=_MAX_STREAM_BYTES):
        reader = _open(data)
        if len(reader.pages) > options.max_pages:
            raise UnreadableError(f"more than {options.max_pages:,} pages")
        blocks, left_out = _read_pages(reader, options.max_chars)
        info = reader.metadata
    extracted = blocks.extracted(
        Metadata(
            title=usable_title(info.title if info else None),
            author=usable_author(info.author if info else None),
        ),
        tuple(left_out),
    )
    if not extracted.text and any(part.reason == _IMAGE for part in left_out):
        raise UnreadableError("no text layer, only images: run text recognition (OCR) on it first")
    if not extracted.text and left_out:
        raise UnreadableError("none of its pages can be read: broken, or too large")
    return extracted


def _read_pages(reader: PdfReader, max_chars: int) -> tuple[Blocks, list[LeftOut]]:
    from pypdf.errors import PyPdfError

    blocks, budget, left_out = Blocks(max_chars), _Budget(max_chars), []
    for number, page in enumerate(reader.pages, 1):
        name = f"page {number}"
        try:
            text = "\n\n".join(paragraphs(budget.lines(page)))
            image = not text.strip() and _has_image(page)
        except (PyPdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            left_out.append(LeftOut(name=name, reason="broken, or too large to read"))
            continue
        blocks.add(text, name)
        if image:
            left_out.append(LeftOut(name=name, reason=_IMAGE))
    return blocks, left_out


def paragraphs(lines: list[Line]) -> list[str]:
    """The lines of a page joined to paragraphs, by gaps, font size, indents and short lines."""
    lines = [line._replace(text=line.text.strip()) for line in lines if line.text.strip()]
    if not lines:
        return []
    gaps = [before.y - line.y for before, line in pairwise(lines)]
    lengths = sorted(len(line.text) for line in lines)
    long_line = lengths[len(lengths) * 9 // 10]
    found = [lines[0].text]
    for number, (before, line) in enumerate(pairwise(lines)):
        around = [*gaps[max(number - 1, 0) : number], *gaps[number + 1 : number + 2]]
        short = _ends_sentence(before) and len(before.text) < _SHORT_LINE * long_line
        if short or _set_apart(before, line) or _gap_apart(before, line, gaps[number], around):
            found.append(line.text)
        else:
            found[-1] += line.text if _HYPHENATED.search(before.text) else f" {line.text}"
    return found


def _set_apart(before: Line, line: Line) -> bool:
    """A page number, another font size, or an indent after the end of a sentence."""
    return (
        _PAGE_NUMBER.fullmatch(line.text) is not None
        or _PAGE_NUMBER.fullmatch(before.text) is not None
        or abs(before.size - line.size) > 0.5
        or (_ends_sentence(before) and line.x - before.x > _INDENT)
    )


def _gap_apart(before: Line, line: Line, gap: float, around: list[float]) -> bool:
    """More space above the line than its neighbours have; ``around`` holds their gaps."""
    if gap <= 0:
        # The next column: a sentence may go on there.
        return _ends_sentence(before) or not line.text[0].islower()
    usual = [other for other in around if other > line.size / 2]
    return bool(usual) and gap > _WIDER_GAP * min(usual)


def _ends_sentence(line: Line) -> bool:
    return _ENDS_SENTENCE.search(line.text) is not None


def _open(data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(BytesIO(data), strict=False)
    try:
        # Many files are only locked against changes: the empty password opens them.
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("encrypted: a password is needed")
    except DependencyError as error:
        raise UnreadableError("encrypted with AES: save it unencrypted") from error
    return reader


class _Budget:
    """Extracts lines page by page within a budget of operators and characters for the file."""

    def __init__(self, max_chars: int) -> None:
        self._max_chars = max_chars
        self._operators = 0
        self._chars = 0
        self._bytes = 0

    def lines(self, page: PageObject) -> list[Line]:
        """The lines that the page shows, in the order of pypdf's extraction.

        Raises: UnreadableError for a file beyond its budget, ValueError for such a page.
        """
        content = page.get_contents()
        size = len(content.get_data()) if content is not None else 0
        self._bytes += min(size, _MAX_PAGE_BYTES)
        if self._bytes > _MAX_CONTENT_BYTES:
            raise UnreadableError(_TOO_MUCH)
        if size > _MAX_PAGE_BYTES:
            raise ValueError(_TOO_MUCH)
        lines = [Line("")]

        def operator(*_: object) -> None:
            self._operators += 1
            if self._operators > _MAX_OPERATORS:
                raise UnreadableError(_TOO_MUCH)

        def text(piece: str, cm: list[float], tm: list[float], _: object, size: float) -> None:
            self._chars += len(piece)
            if self._chars > self._max_chars:
                raise UnreadableError(f"longer than {self._max_chars:,} characters")
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            height = size * abs(tm[3] * cm[3] or 1.0)
            for number, part in enumerate(piece.split("\n")):
                if number:
                    lines.append(Line(""))
                new = part.strip() and not lines[-1].text.strip()
                at = Line("", x, y, height) if new else lines[-1]
                lines[-1] = at._replace(text=lines[-1].text + part)

        page.extract_text(visitor_operand_before=operator, visitor_text=text)
        return lines


def _has_image(page: PageObject) -> bool:
    resources = page.get("/Resources", {}).get_object()
    objects = resources.get("/XObject", {})
    objects = objects.get_object() if hasattr(objects, "get_object") else objects
    return any(objects[name].get("/Subtype") == "/Image" for name in objects)
