from __future__ import annotations

import pytest

from briefing.grounding.reading import read
from briefing.grounding.roles import objections
from briefing.grounding.verdicts import Objection

pytestmark = pytest.mark.usefixtures("parse")

SPORT = (
    "Carla Mendes beat Yuki Tanabe in the final at Lisbon on Sunday. Tanabe had defeated Ana Kovac "
    "in the semi-final. Coach Marco Bellini praised Mendes after the match. Tanabe was fined for "
    "smashing a racket, and Kovac withdrew from the doubles tournament with an injured wrist."
)
BUSINESS = (
    "Northwind Energy bought the Halden refinery from Castor Oil for two billion dollars, Foreign "
    "Minister Lars Holm said. Erik Dahl, chairman of Northwind Energy, hired Nora Lind from Castor "
    "Oil in May. Helen Ward, a spokeswoman for Castor Oil, welcomed the sale."
)


def found(claim: str, ground: str) -> list[Objection]:
    return list(objections(read(claim), [read(ground)]))


@pytest.mark.parametrize(
    ("claim", "ground"),
    [
        ("Yuki Tanabe lost to Carla Mendes in the final at Lisbon.", SPORT),
        ("Tanabe was beaten by Mendes in the final.", SPORT),
        ("Kovac was defeated by Yuki Tanabe in the semi-final.", SPORT),
        ("Marco Bellini, the coach, hailed Mendes after the match.", SPORT),
        (
            "Castor Oil sold the Halden refinery to Northwind Energy for two billion dollars.",
            BUSINESS,
        ),
        ("The Halden refinery was bought by Northwind Energy.", BUSINESS),
        ("Nora Lind was hired by Northwind's chairwoman Erik Dahl.", BUSINESS),
        ("Castor Oil spokesperson Helen Ward welcomed the sale.", BUSINESS),
        ("Minister Lars Holm spoke of two billion dollars.", BUSINESS),
    ],
)
def test_true_rewordings_pass(claim: str, ground: str) -> None:
    assert [o for o in found(claim, ground) if o.certain] == []


@pytest.mark.parametrize(
    ("claim", "ground"),
    [
        ("Yuki Tanabe beat Carla Mendes in the final at Lisbon on Sunday.", SPORT),
        ("Mendes lost to Tanabe in the final.", SPORT),
        ("Ana Kovac beat Tanabe in the semi-final.", SPORT),
        ("Coach Marco Bellini praised Tanabe after the match.", SPORT),
        ("Bellini was praised by Mendes after the match.", SPORT),
        ("Mendes was fined for smashing a racket.", SPORT),
        ("Castor Oil bought the Halden refinery from Northwind Energy.", BUSINESS),
        ("Northwind Energy sold the Halden refinery to Castor Oil.", BUSINESS),
        ("Nora Lind hired Erik Dahl.", BUSINESS),
    ],
)
def test_exchanged_parts_are_certain(claim: str, ground: str) -> None:
    certain = [o for o in found(claim, ground) if o.certain]
    assert certain
    assert all(o.kind == "role" and o.words in claim for o in certain)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Prime Minister Lars Holm spoke of two billion dollars.", "Prime Minister"),
        ("Erik Dahl, chief executive of Northwind Energy, hired Nora Lind.", "chief executive"),
        ("Helen Ward, a spokeswoman for Northwind Energy, welcomed the sale.", "Northwind Energy"),
    ],
)
def test_another_office_or_another_employer_is_certain(claim: str, words: str) -> None:
    assert words in {o.words for o in found(claim, BUSINESS) if o.certain}


def test_a_pronoun_in_the_passage_may_be_anybody() -> None:
    ground = (
        "Dana Whitlock opened the bridge. On Friday she dismissed the harbour engineer. "
        "Tom Sheehan dismissed the complaint."
    )
    claim = "Dana Whitlock dismissed the harbour engineer on Friday."
    assert [o for o in found(claim, ground) if o.certain] == []


def test_symmetric_verbs_have_no_order() -> None:
    ground = "Lars Holm met Nora Lind in Bergen."
    assert [o for o in found("Nora Lind met Lars Holm in Bergen.", ground) if o.certain] == []


def test_whole_sentences_of_a_passage_pass_unread() -> None:
    for sentence in SPORT.split(". "):
        assert found(sentence.removesuffix(".") + ".", SPORT) == []
