"""Reports as table, JSON, Markdown and HTML; texts of documents are hostile."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import lxml.html
import pytest

from briefing.evals import rendering
from briefing.evals.report import Curve, CurvePoint, EvalReport, Figure, Item
from briefing.grounding.verdicts import Claim, ClaimVerdict, Objection, StatementVerdict

HOSTILE = "<script>alert(1)</script> | [x](http://evil.example) `*`\x1b[31m\n# Head"


def judged(item: str, text: str, *, label: bool | None, supported: bool, words: str = "") -> Item:
    objection = Objection(kind="number", words=words, reason=f"no {words}: {text}", certain=True)
    claim = ClaimVerdict(
        claim=Claim(start=0, end=len(text), text=text),
        verdict="supported" if supported else "unsupported",
        objections=(objection,) if words else (),
    )
    verdict = StatementVerdict(
        id=item, verdict=claim.verdict, probability=0.25, reason=f"why: {text}", claims=(claim,)
    )
    return Item(id=item, group="court", text=text, label=label, kind="number", verdict=verdict)


def report() -> EvalReport:
    return EvalReport(
        kind="data",
        title=f"Cases {HOSTILE}",
        figures=(
            Figure(
                metric="balanced_accuracy",
                group="court",
                value=0.71234,
                low=0.6,
                high=0.8,
                n=40,
                baseline=0.65,
                published={"Other (test, other split)": 0.722},
                note="threshold of the other half",
            ),
            Figure(metric="brier", group=HOSTILE, value=None, n=0),
        ),
        items=(
            judged("i1", "The fine was 40 euros.", label=True, supported=True),
            judged("i2", "The fine was 90 euros.", label=True, supported=False, words="90"),
            judged("i3", HOSTILE, label=False, supported=True, words="<script>"),
            Item(id="i4", text="Not judged.", error="the model <b>failed</b>"),
        ),
        curves=(
            Curve(
                group="court",
                points=(
                    CurvePoint(predicted=0.1, observed=0.2, n=4),
                    CurvePoint(predicted=0.9, observed=0.5, n=16),
                ),
            ),
        ),
        notes=("a note",),
        run={"model": "small", "split": None},
        timings={"seconds_per_claim": 1.5},
    )


def test_the_table_fits_and_says_all() -> None:
    text = rendering.render(report(), "table")
    assert max(map(len, text.splitlines())) <= rendering.WIDTH
    row = next(line for line in text.splitlines() if line.startswith("court"))
    assert row.split() == "court balanced_accuracy 0.712 0.600 … 0.800 0.650 40".split()
    assert "not measured" in text
    assert "Published balanced_accuracy on court: Other (test, other split) 0.722" in text
    assert "seconds_per_claim 1.5" in text
    assert "model small" in text
    assert "split None" not in text
    assert "Against the label: 3 of 4 items" in text
    assert "i2: unsupported, but it is supported" in text
    assert "i1" not in text
    assert "\x1b" not in text


def test_a_long_name_does_not_break_the_table() -> None:
    long = report().figures[0].model_copy(update={"group": "g" * 300, "metric": "m" * 90})
    text = rendering.render(report().model_copy(update={"figures": (long,)}), "table")
    assert max(map(len, text.splitlines())) <= rendering.WIDTH
    assert "0.712" in text


def test_json_comes_back_as_it_was() -> None:
    text = rendering.render(report(), "json")
    assert EvalReport.model_validate_json(text) == report()
    assert json.loads(text)["figures"][1]["value"] is None


def test_markdown_shows_hostile_text_as_text() -> None:
    text = rendering.render(report(), "markdown")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) in {5, 7} for row in rows)
    assert "<script" not in text
    assert not re.search(r"(?<!\\)\]\(http", text)
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        line for line in text.splitlines() if line.startswith(("# Cases", "## Against the label"))
    ]
    assert "| court | balanced_accuracy | 0.712 | 0.600 … 0.800 | 0.650 | 40 |" in text


def page() -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(rendering.render(report(), "html"))


def test_the_page_shows_every_item_with_its_reasons() -> None:
    articles = page().xpath("//article")
    assert [article.get("data-verdict") for article in articles] == [
        "supported",
        "unsupported",
        "supported",
        "error",
    ]
    assert [article.get("data-outcome") for article in articles] == ["right"] + ["wrong"] * 3
    second = articles[1]
    assert second.xpath(".//mark/text()") == ["90"]
    assert second.xpath(".//li/text()") == [
        "why: The fine was 90 euros.",
        "no 90: The fine was 90 euros.",
    ]
    assert "labelled supported" in second.text_content()
    assert "the model <b>failed</b>" in articles[3].text_content()


def test_the_page_runs_our_script_only_and_needs_nothing_else() -> None:
    (script,) = page().xpath("//script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    policy = page().xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert page().xpath("//@src | //link | //@onclick | //a") == []


def test_the_page_can_be_read_without_script() -> None:
    assert page().xpath("//form/@hidden") == [""]
    assert page().xpath("//article[@hidden]") == []


def test_filters_offer_what_tells_items_apart() -> None:
    selects = {
        select.get("name"): select.xpath("./option/@value") for select in page().xpath("//select")
    }
    assert selects["verdict"] == ["*", "=error", "=supported", "=unsupported"]
    assert selects["outcome"] == ["*", "=right", "=wrong"]
    assert selects["kind"] == ["*", "=", "=number"]
    alike = report().model_copy(update={"items": report().items[:1] * 2})
    assert "<select" not in rendering.render(alike, "html")


def test_the_reliability_curve_is_drawn() -> None:
    (figure,) = page().xpath("//figure")
    circles = figure.xpath(".//circle")
    assert [(c.get("cx"), c.get("cy")) for c in circles] == [("22.0", "176.0"), ("198.0", "110.0")]
    assert float(circles[0].get("r")) < float(circles[1].get("r"))
    without = rendering.render(report().model_copy(update={"curves": ()}), "html")
    assert "<svg" not in without


@pytest.mark.parametrize("output_format", rendering.FORMATS)
def test_a_report_of_nothing_renders(output_format: rendering.ReportFormat) -> None:
    empty = EvalReport(kind="file", title="Nothing", figures=())
    text = rendering.render(empty, output_format)
    assert "Nothing" in text
    assert text.endswith("\n")


def test_words_are_marked_once_where_they_stand() -> None:
    item = judged("i", "Nine of nine, 9 in all: 9.", label=None, supported=False, words="9")
    assert rendering.unsupported(item) == [
        ("Nine of nine, ", False),
        ("9", True),
        (" in all: 9.", False),
    ]
    absent = judged("i", "Nothing here.", label=None, supported=False, words="else")
    assert rendering.unsupported(absent) == [("Nothing here.", False)]
