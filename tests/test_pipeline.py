"""The whole pipeline with scripted answers: what must hold whatever a model says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefing.config import Settings
from briefing.document import dumps
from briefing.model.jobs import Failure, Generate, Generated, Job, Result, Score, Scored
from briefing.model.scripted import ScriptedEngine
from briefing.pipeline import generate
from briefing.render import render
from briefing.types import NOT_ESTABLISHED, Briefing
from briefing.verify import verify
from tests.events import write


def answer(job: Job) -> Result:
    """Yes to sentences with certain words; a question in the words of one source."""
    if isinstance(job, Score):
        yes = any(word in job.prompt.user for word in ("million", "clear", "votes", "declined"))
        return Scored(logprobs=(-0.1, -2.0) if yes else (-2.0, -0.1), tokens=(1, 1))
    return Generated(text="Who will pay for the dredging of the channel?", tokens=9)


def made(inputs: list[str], script: object = answer, **fields: object) -> Briefing:
    engine = ScriptedEngine(script)  # type: ignore[arg-type]
    return generate(inputs, Settings(**fields), engine=engine)  # type: ignore[arg-type]


@pytest.fixture
def event(tmp_path: Path, parse: object) -> list[str]:  # noqa: ARG001 (the pipeline is there)
    return write(tmp_path)


def test_everything_shown_is_cited_exactly(event: list[str], tmp_path: Path) -> None:
    briefing = made(event)
    report = verify(briefing, base=tmp_path)
    assert report.ok, report.failed
    assert briefing.outcomes
    assert briefing.quotes
    assert briefing.open_questions
    assert [source.verdict for source in briefing.outcomes] == ["supported"] * len(
        briefing.outcomes
    )


def test_near_copies_count_as_one_text_and_are_told_once(event: list[str]) -> None:
    briefing = made(event)
    wire, copy, local = (source.origin for source in briefing.sources)
    assert wire == copy != local
    approved = [o for o in briefing.outcomes if "approved a second pier" in o.statement]
    assert len(approved) == 1
    support = [e for e in approved[0].evidence if e.role == "support"]
    assert {e.source_id for e in support} == {"S1", "S2"}
    assert {e.origin for e in support} == {wire}


def test_another_text_that_tells_the_same_is_pointed_to_and_no_support(event: list[str]) -> None:
    def related(logprobs: tuple[float, float]) -> set[str]:
        def script(job: Job) -> Result:
            if isinstance(job, Score) and "Second:" in job.prompt.user:
                return Scored(logprobs=logprobs, tokens=(1, 1))
            return answer(job)

        (approved,) = (o for o in made(event, script).outcomes if "second pier" in o.statement[:70])
        return {e.source_id for e in approved.evidence if e.role == "related"}

    assert related((-0.1, -2.0)) == {"S3"}
    assert related((-2.0, -0.1)) == set()


def test_quotes_have_their_speakers(event: list[str]) -> None:
    speakers = {quote.text: quote.speaker for quote in made(event).quotes}
    assert speakers["We have waited long enough for this pier"] == "Dana Whitlock"
    assert speakers["closed its ears to the people who live here."] == "Iain Munro"
    assert speakers["Nobody asked us what happens to the herring"] == "Iain Munro"


def test_a_source_cited_for_another_wording_of_a_quote_contributed_it(tmp_path: Path) -> None:
    said = {
        "a.txt": "“We lost three bridges and the old mill in a single night,” said Eve Cole.",
        "b.txt": "“We lost three bridges and the old mill,” said Eve Cole, the mayor of Milton.",
    }
    for name, text in said.items():
        (tmp_path / name).write_text(f"The dam at Milton broke.\n\n{text}\n", encoding="utf-8")
    briefing = made([str(tmp_path)])
    (quote,) = briefing.quotes
    assert quote.wordings
    assert [summary.quotes for summary in briefing.summaries] == [(quote.id,)] * 2


def test_pronouns_get_their_names_in_brackets(event: list[str]) -> None:
    briefing = made(event[2:], max_outcomes=40, topic="the board listened to every objection")
    (listened,) = [o for o in briefing.outcomes if "listened to every objection" in o.statement]
    assert listened.statement.startswith("She [Dana Whitlock] said")
    assert listened.mode == "compressed"


def test_open_questions_are_asked_once_in_the_sources_words(event: list[str]) -> None:
    questions = {q.question: q for q in made(event).open_questions}
    dredging = questions["Who will pay for the dredging of the channel?"]
    assert dredging.mode == "free"
    assert {e.source_id for e in dredging.evidence} == {"S1", "S2"}
    # The same answer does not fit the other open matters: there the source speaks.
    others = [q for q in questions.values() if q is not dredging]
    assert {q.mode for q in others} == {"verbatim"}
    assert any("declined to say how long" in q.question for q in others)


def test_furniture_is_no_news(event: list[str]) -> None:
    shown = dumps(made(event, include_text=False, max_outcomes=40))
    assert "Share this article" not in shown
    assert "Ann Lowe" not in shown


def test_a_model_that_fails_leaves_a_briefing_in_the_sources_words(
    event: list[str], tmp_path: Path
) -> None:
    briefing = made(event, lambda _: Failure(why="refused"))
    assert verify(briefing, base=tmp_path).ok
    assert briefing.outcomes
    assert {q.mode for q in briefing.open_questions} == {"verbatim"}
    assert any("did not read" in note for note in briefing.notes)


def test_the_same_input_gives_the_same_bytes(event: list[str]) -> None:
    first, second = made(event), made(event)
    assert dumps(first) == dumps(second)
    assert render(first) == render(second)


def test_ids_stay_when_a_source_is_added(event: list[str]) -> None:
    few, all_three = made(event[:2]), made(event)
    ids = {q.text: q.id for q in all_three.quotes}
    assert {q.text: q.id for q in few.quotes}.items() <= ids.items()


def test_a_document_with_nothing_to_tell_is_said_to_have_nothing(
    event: list[str], tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text("Menu\n\nHome | News | Sport\n", encoding="utf-8")
    briefing = made([*event, str(tmp_path / "empty.txt")])
    last = briefing.summaries[-1]
    assert (last.outcomes, last.quotes, last.open_questions) == ((), (), ())
    assert "Nothing that passes the checks was found" in render(briefing)


def test_another_language_degrades_and_says_so(tmp_path: Path) -> None:
    text = (
        "Der Hafenrat von Ardmore hat am Dienstag mit sieben zu zwei Stimmen einen zweiten Pier "
        "beschlossen. Die Arbeiten beginnen im März und kosten 40 Millionen Euro.\n\n"
        "„Wir haben lange genug gewartet“, sagte die Vorsitzende Dana Whitlock nach der Sitzung.\n"
    )
    path = tmp_path / "bericht.txt"
    path.write_text(text, encoding="utf-8")
    briefing = made([str(path)])
    assert verify(briefing, base=tmp_path).ok
    assert any("“de”" in note for note in briefing.notes)


WORDS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\x00"),
    min_size=1,
    max_size=40,
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, min_size=1, max_size=12), st.booleans())
@example(["\x0c"], False)
@example(["0\x0c"], True)
def test_whatever_stands_in_a_document_offsets_hold(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str], yes: bool
) -> None:
    folder = tmp_path_factory.mktemp("any")
    body = "\n\n".join(f"{part} said “{part} is not clear to us” on Monday." for part in parts)
    text = f"The board met on Monday in Ardmore.\n\n{body}"
    (folder / "a.txt").write_text(text, encoding="utf-8")

    def script(job: Job) -> Result:
        if isinstance(job, Generate):
            return Generated(text="What is not clear?", tokens=4)
        return Scored(logprobs=(-0.1, -2.0) if yes else (-2.0, -0.1), tokens=(1, 1))

    briefing = made([str(folder / "a.txt")], script, max_outcomes=40)
    report = verify(briefing, base=folder)
    assert report.ok, report.failed
    assert all(q.speaker == NOT_ESTABLISHED or q.attribution for q in briefing.quotes)
