from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from briefing.extract.articles import analyse
from briefing.naming import title_of
from tests.example import source

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]

FIRST = "Angela Brandt flew to Lisbon on Monday. Mrs. Brandt met the mayor of Lisbon at noon.\n"
SECOND = "The mayor of Lisbon received Angela Brandt on Monday. Brandt stayed for two days.\n"
OTHER = "Toyota sold more cars in Canada than in May. Toyota said Canada was its best market.\n"


def title(parse: Parse, *texts: str, **fields: object) -> str:
    return title_of([analyse(source(n, t, **fields), parse) for n, t in enumerate(texts, 1)])


def test_a_title_names_what_the_documents_share(parse: Parse) -> None:
    found = title(parse, FIRST, SECOND)
    assert found.endswith(": briefing from 2 documents")
    assert "Angela Brandt" in found
    assert "Lisbon" in found


def test_what_more_documents_name_comes_first(parse: Parse) -> None:
    found = title(parse, OTHER * 3, FIRST, SECOND)
    assert found.index("Brandt") < (found.index("Toyota") if "Toyota" in found else len(found))


def test_copies_of_one_text_do_not_outvote_another(parse: Parse) -> None:
    apart = title(parse, OTHER, OTHER, FIRST * 3)
    copies = title(parse, OTHER, OTHER, FIRST * 3, origin="same")
    assert apart.startswith(("Toyota", "Canada"))
    assert copies.startswith(("Angela Brandt", "Lisbon"))


def test_one_document_without_names_is_still_a_briefing(parse: Parse) -> None:
    assert title(parse, "The dam held through the night.\n") == "Briefing from 1 document"
    assert title_of([]) == "Briefing from 0 documents"


def test_no_headline_is_repeated(parse: Parse) -> None:
    texts = [f"Angela Brandt humiliates the mayor\n\n{FIRST}"] * 2
    assert "humiliates" not in title(parse, *texts, title="Angela Brandt humiliates the mayor")
