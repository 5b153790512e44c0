"""What is made of true statements: changed where it must be, and only there."""

from __future__ import annotations

from random import Random

import pytest

from briefing.evals.mutate import (
    joining,
    names,
    numbers,
    paraphrase,
    polarity,
    speakers,
    times,
    units,
)
from briefing.evals.mutate.generate import generate
from briefing.evals.mutate.material import Material, Origin, prepare
from briefing.evals.mutate.quotations import quotations
from briefing.evals.mutate.values import FALSE_KINDS, Document
from tests.evals.newspaper import DOCUMENTS

RNG_SEEDS = range(8)


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311


@pytest.fixture(scope="session")
def material() -> Material:
    return prepare(DOCUMENTS)


def said(sentence: str, *others: str) -> tuple[Origin, Material]:
    """``sentence`` as the first statement of a document of its own."""
    made = prepare([Document(id="d", text="\n\n".join([sentence, *others]))])
    return made.origins[0], made


def texts(way: object, sentence: str, *others: str) -> set[str]:
    """All that ``way`` makes of ``sentence``, under several seeds."""
    origin, made = said(sentence, *others)
    assert callable(way)
    return {c.text for seed in RNG_SEEDS for c in way(origin, made, chance(seed))}


def test_a_changed_number_stays_a_number_and_changes_one_digit() -> None:
    sentence = "The council will plant 1,250 trees along the ring road in 2026."
    for text in texts(numbers.digit, sentence):
        changed = [(a, b) for a, b in zip(sentence, text, strict=True) if a != b]
        assert len(changed) == 1
        assert changed[0][0].isdigit()
        assert "2026" in text  # a year is a time


def test_what_more_than_says_is_not_made_weaker() -> None:
    lower = texts(numbers.digit, "The fire destroyed more than 52 houses in the old town.")
    assert lower
    assert all(int(text.split("more than ")[1].split()[0]) > 52 for text in lower)
    upper = texts(numbers.digit, "The contract allows up to 52 flights over the valley each week.")
    assert upper
    assert all(int(text.split("up to ")[1].split()[0]) < 52 for text in upper)


def test_ordinals_keep_their_endings() -> None:
    for text in texts(numbers.digit, "The team finished the season in 43rd place on Sunday."):
        number = text.split("in ")[1].split()[0]
        assert number[-2:] == {"1": "st", "2": "nd", "3": "rd"}.get(number[-3], "th")


def test_magnitudes_move_by_a_thousand_or_a_nought() -> None:
    made = texts(numbers.magnitude, "The museum sold the painting for 2.5 million francs.")
    assert made == {
        "The museum sold the painting for 2.5 billion francs.",
        "The museum sold the painting for 2.5 thousand francs.",
    }
    assert texts(numbers.magnitude, "The storm left 12,000 homes without power overnight.") == {
        "The storm left 120,000 homes without power overnight."
    }


@pytest.mark.parametrize(
    ("sentence", "new"),
    [
        ("The hikers were found 12 kilometers from the mountain lodge.", "12 miles"),
        ("The strike at the foundry lasted for two weeks in spring.", "two months"),
        ("The city paid $40 million for the old tram depot.", "€40 million"),
        ("Unemployment in the valley rose 4 percent during the winter.", "4 percentage points"),
    ],
)
def test_units_change_and_the_number_stays(sentence: str, new: str) -> None:
    assert any(new in text for text in texts(units.unit, sentence))


def test_a_longer_time_is_not_shortened_after_more_than() -> None:
    made = texts(units.unit, "The trial of the smugglers took more than three months.")
    assert made == {"The trial of the smugglers took more than three years."}


def test_a_city_is_not_replaced_by_the_country_it_lies_in(material: Material) -> None:
    origin = next(o for o in material.origins if "fined the bank" in o.text)
    made = {c.text for s in RNG_SEEDS for c in names.name(origin, material, chance(s))}
    assert made
    assert not any("Portugal" in text for text in made)
    assert any("Karlsund" in text for text in made)


