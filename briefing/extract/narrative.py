"""One source read for who is who: its paragraphs parsed once, its people, what leads to what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.extract.discourse import Discourse
from briefing.extract.frames import Frame, Parse, frame
from briefing.extract.people import NOBODY, People, name_forms
from briefing.extract.quotes import Quotation, whole_paragraphs
from briefing.types import Passage, Source


@dataclass(frozen=True)
class Narrative:
    """The paragraphs of one source in order, and who is told of in them.

    ``grammar`` is false where the pipeline of its language has none: then nobody is known.
    """

    text: str
    frames: tuple[Frame, ...]
    people: People
    discourse: Discourse
    parse: Parse
    grammar: bool

    def paragraph(self, at: int) -> int | None:
        """The number of the paragraph that has offset ``at`` of the text."""
        starts = [f.passage.start for f in self.frames]
        number = bisect_right(starts, at) - 1
        inside = number >= 0 and at < self.frames[number].passage.end
        return number if inside else None


def narrative(
    quotations: Sequence[Quotation], source: Source, passages: Sequence[Passage], parse: Parse
) -> Narrative:
    """Parse ``source``, what is quoted taken out of the way, and note who is told of."""
    body = whole_paragraphs(source.body, passages)
    starts = [p.start for p in body]
    inside: list[list[tuple[int, Quotation]]] = [[] for _ in body]
    for number, quotation in enumerate(quotations):
        if quotation.nested_in is None:
            inside[bisect_right(starts, quotation.start) - 1].append((number, quotation))
    pairs = zip(body, inside, strict=True)
    frames = tuple(frame(source.body, p, here, parse) for p, here in pairs)
    grammar = all(f.doc.has_annotation("DEP") for f in frames)
    people = NOBODY
    if grammar:
        # Turns of a transcript are quoted as a whole: the names in them count as well.
        turns = [parse(q.text.replace("\n", " ")) for q in quotations if q.label is not None]
        people = name_forms([*(f.doc for f in frames), *turns])
    discourse = Discourse(source.body, frames if grammar else (), people)
    return Narrative(source.body, frames, people, discourse, parse, grammar)
