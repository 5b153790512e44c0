"""The page of an evaluation in a real browser: its one script filters, and nothing else runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.evals.rendering import render
from tests.evals.test_rendering import report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def opened(browser: Browser, folder: Path, *, scripts: bool, width: int = 1000) -> Page:
    path = folder / "r.html"
    path.write_text(render(report(), "html"), encoding="utf-8")
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(path.as_uri())
    return page


def shown(page: Page) -> int:
    return sum(article.is_visible() for article in page.locator("article").all())


def test_filters_hide_what_is_not_wanted(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, scripts=True)
    assert shown(page) == 4
    page.select_option("select[name=verdict]", "=supported")
    assert shown(page) == 2
    page.select_option("select[name=outcome]", "=wrong")
    assert shown(page) == 1
    assert page.locator("#count").inner_text() == "1 of 4"
    page.select_option("select[name=verdict]", "*")
    assert shown(page) == 3


def test_without_script_all_is_shown(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, scripts=False)
    assert shown(page) == 4
    assert not page.locator("form").is_visible()


def test_texts_cannot_run(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, scripts=True)
    assert page.locator("script").count() == 1
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'document.title=\"run\"';"
        "document.body.append(s)"
    )
    assert page.title() != "run"


def test_a_phone_needs_no_sideways_scrolling(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, scripts=True, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
