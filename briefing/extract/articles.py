"""A source with all that is found in it without a model: passages, sentences, quotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.extract.quotes import Quotation, find_quotations
from briefing.extract.speakers import Attribution, attribute
from briefing.grounding.context import Candidate, stands_alone
from briefing.passages import split
from briefing.types import Check, Passage, Sentence, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]


@dataclass(frozen=True)
class Line:
    """A sentence of a body passage with the checks that say whether it can stand alone.

    ``order`` counts the body sentences of its source from 0.
    """

    sentence: Sentence
    passage: Passage
    order: int
    checks: tuple[Check, ...]

    @property
    def alone(self) -> bool:
        """Whether all checks passed."""
        return all(check.passed for check in self.checks)

    @property
    def problem(self) -> Check | None:
        """The check that failed."""
        return next((check for check in self.checks if not check.passed), None)


@dataclass(frozen=True)
class Article:
    """A source, its passages, its body sentences, and its quotations with their speakers."""

    source: Source
    passages: tuple[Passage, ...]
    lines: tuple[Line, ...]
    quotations: tuple[Quotation, ...]
    attributions: tuple[Attribution, ...]


def analyse(source: Source, parse: Parse) -> Article:
    """Read ``source`` without a model. ``parse`` is for its language."""
    passages = split(source)
    quotations = find_quotations(source.body, passages)
    attributions = attribute(quotations, source, passages, parse)
    return Article(
        source=source,
        passages=passages,
        lines=tuple(_lines(passages, quotations, parse)),
        quotations=quotations,
        attributions=attributions,
    )


def _lines(
    passages: Sequence[Passage], quotations: Sequence[Quotation], parse: Parse
) -> list[Line]:
    lines: list[Line] = []
    for passage in passages:
        if passage.kind != "body":
            continue
        doc = parse(passage.text)
        near = [q for q in quotations if q.start < passage.end and q.end > passage.start]
        for sentence in passage.sentences:
            checks = stands_alone(Candidate(sentence, passage, doc, near))
            lines.append(Line(sentence, passage, len(lines), checks))
    return lines
