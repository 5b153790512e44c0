"""Whose words a statement is: whole sentences of the passages, behind a dateline or not."""

from __future__ import annotations

import pytest

from briefing.grounding.identity import stands_in
from briefing.grounding.reading import read

CUT = "The central bank cut the official value of the talen by a quarter on Sunday."


@pytest.mark.parametrize(
    "passage",
    [
        CUT,
        f"PORT AUREL, March 10 (Continental) - {CUT}",
        f"TARBET — {CUT}",
        f"ST. ANNE'S BAY (Wire) – {CUT} Queues formed before dawn.",
    ],
)
def test_a_whole_sentence_stands_in_its_passage(passage: str) -> None:
    assert stands_in(read(CUT), [read(passage)])


@pytest.mark.parametrize(
    "passage",
    [
        f"Nobody believes that {CUT[0].lower()}{CUT[1:]}",
        f"RUMOUR has it - and few doubt it - {CUT}",
        f"It was denied - {CUT}",
        f"NOT TRUE: {CUT}",
    ],
)
def test_part_of_a_sentence_does_not(passage: str) -> None:
    assert not stands_in(read(CUT), [read(passage)])
