"""Invented sources and a fake checker, for tests of the evaluation of one document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.grounding.verdicts import (
    Claim,
    ClaimVerdict,
    Ground,
    Objection,
    StatementVerdict,
    Task,
)

FERRY = (
    "Ferry runs aground off Kell\n\n"
    "The ferry Solveig ran aground off Kell at dawn on Friday with 212 people on board.\n\n"
    "All passengers were taken ashore by noon, the coastguard said.\n\n"
    "“We never felt in danger, not for a minute,” said Marta Lindqvist, a teacher from Oslo.\n"
)
INQUIRY = (
    "Inquiry into Solveig opens\n\n"
    "Investigators recovered the voyage recorder of the Solveig on Saturday.\n\n"
    "“The chart was eleven years old,” Captain Jonas Brekke told the inquiry.\n\n"
    "The operator declined to comment.\n"
)


def write_sources(folder: Path) -> None:
    """``ferry.txt`` and ``inquiry.txt`` in ``folder``."""
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "inquiry.txt").write_text(INQUIRY, encoding="utf-8")


class WordChecker:
    """Supported where every long word of the statement is in the passages; keeps what it is asked.

    ``fails`` makes it break on statements with that word.
    """

    def __init__(self, fails: str = "") -> None:
        self.asked: list[list[Task]] = []
        self._fails = fails

    def check(
        self, tasks: Sequence[Task], progress: Callable[[int, int], None] | None = None
    ) -> list[StatementVerdict]:
        self.asked.append(list(tasks))
        verdicts = [self._one(task) for task in tasks]
        if progress:
            progress(len(tasks), len(tasks))
        return verdicts

    def _one(self, task: Task) -> StatementVerdict:
        if self._fails and self._fails in task.statement:
            raise ValueError("the checker stumbles")
        lacking = _lacking(task.statement, task.cited)
        elsewhere = tuple(g.id for g in task.rest if lacking and not _lacking(task.statement, [g]))
        objections = tuple(
            Objection(kind="word", words=word, reason=f"“{word}” is not there", certain=True)
            for word in lacking
        )
        verdict = ClaimVerdict(
            claim=Claim(start=0, end=len(task.statement), text=task.statement),
            verdict="unsupported" if lacking else "supported",
            objections=objections,
            grounds=tuple(ground.id for ground in task.cited),
            elsewhere=elsewhere,
        )
        reason = f"not in the passages: {', '.join(lacking)}" if lacking else ""
        return StatementVerdict(
            id=task.id, verdict=verdict.verdict, reason=reason, claims=(verdict,)
        )


def _lacking(statement: str, grounds: Sequence[Ground]) -> list[str]:
    there = set(re.findall(r"\w+", " ".join(ground.text for ground in grounds).lower()))
    return [word for word in re.findall(r"\w{4,}", statement) if word.lower() not in there]
