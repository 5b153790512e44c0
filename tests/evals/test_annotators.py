"""A second annotation, scored against the first as if it were a briefing."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "evals" / "annotators.py"
WIRE = """The council of Tarbet closed the old bridge on Monday. Twelve people were hurt.

“We lost our road,” said Eva Holm. “And our shop.” It is not known when it will open.
"""
PAPER = """On Monday the bridge at Tarbet was shut by the council. Nine people were hurt.
"""
GOLD = """
outcomes:
- statement: The bridge was closed.
  importance: 3
  evidence:
  - {source: wire.txt, text: The council of Tarbet closed the old bridge}
  - {source: paper.txt, text: the bridge at Tarbet was shut by the council}
quotes:
- speaker: Eva Holm
  evidence:
  - {source: wire.txt, text: "We lost our road,"}
  - {source: wire.txt, text: And our shop.}
open_questions:
- question: When will it open?
  evidence: [{source: wire.txt, text: It is not known when it will open.}]
conflicts:
- point: people who were hurt
  kind: conflict
  sides:
  - {value: twelve, evidence: [{source: wire.txt, text: Twelve people were hurt}]}
  - {value: nine, evidence: [{source: paper.txt, text: Nine people were hurt}]}
"""


@pytest.fixture
def event(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    (tmp_path / "second").mkdir()
    for name, text in (
        ("wire.txt", WIRE),
        ("paper.txt", PAPER),
        ("gold/bridge.yaml", GOLD),
        ("bridge.yaml", "name: bridge\nsources: [wire.txt, paper.txt]\ngold: gold/bridge.yaml\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def figures(event: Path, second: str, capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    (event / "second" / "bridge.yaml").write_text(second, encoding="utf-8")
    script: dict[str, Any] = runpy.run_path(str(SCRIPT))
    script["main"](event / "second", event)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    return {line[0]: float(line[1]) for line in lines}


def test_who_annotates_the_same_finds_everything(
    event: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = figures(event, GOLD, capsys)
    assert {n for n, value in found.items() if value != 1} == {
        "speaker_misattributed",
        "speaker_missed",
        "conflicts_wrong",
    }
    assert found["joins_f1"] == found["conflicts_found"] == 1
    assert found["conflicts_wrong"] == 0


def test_what_differs_counts_against_the_second(
    event: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = (
        GOLD.replace(
            "  - {source: paper.txt, text: the bridge at Tarbet was shut by the council}\n", ""
        )
        .replace("speaker: Eva Holm", "speaker: null")
        .replace("kind: conflict", "kind: precision")
    )
    found = figures(event, second, capsys)
    assert (found["outcomes_covered"], found["joins_recall"]) == (1, 0)
    assert (found["speaker_missed"], found["conflicts_found"]) == (1, 0)
