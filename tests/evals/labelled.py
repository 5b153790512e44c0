"""Labelled statements in all formats, about events of our own, written into a folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from briefing.grounding.verdicts import Claim, ClaimVerdict, Objection, StatementVerdict, Task
from briefing.types import Verdict

PAGE = [
    "Harbour court opens hearing on the ferry Alma",
    "The ferry Alma ran aground off Skerry Point on 4 March.",
    "Forty-two passengers were taken off by lifeboat.",
    "Captain Ines Duarte told the court that the radar had failed.",
]
WICE = {
    "claim": "The Alma ran aground on 4 March.",
    "evidence": PAGE,
    "label": "supported",
    "supporting_sentences": [[1], [1, 2]],
    "meta": {"id": "dev1"},
}
SUMMEDITS = {
    "id": "match_og",
    "doc": "Referee: Second half.\nNilsson scored twice for Orre. The cup final is on 9 May.",
    "summary": "Nilsson scored twice.",
    "label": 1,
    "original_summary": "Nilsson scored twice.",
    "edit_types": [],
    "split": "test",
}
FRANK = {
    "hash": "a" * 40,
    "dataset": "cnndm",
    "model_name": "bart",
    "split": "valid",
    "article": "The telescope found a comet. Its tail is 2 million km long.",
    "summary": "a comet was found .",
    "factuality": 1.0,
    "errors": {},
}
GENERIC = {
    "claim": "Velora closed two plants.",
    "passages": ["Velora, the tyre maker, closed two plants in June.", "Shares fell 3%."],
    "label": "supported",
    "group": "velora",
}


def lines(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def listed(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def tyres(count: int) -> list[dict[str, Any]]:
    """Statements about ``count`` firms, every second one wrong; two firms share a document."""
    return [
        {
            "id": f"t{index}",
            "claim": f"Firm {index} closed {'two' if index % 2 else 'nine'} plants.",
            "passages": [f"Firm {index} closed two plants in June.", "Shares fell."],
            "label": bool(index % 2),
            "group": f"doc{index // 2}",
            "kind": "true" if index % 2 else "number",
            "evidence": [0],
        }
        for index in range(count)
    ]


class Scripted:
    """A checker that answers by a function, and keeps the tasks that it was given."""

    def __init__(self, answer: Callable[[Task], tuple[Verdict, float | None]]) -> None:
        self.answer = answer
        self.tasks: list[Task] = []

    def check(
        self, tasks: Sequence[Task], progress: Callable[[int, int], None] | None = None
    ) -> list[StatementVerdict]:
        self.tasks += tasks
        if progress:
            progress(len(tasks), len(tasks))
        return [self._verdict(task) for task in tasks]

    def _verdict(self, task: Task) -> StatementVerdict:
        verdict, chance = self.answer(task)
        word = task.statement.split()[-2]
        lacking = Objection(
            kind="number", words=word, reason=f"no passage has {word}", certain=True
        )
        claim = ClaimVerdict(
            claim=Claim(start=0, end=len(task.statement), text=task.statement),
            verdict=verdict,
            probability=chance,
            objections=() if verdict == "supported" else (lacking,),
            grounds=(task.cited[0].id,),
        )
        return StatementVerdict(
            id=task.id, verdict=verdict, probability=chance, claims=(claim,), reason="as scripted"
        )


def knows(task: Task) -> tuple[Verdict, float | None]:
    """Right about all of :func:`tyres`."""
    return ("supported", 0.9) if "two" in task.statement else ("unsupported", 0.1)
