"""``briefing open``: where the page goes, and what a browser is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.cli import app
from briefing.render import render
from tests.cli.running import told
from tests.example import example

runner = CliRunner()


def test_the_page_is_written_for_its_owner_and_its_path_printed(file: Path, tmp_path: Path) -> None:
    home = {"BRIEFING_HOME": str(tmp_path / "home")}
    first = runner.invoke(app, ["open", str(file), "--no-browser"], env=home)
    assert (first.exit_code, first.stderr) == (0, "")
    page = Path(first.stdout.strip())
    assert page.read_text(encoding="utf-8") == render(example(), format="html")
    assert page.stat().st_mode & 0o077 == 0
    again = runner.invoke(app, ["open", str(file), "--no-browser"], env=home)
    assert again.stdout == first.stdout
    assert len(list(page.parent.iterdir())) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the fake browser is a shell script")
def test_the_browser_gets_the_page(file: Path, tmp_path: Path) -> None:
    said = tmp_path / "said"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{said}"\n', encoding="utf-8")
    browser.chmod(0o755)
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "briefing", "open", str(file)],
        env={**os.environ, "BRIEFING_HOME": str(tmp_path / "home"), "BROWSER": f"{browser} %s"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.read_text(encoding="utf-8") == Path(done.stdout.strip()).as_uri()


@pytest.mark.parametrize("name", ["none.json", "loop", "a" * 300])
def test_what_is_no_briefing_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    _, said = told("open", str(tmp_path / name), "--no-browser", code=1)
    assert name in said
