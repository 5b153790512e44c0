"""``briefing compare`` and ``briefing review``, from arguments to exit status."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing import document
from briefing.cli import app
from briefing.cli.eval_bench import Bench
from briefing.config import Settings
from briefing.grounding.verdicts import StatementVerdict
from briefing.render import render
from briefing.review.decisions import load_decisions
from tests.cli import running
from tests.example import example

runner = CliRunner()


class Yes:
    """A checker that supports all."""

    def check(self, tasks: object, progress: object = None) -> list[StatementVerdict]:
        del progress
        assert isinstance(tasks, list)
        return [StatementVerdict(id=task.id, verdict="supported", reason="yes") for task in tasks]


@contextmanager
def yes(settings: Settings, judge: bool) -> Iterator[Yes]:
    assert not judge
    del settings
    yield Yes()


def told(*arguments: str, lines: str = "", code: int = 0) -> tuple[str, str]:
    return running.told(*arguments, lines=lines, code=code, obj=Bench(yes))


def test_compare_writes_what_the_ending_says(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "c.json"
    document.save(example(quotes=()), other)
    out, _ = told("compare", str(file), str(other))
    assert "A shows 1 quote that B does not." in out
    for name, begins in {"x.md": "# Comp", "x.html": "<!DOCTYPE html>", "x.json": "{"}.items():
        out, said = told("compare", str(file), str(other), "-o", str(tmp_path / name))
        assert (out, said) == ("", f"wrote {tmp_path / name}\n")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_compare_refuses_what_cannot_be_compared(file: Path) -> None:
    told("compare", str(file), code=2)
    told("compare", str(file), str(file), "--format", "pdf", code=2)
    told("compare", str(file), str(file), "--report", str(file), code=2)
    _, said = told(
        "compare", str(file), str(file), "--report", str(file), "--report", str(file), code=1
    )
    assert "is not an evaluation report" in said
    _, said = told("compare", str(file), str(file), "-o", str(file), code=1)
    assert "would be overwritten" in said


def test_a_review_from_a_pipe_is_kept_and_goes_on(file: Path) -> None:
    out, said = told("review", str(file), "--as", "Ann", lines="a\ne Four metres.\nq\n")
    assert "[[Engineers reopened two" in out
    assert "the checks say: supported: yes" in said
    assert "4 of 6 items are not decided" in said
    out, _ = told("review", str(file), lines="r no conflict\n")
    assert "1 of 6" not in out
    assert "disagreement d-1" in out
    kept = load_decisions(file.with_name("b.review.json"))
    assert [(d.item, d.decision, d.reviewer, d.dated) for d in kept.decisions] == [
        ("out-1", "accept", "Ann", None),
        ("out-2", "edit", "Ann", None),
        ("d-1", "reject", "", None),
    ]
    out, _ = told("review", str(file), "--list")
    assert "3 of 6 not decided; accept 1, edit 1, reject 1\n" in out


def test_a_mistake_in_a_pipe_ends_the_review(file: Path) -> None:
    _, said = told("review", str(file), lines="a\ns\ns\ne other words\na\n", code=1)
    assert "a quotation is exact" in said
    kept = load_decisions(file.with_name("b.review.json"))
    assert [d.item for d in kept.decisions] == ["out-1"]
    _, said = told("review", str(file), lines="yes\n", code=1)
    assert "'yes' is no command" in said


def test_applying_leaves_the_briefing_alone(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    told("review", str(file), "--dated", lines="r old\ne Four metres.\n")
    decisions = load_decisions(file.with_name("b.review.json")).decisions
    assert all(d.dated and d.dated.endswith("+00:00") for d in decisions)
    output = tmp_path / "r.json"
    _, said = told("review", str(file), "--apply", "-o", str(output))
    assert "4 items are not decided" in said
    made = document.load(output)
    assert [(o.statement, o.mode) for o in made.outcomes] == [("Four metres.", "edited")]
    assert file.read_bytes() == before
    _, said = told("review", str(file), "--apply", "-o", str(file), code=1)
    assert "would be overwritten" in said
    out, _ = told("review", str(file), "--apply")
    assert json.loads(out)["title"] == "Orsa dam"


def test_decisions_are_taken_over(file: Path, tmp_path: Path) -> None:
    told("review", str(file), lines="a\na\na\nr wrong speaker\n")
    other = tmp_path / "new.json"
    said_by = example().quotes[0].model_copy(update={"speaker": "Ines V."})
    document.save(example(quotes=(said_by,)), other)
    old = str(file.with_name("b.review.json"))
    out, said = told("review", str(other), "--from", old, "--list")
    assert "3 decisions hold" in said
    assert "outdated: reject of q-1 (the words of the item changed)" in said
    assert "3 of 6 not decided; accept 3" in out
    out, _ = told("review", str(other), lines="a\n")
    assert "before, on “The wall held, and nobody had to leave home,”: reject: wrong speaker" in out
    exported = tmp_path / "export.json"
    exported.write_bytes(Path(old).read_bytes())
    told("review", str(file), "--import", str(exported), "--list")


def test_decisions_are_taken_over_by_item_and_not_by_id(file: Path, tmp_path: Path) -> None:
    told("review", str(file), lines="r not news\n")
    first, second = (
        example().outcomes[n].model_copy(update={"id": f"out-{2 - n}"}) for n in (0, 1)
    )
    other = tmp_path / "new.json"
    document.save(example(outcomes=(second, first), bottom_line=()), other)
    told("review", str(other), lines="a\n")
    told("review", str(other), "--from", str(file.with_name("b.review.json")), "--list")
    kept = load_decisions(tmp_path / "new.review.json").decisions
    assert [(d.item, d.decision) for d in kept] == [("out-1", "accept"), ("out-2", "reject")]


def test_what_a_page_was_made_with_replaces_nothing_newer(file: Path, tmp_path: Path) -> None:
    kept = file.with_name("b.review.json")
    told("review", str(file), "--as", "Ann", lines="a\na\n")
    page = load_decisions(kept)
    first, second = (each.model_copy(update={"earlier": True}) for each in page.decisions)
    told("review", str(file), "--as", "Bo", lines="b\nb\nr no news\nq\n")  # after the page was made
    mine = second.model_copy(update={"decision": "reject", "reviewer": "Cy", "earlier": False})
    exported = tmp_path / "export.json"
    exported.write_text(
        page.model_copy(update={"decisions": (first, mine)}).model_dump_json(), encoding="utf-8"
    )
    _, said = told("review", str(file), "--import", str(exported), "--list")
    assert "1 decisions that were there are replaced" in said
    held = load_decisions(kept).decisions
    assert [(d.decision, d.reviewer) for d in held] == [("reject", "Bo"), ("reject", "Cy")]
    assert "earlier" not in kept.read_text(encoding="utf-8")
    kept.unlink()
    told("review", str(file), "--import", str(exported), "--list")
    assert [d.reviewer for d in load_decisions(kept).decisions] == ["Ann", "Cy"]


def test_the_evidence_view_goes_on_from_the_decisions(file: Path, tmp_path: Path) -> None:
    told("review", str(file), "--as", "Ann Lee", lines="a\nr not news\n")
    page = tmp_path / "page.html"
    _, said = told("render", str(file), "-o", str(page))
    assert "--no-review leaves them out" in said
    shown = page.read_text(encoding="utf-8")
    assert '<span class="tag decided">rejected by <bdi>Ann Lee</bdi></span>' in shown
    _, said = told("render", str(file), "--no-review", "-o", str(page))
    assert "review" not in said
    assert page.read_text(encoding="utf-8") == render(example(), format="html")
    home = {"BRIEFING_HOME": str(tmp_path / "home")}
    opened = CliRunner().invoke(app, ["open", str(file), "--no-browser"], env=home)
    assert Path(opened.stdout.strip()).read_text(encoding="utf-8") == shown


def test_decisions_that_are_none_are_said_to_be_none(file: Path) -> None:
    file.with_name("b.review.json").write_text("{", encoding="utf-8")
    _, said = told("render", str(file), "--format", "html", code=1)
    assert "b.review.json" in said
    told("render", str(file))


def test_a_folder_is_no_briefing_to_review() -> None:
    _, said = told("review", ".", code=1)
    assert "is a folder" in said


def test_options_that_do_not_go_together(file: Path) -> None:
    told("review", str(file), "--list", "--apply", code=2)
    told("review", str(file), "-o", "x.json", code=2)
    _, said = told("review", str(file), "--from", "gone.json", code=1)
    assert "gone.json does not exist" in said


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_single_keys_in_a_terminal(file: Path) -> None:
    import pty
    import select
    import termios

    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        script = "from briefing.cli import main; main()"
        os.execv(sys.executable, [sys.executable, "-c", script, "review", str(file)])  # noqa: S606
    seen = b""
    for keys in (b"a", b"r", b"not measured\r", b"q"):
        asked = b"why" if keys.startswith(b"not") else b"q quit: "
        while asked not in seen:
            assert select.select([terminal], [], [], 120)[0], seen
            seen += os.read(terminal, 65536)
        # What is typed before the keyboard is read key by key would be thrown away.
        while termios.tcgetattr(terminal)[3] & termios.ICANON:
            time.sleep(0.01)
        seen = b""
        os.write(terminal, keys)
    os.waitpid(child, 0)
    os.close(terminal)
    kept = load_decisions(file.with_name("b.review.json"))
    assert [(d.item, d.decision, d.comment) for d in kept.decisions] == [
        ("out-1", "accept", ""),
        ("out-2", "reject", "not measured"),
    ]
