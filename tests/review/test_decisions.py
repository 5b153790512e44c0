"""Decisions: their file, what holds for another briefing, and what applying them makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.entries import entries, fingerprints
from briefing.errors import DocumentError, UserError
from briefing.grounding.verdicts import StatementVerdict, Task
from briefing.render import render
from briefing.review.applying import apply
from briefing.review.checking import verdicts
from briefing.review.decisions import (
    Choice,
    Decision,
    Review,
    load_decisions,
    merge,
    place_for,
    save_decisions,
    settle,
)
from briefing.review.session import Signature, begin
from briefing.types import Briefing
from briefing.verify import verify
from tests.example import example

ANN = Signature("Ann Lee")


class Strict:
    """A checker that supports what one passage holds, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Task] = []

    def check(self, tasks: object, progress: object = None) -> list[StatementVerdict]:
        del progress
        assert isinstance(tasks, list)
        self.asked += tasks
        return [
            StatementVerdict(
                id=task.id,
                verdict="supported"
                if any(task.statement in g.text for g in task.cited)
                else "unsupported",
                reason="as the test has it",
            )
            for task in tasks
        ]


def decide(briefing: Briefing, item: str, choice: Choice, words: str = "") -> Decision:
    entry = next(each for each in entries(briefing) if each.id == item)
    found = fingerprints(briefing)[item]
    return Decision(
        item=item,
        kind=entry.kind,
        decision=choice,
        text_sha256=found.text_sha256,
        evidence_sha256=found.evidence_sha256,
        edited=words if choice == "edit" else "",
        comment="" if choice == "edit" else words,
        reviewer="Ann Lee",
    )


def reviewed(briefing: Briefing, *decisions: Decision) -> Briefing:
    review = Review(decisions=decisions)
    return apply(briefing, review, verdicts(briefing, review, Strict()))


def test_a_file_comes_back_as_it_was(tmp_path: Path) -> None:
    review = Review(title="t", decisions=(decide(example(), "q-1", "accept"),))
    path = place_for(tmp_path / "b.json")
    assert path.name == "b.review.json"
    save_decisions(review, path)
    assert load_decisions(path) == review


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "holds no decisions"),
        ('{"review_version": "9"}', "review_version"),
        ('{"decisions": [{"item": "x"}]}', r"decisions\.0\.kind"),
        ('{"more": 1}', "more: Extra inputs"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=why) as found:
        load_decisions(path)
    assert str(path) in found.value.message


def test_an_exported_edit_of_a_quote_is_refused(tmp_path: Path) -> None:
    good = decide(example(), "q-1", "accept")
    forged = good.model_copy(update={"decision": "edit", "edited": "other words"})
    review = {"decisions": [forged.model_dump(mode="json")]}
    (tmp_path / "x.json").write_text(json.dumps(review), encoding="utf-8")
    with pytest.raises(DocumentError, match="a quote cannot be edited"):
        load_decisions(tmp_path / "x.json")
    twice = {"decisions": [good.model_dump(mode="json")] * 2}
    (tmp_path / "y.json").write_text(json.dumps(twice), encoding="utf-8")
    with pytest.raises(DocumentError, match="an item has two decisions"):
        load_decisions(tmp_path / "y.json")


def test_later_decisions_hold() -> None:
    accept, reject = (decide(example(), "out-1", choice) for choice in ("accept", "reject"))
    other = decide(example(), "q-1", "accept")
    merged = merge(Review(decisions=(accept, other)), Review(decisions=(reject,)))
    assert merged.of("out-1") == reject
    assert merged.of("q-1") == other


def test_what_is_the_same_holds_also_under_another_id() -> None:
    review = Review(decisions=(decide(example(), "out-1", "accept"),))
    renamed = example().outcomes[0].model_copy(update={"id": "new"})
    held = settle(review, example(outcomes=(renamed,), bottom_line=()))
    assert [each.item for each in held.decisions] == ["new"]
    assert held.outdated == ()


def test_items_that_are_alike_keep_their_own_decisions() -> None:
    first, *rest = example().outcomes
    twice = example(outcomes=(first, first.model_copy(update={"id": "again"}), *rest))
    mine = (decide(twice, "out-1", "accept"), decide(twice, "again", "reject"))
    assert settle(Review(decisions=mine), twice).decisions == mine


def test_a_decision_is_kept_where_another_item_has_its_id_now() -> None:
    before = (decide(example(), "out-1", "edit", "Mine."), decide(example(), "out-2", "accept"))
    moved = example().outcomes[1].model_copy(update={"id": "out-1"})
    held = settle(Review(decisions=before), example(outcomes=(moved,), bottom_line=()))
    assert [(d.item, d.decision) for d in held.decisions] == [("out-1", "accept")]
    assert [(o.decision.edited, o.now) for o in held.outdated] == [("Mine.", "")]


def test_what_changed_is_outdated_and_comes_back() -> None:
    review = Review(
        decisions=tuple(decide(example(), name, "accept") for name in ("out-1", "out-2", "q-1"))
    )
    first = example().outcomes[0]
    fewer = first.model_copy(update={"evidence": first.evidence[:1]})
    silent = example().quotes[0].model_copy(update={"speaker": "Ines V."})
    changed = example(outcomes=(fewer,), quotes=(silent,))
    held = settle(review, changed)
    assert held.decisions == ()
    assert [(o.decision.item, o.now, o.reason) for o in held.outdated] == [
        ("out-1", "out-1", "the evidence of the item changed"),
        ("out-2", "", "the item is not in this briefing"),
        ("q-1", "q-1", "the words of the item changed"),
    ]
    assert settle(held, changed) == held
    assert [d.item for d in settle(held, example()).decisions] == ["out-1", "out-2", "q-1"]
    anew = held.decided(decide(changed, "q-1", "reject"))
    assert anew.outdated_for("q-1") is None


