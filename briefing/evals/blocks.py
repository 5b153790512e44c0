r"""Markdown as flat blocks of plain text: headings, paragraphs, items of lists, quotations.

CommonMark with tables, by markdown-it; link reference definitions are off, so that ``[1]`` and
``[^1]: a.txt`` stay text. What Markdown escapes (``\[1\]``) comes out as :data:`HIDDEN`
brackets, which are no citation; :func:`shown` makes them brackets again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from markdown_it.token import Token

Kind = Literal["heading", "paragraph", "item", "quote", "cell", "code"]

HIDDEN: Final = "\ue000\ue001"
"""Stand for an opening and a closing bracket that is no markup."""
_PLACE, _END = "\ue002", "\ue003"
_CODE: Final = "\ue004"
_RESERVED: Final = str.maketrans(dict.fromkeys(f"{HIDDEN}{_PLACE}{_END}{_CODE}", "\ufffd"))
_HIDE: Final = str.maketrans("[]", HIDDEN)
_SHOW: Final = str.maketrans(HIDDEN, "[]")
_TARGET: Final = re.compile(f"{_PLACE}([^{_END}]*){_END}")
_CODE_SPAN: Final = re.compile(f"{_CODE}([^{_CODE}]*){_CODE}")
_RAW: Final = frozenset(["fence", "code_block", "html_block"])
_NUMBER: Final = re.compile(r"\[?\^?(\d{1,3})\]?")


@dataclass(frozen=True)
class Block:
    """One block. ``number`` counts in an ordered list; ``introduces`` a list that follows.

    ``strong``: all of it is bold, as headings are that somebody made by hand.
    """

    kind: Kind
    text: str
    level: int = 0
    number: int | None = None
    introduces: bool = False
    strong: bool = False


def blocks(markdown: str) -> list[Block]:
    """The blocks of a Markdown text, in order."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table").disable(["reference", "text_join"])
    tokens = parser.parse(markdown.translate(_RESERVED))
    return list(_blocks(tokens))


def targets(text: str) -> list[str]:
    """Where links lead and what stands in code spans, in order."""
    either = re.compile(f"{_TARGET.pattern}|{_CODE_SPAN.pattern}")
    return [found[1] if found[1] is not None else found[2] for found in either.finditer(text)]


def numbered_targets(text: str) -> Iterator[tuple[int, str]]:
    """Links that are a number: ``[1](a.txt)``."""
    for found in re.finditer(rf"\[(\d{{1,3}})\]{_PLACE}([^{_END}]*){_END}", text):
        yield int(found[1]), found[2]


def plain(text: str) -> str:
    """``text`` without link targets and marks of code; hidden brackets stay hidden."""
    return _CODE_SPAN.sub(lambda found: found[1].translate(_HIDE), _TARGET.sub("", text))


def shown(text: str) -> str:
    """``text`` with its hidden brackets as brackets, white space as single spaces."""
    return " ".join(text.translate(_SHOW).split())


class _Place:
    """Where a token stream is: in which quotations and lists, and what the next text is."""

    def __init__(self) -> None:
        self._quotes = 0
        self._numbers: list[int | None] = []
        self._begins_item = False
        self.kind: Kind = "paragraph"
        self.level = 0

    @property
    def number(self) -> int | None:
        """The number of the item of an ordered list that begins here."""
        return self._numbers[-1] if self.kind == "item" else None

    def enter(self, token: Token) -> None:
        """Move past a token that opens or closes something."""
        if token.type.startswith("blockquote"):
            self._quotes += token.nesting
        elif token.type.endswith("list_open"):
            self._numbers.append(None)
        elif token.type.endswith("list_close"):
            self._numbers.pop()
        elif token.type == "list_item_open":
            self._numbers[-1] = int(token.info) if token.info.isdigit() else None
            self._begins_item = True
        elif token.type == "heading_open":
            self.kind, self.level = "heading", int(token.tag[1:])
        elif token.type in ("th_open", "td_open"):
            self.kind = "cell"
        elif token.type == "paragraph_open":
            item = self._begins_item and bool(self._numbers)
            self.level = 0
            self.kind = "quote" if self._quotes else "item" if item else "paragraph"
            self._begins_item = False


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    place = _Place()
    for at, token in enumerate(tokens):
        place.enter(token)
        if token.type == "inline":
            introduces = any(t.type.endswith("list_open") for t in tokens[at + 2 : at + 3])
            strong = _all_strong(token)
            text = _flat(token)
            yield Block(place.kind, text, place.level, place.number, introduces, strong)
        elif token.type in _RAW and not token.content.lstrip().startswith("<!--"):
            yield Block("code", token.content)


def _flat(inline: Token) -> str:
    """The text of an inline token, with targets of links and code spans marked."""
    pieces: list[str] = []
    opened: list[tuple[int, str]] = []
    for token in inline.children or ():
        match token.type:
            case "text":
                pieces.append(token.content)
            case "text_special":
                pieces.append(token.content.translate(_HIDE))
            case "code_inline":
                pieces.append(f"{_CODE}{token.content.replace(_CODE, '')}{_CODE}")
            case "softbreak" | "hardbreak":
                pieces.append("\n")
            case "link_open":
                opened.append((len(pieces), str(token.attrs.get("href", ""))))
            case "link_close":
                at, target = opened.pop()
                pieces[at:] = [_link("".join(pieces[at:]), target)]
            case _:
                pass
    return "".join(pieces)


def _link(text: str, target: str) -> str:
    number = _NUMBER.fullmatch(text)
    return f"{f'[{number[1]}]' if number else text}{_PLACE}{target}{_END}"


def _all_strong(inline: Token) -> bool:
    children = [t for t in inline.children or () if t.type != "text" or t.content.strip()]
    if not children or children[0].type != "strong_open":
        return False
    closes = [at for at, token in enumerate(children) if token.type == "strong_close"]
    return closes == [len(children) - 1]
