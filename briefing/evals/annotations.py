"""What people annotate in the sources of a case; docs/evals-suite.md describes the format."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from briefing.types import Value

PointKind = Literal["conflict", "update", "precision"]


class Cited(Value):
    """Words of a source, exact but for the width of white space."""

    source: str
    text: str = Field(min_length=1)


class OutcomeGold(Value):
    """Something that a briefing ought to tell: ``importance`` 3 is the most.

    ``evidence`` are the passages that tell it, in every source that does.
    """

    statement: str
    importance: int = Field(ge=1, le=3)
    evidence: tuple[Cited, ...] = Field(min_length=1)


class QuoteGold(Value):
    """A direct quotation; ``speaker`` None where the sources do not establish one.

    ``also`` are other names and descriptions by which the speaker may be given. The parts of a
    quotation that is interrupted are several pieces of evidence.
    """

    speaker: str | None
    also: tuple[str, ...] = ()
    evidence: tuple[Cited, ...] = Field(min_length=1)


class QuestionGold(Value):
    """Something that the sources themselves say is open, and where they say it."""

    question: str
    evidence: tuple[Cited, ...] = Field(min_length=1)


class SideGold(Value):
    """One of the values that sources give on a point, and where they give it."""

    value: str
    evidence: tuple[Cited, ...] = Field(min_length=1)


class ConflictGold(Value):
    """A point that sources tell differently.

    ``conflict``: both cannot be true as said; ``update``: the value changed in time; ``precision``:
    one is only more exact. The last two must not be called conflicts.
    """

    point: str
    kind: PointKind
    sides: tuple[SideGold, ...] = Field(min_length=2)


class AloneGold(Cited):
    """Whether a sentence can be printed by itself under the name of its event.

    ``faults``: none, or what is lost: a reference (r), half of the thought (c), who says it (v),
    its time (t), or that it says nothing for a briefing at all (n); the gravest first.
    """

    faults: str = Field(default="", pattern=r"^[rcvtn]*$")


class Gold(Value):
    """Annotations by hand. A list that is not there was not annotated; an empty one says none."""

    outcomes: tuple[OutcomeGold, ...] | None = None
    quotes: tuple[QuoteGold, ...] | None = None
    open_questions: tuple[QuestionGold, ...] | None = None
    conflicts: tuple[ConflictGold, ...] | None = None
    alone: tuple[AloneGold, ...] | None = None
