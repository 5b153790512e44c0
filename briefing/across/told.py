"""Sentences of all articles, parsed, with what says which point they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from briefing.across.publication import published_on, written_on
from briefing.extract.articles import Article, Line
from briefing.extract.cues import is_saying
from briefing.grounding.reading import Reading
from briefing.grounding.references import Candidate, open_descriptions, open_pronouns
from briefing.language import pipeline
from briefing.lexical import content_words
from briefing.types import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

OPENING = 3
"""So many passages at the top of a source (heading included) say what all of it is about."""


@dataclass(frozen=True, eq=False)
class Told:
    """A sentence of an article within the parse of its passage.

    ``opening``: words of the heading and the first paragraphs of its article, in lower case;
    ``published``: when its source appeared, as :func:`written_on` has it, empty where unknown.
    """

    article: Article
    line: Line
    reading: Reading
    opening: frozenset[str]
    published: str = ""

    @property
    def doc(self) -> Doc:
        """The parse of the passage."""
        return self.reading.doc

    @cached_property
    def span(self) -> Span:
        """The sentence within the parse."""
        base = self.line.passage.start
        start, end = self.line.sentence.start - base, self.line.sentence.end - base
        span = self.doc.char_span(start, end, alignment_mode="expand")
        if span is None:  # pragma: no cover - "expand" always finds tokens in a passage
            raise ValueError("a sentence outside its passage")
        return span

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of its content words."""
        return frozenset(content_words(self.line.sentence.text))

    @cached_property
    def alone(self) -> bool:
        """Whether it can be shown alone; who is only its reporter may be a bare description."""
        problem = self.line.problem
        if problem is None:
            return True
        if problem.name != "description":
            return False
        near = [
            q
            for q in self.article.quotations
            if q.start < self.line.passage.end and q.end > self.line.passage.start
        ]
        candidate = Candidate(self.line.sentence, self.line.passage, self.doc, near)
        speakers = list(open_descriptions(candidate))
        return all(is_saying(t.head, strong=True) for t in speakers) and not any(
            True for _ in open_pronouns(candidate)
        )

    @cached_property
    def before(self) -> Sentence | None:
        """The sentence before it in its passage."""
        return next(
            (
                line.sentence
                for line in self.article.lines
                if line.order == self.line.order - 1 and line.passage.id == self.line.passage.id
            ),
            None,
        )

    @property
    def source_id(self) -> str:
        """Its source."""
        return self.article.source.id


def told_in(articles: Sequence[Article], language: str | None = None) -> list[Told]:
    """All body sentences of articles in a language that has a parser, in order."""
    written = written_on(articles)
    return [
        told
        for article in articles
        for told in _told(article, language, written.get(article.source.id, ""))
    ]


def _told(article: Article, language: str | None, written: str) -> Iterator[Told]:
    source = article.source
    english = pipeline(language or source.language)
    if english.degraded:
        return
    opening = frozenset(
        word.strip(".,:;’'“”()").lower()
        for passage in article.passages[:OPENING]
        for word in passage.text.split()
    )
    day = published_on(article)
    readings: dict[str, Reading] = {}
    for line in article.lines:
        text = line.passage.text
        reading = readings.setdefault(line.passage.id, Reading(text, english.parse(text), day))
        yield Told(article, line, reading, opening, written)
