"""The browser for the browser tests."""

from __future__ import annotations

from pathlib import Path

from scripts.browser import MAC, find


def test_a_browser_on_the_path_is_found(tmp_path: Path) -> None:
    chrome = tmp_path / "google-chrome"
    chrome.write_text("#!/bin/sh\n", encoding="utf-8")
    chrome.chmod(0o755)
    assert find(str(tmp_path)) == str(chrome)


def test_without_one_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "chromium").write_text("not a program", encoding="utf-8")
    assert find(str(tmp_path)) in (None, *MAC)
