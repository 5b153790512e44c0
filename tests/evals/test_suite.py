"""The suite: cases run with scripted engines, held against annotations, kept and reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from briefing.cli import eval_suite
from briefing.config import Settings
from briefing.errors import InternalError, UserError
from briefing.evals import cases, rescoring, suite_report
from briefing.evals.rendering import as_json, as_markdown, as_table
from briefing.evals.report import EvalReport
from briefing.evals.suite import CaseResult, Trial, run_case, trials
from briefing.evals.suite_bench import silent
from briefing.model.jobs import Failure, Generate, Generated, Job, Prompt, Score
from briefing.model.jobs import Result as Answer
from briefing.resources import prompts_dir
from briefing.store import NullStore
from tests.evals.suites import CASE, GOLD, Opened, bench, write_case
from tests.test_pipeline import answer

app = typer.Typer()
app.command("suite")(eval_suite.suite)


def planned(path: Path, **options: object) -> tuple[Trial, ...]:
    return trials(cases.load([path]), Settings(), **options)  # type: ignore[arg-type]


def one(path: Path, opened: Opened | None = None) -> tuple[Trial, CaseResult]:
    (trial,) = planned(path)
    with bench(opened or Opened(), NullStore()) as tools:
        return trial, run_case(trial, tools)


def figures(trial: Trial, result: CaseResult) -> dict[str, tuple[float | None, int]]:
    assert not result.error, result.error
    return {f.metric: (f.value, f.n) for f in suite_report.case_figures(trial, result)}


def test_a_case_is_judged_and_compared(tmp_path: Path) -> None:
    trial, result = one(write_case(tmp_path))
    found = figures(trial, result)
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


def test_where_a_case_lies_is_not_told(tmp_path: Path) -> None:
    report = reported([one(write_case(tmp_path))])
    assert str(tmp_path) not in as_json(report)
    assert "texts/wire.txt" in as_json(report)


def reported(results: list[tuple[Trial, CaseResult]]) -> EvalReport:
    return suite_report.report_of(results)


def test_a_report_is_scored_again_from_its_items(tmp_path: Path) -> None:
    report = reported([one(write_case(tmp_path))])
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


def test_a_case_that_fails_is_unscored_and_stops_no_other(tmp_path: Path) -> None:
    def stumble(_: object) -> Failure:
        raise ValueError("the engine stumbles")

    path = write_case(tmp_path)
    good, bad = one(path), one(path, Opened(stumble))
    assert bad[1].error == "ValueError: the engine stumbles"
    bad = (Trial(bad[0].case, bad[0].settings, "broken"), bad[1])
    report = reported([bad, good])
    failed = report.figure("supported", "broken")
    assert failed is not None
    assert (failed.value, failed.n) == (None, 0)
    assert report.figure("cases_passed") == reported([good]).figure("cases_passed")
    assert "1 of 2 cases could not be run and are in no figure." in report.notes


def test_prompt_sets_stand_side_by_side(tmp_path: Path) -> None:
    path = write_case(tmp_path)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "open.jinja").write_text(
        "{% block system %}Mine.{% endblock %}{% block user %}{{ passage }}{% endblock %}",
        encoding="utf-8",
    )
    both = planned(path, sets=["default", str(mine)])
    assert [trial.group for trial in both] == ["default/pier", "mine/pier"]
    opened = Opened()
    with bench(opened, NullStore()) as tools:
        report = reported([(trial, run_case(trial, tools)) for trial in both])
    assert len(opened.engines) == 1
    assert opened.judging == ["default"]
    assert report.figure("supported", "mine") is not None
    table = as_table(report)
    assert "default" in table.splitlines()[2]
    assert "mine" in table.splitlines()[2]
    assert "| Over | Metric | default | mine |" in as_markdown(report)
    with pytest.raises(UserError, match="one name"):
        planned(path, sets=["default", "default"])


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


class Shell:
    """The command with scripted tools; ``model`` says whether one was wanted."""

    def __init__(self, opened: Opened | None = None) -> None:
        self.model: list[bool] = []
        self.opened = opened or Opened()

    def __call__(self, *args: str | Path) -> Result:
        def openers(model: bool) -> object:
            self.model.append(model)
            return self.opened.openers

        tools = eval_suite.SuiteBench(openers)  # type: ignore[arg-type]
        return CliRunner().invoke(app, [str(arg) for arg in args], obj=tools)


def test_the_command_reports_and_resumes(tmp_path: Path) -> None:
    path, work, saved = write_case(tmp_path), tmp_path / "work", tmp_path / "report.json"
    shell = Shell()
    first = shell(path, "--workdir", work, "--json", saved)
    assert first.exit_code == 0, first.output
    assert "Suite of 1 cases" in first.stdout
    assert "1/1 pier: " in first.stderr
    asked = shell.opened.asked
    second = shell(path, "--workdir", work)
    assert "1/1 pier: finished earlier" in second.stderr
    assert second.stdout == first.stdout
    assert shell.opened.asked == asked
    assert json.loads(saved.read_text(encoding="utf-8"))["kind"] == "suite"


def test_a_missed_threshold_ends_with_3(tmp_path: Path) -> None:
    path = write_case(tmp_path, case=CASE + "  questions_annotated: 1.0\n")
    result = Shell()(path, "--workdir", tmp_path / "work")
    assert result.exit_code == 3
    assert "missed: pier: questions_annotated is" in result.stderr
    limit = Shell()(write_case(tmp_path), "--workdir", tmp_path / "work",
                    "--fail-under", "quotes_extra@pier=2")  # fmt: skip
    assert limit.exit_code == 3


def test_a_failed_case_ends_with_1_and_the_others_are_reported(tmp_path: Path) -> None:
    good = write_case(tmp_path)
    bad = tmp_path / "bad.yaml"
    bad.write_text("name: bad\nsources: [gone.txt]\n", encoding="utf-8")
    shell = Shell()
    result = shell(bad, good, "--workdir", tmp_path / "work", "--format", "json")
    assert result.exit_code == 1
    assert "1/2 bad: failed: gone.txt does not exist" in result.stderr.replace(f"{tmp_path}/", "")
    report = EvalReport.model_validate_json(result.stdout)
    found = report.figure("quotes_found", "pier")
    assert found is not None
    assert found.value == 1.0
    assert shell(good, "--no-model", "--workdir", tmp_path / "work").exit_code == 0
    assert shell.model == [True, False]


def test_mistakes_are_found_before_the_work(tmp_path: Path) -> None:
    path, shell = write_case(tmp_path), Shell()
    assert shell(path, "--fail-under", "truth=1").exit_code == 2
    assert shell(path, "--model", "x", "--no-model").exit_code == 2
    for place in (path, tmp_path / "gold.yaml", tmp_path / "texts" / "wire.txt"):
        assert isinstance(shell(path, "-o", place).exception, UserError)
    assert isinstance(shell(path, "--case", "peer").exception, UserError)
    assert shell.model == []


def test_a_bug_in_one_case_is_its_error(tmp_path: Path) -> None:
    def bug(_: object) -> Failure:
        raise InternalError("a bug", "Report it.")

    _, result = one(write_case(tmp_path), Opened(bug))
    assert result.error == "a bug Report it."


def plainly(job: Job) -> Answer:
    """Answers of :func:`tests.test_pipeline.answer`, and JSON where JSON is asked for."""
    if isinstance(job, Generate) and job.grammar and "%json" in job.grammar:
        said = {"outcomes": ["The board approved a second pier."], "quotes": []}
        return Generated(text=json.dumps(said), tokens=9)
    return answer(job)


def test_baselines_stand_beside_ours_with_differences(tmp_path: Path) -> None:
    path, shell = write_case(tmp_path), Shell(Opened(plainly))
    saved = tmp_path / "report.json"
    options = ("--workdir", tmp_path / "work", "--baseline", "plain", "--baseline", "lead")
    result = shell(path, *options, "--json", saved)
    assert result.exit_code == 0, result.output
    assert "3/3 plain/pier: " in result.stderr
    report = EvalReport.model_validate_json(saved.read_text(encoding="utf-8"))
    values = {
        group: report.figure("quotes_found", group)
        for group in ("ours", "lead", "plain", "ours-lead", "ours-plain")
    }
    assert {g: f.value for g, f in values.items() if f is not None} == {
        "ours": 1.0, "lead": 1.0, "plain": 0.0, "ours-lead": 0.0, "ours-plain": 1.0
    }  # fmt: skip
    told = [i.group for i in report.items if (i.kind, i.section) == ("statement", "outcomes")]
    shown = {column: told.count(f"{column}/pier") for column in ("ours", "lead", "plain")}
    assert shown["lead"] == shown["ours"] > 0
    assert shown["plain"] == 3  # one for each article
    assert rescoring.rescore(report).figures == report.figures
    assert "Δ: the first column minus this one" in result.stdout
    assert "| Over | Metric | ours | lead | plain |" in as_markdown(report)
    limit = shell(path, *options, "--fail-under", "quotes_found@ours-plain=0.5")
    assert limit.exit_code == 0, limit.output
    assert "3/3 plain/pier: finished earlier" in limit.stderr


def test_thresholds_are_for_ours_alone(tmp_path: Path) -> None:
    path = write_case(tmp_path, case=CASE + "  speaker_missed: {at_most: 0}\n")
    result = Shell()(path, "--workdir", tmp_path / "work", "--baseline", "lead")
    assert result.exit_code == 0, result.output


def test_mistakes_with_baselines_are_found_before_the_work(tmp_path: Path) -> None:
    path, shell = write_case(tmp_path), Shell()
    assert shell(path, "--baseline", "gpt").exit_code == 2
    assert shell(path, "--baseline", "plain", "--no-model").exit_code == 2
    mine = tmp_path / "lead"
    mine.mkdir()
    both = ("--prompts", "default", "--prompts", mine, "--baseline", "lead")
    assert isinstance(shell(path, *both).exception, UserError)
    assert shell.model == []


def test_a_case_that_failed_in_one_column_is_in_no_difference(tmp_path: Path) -> None:
    results = []
    for name in ("good", "bad"):
        folder = tmp_path / name
        folder.mkdir()
        path = write_case(folder, case=CASE.replace("name: pier", f"name: {name}"))
        ours, lead = planned(path, baselines=("lead",))
        with bench(Opened(), NullStore()) as tools:
            found = run_case(lead, tools)
            results += [(ours, run_case(ours, tools))]
        results += [(lead, found if name == "good" else CaseResult(error="gone"))]
    report = reported(results)
    figure = report.figure("quotes_found", "ours-lead")
    assert figure is not None
    assert (figure.value, figure.n) == (0.0, 1)
