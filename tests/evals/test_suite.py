"""The suite: cases run with scripted engines, held against annotations, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import InternalError
from briefing.evals import rescoring, suite_report
from briefing.evals.rendering import as_json
from briefing.evals.report import EvalReport
from briefing.evals.suite import CaseResult, Trial, run_case
from briefing.evals.suite_bench import silent
from briefing.model.jobs import Failure, Prompt, Score
from briefing.resources import prompts_dir
from briefing.store import NullStore
from tests.evals.suites import (
    CASE,
    GOLD,
    Opened,
    bench,
    figures,
    one,
    planned,
    reported,
    write_case,
)


@pytest.fixture(scope="module")
def pier(tmp_path_factory: pytest.TempPathFactory) -> tuple[Trial, CaseResult]:
    """The case as it stands, run once."""
    return one(write_case(tmp_path_factory.mktemp("pier")))


def test_a_case_is_judged_and_compared(pier: tuple[Trial, CaseResult]) -> None:
    found = figures(*pier)
    assert found["quote_exactness"][0] == 1.0
    assert found["quotes_found"] == (1.0, 1)
    assert found["speaker_as_annotated"] == (1.0, 1)
    assert found["questions_found"] == (1.0, 1)
    assert found["important_outcomes_covered"] == (1.0, 1)
    covered, n = found["outcomes_covered"]
    assert n == 2
    assert covered is not None
    extra, shown = found["quotes_extra"]
    assert extra == pytest.approx((shown - 1) / shown)
    assert found["outcomes_annotated"][1] <= 6


def test_another_speaker_and_none_are_told_apart(tmp_path: Path) -> None:
    for speaker, metric in (
        ("Iain Munro", "speaker_misattributed"),
        ("null", "speaker_misattributed"),
        ("dana  whitlock", "speaker_as_annotated"),
    ):
        gold = GOLD.replace("speaker: Dana Whitlock", f"speaker: {speaker}")
        found = figures(*one(write_case(tmp_path, gold=gold)))
        assert found[metric] == (1.0, 1)


def test_what_was_not_annotated_is_not_measured(tmp_path: Path) -> None:
    gold = GOLD[: GOLD.index("quotes:")] + "open_questions: []\n"
    found = figures(*one(write_case(tmp_path, gold=gold)))
    assert found["quotes_found"] == found["quotes_extra"] == (None, 0)
    assert found["questions_found"] == (None, 0)
    value, n = found["questions_annotated"]
    assert value == 0.0
    assert n > 0


def test_annotations_that_are_not_in_the_source_fail_the_case(tmp_path: Path) -> None:
    path = write_case(tmp_path, gold=GOLD.replace("About sixty people", "About seventy people"))
    _, result = one(path)
    assert "gold.yaml, outcomes 2: local.txt does not have the words" in result.error
    unknown = GOLD.replace("source: local.txt", "source: gone.txt")
    _, result = one(write_case(tmp_path, gold=unknown))
    assert "no source of the case is called 'gone.txt'" in result.error


def test_thresholds_are_told_in_words(tmp_path: Path) -> None:
    case = CASE + "  questions_annotated: 1.0\n  speaker_missed: {at_most: 0}\n"
    trial, result = one(write_case(tmp_path, case=case))
    (message,) = suite_report.missed(trial, result)
    assert message.startswith("questions_annotated is 0.")
    assert message.endswith("it must be at least 1")


def test_a_finished_case_is_used_again_until_something_changes(tmp_path: Path) -> None:
    path = write_case(tmp_path)
    (trial,) = planned(path)
    opened = Opened()
    with bench(opened, tmp_path / "work") as tools:
        first, second = run_case(trial, tools), run_case(trial, tools)
    assert (first.kept, second.kept) == (False, True)
    assert second.items == first.items
    asked = opened.asked
    with bench(opened, tmp_path / "work", fresh=True) as tools:
        assert not run_case(trial, tools).kept
    assert opened.asked == 2 * asked


def test_whatever_a_case_depends_on_makes_it_run_again(tmp_path: Path) -> None:
    prompts = tmp_path / "mine"
    prompts.mkdir()

    def kept(case: str = CASE, gold: str = GOLD, **options: object) -> bool:
        (trial,) = planned(write_case(tmp_path, case=case, gold=gold), **options)
        with bench(Opened(), tmp_path / "work") as tools:
            result = run_case(trial, tools)
            assert run_case(trial, tools).kept
        return result.kept

    assert not kept()
    assert kept()
    assert not kept(CASE.replace("max_outcomes: 6", "max_outcomes: 5"))
    assert not kept(CASE.replace("topic: the", "topic: a"))
    assert not kept(gold=GOLD.replace("importance: 1", "importance: 2"))
    assert not kept(model="another")
    default = (prompts_dir() / "default" / "open.jinja").read_text(encoding="utf-8")
    (prompts / "open.jinja").write_text(default + "\n", encoding="utf-8")
    assert not kept(sets=[str(prompts)])
    (tmp_path / "texts" / "more.txt").write_text("It rained in Ardmore.\n", encoding="utf-8")
    assert not kept()


def test_thresholds_do_not_make_a_case_run_again(tmp_path: Path) -> None:
    (before,) = planned(write_case(tmp_path))
    with bench(Opened(), tmp_path / "work") as tools:
        run_case(before, tools)
        (after,) = planned(write_case(tmp_path, case=CASE.replace("covered: 0.5", "covered: 0.6")))
        assert run_case(after, tools).kept


def test_where_a_case_lies_is_not_told(pier: tuple[Trial, CaseResult]) -> None:
    report = reported([pier])
    assert str(pier[0].case.folder) not in as_json(report)
    assert "texts/wire.txt" in as_json(report)


def test_a_report_is_scored_again_from_its_items(pier: tuple[Trial, CaseResult]) -> None:
    report = reported([pier])
    again = EvalReport.model_validate_json(as_json(report))
    assert rescoring.rescore(again.model_copy(update={"figures": ()})) == again
    passed = report.figure("cases_passed")
    assert passed is not None
    assert (passed.value, passed.n) == (1.0, 1)


def test_over_all_cases_whole_cases_are_drawn(tmp_path: Path) -> None:
    results = []
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        results.append(one(write_case(folder, case=CASE.replace("name: pier", f"name: p{number}"))))
    report = reported(results)
    alone, over = report.figure("quote_exactness", "p0"), report.figure("quote_exactness")
    assert alone is not None
    assert over is not None
    assert over.n == 3 * alone.n
    assert (over.low, over.high) == (pytest.approx(0.4385, abs=1e-3), 1.0)  # Wilson, 3 cases
    # All cases are alike: drawn by case they have no spread, and the items' own interval stands.
    alike, within = report.figure("outcomes_annotated"), report.figure("outcomes_annotated", "p0")
    assert alike is not None
    assert within is not None
    assert within.value not in (0.0, 1.0)
    assert None not in (alike.low, alike.high)
    assert within.low < alike.low < alike.value < alike.high < within.high  # type: ignore[operator]


def test_a_case_that_fails_is_unscored_and_stops_no_other(
    pier: tuple[Trial, CaseResult],
) -> None:
    def stumble(_: object) -> Failure:
        raise ValueError("the engine stumbles")

    good, bad = pier, one(pier[0].case.path, Opened(stumble))
    assert bad[1].error == "ValueError: the engine stumbles"
    bad = (Trial(bad[0].case, bad[0].settings, "broken"), bad[1])
    report = reported([bad, good])
    failed = report.figure("supported", "broken")
    assert failed is not None
    assert (failed.value, failed.n) == (None, 0)
    assert report.figure("cases_passed") == reported([good]).figure("cases_passed")
    assert "1 of 2 cases could not be run and are in no figure." in report.notes


def test_one_model_is_open_at_a_time(tmp_path: Path) -> None:
    (first,) = planned(write_case(tmp_path), model="one")
    (second,) = planned(write_case(tmp_path), model="two")
    opened = Opened()
    with bench(opened, NullStore()) as tools:
        run_case(first, tools)
        run_case(second, tools)
        assert (len(opened.engines), opened.closed) == (2, 1)
    assert opened.closed == 2


def test_without_a_model_nothing_is_answered() -> None:
    job = Score(prompt=Prompt(user="?"), choices=("yes", "no"))
    assert silent().run([job]) == [Failure(why="refused", detail="no model was asked")]


def test_a_bug_in_one_case_is_its_error(tmp_path: Path) -> None:
    def bug(_: object) -> Failure:
        raise InternalError("a bug", "Report it.")

    _, result = one(write_case(tmp_path), Opened(bug))
    assert result.error == "a bug Report it."
