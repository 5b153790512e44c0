"""Sub-steps: their output in the log, their end and progress told to the user."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.journal import Journal, SetupError, tail


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def journal(tmp_path: Path, said: list[str]) -> Journal:
    return Journal(tmp_path / "out" / "setup.log", said.append, heartbeat=0.2)


def test_output_goes_to_the_log_and_a_line_to_the_user(journal: Journal, said: list[str]) -> None:
    journal.run("counting", python("print('one'); import sys; print('two', file=sys.stderr)"))
    assert "one" in tail(journal.log)
    assert "two" in tail(journal.log)
    assert said[0] == "  counting …"
    assert said[-1] == "  counting: 0 s"


def test_the_log_begins_anew_with_each_set_up_and_grows_within_one(
    journal: Journal, said: list[str]
) -> None:
    journal.run("first", python("print('first output')"))
    journal.run("second", python("print('second output')"))
    assert "first output" in tail(journal.log)
    Journal(journal.log, said.append).run("third", python("print('third output')"))
    assert "first output" not in tail(journal.log)


def test_a_failure_names_the_step_and_its_exit_status(journal: Journal) -> None:
    with pytest.raises(SetupError) as caught:
        journal.run("failing", python("print('why'); raise SystemExit(3)"), hint="try this")
    assert caught.value.message.startswith("failing: failed after 0 s (exit 3)")
    assert caught.value.hint == "try this"
    assert caught.value.log == journal.log
    assert "why" in tail(journal.log)


def test_a_program_that_is_not_there_is_a_failure(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be run"):
        journal.run("calling nobody", [tmp_path / "nobody"])


def test_long_steps_say_how_many_files_are_compiled(journal: Journal, said: list[str]) -> None:
    code = "print('[1/3] a.c', flush=True); print('[2/3] b.c', flush=True); "
    journal.run("compiling", python(code + "import time; time.sleep(1)"))
    assert any(line.endswith("s 2 of 3 files") for line in said)


def test_the_environment_is_the_users_with_what_is_added(journal: Journal) -> None:
    code = "import os; print(os.environ['PATH'] != '', os.environ['ADDED'])"
    journal.run("looking", python(code), env={"ADDED": "yes"})
    assert "True yes" in tail(journal.log)


def test_steps_cannot_wait_for_the_keyboard(journal: Journal) -> None:
    journal.run("reading", python("import sys; assert sys.stdin.read() == ''"))
