"""What the evidence view shows, as values: sentences with the passages that they rest on."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.entries import Fingerprint
from briefing.types import Check
from briefing.view_passages import PassageView


@dataclass(frozen=True)
class Cite:
    """A passage as one entry cites it.

    ``marks`` are the cited stretches, ``role`` is that of evidence, ``origin`` is the group of
    near-copies that the passage belongs to.
    """

    passage: PassageView
    marks: str
    role: str
    origin: str


@dataclass(frozen=True)
class Beside:
    """What stands before or after an entry in its source, and the passage where."""

    words: str
    passage: PassageView


@dataclass(frozen=True)
class Reviewed:
    """What a page needs to know of an item so that a reader can decide on it.

    ``earlier`` is the decision that holds, as JSON, ``state`` the same in a word, ``by`` who made
    it; ``outdated`` tells, in words, what was decided before the item changed.
    """

    item: str
    kind: str
    said: str
    prints: Fingerprint
    earlier: str = ""
    state: str = ""
    by: str = ""
    outdated: str = ""


@dataclass(frozen=True)
class Entry:
    """A sentence that opens its evidence.

    ``item`` is the id in the briefing file, ``anchor`` that of the element. ``pieces`` are its
    words, with True for what is to stand out. ``note`` warns, ``when`` are the words that date it,
    ``leading`` and ``following`` stand around it in its source, ``compared`` in others, with the
    reference to where.
    ``day`` is that date, ``as_of`` the day that it is told for where that matters, ``editor``
    changed what was ``before``, ``reason`` is why it is withheld.
    ``review`` is None where nobody can decide on it.
    """

    anchor: str
    item: str
    label: str
    pieces: tuple[tuple[str, bool], ...]
    cites: tuple[Cite, ...]
    support: str = ""
    verdict: str = "supported"
    mode: str = "verbatim"
    score: float | None = None
    origin: str = ""
    checks: tuple[Check, ...] = ()
    note: str = ""
    when: str = ""
    day: str = ""
    as_of: str = ""
    editor: str = ""
    before: str = ""
    reason: str = ""
    leading: Beside | None = None
    following: Beside | None = None
    compared: tuple[Beside, ...] = ()
    review: Reviewed | None = None

    @property
    def words(self) -> str:
        """The text without what stands out in it."""
        return "".join(text for text, _ in self.pieces)

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that are cited, each once; those that only give names left out."""
        return tuple(dict.fromkeys(source for source, _ in self.backing))

    @property
    def backing(self) -> tuple[tuple[str, str], ...]:
        """Keys of the sources that support it, with their group of near-copies."""
        return tuple((c.passage.source, c.origin) for c in self.cites if c.role == "support")

    @property
    def corroborated(self) -> bool:
        """Whether more than one independent text supports it."""
        return len({origin for _, origin in self.backing}) > 1

    @property
    def cited(self) -> str:
        """For the browser: ``p-S1-2:17-58,70-80:support:0 p-S2-4:0-12:name:1``.

        The last number is that of the group of near-copies.
        """
        origins: dict[str, int] = {}
        return " ".join(
            f"{c.passage.anchor}:{c.marks}:{c.role}:{origins.setdefault(c.origin, len(origins))}"
            for c in self.cites
        )

    @property
    def reworded(self) -> bool:
        """Whether failed checks are those of a rewording that was therefore not used."""
        return self.mode in ("verbatim", "compressed") and self.verdict == "supported"


@dataclass(frozen=True)
class Said:
    """A quotation: who said it, and other wordings of it."""

    entry: Entry
    speaker: str
    wordings: tuple[Entry, ...]


@dataclass(frozen=True)
class Point:
    """A point that sources tell differently."""

    anchor: str
    kind: str
    point: str
    sides: tuple[Entry, ...]


@dataclass(frozen=True)
class Person:
    """A person or body: ``entry`` is the name."""

    entry: Entry
    also: tuple[str, ...]
    roles: tuple[Entry, ...]
