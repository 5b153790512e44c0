"""Any Markdown with citations, read as statements and quotes; our own templates' output as well.

Statements are sentences of paragraphs and list items; a block that is a quotation with or without
a speaker is a quote. ``docs/evals-file.md`` is the format as users know it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from briefing.evals import citing
from briefing.evals.blocks import Block, blocks, numbered_targets, plain, shown, targets
from briefing.evals.given import Given
from briefing.evals.library import IN_ORDER, Library
from briefing.evals.remarks import without_remarks
from briefing.evals.statements import Citation, QuoteItem, Statement, Subject
from briefing.extract.lexicon import words
from briefing.sentences import sentences

_LISTS: Final = frozenset(
    ["sources", "references", "bibliography", "works cited", "citations", "footnotes"]
)
_OURS: Final = frozenset(["bottom line", "how this briefing was made"])
"""A document with these headings was written by one of our templates."""
_ABOUT: Final = frozenset(["by source", "what was left out", "how this briefing was made"])
_WITHHELD: Final = "withheld"
_NOTHING: Final = re.compile(
    r"No bottom line: |No (?:outcome|quote) passed the checks\.$|No source says, in words that pass"
    r" |Nothing was withheld\.$|No document "
)
_NOTE: Final = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*", re.MULTILINE)
_ENTRY: Final = re.compile(
    r"^\s*(?:\[(\d{1,3})\]:?|(S\d{1,4})\s*[:.)]|(\d{1,3})[:.)])\s+", re.MULTILINE
)
_MARKED: Final = r"[“\"„«](?P<words>.+)[”\"“»][.,]?"
_QUOTE: Final = (
    re.compile(rf"{_MARKED}\s*(?:[—–]|\s--?)\s*(?P<speaker>[^“”\"„«»]{{1,160}})", re.DOTALL),
    re.compile(rf"(?P<speaker>[^“”\"„«»:]{{1,80}}):\s*{_MARKED}", re.DOTALL),
    re.compile(rf"(?P<speaker>)(?:Also reported as )?{_MARKED}", re.DOTALL),
)
_BETWEEN: Final = re.compile(r"[”\"»]\s*\[…\]\s*[“\"«]")
"""Between the parts of one quotation that its source interrupts."""
_BLOCK_QUOTE: Final = re.compile(
    r"(?P<words>.+?)\s*[—–]\s*(?P<speaker>[^“”\"—–]{1,160})", re.DOTALL
)


def read(text: str, path: Path, given: Given) -> Subject:
    """Read the Markdown ``text`` of ``path``, with the sources that it and ``given`` name.

    Raises: SourceError for a given source that cannot be read.
    """
    return _Reader(blocks(text), path, given).subject()


class _Reader:
    """One run over one document."""

    def __init__(self, found: Sequence[Block], path: Path, given: Given) -> None:
        self._path = path
        self._blocks = found
        headings = {shown(plain(b.text)).casefold() for b in found if b.kind == "heading"}
        self._ours = headings >= _OURS
        self._notes: dict[str, Citation] = {}
        self._library = Library(given, path.parent)
        self._passed_over: Counter[str] = Counter()
        self._withheld: list[str] = []
        self._statements: list[Statement] = []
        self._quotes: list[QuoteItem] = []
        self._in_order = self._find_sources()

    def subject(self) -> Subject:
        """The document as values."""
        for section, block in self._with_sections():
            self._block(section, block)
        library = self._library
        return Subject(
            name=self._path.name,
            form="markdown",
            statements=tuple(self._statements),
            quotes=tuple(self._quotes),
            sources=library.in_order(),
            missing=library.missing,
            withheld=tuple(self._withheld) if self._ours else None,
            notes=tuple(self._remarks()),
        )

    def _remarks(self) -> Iterator[str]:
        if self._in_order:
            yield IN_ORDER
        for what, count in self._passed_over.items():
            yield f"Not judged: {what} ({count})."

    def _find_sources(self) -> bool:
        for section, block in self._with_sections():
            if block.kind in ("heading", "code") or _NOTE.match(block.text):
                continue
            if section.casefold() in _LISTS:
                self._entries(block)
        for block in self._blocks:
            for number, target in numbered_targets(block.text):
                if self._library.id_of(str(number)) not in self._library.names:
                    self._library.listed(str(number), [target])
        in_order = self._library.take_folder()
        for block in self._blocks:
            for name, text in _notes(block.text):
                self._notes[name] = self._note(name, text)
        return in_order

    def _entries(self, block: Block) -> None:
        """One source of a list, or one a line."""
        lines = _cut(_ENTRY, block.text) if block.number is None else []
        if not lines and block.number is not None:
            self._library.listed(str(block.number), _places(block.text))
        for found, text in lines:
            self._library.listed(next(filter(None, found.groups())), _places(text))

    def _note(self, name: str, text: str) -> Citation:
        head, paragraph, evidence = citing.of_note(text)
        source = self._library.noted(name, _places(head))
        quoted = tuple(shown(plain(each)) for each in evidence)
        return Citation(label=f"[^{name}]", source=source, paragraph=paragraph, words=quoted)

    def _with_sections(self) -> Iterator[tuple[str, Block]]:
        """Each block with the heading above it; the preface of ours stands under ``preface``."""
        section, named = "", False
        for block in self._blocks:
            hand_made = block.strong and block.kind == "paragraph" and len(block.text.split()) < 13
            if block.kind == "heading" or (hand_made and block.text[-1:] not in ".!?"):
                named = named or block.level > 1
                section = shown(plain(block.text)).strip(": ") if block.level != 1 else ""
            elif self._ours and not named:
                yield "preface", block
            else:
                yield section, block

    def _block(self, section: str, block: Block) -> None:
        folded = section.casefold()
        about = self._ours and (folded in _ABOUT or folded == "preface")
        if folded in _LISTS or _NOTE.match(block.text):
            return
        if block.kind in ("cell", "code"):
            kind = "cells of tables" if block.kind == "cell" else "blocks of code or HTML"
            self._passed_over[kind] += 1
        elif about:
            self._passed_over["parts that are about the document itself"] += 1
        elif self._ours and folded == _WITHHELD:
            self._withhold(block)
        elif block.introduces and block.text.rstrip().endswith(":"):
            self._passed_over["lines that introduce a list"] += 1
        elif not (self._ours and _NOTHING.match(shown(plain(block.text)))):
            self._judged(section, block)

    def _withhold(self, block: Block) -> None:
        text, _ = self._without_citations(_line(block))
        if not _NOTHING.match(text) and not text.startswith("… and "):
            self._withheld.append(shown(text))

    def _judged(self, section: str, block: Block) -> None:
        text, cited = self._without_citations(_line(block))
        every = tuple(citation for _, citation in cited)
        quotes = _quoted(text, cited, block)
        for quote in quotes:
            item = f"q{len(self._quotes) + 1}"
            self._quotes.append(
                quote.model_copy(update={"id": item, "section": section, "citations": every})
            )
        if quotes:
            return
        text, cited = without_remarks(text, cited)
        # An item of ours is one statement, also where it needs a second sentence.
        one = [(shown(text), tuple(citation for _, citation in cited))]
        for said, citations in one if self._ours else _sentences(text, cited):
            item = f"s{len(self._statements) + 1}"
            self._statements.append(
                Statement(id=item, text=said, section=section, citations=citations)
            )

    def _without_citations(self, text: str) -> tuple[str, list[tuple[int, Citation]]]:
        """``text`` without its citations, and each with the offset where it stood."""
        pieces: list[str] = []
        cited: list[tuple[int, Citation]] = []
        last = length = 0
        for found in citing.MARK.finditer(text):
            here = self._cited(found)
            if here is None:
                continue
            pieces.append(text[last : found.start()])
            length += len(pieces[-1])
            last = found.end()
            cited += [(length, citation) for citation in here]
        return "".join((*pieces, text[last:])), cited

    def _cited(self, found: re.Match[str]) -> list[Citation] | None:
        if found["foot"] is None:
            here = citing.of_brackets(found, self._library.names)
            return here and [
                c.model_copy(update={"source": self._library.id_of(c.source)}) for c in here
            ]
        known = self._notes.get(found["foot"])
        label = f"[^{found['foot']}]"
        return [known or Citation(label=label, source=self._library.id_of(found["foot"]))]


def _line(block: Block) -> str:
    """The text of a block without markup, and without the runs of spaces that are slow to match."""
    return " ".join(plain(block.text).split())


def _cut(pattern: re.Pattern[str], text: str) -> list[tuple[re.Match[str], str]]:
    """Stretches of ``text`` that begin with ``pattern``, each without it."""
    found = list(pattern.finditer(text))
    starts = [*(match.start() for match in found), len(text)]
    return [(match, text[match.end() : starts[at + 1]]) for at, match in enumerate(found)]


def _notes(text: str) -> Iterator[tuple[str, str]]:
    """Definitions of footnotes in a block: name and text."""
    if _NOTE.match(text):
        for found, definition in _cut(_NOTE, text):
            yield found[1], definition


def _places(text: str) -> list[str]:
    """What may name the file in an entry of a list: links and code first, then its parts."""
    whole = shown(plain(text))
    parts = [part.strip(" .;:“”\"'()<>") for part in whole.split(", ")]
    return list(dict.fromkeys(filter(None, [*targets(text), whole, *parts, *whole.split()[:1]])))


def _quoted(text: str, cited: Sequence[tuple[int, Citation]], block: Block) -> list[QuoteItem]:
    """The quote, where the whole block is one, as yet without id and citations; each of its parts.

    Parts are what “one part” […] “another” has.
    """
    ends = [at for at, _ in cited if at]
    for whole in dict.fromkeys((text[: min(ends, default=len(text))], text)):
        for pattern in (*_QUOTE, *([_BLOCK_QUOTE] if block.kind == "quote" else [])):
            found = pattern.fullmatch(whole.strip())
            if found and _fits(pattern, found):
                speaker = shown(found["speaker"]).strip(" .,").removeprefix("speaker ") or None
                variant = whole.lstrip().startswith("Also reported as ")
                parts = map(shown, _BETWEEN.split(found["words"]))
                return [
                    QuoteItem(id="", text=part, speaker=speaker, variant=variant) for part in parts
                ]
    return []


def _fits(pattern: re.Pattern[str], found: re.Match[str]) -> bool:
    """Whether it is one quotation and, before a colon, a name: “Valk said:” makes a sentence."""
    for part in _BETWEEN.split(found["words"]):
        depth = 1
        for mark in re.findall(r"[“”«»\"]", part):
            depth += 1 if mark in "“«" else -1
            if not depth:
                return False
    if pattern is not _QUOTE[1]:
        return True
    return all(w[:1].isupper() or w in words("particles") for w in found["speaker"].split())


def _sentences(
    text: str, cited: Sequence[tuple[int, Citation]]
) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """Sentences, each with the citations inside it or behind it."""
    found = sentences(text)
    for number, sentence in enumerate(found):
        begin = sentence.start if number else -1
        after = found[number + 1].start if number + 1 < len(found) else len(text)
        # subtle: without its space a mark ("one. [1]Two") is where the next sentence begins.
        here = tuple(citation for at, citation in cited if begin < at <= after)
        yield shown(sentence.text), here
