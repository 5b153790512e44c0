"""What the baselines of the suite share: taking turns, evidence, and a briefing of their items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, TypeVar

from briefing import __version__
from briefing.passages import split
from briefing.types import (
    Briefing,
    Evidence,
    OpenQuestion,
    Outcome,
    Passage,
    Quote,
    Run,
    Sentence,
    Source,
)

_T = TypeVar("_T")
_ABSENT: Final = object()


def in_turn(lists: Iterable[Iterable[_T]]) -> Iterator[_T]:
    """The first of every list, then the second of every list, and so on."""
    for row in zip_longest(*lists, fillvalue=_ABSENT):
        yield from (each for each in row if each is not _ABSENT)  # type: ignore[misc]


def body(source: Source) -> tuple[Passage, ...]:
    """The passages of ``source`` that are its text, without headings, captions and furniture."""
    return tuple(passage for passage in split(source) if passage.kind == "body")


def cite(source: Source, passage: Passage, at: Sentence | tuple[int, int]) -> Evidence:
    """Evidence for a stretch of ``source`` that begins in ``passage``."""
    start, end = at if isinstance(at, tuple) else (at.start, at.end)
    return Evidence(
        source_id=source.id,
        passage_id=passage.id,
        paragraph=passage.number,
        start=start,
        end=end,
        text=source.body[start:end],
        origin=source.origin or source.id,
    )


def briefing_of(
    sources: Sequence[Source],
    outcomes: Iterable[Outcome],
    quotes: Iterable[Quote],
    questions: Iterable[OpenQuestion],
    run: Run | None = None,
    notes: tuple[str, ...] = (),
) -> Briefing:
    """A briefing of these items, numbered in order."""
    return Briefing(
        title="Baseline",
        outcomes=tuple(_numbered("o", outcomes)),
        quotes=tuple(_numbered("q", quotes)),
        open_questions=tuple(_numbered("u", questions)),
        sources=tuple(sources),
        notes=notes,
        run=run or run_of({}),
    )


def run_of(model: dict[str, str | int | None], seed: int = 0) -> Run:
    """What a baseline depends on."""
    return Run(
        briefing_version=__version__, model=model, prompts={}, settings={}, versions={}, seed=seed
    )


_Item = TypeVar("_Item", Outcome, Quote, OpenQuestion)


def _numbered(kind: str, items: Iterable[_Item]) -> Iterator[_Item]:
    for number, item in enumerate(items, 1):
        yield item.model_copy(update={"id": f"{kind}-{number}"})
