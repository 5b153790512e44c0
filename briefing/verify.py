"""Does a briefing still say what its documents say? Hashes, offsets, quotes, citations; no model.

What is compared with what: where the original file is at hand, its bytes are hashed and its text
is extracted again; else the text in the briefing is held against its own hash. The report says
which of the two it was. Evidence that cannot be compared with any text fails.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import computed_field

from briefing.errors import BriefingError
from briefing.types import (
    NOT_ESTABLISHED,
    BottomLine,
    Briefing,
    Check,
    Evidence,
    OpenQuestion,
    Outcome,
    Passage,
    Quote,
    Source,
    Value,
    Wording,
)

Compared = Literal["original file", "embedded text only", "nothing: no text"]
Read = Callable[[Source], bytes | None]
Extract = Callable[[bytes, Source], str]
Split = Callable[[Source], Iterable[Passage]]

_CLOSING: Final = {"“": "”", "„": "“", "«": "»", "‘": "’", '"': '"', "'": "'", "「": "」"}


_BRACKETS = re.compile(r" \[[^\[\]]+\]")
_WORD = re.compile(r"\w+")


class ItemCheck(Check):
    """One check of one item; ``item`` is the id of an item or of a source."""

    item: str


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


@dataclass(frozen=True)
class _Text:
    """A source with the text that its evidence is compared with, and its passages by id."""

    source: Source
    passages: dict[str, Passage]


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
    reports, checks = [], list(_ids(briefing))
    texts: dict[str, _Text] = {}
    for source in briefing.sources:
        text, compared, found = _source(source, base, read, extract)
        reports.append(SourceReport(source_id=source.id, name=source.name, compared=compared))
        checks += found
        if text is not None:
            texts[source.id] = _Text(text, {passage.id: passage for passage in split(text)})
    known = {source.id for source in briefing.sources}
    for item, evidence in _cited(briefing):
        checks += _evidence(item, evidence, texts, known)
    checks += _statements(briefing)
    checks += [check for quote in briefing.quotes for check in _quote(quote, texts)]
    return Report(sources=tuple(reports), checks=tuple(checks))


def _check(item: str, name: str, passed: bool, reason: str) -> ItemCheck:
    """A check; ``reason`` is why it fails and is left out where it does not."""
    return ItemCheck(item=item, name=name, passed=passed, reason="" if passed else reason)


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
        checks.append(_check(source.id, "bytes", same, "the file has changed since"))
        if same:
            again, check = _again(data, source, extract)
            checks.append(check)
    text = source.text if source.text is not None else again
    if text is None:
        reason = "neither the original file nor its text is here to compare with"
        checks.append(_check(source.id, "text", False, reason))
        return None, "nothing: no text" if data is None else "original file", checks
    same = _sha256(text) == source.text_sha256
    checks.append(_check(source.id, "text", same, "the text does not have the recorded hash"))
    compared: Compared = "embedded text only" if data is None else "original file"
    return source.model_copy(update={"text": text}), compared, checks


def _again(data: bytes, source: Source, extract: Extract) -> tuple[str | None, ItemCheck]:
    """The text of ``data``, extracted anew, and whether it is the one of the briefing."""
    try:
        text = extract(data, source)
    except BriefingError as error:
        return None, _check(source.id, "extraction", False, error.message)
    same = _sha256(text) == source.text_sha256
    reason = "extracting the file gives another text than it did; versions may differ"
    return text if same else None, _check(source.id, "extraction", same, reason)


def _ids(briefing: Briefing) -> Iterator[ItemCheck]:
    """Ids are unique, and what refers to an id finds it."""
    items: tuple[BottomLine | Outcome | Quote | OpenQuestion, ...] = (
        *briefing.bottom_line,
        *briefing.outcomes,
        *briefing.quotes,
        *briefing.open_questions,
    )
    counts = Counter([source.id for source in briefing.sources] + [item.id for item in items])
    for name, count in counts.items():
        yield _check(name, "unique id", count == 1, f"the id stands for {count} things")
    outcomes = {outcome.id: outcome for outcome in briefing.outcomes}
    for line in briefing.bottom_line:
        outcome = outcomes.get(line.outcome_id)
        reason = f"there is no outcome {line.outcome_id!r}"
        yield _check(line.id, "outcome", outcome is not None, reason)
        if outcome is not None:
            same = (line.statement, line.evidence) == (outcome.statement, outcome.evidence)
            yield _check(line.id, "repeats", same, "it is not what its outcome says and cites")
    for item in items:
        yield _check(item.id, "cited", bool(item.evidence), "it has no evidence")


def _cited(briefing: Briefing) -> Iterator[tuple[str, Evidence]]:
    """Every piece of evidence with the id of its item."""
    statements: tuple[BottomLine | Outcome | OpenQuestion, ...] = (
        *briefing.bottom_line,
        *briefing.outcomes,
        *briefing.open_questions,
    )
    for item in statements:
        yield from ((item.id, evidence) for evidence in item.evidence)
    for quote in briefing.quotes:
        yield from ((quote.id, evidence) for evidence in (*quote.evidence, *quote.attribution))
        for wording in quote.wordings:
            yield from ((quote.id, evidence) for evidence in wording.evidence)
    for number, withheld in enumerate(briefing.withheld, 1):
        yield from ((f"withheld {number}", evidence) for evidence in withheld.evidence)


def _evidence(
    item: str, evidence: Evidence, texts: dict[str, _Text], known: set[str]
) -> Iterator[ItemCheck]:
    """The evidence is where it says, word for word, in the passage that it names."""
    source_id = evidence.source_id
    yield _check(item, "source", source_id in known, f"there is no source {source_id!r}")
    text = texts.get(source_id)
    if text is None:
        if source_id in known:
            reason = f"there is no text of {source_id} to compare with"
            yield _check(item, "evidence", False, reason)
        return
    stretch = f"{source_id}[{evidence.start}:{evidence.end}]"
    inside = 0 <= evidence.start < evidence.end <= len(text.source.body)
    yield _check(item, "offsets", inside, f"{stretch} is not a stretch of the text")
    if inside:
        same = text.source.body[evidence.start : evidence.end] == evidence.text
        yield _check(item, "evidence", same, f"the text at {stretch} reads otherwise")
    reason = f"{evidence.passage_id!r} is not the passage around {stretch}"
    yield _check(item, "passage", _in_passage(evidence, text), reason)


def _in_passage(evidence: Evidence, text: _Text) -> bool:
    """Whether the evidence begins in its passage; a quotation may go on through the next ones."""
    passage = text.passages.get(evidence.passage_id)
    return (
        passage is not None
        and passage.number == evidence.paragraph
        and passage.start <= evidence.start < passage.end
    )


def _statements(briefing: Briefing) -> Iterator[ItemCheck]:
    """A statement that claims to be verbatim is; one that claims to be shortened adds no word."""
    written: list[tuple[Outcome | OpenQuestion, str]] = []
    written += [(outcome, outcome.statement) for outcome in briefing.outcomes]
    written += [(question, question.question) for question in briefing.open_questions]
    for item, words in written:
        if item.mode == "verbatim" and item.evidence:
            same = words == item.evidence[0].text
            yield _check(item.id, "verbatim", same, "it is not the words of its evidence")
        elif item.mode == "compressed" and item.evidence:
            left = _is_what_is_left(_BRACKETS.sub("", words), item.evidence[0].text)
            reason = "without its brackets it is not what is left of its evidence"
            yield _check(item.id, "compressed", left, reason)


def _is_what_is_left(words: str, text: str) -> bool:
    """Whether ``words`` stand in ``text`` in this order, others between them or not."""
    rest = iter(_WORD.findall(text.casefold()))
    return all(word in rest for word in _WORD.findall(words.casefold()))


def _quote(quote: Quote, texts: dict[str, _Text]) -> Iterator[ItemCheck]:
    """A quote is its evidence, character by character, and its speaker is named by the source."""
    versions: tuple[Quote | Wording, ...] = (quote, *quote.wordings)
    for version in versions:
        exact = bool(version.evidence) and version.text == version.evidence[0].text
        yield _check(quote.id, "exact", exact, "it is not the words of its evidence")
        reason = "the quotation marks are part of it"
        yield _check(quote.id, "marks", not _surrounded(version.text), reason)
    if quote.speaker == NOT_ESTABLISHED:
        return
    yield _check(quote.id, "attribution", bool(quote.attribution), "nothing names the speaker")
    named = any(
        _folded(quote.speaker) in _folded(texts[evidence.source_id].source.body)
        for evidence in quote.attribution[:1]
        if evidence.source_id in texts
    )
    yield _check(quote.id, "speaker", named, f"the source does not name {quote.speaker!r}")


def _folded(text: str) -> str:
    """``text`` with every run of white space as one space: names stand across line ends."""
    return " ".join(text.split())


def _surrounded(text: str) -> bool:
    """Whether ``text`` stands in quotation marks of its own, opened first and closed last."""
    closing = _CLOSING.get(text[:1])
    return closing is not None and len(text) > 1 and text.find(closing, 1) == len(text) - 1
