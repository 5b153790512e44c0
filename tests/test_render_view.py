"""The evidence view as a file: what it may hold, whatever the documents say."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings

from briefing.contents import cited
from briefing.render import render
from briefing.resources import templates_dir
from briefing.types import Briefing, Check, Edit, Event
from briefing.view_passages import seen
from briefing.view_timeline import picture
from tests.example import cite, example, run, source, sources
from tests.reading import see
from tests.test_render import hostile

TAGS = set(
    "html head meta title style script body a div header p h1 h2 h3 h4 span form label select"
    " option input button output kbd main section nav ul ol li b bdi em mark details summary dl"
    " dt dd code article figure blockquote figcaption abbr table thead tbody tr th td aside svg"
    " line circle text rect path fieldset legend textarea".split()
)


def view(briefing: Briefing) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(render(briefing, format="html"))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile())
def test_whatever_a_document_says_is_shown_and_nothing_else_happens(briefing: Briefing) -> None:
    rendered = render(briefing, format="html")
    page = see(rendered)
    assert page.tags <= TAGS
    assert rendered.count("<script") == 1
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    for element in lxml.html.document_fromstring(rendered).iter():
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)
    for item in (*briefing.outcomes, *briefing.withheld):
        words = item.statement if hasattr(item, "statement") else item.text
        assert " ".join(seen(words).split()) in page.text


def test_only_our_style_and_script_may_run() -> None:
    page = view(example())
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (element,) = page.xpath(f"//{tag}")
        assert not element.attrib
        digest = b64encode(sha256(element.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy


def test_style_and_script_fetch_nothing_and_make_no_markup_of_text() -> None:
    style = (templates_dir() / "view.css").read_text(encoding="utf-8")
    script = (templates_dir() / "view.js").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import|</", style)
    banned = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|fetch\(|XMLHttp|import\(|</"
    assert not re.search(banned, script)


def test_ids_are_unique_and_each_item_has_its_own() -> None:
    page = view(example())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    items = {item for item, _ in cited(example())}
    assert set(page.xpath("//@data-item")) - {""} == items


def test_each_cited_passage_stands_once_with_its_exact_words() -> None:
    page = view(example())
    labels = [each.get("id") for each in page.xpath("//article[@class='passage']")]
    assert labels == ["p-S1-2", "p-S1-3", "p-S1-4", "p-S2-2", "p-S2-3", "p-S3-2"]
    for entry in page.xpath("//*[@data-cites]"):
        for reference in entry.get("data-cites").split():
            anchor, marks, *_ = reference.split(":")
            (text,) = page.xpath(f"//*[@id='{anchor}']/p[@class='text']")
            for mark in marks.split(","):
                start, end = map(int, mark.split("-"))
                assert 0 <= start < end <= len(text.text_content())


def test_a_rewording_that_failed_is_told_from_the_words_that_are_used() -> None:
    failed = Check(name="words", passed=False, reason="not in it: paid")
    question = example().open_questions[0].model_copy(update={"checks": (failed,)})
    briefing = example(open_questions=(question,))
    (item,) = view(briefing).xpath("//li[.//*[@id='u1']]")
    assert "A rewording failed these checks" in item.text_content()
    assert "words: not in it: paid" in item.text_content()


def test_a_copy_is_no_witness_in_the_map() -> None:
    gazette, herald, report = sources()
    copied = herald.model_copy(update={"origin": "o1"})
    evidence = tuple(e.model_copy(update={"origin": "o1"}) for e in example().outcomes[0].evidence)
    outcome = example().outcomes[0].model_copy(update={"evidence": evidence})
    page = view(example(sources=(gazette, copied, report), outcomes=(outcome,), bottom_line=()))
    (row,) = page.xpath("//tr[.//a[@data-opens='o1']]")
    assert [cell.text_content() for cell in row.xpath("td")] == ["1", "●", "○", ""]


def test_what_tells_of_the_same_is_shown_and_is_no_support() -> None:
    one, other = example().outcomes[0].evidence
    beside = other.model_copy(update={"role": "related"})
    outcome = example().outcomes[0].model_copy(update={"evidence": (one, beside)})
    page = view(example(outcomes=(outcome,), bottom_line=()))
    (entry,) = page.xpath("//*[@id='o1']")
    assert [cite.split(":")[2] for cite in entry.get("data-cites").split()] == [
        "support",
        "related",
    ]
    assert [ref.text_content() for ref in entry.xpath(".//a[contains(@class, 'ref')]")] == ["S1 ¶2"]
    (row,) = page.xpath("//tr[.//a[@data-opens='o1']]")
    assert [cell.text_content() for cell in row.xpath("td")] == ["1", "●", "", ""]


def test_an_edited_statement_says_who_and_what_it_was() -> None:
    edit = Edit(before="Two gates were shut.", mode="verbatim", by="Ann Lee")
    change = {"edited": edit, "mode": "edited", "verdict": "unclear"}
    outcome = example().outcomes[0].model_copy(update=change)
    (item,) = view(example(outcomes=(outcome,))).xpath("//li[.//*[@id='o1']]")
    for words in ("edited by Ann Lee", "the checks say: unclear", "Two gates were shut."):
        assert words in item.text_content()


def test_an_empty_briefing_says_so_in_every_section() -> None:
    page = see(render(Briefing(title="Nothing", run=run()), format="html"))
    for line in (
        "No bottom line: ",
        "No outcome passed the checks.",
        "No quote passed the checks.",
        "No source says, in words that pass the checks, that something is open.",
        "Nothing was withheld.",
        "No document was left out.",
        "No document could be used.",
    ):
        assert line in page.text


def test_long_paragraphs_are_cut_around_the_cited_words() -> None:
    words = "The bridge at Norrvik was closed at noon."
    long = source(1, f"T\n\n{'Much was said of it. ' * 400}{words}{' More was said.' * 400}\n")
    outcome = example().outcomes[0].model_copy(update={"evidence": (cite(long, words),)})
    page = view(Briefing(title="t", outcomes=(outcome,), sources=(long,), run=run()))
    (passage,) = page.xpath("//article[@class='passage']")
    (text,) = passage.xpath("p[@class='text']")
    assert words in text.text_content()
    assert len(passage.text_content()) < 3200
    (before,) = passage.xpath("p[@class='before']")
    assert before.text.startswith("… ")


def event(number: int, date: str, until: str | None = None) -> Event:
    evidence = (cite(sources()[0], "on Monday"),)
    return Event(
        id=f"t-{number}", date=date, until=until, when="then", statement="x", evidence=evidence
    )


def test_a_picture_is_to_scale_but_for_long_gaps() -> None:
    days = ["1949-10-01", "2031-04-01", "2031-04-03", "2031-04-05"]
    drawn = picture([event(n, day) for n, day in enumerate(days)])
    assert drawn is not None
    first, second, third, last = (dot.x for dot in drawn.dots)
    assert third - second == pytest.approx(last - third, abs=0.02)
    assert second - first < 3 * (third - second)
    assert [first < at < second for at in drawn.breaks] == [True]
    assert "long gaps shortened" in drawn.described


def test_events_of_one_day_stand_above_each_other_and_months_are_stretches() -> None:
    drawn = picture([event(0, "2031-04"), event(1, "2031-04-30"), event(2, "2031-04-30")])
    assert drawn is not None
    assert [dot.stretch for dot in drawn.dots] == [True, False, False]
    assert len({dot.level for dot in drawn.dots}) == 3


@pytest.mark.parametrize("dates", [["2031-04-01"], ["2031-04-01"] * 2, ["2031-02-31", "2031-05"]])
def test_without_two_days_there_is_no_picture(dates: list[str]) -> None:
    events = tuple(event(n, date) for n, date in enumerate(dates))
    assert picture(events) is None
    assert dates[0][:4] in render(example(timeline=events), format="html")
