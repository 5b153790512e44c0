from __future__ import annotations

import pytest

from briefing.grounding.attribution import objections
from briefing.grounding.reading import read
from briefing.grounding.verdicts import Objection

pytestmark = pytest.mark.usefixtures("parse")

FLOOD = (
    "The mayor of Arden, Tom Sheehan, said the dam had failed. Police chief Dana Whitlock told "
    "reporters that three people had died. Officials suspect that the operator ignored warnings. "
    "The operator allegedly falsified records. Engineers inspected the spillway in March."
)
COURT = (
    "Prosecutor Jonas Reid accused Felix Adler of forging invoices. Adler denied the charges. "
    "Adler denied that he had threatened a witness. His lawyer, Ilse Brandt, said he would appeal."
)


def found(claim: str, ground: str) -> list[Objection]:
    return list(objections(read(claim), [read(ground)]))


@pytest.mark.parametrize(
    ("claim", "ground"),
    [
        ("Mayor Tom Sheehan said the dam had failed.", FLOOD),
        ("The dam had failed, said Tom Sheehan, the mayor of Arden.", FLOOD),
        ("Three people had died, police chief Dana Whitlock told reporters.", FLOOD),
        ("The operator is suspected of having ignored warnings.", FLOOD),
        ("The operator may have falsified records.", FLOOD),
        ("The spillway was inspected by engineers in March.", FLOOD),
        ("Felix Adler was accused by Jonas Reid of forging invoices.", COURT),
        ("Adler rejected the charges.", COURT),
        ("Adler's lawyer said he would appeal.", COURT),
    ],
)
def test_true_rewordings_pass(claim: str, ground: str) -> None:
    assert [o for o in found(claim, ground) if o.certain] == []


@pytest.mark.parametrize(
    ("claim", "ground"),
    [
        ("The operator ignored warnings.", FLOOD),
        ("The operator falsified records.", FLOOD),
        ("Felix Adler forged invoices.", COURT),
        ("He had threatened a witness.", COURT),
    ],
)
def test_beliefs_accusations_and_denials_are_no_facts(claim: str, ground: str) -> None:
    certain = [o for o in found(claim, ground) if o.certain]
    assert certain
    assert all(o.kind == "attribution" and o.words in claim for o in certain)


@pytest.mark.parametrize(
    ("claim", "ground", "words"),
    [
        ("Mayor Tom Sheehan told reporters that three people had died.", FLOOD, "Tom Sheehan"),
        ("The mayor of Arden told reporters that three people had died.", FLOOD, "mayor"),
        ("Police chief Dana Whitlock said the dam had failed.", FLOOD, "Dana Whitlock"),
        ("Jonas Reid said he would appeal.", COURT, "Jonas Reid"),
    ],
)
def test_another_speaker_is_certain(claim: str, ground: str, words: str) -> None:
    assert words in {o.words for o in found(claim, ground) if o.certain}


@pytest.mark.parametrize("verb", ["admitted", "acknowledged"])
def test_a_denial_is_no_admission(verb: str) -> None:
    certain = [o for o in found(f"Adler {verb} the charges.", COURT) if o.certain]
    assert [o.words for o in certain] == [verb]


def test_a_denial_that_nobody_made_is_certain() -> None:
    certain = [o for o in found("Tom Sheehan denied that the dam had failed.", FLOOD) if o.certain]
    assert [o.words for o in certain] == ["denied"]


def test_a_report_told_as_fact_is_certain_in_the_main_clause_and_else_a_hint() -> None:
    assert True in [o.certain for o in found("The dam had failed.", FLOOD)]
    aside = "Engineers, whose dam had failed, inspected the spillway in March."
    assert not any(o.certain for o in found(aside, FLOOD))


def test_a_turn_of_a_transcript_is_its_speakers() -> None:
    ground = (
        "Ann: The printer on the second floor needs new paper.\n"
        "Mike: The heating in the cellar broke yesterday.\n"
    )
    assert found("Ann said the printer on the second floor needs new paper.", ground) == []
    wrong = found("Mike said the printer on the second floor needs new paper.", ground)
    assert [o.words for o in wrong] == ["Mike"]
