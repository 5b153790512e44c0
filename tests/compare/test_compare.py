"""What came, went and changed between briefings, and the figures beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from briefing.compare.changes import Matched, changes
from briefing.compare.comparing import Named, compare
from briefing.compare.figures import METRICS, paired
from briefing.compare.rendering import FORMATS, render
from briefing.compare.rewording import in_one
from briefing.compare.values import Comparison
from briefing.errors import UserError
from briefing.evals.measures import Share
from briefing.evals.report import Figure, Item
from briefing.types import NOT_ESTABLISHED, Briefing, Outcome, Quote, Withheld
from tests.example import HERALD, cite, example, source, sources

GAZETTE_SOURCE, HERALD_SOURCE, NOTE = sources()
BOARD = cite(GAZETTE_SOURCE, "Dam gates reopened at Lake Orsa")
HOSTILE = "<script>alert(1)</script> [x](javascript:y) \x1b[31m | `a`"


def quote(**fields: Any) -> Quote:  # noqa: ANN401
    return example().quotes[0].model_copy(update=fields)


def compared(first: Briefing, second: Briefing) -> Comparison:
    return compare([Named("old.json", first), Named("new.json", second)])


def statuses(first: Briefing, second: Briefing) -> list[tuple[str, str]]:
    found = changes(Matched(first, second))
    return [(change.kind, change.status) for change in found if change.status != "same"]


def figure(found: Comparison, metric: str, group: str) -> Figure:
    return next(f for f in found.figures if (f.metric, f.group) == (metric, group))


def test_a_briefing_is_the_same_as_itself() -> None:
    found = compared(example(), example())
    assert {change.status for change in found.pairs[0].changes} == {"same"}
    assert found.pairs[0].verdict == (
        "B shows the same items as A, word for word, on the same passages.",
        "Both were made with the same model, prompts, settings and sources.",
        "No share differs beyond chance.",
    )


def test_items_come_and_go() -> None:
    more = example(
        outcomes=(*example().outcomes, Outcome(id="n", statement="x", evidence=(BOARD,)))
    )
    assert statuses(example(), more) == [("outcome", "came")]
    assert statuses(more, example()) == [("outcome", "went")]
    said = compared(example(), more).pairs[0].verdict
    assert said[0] == "B shows 1 finding that A does not."
    assert said[1] == "No finding, disagreement, quote, open question or timeline entry was lost."
    said = compared(more, example(quotes=())).pairs[0].verdict
    assert "A shows 1 finding and 1 quote that B does not." in said


def test_what_went_may_be_withheld() -> None:
    piezometers = example().outcomes[1]
    held = Withheld(
        section="outcomes",
        text=piezometers.statement,
        reason="no unit",
        evidence=piezometers.evidence,
    )
    after = example(outcomes=example().outcomes[:1], withheld=(*example().withheld, held))
    (went,) = [c for c in changes(Matched(example(), after)) if c.status == "went"]
    assert went.note == "is withheld: no unit"
    (came,) = [c for c in changes(Matched(after, example())) if c.status == "came"]
    assert came.note == "was withheld: no unit"
    difference = figure(compared(example(), after), "withheld", "B-A")
    assert difference.value == pytest.approx(2 / 7 - 1 / 7)
    assert difference.n == 7  # the item is one, shown here and withheld there


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"speaker": NOT_ESTABLISHED, "attribution": ()}, ["speaker"]),
        ({"wordings": ()}, ["other wordings", "sources"]),
        ({"note": "damaged"}, ["note"]),
    ],
)
def test_a_quote_on_the_same_words_changes(fields: dict[str, Any], what: list[str]) -> None:
    found = changes(Matched(example(), example(quotes=(quote(**fields),))))
    (changed,) = [change for change in found if change.status == "changed"]
    assert [each.what for each in changed.differences] == what


def test_evidence_goes_before_words() -> None:
    """Two findings that swap their words are those on the same passages."""
    one, other = example().outcomes
    swapped = (
        one.model_copy(update={"statement": "The gates are open."}),
        other.model_copy(update={"statement": "The east bank is within limits."}),
    )
    found = changes(Matched(example(), example(outcomes=swapped)))
    pairs = [
        (c.before and c.before.id, c.after and c.after.id) for c in found if c.status == "changed"
    ]
    assert pairs == [("out-1", "out-1"), ("out-2", "out-2")]


def test_sources_may_be_numbered_otherwise() -> None:
    renamed = source(9, HERALD, url=HERALD_SOURCE.url, origin="o2")
    words = "The wall held and nobody had to leave,"
    before = Briefing(
        title="t",
        quotes=(Quote(id="a", text=words, evidence=(cite(HERALD_SOURCE, words),)),),
        sources=(HERALD_SOURCE,),
        run=example().run,
    )
    after = before.model_copy(
        update={
            "quotes": (Quote(id="b", text=words, evidence=(cite(renamed, words),)),),
            "sources": (renamed,),
        }
    )
    assert statuses(before, after) == []
    assert compared(before, after).pairs[0].run == ()


def test_without_common_passages_words_decide() -> None:
    one = Outcome(id="a", statement="The court freed the captain.", evidence=(BOARD,))
    said = cite(HERALD_SOURCE, "Orsa dam back in service")
    same = Outcome(id="b", statement="The court freed the captain", evidence=(said,))
    else_ = Outcome(id="c", statement="A storm closed the harbour.", evidence=(said,))
    assert statuses(example(outcomes=(one,)), example(outcomes=(same,))) == [("outcome", "changed")]
    assert statuses(example(outcomes=(one,)), example(outcomes=(else_,))) == [
        ("outcome", "came"),
        ("outcome", "went"),
    ]
    few = Outcome(id="d", statement="The court freed 3 captains of the fleet.", evidence=(BOARD,))
    more = Outcome(id="e", statement="The court freed 4 captains of the fleet.", evidence=(said,))
    assert statuses(example(outcomes=(few,)), example(outcomes=(more,))) == [
        ("outcome", "came"),
        ("outcome", "went"),
    ]


def test_the_making_is_compared_by_hash() -> None:
    run = example().run
    other = run.model_copy(
        update={
            "model": {"name": "scripted", "sha256": "ef" * 32},
            "prompts": {"statement": "01" * 32, "ask": "02" * 32},
            "settings": {"context": 8192, "threads": 2},
        }
    )
    after = example(run=other, sources=(GAZETTE_SOURCE, HERALD_SOURCE))
    found = compared(example(), after).pairs[0]
    assert [(each.making, each.name) for each in found.run] == [
        ("model", "model"),
        ("prompt", "statement"),
        ("prompt", "ask"),
        ("setting", "context"),
        ("source", "docs/note.pdf"),
    ]
    assert found.run[-1].after == ""
    told = "What differs in the making: the model, 2 prompts, 1 setting and 1 source."
    assert told in found.verdict


def test_figures_are_counted_on_the_texts_and_paired() -> None:
    wrong = quote(text="The wall held, and nobody had to leave home!")
    found = compared(example(), example(quotes=(wrong,)))
    assert [f.metric for f in found.figures if f.group == "A"] == list(METRICS)
    assert figure(found, "quotes_exact", "A").value == 1
    assert figure(found, "quotes_exact", "B").value == 0
    difference = figure(found, "quotes_exact", "B-A")
    assert difference.value == -1
    assert figure(found, "citations_valid", "B-A").value == 0
    assert figure(found, "citations_valid", "B-A").low == pytest.approx(-0.39, abs=0.01)
    assert figure(found, "corroborated", "A").value == 0.5


def test_without_texts_nothing_is_said_of_them() -> None:
    bare = tuple(each.model_copy(update={"text": None}) for each in sources())
    found = compared(example(), example(sources=bare))
    assert figure(found, "quotes_exact", "B").value is None
    assert figure(found, "citations_valid", "B").value is None
    assert "B was written without the texts of S1, S2, S3" in found.notes[0]


def test_a_text_that_was_changed_supports_nothing() -> None:
    forged = GAZETTE_SOURCE.model_copy(update={"text": f"{GAZETTE_SOURCE.text} Forged."})
    found = compared(example(), example(sources=(forged, HERALD_SOURCE, NOTE)))
    assert figure(found, "quotes_exact", "B").value == 0


def test_differences_are_drawn_in_pairs() -> None:
    share = Share("right", "right", "", "")

    def items(*values: float) -> list[Item]:
        return [
            Item(id=str(n), cluster=str(n), text="", scores={"right": v})
            for n, v in enumerate(values)
        ]

    one = items(*[0.0, 1.0] * 20)
    better = items(*[1.0, 1.0] * 20)
    found = paired(share, better, one, "B-A")
    assert found.value == 0.5
    assert found.low is not None
    assert found.low > 0.3
    same = paired(share, one, one, "B-A")
    assert same.value == 0
    agreed = paired(share, better, better, "B-A")
    assert (agreed.value, agreed.low) == (0, pytest.approx(-0.0876, abs=0.001))


def test_wording_is_shown_in_one() -> None:
    assert in_one("the tall wall", "the high wall fell") == "the {tall → high} wall {+ fell}"
    assert in_one("a b", "a") == "a {− b}"
    assert in_one("", "new") == "{+ new}"


def test_endless_wordings_are_not_compared_word_by_word() -> None:
    one, other = "a b " * 15_000, "b a " * 15_000
    assert in_one(one, other) == f"{{{one.strip()} → {other.strip()}}}"
    assert in_one(one, one) == one.strip()


def test_three_briefings_and_their_limits() -> None:
    found = compare([Named(f"{n}.json", example()) for n in range(3)])
    assert [pair.second for pair in found.pairs] == ["B", "C"]
    assert {f.group for f in found.figures} == {"A", "B", "C", "B-A", "C-A"}
    with pytest.raises(UserError, match="1 briefings"):
        compare([Named("a", example())])


@pytest.mark.parametrize("output_format", FORMATS)
def test_hostile_texts_stay_text(output_format: Any) -> None:  # noqa: ANN401
    bad = Outcome(id="h", statement=HOSTILE, evidence=(BOARD,))
    changed = quote(speaker=HOSTILE)
    after = example(title=HOSTILE, outcomes=(bad,), quotes=(changed,), topic=HOSTILE)
    found = compare([Named(HOSTILE, example()), Named("b", after)])
    text = render(found, output_format)
    if output_format == "json":
        assert json.loads(text)["briefings"][0]["name"] == HOSTILE
        return
    assert "\x1b" not in text
    if output_format == "html":
        assert "<script" not in text
    if output_format == "markdown":
        assert "<script" not in text
        assert "[x](" not in text
