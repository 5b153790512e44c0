"""Set-up as a whole: steps are done once for the same inputs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scripts.setup import main
from scripts.steps import Stamps, set_up

ROOT = Path(__file__).parents[2]


def test_a_step_is_done_once_for_each_key(tmp_path: Path) -> None:
    path, done = tmp_path / "stamps.json", []
    for key in ("a", "a", "b"):
        Stamps(path).once("build", key, lambda key=key: done.append(key))
    assert done == ["a", "b"]


def test_a_step_that_fails_is_done_again(tmp_path: Path) -> None:
    path = tmp_path / "stamps.json"

    def fail() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Stamps(path).once("build", "a", fail)
    assert Stamps(path).once("build", "a", lambda: None)


def test_damaged_or_forgotten_stamps_count_as_not_done(tmp_path: Path) -> None:
    path = tmp_path / "stamps.json"
    stamps = Stamps(path)
    stamps.once("build", "a", lambda: None)
    stamps.once("run", "a", lambda: None)
    stamps.forget("build")
    assert json.loads(path.read_text(encoding="utf-8")) == {"run": "a"}
    path.write_text("{", encoding="utf-8")
    assert Stamps(path).once("run", "a", lambda: None)


def test_a_failed_step_ends_in_words_and_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".venv").write_text("in the way", encoding="utf-8")
    (tmp_path / "requirements").mkdir()
    for name in ("build", "runtime", "dev", "llama"):
        (tmp_path / "requirements" / f"{name}.txt").touch()
    (tmp_path / "pyproject.toml").touch()
    assert set_up([], tmp_path) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "error: making an environment" in captured.err
    assert str(tmp_path / ".out" / "setup.log") in captured.err


def test_help_needs_nothing() -> None:
    command = [sys.executable, "-m", "scripts.setup", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert "--rebuild" in done.stdout


def test_the_entry_is_readable_by_old_pythons() -> None:
    source = (ROOT / "scripts" / "setup.py").read_text(encoding="utf-8")
    compile(source, "setup.py", "exec", dont_inherit=True)
    assert "from __future__" not in source
    assert " | " not in source
    assert callable(main)


@pytest.mark.parametrize("name", ["build", "runtime", "llama", "dev"])
def test_every_pin_has_hashes_and_no_index_is_named(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert pins
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
    assert text.count("--hash=sha256:") >= len(pins)
    assert "index" not in text.replace("llama-index", "")
    assert "://" not in text


def pins(name: str) -> set[str]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {line.rstrip("\\ ") for line in text.splitlines() if line and line[0] not in " #"}


def test_dev_and_runtime_agree_and_leave_llama_to_itself() -> None:
    assert pins("runtime.txt") <= pins("dev.txt")
    assert not any(pin.startswith("llama-cpp-python") for pin in pins("dev.txt"))


def test_the_locks_hold_all_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def missing(wanted: list[str], *locks: str) -> set[str]:
        held = {pin.split("==")[0] for lock in locks for pin in pins(lock)}
        return {re.split(r"[^\w-]", one)[0] for one in wanted} - held

    assert not missing(project["dependencies"], "runtime.txt", "llama.txt")
    assert not missing(project["optional-dependencies"]["dev"], "dev.txt")
