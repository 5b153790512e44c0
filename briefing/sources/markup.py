"""The visible text of a page as it stands, for pages too short to have a main text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Element = Any
"""An element of lxml, which has no types."""

_NOT_SHOWN = frozenset(
    "script style template noscript head title nav aside footer form button select svg iframe "
    "object canvas".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn del em font i ins kbd mark q s samp small "
    "span strike strong sub sup time tt u var wbr".split()
)


def page_text(tree: Element) -> list[str]:
    """The texts of the block elements of ``tree``, white space as a browser shows it."""
    blocks = "".join(_pieces(tree)).split(_BREAK)
    lines = ("\n".join(" ".join(line.split()) for line in block.split(_LINE)) for block in blocks)
    return [text for line in lines if (text := line.strip())]


# Form feed and vertical tab are white space in HTML and mean nothing there.
_BREAK, _LINE = "\f", "\v"


def _pieces(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _NOT_SHOWN:
        return
    if element.tag == "br":
        yield _LINE
        return
    edge = "" if element.tag in _INLINE else _BREAK
    yield edge + ("“" if element.tag == "q" else "")
    yield _visible(element.text)
    for child in element:
        yield from _pieces(child)
        yield _visible(child.tail)
    yield ("”" if element.tag == "q" else "") + edge


def _visible(text: str | None) -> str:
    return (text or "").replace(_BREAK, " ").replace(_LINE, " ")
