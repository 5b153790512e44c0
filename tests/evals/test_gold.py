"""What counts as found: outcomes, quotes with speakers, joined findings, conflicts."""

from __future__ import annotations

import pytest

from briefing.errors import DocumentError
from briefing.evals.annotations import Gold, QuoteGold
from briefing.evals.gold import locate
from briefing.evals.gold_speakers import judge
from briefing.types import NOT_ESTABLISHED
from tests.evals.annotated import (
    SOURCES,
    briefing,
    cite,
    disagreement,
    items,
    located,
    outcome,
    quote,
    scores,
)

RAILS = "A goods train left the rails at Orsk bridge on Sunday and blocked both tracks."
BLOCKED = "Both tracks at Orsk bridge were blocked on Sunday when a goods train derailed."
NINE = "Nine people were hurt, the railway said, and 40 tonnes of grain were lost."
TWELVE = "Twelve people were hurt, doctors said."
GRAIN = "More than 30 tonnes of grain were lost."
RISEN = "By Monday the number of the hurt had risen to 15."
MINISTER = "The railway minister ordered an inquiry."
INQUIRY = "The minister has ordered an inquiry into the derailment at Orsk."
AXLE, TIPPED = "We heard the axle go", "Then everything tipped."


def said(source: str, text: str) -> dict[str, str]:
    return {"source": source, "text": text}


OUTCOMES = [
    {
        "statement": "A train derailed.",
        "importance": 3,
        "evidence": [said("wire.txt", RAILS), said("paper.txt", BLOCKED)],
    },
    {
        "statement": "There is an inquiry.",
        "importance": 2,
        "evidence": [said("paper.txt", MINISTER), said("radio.txt", INQUIRY)],
    },
]
POINTS = [
    {
        "point": "number of the hurt",
        "kind": "conflict",
        "sides": [
            {"value": "nine", "evidence": [said("wire.txt", "Nine people were hurt")]},
            {"value": "twelve", "evidence": [said("paper.txt", TWELVE)]},
        ],
    },
    {
        "point": "the hurt over time",
        "kind": "update",
        "sides": [
            {"value": "twelve", "evidence": [said("paper.txt", TWELVE)]},
            {"value": "15", "evidence": [said("radio.txt", RISEN)]},
        ],
    },
    {
        "point": "grain",
        "kind": "precision",
        "sides": [
            {"value": "40", "evidence": [said("wire.txt", "40 tonnes of grain were lost")]},
            {"value": "more than 30", "evidence": [said("paper.txt", GRAIN)]},
        ],
    },
]


def test_a_shortened_outcome_covers_only_what_it_still_says() -> None:
    evidence = [said("wire.txt", "40 tonnes of grain were lost")]
    gold = located(
        outcomes=[{"statement": "Grain was lost.", "importance": 3, "evidence": evidence}]
    )
    kept = outcome("o", NINE, statement="40 tonnes of grain were lost.", mode="compressed")
    cut = outcome("o", NINE, statement="Nine people were hurt.", mode="compressed")
    free = outcome("o", NINE, statement="The harvest suffered.", mode="free")
    covered = [
        scores(briefing(outcomes=(each,)), gold)["gold-outcome-1"]["outcome_covered"]
        for each in (kept, cut, free)
    ]
    assert covered == [1, 0, 1]


def test_names_in_brackets_cover_nothing() -> None:
    named = cite(RAILS).model_copy(update={"role": "name"})
    shown = outcome("o", NINE).model_copy(update={"evidence": (cite(NINE), named)})
    found = scores(briefing(outcomes=(shown,)), located(outcomes=OUTCOMES))
    assert found["gold-outcome-1"]["outcome_covered"] == 0
    assert found["o"]["outcome_annotated"] == 0


def test_joined_passages_are_counted_in_pairs() -> None:
    gold = located(outcomes=OUTCOMES)
    right = scores(briefing(outcomes=(outcome("o", RAILS, BLOCKED),)), gold)
    assert right["gold-outcome-1"]["pairs_to_join"] == right["gold-outcome-1"]["pairs_joined"] == 1
    assert right["o"]["pairs_shown"] == right["o"]["pairs_right"] == 1
    assert "pairs_to_join" not in right["gold-outcome-2"]  # it is not shown
    apart = scores(briefing(outcomes=(outcome("a", RAILS), outcome("b", BLOCKED))), gold)
    assert apart["gold-outcome-1"]["pairs_joined"] == 0
    assert apart["a"]["pairs_shown"] == 0
    wrong = scores(briefing(outcomes=(outcome("o", RAILS, BLOCKED, INQUIRY, RISEN),)), gold)
    assert (wrong["o"]["pairs_shown"], wrong["o"]["pairs_right"]) == (3, 1)  # RISEN: nobody's
    assert wrong["gold-outcome-2"]["pairs_joined"] == 0


QUOTED = {"speaker": "Lena Farr", "evidence": [said("wire.txt", AXLE), said("wire.txt", TIPPED)]}


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (quote("q", AXLE), 1),
        (quote("q", TIPPED), 1),
        (quote("q", AXLE, NOT_ESTABLISHED, TIPPED), 1),
        (quote("q", f"{AXLE},” said Lena Farr, the driver. “{TIPPED}"), 1),
        (quote("q", "axle"), 0),
        (quote("q", f"{RAILS}\n\n{NINE}\n\n“{AXLE}"), 0),
    ],
)
def test_any_part_of_a_quotation_or_all_of_it_is_the_quotation(shown: object, found: int) -> None:
    result = scores(briefing(quotes=(shown,)), located(quotes=[QUOTED]))
    assert result["gold-quote-1"]["quote_found"] == found
    assert result["q"]["quote_extra"] == 1 - found


