"""One headless Chromium for all tests in this folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.render import render
from briefing.review.decisions import Review
from briefing.types import Briefing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Opened = Callable[..., "Page"]

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Opened:
    """Opens the view of a briefing; whatever the page complains of fails the test."""

    def make(
        briefing: Briefing,
        *,
        width: int = 1280,
        scripts: bool = True,
        review: Review | None = None,
        **how: str,
    ) -> Page:
        path = tmp_path / "view.html"
        path.write_text(render(briefing, format="html", review=review), encoding="utf-8")
        size = {"width": width, "height": 800}
        context = browser.new_context(viewport=size, java_script_enabled=scripts, **how)
        page = context.new_page()
        page.trouble = []
        page.on("console", lambda message: page.trouble.append(message.text))
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on("request", lambda request: page.trouble.append(request.url))
        page.goto(path.as_uri())
        page.trouble.remove(path.as_uri())
        return page

    return make
