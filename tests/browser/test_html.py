"""The page around a rendered template, in a real browser: footnotes lead, nothing runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.render import render
from tests.example import example

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
HOSTILE = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"


@pytest.fixture(params=[(1280, 900), (360, 740)], ids=["desktop", "phone"])
def page(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    path = tmp_path / "b.html"
    long = f"{HOSTILE} {'x' * 300}"
    path.write_text(
        render(example(notes=(long,)), "full.md.jinja", format="html"), encoding="utf-8"
    )
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.requests = []
    opened.complaints = []
    opened.on("request", lambda request: opened.requests.append(request.url))
    opened.on("console", lambda message: opened.complaints.append(message.text))
    opened.goto(path.as_uri())
    yield opened
    opened.close()


def test_nothing_runs_and_nothing_is_fetched(page: Page) -> None:
    assert page.title() == "Orsa dam"
    assert page.locator("script, img, iframe").count() == 0
    assert len(page.requests) == 1
    assert page.complaints == []
    assert HOSTILE in page.inner_text("main")


def test_the_page_does_not_scroll_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_citation_leads_to_its_passage_and_back(page: Page) -> None:
    page.locator("ol a.footnote-ref").first.click()
    target = page.locator(":target")
    assert "S1, Orsa Gazette, paragraph 2: “Engineers reopened" in target.inner_text()
    assert target.evaluate("e => e.getBoundingClientRect().top < window.innerHeight")
    target.locator("a.footnote-backref").first.click()
    assert page.locator(":target").inner_text() == "1"


def test_every_link_stays_on_the_page(page: Page) -> None:
    links = page.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))")
    assert links
    for link in links:
        assert page.locator(f"[id='{link.removeprefix('#')}']").count() == 1


def test_text_stands_out_in_light_and_dark(page: Page) -> None:
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    seen = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        seen.add(tuple(page.locator("body").evaluate(colours)))
    assert len(seen) == 2
