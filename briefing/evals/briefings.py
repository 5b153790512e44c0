"""Our own briefing files as what is judged, with what plain identity says about them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from briefing import verify
from briefing.check_items import ItemCheck
from briefing.errors import BriefingError
from briefing.evals.given import Given, canonical
from briefing.evals.statements import Citation, QuoteItem, Statement, Subject
from briefing.types import Briefing, Evidence, Source

_SOURCE_CHECKS = frozenset({"bytes", "text", "extraction"})
_ITEM_CHECKS = frozenset({"verbatim", "compressed", "exact", "marks", "continued", "repeats"})


def of_briefing(briefing: Briefing, path: Path, given: Given) -> Subject:
    """What ``briefing``, read from ``path``, states; the bottom line repeats and is not asked.

    Original files are read where the command line gave them (found by their hash) or where they
    lie in the folder of ``path``; else the texts in the briefing are held against their hashes.
    """
    originals = _Originals(path.parent, given)
    report = verify.verify(briefing, base=Path(), read=originals.read)
    failed = [check for check in report.checks if not check.passed]
    sources = [originals.with_text(source) for source in briefing.sources]
    return Subject(
        name=path.name,
        form="briefing",
        statements=tuple(_statement(each, failed) for each in _stated(briefing)),
        quotes=tuple(_quotes(briefing, failed)),
        sources=tuple(source for source in sources if source.text is not None),
        missing={s.id: f"the text of {s.name} is not here" for s in sources if s.text is None},
        broken={
            check.item: check.reason
            for check in failed
            if check.name in _SOURCE_CHECKS and check.item in {s.id for s in sources}
        },
        withheld=tuple(item.text for item in briefing.withheld),
        notes=tuple(_notes(report)),
    )


class _Originals:
    """The files of a briefing's sources, as far as they may be read."""

    def __init__(self, home: Path, given: Given) -> None:
        self._home = home.resolve()
        self._given = given
        self._by_hash: dict[str, Path] | None = None

    def read(self, source: Source) -> bytes | None:
        """The bytes of the original; None where it is not here or may not be read."""
        named = self._given.named.get(canonical(source.id))
        path = named or self._hashes().get(source.sha256) or self._beside(source)
        return _bytes(path) if path else None

    def with_text(self, source: Source) -> Source:
        """``source`` with its text: the briefing's, else of the original if it is the same."""
        data = None if source.text is not None else self.read(source)
        if data is None or hashlib.sha256(data).hexdigest() != source.sha256:
            return source
        from briefing.sources import text_of

        try:
            return source.model_copy(update={"text": text_of(data, source)})
        except BriefingError:
            return source

    def _hashes(self) -> dict[str, Path]:
        if self._by_hash is None:
            self._by_hash = {
                hashlib.sha256(data).hexdigest(): path
                for path in self._given.files
                if (data := _bytes(path)) is not None
            }
        return self._by_hash

    def _beside(self, source: Source) -> Path | None:
        try:
            path = (self._home / (source.path or "")).resolve()
            inside = path.is_relative_to(self._home) and path.is_file()
        except (OSError, ValueError):
            return None
        return path if inside else None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


class _Stated(NamedTuple):
    """A sentence of a briefing; ``item`` is what its checks are told of."""

    section: str
    id: str
    item: str
    text: str
    evidence: tuple[Evidence, ...]


def _stated(briefing: Briefing) -> Iterator[_Stated]:
    """All that is stated, what is repeated with the same evidence once."""
    told = set()
    for each in _sentences(briefing):
        key = (each.text, each.evidence)
        if key not in told:
            yield each
        told.add(key)


def _sentences(briefing: Briefing) -> Iterator[_Stated]:
    for outcome in briefing.outcomes:
        yield _Stated("outcomes", outcome.id, outcome.id, outcome.statement, outcome.evidence)
    for asked in briefing.open_questions:
        yield _Stated("open_questions", asked.id, asked.id, asked.question, asked.evidence)
    for point in briefing.disagreements:
        for number, side in enumerate(point.sides, 1):
            name = f"{point.id}-{number}"
            yield _Stated("disagreements", name, point.id, side.statement, side.evidence)
    for event in briefing.timeline:
        yield _Stated("timeline", event.id, event.id, event.statement, event.evidence)


def _statement(stated: _Stated, failed: Sequence[ItemCheck]) -> Statement:
    return Statement(
        id=stated.id,
        text=stated.text,
        section=stated.section,
        citations=_citations(stated.evidence),
        problems=_problems(stated.item, failed),
    )


def _quotes(briefing: Briefing, failed: Sequence[ItemCheck]) -> Iterable[QuoteItem]:
    for quote in briefing.quotes:
        yield QuoteItem(
            id=quote.id,
            text=quote.text,
            speaker=quote.speaker,
            section="quotes",
            citations=_citations((*quote.evidence, *quote.attribution)),
            problems=_problems(quote.id, failed),
        )
        for number, wording in enumerate(quote.wordings, 1):
            yield QuoteItem(
                id=f"{quote.id}-{number}",
                text=wording.text,
                section="quotes",
                citations=_citations(wording.evidence),
                variant=True,
            )


def _citations(evidence: Iterable[Evidence]) -> tuple[Citation, ...]:
    return tuple(
        Citation(
            label=f"{each.source_id} ¶{each.paragraph}",
            source=each.source_id,
            paragraph=each.paragraph,
            start=each.start,
            end=each.end,
            words=(each.text,),
            passage_id=each.passage_id,
        )
        for each in evidence
        if each.role != "related"
    )


def _problems(item: str, failed: Sequence[ItemCheck]) -> tuple[str, ...]:
    return tuple(
        f"{check.name}: {check.reason}"
        for check in failed
        if check.item == item and check.name in _ITEM_CHECKS
    )


def _notes(report: verify.Report) -> Iterable[str]:
    embedded = [s.source_id for s in report.sources if s.compared == "embedded text only"]
    if embedded:
        shown = ", ".join(embedded[:10]) + (" …" if len(embedded) > 10 else "")
        yield f"Compared with the text inside the briefing only, the original is not here: {shown}."
