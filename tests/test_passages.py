"""Paragraphs, passages and their ids."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.passages import LONGEST_PASSAGE, passage_id, split
from briefing.types import Location, Passage
from tests.example import source

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
WRAPPED = """\
Lava from the Kirfell vent reached the coast road on
Wednesday, cutting off the village of Nes. About 130
people were taken out by boat.

Geologists measured a flow of 40 cubic metres a second,
less than half of what they saw on Monday. They did not
say when it would stop.
   The harbour stays closed.
"""


def _bodies(text: str, **fields: object) -> list[str]:
    return [p.text for p in split(source(1, text, **fields)) if p.kind == "body"]


def _check(text: str, passages: tuple[Passage, ...]) -> None:
    before = 0
    for number, passage in enumerate(passages, start=1):
        assert passage.number == number
        assert before <= passage.start < passage.end
        assert text[passage.start : passage.end] == passage.text == passage.text.strip()
        assert passage.id == passage_id("S1", number, passage.text)
        inside = passage.start
        for sentence in passage.sentences:
            assert inside <= sentence.start < sentence.end <= passage.end
            assert text[sentence.start : sentence.end] == sentence.text
            inside = sentence.end
        before = passage.end
    assert len({passage.id for passage in passages}) == len(passages)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_the_seeds_keep_every_offset(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    passages = split(source(1, text))
    _check(text, passages)
    kept = "".join(passage.text for passage in passages)
    assert "".join(kept.split()) == "".join(text.split())


def test_one_paragraph_a_line() -> None:
    first = "The board of Tessel Bank took the offer late on Monday, and shares rose by a fifth."
    second = "Its chairman, Ida Roos, leaves in June. " * 4
    assert _bodies(f"{first}\n{second}\n{first}") == [first, second.strip(), first]


def test_hard_wrapped_lines_are_joined() -> None:
    found = _bodies(WRAPPED)
    assert [text.split()[0] for text in found] == ["Lava", "Geologists", "The"]
    sentences = [s.text for p in split(source(1, WRAPPED)) for s in p.sentences]
    assert sentences[0].endswith("village of Nes.")
    assert len(sentences) == 5


def test_a_line_broken_at_a_link_is_joined_and_a_short_line_is_not() -> None:
    text = (
        "The ministry published the results of its own inquiry into the\n"
        "sinking of the Maren on Tuesday, a month later than it had promised to do so.\n"
        "what it found\n"
        "The hull had been patched twice before, and the second patch was never inspected."
    )
    found = split(source(1, text))
    assert [p.kind for p in found] == ["body", "heading", "body"]


def test_markdown() -> None:
    text = (
        "---\ntitle: Kiln\n---\n\n# Kiln fire\n\nTwo people were hurt on Monday. Nobody died.\n\n"
        "Findings\n--------\n\n- The valve stuck.\n- The alarm was off.\n\n"
        "> We will rebuild it,\n> said the owner.\n\n```\nx = 1.  Y = 2\n```\n\n"
        "Work starts in May."
    )
    passages = split(source(1, text, locations=(Location(start=0, end=20, label="front matter"),)))
    _check(text, passages)
    assert [(p.kind, p.text.split("\n")[0]) for p in passages if p.kind != "furniture"] == [
        ("headline", "Kiln fire"),
        ("body", "Two people were hurt on Monday. Nobody died."),
        ("heading", "Findings"),
        ("body", "The valve stuck."),
        ("body", "The alarm was off."),
        ("body", "We will rebuild it,"),
        ("body", "Work starts in May."),
    ]
    assert [p.text[:3] for p in passages if p.kind == "furniture"] == ["---", "---", "```"]


def test_a_fence_that_is_never_closed_hides_nothing() -> None:
    assert "The dam is safe, the ministry said." in _bodies(
        "```\nThe dam is safe, the ministry said."
    )


def test_running_heads_and_page_numbers() -> None:
    pages = [
        f"Harbour Authority 2022\n{body}\n{number}"
        for number, body in enumerate(
            ["The pier sank by 4 cm.", "It was built in 1931.", "Repairs cost 2 million."], start=1
        )
    ]
    text = "\n".join(pages)
    starts = [text.index(page) for page in pages]
    labels = tuple(
        Location(start=start, end=start + len(page), label=f"page {number}")
        for number, (start, page) in enumerate(zip(starts, pages, strict=True), start=1)
    )
    assert _bodies(text, format="pdf", locations=labels) == [
        "The pier sank by 4 cm.",
        "It was built in 1931.",
        "Repairs cost 2 million.",
    ]


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    text = "The tunnel was flooded again and the trains stood still for hours. " * 60
    passages = split(source(1, text))
    _check(text, passages)
    assert len(passages) > 3
    assert all(len(p.text) <= LONGEST_PASSAGE and p.text.endswith("hours.") for p in passages)


def test_ids_come_from_content_and_position() -> None:
    one = split(source(1, "Prices rose in May.\n\nWages did not, the office said."))
    two = split(source(1, "Prices rose in May.\n\nWages did too, the office said."))
    assert one[0].id == two[0].id
    assert one[1].id != two[1].id
    assert one[1].id.startswith("S1.p2.")


def test_nothing_to_split() -> None:
    assert split(source(1, " \n\n\t\n")) == ()
    with pytest.raises(ValueError, match="not in this briefing"):
        split(source(1, "x").model_copy(update={"text": None}))


@example(">  1")
@example("> \f1")
@given(st.text(alphabet="aB1 .!?”“\"'#>-*`|~=\n\f\t", max_size=200))
@settings(max_examples=300, deadline=None)
def test_invariants_hold_for_any_text(text: str) -> None:
    _check(text, split(source(1, text)))
