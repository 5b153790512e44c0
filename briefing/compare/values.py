"""What comparing briefings finds. Frozen values only; briefings are named by letters from A on."""

from __future__ import annotations

from typing import Final, Literal

from briefing.entries import Entry, Kind
from briefing.evals.report import Figure
from briefing.types import Value

COMPARISON_VERSION: Final = "1.0"
Status = Literal["same", "changed", "came", "went"]
Making = Literal["model", "prompt", "setting", "version", "topic", "seed", "source"]


class Difference(Value):
    """One thing that is not as it was: ``what`` (words, speaker, sources …), before and after."""

    what: str
    before: str
    after: str


class Change(Value):
    """What became of an item. ``note`` says where it went, if that is known."""

    kind: Kind
    status: Status
    before: Entry | None = None
    after: Entry | None = None
    differences: tuple[Difference, ...] = ()
    note: str = ""


class RunDifference(Value):
    """What was otherwise in the making; empty ``before`` or ``after``: it was not there."""

    making: Making
    name: str
    before: str
    after: str


class Pair(Value):
    """The first briefing against another; ``verdict`` in plain words, a sentence each."""

    first: str
    second: str
    verdict: tuple[str, ...]
    changes: tuple[Change, ...]
    run: tuple[RunDifference, ...]


class Compared(Value):
    """A briefing: its letter, the name of its file, its title, and how many items it shows."""

    letter: str
    name: str
    title: str
    items: dict[Kind, int]
    withheld: int


class Comparison(Value):
    """All that was found.

    The group of a figure is a letter, or ``B-A`` where it is the difference of two.
    ``grounding`` are figures of evaluation reports, where such were given.
    """

    comparison_version: Literal["1.0"] = COMPARISON_VERSION
    briefings: tuple[Compared, ...]
    pairs: tuple[Pair, ...]
    figures: tuple[Figure, ...]
    grounding: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
