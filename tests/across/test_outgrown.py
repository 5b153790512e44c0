"""Early counts that another passage tells grown."""

from __future__ import annotations

from pathlib import Path

import pytest

import briefing
from briefing.across.candidates import candidates
from briefing.across.outgrown import outgrown
from briefing.across.told import told_in
from briefing.evals.suite_bench import silent
from briefing.extract.articles import Parse, analyse
from briefing.origins import find_origins
from briefing.render import render
from tests.example import source

FIRST = "The old market hall of Port Ardle stood at the harbour for ninety years."
LATE = "The council said on Sunday that six people died under the roof of the market hall."


def dropped(texts: list[str], parse: Parse) -> set[str]:
    """The sentences whose count is outgrown."""
    articles = [analyse(source(n, text), parse) for n, text in enumerate(texts, 1)]
    told = told_in(articles)
    pairs = candidates(told, find_origins([(a.source, a.passages) for a in articles]))
    keys = outgrown(pairs)
    return {each.line.sentence.text for each in told if (each.source_id, each.line.order) in keys}


@pytest.mark.parametrize(
    "early",
    [
        "Police now say that two people died when the roof of the market hall came down.",
        "At least four people died when the roof of the market hall came down.",
        "Rescuers confirm that three people died when the roof of the market hall fell.",
    ],
)
def test_an_interim_count_is_outgrown(early: str, parse: Parse) -> None:
    assert dropped([f"{FIRST} {early}", f"A crowd stood at the harbour. {LATE}"], parse) == {early}


@pytest.mark.parametrize(
    ("early", "late"),
    [
        # said without a word of its hour: the sources may differ
        ("Four people died when the roof of the market hall came down.", LATE),
        # the larger count is of others
        ("Police now say that two people died in the market hall.", "The town has 400 hotels."),
        # the larger one cannot be told alone
        (
            "Police now say that two people died when the roof of the market hall came down.",
            "But six people died when it came down on them.",
        ),
    ],
)
def test_other_counts_stay(early: str, late: str, parse: Parse) -> None:
    assert dropped([f"{FIRST} {early}", f"A crowd stood at the harbour. {late}"], parse) == set()


def test_a_lead_is_told_with_the_last_count_beside_it(tmp_path: Path) -> None:
    early = (
        "The old market hall of Port Ardle collapsed in a storm in front of hundreds of shoppers, "
        "killing at least two people."
    )
    quiet = "The hall stood at the harbour of Port Ardle for ninety years, the council said."
    for name, text in (("wire", f"{early}\n\n{quiet}\n"), ("paper", f"{quiet}\n\n{LATE}\n")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    made = briefing.generate([str(tmp_path)], engine=silent())
    (told,) = (each for each in made.outcomes if each.statement == early)
    assert [each.text for each in told.elsewhere] == [LATE]
    assert f"(compare: “{LATE}”" in render(made)
