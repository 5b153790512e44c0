"""From what a document cites to the passages that are there, or why there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from briefing.evals.statements import Citation, Subject
from briefing.grounding.verdicts import Ground
from briefing.passages import split
from briefing.types import Passage, Source, Span


@dataclass(frozen=True)
class Resolution:
    """The passages that a citation leads to; ``problem`` says why it leads nowhere."""

    citation: Citation
    passages: tuple[Passage, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Shelf:
    """The sources of a subject with their passages, split when first asked for."""

    subject: Subject
    _split: dict[str, tuple[Passage, ...]] = field(default_factory=dict)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.subject.sources}

    def passages(self, source_id: str) -> tuple[Passage, ...]:
        """The passages of a source that is here."""
        if source_id not in self._split:
            self._split[source_id] = split(self.sources[source_id])
        return self._split[source_id]

    def grounds(self, passages: Sequence[Passage]) -> tuple[Ground, ...]:
        """``passages`` as the checker takes them."""
        return tuple(
            Ground(id=p.id, text=p.text, published=self.sources[p.source_id].published)
            for p in passages
        )

    def resolve(self, citation: Citation) -> Resolution:
        """Follow ``citation``: source, hash, paragraph, offsets and words must all be right."""
        subject, key = self.subject, citation.source
        if key not in self.sources:
            reason = subject.missing.get(key, "there is no such source")
            return Resolution(citation, problem=f"{citation.label}: {reason}")
        if key in subject.broken:
            return Resolution(citation, problem=f"{citation.label}: {subject.broken[key]}")
        found = self._inside(citation)
        if isinstance(found, str):
            return Resolution(citation, problem=f"{citation.label}: {found}")
        return Resolution(citation, found)

    def _inside(self, citation: Citation) -> tuple[Passage, ...] | str:
        passages = self.passages(citation.source)
        named = passages
        if citation.paragraph is not None:
            named = tuple(p for p in passages if p.number == citation.paragraph)
            if not named:
                return f"the source has {len(passages)} paragraphs"
        if citation.start is not None and citation.end is not None:
            return self._stretch(citation, passages)
        if not citation.words:
            return named
        return self._with_words(citation, passages, named)

    def _stretch(
        self, citation: Citation, passages: Sequence[Passage]
    ) -> tuple[Passage, ...] | str:
        start, end = citation.start or 0, citation.end or 0
        text = self.sources[citation.source].body
        if not start < end <= len(text):
            return f"[{start}:{end}] is not a stretch of the text"
        if citation.words and not _same(text[start:end], citation.words):
            return f"the text at [{start}:{end}] reads otherwise"
        here = _overlapping(passages, Span(start=start, end=end))
        if not here:
            return f"no paragraph is at [{start}:{end}]"
        if citation.paragraph is not None and here[0].number != citation.paragraph:
            return f"[{start}:{end}] is in paragraph {here[0].number}"
        if citation.passage_id is not None and here[0].id != citation.passage_id:
            return f"{citation.passage_id} is not the passage around [{start}:{end}]"
        return here

    def _with_words(
        self, citation: Citation, passages: Sequence[Passage], named: Sequence[Passage]
    ) -> tuple[Passage, ...] | str:
        """The passages around the words: they may go on behind the paragraph that is named."""
        text = self.sources[citation.source].body
        found: dict[int, Passage] = {}
        for words in citation.words:
            spans = find_words(words, text)
            begin = [s for s in spans if any(p.start <= s.start < p.end for p in named)]
            if not spans:
                return f"“{_short(words)}” is not in the source"
            if not begin:
                numbers = [str(p.number) for p in _overlapping(passages, spans[0])[:1]]
                return f"“{_short(words)}” is in paragraph {''.join(numbers)}, not there"
            found |= {p.number: p for p in _overlapping(passages, begin[0])}
        return tuple(found[number] for number in sorted(found))


def find_words(words: str, text: str) -> list[Span]:
    """Where ``words`` stand in ``text``, exact but for the width of white space, whole words."""
    first, *rest = words.split() or [""]
    if not first:
        return []
    spans: list[Span] = []
    at = text.find(first)
    while at >= 0:
        end = _end(rest, text, at + len(first))
        cut = (first[0].isalnum() and _in_word(text, at - 1)) or (
            words.rstrip()[-1].isalnum() and _in_word(text, end)
        )
        if end < 0 or cut:
            at = text.find(first, at + 1)
        else:
            spans.append(Span(start=at, end=end))
            at = text.find(first, end)
    return spans


def _end(parts: Sequence[str], text: str, at: int) -> int:
    """Where ``parts`` end that follow from ``at`` on, each after white space; -1: they do not."""
    for part in parts:
        gap = at
        while text[at : at + 1].isspace():
            at += 1
        if at == gap or not text.startswith(part, at):
            return -1
        at += len(part)
    return at


def _in_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def _same(text: str, words: Sequence[str]) -> bool:
    return text.split() == " ".join(words).split()


def _overlapping(passages: Sequence[Passage], span: Span) -> tuple[Passage, ...]:
    return tuple(p for p in passages if p.start < span.end and span.start < p.end)


def _short(words: str) -> str:
    return words if len(words) < 60 else f"{words[:57]}…"
