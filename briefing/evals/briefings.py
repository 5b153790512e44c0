"""Our own briefing files as what is judged, with what plain identity says about them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from briefing import verify
from briefing.errors import BriefingError
from briefing.evals.given import Given, canonical
from briefing.evals.statements import Citation, QuoteItem, Statement, Subject
from briefing.types import Briefing, Evidence, OpenQuestion, Outcome, Source

_SOURCE_CHECKS = frozenset({"bytes", "text", "extraction"})
_ITEM_CHECKS = frozenset({"verbatim", "compressed", "exact", "marks", "repeats"})


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
        statements=tuple(_statement(item, section, failed) for section, item in _stated(briefing)),
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


def _stated(briefing: Briefing) -> Iterable[tuple[str, Outcome | OpenQuestion]]:
    yield from (("outcomes", outcome) for outcome in briefing.outcomes)
    yield from (("open_questions", question) for question in briefing.open_questions)


def _statement(
    item: Outcome | OpenQuestion, section: str, failed: Sequence[verify.ItemCheck]
) -> Statement:
    return Statement(
        id=item.id,
        text=item.question if isinstance(item, OpenQuestion) else item.statement,
        section=section,
        citations=_citations(item.evidence),
        problems=_problems(item.id, failed),
    )


def _quotes(briefing: Briefing, failed: Sequence[verify.ItemCheck]) -> Iterable[QuoteItem]:
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
    )


def _problems(item: str, failed: Sequence[verify.ItemCheck]) -> tuple[str, ...]:
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
