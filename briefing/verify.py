"""Does a briefing still say what its documents say? Hashes, offsets, quotes, citations; no model.

What is compared with what: where the original file is at hand, its bytes are hashed and its text
is extracted again; else the text in the briefing is held against its own hash. The report says
which of the two it was. Evidence that cannot be compared with any text fails.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from pydantic import computed_field

from briefing import check_items
from briefing.check_items import ItemCheck, Text, check
from briefing.contents import cited
from briefing.errors import BriefingError
from briefing.types import Briefing, Passage, Source, Value

Compared = Literal["original file", "embedded text only", "nothing: no text"]
Read = Callable[[Source], bytes | None]
Extract = Callable[[bytes, Source], str]
Split = Callable[[Source], Iterable[Passage]]


class SourceReport(Value):
    """What the text of a source was held against."""

    source_id: str
    name: str
    compared: Compared


class Report(Value):
    """The result of :func:`verify`."""

    sources: tuple[SourceReport, ...]
    checks: tuple[ItemCheck, ...]

    @computed_field  # type: ignore[prop-decorator]  # pydantic's documented form
    @property
    def ok(self) -> bool:
        """Whether every check passed."""
        return not self.failed

    @computed_field  # type: ignore[prop-decorator]
    @property
    def passed(self) -> int:
        """How many checks passed."""
        return len(self.checks) - self.failed

    @computed_field  # type: ignore[prop-decorator]
    @property
    def failed(self) -> int:
        """How many checks failed."""
        return sum(not check.passed for check in self.checks)


def _read_again(source: Source) -> bytes | None:
    from briefing.sources import read_bytes_again  # imported late: it is slow to import

    return read_bytes_again(source)


def _extract(data: bytes, source: Source) -> str:
    from briefing.sources import text_of

    return text_of(data, source)


def _split(source: Source) -> Iterable[Passage]:
    from briefing.passages import split

    return split(source)


def verify(
    briefing: Briefing,
    *,
    base: Path,
    read: Read = _read_again,
    extract: Extract = _extract,
    split: Split = _split,
) -> Report:
    """Check every source and every item of ``briefing``; relative paths start at ``base``.

    ``read``, ``extract`` and ``split`` are how documents are read: by default, as for a new
    briefing.
    """
    reports, checks = [], list(check_items.of_ids(briefing))
    texts: dict[str, Text] = {}
    for source in briefing.sources:
        text, compared, found = _source(source, base, read, extract)
        reports.append(SourceReport(source_id=source.id, name=source.name, compared=compared))
        checks += found
        if text is not None:
            texts[source.id] = Text(text, {passage.id: passage for passage in split(text)})
    known = {source.id for source in briefing.sources}
    for item, evidence in cited(briefing):
        checks += check_items.of_evidence(item, evidence, texts, known)
    checks += check_items.of_words(briefing)
    checks += check_items.of_context(briefing)
    checks += [c for quote in briefing.quotes for c in check_items.of_quote(quote, texts)]
    return Report(sources=tuple(reports), checks=tuple(checks))


def embedded_text(source: Source) -> bool:
    """Whether ``source`` has a text, and that text the recorded hash."""
    return source.text is not None and _sha256(source.text) == source.text_sha256


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _source(
    source: Source, base: Path, read: Read, extract: Extract
) -> tuple[Source | None, Compared, list[ItemCheck]]:
    """The source with its text, or None without any; what it was compared with; the checks."""
    checks = []
    data = None
    if source.path is not None:
        data = read(source.model_copy(update={"path": str(base / source.path)}))
    again = None
    if data is not None:
        same = hashlib.sha256(data).hexdigest() == source.sha256
        checks.append(check(source.id, "bytes", same, "the file has changed since"))
        if same:
            again, found = _again(data, source, extract)
            checks.append(found)
    text = source.text if source.text is not None else again
    if text is None:
        reason = "neither the original file nor its text is here to compare with"
        checks.append(check(source.id, "text", False, reason))
        return None, "nothing: no text" if data is None else "original file", checks
    same = _sha256(text) == source.text_sha256
    checks.append(check(source.id, "text", same, "the text does not have the recorded hash"))
    compared: Compared = "embedded text only" if data is None else "original file"
    return source.model_copy(update={"text": text}), compared, checks


def _again(data: bytes, source: Source, extract: Extract) -> tuple[str | None, ItemCheck]:
    """The text of ``data``, extracted anew, and whether it is the one of the briefing."""
    try:
        text = extract(data, source)
    except BriefingError as error:
        return None, check(source.id, "extraction", False, error.message)
    same = _sha256(text) == source.text_sha256
    reason = "extracting the file gives another text than it did; versions may differ"
    return text if same else None, check(source.id, "extraction", same, reason)
