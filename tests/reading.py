"""What a reader of HTML sees: visible words, tags and where links lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import markdown


@dataclass
class Seen:
    """Words with single spaces, the set of tags, targets of links, and ids."""

    text: str
    tags: set[str]
    links: list[str]
    ids: set[str]


@dataclass
class _Reader(HTMLParser):
    words: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        self.links += [given[name] or "" for name in ("href", "src") if name in given]
        self.ids.add(given.get("id") or "")


def see(html: str) -> Seen:
    """Read ``html`` as a browser would."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = " ".join("".join(reader.words).split())
    return Seen(text, reader.tags, reader.links, reader.ids)


def see_markdown(text: str) -> Seen:
    """Read Markdown as the ``markdown`` package shows it, with nothing sanitised."""
    return see(markdown.markdown(text, extensions=["footnotes", "sane_lists"]))
