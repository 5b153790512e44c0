"""The three layers together, with a scripted model."""

from __future__ import annotations

from briefing.grounding.calibration import Calibration, Weight
from briefing.grounding.checker import LayeredChecker
from briefing.grounding.judge import QUESTIONS, Judge
from briefing.grounding.verdicts import Ground, StatementVerdict, Task
from briefing.model.jobs import Failure, Job, Result, Score, Scored
from briefing.model.scripted import ScriptedEngine
from briefing.prompts import PromptSet

BRIDGE = Ground(
    id="S1.1",
    text=(
        "The bridge at Orsa was closed on Monday after engineers found 12 cracks. "
        "Mayor Lena Dahl said the repairs would take three weeks."
    ),
    published="2025-03-04",
)
HARBOUR = Ground(id="S1.2", text="The harbour of Orsa stays open to ferries during the repairs.")
CALIBRATION = Calibration(
    model="scripted",
    model_sha256="0" * 64,
    prompts={},
    questions=QUESTIONS,
    weights=(Weight(feature="judge_consistent", mean=0, scale=1, weight=1),),
    bias=0,
    supported_at=0.6,
    unsupported_at=0.3,
    certain=0.05,
)


def says(margin: float) -> ScriptedEngine:
    """A model whose log-odds of yes are ``margin``, whatever it is asked."""

    def answer(_job: Job) -> Result:
        return Scored(logprobs=(margin, 0.0), tokens=(1, 1))

    return ScriptedEngine(answer)


def checked(
    statement: str,
    engine: ScriptedEngine | None = None,
    cited: tuple[Ground, ...] = (BRIDGE,),
    rest: tuple[Ground, ...] = (),
) -> StatementVerdict:
    judge = Judge(engine, PromptSet()) if engine else None
    checker = LayeredChecker(judge, CALIBRATION if engine else None)
    (verdict,) = checker.check([Task(id="T1", statement=statement, cited=cited, rest=rest)])
    return verdict


def test_a_sentence_of_the_passage_is_supported_and_the_model_is_not_asked() -> None:
    engine = says(-5)
    verdict = checked("Mayor Lena Dahl said the repairs would take three weeks.", engine)
    assert (verdict.verdict, verdict.probability) == ("supported", 1.0)
    assert engine.asked == []


def test_half_a_sentence_is_not_taken_for_the_passage_s_word() -> None:
    ground = Ground(id="S1.1", text="Nobody believes that the old bridge was sold to a farmer.")
    verdict = checked("the old bridge was sold to a farmer.", cited=(ground,))
    assert verdict.verdict != "supported"


def test_a_name_in_brackets_must_stand_in_the_passages() -> None:
    said = Ground(id="S1.1", text="She [as all know] signed. She said the work would take a week.")
    name = Ground(id="S1.2", text="Mayor Lena Dahl")
    statement = "She [Lena Dahl] said the work would take a week."
    assert checked(statement, cited=(said, name)).verdict == "supported"
    assert checked(statement, cited=(said,)).verdict != "supported"


def test_a_wrong_number_is_unsupported_whatever_the_model_says() -> None:
    engine = says(5)
    verdict = checked("The bridge at Orsa was closed after engineers found 19 cracks.", engine)
    assert verdict.verdict == "unsupported"
    assert "19" in verdict.reason
    assert any(o.certain and "19" in o.words for o in verdict.objections)
    assert engine.asked == []


def test_what_the_facts_leave_open_is_for_the_judge() -> None:
    statement = "Engineers discovered cracks, so the bridge was shut."
    assert checked(statement, says(3)).verdict == "supported"
    assert checked(statement, says(-3)).verdict == "unsupported"
    between = checked(statement, says(0))
    assert between.verdict == "unclear"
    assert between.probability == 0.5


def test_without_a_judge_what_is_open_is_unclear() -> None:
    verdict = checked("Engineers discovered cracks, so the bridge was shut.")
    assert (verdict.verdict, verdict.probability) == ("unclear", None)


def test_a_model_that_fails_to_answer_gives_no_support() -> None:
    engine = ScriptedEngine(lambda _: Failure(why="context"))
    verdict = checked("Engineers discovered cracks, so the bridge was shut.", engine)
    assert (verdict.verdict, verdict.probability) == ("unclear", None)


def test_a_statement_that_cites_nothing_is_unsupported() -> None:
    verdict = checked("The bridge is closed.", says(5), cited=())
    assert verdict.verdict == "unsupported"
    assert "cites nothing" in verdict.reason


def test_support_that_was_not_cited_is_named_and_does_not_count() -> None:
    statement = "The harbour of Orsa stays open to ferries during the repairs."
    verdict = checked(statement, says(-5), rest=(HARBOUR,))
    assert verdict.verdict != "supported"
    assert verdict.claims[0].elsewhere == (HARBOUR.id,)
    assert "does not cite" in verdict.reason


def test_passages_stand_first_so_that_a_document_is_read_once() -> None:
    engine = says(1)
    judge = Judge(engine, PromptSet())
    tasks = [
        Task(id=str(n), statement=f"Engineers saw the cracks, part {n}.", cited=(BRIDGE,))
        for n in ("a", "b")
    ]
    LayeredChecker(judge, CALIBRATION).check(tasks)
    beginnings = {job.prompt.user[: len(BRIDGE.text) + 11] for job in engine.asked}
    assert len(beginnings) == 1
    assert len(engine.asked) == 2 * len(QUESTIONS)


MATCH = Ground(id="S1.3", text="Ida Holm beat Ruben Castle, and Ewa Brandt watched from the stand.")


def prefers(text: str) -> ScriptedEngine:
    """A model that says yes to everything and finds ``text`` the likeliest of several."""

    def answer(job: Job) -> Result:
        assert isinstance(job, Score)
        best = [5.0 if choice in {"Yes", text} else 0.0 for choice in job.choices]
        return Scored(logprobs=tuple(best), tokens=(1,) * len(best))

    return ScriptedEngine(answer)


def test_what_the_passages_rather_say_of_another_is_unsupported() -> None:
    verdict = checked("In the stand sat Castle.", prefers("In the stand sat Ewa Brandt."), (MATCH,))
    assert verdict.verdict == "unsupported"
    (objection,) = (o for o in verdict.claims[0].objections if o.certain)
    assert (objection.kind, objection.words, objection.layer) == ("rival", "Castle", "judge")
    assert "“Ewa Brandt”" in verdict.reason


def test_a_statement_that_beats_its_rivals_is_for_the_classifier() -> None:
    statement = "In the stand sat Brandt."
    verdict = checked(statement, prefers(statement), (MATCH,))
    assert verdict.verdict == "supported"
    assert verdict.features["rivals"] == 5
