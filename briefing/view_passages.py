"""The cited passages of the evidence view: each in its source, with the words before and after.

Text is shown as it stands, but for control characters and those that turn the direction of
writing: each becomes one U+FFFD, so that offsets hold. Offsets for the browser count UTF-16 units.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from briefing.contents import cited as cited_by
from briefing.item_views import Cited
from briefing.paragraphs import Paragraph, paragraphs
from briefing.types import Briefing, Evidence, Source

AROUND: Final = 420
"""Characters of the source that are shown before and after a passage, at most."""
_ASIDE: Final = 900
"""Of a paragraph longer than this, what is farther than that from the cited words is cut."""
_GAP: Final = " … "
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def seen(text: str) -> str:
    """``text`` with one U+FFFD for each character that would not be seen; as long as before."""
    return _CONTROLS.sub("\ufffd", text)


@dataclass(frozen=True)
class _Place:
    """What is known of a passage before its text is looked at."""

    anchor: str
    label: str
    source: str
    ref: str
    location: str
    language: str


@dataclass(frozen=True)
class PassageView(_Place):
    """A passage: ``pieces`` are its text, cut where cited words (True) begin and end.

    ``starts`` maps evidence offsets to offsets in the text. ``before`` and ``after`` are what
    surrounds it in the source; ``whole`` is False where the source's text is not in the file.
    """

    text: str
    spans: Mapping[tuple[int, int], tuple[int, int]]
    before: str = ""
    after: str = ""
    whole: bool = True

    @cached_property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in stretches, with True for those that anything rests on."""
        edges = sorted({0, len(self.text), *(at for span in self.spans.values() for at in span)})
        found: list[tuple[str, bool]] = []
        for start, end in pairwise(edges):
            marked = any(s <= start and end <= e for s, e in self.spans.values())
            if found and found[-1][1] == marked:
                found[-1] = (found[-1][0] + self.text[start:end], marked)
            else:
                found.append((self.text[start:end], marked))
        return found

    def marks(self, evidence: Evidence) -> str:
        """Where ``evidence`` stands in the text, for the browser: ``17-58``."""
        start, end = self.spans[evidence.start, evidence.end]
        return f"{_units(self.text[:start])}-{_units(self.text[:end])}"


def passages_of(briefing: Briefing, cited: Cited) -> dict[tuple[str, str], PassageView]:
    """The passages that anything in ``briefing`` rests on, by source and passage id."""
    grouped: dict[tuple[str, str], dict[tuple[int, int], Evidence]] = defaultdict(dict)
    for _, each in cited_by(briefing):
        grouped[each.source_id, each.passage_id][each.start, each.end] = each
    sources = {source.id: (f"s{n}", source) for n, source in enumerate(briefing.sources, 1)}
    layout: dict[str, Sequence[Paragraph]] = {}
    found = {}
    for key, group in grouped.items():
        name, source = sources[key[0]]
        if source.id not in layout:
            layout[source.id] = paragraphs(source) if source.text is not None else ()
        citation = cited[key]
        found[key] = _passage(
            source,
            _Place(
                anchor=f"p-{citation.label}",
                label=citation.label,
                source=name,
                ref=f"{seen(source.id)} ¶{citation.paragraph}",
                location=seen(citation.location or ""),
                language=source.language,
            ),
            sorted(group.values(), key=lambda each: (each.start, each.end)),
            layout[source.id],
        )
    return found


def _passage(
    source: Source, place: _Place, group: Sequence[Evidence], layout: Sequence[Paragraph]
) -> PassageView:
    text = source.text
    if text is None or any(text[each.start : each.end] != each.text for each in group):
        return _bare(place, group)
    cited = group[0].start, max(each.end for each in group)
    start, end = _bounds(cited, layout, text)
    spans = {(e.start, e.end): (e.start - start, e.end - start) for e in group}
    return PassageView(
        **vars(place),
        text=seen(text[start:end]),
        spans=spans,
        before=_before(text, start),
        after=_after(text, end),
    )


def _bare(place: _Place, group: Iterable[Evidence]) -> PassageView:
    """The cited words alone: the text is not in the file, or is another one."""
    text, spans = "", {}
    for each in group:
        start = len(text) + (len(_GAP) if text else 0)
        text += (_GAP if text else "") + seen(each.text)
        spans[each.start, each.end] = (start, len(text))
    return PassageView(**vars(place), text=text, spans=spans, whole=False)


def _bounds(cited: tuple[int, int], layout: Sequence[Paragraph], text: str) -> tuple[int, int]:
    """Where the paragraphs that hold ``cited`` begin and end; long ones are cut at words."""
    start, end = cited
    starts = [paragraph.start for paragraph in layout]
    first = bisect_right(starts, start) - 1
    last = bisect_right(starts, max(start, end - 1)) - 1
    begin = layout[first].start if first >= 0 else start
    stop = max(end, layout[last].end) if last >= 0 else end
    if start - begin > _ASIDE:
        begin = _word_after(text, start - _ASIDE, start)
    if stop - end > _ASIDE:
        stop = _word_before(text, end + _ASIDE, end)
    return begin, stop


def _before(text: str, end: int) -> str:
    start = max(0, end - AROUND)
    if start:
        start = _word_after(text, start, end)
    shown = _close(text[start:end])
    return f"… {shown}" if start and shown else shown


def _after(text: str, start: int) -> str:
    end = min(len(text), start + AROUND)
    if end < len(text):
        end = _word_before(text, end, start)
    shown = _close(text[start:end])
    return f"{shown} …" if end < len(text) and shown else shown


def _close(text: str) -> str:
    """``text`` without blank lines."""
    return re.sub(r"\s*\n\s*", "\n", seen(text)).strip()


def _word_after(text: str, at: int, limit: int) -> int:
    """The beginning of the first word at or after ``at``; ``at`` where there is none."""
    space = re.compile(r"\s").search(text, at, limit)
    return space.end() if space else at


def _word_before(text: str, at: int, limit: int) -> int:
    """The end of the last word before ``at``; ``at`` where there is none."""
    found = max(text.rfind(" ", limit, at), text.rfind("\n", limit, at))
    return found if found > limit else at


def _units(text: str) -> int:
    """Length in UTF-16 units, as the browser counts."""
    return len(text) + sum(character > "\uffff" for character in text)
