"""Material from files: the sentences of documents, or the statements of briefings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from briefing import document as briefing_file
from briefing.errors import DocumentError
from briefing.evals.mutate.material import Material, prepare
from briefing.evals.mutate.values import Document
from briefing.passages import split
from briefing.sources import read
from briefing.types import Briefing, Passage, Source


def material_of(files: Sequence[str]) -> Material:
    """What the briefings (``.json``) among ``files`` state, or what the documents say.

    With several briefings, the ids of documents begin with the briefing's number.

    Raises: DocumentError for a briefing without texts, or beside documents; SourceError.
    """
    briefings = [name for name in files if name.lower().endswith(".json")]
    if not briefings:
        return _prepared([(s.id, s, split(s)) for s in read(files).sources])
    if len(briefings) < len(files):
        message = "briefing files and documents cannot be mutated together"
        raise DocumentError(message, "Give either, and the other in a run of its own.")
    sources: list[tuple[str, Source, tuple[Passage, ...]]] = []
    statements: list[tuple[str, tuple[int, ...], str]] = []
    for number, name in enumerate(briefings, start=1):
        loaded = briefing_file.load(Path(name))
        prefix = f"B{number}." if len(briefings) > 1 else ""
        for source in loaded.sources:
            if source.text is None:
                message = f"{name}: the text of {source.id} is not in this briefing"
                raise DocumentError(message, "Make it without --no-text.")
            sources.append((prefix + source.id, source, split(source)))
        statements += _stated(loaded, prefix)
    return _prepared(sources, statements)


def _prepared(
    sources: Iterable[tuple[str, Source, tuple[Passage, ...]]],
    statements: Iterable[tuple[str, tuple[int, ...], str]] | None = None,
) -> Material:
    documents, skipped = [], {}
    for name, source, passages in sources:
        if not passages:
            continue
        # subtle: a paragraph must be one line, or its number would not be its passage's.
        text = "\n\n".join(" ".join(passage.text.split()) for passage in passages)
        documents.append(Document(id=name, published=_day(source), text=text))
        skipped[name] = frozenset(p.number for p in passages if p.kind != "body")
    return prepare(documents, skipped, statements)


def _stated(briefing: Briefing, prefix: str) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Outcomes with the paragraphs that they cite in their first source."""
    for outcome in briefing.outcomes:
        source = outcome.evidence[0].source_id if outcome.evidence else ""
        numbers = {e.paragraph for e in outcome.evidence if e.source_id == source}
        if source:
            yield prefix + source, tuple(sorted(numbers)), outcome.statement


def _day(source: Source) -> date | None:
    try:
        return date.fromisoformat((source.published or "")[:10])
    except ValueError:
        return None
