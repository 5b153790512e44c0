"""A review inside the evidence view: by mouse and by keys, and what comes out of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.entries import entries, fingerprints
from briefing.review.applying import apply
from briefing.review.decisions import (
    Choice,
    Decision,
    Outdated,
    Review,
    load_decisions,
    settle,
)
from briefing.types import Briefing
from tests.browser.test_view import HOSTILE
from tests.example import example
from tests.large import large

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Opened = Callable[..., "Page"]


def exported(page: Page, folder: Path) -> Review:
    """What the button downloads, read as ``--import`` reads it."""
    with page.expect_download() as download:
        page.click("[data-export]")
    assert download.value.suggested_filename == "briefing-decisions.json"
    path = folder / "page.json"
    download.value.save_as(path)
    return load_decisions(path)


def decide(page: Page, entry: str, choice: str, words: str | None = None) -> None:
    page.click(f"#{entry} .open")
    page.click(f'[data-decide="{choice}"]')
    if words is not None:
        page.fill("form.review textarea", words)
        page.click("form.review [type=submit]")


def test_decisions_come_out_as_import_takes_them(opened: Opened, tmp_path: Path) -> None:
    page = opened(example())
    assert page.locator(".reviewing output").inner_text() == "0 of 6 decided"
    assert page.is_disabled("[data-export]")
    page.fill("input[name=reviewer]", "Ann Lee")
    decide(page, "o1", "accept")
    decide(page, "o2", "edit", "Piezometers read\n 4.2 m on the east bank.")
    decide(page, "q1", "reject", "not news")
    decide(page, "d1s2", "comment", "ask the board")
    assert page.locator(".reviewing output").inner_text() == "3 of 6 decided"
    assert page.locator("#o1 .decided, #b1 .decided").all_inner_texts() == ["accepted", "accepted"]
    found = exported(page, tmp_path)
    prints = fingerprints(example())
    assert [(d.item, d.decision, d.edited, d.comment) for d in found.decisions] == [
        ("out-1", "accept", "", ""),
        ("out-2", "edit", "Piezometers read 4.2 m on the east bank.", ""),
        ("d-1", "comment", "", "ask the board"),
        ("q-1", "reject", "", "not news"),
    ]
    assert {d.reviewer for d in found.decisions} == {"Ann Lee"}
    assert found.decisions[0].text_sha256 == prints["out-1"].text_sha256
    assert settle(found, example()).decisions == found.decisions
    assert page.trouble == []


def test_the_whole_is_done_by_keys(opened: Opened, tmp_path: Path) -> None:
    page = opened(example())
    for key in ("j", "j", "Enter", "a", "j", "r"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.localName") == "textarea"
    page.keyboard.type("jar")  # letters where one writes
    page.keyboard.press("Control+Enter")
    assert page.evaluate("document.activeElement.dataset.decide") == "reject"
    page.keyboard.press("e")
    assert page.input_value("form.review textarea") == "Piezometers read 4.2 m."
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_visible()
    assert not page.locator("form.review textarea").is_visible()
    found = exported(page, tmp_path)
    assert [(d.item, d.decision, d.comment) for d in found.decisions] == [
        ("out-1", "accept", ""),
        ("out-2", "reject", "jar"),
    ]


def test_what_is_exact_has_no_edit_and_what_is_no_item_no_review(opened: Opened) -> None:
    page = opened(example())
    for entry, editable in (("o1", True), ("q1", False), ("d1s1", False), ("u1", True)):
        page.click(f"#{entry} .open")
        assert page.locator('[data-decide="edit"]').is_visible() is editable
        page.keyboard.press("e")
        assert page.locator("form.review textarea").is_visible() is editable
        page.keyboard.press("Escape")
    page.click("#a1 .open")
    assert not page.locator("form.review").is_visible()


def test_an_edit_needs_other_words_and_a_comment_some(opened: Opened) -> None:
    page = opened(example())
    decide(page, "o2", "edit", "  ")
    assert "needs words" in page.locator("form.review .warning").inner_text()
    page.fill("form.review textarea", "Piezometers read 4.2 m.")
    page.click("form.review [type=submit]")
    assert "the words that it has" in page.locator("form.review .warning").inner_text()
    page.click("[data-cancel]")
    decide(page, "o2", "comment", "")
    assert "no comment" in page.locator("form.review .warning").inner_text()
    assert page.is_disabled("[data-export]")


def test_a_decision_is_taken_back_and_a_comment_joins_it(opened: Opened, tmp_path: Path) -> None:
    page = opened(example())
    decide(page, "u1", "accept")
    decide(page, "u1", "comment", "who else could know?")
    decide(page, "o1", "accept")
    page.click("[data-undo]")
    assert page.locator("#o1 .decided").count() == 0
    (kept,) = exported(page, tmp_path).decisions
    assert (kept.item, kept.decision, kept.comment) == ("open-1", "accept", "who else could know?")


def test_a_filter_shows_what_is_not_decided(opened: Opened) -> None:
    page = opened(example())
    decide(page, "o1", "accept")
    page.keyboard.press("Escape")
    page.select_option("select[name=review]", "not decided")
    assert not page.locator("#o1").is_visible()
    assert page.locator("#o2").is_visible()
    page.select_option("select[name=review]", "accepted")
    assert page.locator("#o1").is_visible()
    assert not page.locator("#o2").is_visible()


def test_what_was_not_exported_is_asked_for_before_the_page_goes(opened: Opened) -> None:
    page = opened(example())
    decide(page, "o1", "accept")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]


def test_without_script_there_is_no_review(opened: Opened) -> None:
    page = opened(example(), scripts=False)
    assert not page.locator(".reviewing, form.review, .decision").first.is_visible()
    assert page.locator("button:visible").count() == 0


def test_hostile_words_come_out_as_they_are(opened: Opened, tmp_path: Path) -> None:
    one = example().outcomes[0].model_copy(update={"id": HOSTILE, "statement": HOSTILE})
    briefing = example(outcomes=(one,), bottom_line=(), summaries=())
    page = opened(briefing)
    page.fill("input[name=reviewer]", HOSTILE)
    decide(page, "o1", "edit", f"{HOSTILE} edited")
    decide(page, "o1", "comment", HOSTILE)
    assert page.locator("#panel .told").inner_text().startswith(f"{HOSTILE} edited")
    assert page.locator("img").count() == 0
    assert page.title() == "Orsa dam"
    (found,) = exported(page, tmp_path).decisions
    assert (found.item, found.said, found.reviewer, found.comment) == (HOSTILE,) * 4
    assert found.edited == f"{HOSTILE} edited"
    assert page.trouble == []


def test_two_items_of_one_id_cannot_be_decided_on(opened: Opened) -> None:
    twice = tuple(each.model_copy(update={"id": "same"}) for each in example().outcomes)
    page = opened(example(outcomes=twice, bottom_line=(), summaries=()))
    page.click("#o1 .open")
    assert not page.locator("form.review").is_visible()


def earlier(*made: tuple[str, Choice, str, str], reviewer: str = "Ann Lee") -> Review:
    """Decisions on items of the example: ``(item, decision, new words, comment)``."""
    prints = fingerprints(example())
    kinds = {each.id: each for each in entries(example())}
    return Review(
        decisions=tuple(
            Decision(
                item=item,
                kind=kinds[item].kind,
                decision=decision,
                text_sha256=prints[item].text_sha256,
                evidence_sha256=prints[item].evidence_sha256,
                said=kinds[item].text,
                edited=edited,
                comment=comment,
                reviewer=reviewer,
                dated="2031-04-02T10:00:00+00:00",
            )
            for item, decision, edited, comment in made
        )
    )


ANN = earlier(
    ("out-1", "accept", "", ""),
    ("out-2", "edit", "Piezometers read 4.2 m on the east bank.", "clearer"),
    ("q-1", "reject", "", "not news"),
    ("open-1", "comment", "", "ask the board"),
)


def test_a_review_goes_on_where_it_stopped(opened: Opened, tmp_path: Path) -> None:
    page = opened(example(), review=ANN)
    assert page.locator(".reviewing output").inner_text() == "3 of 6 decided"
    tags = page.locator("#o1 .decided, #o2 .decided, #q1 .decided, #u1 .decided")
    assert tags.all_inner_texts() == [
        "accepted by Ann Lee",
        "edited by Ann Lee",
        "rejected by Ann Lee",
        "comment only by Ann Lee",
    ]
    page.click("#o2 .open")
    assert page.locator("form.review .state").inner_text() == "Decided before: edited by Ann Lee"
    assert page.locator("form.review .told bdi").all_inner_texts() == [
        "Piezometers read 4.2 m on the east bank.",
        "clearer",
    ]
    assert not page.locator("[data-undo]").is_visible()  # the file would keep it
    page.fill("input[name=reviewer]", "Bo")
    decide(page, "q1", "accept")
    state = page.locator("form.review .state").inner_text()
    assert state == "Your decision: accepted (before: rejected by Ann Lee)"
    decide(page, "d1s1", "reject", "one source")
    decide(page, "o1", "reject", "")
    page.click("[data-undo]")
    assert page.locator("#o1 .decided").inner_text() == "accepted by Ann Lee"
    found = exported(page, tmp_path)
    assert [(d.item, d.decision, d.reviewer, d.earlier) for d in found.decisions] == [
        ("out-1", "accept", "Ann Lee", True),
        ("out-2", "edit", "Ann Lee", True),
        ("d-1", "reject", "Bo", False),
        ("q-1", "accept", "Bo", False),
        ("open-1", "comment", "Ann Lee", True),
    ]
    left = [d.model_copy(update={"earlier": False}) for d in found.decisions if d.earlier]
    assert left == [d for d in ANN.decisions if d.item != "q-1"]
    assert page.trouble == []


def test_a_filter_finds_what_was_decided_earlier_and_what_is_outdated(opened: Opened) -> None:
    (old,) = earlier(("out-2", "reject", "", "not so")).decisions
    gone = old.model_copy(update={"item": "gone", "said": "Long gone."})
    outdated = (
        Outdated(decision=old, reason="the words of the item changed", now="out-2"),
        Outdated(decision=gone, reason="the item is not in this briefing"),
    )
    page = opened(example(), review=ANN.model_copy(update={"outdated": outdated, "decisions": ()}))
    assert page.locator("#o2 .decided").inner_text() == "outdated"
    assert "1 earlier decision on what is no longer here" in page.inner_text("form.reviewing")
    page.select_option("select[name=review]", "outdated")
    assert page.locator("#o2").is_visible()
    assert not page.locator("#o1").is_visible()
    page.select_option("select[name=review]", "not decided")
    assert page.locator("#o1").is_visible()
    page.click("#o2 .open")
    told = page.locator("form.review .told").inner_text()
    assert told == (
        "before, on “Piezometers read 4.2 m.”: reject by Ann Lee: not so"
        " (the words of the item changed)"
    )
    page.click('[data-decide="accept"]')
    assert page.locator("#o2 .decided").inner_text() == "accepted"
    assert page.locator("form.review .told").inner_text() == ""
    assert page.is_enabled("[data-export]")


def test_what_was_decided_earlier_is_shown_without_script(opened: Opened) -> None:
    page = opened(example(), scripts=False, review=ANN)
    assert page.locator("#q1 .decided").inner_text() == "rejected by Ann Lee"


def test_hostile_decisions_stay_text_and_come_out_as_they_were(
    opened: Opened, tmp_path: Path
) -> None:
    words = f"{HOSTILE}\u202e\x07 </script>"
    review = earlier(("out-2", "edit", words, words), reviewer=words)
    page = opened(example(), review=review)
    page.click("#o2 .open")
    told = page.locator("form.review .told").inner_text()
    assert "\u202e" not in told + page.locator("#o2 .decided").inner_text()
    assert told.count(HOSTILE) == 2
    assert page.locator("img").count() == 0
    (found,) = exported(page, tmp_path).decisions
    assert found.model_copy(update={"earlier": False}) == review.decisions[0]
    assert page.trouble == []


def test_axe_finds_nothing_in_a_review_that_goes_on(opened: Opened) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(example(), review=ANN)
    decide(page, "q1", "accept")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Opened, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(example(), width=width, color_scheme=scheme)
    decide(page, "o1", "accept")
    decide(page, "o2", "reject", "not news")
    page.click('[data-decide="edit"]')
    page.fill("form.review textarea", "")
    page.click("form.review [type=submit]")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_all_of_a_large_briefing_is_decided_and_applied(opened: Opened, tmp_path: Path) -> None:
    briefing: Briefing = large(60, 20)
    page = opened(briefing)
    page.evaluate(
        "for (const each of document.querySelectorAll('.said[data-review] .open')) {"
        "each.click(); document.querySelector('[data-decide=accept]').click() }"
    )
    found = exported(page, tmp_path)
    assert {d.item for d in found.decisions} == set(fingerprints(briefing))
    held = settle(Review.model_validate_json(json.dumps(found.model_dump())), briefing)
    assert apply(briefing, held, {}).notes[-1].endswith(" 0 not decided.")
