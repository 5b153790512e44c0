"""Finding direct quotations: marks of all houses, to the character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.quotes import Quotation, find_quotations
from tests.extract.planted import NAMES, article, body


def quoted(text: str) -> list[str]:
    return [q.text for q in found(text)]


def found(text: str) -> tuple[Quotation, ...]:
    document, passages = body(text)
    quotations = find_quotations(document.body, passages)
    assert all(text[q.start : q.end] == q.text for q in quotations)
    return quotations


@pytest.mark.parametrize("name", NAMES)
def test_finds_what_was_planted(name: str) -> None:
    example = article(name)
    quotations = find_quotations(example.source.body, example.passages)
    assert [(q.start, q.end, q.kind, q.nested_in, q.continues) for q in quotations] == [
        (p.start, p.end, p.kind, p.nested_in, p.continues) for p in example.planted
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will stay here,” she said.", ["We will stay here,"]),
        ('"We will stay here," she said.', ["We will stay here,"]),
        ("``We will stay here,'' she said.", ["We will stay here,"]),
        ("‘We’ll stay at the Joneses’ house,’ she said.", ["We’ll stay at the Joneses’ house,"]),
        ("'We'll stay at the Joneses' house,' she said.", ["We'll stay at the Joneses' house,"]),
        ("« Nous restons ici », dit-elle.", ["Nous restons ici"]),
        ("„Wir bleiben hier“, sagte sie.", ["Wir bleiben hier"]),
        ("»Wir bleiben hier«, sagte sie.", ["Wir bleiben hier"]),
        ("”Vi stannar här”, sade hon.", ["Vi stannar här"]),
        ("She called it “a farce” and “a shame”.", ["a farce", "a shame"]),
        ("He said, \"I was told 'no' twice.\"", ["I was told 'no' twice.", "no"]),
        ("He (‘a fool’, she wrote) left.", ["a fool"]),
        ("He left—“for good,” she said—and wept.", ["for good,"]),
    ],
)
def test_marks_of_all_houses(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Joneses' dog and the Smiths’ cat don’t get on, that's all.",
        "It was the best of the ’90s, and the '80s weren't bad.",
        'He is 6\'2" and she is 5\' 4" tall; the plank is 12" wide.',
        "Rock 'n' roll, 'twas said, is dead.",
        "An empty “” pair and a lone ” here.",
        "The leaders’ meeting. ” Nothing follows.",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "He left. ” She said, “I am staying here.”",
        "“He left, she thought. “I am staying here,” she said.",
        "She said, “I am staying here.” He left “for ever.",
        'He left. " She was angry. "I am staying here," she said.'.replace('left. " ', 'left." '),
    ],
)
def test_a_stray_mark_does_not_shift_the_next_pair(text: str) -> None:
    assert any(q.startswith("I am staying here") for q in quoted(text))
    assert not any("said" in q or "left" in q for q in quoted(text))


def test_a_stray_mark_does_not_reach_the_next_paragraph() -> None:
    assert quoted("He left “for ever.\nShe stayed. “It is my house,” she said.") == [
        "It is my house,"
    ]


def test_a_quotation_over_several_paragraphs() -> None:
    text = "Ann Lee said: “One thing.\n\n“Another thing.\n\n“And the last.”\n\nHe left."
    quotations = found(text)
    assert [q.text for q in quotations] == ["One thing.", "Another thing.", "And the last."]
    assert [q.continues for q in quotations] == [None, 0, 1]


def test_a_mark_left_open_before_another_speaker_is_dropped() -> None:
    text = "“We go home now, said Ann Lee.\n“We stay here now,” said Bob Ray."
    assert quoted(text) == ["We stay here now,"]


def test_halves_of_an_interrupted_utterance() -> None:
    one, two, three = found(
        "“We go,” said Mr. Lee, who runs the mill. “And we sing.” Jo Ray wept. “No more songs.”"
    )
    assert (one.continues, two.continues, three.continues) == (None, 0, None)


def test_two_speakers_are_not_halves() -> None:
    _, two = found(
        "“We go home now,” Ann Lee said. Bob Ray disagreed. “We stay here now,” he said."
    )
    assert two.continues is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("He called it a “disgrace”.", "fragment"),
        ("“We shall not be moved,” he said.", "speech"),
        ("The band played the song “The Long Road Home Again”.", "title"),
        ("Her novel, “The Long Road Home Again,” sold well.", "title"),
        ("The quarter is known as “Little Lisbon”.", "title"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert [q.kind for q in found(text)] == [kind]


def test_captions_and_headlines_are_not_read() -> None:
    document, passages = body("Mayor: “I will never ever go”\nShe said, “I am going now.”")
    headline = passages[0].model_copy(update={"kind": "headline"})
    assert [q.text for q in find_quotations(document.body, [headline, passages[1]])] == [
        "I am going now."
    ]


def test_a_paragraph_cut_into_passages_is_read_as_one() -> None:
    text = "She said, “It was dark. It was cold. We sang.” Then she left."
    document, (whole,) = body(text)
    cut = text.index("It was cold")
    pieces = [
        whole.model_copy(update={"end": cut - 1, "text": text[: cut - 1]}),
        whole.model_copy(update={"id": "S1.p2", "start": cut, "text": text[cut:]}),
    ]
    (quotation,) = find_quotations(document.body, pieces)
    assert quotation.text == "It was dark. It was cold. We sang."
    assert quotation.passage_id == whole.id


def test_turns_of_a_transcript() -> None:
    text = "Q: Who was there that night?\nA: My brother was there.\nQ: Alone?\nNote: edited.\n"
    quotations = found(text)
    assert [q.text for q in quotations] == [
        "Who was there that night?",
        "My brother was there.",
        "Alone?",
    ]
    assert [q.label and text[q.label.start : q.label.end] for q in quotations] == ["Q", "A", "Q"]


@pytest.mark.parametrize(
    "text",
    [
        "Note: the hall is closed.\nContact: Ann Lee.\nNote: bring a coat.",
        "Ann Lee said this: it was late.\nThe plan: go home.\nThe cost: ten pounds.",
        "Read more: The mill burns.\nRead more: The mill is rebuilt.\nRelated: Mills.",
    ],
)
def test_labels_that_are_no_speakers(text: str) -> None:
    assert quoted(text) == []


WORDS = st.lists(
    st.text(alphabet="abcdefghij", min_size=1, max_size=8), min_size=1, max_size=12
).map(" ".join)
MARKS = st.sampled_from(["“”", '""', "«»", "„“", "‘’", "``''"])


@given(before=WORDS, said=WORDS, after=WORDS, marks=MARKS)
def test_a_planted_quotation_is_found_exactly(
    before: str, said: str, after: str, marks: str
) -> None:
    opening, closing = marks[: len(marks) // 2], marks[len(marks) // 2 :]
    text = f"{before}, {opening}{said},{closing} {after}."
    (quotation,) = found(text)
    assert quotation.start == len(before) + 2 + len(opening)
    assert quotation.text == f"{said},"


@given(st.text(alphabet="ab s.,:?AQ\n\u00a0“”„\"«»‹›‘’‚'`「」『』1—(", max_size=200))
def test_any_marks_give_exact_nested_spans(text: str) -> None:
    quotations = found(text)
    for number, quotation in enumerate(quotations):
        assert quotation.text.strip() == quotation.text != ""
        if quotation.nested_in is not None:
            outer = quotations[quotation.nested_in]
            assert quotation.nested_in < number
            assert outer.start <= quotation.start < quotation.end <= outer.end
        if quotation.continues is not None:
            assert quotations[quotation.continues].end <= quotation.start
    assert quotations == found(text)
