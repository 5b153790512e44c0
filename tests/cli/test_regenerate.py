"""``briefing regenerate`` without a model: templates, refusals, and what a plan needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing import document
from briefing.cli import app
from briefing.render import render
from tests.example import GAZETTE, cite, example, source

runner = CliRunner()


def test_a_template_alone_is_a_rendering(file: Path, tmp_path: Path) -> None:
    template = tmp_path / "mine.md.jinja"
    template.write_text("{{ title }}!\n", encoding="utf-8")
    for given in ([], ["-o", str(tmp_path / "out.md")]):
        result = runner.invoke(app, ["regenerate", str(file), "--template", str(template), *given])
        assert result.exit_code == 0, result.stderr
        assert (result.stdout or (tmp_path / "out.md").read_text(encoding="utf-8")) == "Orsa dam!\n"


def test_a_template_alone_writes_the_format_of_the_ending(file: Path, tmp_path: Path) -> None:
    output, copy = tmp_path / "b.html", tmp_path / "copy.json"
    places = ["-o", str(output), "--json", str(copy)]
    result = runner.invoke(app, ["regenerate", str(file), "--template", "full", *places])
    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_text(encoding="utf-8") == render(example(), format="html")
    assert copy.read_bytes() == file.read_bytes()


def test_a_template_alone_loads_no_model_and_no_parser(file: Path) -> None:
    code = (
        "import sys; from briefing.cli import app; "
        f"app(['regenerate', {str(file)!r}, '--template', 'full'], standalone_mode=False); "
        "print([m for m in ('spacy', 'llama_cpp', 'trafilatura') if m in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("[]\n")


def test_a_plan_for_a_template_says_there_is_nothing_to_do(file: Path) -> None:
    result = runner.invoke(app, ["regenerate", str(file), "--template", "full", "--dry-run"])
    assert result.exit_code == 0
    assert "needs no model" in result.stdout


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["-o", "b.json"], "b.json is one of the documents"),
        (["--json", "b.json"], "b.json is one of the documents"),
        (["-o", "docs/gazette.txt"], "gazette.txt is one of the documents"),
        (["--add", "new.txt", "-o", "new.txt"], "new.txt is one of the documents"),
        (["-o", "x.md", "--json", "x.md"], "same file"),
        (["--template", "none"], "'none.md.jinja'"),
        (["--prompts", "none"], "'none'"),
        (["--add", "gone.txt"], "gone.txt"),
        (["--model", "gone.gguf"], "gone.gguf"),
        ([], "made with the model 'scripted'"),
    ],
)
def test_what_cannot_work_is_said_before_any_work(
    flags: list[str], said: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "gazette.txt").write_text(GAZETTE, encoding="utf-8")
    (tmp_path / "new.txt").write_text("The dam held through the night.\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = runner.invoke(app, ["regenerate", file.name, *flags])
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert "internal error" not in result.stderr
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_text_that_is_neither_in_the_file_nor_on_disk_is_named(tmp_path: Path) -> None:
    gazette = source(1, GAZETTE, path="gone.txt")
    first = (
        example()
        .outcomes[0]
        .model_copy(
            update={"evidence": (cite(gazette, "It is not clear who will pay for the repairs."),)}
        )
    )
    bare = example(
        outcomes=(first,),
        sources=(gazette.model_copy(update={"text": None}),),
        **dict.fromkeys(
            ("bottom_line", "quotes", "open_questions", "disagreements", "timeline", "actors"), ()
        ),
        withheld=(),
        summaries=(),
    )
    path = tmp_path / "b.json"
    document.save(bare, path)
    result = runner.invoke(
        app,
        ["regenerate", str(path), "--endpoint", "http://127.0.0.1:1/v1", "--prompts", "default"],
    )
    assert result.exit_code == 1
    assert "gone.txt" in result.stderr
    assert "--base" in result.stderr
