"""Words without support, and coverage by word, sentence and pair."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.grounding import words
from briefing.grounding.reading import read
from briefing.grounding.thesaurus import antonyms, broader, same_family, synonyms

pytestmark = pytest.mark.usefixtures("parse")

GROUND = (
    "Engineers began to negotiate with the Russian shipyard in March. Two ferries were damaged by "
    "ice. The harbour master bought new cars for the crews."
)


def lacking(claim: str, *grounds: str) -> list[str]:
    return [word.text for word in words.unsupported(read(claim), [read(text) for text in grounds])]


def test_what_is_written_there_has_support() -> None:
    assert lacking(GROUND, GROUND) == []
    assert list(words.objections(read(GROUND), [read(GROUND)])) == []
    assert words.coverage(read(GROUND), [read(GROUND)]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "claim",
    [
        "Negotiations with a shipyard in Russia began in March.",
        "Ice damaged 2 ferries.",
        "The harbour master purchased vehicles.",
    ],
)
def test_other_forms_synonyms_and_broader_terms_support(claim: str) -> None:
    assert lacking(claim, GROUND) == []


def test_words_come_in_order_with_exact_places() -> None:
    claim = "Furious engineers torpedoed two ferries in Lisbon."
    found = words.unsupported(read(claim), [read(GROUND)])
    assert [word.text for word in found] == ["Furious", "torpedoed", "Lisbon"]
    assert all(claim[w.start : w.end] == w.text and 0 < w.weight <= 1 for w in found)


def test_an_invented_clause_is_certain_and_one_new_word_is_not() -> None:
    invented = "Astronomers secretly photographed glowing purple nebulae near Saturn."
    found = list(words.objections(read(invented), [read(GROUND)]))
    assert any(o.certain and o.words in invented for o in found)
    doubtful = list(words.objections(read("Two ferries were torpedoed."), [read(GROUND)]))
    assert [(o.words, o.certain) for o in doubtful] == [("torpedoed", False)]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    text = "The dam held. The dam leaked. The dam was old. Herons nest there."
    support = words.support_of([read(text)])
    assert support.weight("heron") > support.weight("dam")


def test_words_scattered_over_sentences_cover_less_than_one_sentence() -> None:
    told = [read("The mayor opened the bridge in June. The bishop closed the school in April.")]
    together = read("The mayor opened the bridge.")
    mixed = read("The bishop opened the bridge in April.")
    assert words.coverage(together, told) == words.coverage(mixed, told) == pytest.approx(1.0)
    assert words.sentence_coverage(mixed, told) < words.sentence_coverage(together, told)
    assert words.arc_coverage(mixed, told) < words.arc_coverage(together, told) == 1.0


def test_no_grounds_support_nothing() -> None:
    assert words.coverage(read("The mayor opened the bridge."), []) == 0.0
    assert words.sentence_coverage(read("The mayor opened the bridge."), []) == 0.0
    assert lacking("The mayor opened it.") == ["mayor", "opened"]


def test_nothing_said_is_covered() -> None:
    assert words.coverage(read("It is so."), [read(GROUND)]) == 1.0
    assert words.arc_coverage(read("Is it?"), [read(GROUND)]) == 1.0


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_text_is_measured_between_nothing_and_all(text: str) -> None:
    claim, grounds = read(text), [read(GROUND)]
    for measure in (words.coverage, words.sentence_coverage, words.arc_coverage):
        assert 0.0 <= measure(claim, grounds) <= 1.0 + 1e-9
    assert all(text[w.start : w.end] == w.text for w in words.unsupported(claim, grounds))


def test_families_of_words() -> None:
    assert same_family("negotiate", "negotiation")
    assert same_family("russia", "russian")
    assert same_family("sign", "signing")
    assert not same_family("contract", "contrast")
    assert not same_family("port", "portugal")


def test_the_thesaurus_knows_common_relations() -> None:
    assert "purchase" in synonyms("buy")
    assert "vehicle" in broader("car")
    assert "open" in antonyms("closed")
    assert synonyms("qwertyish") == broader("qwertyish") == frozenset()
