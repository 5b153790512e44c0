"""What is checked, and what checking says: statements, their claims, passages, objections.

Frozen values only. A statement is a sentence that somebody will read; a claim is one thing it
says. Grounds are the passages that are to support it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from pydantic import Field

from briefing.types import Span, Value, Verdict

Layer = Literal["resolution", "facts", "judge"]


class Ground(Value):
    """A passage that may support a statement. ``published`` dates its "yesterday" (ISO 8601)."""

    id: str
    text: str
    published: str | None = None


class Task(Value):
    """A statement, the passages it cites, and the ``rest`` of their sources.

    ``rest`` tells a wrong citation from an unsupported statement; it never makes support.
    """

    id: str
    statement: str
    cited: tuple[Ground, ...]
    rest: tuple[Ground, ...] = ()


class Claim(Span):
    """One thing that a statement says, as a sentence of its own.

    ``[start, end)`` is where its words stand in the statement; ``text`` may add a subject.
    """

    text: str


class Objection(Value):
    """One reason why a claim is not supported, in words.

    ``words`` are words of the claim that lack support, exact, empty where something is missing
    from the claim. ``certain`` objections decide alone: a reader would see at once that the
    passages do not say this. The others are hints for the judge.
    """

    kind: str
    words: str
    reason: str
    certain: bool
    layer: Layer = "facts"


class ClaimVerdict(Value):
    """What the layers say of one claim. ``probability`` that it is supported; None if not judged.

    ``grounds`` are ids of the passages it was held against; ``elsewhere`` are those of passages
    that were not cited and support it.
    """

    claim: Claim
    verdict: Verdict
    probability: float | None = Field(default=None, ge=0, le=1)
    objections: tuple[Objection, ...] = ()
    grounds: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


class StatementVerdict(Value):
    """The verdict on a whole statement: supported only if all its claims are.

    ``reason`` says why in a sentence. ``features`` are what the judge's classifier saw.
    """

    id: str
    verdict: Verdict
    probability: float | None = Field(default=None, ge=0, le=1)
    reason: str = ""
    claims: tuple[ClaimVerdict, ...] = ()
    features: dict[str, float] = Field(default_factory=dict)

    @property
    def objections(self) -> tuple[Objection, ...]:
        """The objections to all claims."""
        return tuple(objection for claim in self.claims for objection in claim.objections)


class Checker(Protocol):
    """Checks statements against passages; :class:`briefing.grounding.checker.LayeredChecker`."""

    def check(
        self, tasks: Sequence[Task], progress: Callable[[int, int], None] | None = None
    ) -> list[StatementVerdict]:
        """A verdict for each task, in order. ``progress`` gets (done, all)."""
        ...
