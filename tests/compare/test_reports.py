"""Grounding figures of two saved reports, paired by the items of the briefings."""

from __future__ import annotations

import pytest

from briefing.compare.comparing import Named, compare
from briefing.errors import UserError
from briefing.evals.file import rescore
from briefing.evals.report import EvalReport, Item
from briefing.types import Briefing
from tests.example import example


def report(briefing: Briefing, supported: float, **run: str) -> EvalReport:
    items = [
        Item(
            id=outcome.id,
            cluster=outcome.id,
            text=outcome.statement,
            kind="statement",
            scores={"supported": supported, "unclear": 1 - supported},
        )
        for outcome in briefing.outcomes
    ]
    items += [
        Item(id=s.id, cluster=s.id, text=s.name, kind="source", scores={"source_cited": 1.0})
        for s in briefing.sources
    ]
    made = EvalReport(
        kind="file",
        title="t",
        figures=(),
        items=tuple(items),
        run={"form": "briefing", "model": "m", **run},
    )
    return rescore(made)


def test_figures_of_reports_stand_side_by_side() -> None:
    given = [
        Named("a.json", example(), report(example(), 0.0)),
        Named("b.json", example(), report(example(), 1.0)),
    ]
    found = compare(given)
    by_group = {f.group: f for f in found.grounding if f.metric == "supported"}
    assert (by_group["A"].value, by_group["B"].value) == (0, 1)
    assert (by_group["B-A"].value, by_group["B-A"].n) == (1, 2)
    sources = {f.group: f for f in found.grounding if f.metric == "sources_cited"}
    assert sources["B-A"].n == 3
    assert found.notes == ()


def test_a_report_on_something_else_is_refused() -> None:
    other = example(outcomes=(example().outcomes[0].model_copy(update={"statement": "Other."}),))
    with pytest.raises(UserError, match=r"is not about a\.json: it judges another out-1"):
        compare([Named("a.json", example(), report(other, 1)), Named("b", other, report(other, 1))])
    markdown = report(example(), 1, form="markdown")
    with pytest.raises(UserError, match="is no report of"):
        compare([Named("a", example(), markdown), Named("b", example(), markdown)])


def test_different_checkers_are_told_of() -> None:
    found = compare(
        [
            Named("a", example(), report(example(), 1)),
            Named("b", example(), report(example(), 1, model="n")),
        ]
    )
    assert "different checkers (model: m, n)" in found.notes[0]
