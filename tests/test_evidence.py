from __future__ import annotations

import pytest

from briefing.errors import InternalError
from briefing.evidence import Citer
from briefing.extract.articles import Article
from briefing.passages import split
from tests.example import source

TEXT = (
    "The trial of two bankers opened in Leeds on Monday.\n\n"
    "The judge read the charges aloud for an hour.\n"
)


def article(number: int = 1, text: str = TEXT) -> Article:
    document = source(number, text)
    return Article(document, split(document), (), (), ())


def test_evidence_is_exact_and_knows_its_paragraph() -> None:
    start = TEXT.index("charges")
    found = Citer([article()], {}).cite("S1", start, start + 7)
    assert (found.text, found.paragraph, found.origin) == ("charges", 2, "o1")
    assert found.passage_id == article().passages[1].id


def test_a_passage_of_another_origin_has_that() -> None:
    first, second = article().passages
    citer = Citer([article()], {second.id: "wire"})
    assert citer.cite("S1", first.start, first.end).origin == "o1"
    assert citer.cite("S1", second.start, second.end).origin == "wire"


@pytest.mark.parametrize("start", [TEXT.index("\n\n"), TEXT.index("\n\n") + 1, len(TEXT) - 1])
def test_between_passages_there_is_no_evidence(start: int) -> None:
    with pytest.raises(InternalError, match="S1"):
        Citer([article()], {}).cite("S1", start, start + 1)


def test_an_id_depends_on_kind_text_and_place_and_on_nothing_else() -> None:
    citer = Citer([article(), article(2, "Rain stopped play at noon in Hove on Friday.\n")], {})
    trial, judge = citer.cite("S1", 0, 9), citer.cite("S1", 60, 70)
    rain = citer.cite("S2", 0, 4)
    plain = citer.item_id("o", "The trial", [trial])
    assert plain.startswith("o-")
    assert citer.item_id("o", "The trial", [trial, rain]) == plain
    others = {
        citer.item_id("q", "The trial", [trial]),
        citer.item_id("o", "A trial", [trial]),
        citer.item_id("o", "The trial", [judge]),
        citer.item_id("o", "The trial", [rain]),
    }
    assert len({i.split("-")[1] for i in others | {plain}}) == 5


def test_an_id_stays_when_sources_are_renumbered() -> None:
    first, renamed = Citer([article(1)], {}), Citer([article(7)], {})
    ids = {
        citer.item_id("o", "The trial", [citer.cite(name, 0, 9)])
        for citer, name in ((first, "S1"), (renamed, "S7"))
    }
    assert len(ids) == 1