def test_a_whole_annotated_in_one_piece_is_found_in_its_parts() -> None:
    whole = f"{AXLE},” said Lena Farr, the driver. “{TIPPED}"
    gold = located(quotes=[{"speaker": None, "evidence": [said("wire.txt", whole)]}])
    shown = quote("q", AXLE, NOT_ESTABLISHED, TIPPED)
    assert scores(briefing(quotes=(shown,)), gold)["gold-quote-1"]["quote_found"] == 1


def test_only_the_letters_of_the_source_are_exact() -> None:
    exact, altered = quote("a", AXLE), quote("b", AXLE)
    altered = altered.model_copy(update={"text": "We heard the axle crack"})
    moved = quote("c", AXLE).model_copy(
        update={"continued": (cite(TIPPED).model_copy(update={"start": 3, "end": 26}),)}
    )
    unfound = quote("d", AXLE).model_copy(update={"evidence": ()})
    found = scores(briefing(quotes=(exact, altered, moved, unfound)), located())
    assert [found[name]["quote_exact"] for name in "abcd"] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("Lena Farr", "as_annotated"),
        ("lena farr", "as_annotated"),
        ("Dr. Lena Farr", "as_annotated"),
        ("Mayor Lena Farr", "as_annotated"),
        ("Lena Farr, the driver", "as_annotated"),
        ("The train driver", "as_annotated"),
        ("Lena Farrow", "misattributed"),
        ("a spokesman for Lena Farr", "misattributed"),
        ("the driver", "misattributed"),
        (NOT_ESTABLISHED, "missed"),
    ],
)
def test_speakers_are_compared_as_people_write_them(given: str, verdict: str) -> None:
    gold = QuoteGold(speaker="Lena Farr", also=("a train driver",), evidence=(_cited(),))
    assert judge(gold, [given]) == f"speaker_{verdict}"


def test_one_wrong_name_outweighs_a_right_one() -> None:
    gold = QuoteGold(speaker="Lena Farr", evidence=(_cited(),))
    assert judge(gold, ["Lena Farr", "Otto Brink"]) == "speaker_misattributed"
    assert judge(gold, [NOT_ESTABLISHED, "Lena Farr"]) == "speaker_as_annotated"


def test_where_nobody_is_established_no_name_is_right_but_a_description_may_be() -> None:
    gold = QuoteGold(speaker=None, also=("the railway",), evidence=(_cited(),))
    assert judge(gold, [NOT_ESTABLISHED]) == "speaker_as_annotated"
    assert judge(gold, ["Railway"]) == "speaker_as_annotated"
    assert judge(gold, ["Lena Farr"]) == "speaker_misattributed"


def _cited() -> dict[str, str]:
    return said("wire.txt", AXLE)


HURT = disagreement("d1", "conflict", ("Nine", NINE), ("Twelve", TWELVE))
GREW = disagreement("d2", "update", ("Twelve", TWELVE), ("15", RISEN))


def test_conflicts_and_updates_are_found_in_their_own_kind() -> None:
    found = items(briefing(disagreements=(HURT, GREW)), located(conflicts=POINTS))
    assert found["gold-point-1"].scores == {"conflict_found": 1}
    assert found["gold-point-2"].scores == {"update_found": 1}
    assert found["gold-point-3"].scores == {}
    assert found["d1"].scores == {"conflict_wrong": 0}
    assert "d2" not in found
    assert found["gold-points"].scores == {"wrong_conflicts": 0, "compatible_conflicts": 0}


def test_what_is_compatible_must_not_be_called_a_conflict() -> None:
    grew = GREW.model_copy(update={"kind": "conflict"})
    grain = disagreement("d3", "conflict", ("40", NINE), ("30", GRAIN))
    other = disagreement("d4", "conflict", ("Sunday", RAILS), ("Monday", RISEN))
    found = items(briefing(disagreements=(grew, grain, other)), located(conflicts=POINTS))
    assert [found[name].scores["conflict_wrong"] for name in ("d2", "d3", "d4")] == [1, 1, 1]
    assert found["gold-points"].scores == {"wrong_conflicts": 3, "compatible_conflicts": 2}
    assert found["gold-point-1"].scores == {"conflict_found": 0}  # d3 is of the same sentence
    assert found["gold-point-2"].scores == {"update_found": 0}
    verdict = found["gold-point-3"].verdict
    assert verdict is not None
    assert verdict.reason == "called a conflict in d3"


def test_both_sides_must_be_shown() -> None:
    twice = disagreement("d1", "conflict", ("Twelve", TWELVE), ("doctors", TWELVE))
    found = items(briefing(disagreements=(twice,)), located(conflicts=POINTS))
    assert found["gold-point-1"].scores == {"conflict_found": 0}
    assert found["d1"].scores == {"conflict_wrong": 1}


def test_without_annotated_points_disagreements_are_not_judged() -> None:
    assert items(briefing(disagreements=(HURT,)), located(outcomes=[])) == {}
    found = items(briefing(disagreements=(HURT,)), located(conflicts=[]))
    assert found["gold-points"].scores["wrong_conflicts"] == 1


def test_words_of_a_side_that_are_not_there_are_told_with_their_place() -> None:
    side = {"value": "ten", "evidence": [said("wire.txt", "Ten people were hurt")]}
    wrong = {**POINTS[0], "sides": [POINTS[0]["sides"][0], side]}  # type: ignore[index]
    with pytest.raises(DocumentError, match=r"conflicts 1, side 2: wire\.txt does not have"):
        locate(Gold.model_validate({"conflicts": [wrong]}), SOURCES, "gold.yaml")
