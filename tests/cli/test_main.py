"""Manners of the command line as a whole: help, errors, exit statuses, streams."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from briefing import __version__, document
from briefing.cli import COMMANDS, app, console
from briefing.errors import UserError
from tests.example import example

ROOT = Path(__file__).parents[2]
runner = CliRunner()


def call(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", "from briefing.cli import main; main()", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_help_and_shows_an_example(name: str) -> None:
    assert f"\n  {name} " in runner.invoke(app, ["--help"]).stdout
    command = typer.main.get_command(app).get_command(None, name)
    for words in [[name, inner] for inner in getattr(command, "commands", {})] or [[name]]:
        shown = runner.invoke(app, [*words, "--help"])
        assert shown.exit_code == 0
        assert f"Example: {' '.join(['briefing', *words])}" in shown.stdout


def test_help_and_render_import_nothing_heavy() -> None:
    script = (
        "import sys\nfrom typer.testing import CliRunner\nfrom briefing.cli import app\n"
        "assert CliRunner().invoke(app, sys.argv[1:]).exit_code == 0\n"
        "print(sorted({'spacy', 'trafilatura', 'llama_cpp', 'pydantic', 'jinja2', 'numpy'} "
        "& set(sys.modules)))"
    )
    for arguments, expected in (["--help"], "[]"), (["render", "--help"], "['jinja2', 'pydantic']"):
        found = subprocess.run(  # noqa: S603
            [sys.executable, "-c", script, *arguments],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        assert found.stdout.strip() == expected


@pytest.mark.parametrize("arguments", [["nothing"], ["render"], ["render", "a", "--format", "doc"]])
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    result = runner.invoke(app, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage:" in result.stderr


def test_the_version_is_printed() -> None:
    assert runner.invoke(app, ["--version"]).stdout == f"briefing {__version__}\n"


def test_no_arguments_shows_the_help() -> None:
    assert "Usage: " in runner.invoke(app, []).output


def test_an_error_is_a_message_and_a_hint_on_stderr(tmp_path: Path) -> None:
    result = runner.invoke(app, ["render", str(tmp_path / "no\x1b[31m.json")])
    assert result.exit_code == 1
    assert result.stdout == ""
    first, second = result.stderr.splitlines()
    assert first == f"error: {tmp_path}/no\ufffd[31m.json does not exist or is no file"
    assert second.startswith("hint: ")


@pytest.fixture
def failing() -> typer.Typer:
    """Commands that fail in every way, inside the boundary."""
    ways: dict[str, BaseException] = {
        "user": UserError("no such thing"),
        "interrupt": KeyboardInterrupt(),
        "bug": ZeroDivisionError("secret place"),
        "exit": typer.Exit(7),
    }
    commands = typer.Typer()

    @commands.command()
    def fail(way: str) -> None:
        with console.boundary():
            raise ways[way]

    return commands


@pytest.mark.parametrize(
    ("way", "status", "says"),
    [
        ("user", 1, "error: no such thing\n"),
        ("interrupt", 130, "interrupted\n"),
        ("bug", 1, "error: internal error: ZeroDivisionError: secret place\n"),
        ("exit", 7, ""),
    ],
)
def test_each_failure_has_its_status(
    failing: typer.Typer, tmp_path: Path, way: str, status: int, says: str
) -> None:
    result = runner.invoke(failing, [way], env={"BRIEFING_HOME": str(tmp_path)})
    assert result.exit_code == status
    assert result.stderr.startswith(says)
    assert "Traceback" not in result.output


def test_a_bug_leaves_its_traceback_to_the_owner(failing: typer.Typer, tmp_path: Path) -> None:
    result = runner.invoke(failing, ["bug"], env={"BRIEFING_HOME": str(tmp_path)})
    log = tmp_path / "cache" / "last-error.txt"
    assert str(log) in result.stderr
    assert "ZeroDivisionError: secret place" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_debugging_shows_the_traceback(failing: typer.Typer, tmp_path: Path) -> None:
    variables = {"BRIEFING_HOME": str(tmp_path), "BRIEFING_DEBUG": "1"}
    assert "Traceback" in runner.invoke(failing, ["bug"], env=variables).stderr


def test_output_is_utf8_in_any_locale_and_plain_in_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    document.save(example(title="Überblick – 概要"), path)
    for locale in ("C", "POSIX"):
        done = call("render", str(path), LC_ALL=locale, PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
        assert done.returncode == 0
        assert done.stdout.decode("utf-8").startswith("# Überblick – 概要\n")
        failed = call("render", "ü.json", LC_ALL=locale, PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
        assert failed.stderr.startswith(b"error: ")
        assert b"\x1b" not in failed.stderr


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    document.save(example(notes=("long",) * 100_000), path)
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", "from briefing.cli import main; main()", "render", str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_what_steers_a_terminal_is_made_visible() -> None:
    assert console.visible("a\x1b[31mb\nc\td\r\u202e") == "a\ufffd[31mb\nc\td\ufffd\ufffd"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_under_stdout_is_no_bug_of_ours() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "briefing", "schema"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("error: nothing more can be written: No space left on device\n")
