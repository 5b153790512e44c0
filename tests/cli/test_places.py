"""What commands refuse to write over, and what they write into."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing import atomic, document
from briefing.cli import app, places
from briefing.errors import UserError
from tests.example import example

runner = CliRunner()


@pytest.mark.parametrize("option", ["-o", "--json"])
@pytest.mark.parametrize("place", ["a.txt", "./sub/../a.txt", "link.txt", "hard.txt"])
def test_generate_never_writes_over_a_document(tmp_path: Path, option: str, place: str) -> None:
    original = tmp_path / "a.txt"
    original.write_text("A ferry ran aground.", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.txt").symlink_to(original)
    (tmp_path / "hard.txt").hardlink_to(original)
    result = runner.invoke(app, ["generate", str(tmp_path), option, str(tmp_path / place)])
    assert result.exit_code == 1
    assert "would be overwritten" in result.stderr
    assert original.read_text(encoding="utf-8") == "A ferry ran aground."


def test_render_never_writes_over_its_briefing(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    document.save(example(), file)
    result = runner.invoke(app, ["render", str(file), "-o", str(file)])
    assert result.exit_code == 1
    assert document.load(file) == example()


def test_two_outputs_are_two_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(UserError, match="the same file"):
        places.check([tmp_path / "x.md", tmp_path / "sub" / ".." / "x.md"])


@pytest.mark.parametrize("name", ["", "nothing/x.md", "x" * 300])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=str(tmp_path)):
        places.check([tmp_path / name])


def test_a_missing_template_is_found_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A ferry ran aground.", encoding="utf-8")
    # The model does not exist either: the template is complained about first.
    arguments = ["generate", str(tmp_path), "--template", "none", "--model", "./none.gguf"]
    assert "no template" in runner.invoke(app, arguments).stderr


def test_a_device_is_written_into_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        atomic.write_text(pipe, "text")
        assert os.read(reader, 100) == b"text"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_write_protected_file_is_kept(tmp_path: Path) -> None:
    place = tmp_path / "x.md"
    place.write_text("kept", encoding="utf-8")
    place.chmod(0o444)
    with pytest.raises(UserError, match="write-protected"):
        atomic.write_text(place, "new")
    assert place.read_text(encoding="utf-8") == "kept"


def test_a_path_that_cannot_be_one_is_passed_over(tmp_path: Path) -> None:
    places.check([tmp_path / "out.md"], [Path("a\0b")])
