"""Quotes across sources: one utterance once, each wording exact. All speech is invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.evidence import Citer
from briefing.extract.articles import analyse
from briefing.extract.quoted import quotes
from briefing.types import NOT_ESTABLISHED, Quote, Source
from tests.example import source

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]

LEAD = "The aquarium of Porto Vell lost forty seahorses in a night.\n\n"
SAID = "“We checked every pump twice that evening,” said {}, who runs the aquarium."


def found(parse: Parse, *texts: str, most: int = 30) -> tuple[list[Quote], dict[str, Source]]:
    sources = [source(n, LEAD + text) for n, text in enumerate(texts, 1)]
    articles = [analyse(s, parse) for s in sources]
    citer = Citer(articles, {})
    return quotes(articles, citer.cite, citer.item_id, most)[0], {s.id: s for s in sources}


def check_exact(made: list[Quote], sources: dict[str, Source]) -> None:
    for quote in made:
        assert quote.text == quote.evidence[0].text
        wordings = [e for w in quote.wordings for e in w.evidence]
        for e in (*quote.evidence, *quote.continued, *quote.attribution, *wordings):
            assert sources[e.source_id].body[e.start : e.end] == e.text
        for wording in quote.wordings:
            assert wording.text == wording.evidence[0].text


def test_the_same_words_are_one_quote_with_all_who_have_them(parse: Parse) -> None:
    made, sources = found(parse, SAID.format("Marta Soler"), SAID.format("Ms. Soler"))
    (quote,) = made
    assert {e.source_id for e in quote.evidence} == {"S1", "S2"}
    assert quote.speaker == "Marta Soler"
    assert quote.wordings == ()
    check_exact(made, sources)


def test_the_comma_of_the_sentence_around_is_no_part_of_the_quote(parse: Parse) -> None:
    (quote,), sources = found(parse, SAID.format("Marta Soler"))
    assert quote.text == "We checked every pump twice that evening"
    body = sources["S1"].body
    assert body[quote.evidence[0].end :].startswith(",”")


def test_another_wording_stands_beside_the_fullest(parse: Parse) -> None:
    longer = "“We checked every pump twice that evening, and all ran,” Marta Soler said."
    made, sources = found(parse, SAID.format("Marta Soler"), longer)
    (quote,) = made
    assert quote.text == "We checked every pump twice that evening, and all ran"
    assert [w.text for w in quote.wordings] == ["We checked every pump twice that evening"]
    assert quote.evidence[0].source_id == "S2"
    check_exact(made, sources)


def test_one_changed_word_of_many_is_another_wording(parse: Parse) -> None:
    first = "“We checked every single pump in the building twice that evening,” Marta Soler said."
    made, sources = found(parse, first, first.replace("evening", "night"))
    assert len(made) == 1
    assert len(made[0].wordings) == 1
    check_exact(made, sources)


def test_the_same_words_of_two_speakers_are_two_quotes(parse: Parse) -> None:
    made, _ = found(parse, SAID.format("Marta Soler"), SAID.format("Jordi Vidal"))
    assert {q.speaker for q in made} == {"Marta Soler", "Jordi Vidal"}
    assert all(q.wordings == () and len(q.evidence) == 1 for q in made)


def test_words_without_speaker_do_not_join_two_speakers(parse: Parse) -> None:
    nameless = "A sign at the gate read: “We checked every pump twice that evening.”"
    made, _ = found(parse, nameless, SAID.format("Marta Soler"), SAID.format("Jordi Vidal"))
    assert [q.speaker for q in made] == ["Marta Soler", "Jordi Vidal"]


def test_a_quote_without_speaker_takes_the_name_that_another_source_gives(parse: Parse) -> None:
    nameless = "A sign at the gate read: “We checked every pump twice that evening.”"
    made, _ = found(parse, nameless, SAID.format("Marta Soler"))
    assert len(made) == 1
    assert made[0].speaker == "Marta Soler"
    assert made[0].attribution[0].source_id == "S2"


def test_what_is_reported_most_widely_comes_first(parse: Parse) -> None:
    only_here = "“The water was two degrees too warm for them,” Jordi Vidal said.\n\n"
    made, _ = found(parse, only_here + SAID.format("Marta Soler"), SAID.format("Marta Soler"))
    assert [q.speaker for q in made] == ["Marta Soler", "Jordi Vidal"]
    assert (
        made[:1]
        == found(parse, only_here + SAID.format("Marta Soler"), SAID.format("Marta Soler"), most=1)[
            0
        ]
    )


def test_copies_of_one_origin_count_as_one_text(parse: Parse) -> None:
    """Two copies of a text weigh no more than one: then the earlier place decides."""
    early = "“The water was two degrees too warm for them,” Jordi Vidal said.\n\n"
    texts = [early + SAID.format("Marta Soler"), SAID.format("Marta Soler")]
    articles = [analyse(source(n, LEAD + t, origin="same"), parse) for n, t in enumerate(texts, 1)]
    citer = Citer(articles, {})
    made, _ = quotes(articles, citer.cite, citer.item_id, 30)
    assert {q.speaker for q in made} == {"Marta Soler", "Jordi Vidal"}
    assert all(len({e.origin for e in q.evidence}) == 1 for q in made)


def test_titles_fragments_and_inner_quotes_are_no_quotes(parse: Parse) -> None:
    text = (
        "Her book “The Silent Reef Of Porto” sold out. The loss was “rather sad” to many.\n\n"
        "“He told me ‘the pumps are all running fine now’ and then he left,” Marta Soler said."
    )
    made, _ = found(parse, text)
    assert [q.text[:10] for q in made] == ["He told me"]


PARTS = st.sampled_from(
    ["we", "checked", "every", "pump", "twice", "the", "Night", "water,", "ran —", "40%", "é", "…"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.lists(PARTS, min_size=4, max_size=9).map(" ".join), min_size=1, max_size=4),
    st.lists(
        st.sampled_from(["Marta Soler", "Jordi Vidal", "an employee"]), min_size=4, max_size=4
    ),
)
def test_whatever_is_quoted_is_exact_and_unique(
    parse: Parse, said: list[str], speakers: list[str]
) -> None:
    texts = [f"“{words},” {who} said." for words, who in zip(said, speakers, strict=False)]
    made, sources = found(parse, *texts)
    check_exact(made, sources)
    places = [
        (e.source_id, e.start)
        for q in made
        for e in (*q.evidence, *(e for w in q.wordings for e in w.evidence))
    ]
    assert len(places) == len(set(places))
    assert all(q.speaker == NOT_ESTABLISHED or q.attribution for q in made)


@pytest.mark.parametrize("most", [0, 1, 2])
def test_no_more_than_asked_for(most: int, parse: Parse) -> None:
    texts = [f"“Number {n} of the pumps ran all night,” Marta Soler said." for n in ("1", "2", "3")]
    assert len(found(parse, *texts, most=most)[0]) <= most


def test_an_interrupted_utterance_is_one_quote_of_two_parts(parse: Parse) -> None:
    text = "“We checked every pump,” said Marta Soler, who runs the aquarium. “Twice.”"
    (quote,), sources = found(parse, text)
    assert (quote.text, [part.text for part in quote.continued]) == (
        "We checked every pump",
        ["Twice."],
    )
    check_exact([quote], sources)


def test_all_paragraphs_of_a_quotation_are_one_quote(parse: Parse) -> None:
    text = "Marta Soler said: “We checked every pump.\n\n“And then we checked them all again.”"
    (quote,), sources = found(parse, text)
    assert [part.text for part in quote.continued] == ["And then we checked them all again."]
    check_exact([quote], sources)


def test_whole_and_interrupted_are_one_quote(parse: Parse) -> None:
    whole = "“We checked every pump twice that evening,” Marta Soler said."
    halves = "“We checked every pump,” Marta Soler said, “twice that evening.”"
    made, sources = found(parse, halves, whole)
    assert len(made) == 1
    assert made[0].wordings == ()
    assert {e.source_id for e in made[0].evidence} == {"S1", "S2"}
    check_exact(made, sources)


@pytest.mark.parametrize(
    "text",
    [
        "Marta Soler said the fire would end “normal trade and cultural exchanges” there.",
        "The aquarium, the so-called “house of the four quiet seas”, Marta Soler said, is shut.",
        "Marta Soler called it “a farce”.",
    ],
)
def test_scare_quotes_are_not_worth_a_line(text: str, parse: Parse) -> None:
    assert found(parse, text)[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "“We won,” Marta Soler said.",
        "Marta Soler said the plan was “full but hardly wise at all”.",
        "Marta Soler said it “cannot be ruled out”.",
    ],
)
def test_short_clauses_with_a_speaker_are(text: str, parse: Parse) -> None:
    assert [q.speaker for q in found(parse, text)[0]] == ["Marta Soler"]


def test_whole_sentences_come_before_phrases(parse: Parse) -> None:
    text = (
        "Marta Soler said the pumps “had all been running since the spring”.\n\n"
        "“The water was two degrees too warm for them,” Jordi Vidal said."
    )
    assert [q.speaker for q in found(parse, text)[0]] == ["Jordi Vidal", "Marta Soler"]


def test_a_surname_takes_the_full_name_of_another_source(parse: Parse) -> None:
    short = "“We checked every pump twice that evening,” Mr. Vidal said."
    made, sources = found(parse, short, "Jordi Vidal, the warden, opened the gates.")
    (quote,) = made
    assert quote.speaker == "Jordi Vidal"
    assert [(e.source_id, e.role) for e in quote.attribution] == [("S1", "support"), ("S2", "name")]
    check_exact(made, sources)


def test_a_surname_of_two_people_in_other_sources_stays(parse: Parse) -> None:
    short = "“We checked every pump twice that evening,” Mr. Vidal said."
    others = "Jordi Vidal, the warden, opened the gates. Pere Vidal, the cook, closed them."
    assert found(parse, short, others)[0][0].speaker == "Vidal"


def test_the_more_frequent_spelling_of_a_name_stands_for_all(parse: Parse) -> None:
    right = "“We checked every pump twice that evening,” Jordi Vidalet said. Jordi Vidalet left."
    wrong = "“The water was two degrees too warm for them,” Jordi Vidallet said."
    made, sources = found(parse, right, wrong)
    assert {q.speaker for q in made} == {"Jordi Vidalet"}
    check_exact(made, sources)


def test_a_headline_adds_words_that_the_text_does_not_have(parse: Parse) -> None:
    text = "“We could have saved them all”: a warden speaks\n\nThe aquarium is shut.\n\n"
    document = source(1, text + SAID.format("Marta Soler"))
    article = analyse(document, parse)
    citer = Citer([article], {})
    made, _ = quotes([article], citer.cite, citer.item_id, 30)
    assert [(q.text, q.speaker) for q in made] == [
        ("We checked every pump twice that evening", "Marta Soler"),
        ("We could have saved them all", NOT_ESTABLISHED),
    ]


def test_what_leans_on_the_sentence_before_comes_with_it(parse: Parse) -> None:
    text = "Marta Soler had closed the old pumps. “It was the only way that night,” she said."
    (quote,), _ = found(parse, text)
    assert quote.note == ""
    assert quote.before is not None
    assert (quote.before.text, quote.before.role) == (
        "Marta Soler had closed the old pumps.",
        "context",
    )


@pytest.mark.parametrize(
    ("before", "said", "shown"),
    [
        ("Will the pumps run again on Monday?", "I would not bet on that,", 2),
        ("Their mother was told that the boys were safe.", "Not by us, not by anybody here,", 2),
        (
            "Who is to pay for the new pumps, then, said the guild of Orsa?",
            "A fund of the guild of aquariums that was set up for floods like ours,",
            2,
        ),
        (
            "The hall is shut.",
            "Every pump of the aquarium was checked that day by the crew that is on late shift,",
            1,
        ),
        (
            "The hall is shut.",
            (
                "Every pump of the aquarium was checked that day by the crew of the late shift, "
                "which is what the crew is for, and the guild of aquariums was told of it and "
                "so by the crew of the early shift as well,"
            ),
            0,
        ),
        ("The hall is shut.", "Every pump was checked that day,", 2),
        ("The board has sold the old pumps.", "We planned to sell them in May,", 1),
        ("He is at the aquarium of Orsa now.", "It was the only way that night,", 2),
        ("“It broke,” said Ida Berg.", "It was the only way that night,", 2),
    ],
)
def test_words_that_need_it_come_with_what_stands_before(
    parse: Parse, before: str, said: str, shown: int
) -> None:
    lead = "The aquarium of Orsa is shut today."
    (*_, quote), _ = found(parse, f"{lead} {before}\n\n“{said}” Marta Soler said.")
    expected = [None, before, f"{lead} {before}"][shown]
    assert (quote.before and quote.before.text) == expected


def test_phrases_of_one_sentence_are_one_quote(parse: Parse) -> None:
    text = (
        "Marta Soler said that the pumps were “old and had been old for years” and that the crew "
        "was “tired of asking for new ones”."
    )
    (quote,), sources = found(parse, text)
    assert quote.text == "old and had been old for years"
    assert [part.text for part in quote.continued] == ["tired of asking for new ones"]
    check_exact([quote], sources)


def test_an_office_is_named_by_another_source(parse: Parse) -> None:
    said = "Rain fell. Anna Soler came late. “We lost it in the second half,” the coach said."
    (quote,), _ = found(parse, said, "Coach Anna Soler left the ground early.")
    assert quote.speaker == "Anna Soler"


def test_the_usual_form_of_a_full_name(parse: Parse) -> None:
    text = (
        "Anna Ines Soler, 58, was charged. Anna Soler denied it. “I was at home all night,” "
        "said Soler. Anna Soler left."
    )
    (quote,), _ = found(parse, text)
    assert quote.speaker == "Anna Soler"
