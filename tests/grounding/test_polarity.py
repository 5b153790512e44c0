"""Negation, mood, opposites and quantifiers: true statements pass, planted errors are named."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefing.grounding import polarity
from briefing.grounding.negation import is_denied
from briefing.grounding.polarity_lists import lines, tables
from briefing.grounding.reading import Reading, read
from briefing.grounding.scope import predicates

if TYPE_CHECKING:
    from spacy.tokens import Doc

pytestmark = pytest.mark.usefixtures("parse")

TRIAL = (
    "The jury acquitted the former mayor of fraud on Friday. He had been accused of taking bribes "
    "from a builder, which he denied."
)
DRUG = (
    "The trial found no evidence that the drug prevents heart attacks, although it may lower blood "
    "pressure in older patients. Dizziness was reportedly common."
)
AIRLINE = (
    "The airline plans to cut 400 jobs and failed to agree terms with the pilots' union, which "
    "rejected the offer. Most pilots voted against it."
)
BRIDGE = (
    "Nobody was killed when the bridge collapsed before dawn, but several workers were injured, "
    "officials said. It has not been decided whether the bridge will be rebuilt."
)
TENNIS = (
    "Ana Costa beat Lena Moroz in three sets to reach her first final. Moroz, who won the title "
    "last year, said she would not retire."
)


def certain(claim: str, *grounds: str) -> list[str]:
    found = polarity.objections(read(claim), [read(text) for text in grounds])
    return [objection.kind for objection in found if objection.certain]


@pytest.mark.parametrize(
    ("ground", "claim"),
    [
        (TRIAL, "The former mayor was acquitted of fraud."),
        (TRIAL, "A jury found the former mayor not guilty of fraud on Friday."),
        (TRIAL, "The former mayor denied that he took bribes."),
        (DRUG, "The drug may lower blood pressure in older patients."),
        (DRUG, "The trial did not find evidence that the drug prevents heart attacks."),
        (DRUG, "Older patients may have their blood pressure lowered by the drug."),
        (AIRLINE, "The airline intends to cut 400 jobs."),
        (AIRLINE, "The airline did not agree terms with the pilots' union."),
        (AIRLINE, "The offer was rejected by the pilots' union."),
        (AIRLINE, "The pilots' union did not accept the offer."),
        (BRIDGE, "No one was killed when the bridge collapsed."),
        (BRIDGE, "It is undecided whether the bridge will be rebuilt."),
        (BRIDGE, "Several workers were hurt when the bridge collapsed, officials said."),
        (TENNIS, "Lena Moroz lost to Ana Costa in three sets."),
        (TENNIS, "Moroz said she will not retire."),
    ],
)
def test_true_statements_meet_no_certain_objection(ground: str, claim: str) -> None:
    assert certain(claim, ground) == []


@pytest.mark.parametrize("text", [TRIAL, DRUG, AIRLINE, BRIDGE, TENNIS])
def test_a_text_does_not_contradict_itself(text: str) -> None:
    for sentence in read(text).doc.sents:
        assert certain(sentence.text, text) == []


@pytest.mark.parametrize(
    ("ground", "claim", "kind"),
    [
        (TRIAL, "The former mayor was convicted of fraud.", "opposite"),
        (TRIAL, "The former mayor was not acquitted of fraud.", "negation"),
        (DRUG, "The drug lowers blood pressure in older patients.", "modality"),
        (DRUG, "The drug will lower blood pressure in older patients.", "modality"),
        (DRUG, "Dizziness was common.", "modality"),
        (DRUG, "The trial found evidence that the drug prevents heart attacks.", "negation"),
        (DRUG, "The drug prevents heart attacks.", "negation"),
        (DRUG, "The drug may raise blood pressure in older patients.", "opposite"),
        (AIRLINE, "The airline cut 400 jobs.", "modality"),
        (AIRLINE, "The airline agreed terms with the pilots' union.", "negation"),
        (AIRLINE, "The pilots' union accepted the offer.", "opposite"),
        (AIRLINE, "All pilots voted against it.", "quantifier"),
        (AIRLINE, "Most pilots voted for it.", "opposite"),
        (BRIDGE, "The bridge collapsed after dawn.", "opposite"),
        (BRIDGE, "The bridge will be rebuilt.", "negation"),
        (BRIDGE, "No workers were injured.", "negation"),
        (TENNIS, "Moroz said she would retire.", "negation"),
        (TENNIS, "Moroz lost the title last year.", "opposite"),
    ],
)
def test_planted_errors_are_certain(ground: str, claim: str, kind: str) -> None:
    assert kind in certain(claim, ground)


@pytest.mark.parametrize(
    ("ground", "claim", "words"),
    [
        (TRIAL, "The former mayor was not acquitted of fraud.", "was not acquitted"),
        (AIRLINE, "The pilots' union accepted the offer.", "accepted"),
        (AIRLINE, "All pilots voted against it.", "All pilots"),
    ],
)
def test_the_words_at_fault_are_named_exactly(ground: str, claim: str, words: str) -> None:
    found = [o for o in polarity.objections(read(claim), [read(ground)]) if o.certain]
    assert words in [o.words for o in found]
    assert all(o.words in claim and o.reason for o in found)


def test_another_passage_that_says_so_settles_it() -> None:
    earlier = "The airline plans to cut 400 jobs."
    later = "On Monday the airline cut 400 jobs."
    assert certain("The airline cut 400 jobs.", earlier) == ["modality"]
    assert certain("The airline cut 400 jobs.", earlier, later) == []


def test_a_weaker_statement_is_only_doubtful() -> None:
    found = list(
        polarity.objections(
            read("The port may close on Sunday."), [read("The port will close on Sunday.")]
        )
    )
    assert [(o.kind, o.certain) for o in found] == [("modality", False)]


def test_a_cause_that_no_passage_gives_is_doubtful() -> None:
    ground = read("The factory closed in May. Sales had halved.")
    found = list(
        polarity.objections(read("The factory closed because sales had halved."), [ground])
    )
    assert ("cause", False) in [(o.kind, o.certain) for o in found]


def test_a_converse_verb_is_no_opposite() -> None:
    ground = "The brewery sold its oldest pub to a housing trust."
    assert certain("A housing trust bought the oldest pub of the brewery.", ground) == []


def test_nothing_to_compare_with_is_no_contradiction() -> None:
    assert certain("The comet will return in 2061.", TRIAL) == []
    assert certain("The comet will not return in 2061.") == []


def test_without_a_parser_nothing_is_said() -> None:
    import spacy

    blank = spacy.blank("xx")
    blank.add_pipe("sentencizer")
    claim, ground = "Nadie murió.", "Murieron tres personas."
    readings = [Reading(text, blank(text)) for text in (claim, ground)]
    assert list(polarity.objections(readings[0], readings[1:])) == []


@pytest.mark.parametrize(
    ("text", "verb", "denied"),
    [
        ("The council did not approve the plan.", "approve", True),
        ("Nobody was hurt in the fire.", "hurt", True),
        ("He refused to sign the deal.", "sign", True),
        ("He did not refuse to pay.", "pay", False),
        ("No agreement was reached.", "reach", True),
        ("She never said that it will close.", "close", None),
        ("The court has yet to rule.", "rule", True),
        ("They left without signing the treaty.", "sign", True),
        ("There are no plans to sell the club.", "sell", True),
        ("Not only did he win but he also broke the record.", "win", False),
        ("No more than four people came.", "come", False),
        ("Police have not arrested or charged anyone.", "charge", True),
        ("It is unclear whether he will go.", "go", None),
        ("Could they leave today?", "leave", None),
    ],
)
def test_negation_reaches_the_verb(
    parse: Callable[[str], Doc], text: str, verb: str, denied: bool | None
) -> None:
    token = next(t for t in parse(text) if t.lemma_ == verb and t.pos_ in {"VERB", "AUX"})
    assert is_denied(token) is denied


@pytest.mark.parametrize(
    ("text", "verb", "mood"),
    [
        ("The firm cut jobs.", "cut", "fact"),
        ("The firm plans to cut jobs.", "cut", "intended"),
        ("The firm is expected to cut jobs.", "cut", "expected"),
        ("The firm may cut jobs.", "cut", "possible"),
        ("The firm managed to cut jobs.", "cut", "fact"),
        ("The firm was urged to cut jobs.", "cut", "requested"),
        ("The apps that Will removed are gone.", "remove", "fact"),
    ],
)
def test_mood(parse: Callable[[str], Doc], text: str, verb: str, mood: str) -> None:
    assert mood in [p.mood for p in predicates(parse(text)) if p.lemma == verb]


def test_lists_are_well_formed() -> None:
    for name in ("plain", "converse"):
        assert all(len(line.split()) == 2 for line in lines("antonyms", name))
    classes = set(tables("quantifiers")) - {"clashes"}
    for line in lines("quantifiers", "clashes"):
        claimed, said = line.split(":")
        assert {claimed, *said.split()} <= classes
