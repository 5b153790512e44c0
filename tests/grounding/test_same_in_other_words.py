"""What says the same in other words is never surely wrong; near misses mostly are.

The passages and statements of ``same_in_other_words.yaml`` are invented. Those that the facts layer
gets wrong stay in the table by name, so that a change that loses or gains one shows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefing.grounding import facts
from briefing.grounding.reading import read_all
from tests import yaml_data

if TYPE_CHECKING:
    from spacy.tokens import Doc

GROUPS: list[dict[str, Any]] = yaml_data.load(Path(__file__).parent / "same_in_other_words.yaml")


@pytest.fixture(scope="module")
def surely_wrong(parse: Callable[[str], Doc]) -> list[set[str]]:
    """The statements of each group with a certain objection; all are parsed in one go."""
    parse("Ready.")
    statements = [s for group in GROUPS for s in (*group["same"], *group["other"])]
    claims = dict(zip(statements, read_all((s, None) for s in statements), strict=True))
    grounds = read_all((group["passage"], "2024-05-14") for group in GROUPS)
    return [
        {
            s
            for s in (*group["same"], *group["other"])
            if any(o.certain for o in facts.objections(claims[s], [ground])[1])
        }
        for group, ground in zip(GROUPS, grounds, strict=True)
    ]


@pytest.mark.parametrize("at", range(len(GROUPS)), ids=[group["form"] for group in GROUPS])
def test_what_says_the_same_is_not_surely_wrong(at: int, surely_wrong: list[set[str]]) -> None:
    group, found = GROUPS[at], surely_wrong[at]
    assert [s for s in group["same"] if s in found] == group.get("refused", [])


@pytest.mark.parametrize("at", range(len(GROUPS)), ids=[group["form"] for group in GROUPS])
def test_near_misses_are_surely_wrong(at: int, surely_wrong: list[set[str]]) -> None:
    group, found = GROUPS[at], surely_wrong[at]
    assert [s for s in group["other"] if s not in found] == group.get("missed", [])


def test_the_table_is_large_enough_to_say_something() -> None:
    count = {k: sum(len(g.get(k, ())) for g in GROUPS) for k in ("same", "other", "missed")}
    assert min(count["same"], count["other"]) >= 300
    assert count["missed"] < 0.45 * count["other"]
