"""Stretches of sources, where the words of annotations stand, and when two of them are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from briefing.errors import DocumentError
from briefing.evals.annotations import Cited
from briefing.evals.resolution import find_words
from briefing.types import Evidence, Source

FORMAT: Final = "docs/evals-suite.md says how cases are written."
_HALF: Final = 0.5


class Stretch(NamedTuple):
    """``[start, end)`` of a source's text."""

    source_id: str
    start: int
    end: int


class Finder:
    """Finds the words of annotations, by the names that they give to sources.

    ``name`` is the file that holds the annotations.
    """

    def __init__(self, sources: Sequence[Source], name: str) -> None:
        self._name = name
        self._sources: dict[str, list[Source]] = {}
        for source in sources:
            for key in {source.name, PurePosixPath(source.name).name}:
                self._sources.setdefault(key, []).append(source)

    def find(self, entry: str, evidence: Iterable[Cited]) -> tuple[Stretch, ...]:
        """All stretches at which the words of ``entry``'s evidence stand, in its order.

        Raises: DocumentError naming file and entry where a source does not have them.
        """
        place = f"{self._name}, {entry}"
        return tuple(stretch for cited in evidence for stretch in self._each(place, cited))

    def _each(self, place: str, cited: Cited) -> Iterator[Stretch]:
        sources = self._sources.get(cited.source, [])
        if len(sources) != 1:
            what = "two sources are" if sources else "no source of the case is"
            raise DocumentError(f"{place}: {what} called {cited.source!r}", FORMAT)
        spans = find_words(cited.text, sources[0].body)
        if not spans:
            message = f"{place}: {cited.source} does not have the words “{_short(cited.text)}”"
            raise DocumentError(message, "Copy them from the source, character by character.")
        return (Stretch(sources[0].id, span.start, span.end) for span in spans)


def support(evidence: Iterable[Evidence]) -> list[Stretch]:
    """The stretches of evidence that supports an item, not only gives a name to it."""
    return [Stretch(e.source_id, e.start, e.end) for e in evidence if e.role == "support"]


def telling(evidence: Iterable[Evidence]) -> list[Stretch]:
    """The stretches that support an item or tell of the same in other words."""
    return [Stretch(e.source_id, e.start, e.end) for e in evidence if e.role != "name"]


def inside(one: Stretch, other: Stretch) -> bool:
    """Whether they share at least half of the shorter one."""
    shorter = min(one.end - one.start, other.end - other.start)
    return shared(one, other) >= max(1, _HALF * shorter)


def same(one: Stretch, other: Stretch) -> bool:
    """Whether they share at least half of what both cover together: a fragment is not the whole."""
    together = max(one.end, other.end) - min(one.start, other.start)
    return shared(one, other) >= max(1, _HALF * together)


def any_inside(some: Iterable[Stretch], others: Sequence[Stretch]) -> bool:
    """Whether one of ``some`` is :func:`inside` one of ``others``."""
    return any(inside(one, other) for one in some for other in others)


def same_parts(shown: Stretch, parts: Sequence[Stretch]) -> bool:
    """Whether ``shown`` is one of ``parts``, or several of them with what is between.

    A quotation that somebody interrupts may be shown in parts or in one piece.
    """
    if any(same(shown, part) for part in parts):
        return True
    covered = [part for part in parts if shared(shown, part) >= _HALF * (part.end - part.start)]
    return len(covered) > 1 and same(shown, hull(covered))


def hull(parts: Sequence[Stretch]) -> Stretch:
    """What covers all ``parts``, of one source."""
    return Stretch(parts[0].source_id, min(p.start for p in parts), max(p.end for p in parts))


def shared(one: Stretch, other: Stretch) -> int:
    """How many characters they share."""
    if one.source_id != other.source_id:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) < 60 else f"{line[:57]}…"
