"""``briefing prompts`` and ``briefing templates``, from arguments to exit status."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from briefing.resources import prompts_dir, templates_dir
from tests.cli.running import told


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_set_is_copied_changed_and_checked(here: Path) -> None:
    _, said = told("prompts", "new", "court")
    assert "briefing prompts check court" in said
    out, _ = told("prompts", "list")
    assert "default  2 " in out
    assert "court    1 " in out
    out, said = told("prompts", "check", "court", "--model", "gone.gguf")
    assert "0 errors, 0 warnings" in out
    assert "estimated" in out
    assert said == ""
    ask = here / "court" / "ask.jinja"
    ask.write_text(ask.read_text(encoding="utf-8").replace("sentence }}", "sentense }}"))
    out, said = told("prompts", "check", "court", "--model", "gone.gguf", code=1)
    assert "1 error," in out
    assert f"error: {Path('court')}/ask.jinja, line " in said
    assert "hint: " in said


def test_warnings_leave_the_status_at_0(here: Path) -> None:
    told("prompts", "new", "court")
    (here / "court" / "notes.txt").write_text("x", encoding="utf-8")
    out, said = told("prompts", "check", "court", "--model", "gone.gguf")
    assert "1 warning" in out
    assert "warning: court/notes.txt is not read" in said


LONG = "a" * 300


@pytest.mark.parametrize(
    "arguments",
    [
        ("prompts", "new", LONG),
        ("prompts", "show", LONG),
        ("prompts", "show", f"{LONG}/ask"),
        ("prompts", "check", LONG),
        ("prompts", "check", "loop"),
        ("prompts", "check", ".."),
        ("prompts", "check", ""),
        ("prompts", "new", "x", "--from", ".."),
        ("prompts", "new", "loop"),
        ("prompts", "new", "x/.."),
        ("prompts", "show", "pipes"),
        ("prompts", "new", "y", "--from", "pipes"),
        ("prompts", "check", "piped"),
        ("templates", "new", LONG),
        ("templates", "new", ".."),
        ("templates", "new", "."),
        ("templates", "new", "loop/x"),
        ("templates", "show", ".."),
        ("templates", "show", LONG),
        ("templates", "show", "pipe.md.jinja"),
        ("templates", "show", "loop/x.md.jinja"),
        ("templates", "check", "loop/x.md.jinja"),
        ("templates", "check", "pipe.md.jinja"),
    ],
)
def test_a_name_that_cannot_be_is_told_and_leaves_nothing(
    arguments: tuple[str, ...], here: Path
) -> None:
    folder = here / "in"
    (folder / "pipes").mkdir(parents=True)
    (folder / "piped").mkdir()
    (folder / "loop").symlink_to("loop")
    for pipe in ("pipe.md.jinja", "pipes/ask.jinja", "piped/manifest.toml"):
        os.mkfifo(folder / pipe)
    os.chdir(folder)
    before = sorted(folder.rglob("*"))
    _, said = told(*arguments, code=1)
    assert "error: " in said
    assert sorted(folder.rglob("*")) == before


def test_lists_pass_over_pipes_and_huge_files(here: Path) -> None:
    os.mkfifo(here / "pipe.md.jinja")
    with (here / "huge.md.jinja").open("wb") as file:
        file.truncate(5_000_000_000)
    (here / "court").mkdir()
    os.mkfifo(here / "court" / "manifest.toml")
    out, _ = told("templates", "list")
    assert "pipe.md.jinja cannot be read: it is no file" in out
    assert "huge.md.jinja is too large" in out
    assert "broken: " in told("prompts", "list")[0]


def test_a_new_set_has_the_permissions_that_the_umask_leaves(here: Path) -> None:
    before = os.umask(0o027)
    try:
        told("prompts", "new", "court")
    finally:
        os.umask(before)
    assert (here / "court").stat().st_mode & 0o777 == 0o750
    assert (here / "court" / "ask.jinja").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in here.iterdir()] == ["court"]


def test_reports_are_json_too() -> None:
    out, _ = told("prompts", "check", "--json", "--model", "gone.gguf")
    assert {prompt["name"] for prompt in json.loads(out)["prompts"]} >= {"ask", "open", "outcome"}
    out, _ = told("templates", "check", "--json")
    assert json.loads(out)["findings"] == []
    assert json.loads(told("prompts", "list", "--json")[0])[0]["given"] == "default"
    assert "full" in {each["given"] for each in json.loads(told("templates", "list", "--json")[0])}


def test_one_prompt_is_shown_as_it_stands_in_its_file() -> None:
    text = (prompts_dir() / "default" / "ask.jinja").read_text(encoding="utf-8")
    assert told("prompts", "show", "default/ask")[0].rstrip("\n") == text.rstrip("\n")
    whole, _ = told("prompts", "show", "default")
    assert text.strip() in whole
    assert "given: event, sentence" in whole


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("prompts", "show", "none"), "'none'"),
        (("prompts", "show", "default/asc"), "Did you mean ask?"),
        (("prompts", "check", "none"), "'none'"),
        (("prompts", "new", "default"), "one of ours"),
        (("prompts", "new", "x", "--from", "none"), "'none'"),
        (("templates", "show", "none"), "'none'"),
        (("templates", "check", "none"), "none.md.jinja"),
        (("templates", "new", "x", "--from", "none"), "'none'"),
    ],
)
def test_what_is_not_there_is_named(arguments: tuple[str, ...], said: str, here: Path) -> None:
    out, error = told(*arguments, code=1)
    assert out == ""
    assert said in error
    assert list(here.iterdir()) == []


def test_a_template_is_copied_changed_and_checked(here: Path) -> None:
    told("templates", "new", "mine")
    text = (templates_dir() / "full.md.jinja").read_text(encoding="utf-8")
    assert told("templates", "show", "mine.md.jinja")[0] == text
    assert "0 errors" in told("templates", "check", "mine.md.jinja")[0]
    bare = "{% for i in outcomes %}{{ i.text }}\n\n{% endfor %}"
    (here / "mine.md.jinja").write_text(bare, encoding="utf-8")
    out, said = told("templates", "check", "mine.md.jinja", code=1)
    assert "outcomes        4 of 4 printed" in out
    assert "error: outcomes: a statement is printed without its citation" in said
    assert "hint: Print the item itself" in said
    told("templates", "new", "mine", code=1)
    assert (here / "mine.md.jinja").read_text(encoding="utf-8") == bare
