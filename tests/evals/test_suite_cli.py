"""``briefing eval suite``: what it prints, how it ends, what it refuses before the work."""

from __future__ import annotations

import json
from pathlib import Path

from briefing.errors import UserError
from briefing.evals.report import EvalReport
from tests.evals.suites import CASE, Shell, write_case


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
