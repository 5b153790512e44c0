"""What stands around an item, and who alone tells it, in every form of a briefing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from briefing.beside import hangs_on
from briefing.entries import entries
from briefing.evals.remarks import without_remarks
from briefing.render import render
from briefing.told_by import told_by
from briefing.types import Briefing, Evidence, Genre
from tests.example import cite, example, sources
from tests.reading import see
from tests.test_verify import checked, failures

LEAD = "Engineers reopened two of the four gates of the Orsa dam on Monday, the water board said."
LIMIT = "It is not clear who will pay for the repairs."
REPORTED = "Piezometers on the east bank read 4.2 m, which is within limits."


def in_context(words: str, **change: object) -> Evidence:
    return cite(sources()[0], words).model_copy(update={"role": "context", **change})


def text_of(page: str) -> str:
    return see(page).text


def with_context() -> Briefing:
    """A quote with what stands before it, a finding with what stands behind."""
    plain = example()
    quote = plain.quotes[0].model_copy(update={"before": in_context(LEAD)})
    first = plain.outcomes[0].model_copy(update={"after": in_context(LIMIT)})
    return example(quotes=(quote,), outcomes=(first, plain.outcomes[1]))


@pytest.mark.parametrize("template", ["full", "quotes", "comparison", "one-pager", "questions"])
def test_templates_print_what_stands_before_words(template: str) -> None:
    assert f"before this: “{LEAD}”" in render(with_context(), template)


def test_what_limits_a_finding_is_printed_with_its_citation() -> None:
    assert f"(it goes on: “{LIMIT}”[^S1-4])" in render(with_context())


def test_the_evidence_view_shows_both() -> None:
    page = text_of(render(with_context(), format="html"))
    assert f"Before this: “{LEAD}”" in page
    assert f"It goes on: “{LIMIT}”" in page


def test_a_reader_signs_what_stands_around_as_well() -> None:
    about = {each.id: each.about for each in entries(with_context())}
    assert about["q-1"]["before it"] == LEAD
    assert about["out-1"]["after it"] == LIMIT


def test_verify_finds_context_that_stands_elsewhere() -> None:
    assert failures(checked(with_context())) == []
    plain = example()
    for wrong in (in_context(LIMIT), in_context(LEAD, source_id="S2")):
        quote = plain.quotes[0].model_copy(update={"before": wrong})
        assert ("q-1", "context") in failures(checked(example(quotes=(quote,))))


def compared() -> Briefing:
    """A finding of the first two sources with a figure of the third to compare."""
    plain = example()
    figure = cite(sources()[2], REPORTED).model_copy(update={"role": "context"})
    first = plain.outcomes[0].model_copy(update={"elsewhere": (figure,)})
    return example(outcomes=(first, plain.outcomes[1]))


@pytest.mark.parametrize("template", ["full", "comparison"])
def test_templates_print_what_to_compare(template: str) -> None:
    assert f"(compare: “{REPORTED}”[^S3-2])" in render(compared(), template)


def test_the_evidence_view_and_readers_see_what_to_compare() -> None:
    assert f"Compare: “{REPORTED}”" in text_of(render(compared(), format="html"))
    about = {each.id: each.about for each in entries(compared())}
    assert about["out-1"]["to compare"] == REPORTED


def test_verify_finds_a_finding_that_is_compared_with_its_own_words() -> None:
    assert failures(checked(compared())) == []
    plain = example()
    own = plain.outcomes[0].model_copy(update={"elsewhere": (in_context(LEAD),)})
    assert ("out-1", "context") in failures(checked(example(outcomes=(own, plain.outcomes[1]))))


@pytest.mark.parametrize(
    ("genres", "said"),
    [
        ({"S1": "statement"}, "S1 is a party’s own statement"),
        (
            {"S1": "statement", "S3": "opinion"},
            "S1 is a party’s own statement and S3 is an opinion piece",
        ),
        ({"S1": "statement", "S2": ""}, ""),
        ({}, ""),
    ],
)
def test_who_alone_tells_it(genres: Mapping[str, Genre], said: str) -> None:
    assert told_by(genres) == said


def test_a_finding_of_a_party_alone_says_so() -> None:
    first, *others = sources()
    party = first.model_copy(update={"genre": "statement"})
    outcome = example().outcomes[0]
    alone = outcome.model_copy(update={"evidence": outcome.evidence[:1]})
    made = example(sources=(party, *others), outcomes=(alone,), bottom_line=())
    assert f"{LEAD}[^S1-2] (S1 is a party’s own statement)" in render(made)
    assert "S1 is a party’s own statement" in text_of(render(made, format="html"))
    told_by_two = render(
        example(sources=(party, *others), disagreements=(), open_questions=(), quotes=())
    )
    assert "statement)" not in told_by_two


def test_a_quote_of_a_party_alone_says_so_whoever_speaks() -> None:
    parties = tuple(each.model_copy(update={"genre": "statement"}) for each in sources())
    made = example(sources=parties, outcomes=(), bottom_line=(), open_questions=())
    quote = made.quotes[0]
    names = dict.fromkeys(each.source_id for each in quote.evidence)
    said = " and ".join(f"{name} is a party’s own statement" for name in names)
    assert f"({said})" in render(made).split("## Quotes")[1].split("## ")[0]


@pytest.mark.parametrize(
    ("when", "said"), [("yesterday", " (“yesterday” is 13 May 2024)"), ("on Monday", "")]
)
def test_an_entry_of_the_timeline_says_which_day_yesterday_is(when: str, said: str) -> None:
    (event, *_) = example().timeline
    shown = event.model_copy(update={"when": when, "evidence": event.evidence[:1]})
    page = render(example(timeline=(shown,), disagreements=()))
    lines = [line for line in page.splitlines() if line.startswith("- 13 May 2024: ")]
    assert [line.endswith(f"]{said}") for line in lines] == [True]
    assert without_remarks(lines[0], [])[0] == lines[0].removesuffix(said)


def test_a_finding_that_others_tell_otherwise_says_where() -> None:
    page = render(example())
    assert "sources differ: point 1" in page
    point = example().disagreements[0]
    grown = point.model_copy(update={"kind": "update"})
    assert "later figures: point 1" in render(example(disagreements=(grown,)))
    latest = grown.model_copy(update={"sides": (point.sides[1], point.sides[0])})
    turned = latest.model_copy(
        update={
            "sides": (
                latest.sides[0].model_copy(update={"value": "five"}),
                latest.sides[1],
            )
        }
    )
    assert "later figures" not in render(example(disagreements=(turned,))).split("## Where")[0]
    assert "sources differ: point 1" in text_of(render(example(), format="html"))


@pytest.mark.parametrize(
    ("text", "hangs"),
    [
        ("The board of Orsa tried to strike a deal on the project, which would take a year.", True),
        ("None of the people of Orsa had any part in the decision.", True),
        ("The future of the guild hangs on it.", True),
        ("The board of Orsa approved a new project; the project will take a year.", False),
        ("The board of Orsa published the report of the dam inquiry.", False),
        ("The guild of Orsa rejected the proposal for a second pier.", False),
    ],
)
def test_a_finding_may_hang_on_what_was_told_before(text: str, hangs: bool) -> None:
    assert hangs_on(text) == hangs
