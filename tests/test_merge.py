"""What may be cited for a statement, and what is a second telling. All events are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefing.extract.articles import Article, analyse
from briefing.merge import Comparer, Told
from tests.example import source

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]

STATEMENT = "The court in Leeds fined Kessler Marine 40,000 pounds on Friday over the oil spill."
OTHERS = (
    "Divers found eleven wrecks near the lighthouse of Tarbet last summer.\n\n"
    "The orchestra of Merrow will tour four cities in autumn with a new conductor."
)


def compare(parse: Parse, *texts: str) -> tuple[Comparer, list[Article]]:
    articles = [analyse(source(n, f"{t}\n\n{OTHERS}"), parse) for n, t in enumerate(texts, 1)]
    return Comparer(articles), articles


def first(comparer: Comparer, article: Article) -> Told:
    return comparer.told(article, article.lines[0])


def cited(parse: Parse, other: str) -> bool:
    """Whether the first sentence of another source is cited for the statement."""
    comparer, articles = compare(parse, STATEMENT, other)
    found = list(comparer.supporters(first(comparer, articles[0])))
    return first(comparer, articles[1]) in found


@pytest.mark.parametrize(
    "other",
    [
        STATEMENT,
        "On Friday the court in Leeds fined Kessler Marine 40,000 pounds over the oil spill.",
        "The court in Leeds fined Kessler Marine 40000 pounds on Friday over the oil spill.",
        (
            "Kessler Marine was fined 40,000 pounds by the court in Leeds on Friday over the oil "
            "spill off Tarbet."
        ),
    ],
)
def test_who_says_the_same_is_cited(other: str, parse: Parse) -> None:
    assert cited(parse, other)


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        ("number", STATEMENT.replace("40,000", "45,000")),
        ("missing number", STATEMENT.replace("40,000 pounds ", "")),
        ("name", STATEMENT.replace("Kessler Marine", "Harland Marine")),
        ("place", STATEMENT.replace("Leeds", "Hull")),
        ("negation", STATEMENT.replace("fined Kessler", "never fined Kessler")),
        ("contraction", STATEMENT.replace("fined Kessler", "didn’t fine Kessler")),
        ("hedge", STATEMENT.replace("fined", "may have fined")),
        ("plan", STATEMENT.replace("fined", "will fine")),
        ("limit", STATEMENT.replace("40,000", "more than 40,000")),
        ("claim", STATEMENT.replace("fined", "allegedly fined")),
        ("other matter", "Kessler Marine built 40,000 buoys for Leeds before Friday, it says."),
    ],
)
def test_who_says_something_else_is_not_cited(kind: str, other: str, parse: Parse) -> None:
    assert not cited(parse, other), kind


def test_a_hedged_statement_is_not_supported_by_a_plain_one(parse: Parse) -> None:
    comparer, articles = compare(parse, STATEMENT.replace("fined", "may have fined"), STATEMENT)
    assert not list(comparer.supporters(first(comparer, articles[0])))


def test_a_source_does_not_support_itself(parse: Parse) -> None:
    comparer, articles = compare(parse, f"{STATEMENT}\n\n{STATEMENT}")
    assert not list(comparer.supporters(first(comparer, articles[0])))


def test_near_copies_are_all_cited_in_source_order(parse: Parse) -> None:
    comparer, articles = compare(parse, STATEMENT, STATEMENT, STATEMENT)
    found = comparer.supporters(first(comparer, articles[1]))
    assert [told.article.source.id for told in found] == ["S1", "S3"]


def test_somebodys_words_are_no_support(parse: Parse) -> None:
    assert not cited(parse, f"“{STATEMENT[:-1]},” Dana Whitlock said.")


def test_retelling_is_told_from_a_new_finding(parse: Parse) -> None:
    shorter = "Kessler Marine was fined in Leeds over the oil spill on Friday."
    other = "The captain of the tanker Aurora lost his licence for two years over the oil spill."
    comparer, articles = compare(parse, STATEMENT, shorter, other)
    whole, short, new = (first(comparer, article) for article in articles)
    assert comparer.retells(whole, short)
    assert comparer.retells(short, whole)
    assert not comparer.retells(whole, new)
    assert comparer.shared(whole, whole) == pytest.approx(1)
    assert comparer.shared(whole, short) == comparer.shared(short, whole)
