"""The same statement with other names."""

from __future__ import annotations

import pytest

from briefing.grounding.reading import read
from briefing.grounding.rivals import MOST, rivals

PASSAGE = (
    "Coach Ewa Brandt thanked the physiotherapist, Ruben Castle, after the final in Leeds. "
    "Ida Holm, who had trained with Castle, said the Harwick Rowing Club would keep the boat."
)


def made(statement: str, *passages: str) -> set[str]:
    found = rivals(read(statement), [read(passage) for passage in passages or (PASSAGE,)])
    assert all(r.words in statement and r.instead in r.text for r in found)
    return {rival.text for rival in found}


def test_names_change_places_and_give_way_to_others() -> None:
    assert made("Brandt thanked Castle.") == {
        "Castle thanked Brandt.",
        "Ida Holm thanked Castle.",
        "Brandt thanked Ida Holm.",
    }


def test_nobody_does_something_to_himself_and_no_form_of_a_name_rivals_another() -> None:
    texts = made("Ruben Castle was thanked by Ewa Brandt.")
    assert not any(text.count("Castle") > 1 or text.count("Brandt") > 1 for text in texts)


def test_a_body_rivals_a_person_only_where_both_speak() -> None:
    passages = "Ida Holm said the boat was sound. Harwick Rowers said it would be sold."
    assert made("Holm said the boat would be sold.", passages) == {
        "Harwick Rowers said the boat would be sold."
    }
    assert not any("Club" in text for text in made("Ida Holm trained with Ruben Castle."))


@pytest.mark.parametrize(
    "statement", ["The boat was kept.", "Nobody was thanked in Paris.", "Holm won."]
)
def test_without_another_name_there_is_no_rival(statement: str) -> None:
    assert made(statement, "Ida Holm won the final.") == set()


def test_there_are_only_so_many() -> None:
    crowd = "Anna Beck, Carl Dorn, Eva Falk, Gerd Hahn, Ines Jung, Karl Lang, Mia Noll left."
    found = rivals(read("Anna Beck thanked Carl Dorn."), [read(crowd)])
    assert len(found) == MOST
    assert found[0].text == "Carl Dorn thanked Anna Beck."
