"""Copies of one text count as one origin; independent reports do not."""

from __future__ import annotations

import random
from pathlib import Path

from briefing.origins import Origins, find_origins
from briefing.passages import split
from tests.example import source

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))

AGENCY = """\
A court in Graz on Monday sentenced the former head of the Arlen savings bank to six years in prison
for fraud. Judge Elke Hofer said he had moved 48 million euros into a company that belonged to his
brother.

The defendant, 57, had denied the charges during a trial that lasted eleven months. His lawyer said
she would appeal.

Around 3,000 savers lost money when the bank collapsed in 2019. The state has paid most of them
back, but about 200 claims are still open.

“I trusted them with everything I had,” Maria Lutz, a retired nurse, told reporters outside."""
EDITED = """\
The former boss of the Arlen savings bank was jailed for six years on Monday. Judge Elke Hofer said
he had moved 48 million euros into a company that belonged to his brother. The defendant, 57, had
denied all the charges during a trial that lasted eleven months.

Around 3,000 savers lost money when the bank collapsed in 2019. The state has since paid most of
them back, but some 200 claims are still open."""
INDEPENDENT = """\
Six years behind bars: that is the verdict against the man who ran Arlen, the savings bank whose
fall in 2019 cost thousands of Austrians their money.

He stood motionless as Elke Hofer, the presiding judge, described how 48 million euros went to his
brother's firm. An appeal has been announced.

In the square afterwards a pensioner shook her head. “I trusted them with everything I had,” said
Maria Lutz."""
BRIEF = AGENCY.split("\n\n")[2]
OUTCRY = AGENCY.split("\n\n")[3]


def _origins(*texts: str) -> Origins:
    sources = [source(number, text) for number, text in enumerate(texts, start=1)]
    return find_origins([(each, split(each)) for each in sources])


def _text(paragraphs: tuple[str, ...]) -> str:
    return "\n\n".join(paragraphs)


def test_the_two_editions_among_the_seeds_are_one_origin() -> None:
    found = _origins(*(path.read_text(encoding="utf-8") for path in SEEDS))
    assert list(found.by_source.values()) == ["O1", "O2", "O3", "O4", "O4"]
    assert found.by_passage == {}


def test_edited_and_recut_agency_copy_is_one_origin() -> None:
    found = _origins(AGENCY, EDITED)
    assert found.by_source == {"S1": "O1", "S2": "O1"}
    merged = next(id_ for id_ in found.copies if id_.startswith("S2.p1."))
    assert [id_.split(".")[1] for id_ in found.copies[merged]] == ["p1", "p2"]


def test_an_independent_report_with_the_same_quotation_is_not_a_copy() -> None:
    found = _origins(AGENCY, INDEPENDENT)
    assert found.by_source == {"S1": "O1", "S2": "O2"}
    assert found.by_passage == {}
    assert found.copies == {}


def test_a_paragraph_taken_over_keeps_the_origin_it_came_from() -> None:
    mixed = f"{INDEPENDENT}\n\n{BRIEF}"
    found = _origins(AGENCY, mixed)
    assert found.by_source == {"S1": "O1", "S2": "O2"}
    (copied,) = found.by_passage
    assert copied.startswith("S2.p4.")
    assert found.of("S2", copied) == "O1"
    assert found.of("S2", "S2.p1.000000") == "O2"


def test_a_brief_inside_a_long_report_does_not_join_the_sources() -> None:
    own = tuple(
        f"In ward {n} the nurses counted {n * 3} beds, {n + 4} of them empty since the strike of "
        f"porter {n} began; manager {n} blamed the county, which had cut item {n} from its plan."
        for n in range(1, 15)
    )
    found = _origins(BRIEF, _text((*own, BRIEF)))
    assert found.by_source == {"S1": "O1", "S2": "O2"}
    assert list(found.by_passage.values()) == ["O1"]


def test_a_repetition_inside_one_article() -> None:
    found = _origins(_text((OUTCRY, BRIEF, OUTCRY)))
    ((copy, (first,)),) = found.copies.items()
    assert (copy.split(".")[1], first.split(".")[1]) == ("p3", "p1")


def test_page_furniture_does_not_make_copies() -> None:
    form = "Your email address will not be published. Required fields are marked *"
    one = f"The lift stopped at noon and nobody was hurt.\n\n{form}"
    two = f"Rain is expected in the north tomorrow morning.\n\n{form}"
    assert _origins(one, two).copies == {}


def test_sources_with_nothing_to_compare_stand_alone() -> None:
    assert _origins("...", "x y z", "...").by_source == {"S1": "O1", "S2": "O2", "S3": "O3"}
    assert find_origins([]) == Origins(by_source={}, by_passage={}, copies={})


def test_labels_follow_the_order_of_sources() -> None:
    found = _origins(INDEPENDENT, AGENCY, EDITED)
    assert found.by_source == {"S1": "O1", "S2": "O2", "S3": "O2"}


def test_copies_are_found_among_many_sources() -> None:
    chance = random.Random(4)  # noqa: S311
    vocabulary = [f"w{number}" for number in range(3000)]

    def report() -> str:
        return _text(tuple(" ".join(chance.choices(vocabulary, k=40)) + "." for _ in range(8)))

    copied = report()
    texts = [report() if number % 3 else copied for number in range(150)]
    sources = [source(number, text) for number, text in enumerate(texts, start=1)]
    articles = [(each, split(each)) for each in sources]
    found = find_origins(articles)
    assert len(set(found.by_source.values())) == 101
