"""``render``, ``verify``, ``source`` and ``schema``, from file to stdout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing import document
from briefing.cli import app
from briefing.passages import split
from briefing.render import render
from briefing.types import Briefing, Evidence, Outcome
from tests.example import GAZETTE, digest, example, run, source
from tests.office import with_office

runner = CliRunner()


def read_again(folder: Path) -> Path:
    """A briefing on one document that lies in ``folder``, cited as the splitter numbers it."""
    (folder / "gazette.txt").write_text(GAZETTE, encoding="utf-8")
    gazette = source(1, GAZETTE, path="gazette.txt")
    passage = split(gazette)[-1]
    evidence = Evidence(
        source_id="S1",
        passage_id=passage.id,
        paragraph=passage.number,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        origin="o1",
    )
    outcome = Outcome(id="o", statement=passage.text, evidence=(evidence,))
    path = folder / "gazette.json"
    document.save(Briefing(title="t", outcomes=(outcome,), sources=(gazette,), run=run()), path)
    return path


def test_render_prints_markdown_and_nothing_else(file: Path) -> None:
    result = runner.invoke(app, ["render", str(file)])
    assert (result.exit_code, result.stdout, result.stderr) == (0, render(example()), "")


def test_render_writes_a_file_and_says_so_on_stderr(file: Path, tmp_path: Path) -> None:
    output = tmp_path / "b.html"
    result = runner.invoke(app, ["render", str(file), "--format", "html", "-o", str(output)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert str(output) in result.stderr
    assert output.read_text(encoding="utf-8") == render(example(), format="html")


def test_render_writes_the_format_of_the_ending(file: Path, tmp_path: Path) -> None:
    output = tmp_path / "b.html"
    result = runner.invoke(app, ["render", str(file), "-o", str(output)])
    assert result.exit_code == 0
    assert output.read_text(encoding="utf-8") == render(example(), format="html")


@with_office
@pytest.mark.parametrize(("wanted", "magic"), [("docx", b"PK\x03\x04"), ("pdf", b"%PDF-1.7")])
def test_word_and_pdf_go_to_a_file_and_to_a_pipe(
    file: Path, tmp_path: Path, wanted: str, magic: bytes
) -> None:
    output = tmp_path / f"b.{wanted}"
    result = runner.invoke(app, ["render", str(file), "-o", str(output)])
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert output.read_bytes().startswith(magic)
    piped = runner.invoke(app, ["render", str(file), "--format", wanted])
    assert piped.stdout_bytes == output.read_bytes()


def test_word_without_its_converter_says_how_to_get_it(
    file: Path, tmp_path: Path, without_office: dict[str, str]
) -> None:
    output = tmp_path / "b.docx"
    done = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-m", "briefing", "render", str(file), "-o", str(output)],
        env=without_office,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "error: a Word file needs the extra `office`, which is not installed",
        f"hint: Install it: {sys.executable} -m pip install pypandoc-binary",
    ]
    assert not output.exists()


def test_render_takes_a_template_of_ones_own(file: Path, tmp_path: Path) -> None:
    template = tmp_path / "mine.md.jinja"
    template.write_text("{{ title }}!\n", encoding="utf-8")
    result = runner.invoke(app, ["render", str(file), "--template", str(template)])
    assert result.stdout == "Orsa dam!\n"
    template.write_text("\n{{ titel }}", encoding="utf-8")
    result = runner.invoke(app, ["render", str(file), "--template", str(template)])
    assert result.exit_code == 1
    assert f"error: {template}, line 2: 'titel' is undefined\n" in result.stderr


def test_render_leaves_the_old_file_where_it_fails(file: Path, tmp_path: Path) -> None:
    output = tmp_path / "b.md"
    output.write_text("old", encoding="utf-8")
    result = runner.invoke(app, ["render", str(file), "-o", str(output), "--template", "none"])
    assert result.exit_code == 1
    assert output.read_text(encoding="utf-8") == "old"


def test_verify_compares_with_the_original(tmp_path: Path) -> None:
    path = read_again(tmp_path)
    result = runner.invoke(app, ["verify", str(path), "--base", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "S1  original file       gazette.txt\n" in result.stdout
    assert "checks passed.\n" in result.stdout
    elsewhere = runner.invoke(app, ["verify", str(path), "--base", str(tmp_path / "none")])
    assert elsewhere.exit_code == 0
    assert "S1  embedded text only" in elsewhere.stdout


def test_verify_says_what_fails_and_exits_1(tmp_path: Path) -> None:
    path = read_again(tmp_path)
    (tmp_path / "gazette.txt").write_text("rewritten", encoding="utf-8")
    result = runner.invoke(app, ["verify", str(path), "--base", str(tmp_path)])
    assert result.exit_code == 1
    assert "  S1  bytes: the file has changed since\n" in result.stdout
    assert f"error: {path}: 1 of " in result.stderr


def test_verify_prints_json(tmp_path: Path) -> None:
    path = read_again(tmp_path)
    result = runner.invoke(app, ["verify", str(path), "--base", str(tmp_path), "--json"])
    report = json.loads(result.stdout)
    assert report["ok"] is True
    assert report["failed"] == 0
    assert report["sources"] == [
        {"source_id": "S1", "name": "gazette.txt", "compared": "original file"}
    ]


def test_source_prints_the_text_byte_for_byte(tmp_path: Path) -> None:
    text = "  Ünïcode\r and\ttabs\x1b[0m without a line end"
    path = tmp_path / "b.json"
    document.save(Briefing(title="t", sources=(source(1, text),), run=run()), path)
    result = runner.invoke(app, ["source", str(path), "S1"])
    assert result.stdout_bytes == text.encode("utf-8")
    assert digest(text) == document.load(path).sources[0].text_sha256


def test_source_names_the_sources_there_are(file: Path) -> None:
    result = runner.invoke(app, ["source", str(file), "S9"])
    assert result.exit_code == 1
    assert "'S9'" in result.stderr
    assert "hint: Its sources: S1, S2, S3.\n" in result.stderr


def test_source_without_text_says_why(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    bare = source(1, "x", path="x.txt").model_copy(update={"text": None})
    document.save(Briefing(title="t", sources=(bare,), run=run()), path)
    result = runner.invoke(app, ["source", str(path), "S1"])
    assert result.exit_code == 1
    assert "x.txt" in result.stderr


def test_schema_describes_what_is_written() -> None:
    result = runner.invoke(app, ["schema"])
    schema = json.loads(result.stdout)
    written = json.loads(document.dumps(example()))
    assert set(schema["properties"]) == set(written)
    assert schema["additionalProperties"] is False
