"""What ``generate`` decides before any work: flags, formats, places."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from briefing.cli import app
from briefing.cli.generate import generate
from briefing.cli.options import format_of
from briefing.config import Settings
from briefing.render import OutputFormat
from tests.office import with_office

runner = CliRunner()


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text("The dam at Merrow held through the night.\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "flags",
    [
        ["--threads", "0"],
        ["--gpu-layers", "-2"],
        ["--context", "100"],
        ["--seed", "-1"],
        ["--language", "English"],
    ],
)
def test_a_flag_out_of_range_is_named(flags: list[str], report: str) -> None:
    result = runner.invoke(app, ["generate", report, *flags])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"the flag {flags[0]}" in result.stderr


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--template", "none-such"], "none-such"),
        (["--prompts", "none-such"], "none-such"),
        (["--model", "gone.gguf"], "gone.gguf"),
        (["--endpoint", "http://models.example/v1"], "--allow-remote"),
        (["--config", "gone.toml"], "gone.toml"),
    ],
)
def test_what_a_flag_names_is_looked_for(flags: list[str], said: str, report: str) -> None:
    result = runner.invoke(app, ["generate", report, "--no-store", *flags])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert said in result.stderr
    assert "internal error" not in result.stderr


def test_offline_reads_no_address() -> None:
    result = runner.invoke(app, ["generate", "--offline", "https://news.example/a"])
    assert result.exit_code == 1
    assert "news.example" in result.stderr
    assert "go online" in result.stderr


def test_flags_are_settings() -> None:
    """No flag is forgotten on its way: each is a setting, or says where the result goes."""
    elsewhere = {"sources", "output", "json", "output_format", "settings_file"}
    switches = {"no_store": "store", "no_text": "include_text"}
    names = {switches.get(name, name) for name in inspect.signature(generate).parameters}
    assert names - elsewhere <= set(Settings.model_fields)


@pytest.mark.parametrize(
    ("given", "output", "expected"),
    [
        (None, None, "markdown"),
        (None, "a.md", "markdown"),
        (None, "a.html", "html"),
        (None, "A.HTM", "html"),
        ("markdown", "a.html", "markdown"),
        ("html", "a.md", "html"),
        ("html", None, "html"),
        ("csl", "a.html", "csl"),
        ("markdown", "a.pdf", "markdown"),
        pytest.param(None, "A.DOCX", "docx", marks=with_office),
        pytest.param(None, "a.pdf", "pdf", marks=with_office),
        pytest.param("pdf", None, "pdf", marks=with_office),
    ],
)
def test_the_format_is_that_asked_for_or_that_of_the_ending(
    given: OutputFormat | None, output: str | None, expected: str
) -> None:
    assert format_of(given, Path(output) if output else None, terminal=False) == expected


@pytest.mark.parametrize("wanted", ["docx", "pdf"])
def test_the_bytes_of_a_file_never_go_to_a_terminal(wanted: OutputFormat) -> None:
    with pytest.raises(typer.BadParameter, match=f"name a file, -o FILE.{wanted}"):
        format_of(wanted, None, terminal=True)


def test_another_format_is_wrong_usage(report: str) -> None:
    result = runner.invoke(app, ["generate", report, "--format", "odt"])
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_pdf_without_its_converters_is_refused_before_any_work(
    report: str, without_office: dict[str, str], tmp_path: Path
) -> None:
    flags = ("--model", "gone.gguf", "-o", str(tmp_path / "b.pdf"))
    done = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-m", "briefing", "generate", report, *flags],
        env=without_office,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "error: a PDF needs the extra `office`" in done.stderr
    assert "hint: Install it: " in done.stderr
    assert "gone.gguf" not in done.stderr


def test_bad_places_are_refused_before_any_work(report: str, tmp_path: Path) -> None:
    same = str(tmp_path / "out.md")
    for flags, said in (
        (["-o", str(tmp_path)], "is a folder"),
        (["--json", str(tmp_path / "gone" / "b.json")], "no folder"),
        (["-o", same, "--json", same], "same file"),
        (["-o", report], "report.txt"),
    ):
        # Without a model work would fail with another message.
        result = runner.invoke(app, ["generate", report, "--model", "gone.gguf", *flags])
        assert result.exit_code == 1
        assert said in result.stderr
        assert "gone.gguf" not in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["report.txt"]