def test_related_names_are_the_same_person() -> None:
    assert names.related("Ms. Vik", "Maria Vik")
    assert names.related("WHO", "World Health Organization")
    assert not names.related("Maria Vik", "Henrik Aune")


def test_roles_are_exchanged_with_case_and_meaning() -> None:
    assert texts(names.role, "The police arrested Peter Lund in the harbour on Wednesday.") == {
        "Peter Lund arrested the police in the harbour on Wednesday."
    }
    assert not texts(names.role, "Anna Berg met Peter Lund in the harbour on Wednesday.")
    assert texts(names.role, "President Alves received Chancellor Brandt at the old palace.") >= {
        "Chancellor Alves received President Brandt at the old palace."
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The senate has approved the budget for the coming year.",
            "The senate has rejected the budget for the coming year.",
        ),
        (
            "The clinic treated the injured driver in the same night.",
            "The clinic did not treat the injured driver in the same night.",
        ),
        (
            "The airline will not refund the tickets of stranded passengers.",
            "The airline will refund the tickets of stranded passengers.",
        ),
    ],
)
def test_negation_comes_and_goes(sentence: str, expected: str) -> None:
    assert expected in texts(polarity.negation, sentence)


def test_not_only_denies_nothing() -> None:
    sentence = "The flood destroyed not only the bridge but the mill as well."
    assert not any("destroyed only" in text for text in texts(polarity.negation, sentence))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The reactor is expected to restart in the second week of June.",
            "The reactor will restart in the second week of June.",
        ),
        (
            "The thieves reportedly left the gallery through a skylight.",
            "The thieves left the gallery through a skylight.",
        ),
        (
            "An alleged accomplice was questioned by detectives in the evening.",
            "An accomplice was questioned by detectives in the evening.",
        ),
        (
            "The talks between the unions may be broken off next week.",
            "The talks between the unions will be broken off next week.",
        ),
    ],
)
def test_hedges_become_certainty(sentence: str, expected: str) -> None:
    assert expected in texts(polarity.hedge, sentence)


def test_a_hedge_under_if_is_left_alone() -> None:
    assert not texts(polarity.hedge, "The fund may be closed if the regulator asks for it.")


def test_an_attribution_is_dropped_or_given_to_another() -> None:
    other = "Jonas Meier, a guard, saw the smoke first and rang the bell."
    sentence = "Clara Voss said the archive had lost half of the maps."
    made = texts(speakers.attribution, sentence, other)
    assert "The archive had lost half of the maps." in made
    assert "Jonas Meier said the archive had lost half of the maps." in made
    source = "The archive has lost half of its maps, according to Clara Voss."
    assert texts(speakers.attribution, source) == {"The archive has lost half of its maps."}


def test_a_wrong_citation_has_hardly_a_word_of_the_statement(material: Material) -> None:
    origin = next(o for o in material.origins if "ran aground" in o.text)
    for change in joining.citation(origin, material, chance(1)):
        assert change.text == origin.text
        assert change.passages is not None
        assert not set(change.passages) & set(origin.passages)


def test_a_fusion_cites_both_passages_and_takes_the_other_s_predicate() -> None:
    first = "Clara Voss restored the organ of the cathedral in three years."
    second = "Jonas Meier sold the vineyard to a cousin last autumn."
    origin, made = said(first, second)
    fused = [c for s in RNG_SEEDS for c in joining.fusion(origin, made, chance(s))]
    assert {c.passages for c in fused} == {(1, 2)}
    assert {c.text for c in fused} == {
        "Clara Voss sold the vineyard to a cousin last autumn.",
        f"{first[:-1]} and sold the vineyard to a cousin last autumn.",
    }


def test_an_invention_adds_to_the_whole_statement(material: Material) -> None:
    origin = next(o for o in material.origins if "ran aground" in o.text)
    for change in joining.invention(origin, material, chance(1)):
        assert change.text.startswith(origin.text.rstrip("."))
        assert len(change.text) > len(origin.text) + 10


