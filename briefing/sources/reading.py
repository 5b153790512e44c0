"""From what the user named to sources: the one place where the stages of reading meet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import OfflineError, SourceError
from briefing.sources.formats import extract, format_of_name, format_of_response, sniff
from briefing.sources.inputs import STDIN_NAME, Input, find, public_url
from briefing.sources.language import detect
from briefing.sources.mail import HEADER
from briefing.sources.metadata import first_lines, sidecar_metadata
from briefing.sources.plain import FRONT_MATTER
from briefing.sources.values import (
    Extracted,
    Metadata,
    Raw,
    Reading,
    ReadOptions,
    UnreadableError,
)
from briefing.types import LeftOut, Source

if TYPE_CHECKING:
    from briefing.sources.fetch import Fetched

Progress = Callable[[int, int], None]
"""Called with (documents done, documents found)."""

_REASONS_SHOWN = 20


def read(
    inputs: Sequence[str], options: ReadOptions | None = None, progress: Progress | None = None
) -> Reading:
    """Read files, folders, patterns, http(s) addresses and ``-`` (standard input).

    Ids are S1, S2 … in the order of ``inputs``, the files of a folder sorted by name. A document
    that cannot be used is left out with its reason and the rest goes on.

    Raises: SourceError where an input does not exist, a sidecar is wrong, or nothing could be
    read; OfflineError for an address when ``options.offline``.
    """
    options = options or ReadOptions()
    if not inputs:
        raise SourceError("no documents were given", "Name files, folders or addresses.")
    found = find(inputs)
    answers = _fetch(found, options)
    collection = _Collection(options)
    for number, item in enumerate(found):
        if progress:
            progress(number, len(found))
        if isinstance(item, LeftOut):
            collection.left_out.append(item)
        elif len(collection.sources) == options.max_sources:
            collection.refuse_rest(found[number:])
            break
        else:
            collection.add(item, answers.get(item.name))
    if progress:
        progress(len(found), len(found))
    return collection.reading()


def read_bytes_again(source: Source) -> bytes | None:
    """The original bytes of ``source`` where its path still leads to a file; never fetches."""
    if source.path is None:
        return None
    path = Path(source.path)
    try:
        return path.read_bytes() if path.is_file() else None
    except (OSError, ValueError):
        return None


def text_of(data: bytes, source: Source) -> str:
    """The text that ``data`` has under the rules by which ``source`` was read.

    Raises: SourceError naming the source where it cannot be extracted.
    """
    defaults = ReadOptions()
    # The limits under which it was read are not known here: what it had then is allowed again.
    options = defaults.model_copy(
        update={
            "max_chars": max(defaults.max_chars, len(source.text or "")),
            "max_pages": max(defaults.max_pages, len(source.locations)),
        }
    )
    try:
        return extract(data, source.format, options).text
    except UnreadableError as error:
        raise SourceError(f"{source.name}: {error.message}") from error


def _fetch(found: Sequence[Input | LeftOut], options: ReadOptions) -> dict[str, Fetched | LeftOut]:
    urls = [item.name for item in found if isinstance(item, Input) and item.kind == "url"]
    if urls and options.offline:
        raise OfflineError(
            f"{public_url(urls[0])} would have to be fetched", "Save it as a file, or go online."
        )
    if not urls:
        return {}
    # The network client is slow to import, and most readings need none.
    from briefing.sources.fetch import fetch_all

    return dict(zip(urls, fetch_all(urls[: options.max_sources], options), strict=False))


class _Collection:
    """The sources read so far, and what was left out on the way."""

    def __init__(self, options: ReadOptions) -> None:
        self.sources: list[Source] = []
        self.left_out: list[LeftOut] = []
        self._options = options
        self._by_bytes: dict[str, Source] = {}
        self._by_text: dict[str, Source] = {}

    def add(self, item: Input, answer: Fetched | LeftOut | None) -> None:
        try:
            self._add(_open(item, answer, self._options))
        except UnreadableError as error:
            self.left_out.append(LeftOut(name=_shown(item), reason=error.message))

    def refuse_rest(self, rest: Sequence[Input | LeftOut]) -> None:
        reason = f"not read: the limit is {self._options.max_sources:,} sources"
        self.left_out += [
            item if isinstance(item, LeftOut) else LeftOut(name=_shown(item), reason=reason)
            for item in rest
        ]

    def reading(self) -> Reading:
        if not self.sources:
            shown = self.left_out[:_REASONS_SHOWN]
            reasons = "\n".join(f"  {part.name}: {part.reason}" for part in shown)
            more = len(self.left_out) - len(shown)
            raise SourceError(
                f"none of the documents can be used:\n{reasons}"
                + (f"\n  and {more:,} more" if more else ""),
                "Give documents with text in them: .txt .md .html .pdf .docx .eml.",
            )
        return Reading(sources=tuple(self.sources), left_out=tuple(self.left_out))

    def _add(self, raw: Raw) -> None:
        digest = hashlib.sha256(raw.data).hexdigest()
        _refuse_duplicate(self._by_bytes.get(digest), "same content as")
        stated = sidecar_metadata(Path(raw.path)) if raw.path else Metadata()
        extracted = extract(raw.data, raw.format, self._options, raw.charset)
        text_digest = hashlib.sha256(extracted.text.encode()).hexdigest()
        _refuse_duplicate(self._by_text.get(text_digest), "same text as")
        source = Source(
            id=f"S{len(self.sources) + 1}",
            path=raw.path,
            format=raw.format,
            sha256=digest,
            text_sha256=text_digest,
            text=extracted.text,
            locations=extracted.locations,
            **_described(raw, extracted, stated),
        )
        self.sources.append(source)
        self._by_bytes[digest] = self._by_text[text_digest] = source
        self.left_out += [
            LeftOut(name=f"{raw.name}, {part.name}", reason=part.reason)
            for part in extracted.left_out
        ]


def _shown(item: Input) -> str:
    return public_url(item.name) if item.kind == "url" else item.name


def _refuse_duplicate(earlier: Source | None, how: str) -> None:
    if earlier:
        raise UnreadableError(f"{how} {earlier.id} ({earlier.name})")


def _described(raw: Raw, extracted: Extracted, stated: Metadata) -> dict[str, str | None]:
    """Metadata and language: the sidecar before the document before its first lines."""
    body = _body_start(extracted)
    known = stated.or_else(extracted.metadata)
    if raw.format != "eml":
        known = known.or_else(first_lines(extracted.text, body))
    fields = known.model_dump()
    fields["language"] = known.language or detect(extracted.text[body:])
    fields["url"] = raw.url or known.url
    return fields


def _body_start(extracted: Extracted) -> int:
    first = extracted.locations[0] if extracted.locations else None
    return first.end if first and first.label in (FRONT_MATTER, HEADER) else 0


def _open(item: Input, answer: Fetched | LeftOut | None, options: ReadOptions) -> Raw:
    if item.kind == "file":
        data = _file_bytes(Path(item.name), options.max_bytes)
        form = format_of_name(item.name) or sniff(data)
        return Raw(name=item.name, path=item.name, data=data, format=form)
    if item.kind == "stdin":
        if options.stdin is None:
            raise SourceError("nothing was given on standard input", "Pipe a document in.")
        _check_size(len(options.stdin), options.max_bytes)
        return Raw(name=STDIN_NAME, data=options.stdin, format=sniff(options.stdin))
    if isinstance(answer, LeftOut):
        raise UnreadableError(answer.reason)
    if answer is None:
        raise UnreadableError("not fetched")
    return Raw(
        name=public_url(item.name),
        url=public_url(item.name),
        data=answer.data,
        format=format_of_response(answer.content_type, answer.path, answer.data),
        charset=answer.charset,
    )


def _file_bytes(path: Path, max_bytes: int) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise UnreadableError("no regular file")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise UnreadableError("no longer there, or a broken link") from error
    except PermissionError as error:
        raise UnreadableError("no permission to read it") from error
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from error
    _check_size(len(data), max_bytes)
    return data


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise UnreadableError(f"larger than {max_bytes:,} bytes")
