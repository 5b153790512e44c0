"""What sources tell differently, in events with planted disagreements and compatible pairs."""

from __future__ import annotations

import pytest

from tests.across.planted import EVENTS, SECOND, Parse, event, find, score

RECALL = 0.8
FIRST = "The bridge at Tolm was closed on Monday after an inspection by the road agency."


@pytest.mark.parametrize("name", EVENTS)
def test_no_compatible_pair_is_called_a_disagreement(name: str, parse: Parse) -> None:
    texts, days, planted = event(name)
    assert [d.point for d in score(find(texts, parse, days), planted).false] == []


def test_most_planted_disagreements_are_found_with_their_kind(parse: Parse) -> None:
    scores = []
    for name in EVENTS:
        texts, days, planted = event(name)
        scores.append(score(find(texts, parse, days), planted))
    found = sum(len(s.found) - len(s.wrong_kind) for s in scores)
    assert found >= RECALL * sum(len(s.found) + len(s.missed) for s in scores)


@pytest.mark.parametrize("name", ["data-breach", "regatta", "school-closure"])
def test_compatible_pairs_of_other_styles_are_no_disagreement(name: str, parse: Parse) -> None:
    texts, days, planted = event(name, SECOND)
    assert [d.point for d in score(find(texts, parse, days), planted).false] == []


def test_figures_of_one_thing_are_matched_by_the_words_around_them(parse: Parse) -> None:
    one = "Turnout was 47.3 percent."
    other = "Turnout, by the ward sheets, was 48.1 per cent."
    (found,) = find([f"{FIRST} {one}", f"A crowd stood by the river. {other}"], parse)
    assert [side.value for side in found.sides] == ["47.3 percent", "48.1 per cent"]
    assert found.sides[0].statement == f"{FIRST} {one}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The two towns have met in the cup 43 times.",
            "They have met in the cup more than 40 times.",
        ),
        (
            "About 200 people live in the hamlet of Sorre.",
            "In the hamlet of Sorre live 196 people.",
        ),
        ("Dozens of people were injured in Tolm.", "In Tolm 36 people were injured by the blast."),
        ("The mill employs 18,300 people in Tolm.", "The mill employs some 18,000 people in Tolm."),
        (
            "The fire killed 12 people in Tolm in 2011.",
            "The fire killed nine people in Tolm in 2019.",
        ),
        (
            "The members voted by 1,127 to 604 to dismiss the nine directors of the Tolm dairy.",
            "They had come to dismiss Ida Berg and her eight colleagues as directors of the dairy.",
        ),
        (
            "The office for monuments in Tolm gave its consent for house number 16.",
            "The fair is on.\n\n15.00 The office for monuments in Tolm gave no consent.",
        ),
        ("The fire killed 12 people in the town.", "The fire killed three children in the town."),
        ("The toll costs drivers 6 crowns a day.", "The toll costs drivers 2,000 crowns a year."),
        ("The mine will cut 300 jobs next year.", "The mine cut 120 jobs at its plant last year."),
    ],
)
def test_different_precision_or_another_thing_is_no_disagreement(
    one: str, other: str, parse: Parse
) -> None:
    assert find([f"{FIRST} {one}", f"A crowd stood by the river. {other}"], parse) == []


def test_every_side_is_exact_and_of_another_source(parse: Parse) -> None:
    texts, days, _ = event("museum")
    (found,) = find(texts, parse, days)
    sources = [{e.source_id for e in side.evidence} for side in found.sides]
    assert sources == [{"S1", "S3"}, {"S2"}]
    for side in found.sides:
        first = side.evidence[0]
        assert side.value in first.text
        assert texts[int(first.source_id[1:]) - 1][first.start : first.end] == first.text


def test_a_copy_of_the_text_does_not_disagree_with_it(parse: Parse) -> None:
    texts, days, _ = event("landslide")
    assert find([texts[1], texts[1]], parse, days[1:2] * 2) == []


def test_an_edited_figure_in_a_copy_is_told(parse: Parse) -> None:
    texts, days, _ = event("copies")
    (found,) = find(texts[:2], parse, days[:2])
    assert [side.value for side in found.sides] == ["23 cracks", "32 cracks"]


def test_updates_stand_in_the_order_of_time(parse: Parse) -> None:
    texts, days, _ = event("quake")
    later_first = find([texts[2], texts[0]], parse, [days[2], days[0]])
    update = next(d for d in later_first if d.kind == "update")
    assert [side.value for side in update.sides] == ["at least 40 people", "187 people"]


def test_what_was_so_in_another_year_is_no_other_side(parse: Parse) -> None:
    one = "Mount Arl last erupted in 1974, when ash fell on the capital but nobody died."
    other = "Fifty-two people died when Mount Arl erupted."
    assert find([f"{FIRST} {one}", f"A crowd stood by the river. {other}"], parse) == []


def test_tons_of_one_house_are_tonnes_of_another(parse: Parse) -> None:
    one = "The catch of herring is set at 41,000 tons."
    other = "The catch of herring is set at 41,000 tonnes."
    assert find([f"{FIRST} {one}", f"A crowd stood by the river. {other}"], parse) == []


def test_a_side_that_begins_with_he_is_led_in_across_the_paragraph(parse: Parse) -> None:
    one = "The treasury puts the repair of the bridge at 27 million crowns."
    lead = "Jan Holt showed Emil Brandt his plans."
    other = "He puts the repair of the bridge at 31 million crowns."
    (found,) = find([f"{FIRST} {one}", f"{lead}\n\n{other}"], parse)
    assert found.sides[1].statement == f"{lead}\n\n{other}"
    assert find([f"{FIRST} {one}", f"Bridge\n\n{other}"], parse) == []


def test_a_point_is_not_called_after_he(parse: Parse) -> None:
    one = "Paul Dorn leads the yard. He put the cost of the repair at 18 million crowns."
    other = "The cost of the repair is put at 34 million crowns by the yard."
    (found,) = find([f"{FIRST} {one}", f"A crowd stood by the river. {other}"], parse)
    assert "cost" in found.point.split()
    assert "He" not in found.point.split()
