"""Word documents with python-docx: paragraphs and tables in document order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from briefing.sources.titles import usable_author, usable_title
from briefing.sources.values import Blocks, Extracted, Metadata, ReadOptions, UnreadableError

Element = Any
"""An element of lxml, which has no types."""
Part = Any
"""A part of a package, untyped in python-docx."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted or moved-away text, and the second copy of a text box.
_NOT_TEXT = {f"{_W}del", f"{_W}moveFrom", f"{_W}rt", _FALLBACK}
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_MAX_MEMBERS = 10_000
# Parsed XML takes up to twenty times its size in memory.
_MAX_XML_BYTES = 50_000_000
_MAX_PARAGRAPHS = 500_000


def extract_docx(data: bytes, options: ReadOptions) -> Extracted:
    """The text with locations such as ``paragraph 12``, ``heading 2`` and ``table 1``.

    Tracked insertions are text, deletions are not. Notes follow the body; page headers, footers
    and comments are not read.

    Raises: UnreadableError.
    """
    _check_package(data, options.max_unpacked)
    import docx

    document = docx.Document(BytesIO(data))
    headings = {s.style_id for s in document.styles if s.name and _is_heading(s.name)}
    walk = _Walk(Blocks(options.max_chars), frozenset(headings))
    walk.blocks(document.element.body)
    for kind in ("footnote", "endnote"):
        for note in _notes(document.part, kind):
            walk.add(kind, _all_text(note))
    properties = document.core_properties
    return walk.target.extracted(
        Metadata(title=usable_title(properties.title), author=usable_author(properties.author))
    )


def _check_package(data: bytes, max_unpacked: int) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise UnreadableError("no Word document: not a ZIP package") from error
    except NotImplementedError as error:  # zipfile's word for a ZIP feature that it cannot read
        raise UnreadableError("no Word document: a ZIP package of an unknown kind") from error
    # zipfile never yields more than a member's declared size, so the sum can be relied on.
    if len(members) > _MAX_MEMBERS or sum(m.file_size for m in members) > max_unpacked:
        raise UnreadableError(f"unpacks to more than {max_unpacked:,} bytes")
    xml = sum(m.file_size for m in members if m.filename.endswith((".xml", ".rels")))
    if xml > _MAX_XML_BYTES:
        raise UnreadableError(f"holds more than {_MAX_XML_BYTES:,} bytes of XML")
    if any(m.flag_bits & 1 for m in members):
        raise UnreadableError("encrypted: a password is needed")
    if "word/document.xml" not in {m.filename for m in members}:
        raise UnreadableError("no Word document: the package holds no word/document.xml")


@dataclass
class _Walk:
    """Goes through the body in document order and numbers what it finds by kind."""

    target: Blocks
    headings: frozenset[str]
    counts: dict[str, int] = field(default_factory=dict)
    seen: int = 0

    def blocks(self, parent: Element) -> None:
        for element in parent:
            if element.tag == f"{_W}p":
                self.paragraph(element)
            elif element.tag == f"{_W}tbl":
                self.add("table", "\n".join(_rows(element)))
            elif element.tag not in _NOT_TEXT:
                # Content controls and tracked insertions wrap whole paragraphs.
                self.blocks(element)

    def paragraph(self, element: Element) -> None:
        self.seen += 1
        if self.seen > _MAX_PARAGRAPHS:
            raise UnreadableError(f"more than {_MAX_PARAGRAPHS:,} paragraphs")
        style = element.find(f"{_W}pPr/{_W}pStyle")
        heading = style is not None and style.get(f"{_W}val") in self.headings
        self.add("heading" if heading else "paragraph", "".join(_runs(element)))
        for box in _boxes(element):
            self.add("text box", _all_text(box))

    def add(self, kind: str, text: str) -> None:
        if text.strip():
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.target.add(text, f"{kind} {self.counts[kind]}")


def _runs(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag not in _NOT_TEXT and child.tag not in (
            f"{_W}txbxContent",
            f"{_W}pPr",
        ):
            yield from _runs(child)


def _boxes(element: Element) -> Iterator[Element]:
    for box in element.iter(f"{_W}txbxContent"):
        if not any(parent.tag in _NOT_TEXT for parent in box.iterancestors()):
            yield box


def _rows(table: Element) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        # A row of a table within a cell is part of that cell.
        if next(row.iterancestors(f"{_W}tbl")) is table:
            cells = (" ".join(_all_text(cell).split()) for cell in _cells(row))
            yield f"| {' | '.join(cells)} |"


def _cells(row: Element) -> Iterator[Element]:
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is row:
            yield cell


def _all_text(element: Element) -> str:
    return "\n".join("".join(_runs(paragraph)) for paragraph in element.iter(f"{_W}p"))


def _notes(part: Part, kind: str) -> Iterator[Element]:
    from docx.oxml import parse_xml

    for relation in part.rels.values():
        if relation.reltype.endswith(f"/{kind}s") and not relation.is_external:
            for note in parse_xml(relation.target_part.blob).iter(f"{_W}{kind}"):
                if note.get(f"{_W}type", "normal") == "normal":
                    yield note


def _is_heading(name: str) -> bool:
    return name.lower().startswith(("heading", "title", "subtitle"))
