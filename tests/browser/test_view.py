"""The evidence view in a real browser: evidence, filters, keys, axe, hostile text, size."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefing.types import Briefing
from tests.example import GAZETTE, cite, example, source, sources
from tests.large import large

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
HOSTILE = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">'\"]]>"
Opened = Callable[..., "Page"]
WHEREABOUTS = "document.activeElement.closest('.said')?.id"


def marked(page: Page) -> list[str]:
    return page.locator("#panel .card mark").all_inner_texts()


# -- evidence ----------------------------------------------------------------------------------


def test_a_click_shows_the_exact_words_in_each_source(opened: Opened) -> None:
    page = opened(example())
    assert not page.locator("#panel").is_visible()
    page.click("#o1 .open")
    words = example().outcomes[0].statement
    assert marked(page) == [words, words]
    first = page.locator("#panel .card").first
    assert "Orsa Gazette S1 ¶2" in first.locator("header").inner_text()
    assert first.locator(".before").inner_text() == "Dam gates reopened at Lake Orsa"
    assert first.locator(".after").inner_text().startswith("“The wall held, and nobody")
    assert page.locator("#panel h2").inner_text() == "Key outcome 1"
    assert "2 sources, 2 independent texts" in page.locator("#panel .reasons").inner_text()
    assert page.trouble == []


def test_a_quote_shows_its_words_and_who_says_so_and_no_more(opened: Opened) -> None:
    page = opened(example())
    page.click("#q1 .open")
    assert marked(page) == ["The wall held, and nobody had to leave home,", "said Ines Valk"]
    assert "exact quote" in page.locator("#panel .reasons").inner_text()


def test_what_others_say_stands_beside_it(opened: Opened) -> None:
    page = opened(example())
    page.click("#d1s1 .open")
    others = page.locator("#panel .others")
    assert "The same words also support" in others.inner_text()
    assert others.locator(".silent a").all_inner_texts() == ["S2", "S3"]
    told = others.locator("li", has_text="Key outcome 1").locator("a")
    told.click()
    assert page.locator("#panel h2").inner_text() == "Key outcome 1"


def test_the_other_side_of_a_point_is_told(opened: Opened) -> None:
    page = opened(large(20, 10))
    page.click("#d1s1 .open")
    told = page.locator("#panel .others")
    assert "Told otherwise" in told.inner_text()
    assert "The storm took 4 boats." in told.inner_text()


def test_a_withheld_item_is_shown_on_demand_with_its_reason(opened: Opened) -> None:
    page = opened(example())
    assert not page.locator("#w1").is_visible()
    page.click("#withheld summary")
    page.click("#w1 .open")
    assert "Withheld: “She” is not resolved" in page.locator("#panel .reasons").inner_text()


def test_marks_are_right_beyond_the_basic_plane(opened: Opened) -> None:
    text = "😀😀 title\n\n😀 One 𝒷𝑜𝓁𝒹 claim stands. 😀 Another.\n"
    odd = source(1, text)
    outcome = (
        example()
        .outcomes[0]
        .model_copy(update={"evidence": (cite(odd, "One 𝒷𝑜𝓁𝒹 claim stands."),)})
    )
    page = opened(Briefing(title="t", outcomes=(outcome,), sources=(odd,), run=example().run))
    page.click("#o1 .open")
    assert marked(page) == ["One 𝒷𝑜𝓁𝒹 claim stands."]


def test_without_texts_the_cited_words_are_shown_and_that_is_said(opened: Opened) -> None:
    bare = tuple(each.model_copy(update={"text": None}) for each in sources())
    page = opened(example(sources=bare))
    page.click("#o1 .open")
    assert marked(page)[0] == example().outcomes[0].statement
    assert "not in the briefing file" in page.locator("#panel .card").first.inner_text()


def test_a_review_hears_of_the_item_and_gets_its_place(opened: Opened) -> None:
    page = opened(example())
    page.evaluate("document.addEventListener('briefing:item', e => { window.heard = e.detail })")
    page.click("#u1 .open")
    assert page.evaluate("window.heard.item") == "open-1"
    assert page.evaluate("window.heard.slot.dataset.item") == "open-1"


# -- keys --------------------------------------------------------------------------------------


def test_the_whole_is_reached_by_keys(opened: Opened) -> None:
    page = opened(example())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("j")
    assert page.evaluate(WHEREABOUTS) == "b1"
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    assert page.evaluate(WHEREABOUTS) == "o1"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel-label"
    page.keyboard.press("j")
    assert page.locator("#panel h2").inner_text() == "Key outcome 2"
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    assert page.evaluate(WHEREABOUTS) == "o2"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_keys_are_letters_where_one_writes_and_can_be_turned_off(opened: Opened) -> None:
    page = opened(example())
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.input_value("input[name=find]") == "jk"
    page.keyboard.press("Escape")
    page.fill("input[name=find]", "")
    page.uncheck("input[name=keys]")
    page.keyboard.press("j")
    assert page.evaluate(WHEREABOUTS) is None


# -- filters -----------------------------------------------------------------------------------


def shown(page: Page) -> set[str]:
    units = page.locator("[data-unit]:visible .said").all()
    return {unit.get_attribute("id") or "" for unit in units}


def test_filters_by_source_section_verdict_and_words(opened: Opened) -> None:
    page = opened(example())
    page.select_option("select[name=source]", "s3")
    assert shown(page) == {"o2"}
    assert page.locator(".map tbody tr:visible a").count() == 1
    assert "1 of" in page.locator(".filters output").inner_text()
    page.click("button[type=reset]")
    page.select_option("select[name=section]", "quotes")
    assert shown(page) == {"q1", "q1w2"}
    page.click("button[type=reset]")
    page.select_option("select[name=verdict]", "withheld")
    assert shown(page) == {"w1"}
    page.click("button[type=reset]")
    page.fill("input[name=find]", "WHO WILL PAY")
    assert shown(page) == {"u1"}


def test_the_map_opens_what_it_shows(opened: Opened) -> None:
    page = opened(example())
    row = page.locator(".map tbody tr", has_text="Piezometers")
    assert row.locator("td").all_inner_texts() == ["1", "", "●", ""]
    row.locator("a").click()
    assert page.locator("#panel h2").inner_text() == "Key outcome 2"


# -- readers, printers, attackers --------------------------------------------------------------


def test_without_script_all_can_be_read_and_links_lead_to_passages(opened: Opened) -> None:
    page = opened(example(), scripts=False)
    assert page.locator("form:visible").count() == 0
    page.click("#o1 .ref >> nth=1")
    target = page.locator(":target")
    assert target.locator("mark").inner_text() == example().outcomes[0].statement
    assert target.locator(".before").inner_text() == "Orsa dam back in service"
    page.click("#o1 ~ *, li:has(#o1) summary")
    assert "Verdict" in page.locator("li:has(#o1) .basis").inner_text()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("panel", [False, True], ids=["page", "panel"])
def test_axe_finds_nothing(opened: Opened, width: int, scheme: str, panel: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(example(), width=width, color_scheme=scheme)
    page.click("#withheld summary")
    if panel:
        page.click("#o1 .open")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_hostile_text_stays_text(opened: Opened) -> None:
    text = GAZETTE.replace("It is not clear", f"{HOSTILE} It is not clear")
    bad = source(1, text, id=HOSTILE, title=HOSTILE, publisher=HOSTILE, path=f"{HOSTILE}.txt")
    evidence = (cite(bad, f"{HOSTILE} It is not clear who will pay for the repairs."),)
    one = example()
    briefing = example(
        title=HOSTILE, topic=HOSTILE, notes=(HOSTILE,), sources=(bad,), summaries=(), actors=(),
        bottom_line=(), disagreements=(), timeline=(), withheld=(),
        outcomes=(one.outcomes[0].model_copy(
            update={"id": HOSTILE, "statement": HOSTILE, "evidence": evidence}),),
        quotes=(one.quotes[0].model_copy(
            update={"text": HOSTILE, "speaker": HOSTILE, "note": HOSTILE, "evidence": evidence,
                    "attribution": (), "wordings": ()}),),
        open_questions=(),
    )  # fmt: skip
    page = opened(briefing)
    assert page.title() == HOSTILE
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0
    page.click("#o1 .open")
    assert page.locator("#panel .sentence").inner_text() == HOSTILE
    assert HOSTILE in marked(page)[0]
    page.fill("input[name=find]", HOSTILE)
    assert page.locator("img, #panel script").count() == 0
    page.evaluate("const s = document.createElement('script'); s.textContent = 'document.title=1';"
                  "document.body.append(s)")  # fmt: skip
    assert page.title() == HOSTILE
    complaints = [line for line in page.trouble if "Content Security Policy" not in line]
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_scrolls_sideways(opened: Opened, width: int) -> None:
    page = opened(large(30, 40), width=width)
    page.click("#o1 .open")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_arabic_runs_from_right_to_left(opened: Opened) -> None:
    page = opened(large(10, 5))
    paragraph = page.locator("p:has(> #o10)")
    assert paragraph.evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_a_phone_gets_the_evidence_from_below(opened: Opened) -> None:
    page = opened(example(), width=390)
    page.click("#o1 .open")
    box = page.locator("#panel").bounding_box()
    assert box["x"] == 0
    assert box["y"] > 150
    assert page.locator("#o1").bounding_box()["y"] < box["y"]


def test_print_has_the_passages_and_not_the_tools(opened: Opened) -> None:
    page = opened(example())
    page.click("#o1 .open")
    page.emulate_media(media="print")
    assert not page.locator("#panel").is_visible()
    assert page.locator("form:visible").count() == 0
    assert page.locator("#p-S1-2").is_visible()
    assert page.locator("#w1").is_visible()


def test_two_hundred_findings_and_a_hundred_sources_are_quick(opened: Opened) -> None:
    page = opened(large())
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    times = {"paint": paint}
    steps = {
        "open": "document.querySelector('#o150 .open').click()",
        "next": "document.querySelector('[data-go=\"1\"]').click()",
        "filter": "{const s = document.querySelector('select[name=source]'); s.value = 's7';"
        "s.dispatchEvent(new Event('input', {bubbles: true}))}",
    }
    for name, step in steps.items():
        began = time.perf_counter()
        page.evaluate(
            f"new Promise(done => {{ {step}; requestAnimationFrame(() => setTimeout(done)) }})"
        )
        times[name] = 1000 * (time.perf_counter() - began)
    assert page.locator("#panel h2").inner_text() == "Key outcome 151"
    assert times["paint"] < 10_000, times
    assert max(times["open"], times["next"], times["filter"]) < 3_000, times
