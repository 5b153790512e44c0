"""What the head of a document calls it. All heads are invented."""

from __future__ import annotations

import pytest

from briefing.passages import split
from briefing.sources.genre import genre_of
from briefing.types import Genre
from tests.example import source

BODY = "\n\nThe pumps of the aquarium were switched off on Monday, said Ida Berg.\n"


@pytest.mark.parametrize(
    ("head", "genre"),
    [
        ("ORSA AQUARIUM\nPress release, 4 May", "statement"),
        ("Ministry of Fisheries\nStatement No. 12", "statement"),
        ("FOR IMMEDIATE RELEASE\n\nOrsa Aquarium sells its pumps", "statement"),
        ("Ports of Orsa – statement on the pumps", "statement"),
        ("The Orsa Tribune | Opinion\n\nLet the seahorses go", "opinion"),
        ("Pump Notes\nA blog about water, by Ida Berg", "opinion"),
        ("Home | News | Blog | Weather\n\nThe pumps are off", ""),
        ("Mayor’s statement angers the guild\n\nBy Ida Berg", ""),
        ("ORSA, May 4 (Wire) - The pumps were off, a statement said.", ""),
        ("The Orsa Tribune\n4 May", ""),
    ],
)
def test_what_a_head_calls_the_document(head: str, genre: Genre) -> None:
    assert genre_of(split(source(1, head + BODY))) == genre


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("We were not asked, and we were not told. We shall ask for our money. ", "first person"),
        ("I have lived on the row for ten years, and I want my window open. ", "first person"),
        ("Charles I met the council of the town and went home. Later Charles I left. ", ""),
        ("„I think that my engine failed and that we were right,“ the baker said. ", ""),
        ("“We were not asked, and I am angry,” the baker of the row in the town said. ", ""),
        ("The council of the town was not asked, and the guild of bakers was not told. ", ""),
        ("BAKER: I was not asked, and we were not told.\n\nHOST: I see, but did you ask?\n\n", ""),
    ],
)
def test_a_text_in_the_first_person(text: str, genre: Genre) -> None:
    assert genre_of(split(source(1, f"The Row\n\n{text * 15}\n"))) == genre
