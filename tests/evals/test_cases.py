"""Case files: what they may say, and what a mistake in one is told as."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import DocumentError, UserError
from briefing.evals import cases
from briefing.evals.gold import locate
from briefing.sources import read
from tests.evals.suites import CASE, GOLD, write_case

OURS = Path(__file__).parents[2] / "evals" / "cases"
NAMES = [path.stem for path in cases.find([OURS])]


def test_a_case_is_read_whole(tmp_path: Path) -> None:
    (case,) = cases.load([write_case(tmp_path)])
    assert (case.name, case.file.topic) == ("pier", "the second pier of Ardmore")
    assert case.gold is not None
    assert case.gold.outcomes is not None
    assert [o.importance for o in case.gold.outcomes] == [3, 1]
    assert [(t.metric, t.limit, t.most) for t in case.thresholds] == [
        ("quote_exactness", 1.0, False),
        ("outcomes_covered", 0.5, False),
        ("speaker_misattributed", 0.0, True),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("topic:", "topick:", "line 3: topick: there is no such key"),
        ("name: pier", "name: a/b", "line 1: name:"),
        ("name: pier", "", "name: field required"),
        ("[texts/*.txt]", "[]", "line 2: sources:"),
        ("[texts/*.txt]", "['https://news.example/a']", "line 2: sources.0:"),
        ("[texts/*.txt]", "['-']", "no path"),
        ("quote_exactness", "quote_exactnes", "Did you mean quote_exactness?"),
        ("quote_exactness: 1.0", "quote_exactness: high", "line 7: thresholds.quote_exactness"),
        ("quote_exactness: 1.0", "quote_exactness: .nan", "no number that a figure can have"),
        ("quote_exactness: 1.0", "quote_exactness: true", "line 7: thresholds.quote_exactness"),
        ("quote_exactness: 1.0", "quote_exactness: {}", "give a number"),
        ("{at_most: 0}", "{most: 0}", "line 9: thresholds.speaker_misattributed.most"),
        ("gold: gold.yaml\n", "", "the case has no `gold`"),
        ("max_outcomes: 6", "max_outcomes: 0", "line 5: settings.max_outcomes"),
        ("max_outcomes: 6", "max_outcome: 6", "Did you mean max_outcomes?"),
        ("max_outcomes: 6", "topic: x", "a key of the case itself"),
        ("max_outcomes: 6", "allow_remote: true", "no setting of a case"),
        ("topic: ", "name: two\ntopic: ", "'name' is given twice"),
        ("topic: the", "topic: &a the", ""),
        ("gold: gold.yaml", "gold: gone.yaml", "gone.yaml cannot be read"),
        ("name: pier", "name: [", "not valid YAML"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in CASE
    path = write_case(tmp_path, case=CASE.replace(old, new, 1))
    if not said:
        assert cases.load([path])
        return
    with pytest.raises(DocumentError) as caught:
        cases.load([path])
    assert said in caught.value.message
    assert str(tmp_path) in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: conflict", "kind: clash", "conflicts.0.kind: input should be"),
        ("point: jobs", "about: jobs", "conflicts.0.point: field required"),
        ('value: "1.2 million"', "value: 1.2", "conflicts.0.sides.1.value: input should be"),
        ("value: 300 jobs\n", "value: 300 jobs\n        who: local\n", "there is no such key"),
        ("conflicts:", "conflict:", "conflict: there is no such key"),
    ],
)
def test_mistakes_in_conflicts_are_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOLD
    with pytest.raises(DocumentError) as caught:
        cases.load([write_case(tmp_path, gold=GOLD.replace(old, new, 1))])
    assert said in caught.value.message


def test_a_point_has_two_sides(tmp_path: Path) -> None:
    one = GOLD[: GOLD.index('      - value: "1.2')]
    with pytest.raises(DocumentError, match=r"conflicts\.0\.sides: tuple should have at least 2"):
        cases.load([write_case(tmp_path, gold=one)])


def test_aliases_and_lists_are_no_case(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    for text, said in (("a: &x [1]\nb: *x\n", "aliases"), ("- 1\n", "no keys"), ("", "no keys")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DocumentError, match=said):
            cases.load([path])


def test_names_are_unique_and_known(tmp_path: Path) -> None:
    path = write_case(tmp_path)
    twin = tmp_path / "twin.yaml"
    twin.write_text(CASE, encoding="utf-8")
    with pytest.raises(DocumentError, match=r"already in .*pier\.yaml"):
        cases.load([path, twin])
    with pytest.raises(UserError) as caught:
        cases.load([path], ["peer"])
    assert caught.value.hint == "Did you mean pier?"


def test_folders_stand_for_their_files(tmp_path: Path) -> None:
    path = write_case(tmp_path)
    assert cases.find([path, tmp_path]) == [path, tmp_path / "gold.yaml"]
    with pytest.raises(UserError, match="no case"):
        cases.find([tmp_path / "gone"])
    with pytest.raises(UserError, match="holds no case"):
        cases.find([tmp_path / "texts"])


@pytest.fixture(scope="module")
def ours() -> dict[str, cases.Case]:
    """Read by the worker that runs these tests: it takes a second."""
    return {case.name: case for case in cases.load(cases.find([OURS]))}


def test_our_own_cases_are_called_as_their_files(ours: dict[str, cases.Case]) -> None:
    assert list(ours) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_our_own_cases_fit_their_texts(ours: dict[str, cases.Case], name: str) -> None:
    case = ours[name]
    sources = read([str(case.folder / name) for name in case.file.sources]).sources
    assert len(sources) >= 3
    assert case.thresholds
    if case.gold is None:
        return
    located = locate(case.gold, sources, case.name)
    for found in (located.outcomes, located.quotes, located.questions):
        assert found
        assert all(placed.places for placed in found)
