"""The decisions of a reader: a file of their own, beside the briefing.

A decision holds for the words and the evidence that it was made on. Where either is not as it was,
it is kept as outdated. ``docs/review.md`` is the format for other programs that write such files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from briefing import atomic
from briefing.entries import NOUNS, Entry, Fingerprint, Kind, entries, fingerprints
from briefing.types import Briefing, Sha256, Value
from briefing.value_files import Expected, parse, read_bytes

REVIEW_VERSION: Final = "1.0"
_EXPECTED: Final = Expected(
    noun="decisions",
    wrong="holds no decisions",
    hint="Give a file that `briefing review` or the review page wrote; see docs/review.md.",
    max_bytes=1 << 26,
)
EDITABLE: Final[frozenset[Kind]] = frozenset(["outcome", "open_question", "event"])
"""Kinds whose words a reader may change: quotes are exact, the sides of a disagreement too."""

Choice = Literal["accept", "edit", "reject", "comment"]


class Decision(Value):
    """What a reader decided on an item. ``comment`` alone leaves it open.

    The hashes are those of :class:`~briefing.entries.Fingerprint`. ``said`` are the words that the
    reader saw, for people; ``dated`` is a time in ISO 8601, left out unless asked for. ``earlier``
    is said by pages alone: it was there when the page was made, and its reader left it.
    """

    item: str
    kind: Kind
    decision: Choice
    text_sha256: Sha256
    evidence_sha256: Sha256
    said: str = ""
    edited: str = Field(default="", max_length=20_000)
    comment: str = Field(default="", max_length=20_000)
    reviewer: str = Field(default="", max_length=200)
    dated: str | None = Field(default=None, max_length=40)
    earlier: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.decision == "edit") != bool(self.edited.strip()):
            raise ValueError(
                "`edited` holds the new words where the decision is edit, else nothing"
            )
        if self.decision == "edit" and self.kind not in EDITABLE:
            raise ValueError(f"a {NOUNS[self.kind]} cannot be edited: its words are a source's")
        return self

    @property
    def settles(self) -> bool:
        """Whether nothing is left to decide."""
        return self.decision != "comment"


class Outdated(Value):
    """A decision whose item is not as it was. ``now`` is the id of what may be the item now."""

    decision: Decision
    reason: str
    now: str = ""


class Review(Value):
    """All decisions on one briefing, at most one for an item."""

    review_version: Literal["1.0"] = REVIEW_VERSION
    title: str = ""
    decisions: tuple[Decision, ...] = ()
    outdated: tuple[Outdated, ...] = ()

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        names = [each.item for each in self.decisions]
        if len(names) != len(set(names)):
            raise ValueError("an item has two decisions")
        return self

    def of(self, item: str) -> Decision | None:
        """The decision on ``item``; None where there is none."""
        return next((each for each in self.decisions if each.item == item), None)

    def outdated_for(self, item: str) -> Outdated | None:
        """What was decided on ``item`` before it changed."""
        return next((each for each in self.outdated if each.now == item), None)

    def decided(self, decision: Decision) -> Review:
        """With ``decision`` in the place of any other on its item, outdated ones too."""
        kept = [each for each in self.decisions if each.item != decision.item]
        old = tuple(each for each in self.outdated if each.now != decision.item)
        return self.model_copy(update={"decisions": (*kept, decision), "outdated": old})


def place_for(file: Path) -> Path:
    """Where the decisions on the briefing ``file`` lie: ``b.json`` has ``b.review.json``."""
    return file.parent / f"{file.name.removesuffix('.json')}.review.json"


def load_decisions(path: Path) -> Review:
    """Read the decisions in ``path``, also where a page exported them.

    Raises: DocumentError naming the file and the first mistake.
    """
    return parse(read_bytes(path, _EXPECTED), Review, path, _EXPECTED)


def save_decisions(review: Review, path: Path) -> None:
    """Write ``review`` to ``path``, whole or not at all. Raises: UserError."""
    kept = review.model_dump_json(
        indent=2,
        exclude={
            "decisions": {"__all__": {"earlier"}},
            "outdated": {"__all__": {"decision": {"earlier"}}},
        },
    )
    atomic.write_text(path, f"{kept}\n")


def merge(review: Review, other: Review) -> Review:
    """``review`` with the decisions of ``other``, which hold where both have one on an item."""
    for decision in other.decisions:
        review = review.decided(decision)
    known = {each.decision for each in review.outdated}
    more = tuple(each for each in other.outdated if each.decision not in known)
    return review.model_copy(update={"outdated": (*review.outdated, *more)})


def news(review: Review, page: Review) -> Review:
    """``page`` without what it was made with, where ``review`` has a decision on the same item.

    That may be newer: somebody decided after the page was made.
    """
    new = tuple(
        each.model_copy(update={"earlier": False})
        for each in page.decisions
        if not (each.earlier and review.of(each.item))
    )
    return page.model_copy(update={"decisions": new})


def settle(review: Review, briefing: Briefing) -> Review:
    """``review`` held against ``briefing``: what still holds, and what is outdated and why.

    Decisions follow an item whose id changed; they stand in the order of the briefing.

    Raises: DocumentError where two items have one id.
    """
    found = fingerprints(briefing)
    items = entries(briefing)
    by_print: dict[tuple[Kind, Fingerprint], list[str]] = defaultdict(list)
    for entry in items:
        by_print[entry.kind, found[entry.id]].append(entry.id)
    holding: dict[str, Decision] = {}
    old: list[Decision] = []
    waiting = [*(each.decision for each in review.outdated), *review.decisions]
    for decision in waiting:
        same = by_print.get((decision.kind, _print(decision)))
        if same is None:
            old.append(decision)
            continue
        free = next((name for name in same if name not in holding), same[0])
        item = decision.item if decision.item in same else free
        holding[item] = decision.model_copy(update={"item": item})
    decisions = tuple(holding[entry.id] for entry in items if entry.id in holding)
    open_items = [entry for entry in items if entry.id not in holding]
    still = dict.fromkeys(_outdated(decision, open_items, found) for decision in old)
    return Review(title=briefing.title, decisions=decisions, outdated=tuple(still))


def _print(decision: Decision) -> Fingerprint:
    return Fingerprint(text_sha256=decision.text_sha256, evidence_sha256=decision.evidence_sha256)


def _outdated(
    decision: Decision, items: Sequence[Entry], found: dict[str, Fingerprint]
) -> Outdated:
    """The decision with why it does not hold, and for which of ``items`` it may be of use.

    Another item may have its id by now: one with its words or its evidence comes first.
    """
    alike = []
    for entry in items:
        words = found[entry.id].text_sha256 == decision.text_sha256
        evidence = found[entry.id].evidence_sha256 == decision.evidence_sha256
        own = entry.id == decision.item
        if entry.kind == decision.kind and (words or evidence or own):
            alike.append((words or evidence, own, words, evidence, entry.id))
    if not alike:
        return Outdated(decision=decision, reason="the item is not in this briefing")
    _, _, words, evidence, now = max(alike, key=lambda each: each[:2])
    what = " and the ".join(["words"] * (not words) + ["evidence"] * (not evidence))
    return Outdated(decision=decision, reason=f"the {what} of the item changed", now=now)
