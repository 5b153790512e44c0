"""Two reviews of one briefing at the same time: nothing is lost."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from briefing.errors import DocumentError
from briefing.review.decisions import Choice, Decision, Review, load_decisions
from briefing.review.keeping import Ledger, Overtaken
from briefing.review.session import Session, Signature, begin
from tests.example import example

BRIEFING = example()


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "home"))
    return Ledger(tmp_path / "b.review.json", BRIEFING)


def session(review: Review | None = None) -> Session:
    return begin(BRIEFING, review or Review())


def decision(at: Session, choice: Choice, who: str, comment: str = "") -> Decision:
    assert at.entry is not None
    made = at.decide(choice, Signature(who), comment=comment).review.of(at.entry.id)
    assert made is not None
    return made


def test_decisions_of_two_readers_on_different_items_are_both_kept(ledger: Ledger) -> None:
    ann = ben = session()
    first = ledger.decided(ann.review, decision(ann, "accept", "Ann"))
    second = ledger.decided(ben.review, decision(ben.forward(), "reject", "Ben", "not news"))
    assert [each.reviewer for each in first.decisions] == ["Ann"]
    assert [each.reviewer for each in second.decisions] == ["Ann", "Ben"]
    assert load_decisions(ledger.place) == second


def test_what_another_decided_on_the_item_is_shown_first(ledger: Ledger) -> None:
    ann = ben = session()
    ledger.decided(ann.review, decision(ann, "accept", "Ann"))
    with pytest.raises(Overtaken, match="meanwhile by Ann") as caught:
        ledger.decided(ben.review, decision(ben, "reject", "Ben"))
    assert [each.reviewer for each in load_decisions(ledger.place).decisions] == ["Ann"]
    seen = session(caught.value.review)
    again = ledger.decided(seen.review, decision(ben, "reject", "Ben"))
    assert [each.reviewer for each in again.decisions] == ["Ben"]


def test_a_file_that_is_gone_is_written_whole_and_a_broken_one_left_alone(ledger: Ledger) -> None:
    known = ledger.decided(Review(), decision(session(), "accept", "Ann"))
    ledger.place.unlink()
    known = ledger.decided(known, decision(session().forward(), "accept", "Ann"))
    assert len(load_decisions(ledger.place).decisions) == 2
    ledger.place.write_text("{", encoding="utf-8")
    with pytest.raises(DocumentError):
        ledger.decided(known, decision(session(), "reject", "Ann"))
    assert ledger.place.read_text(encoding="utf-8") == "{"


def test_many_writers_at_once_lose_nothing(ledger: Ledger) -> None:
    at = session()
    all_of = [decision(Session(at.items, at.prints, Review(), n), "accept", f"R{n}")
              for n in range(len(at.items))]  # fmt: skip
    with ThreadPoolExecutor(len(all_of)) as pool:
        list(pool.map(lambda each: ledger.decided(Review(), each), all_of))
    assert {each.item for each in load_decisions(ledger.place).decisions} == {
        entry.id for entry in at.items
    }
    left = {path.name for path in ledger.place.parent.iterdir()} - {"home"}
    assert left == {"b.review.json"} or sys.platform == "win32"
