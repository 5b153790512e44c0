"""From the values of a briefing to what templates see: numbering, citations, counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from briefing import item_views as items
from briefing.citations import Citation, SourceView, Text, text
from briefing.contents import cited as cited_by
from briefing.errors import DocumentError
from briefing.item_views import Cited
from briefing.source_days import source_days
from briefing.told_by import differing
from briefing.types import Briefing, Evidence, Run, Source
from briefing.views import Contribution, Item, Left, RunView, counted

_BRIDGE: Final = 160
"""Two stretches of a passage that are this near, in characters, are shown as one."""
_MARKS: Final = re.compile('["“”„«»]')
_EXTRACTED: Final = {"html": "HTML", "pdf": "PDF", "docx": "DOCX", "eml": "mail"}


def citations_of(briefing: Briefing) -> Cited:
    """A citation for each passage that anything in ``briefing`` rests on, in order of appearance.

    Raises: DocumentError where evidence names a source that is not there.
    """
    grouped: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for _, evidence in cited_by(briefing):
        grouped[evidence.source_id, evidence.passage_id].append(evidence)
    sources = {source.id: source for source in briefing.sources}
    views = _sources(briefing)
    taken: set[str] = set()
    cited = {}
    for key, group in grouped.items():
        if key[0] not in sources:
            message = f"an item cites {key[0]!r}, which is not among the sources"
            raise DocumentError(message, "`briefing verify` says which item.")
        source = sources[key[0]]
        cited[key] = Citation(
            label=_label(group[0], taken),
            source=views[source.id],
            paragraph=group[0].paragraph,
            location=_location(source, group[0]),
            words=tuple(Text(words) for words in _words(source, group)),
        )
    return cited


def context_of(briefing: Briefing, cited: Cited) -> dict[str, object]:
    """The names that an output template may use; ``templates/README.md`` documents them."""
    sources = _sources(briefing)
    points = briefing.disagreements
    outcomes = [
        replace(
            items.outcome(each, n, cited), differs=differing(each.statement, each.evidence, points)
        )
        for n, each in enumerate(briefing.outcomes, 1)
    ]
    quotes = [items.quote(each, n, cited) for n, each in enumerate(briefing.quotes, 1)]
    questions = [items.question(q, n, cited) for n, q in enumerate(briefing.open_questions, 1)]
    by_id = {item.id: item for item in (*outcomes, *quotes, *questions)}
    return {
        "title": Text(briefing.title),
        "topic": text(briefing.topic),
        "notes": [Text(note) for note in briefing.notes],
        "bottom_line": [
            replace(items.line(b, n, cited), differs=differing(b.statement, b.evidence, points))
            for n, b in enumerate(briefing.bottom_line, 1)
        ],
        "outcomes": outcomes,
        "quotes": quotes,
        "open_questions": questions,
        "disagreements": [
            items.disagreement(d, n, cited) for n, d in enumerate(briefing.disagreements, 1)
        ],
        "timeline": [items.event(e, n, cited) for n, e in enumerate(briefing.timeline, 1)],
        "actors": [items.actor(a, n, cited) for n, a in enumerate(briefing.actors, 1)],
        "withheld": [items.withheld(each, cited) for each in briefing.withheld],
        "by_source": _contributions(briefing, sources, by_id),
        "left_out": [Left(Text(left.name), Text(left.reason)) for left in briefing.left_out],
        "sources": list(sources.values()),
        "independent": len(_origins(briefing.sources)),
        "copies": [group for group in _origins(briefing.sources).values() if len(group) > 1],
        "extracted": _extracted(briefing.sources),
        "run": _run(briefing.run),
        "counted": counted,
    }


def _label(evidence: Evidence, taken: set[str]) -> str:
    """A footnote's name: source and paragraph, made of letters, digits and hyphens only."""
    source = re.sub(r"[^A-Za-z0-9]+", "", evidence.source_id) or "S"
    label = base = f"{source}-{evidence.paragraph}"
    number = 2
    # Footnote names are the same to GitHub in upper and lower case.
    while label.lower() in taken:
        label = f"{base}-{number}"
        number += 1
    taken.add(label.lower())
    return label


def _location(source: Source, evidence: Evidence) -> Text | None:
    for location in source.locations:
        if location.start <= evidence.start < location.end:
            return text(location.label)
    return None


def _words(source: Source, group: Sequence[Evidence]) -> list[str]:
    """The stretches that ``group`` cites, in order, joined where they touch or nearly do."""
    spans = sorted({(e.start, e.end, e.text) for e in group})
    if source.text is None or any(source.text[s:e] != words for s, e, words in spans):
        return [
            words
            for start, end, words in spans
            if not any(s <= start and end <= e and (s, e) != (start, end) for s, e, _ in spans)
        ]
    merged: list[tuple[int, int]] = []
    for start, end, _ in spans:
        if merged and _near(source.text[merged[-1][1] : start]):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [source.text[start:end] for start, end in merged]


def _near(between: str) -> bool:
    """Whether two stretches with ``between`` between them read well as one, quoted."""
    return len(between) <= _BRIDGE and not _MARKS.search(between)


def _origins(sources: Iterable[Source]) -> dict[str, list[Text]]:
    """Source ids by origin."""
    groups: dict[str, list[Text]] = defaultdict(list)
    for source in sources:
        groups[source.origin or source.id].append(Text(source.id))
    return groups


def _sources(briefing: Briefing) -> dict[str, SourceView]:
    origins = _origins(briefing.sources)
    damaged = {each.source_id for each in briefing.summaries if each.note}
    days = source_days(briefing.sources)
    return {
        source.id: SourceView(
            id=Text(source.id),
            title=text(source.title) or Text(source.name),
            titled=text(source.title) is not None,
            publisher=text(source.publisher),
            author=text(source.author),
            published=text(source.published or days[source.id].words),
            place=Text(source.name),
            format=source.format,
            language=Text(source.language),
            sha256=source.sha256,
            copies=tuple(i for i in origins[source.origin or source.id] if i != source.id),
            damaged=source.id in damaged,
            day=days[source.id],
            genre=source.genre,
        )
        for source in briefing.sources
    }


def _extracted(sources: Iterable[Source]) -> list[tuple[Text, str]]:
    """Sources whose text was extracted from another format, with that format's name."""
    return [(Text(s.id), _EXTRACTED[s.format]) for s in sources if s.format in _EXTRACTED]


def _contributions(
    briefing: Briefing, sources: Mapping[str, SourceView], by_id: Mapping[Text, Item]
) -> list[Contribution]:
    def found(ids: Iterable[str]) -> tuple[Item, ...]:
        return tuple(by_id[Text(i)] for i in ids if i in by_id)

    return [
        Contribution(
            source=sources[summary.source_id],
            outcomes=found(summary.outcomes),
            quotes=found(summary.quotes),
            open_questions=found(summary.open_questions),
            passages=summary.passages,
            passages_read=summary.passages_read,
            note=text(summary.note),
        )
        for summary in briefing.summaries
        if summary.source_id in sources
    ]


def _run(run: Run) -> RunView:
    def shown(values: Mapping[str, object]) -> dict[str, Text]:
        return {key: Text(value) for key, value in values.items()}

    return RunView(
        briefing_version=Text(run.briefing_version),
        model=Text(run.model.get("name") or "not recorded"),
        model_sha256=str(run.model.get("sha256") or ""),
        seed=run.seed,
        prompts=shown(run.prompts),
        settings=shown(run.settings),
        versions=shown(run.versions),
    )
