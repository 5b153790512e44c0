"""From the text of a source to passages and their sentences, with ids from content and position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from briefing.furniture import classify
from briefing.paragraphs import Paragraph, paragraphs
from briefing.sentences import sentences
from briefing.types import Passage, PassageKind, Sentence, Source

LONGEST_PASSAGE = 1200
"""A longer paragraph is cut at sentence ends into passages of about so many characters."""


def split(source: Source) -> tuple[Passage, ...]:
    """Split a source into passages, in order, each with its kind and its sentences.

    A passage is a paragraph, or a part of one that is longer than :data:`LONGEST_PASSAGE`; each
    has a number of its own. A sentence lies in exactly one passage, and a single sentence may be
    longer than the limit.

    Raises: ValueError where ``source`` has no text.
    """
    found = paragraphs(source)
    passages: list[Passage] = []
    for paragraph, kind in zip(found, classify(found, title=source.title), strict=True):
        inside = sentences(paragraph.text, start=paragraph.start, language=source.language)
        for start, end, group in _pieces(paragraph, inside):
            passages.append(_passage(source, len(passages) + 1, kind, (start, end), group))
    return tuple(passages)


def passage_id(source_id: str, number: int, text: str) -> str:
    """``S1.p12.3fa2c1``: source, number of the passage, and the beginning of its SHA-256."""
    return f"{source_id}.p{number}.{sha256(text.encode('utf-8')).hexdigest()[:6]}"


def _passage(
    source: Source,
    number: int,
    kind: PassageKind,
    span: tuple[int, int],
    inside: Sequence[Sentence],
) -> Passage:
    start, end = span
    text = source.body[start:end]
    return Passage(
        id=passage_id(source.id, number, text),
        source_id=source.id,
        number=number,
        kind=kind,
        start=start,
        end=end,
        text=text,
        sentences=tuple(inside),
    )


def _pieces(
    paragraph: Paragraph, inside: Sequence[Sentence]
) -> Iterator[tuple[int, int, Sequence[Sentence]]]:
    """The paragraph as it is, or cut before the sentence that would make a piece too long."""
    start, first = paragraph.start, 0
    if paragraph.end - paragraph.start > LONGEST_PASSAGE:
        for index, sentence in enumerate(inside):
            if index > first and sentence.end - start > LONGEST_PASSAGE:
                yield start, inside[index - 1].end, inside[first:index]
                start, first = sentence.start, index
    yield start, paragraph.end, inside[first:]
