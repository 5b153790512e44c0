"""The baselines: what they show of invented reports, and where it is found again."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest

from briefing.config import Settings
from briefing.evals import plain_baseline
from briefing.evals.baseline_parts import in_turn
from briefing.evals.lead_baseline import lead
from briefing.evals.plain_baseline import LONGEST, plain
from briefing.model.jobs import Failure, Generate, Generated, Job, Result
from briefing.model.scripted import ScriptedEngine
from briefing.model.wire import mismatch
from briefing.types import NOT_ESTABLISHED, Briefing, Source

ONE = (
    "Vaccine maker wins appeal\n\n"
    "The court of Brenn lifted the ban on the Corvax vaccine on Friday. "
    "The ministry will appeal.\n\n"
    "“We were right from the start,” said Ida Holm, who leads Corvax. It is unclear when sales "
    "will resume.\n"
)
TWO = (
    'Judges in Brenn found the ban on Corvax "wholly without ground" and lifted it.\n\n'
    "Shares rose by a tenth.\n"
)


def source(name: str, text: str) -> Source:
    digest = sha256(text.encode()).hexdigest()
    return Source(id=name, path=f"{name}.txt", sha256=digest, text_sha256=digest, text=text)


SOURCES = (source("S1", ONE), source("S2", TWO))


def stands(briefing: Briefing) -> bool:
    texts = {each.id: each.body for each in briefing.sources}
    items = (*briefing.outcomes, *briefing.quotes, *briefing.open_questions)
    return all(texts[e.source_id][e.start : e.end] == e.text for i in items for e in i.evidence)


def test_lists_take_turns() -> None:
    assert list(in_turn([[1, 2, 3], [], [4]])) == [1, 4, 2, 3]


def test_the_lead_shows_first_sentences_in_turn() -> None:
    made = lead(SOURCES, 3)
    assert [o.statement for o in made.outcomes] == [
        "The court of Brenn lifted the ban on the Corvax vaccine on Friday.",
        'Judges in Brenn found the ban on Corvax "wholly without ground" and lifted it.',
        "The ministry will appeal.",
    ]
    assert len({o.id for o in made.outcomes}) == 3
    assert stands(made)


def test_the_lead_quotes_all_between_marks_and_finds_open_questions_by_words() -> None:
    made = lead(SOURCES, 0)
    assert made.outcomes == ()
    assert [q.text for q in made.quotes] == [
        "We were right from the start,",
        "wholly without ground",
    ]
    assert {q.speaker for q in made.quotes} == {NOT_ESTABLISHED}
    (question,) = made.open_questions
    assert question.question == "It is unclear when sales will resume."
    assert stands(made)


def asked(answers: dict[str, Any], **settings: int) -> tuple[Briefing, list[Job]]:
    """The plain baseline where the article that has a key's words is answered with its value."""

    def answer(job: Job) -> Result:
        assert isinstance(job, Generate)
        said = next(a for words, a in answers.items() if words in job.prompt.user)
        if isinstance(said, Failure):
            return said
        text = said if isinstance(said, str) else json.dumps(said)
        return Generated(text=text, tokens=9)

    engine = ScriptedEngine(answer)
    return plain(SOURCES, Settings(**settings), engine), engine.asked  # type: ignore[arg-type]


EMPTY: dict[str, Any] = {"outcomes": [], "quotes": [], "open_questions": []}


def test_answers_are_looked_for_in_the_article() -> None:
    said = {
        "outcomes": ["The Brenn court lifted the Corvax vaccine ban.", "Mice sang in Peru."],
        "quotes": [
            {"text": "We were right from the start", "speaker": "Ida Holm"},
            {"text": "“We were all right from the start”", "speaker": "unknown"},
            {"text": "Nobody can fly to the moon today", "speaker": "Ida Holm"},
        ],
        "open_questions": ["When will sales resume?"],
    }
    made, jobs = asked({"Vaccine maker": said, "Judges": EMPTY})
    assert len(jobs) == 2
    found, lost = made.outcomes
    assert found.evidence[0].text.startswith("The court of Brenn lifted the ban")
    assert lost.evidence == ()
    exact, near, absent = made.quotes
    assert exact.evidence[0].text == exact.text
    assert near.evidence[0].source_id == "S1"
    assert near.evidence[0].text != near.text
    assert absent.evidence == ()
    assert [q.speaker for q in made.quotes] == ["Ida Holm", NOT_ESTABLISHED, "Ida Holm"]
    (question,) = made.open_questions
    assert question.evidence[0].text == "It is unclear when sales will resume."
    assert stands(made)


def test_the_limits_of_a_briefing_hold_and_articles_take_turns() -> None:
    many = {**EMPTY, "outcomes": ["The ministry will appeal."] * 5}
    made, _ = asked({"Vaccine maker": many, "Judges": many}, max_outcomes=3)
    assert [bool(o.evidence) for o in made.outcomes] == [True, False, True]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Failure(why="length", detail="cut at 1536 tokens"), "cut at 1536 tokens"),
        ("Here is your briefing:", "is not the JSON that was asked for"),
        ({"outcomes": "one"}, "is not the JSON that was asked for"),
    ],
)
def test_an_answer_that_is_none_is_told(said: object, why: str) -> None:
    made, _ = asked({"Vaccine maker": said, "Judges": {**EMPTY, "outcomes": ["Shares rose."]}})
    assert len(made.outcomes) == 1
    (note,) = made.notes
    assert note.startswith("S1.txt: the plain call gave nothing: ")
    assert note.endswith(why)


def test_json_in_a_fence_and_with_more_fields_is_read() -> None:
    fenced = '```json\n{"outcomes": ["Shares rose by a tenth."], "mood": "good"}\n```'
    made, _ = asked({"Vaccine maker": EMPTY, "Judges": fenced})
    assert [o.statement for o in made.outcomes] == ["Shares rose by a tenth."]


def test_the_grammar_takes_what_is_asked_for_and_nothing_else() -> None:
    _, jobs = asked({"Vaccine maker": EMPTY, "Judges": EMPTY})
    job = jobs[0]
    assert isinstance(job, Generate)
    assert job.grammar is not None
    good = '{"outcomes":["a"],"quotes":[{"text":"b","speaker":"c"}],"open_questions":[]}'
    spaced = json.dumps(json.loads(good))
    assert "" in (mismatch(job.grammar, good), mismatch(job.grammar, spaced))
    assert mismatch(job.grammar, '{"outcomes": ["a"]}')


def test_a_long_article_is_cut_and_that_is_told() -> None:
    long = source("S3", "Sales rose again. " * 1000)
    engine = ScriptedEngine(lambda _: Generated(text=json.dumps(EMPTY), tokens=1))
    made = plain([long], Settings(), engine)
    assert made.notes == ("S3.txt: the plain call read the first 12,000 characters",)
    (job,) = engine.asked
    assert isinstance(job, Generate)
    assert len(job.prompt.user) < LONGEST + len(plain_baseline._USER)
