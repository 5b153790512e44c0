"""``briefing eval file`` from the command line, with a fake checker handed in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from briefing.cli import eval_bench, eval_file
from briefing.config import Settings
from briefing.errors import UserError
from briefing.evals import rescoring
from tests.evals.subjects import WordChecker, write_sources

app = typer.Typer()
app.command("file")(eval_file.file)
TEXT = "The ferry ran aground [1]. The ferry carried explosives [1].\n"


class Opened:
    """Opens a :class:`WordChecker` and remembers whether a judge was wanted."""

    def __init__(self) -> None:
        self.judge: list[bool] = []

    @contextmanager
    def __call__(self, settings: Settings, judge: bool) -> Iterator[WordChecker]:
        assert isinstance(settings, Settings)
        self.judge.append(judge)
        yield WordChecker()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    write_sources(tmp_path / "docs")
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


def invoke(*args: str | Path, opened: Opened | None = None) -> Result:
    bench = eval_bench.Bench(opened or Opened())
    return CliRunner().invoke(app, [str(arg) for arg in args], obj=bench)


def test_figures_go_to_stdout(folder: Path) -> None:
    result = invoke(folder / "a.md", "--source", f"1={folder / 'docs' / 'ferry.txt'}")
    assert result.exit_code == 0, result.output
    assert "Grounding of a.md" in result.stdout
    assert "citation_recall" in result.stdout
    assert "The ferry carried explosives." in result.stdout


def test_json_can_be_saved_and_scored_again(folder: Path) -> None:
    place = folder / "report.json"
    result = invoke(folder / "a.md", "--sources", folder / "docs", "--format", "json",
                    "--json", place)  # fmt: skip
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == json.loads(place.read_text(encoding="utf-8"))
    assert rescoring.load(place).kind == "file"


@pytest.mark.parametrize(("form", "begins"), [("markdown", "# "), ("html", "<!DOCTYPE html>")])
def test_other_formats(folder: Path, form: str, begins: str) -> None:
    place = folder / "out"
    result = invoke(folder / "a.md", "--sources", folder / "docs", "--format", form, "-o", place)
    assert (result.exit_code, result.stdout) == (0, "")
    assert place.read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(("limit", "status"), [("0.5", 0), ("0.51", 3)])
def test_a_missed_limit_ends_with_3(folder: Path, limit: str, status: int) -> None:
    result = invoke(folder / "a.md", "--sources", folder / "docs", "--fail-under",
                    f"supported={limit}")  # fmt: skip
    assert result.exit_code == status
    assert ("missed: supported is 0.5" in result.stderr) == (status == 3)


def test_an_unknown_metric_is_found_before_the_work(folder: Path) -> None:
    opened = Opened()
    result = invoke(folder / "a.md", "--fail-under", "truth=1", opened=opened)
    assert result.exit_code == 2
    assert "citation_recall" in result.stderr
    assert opened.judge == []


def test_without_a_model_no_judge_is_opened(folder: Path) -> None:
    opened = Opened()
    for extra in ([], ["--no-model"]):
        invoke(folder / "a.md", "--sources", folder / "docs", *extra, opened=opened)
    assert opened.judge == [True, False]
    contradiction = invoke(folder / "a.md", "--no-model", "--model", "x", opened=opened)
    assert contradiction.exit_code == 2


def test_a_source_is_never_overwritten(folder: Path) -> None:
    place = folder / "docs" / "ferry.txt"
    before = place.read_bytes()
    result = invoke(folder / "a.md", "--sources", folder / "docs", "-o", place)
    assert isinstance(result.exception, UserError)
    assert place.read_bytes() == before
