"""Reads what is to be judged: a briefing file, plain JSON, or Markdown with citations.

``docs/evals-file.md`` describes the plain formats. Which of them a file is in is seen from its
content, never from its name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError, model_validator

from briefing import document
from briefing.errors import DocumentError
from briefing.evals.given import Given, canonical
from briefing.evals.library import IN_ORDER, Library
from briefing.evals.statements import Citation, QuoteItem, Statement, Subject
from briefing.types import Source, Value

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MAX_MARKDOWN = 20_000_000
"""Characters of the longest Markdown file that is read."""
_SHOWN = 3
_HINT = "docs/evals-file.md describes the format, with an example."
_Text = Annotated[str, Field(min_length=1, pattern=r"\S")]


class PlainCitation(Value):
    """A citation: of a source, one of its paragraphs, or a stretch of it, with its words."""

    source: _Text
    paragraph: int | None = Field(default=None, ge=1)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=1)
    words: str | tuple[str, ...] = ()

    @model_validator(mode="after")
    def _both_or_neither(self) -> PlainCitation:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end go together")
        return self


class PlainStatement(Value):
    """A sentence and what it cites."""

    text: _Text
    citations: tuple[PlainCitation, ...] = ()
    section: str = ""


class PlainQuote(PlainStatement):
    """A quotation without its marks."""

    speaker: str | None = None


class PlainSource(Value):
    """A source: a path beside the file, or its text. Without both the command line gives it."""

    id: _Text
    path: str | None = None
    text: _Text | None = None
    published: str | None = None
    title: str | None = None


class PlainDocument(Value):
    """The plain JSON format."""

    statements: tuple[PlainStatement, ...] = ()
    quotes: tuple[PlainQuote, ...] = ()
    sources: tuple[PlainSource, ...] = ()


def load(path: Path, given: Given | None = None) -> Subject:
    """Read the document in ``path`` and the sources that it and ``given`` name.

    Raises: DocumentError naming the file and the place; SourceError for a given source.
    """
    given = given or Given()
    text = _text(path)
    if not text.lstrip().startswith("{"):
        if len(text) > MAX_MARKDOWN:
            raise DocumentError(f"{path} is longer than {MAX_MARKDOWN:,} characters", _HINT)
        from briefing.evals import markdown

        found = markdown.read(text, path, given)
    elif _is_briefing(text, path):
        from briefing.evals.briefings import of_briefing

        found = of_briefing(document.load(path), path, given)
    else:
        found = _plain_json(text, path, given)
    return _checked(found, path)


def _checked(found: Subject, path: Path) -> Subject:
    if not found.statements and not found.quotes and found.form != "briefing":
        raise DocumentError(f"{path} holds no statement that could be judged", _HINT)
    if not found.sources and found.form != "briefing":
        why = "".join(
            f"\n  {key}: {reason}" for key, reason in list(found.missing.items())[:_SHOWN]
        )
        hint = "Give them with --source ID=FILE or --sources FOLDER."
        raise DocumentError(f"none of the sources of {path} is here{why and ':'}{why}", hint)
    return found


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "does not exist or is no file"
            raise DocumentError(f"{path} {what}", "Name a briefing, a JSON or a Markdown file.")
        if path.stat().st_size > document.MAX_BYTES:
            raise DocumentError(f"{path} is too large to be read")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path} is not UTF-8 text", "Save it as UTF-8.") from error


def _is_briefing(text: str, path: Path) -> bool:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{path} begins like JSON and is none: {error}", _HINT) from error
    return isinstance(value, dict) and "schema_version" in value


def _plain_json(text: str, path: Path, given: Given) -> Subject:
    try:
        plain = PlainDocument.model_validate_json(text)
    except ValidationError as error:
        raise _mistake(path, error.errors(include_url=False)) from error
    ids = [canonical(source.id) for source in plain.sources]
    twice = next((key for key in ids if ids.count(key) > 1), None)
    if twice is not None:
        raise DocumentError(f"{path}: two sources have the id {twice!r}", _HINT)
    library = Library(given, path.parent)
    for source in plain.sources:
        _add(library, source)
    in_order = library.take_folder()
    return Subject(
        name=path.name,
        form="json",
        statements=tuple(_statements(plain.statements, library)),
        quotes=tuple(_quotes(plain.quotes, library)),
        sources=library.in_order(),
        missing=library.missing,
        notes=(IN_ORDER,) if in_order else (),
    )


def _statements(found: Sequence[PlainStatement], library: Library) -> Iterator[Statement]:
    for number, item in enumerate(found, 1):
        cited = _cited(item, library)
        yield Statement(id=f"s{number}", text=item.text, section=item.section, citations=cited)


def _quotes(found: Sequence[PlainQuote], library: Library) -> Iterator[QuoteItem]:
    for number, item in enumerate(found, 1):
        yield QuoteItem(
            id=f"q{number}",
            text=item.text,
            section=item.section,
            speaker=item.speaker,
            citations=_cited(item, library),
        )


def _add(library: Library, source: PlainSource) -> None:
    """Put ``source`` into the library; what the JSON says of it comes before what its file says."""
    if source.text is not None:
        library.add(_of_text(source, source.text))
        return
    key = library.listed(source.id, [source.path] if source.path else [])
    said = {"published": source.published, "title": source.title}
    known = {name: value for name, value in said.items() if value is not None}
    if key in library.sources and known:
        library.sources[key] = library.sources[key].model_copy(update=known)


def _of_text(source: PlainSource, given: str) -> Source:
    from briefing.sources.language import detect
    from briefing.sources.values import one_text

    text = one_text(given)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Source(
        id=canonical(source.id),
        title=source.title,
        published=source.published,
        language=detect(text),
        sha256=digest,
        text_sha256=digest,
        text=text,
    )


def _cited(item: PlainStatement, library: Library) -> tuple[Citation, ...]:
    return tuple(
        Citation(
            label=_label(each),
            source=library.id_of(each.source),
            paragraph=each.paragraph,
            start=each.start,
            end=each.end,
            words=(each.words,) if isinstance(each.words, str) else each.words,
        )
        for each in item.citations
    )


def _label(cited: PlainCitation) -> str:
    if cited.paragraph is not None:
        return f"{cited.source} ¶{cited.paragraph}"
    return cited.source if cited.start is None else f"{cited.source}[{cited.start}:{cited.end}]"


def _mistake(path: Path, errors: list[ErrorDetails]) -> DocumentError:
    named = "; ".join(f"{_place(error)}: {_said(error)}" for error in errors[:_SHOWN])
    more = f" (and {len(errors) - _SHOWN} more)" if len(errors) > _SHOWN else ""
    return DocumentError(f"{path} is not in the plain format: {named}{more}", _HINT)


def _said(error: ErrorDetails) -> str:
    return error["msg"].removeprefix("Value error, ")


def _place(error: ErrorDetails) -> str:
    """``statements[2].citations[0].paragraph``."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"])
    return path.removeprefix(".") or "the whole"
