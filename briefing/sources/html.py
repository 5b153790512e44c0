"""HTML: main text and metadata with trafilatura, put together block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.sources.charset import declared_in_html, decode
from briefing.sources.markup import page_text
from briefing.sources.values import Blocks, Extracted, Metadata, ReadOptions, UnreadableError

Element = Any
"""An element of lxml, which has no types."""

# Extraction takes up to 6 s for a million characters of markup or 10 s for 100,000 tags; long
# articles have a tenth of that.
_MAX_MARKUP_CHARS = 5_000_000
_MAX_TAGS = 200_000
# Shorter than this, trafilatura itself does not trust what it found.
_SHORT_TEXT = 250
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
    if len(markup) > _MAX_MARKUP_CHARS or markup.count("<") > _MAX_TAGS:
        raise UnreadableError("more markup than any article has")
    if "<body" not in markup.lower():
        markup = f"<html><body>{markup}</body></html>"
    body, metadata = _main_text(markup)
    found = Blocks(options.max_chars)
    if body is not None:
        _Labelled(found).walk(body)
    if found.length < _SHORT_TEXT:
        # Too little to be told from its surroundings: everything that is not navigation.
        whole = Blocks(options.max_chars)
        for number, text in enumerate(page_text(_parsed(markup)), 1):
            whole.add(text, f"paragraph {number}")
        found = whole if whole.length > found.length else found
    return found.extracted(metadata)


def _main_text(markup: str) -> tuple[Element, Metadata]:
    import trafilatura
    from trafilatura.settings import use_config

    config = use_config()
    # Its fallback for short texts breaks lines at inline elements; ours does not.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    document = trafilatura.bare_extraction(
        markup,
        include_comments=False,
        with_metadata=True,
        config=config,
        # Otherwise any date in the text may become the date of publication.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    # Only the deprecated as_dict gives a dict.
    if document is None or isinstance(document, dict):
        return None, Metadata()
    published = document.date if document.date and _stated(markup, document.date) else None
    return document.body, Metadata(
        title=_line(document.title),
        publisher=_line(document.sitename),
        author=_line(document.author),
        published=published,
    )


def _stated(markup: str, date: str) -> bool:
    """Does the page's own metadata name this date? The library also takes dates from prose."""
    tree = _parsed(markup)
    stated = "//meta/@content | //time/@datetime | //script[@type='application/ld+json']/text()"
    return any(date in str(value) for value in tree.xpath(stated))


def _parsed(markup: str) -> Element:
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8")
    return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)


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