@pytest.mark.parametrize(
    ("sentence", "lost"),
    [
        ("The orchestra opened its season in the new hall on Thursday.", "Thursday"),
        ("The observatory recorded the burst of radio waves on 14 March.", "14"),
        ("The two breweries merged in 2011 under a common name.", "2011"),
        ("The orchestra opened its season in the new hall yesterday.", "yesterday"),
    ],
)
def test_times_change(sentence: str, lost: str) -> None:
    made = texts(times.time, sentence)
    assert made
    assert all(text != sentence for text in made)
    assert any(lost not in text.replace(".", " ").split() for text in made)


def test_since_a_later_year_would_still_be_true() -> None:
    made = texts(times.time, "The lighthouse has been empty since 2011, when the keeper retired.")
    assert made
    assert all(int(text.split("since ")[1][:4]) < 2011 for text in made)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The coast guard rescued the crew of the trawler on Sunday.",
            "The crew of the trawler was rescued by the coast guard on Sunday.",
        ),
        (
            "The manuscript was found by two students on Sunday.",
            "Two students found the manuscript on Sunday.",
        ),
        (
            "The minister said on Tuesday that the bridge would be closed.",
            "On Tuesday, the minister said that the bridge would be closed.",
        ),
        ("About 12 percent of the seats are empty.", "About 12% of the seats are empty."),
        (
            "The court heard seven witnesses in the first week.",
            "The court heard 7 witnesses in the first week.",
        ),
        (
            "The company did not answer questions from reporters.",
            "The company didn't answer questions from reporters.",
        ),
        (
            "The exhibition closes on March 14, 2025 at the latest.",
            "The exhibition closes on 14 March 2025 at the latest.",
        ),
        (
            "The dam cost 1.5 million francs in the end.",
            "The dam cost 1,500,000 francs in the end.",
        ),
    ],
)
def test_paraphrases_keep_the_meaning(sentence: str, expected: str) -> None:
    assert expected in texts(paraphrase.paraphrase, sentence)


def test_an_abbreviation_is_used_where_a_passage_gives_it(material: Material) -> None:
    origin = next(o for o in material.origins if o.text.startswith("The NCO has"))
    made = [c for s in RNG_SEEDS for c in paraphrase.paraphrase(origin, material, chance(s))]
    full = next(c for c in made if "National Consumer Office has" in c.text)
    assert full.passages == (2,)


def test_quotations_are_taken_only_where_the_speaker_is_plain() -> None:
    text = '"We heard a long scrape and then silence," said Anna Berg. "Nobody knew why it was."'
    found = list(quotations("d", 1, text, ["Anna Berg", "Peter Lund"]))
    assert [(q.text, q.speaker) for q in found] == [
        ("We heard a long scrape and then silence", "Anna Berg")
    ]
    assert not list(quotations("d", 1, text, ["Peter Lund"]))


def test_the_same_seed_makes_the_same_items_whatever_else_is_asked_for(material: Material) -> None:
    every = generate(material, count=3, seed=4)
    assert every == generate(material, count=3, seed=4)
    alone = generate(material, kinds=["name"], count=3, seed=4)
    assert alone.items == tuple(item for item in every.items if item.kind == "name")
    assert every.items != generate(material, count=3, seed=5).items


def test_every_kind_is_made_and_no_false_item_is_in_its_document(material: Material) -> None:
    made = generate(material, count=50)
    assert {item.kind for item in made.items} >= set(FALSE_KINDS) - {"role"}
    for item in made.items:
        document = material.document(item.document)
        assert all(1 <= number <= len(document.passages) for number in item.passages)
        whole = " ".join(document.passages)
        if not item.supported and item.kind not in ("citation", "speaker"):
            assert (item.statement or item.quote) not in whole
        if item.kind in ("citation", "true"):
            assert (item.statement or item.quote) in whole
        if item.kind == "speaker":
            assert item.speaker != item.original


def test_ids_are_unique(material: Material) -> None:
    ids = [item.id for item in generate(material, count=50).items]
    assert len(ids) == len(set(ids))
