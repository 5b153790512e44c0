"""HTML: main text and metadata with trafilatura, put together block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.sources.charset import declared_in_html, decode
from briefing.sources.values import Blocks, Extracted, Metadata, ReadOptions, UnreadableError

Element = Any
"""An element of lxml, which has no types."""

# Extraction takes up to 6 s for a million characters of markup; articles have a fifth of that.
_MAX_MARKUP_CHARS = 5_000_000
_BLOCKS = {"p": "paragraph", "head": "heading", "quote": "quotation", "item": "list item",
           "table": "table", "code": "code", "ab": "heading"}  # fmt: skip


def extract_html(data: bytes, options: ReadOptions, charset: str | None = None) -> Extracted:
    """The main text of a page, with locations such as ``paragraph 3`` and ``heading 1``.

    White space is as a browser shows it; ``<q>`` gets the quotation marks a browser draws.

    Raises: UnreadableError.
    """
    return extract_markup(decode(data, charset or declared_in_html(data)), options)


def extract_markup(markup: str, options: ReadOptions) -> Extracted:
    """The main text of decoded HTML.

    Raises: UnreadableError.
    """
    if len(markup) > _MAX_MARKUP_CHARS:
        raise UnreadableError(f"more than {_MAX_MARKUP_CHARS:,} characters of markup")
    if "<body" not in markup.lower():
        markup = f"<html><body>{markup}</body></html>"
    body, metadata = _main_text(markup)
    blocks = _Labelled(Blocks(options.max_chars))
    blocks.walk(body)
    return blocks.target.extracted(metadata)


def _main_text(markup: str) -> tuple[Element, Metadata]:
    import trafilatura

    document = trafilatura.bare_extraction(
        markup,
        include_comments=False,
        with_metadata=True,
        # Otherwise any date in the text may become the date of publication.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    # Only the deprecated as_dict gives a dict.
    if document is None or isinstance(document, dict) or document.body is None:
        return trafilatura.baseline(markup)[0], Metadata()
    published = document.date if document.date and _stated(markup, document.date) else None
    return document.body, Metadata(
        title=_line(document.title),
        publisher=_line(document.sitename),
        author=_line(document.author),
        published=published,
    )


def _stated(markup: str, date: str) -> bool:
    """Does the page's own metadata name this date? The library also takes dates from prose."""
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8")
    tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    stated = "//meta/@content | //time/@datetime | //script[@type='application/ld+json']/text()"
    return any(date in str(value) for value in tree.xpath(stated))


def _line(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


@dataclass
class _Labelled:
    """Adds the blocks of trafilatura's tree to ``target`` and numbers them by kind."""

    target: Blocks
    counts: dict[str, int] = field(default_factory=dict)

    def walk(self, element: Element, kind: str = "paragraph") -> None:
        self._add(kind, element.text)
        for child in element:
            # A paragraph of a quotation or a list item is labelled by that.
            inner = kind if child.tag == "p" else _BLOCKS.get(child.tag, kind)
            if child.tag == "table":
                self._add(inner, "\n".join(_rows(child)))
            elif child.tag in _BLOCKS and not _has_blocks(child):
                self._add(inner, _inline(child))
            else:
                self.walk(child, inner)
            self._add(kind, child.tail)

    def _add(self, kind: str, text: str | None) -> None:
        if text and text.strip():
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.target.add(text, f"{kind} {self.counts[kind]}")


def _has_blocks(element: Element) -> bool:
    return any(
        child.tag in ("p", "head", "list", "item", "table") for child in element.iterdescendants()
    )


def _rows(table: Element) -> Iterator[str]:
    for row in table.iter("row"):
        cells = (" ".join(_inline(cell).split()) for cell in row.iter("cell"))
        yield f"| {' | '.join(cells)} |"


def _inline(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        inside = _inline(child)
        if child.tag == "lb":
            inside = "\n"
        elif child.tag == "quote":
            inside = f"“{inside}”"
        parts += [inside, child.tail or ""]
    return "".join(parts)
