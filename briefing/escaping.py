"""Text from documents, written so that Markdown shows it as the text it is.

The result reads the same as plain text as far as that is possible, and comes out as exactly the
text in GitHub's Markdown, in Pandoc's and in the ``markdown`` package: no HTML, link, image,
heading, list, table, footnote, formula or mention can be made by a document. Line breaks and tabs
become single spaces (a field is one line); control characters and those that turn the direction of
writing become U+FFFD, so that they are seen.

Where a backslash is not understood by all three, a character reference is used.
"""

from __future__ import annotations

import re
from typing import Final

_BREAKS: Final = re.compile(r" *[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+[\s\x1c-\x1f]*")
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_NOTHING: Final = "<!-- -->"
"""Shows as nothing and ends a word: GitHub links addresses and names even where characters are
written as references."""

_INLINE: Final = re.compile(
    r"""
      (?P<backslash> [\\`*{] )
    | (?P<under>     (?<!\w) _++ | _++ (?!\w) )
    | (?P<editor>    \[ [^\W\d_] (?: [^\W_] | [\x20,'’-] | \.(?=[\x20\]]) )+ \] (?= [\x20.,;?] ) )
    | (?P<hour>      \[ \d\d? [:.h] \d\d (?: \x20? [ap] \.? m \.? )? \] (?= [\x20.,;?!] ) )
    | (?P<bracket>   [\[\]] )
    | (?P<less>      < (?!\x20) )
    | (?P<entity>    & (?= [\#\w]+ ; ) )
    | (?P<tilde>     (?<=[^\s(]) ~ | ~ (?!\d) )
    | (?P<caret>     \^ )
    | (?P<dollar>    \$ (?!\d) )
    | (?P<scheme>    (?<= [a-zA-Z] ) : (?= // ) )
    | (?P<www>       (?<= www ) \. )
    | (?P<emoji>     : (?= [a-z+-][a-z0-9_+-]* : ) )
    | (?P<at>        @ )
    | (?P<hashes>    \#+ \s* \Z )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_START: Final = re.compile(
    r"""
      (?P<backslash> [>#] | [+-] (?= [+\x20-] | \Z ) )
    | (?P<reference> [|=:] | % (?= \s ) )
    | (?P<marker>    \(? (?: \d+ | [A-Z] (?=\)|.\x20\x20) | [a-z] | [ivxlcdm]+ | [IVXLCDM]{2,} )
                     (?= [.)] (?: \s | \Z ) ) )
    """,
    re.VERBOSE,
)

_CODE_UNSAFE: Final = re.compile(r"[`<>\\]|^\s|\s$|^$")


def fold(text: str) -> str:
    """``text`` on one line, without characters that are not shown: what a reader is to see."""
    return _CONTROLS.sub("\ufffd", _BREAKS.sub(" ", text))


def escape(text: str) -> str:
    """``text`` as Markdown that shows it, for any place inside a line or at its beginning.

    Of the spaces around it one is kept on each side: more would mean something to Markdown.
    """
    folded = fold(text)
    inner = folded.strip(" ")
    before, after = " " * folded.startswith(" "), " " * (folded.endswith(" ") and bool(inner))
    start = _START.match(inner)
    head, rest = _begun(start, inner) if start else ("", inner)
    return before + head + _INLINE.sub(_written, rest) + after


def escape_cell(text: str) -> str:
    """``text`` as Markdown for a cell of a table, where a bar would end the cell."""
    return escape(text).replace("|", "&#124;")


def code(text: str) -> str:
    """``text`` as a code span where that shows it exactly, else escaped: for paths and addresses.

    In a code span nothing is linked and nothing needs a backslash.
    """
    folded = fold(text).strip(" ")
    return escape(text) if _CODE_UNSAFE.search(folded) else f"`{folded}`"


def _reference(character: str) -> str:
    return f"&#{ord(character)};"


def _begun(start: re.Match[str], text: str) -> tuple[str, str]:
    """What would begin a block, disarmed, and the rest of ``text``."""
    mark = start.group()
    match start.lastgroup:
        case "backslash":
            return f"\\{mark}", text[start.end() :]
        case "reference":
            return _reference(mark), text[start.end() :]
        case _:
            delimiter = text[start.end()]
            return f"{mark}\\{delimiter}", text[start.end() + 1 :]


def _written(match: re.Match[str]) -> str:
    found = match.group()
    match match.lastgroup:
        case "editor" | "hour" | None:
            return found
        case "under":
            return "\\_" * len(found)
        case "less":
            return "&lt;"
        case "entity":
            return "&amp;"
        case "at":
            return f"@{_NOTHING}"
        case "emoji":
            return f":{_NOTHING}"
        case "tilde" | "caret" | "dollar" | "scheme":
            return _reference(found)
        case "hashes":
            return found.replace("#", "\\#")
        case _:
            return f"\\{found}"
