"""What became of each item of one briefing in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.compare.matching import Placed, match
from briefing.compare.values import Change, Difference
from briefing.entries import KINDS, Entry, entries, text_hashes, withheld_entries
from briefing.types import Briefing


@dataclass(frozen=True)
class Matched:
    """Two briefings, and which items are the same; positions count in ``shown`` and ``kept``.

    ``moved`` are shown items of the first that the second withholds, ``restored`` the reverse.
    """

    first: Briefing
    second: Briefing

    @cached_property
    def shown(self) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
        """What the two show."""
        return _placed(self.first, withheld=False), _placed(self.second, withheld=False)

    @cached_property
    def kept(self) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
        """What the two withhold."""
        return _placed(self.first, withheld=True), _placed(self.second, withheld=True)

    @cached_property
    def pairs(self) -> dict[int, int]:
        """Which shown item of the second is which of the first."""
        return match(*self.shown)

    @cached_property
    def moved(self) -> dict[str, Entry]:
        """What the second withholds of what the first shows, by id."""
        gone = [p for n, p in enumerate(self.shown[0]) if n not in self.pairs]
        return _across(gone, self.kept[1])

    @cached_property
    def restored(self) -> dict[str, Entry]:
        """What the first withholds of what the second shows, by id."""
        known = set(self.pairs.values())
        new = [p for n, p in enumerate(self.shown[1]) if n not in known]
        return _across(new, self.kept[0])

    @cached_property
    def withheld(self) -> dict[str, Entry]:
        """What the second withholds of what the first withholds as well, by id."""
        taken = ({e.id for e in self.restored.values()}, {e.id for e in self.moved.values()})
        first, second = (
            tuple(placed for placed in found if placed.entry.id not in used)
            for found, used in zip(self.kept, taken, strict=True)
        )
        return _across(first, second)


def changes(matched: Matched) -> tuple[Change, ...]:
    """Each item of both, in the order of the second; what went stands last of its kind."""
    before, after = matched.shown
    back = {right: left for left, right in matched.pairs.items()}
    found = [
        _paired(before[back[n]], placed) if n in back else _came(placed.entry, matched.restored)
        for n, placed in enumerate(after)
    ]
    found += [
        _went(placed.entry, matched.moved)
        for n, placed in enumerate(before)
        if n not in matched.pairs
    ]
    return tuple(sorted(found, key=lambda change: KINDS.index(change.kind)))


def _placed(briefing: Briefing, *, withheld: bool) -> tuple[Placed, ...]:
    hashes = text_hashes(briefing)
    found = withheld_entries(briefing) if withheld else entries(briefing)
    return tuple(Placed(entry, hashes) for entry in found)


def _across(gone: Sequence[Placed], kept: Sequence[Placed]) -> dict[str, Entry]:
    return {gone[n].entry.id: kept[m].entry for n, m in match(gone, kept).items()}


def _paired(one: Placed, other: Placed) -> Change:
    found = tuple(_differences(one, other))
    return Change(
        kind=other.entry.kind,
        status="changed" if found else "same",
        before=one.entry,
        after=other.entry,
        differences=found,
    )


def _came(entry: Entry, restored: Mapping[str, Entry]) -> Change:
    before = restored.get(entry.id)
    note = f"was withheld: {before.about.get('reason', '')}" if before else ""
    return Change(kind=entry.kind, status="came", after=entry, note=note)


def _went(entry: Entry, moved: Mapping[str, Entry]) -> Change:
    now = moved.get(entry.id)
    note = f"is withheld: {now.about.get('reason', '')}" if now else ""
    return Change(kind=entry.kind, status="went", before=entry, note=note)


def _differences(one: Placed, other: Placed) -> Iterator[Difference]:
    before, after = one.entry, other.entry
    if before.text != after.text:
        what = "point" if before.kind == "disagreement" else "words"
        yield Difference(what=what, before=before.text, after=after.text)
    for name in dict.fromkeys((*before.about, *after.about)):
        was, now = before.about.get(name, ""), after.about.get(name, "")
        if was != now:
            yield Difference(what=name, before=was, after=now)
    if before.mode != after.mode:
        yield Difference(what="mode", before=before.mode, after=after.mode)
    if _places(one) != _places(other):
        yield Difference(what="sources", before=_labels(before), after=_labels(after))


def _places(placed: Placed) -> set[tuple[str, int, int]]:
    return {
        (placed.hashes.get(each.source_id, each.source_id), each.start, each.end)
        for each in placed.entry.evidence
    }


def _labels(entry: Entry) -> str:
    return ", ".join(dict.fromkeys(f"{e.source_id} ¶{e.paragraph}" for e in entry.evidence))
