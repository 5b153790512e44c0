from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.grounding.aliases import spelt_alike, without_honours
from briefing.grounding.names import objections
from briefing.grounding.reading import read
from briefing.grounding.verdicts import Objection

pytestmark = pytest.mark.usefixtures("parse")

COURT = (
    "A court in Dortmund jailed the banker Felix Adler for six years on Thursday. Judge Petra Voss "
    "said Adler had stolen nine million euros from the pension fund of Merrow Steel. Anna Keller "
    "and Jörg Müller-Brandt, who worked for him in France, were acquitted."
)
BODIES = (
    "The World Health Organization and the Federal Reserve met officials of the United States. "
    "Mr. Xi and the South Korean envoy stayed away. The OECD sent William Trent of DataVault, "
    "and Moscow sent nobody."
)


def found(claim: str, *grounds: str) -> list[Objection]:
    return list(objections(read(claim), [read(ground) for ground in grounds]))


@pytest.mark.parametrize(
    ("claim", "ground"),
    [
        ("Mr. Adler was jailed for six years in Dortmund.", COURT),
        ("Judge Voss spoke of nine million euros from Merrow Steel's fund.", COURT),
        ("Jorg Muller Brandt had worked in France and was acquitted.", COURT),
        ("Two French employees were acquitted, among them Ms. Keller.", COURT),
        ("The WHO and the Fed met U.S. officials.", BODIES),
        ("American officials met the World Health Organisation.", BODIES),
        ("Neither Xi Jinping nor South Korea's envoy came.", BODIES),
        ("The Organisation for Economic Co-operation and Development sent Bill Trent.", BODIES),
        ("Bill Trent works for Data Vault.", BODIES),
        ("Officials met on Thursday. However, Yesterday nobody came.", BODIES),
    ],
)
def test_names_that_the_passages_have_in_some_form_pass(claim: str, ground: str) -> None:
    assert [o for o in found(claim, ground) if o.certain] == []


@pytest.mark.parametrize(
    ("claim", "ground", "words"),
    [
        ("A court in Hamburg jailed the banker Felix Adler.", COURT, "Hamburg"),
        ("The banker Martin Adler was jailed for six years.", COURT, "Martin Adler"),
        ("The banker Felix Lindqvist was jailed for six years.", COURT, "Felix Lindqvist"),
        ("Petra Keller was acquitted of all charges.", COURT, "Petra Keller"),
        ("Adler had stolen nine million euros from Castor Oil.", COURT, "Castor Oil"),
        ("Two Italian employees were acquitted.", COURT, "Italian"),
        ("The WTO met officials of the United States.", BODIES, "WTO"),
        ("The North Korean envoy stayed away.", BODIES, "North Korean"),
        ("The court in Dortmunt jailed the banker.", COURT, "Dortmunt"),
        ("Judge Petra Vossen was in Dortmund.", COURT, "Petra Vossen"),
        ("Anna Kelder was acquitted.", COURT, "Anna Kelder"),
    ],
)
def test_names_that_are_others_are_certain(claim: str, ground: str, words: str) -> None:
    certain = [o for o in found(claim, ground) if o.certain]
    assert [o.words for o in certain] == [words]
    assert words in claim


@pytest.mark.parametrize(
    ("claim", "ground", "words"),
    [
        ("Jörg Mueller-Brandt was acquitted.", COURT, None),
        ("Russia sent nobody to the meeting.", BODIES, "Russia"),
        ("Korea's envoy and Bernd Xi stayed away.", BODIES, "Bernd Xi"),
    ],
)
def test_spellings_metonyms_and_added_names_are_doubtful(
    claim: str, ground: str, words: str | None
) -> None:
    objections_ = found(claim, ground)
    assert all(not o.certain for o in objections_)
    assert words is None or words in {o.words for o in objections_}


def test_names_may_stand_in_different_passages() -> None:
    assert found("Adler and the OECD were in Dortmund.", COURT, BODIES) == []


def test_a_first_name_shared_in_a_family_is_not_certain() -> None:
    ground = "Peter waited outside. The lawyer Ruth Lane spoke for the family of Chris Lane."
    assert [o.certain for o in found("Peter Lane waited outside.", ground)] == [False]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("sergey", "sergei", True),
        ("muhammad", "mohammed", True),
        ("nystroem", "nystrom", True),
        ("danilov", "daniloff", True),
        ("yuri", "juri", True),
        ("centre", "center", True),
        ("tomas", "tomos", False),
        ("feldman", "feldmann", False),
        ("maric", "marin", False),
        ("pritchard", "prichard", False),
    ],
)
def test_a_spelling_is_no_other_name(one: str, other: str, alike: bool) -> None:
    assert spelt_alike(one, other) is alike


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Jane Doe KC", "Jane Doe"),
        ("Jane Doe, PhD", "Jane Doe"),
        ("Tom Hale OBE MP", "Tom Hale"),
        ("Jack Ma", "Jack Ma"),
        ("JACK MA", "JACK MA"),
        ("KC", "KC"),
    ],
)
def test_honours_are_no_part_of_a_name(name: str, bare: str) -> None:
    assert without_honours(name) == bare


def test_a_part_of_a_word_is_no_name() -> None:
    found_ = found(
        "Nils Anders was acquitted.", "The engineer Nils Anderson was acquitted in Bergen."
    )
    assert [o.words for o in found_ if o.certain] == ["Nils Anders"]


NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=9).map(str.capitalize)


@settings(max_examples=40, deadline=None)
@given(NAMES)
def test_a_planted_name_never_fails_its_own_sentence(name: str) -> None:
    sentence = f"On Monday the council of Arden heard the engineer {name} for three hours."
    assert found(sentence, sentence) == []
