"""The judge layer: what the local model makes of a claim and a few passages, as log-odds.

It never writes anything: what counts is how likely "Yes" is against "No" at one position, and how
likely the statement is against its rivals, the same with other names. One wording of the question
did as well as three (docs/grounding.md). The passages stand first, so that many claims about one
document cost one reading of it. What the answer means is for the calibration to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefing.grounding.rivals import Rival
from briefing.model.jobs import Engine, Failure, Progress, Score, Scored
from briefing.prompts import PromptSet

QUESTIONS: Final = ("judge_consistent",)
"""Prompts of a prompt set, one for each wording of the question."""
CHOICES: Final = ("Yes", "No")
PARTS: Final = ("_claim", *QUESTIONS)
COMPARED: Final = "judge_rivals"
PREFERRED: Final = 3.0
"""How many nats likelier than the statement a rival must be for it to be what the passages say."""


@dataclass(frozen=True)
class Compared:
    """How a statement did against its rivals: by how many nats it is likelier than the ``best``."""

    margin: float
    best: Rival

    @property
    def lost(self) -> bool:
        """Whether the passages rather say what the rival says."""
        return self.margin < -PREFERRED


class Judge:
    """Asks ``engine`` with the wordings of ``prompts``."""

    def __init__(self, engine: Engine, prompts: PromptSet) -> None:
        self._engine = engine
        self._prompts = prompts

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of the prompts that its answers depend on."""
        return judge_hashes(self._prompts)

    @property
    def model_sha256(self) -> str | None:
        """The model's hash; None behind an endpoint."""
        found = self._engine.info.model.get("sha256")
        return found if isinstance(found, str) else None

    def margins(
        self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None
    ) -> list[dict[str, float] | None]:
        """Log-odds in nats of "Yes" by question, for each (passages, claim).

        None where the model failed at one of them: no answer is not an answer.
        """
        jobs = [
            Score(
                prompt=self._prompts.prompt(question, passages=passages, claim=claim),
                choices=CHOICES,
            )
            for passages, claim in pairs
            for question in QUESTIONS
        ]
        results = self._engine.run(jobs, progress) if jobs else []
        size = len(QUESTIONS)
        return [_margins(results[at : at + size]) for at in range(0, len(results), size)]

    def compared(
        self, asked: Sequence[tuple[str, str, tuple[Rival, ...]]]
    ) -> list[Compared | None]:
        """How each statement does against its rivals, for (passages, statement, rivals).

        None where the model failed.
        """
        jobs = [
            Score(
                prompt=self._prompts.prompt(COMPARED, passages=passages),
                choices=(statement, *(rival.text for rival in rivals)),
            )
            for passages, statement, rivals in asked
        ]
        results = self._engine.run(jobs) if jobs else []
        return [
            _compared(result, rivals) for result, (_, _, rivals) in zip(results, asked, strict=True)
        ]


def judge_hashes(prompts: PromptSet) -> dict[str, str]:
    """SHA-256 of the judge's prompts in ``prompts``, by name."""
    return {name: value for name, value in prompts.hashes.items() if name in PARTS}


def _margins(results: Sequence[object]) -> dict[str, float] | None:
    if any(isinstance(result, Failure) for result in results):
        return None
    return {
        question: result.margin
        for question, result in zip(QUESTIONS, results, strict=True)
        if isinstance(result, Scored)
    }


def _compared(result: object, rivals: tuple[Rival, ...]) -> Compared | None:
    if not isinstance(result, Scored):
        return None
    theirs = result.logprobs[1:]
    return Compared(result.margin, rivals[theirs.index(max(theirs))])
