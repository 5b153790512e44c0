"""The suite with several columns: prompt sets side by side, and baselines beside ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.errors import UserError
from briefing.evals import rescoring
from briefing.evals.rendering import as_markdown, as_table
from briefing.evals.report import EvalReport
from briefing.evals.suite import CaseResult, run_case
from briefing.model.jobs import Generate, Generated, Job, Result
from briefing.store import NullStore
from tests.evals.suites import CASE, Opened, Shell, bench, planned, reported, write_case
from tests.test_pipeline import answer


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


def plainly(job: Job) -> Result:
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
