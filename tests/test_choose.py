"""What is shown of what was weighed, and what is told with it. All events are invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.bottom_line import bottom_line
from briefing.choose import MOST, PER_ROOT, Coverage, Pick, choose, room
from briefing.evidence import Citer
from briefing.extract.articles import analyse
from briefing.extract.select import Ranked
from briefing.merge import Comparer
from briefing.overtaken import is_overtaken, is_plan
from briefing.types import Briefing, Outcome
from tests.example import source
from tests.test_pipeline import made

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]

MILL = (
    "The paper mill in Orsa will close in March, the owner said.",
    "The paper mill in Orsa closes in March, said the owner.",
    "The mayor of Orsa promised help for the 300 workers.",
    "A choir from Tarbet sang in the church on Sunday evening.",
)


def chosen(parse: Parse, texts: Sequence[Sequence[str]], most: int, weight: float) -> list[str]:
    """The sentences chosen of ``texts``, of which each is a source of its own and its origin."""
    articles = [analyse(source(n, "\n\n".join(t)), parse) for n, t in enumerate(texts, 1)]
    comparer = Comparer(articles)
    told = [comparer.told(article, line) for article in articles for line in article.lines]
    picks = [
        Pick(Ranked(t.article, t.line, 0, 0, 0, None, None, False), t, (), weight) for t in told
    ]
    coverage = Coverage([(t, t.article.source.id) for t in told], comparer)
    return [pick.told.line.sentence.text for pick in choose(picks, comparer, coverage, most)]


def test_a_finding_is_chosen_once_and_what_several_have_comes_first(parse: Parse) -> None:
    found = chosen(parse, [MILL[2:], MILL[:1], MILL[1:2]], 4, 0.0)
    assert found[0] in MILL[:2]
    assert len(set(found) & set(MILL[:2])) == 1
    assert MILL[2] in found


def test_little_weight_is_no_reason_to_show_anything(parse: Parse) -> None:
    assert chosen(parse, [MILL], 4, -9.0) == []
    assert len(chosen(parse, [MILL], 1, 1.0)) == 1


def test_there_is_more_room_for_more_material_up_to_a_bound(parse: Parse) -> None:
    text = "\n\n".join(f"Member {n} of the council spoke about road {n}." for n in range(200))
    article = analyse(source(1, text), parse)
    comparer = Comparer([article])
    told = [comparer.told(article, line) for line in article.lines]
    assert [room(told[:count], PER_ROOT) for count in (1, 25, 100)] == [2, 11, 22]
    assert room([*told[:25], *told[:25]], PER_ROOT) == 11  # copies count once
    assert room(told, PER_ROOT) == MOST


@pytest.mark.parametrize(
    ("plan", "other", "overtaken"),
    [
        (
            "The minister will visit the flooded harbour of Ardmore on Friday.",
            "The minister visited the flooded harbour of Ardmore on Friday.",
            True,
        ),
        (
            "The minister will visit the flooded harbour of Ardmore on Friday.",
            "The minister declined to visit the flooded harbour of Ardmore.",
            False,
        ),
        (
            "The minister visited the flooded harbour of Ardmore on Friday.",
            "The minister will visit the flooded harbour of Ardmore on Friday.",
            False,
        ),
    ],
)
def test_a_plan_that_was_carried_out_is_overtaken(
    plan: str, other: str, overtaken: bool, parse: Parse
) -> None:
    articles = [analyse(source(n, text), parse) for n, text in enumerate((plan, other), 1)]
    comparer = Comparer(articles)
    told = comparer.told(articles[0], articles[0].lines[0])
    assert is_overtaken(told, comparer, parse) == overtaken


@pytest.mark.parametrize(
    ("statement", "ahead"),
    [
        ("The council of Orsa will meet on Monday 24 March.", True),
        ("The chair of the Orsa council says that the council will meet on Monday.", True),
        ("The Orsa council dismissed the mayor, who will leave in May.", False),
        ("The chair of the Orsa council is 60. The council will meet on Monday.", True),
        ("The mayor of Orsa retreated from a plan to close the mill, saying it will stay.", False),
    ],
)
def test_what_is_to_come_is_a_plan(statement: str, ahead: bool, parse: Parse) -> None:
    assert is_plan(statement, parse) == ahead


def test_no_plan_of_an_older_source_is_in_the_bottom_line(parse: Parse) -> None:
    plan = "The council of Orsa will decide on the paper mill on Monday 24 March."
    done = "The council of Orsa sold the paper mill to Kessler Marine for two million crowns."
    articles = [analyse(source(n, text), parse) for n, text in enumerate((plan, done), 1)]
    citer = Citer(articles, {})
    outcomes = [
        Outcome(id=name, statement=text, evidence=(citer.cite(name, 0, len(text)),))
        for name, text in (("S1", plan), ("S2", done))
    ]

    def told(*older: str) -> list[str]:
        return [each.statement for each in bottom_line(outcomes, citer, parse, older=older)]

    assert told() == [plan, done]
    assert told("S1") == [done]
    assert told("S2") == [plan, done]
    assert told("S1", "S2") == [done]


def _briefed(folder: Path, *texts: str) -> Briefing:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return made([str(folder / f"{number}.txt") for number in range(len(texts))])


@pytest.mark.usefixtures("parse")
def test_what_answers_the_sentence_before_is_told_with_it(tmp_path: Path) -> None:
    leaning = "The Orsa council sold the mill to Kessler Marine. It is not known for how much."
    other = "The mill in Orsa had been empty since the fire that ended paper making in the town."
    text = f"{leaning}\n\n{other}\n"
    briefing = _briefed(tmp_path, text, f"Readers of Orsa write to us.\n\n{text}")
    (question,) = briefing.open_questions
    assert question.evidence[0].text == leaning
    assert {e.text for e in question.evidence if e.role == "support"} == {leaning}


@pytest.mark.usefixtures("parse")
def test_another_text_that_has_only_half_supports_none_of_it(tmp_path: Path) -> None:
    second = "It is not known for how much the council sold the mill in Orsa."
    leaning = f"The Orsa council sold the mill to Kessler Marine. {second}"
    briefing = _briefed(tmp_path, f"{leaning}\n", f"Nobody lives there now, they say. {second}\n")
    found = [q for q in briefing.open_questions if q.evidence[0].text == leaning]
    assert [{e.source_id for e in q.evidence if e.role == "support"} for q in found] == [{"S1"}]


@pytest.mark.usefixtures("parse")
def test_what_was_open_on_an_earlier_day_comes_last(tmp_path: Path) -> None:
    early = "The town of Orsa has a paper mill. It is not known who will buy the mill in Orsa."
    late = "The weir at Tarbet broke on Monday. It is not known why the weir at Tarbet broke."
    texts = (f"Orsa, 18 March 2031\n\n{early}\n", f"Orsa, 26 March 2031\n\n{late}\n")
    questions = _briefed(tmp_path, *texts).open_questions
    assert [each.evidence[0].source_id for each in questions] == ["S2", "S1"]