def test_rejected_items_are_withheld_with_the_reason() -> None:
    made = reviewed(
        example(),
        decide(example(), "out-1", "reject", "old news"),
        decide(example(), "q-1", "reject"),
        decide(example(), "d-1", "reject", "no conflict"),
        decide(example(), "t-1", "reject"),
    )
    assert [o.id for o in made.outcomes] == ["out-2"]
    assert (made.bottom_line, made.quotes, made.disagreements, made.timeline) == ((), (), (), ())
    told = [(w.section, w.reason) for w in made.withheld[1:]]
    assert told == [
        ("outcomes", "rejected by Ann Lee: old news"),
        ("disagreements", "rejected by Ann Lee: no conflict"),
        ("quotes", "rejected by Ann Lee"),
        ("timeline", "rejected by Ann Lee"),
    ]
    assert made.summaries[0].outcomes == ()
    assert made.summaries[0].quotes == ()
    assert "rejected by Ann Lee: old news" in render(made)


def test_edited_statements_are_marked_and_checked() -> None:
    good = "Engineers reopened two of the four gates of the Orsa dam on Monday"
    checker = Strict()
    review = Review(
        decisions=(
            decide(example(), "out-1", "edit", good),
            decide(example(), "out-2", "edit", "Piezometers read 9.9 m."),
            decide(example(), "open-1", "edit", "Who will pay?"),
            decide(example(), "t-1", "edit", good),
        )
    )
    made = apply(example(), review, verdicts(example(), review, checker))
    first, second = made.outcomes
    assert (first.statement, first.mode, first.verdict) == (good, "edited", "supported")
    assert first.edited is not None
    assert (first.edited.by, first.edited.mode) == ("Ann Lee", "verbatim")
    assert first.edited.before == example().outcomes[0].statement
    assert second.verdict == "unsupported"
    assert made.timeline[0].mode == "edited"
    assert made.bottom_line[0].statement == good
    assert [g.id for g in checker.asked[0].cited] == [e.passage_id for e in first.evidence]
    text = render(made)
    assert f"{good}[^S1-2] [^S2-2] (sources differ: point 1) (edited by Ann Lee)\n" in text
    damaged = "(the text of S3 is damaged)"
    said = "(edited by Ann Lee) (the checks say: unsupported)"
    assert f"Piezometers read 9.9 m.[^S3-2] {damaged} {said}" in text
    assert "- Reviewed by Ann Lee, item by item: 0 accepted, 4 edited, 0 rejected" in text
    assert "3 edited by a reader" in text


def test_what_the_checks_object_to_does_not_lead() -> None:
    made = reviewed(example(), decide(example(), "out-1", "edit", "The dam broke."))
    assert made.bottom_line == ()
    assert made.outcomes[0].verdict == "unsupported"


def test_a_reviewed_briefing_passes_verify(tmp_path: Path) -> None:
    made = reviewed(
        example(),
        decide(example(), "out-1", "edit", "Two gates are open."),
        decide(example(), "out-2", "edit", "Nothing leaks."),
        decide(example(), "q-1", "reject"),
    )
    before = verify(example(), base=tmp_path).checks
    known = {(check.item, check.name, check.reason) for check in before if not check.passed}
    after = verify(made, base=tmp_path).checks
    assert {(c.item, c.name, c.reason) for c in after if not c.passed} <= known


def test_a_session_goes_from_undecided_to_undecided() -> None:
    session = begin(example(), Review(decisions=(decide(example(), "out-1", "accept"),)))
    assert session.entry is not None
    assert session.entry.id == "out-2"
    session = session.decide("comment", ANN, comment="which bank?")
    assert session.undecided == 5
    session = session.decide("accept", ANN).forward()
    decision = session.review.of("out-2")
    assert decision is not None
    assert (decision.decision, decision.comment) == ("accept", "which bank?")
    session = session.back().back()
    assert session.entry is not None
    assert session.entry.id == "out-1"
    session = session.forward()
    assert session.entry is not None
    assert session.entry.id == "d-1"


@pytest.mark.parametrize(
    ("item", "words", "why"),
    [
        ("q-1", "x", "a quotation is exact"),
        ("d-1", "x", "sides of a disagreement"),
        ("out-2", " ", "needs words"),
        ("out-2", "Piezometers  read 4.2 m.", "the words that it has"),
    ],
)
def test_some_edits_are_refused(item: str, words: str, why: str) -> None:
    session = begin(example(), Review())
    while session.entry is not None and session.entry.id != item:
        session = session.forward()
    with pytest.raises(UserError, match=why):
        session.decide("edit", ANN, edited=words)


def test_what_is_too_long_to_keep_is_refused() -> None:
    session = begin(example(), Review())
    for by, words in ((Signature("x" * 201), ""), (ANN, "x" * 20_001), (Signature("\udcff"), "")):
        with pytest.raises(UserError, match="the decision cannot be kept"):
            session.decide("accept", by, comment=words)


def test_double_ids_are_refused() -> None:
    double = example().outcomes[0]
    with pytest.raises(DocumentError, match="two items of the briefing have the id"):
        begin(example(outcomes=(double, double)), Review())
