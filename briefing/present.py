"""From the values of a briefing to what templates see: numbering, citations, counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from briefing.errors import DocumentError
from briefing.types import (
    NOT_ESTABLISHED,
    BottomLine,
    Briefing,
    Evidence,
    OpenQuestion,
    Outcome,
    Quote,
    Run,
    Source,
    Withheld,
    Wording,
)
from briefing.views import (
    Citation,
    Contribution,
    Item,
    Left,
    QuoteView,
    RunView,
    SourceView,
    Text,
    WithheldView,
    counted,
    text,
)

Cited = Mapping[tuple[str, str], Citation]
"""Citations by (source id, passage id)."""

_BRIDGE: Final = 160
"""Two stretches of a passage that are this near, in characters, are shown as one."""
_MARKS: Final = re.compile('["“”„«»]')
_SECTIONS: Final = {
    "bottom_line": "Bottom line",
    "outcomes": "Key outcome",
    "quotes": "Quote",
    "open_questions": "Open question",
}
_EXTRACTED: Final = {"html": "HTML", "pdf": "PDF", "docx": "DOCX", "eml": "mail"}


def citations_of(briefing: Briefing) -> Cited:
    """A citation for each passage that anything in ``briefing`` rests on, in order of appearance.

    Raises: DocumentError where evidence names a source that is not there.
    """
    grouped: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for evidence in _all_evidence(briefing):
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
    outcomes = _statements(briefing.outcomes, cited)
    quotes = _quotes(briefing.quotes, cited)
    questions = _statements(briefing.open_questions, cited)
    by_id = {item.id: item for item in (*outcomes, *quotes, *questions)}
    return {
        "title": Text(briefing.title),
        "topic": text(briefing.topic),
        "notes": [Text(note) for note in briefing.notes],
        "bottom_line": _statements(briefing.bottom_line, cited),
        "outcomes": outcomes,
        "quotes": quotes,
        "open_questions": questions,
        "withheld": [_withheld(item, cited) for item in briefing.withheld],
        "by_source": _contributions(briefing, sources, by_id),
        "left_out": [Left(Text(left.name), Text(left.reason)) for left in briefing.left_out],
        "sources": list(sources.values()),
        "independent": len(_origins(briefing.sources)),
        "copies": [group for group in _origins(briefing.sources).values() if len(group) > 1],
        "extracted": _extracted(briefing.sources),
        "run": _run(briefing.run),
        "counted": counted,
    }


def _all_evidence(briefing: Briefing) -> Iterable[Evidence]:
    """Evidence in the order in which a reader meets it."""
    for line in briefing.bottom_line:
        yield from line.evidence
    for outcome in briefing.outcomes:
        yield from outcome.evidence
    for quote in briefing.quotes:
        yield from (*quote.evidence, *quote.attribution)
        for wording in quote.wordings:
            yield from wording.evidence
    for question in briefing.open_questions:
        yield from question.evidence
    for withheld in briefing.withheld:
        yield from withheld.evidence


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


def _cited(evidence: Iterable[Evidence], cited: Cited) -> tuple[Citation, ...]:
    """The citations of ``evidence``, each passage once."""
    keys = dict.fromkeys((e.source_id, e.passage_id) for e in evidence)
    return tuple(cited[key] for key in keys)


def _counts(evidence: Sequence[Evidence]) -> tuple[int, int]:
    """How many sources, and how many independent texts."""
    return len({e.source_id for e in evidence}), len({e.origin or e.source_id for e in evidence})


def _by_role(evidence: Iterable[Evidence], role: str) -> list[Evidence]:
    return [each for each in evidence if each.role == role]


def _statements(items: Sequence[BottomLine | Outcome | OpenQuestion], cited: Cited) -> list[Item]:
    views = []
    for number, item in enumerate(items, 1):
        sources, independent = _counts(item.evidence)
        views.append(
            Item(
                id=Text(item.id),
                number=number,
                text=Text(item.question if isinstance(item, OpenQuestion) else item.statement),
                citations=(support := _cited(_by_role(item.evidence, "support"), cited)),
                naming=tuple(
                    citation
                    for citation in _cited(_by_role(item.evidence, "name"), cited)
                    if citation not in support
                ),
                sources=sources,
                independent=independent,
                mode="verbatim" if isinstance(item, BottomLine) else item.mode,
                verdict="supported" if isinstance(item, BottomLine) else item.verdict,
            )
        )
    return views


def _quotes(quotes: Sequence[Quote], cited: Cited) -> list[QuoteView]:
    views = []
    for number, quote in enumerate(quotes, 1):
        sources, independent = _counts(quote.evidence)
        views.append(
            QuoteView(
                id=Text(quote.id),
                number=number,
                text=Text(quote.text),
                citations=_cited((*quote.evidence, *quote.attribution), cited),
                sources=sources,
                independent=independent,
                speaker=None if quote.speaker == NOT_ESTABLISHED else text(quote.speaker),
                wordings=tuple(_wording(wording, cited) for wording in quote.wordings),
                note=text(quote.note),
            )
        )
    return views


def _wording(wording: Wording, cited: Cited) -> QuoteView:
    return QuoteView(Text(""), 0, Text(wording.text), _cited(wording.evidence, cited))


def _withheld(item: Withheld, cited: Cited) -> WithheldView:
    section = _SECTIONS[item.section]
    return WithheldView(section, Text(item.text), Text(item.reason), _cited(item.evidence, cited))


def _origins(sources: Iterable[Source]) -> dict[str, list[Text]]:
    """Source ids by origin."""
    groups: dict[str, list[Text]] = defaultdict(list)
    for source in sources:
        groups[source.origin or source.id].append(Text(source.id))
    return groups


def _sources(briefing: Briefing) -> dict[str, SourceView]:
    origins = _origins(briefing.sources)
    return {
        source.id: SourceView(
            id=Text(source.id),
            title=text(source.title) or Text(source.name),
            titled=text(source.title) is not None,
            publisher=text(source.publisher),
            author=text(source.author),
            published=text(source.published),
            place=Text(source.name),
            format=source.format,
            language=Text(source.language),
            sha256=source.sha256,
            copies=tuple(i for i in origins[source.origin or source.id] if i != source.id),
        )
        for source in briefing.sources
    }


def _extracted(sources: Iterable[Source]) -> list[tuple[Text, str]]:
    """Sources whose text was extracted from another format, with that format's name."""
    return [(Text(s.id), _EXTRACTED[s.format]) for s in sources if s.format in _EXTRACTED]


def _contributions(
    briefing: Briefing, sources: Mapping[str, SourceView], items: Mapping[Text, Item]
) -> list[Contribution]:
    def found(ids: Iterable[str]) -> tuple[Item, ...]:
        return tuple(items[Text(i)] for i in ids if i in items)

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
