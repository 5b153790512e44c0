"""``briefing eval mutations``: what is counted as caught, as refused, and by which layer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from briefing import document as briefing_file
from briefing.cli import eval_bench, eval_mutations
from briefing.config import Settings
from briefing.errors import DocumentError, InternalError
from briefing.evals import mutations
from briefing.evals.frozen import load
from briefing.evals.mutate.reading import material_of
from briefing.evals.mutate.values import Mutation, MutationSet
from briefing.grounding.verdicts import (
    Claim,
    ClaimVerdict,
    Layer,
    Objection,
    StatementVerdict,
    Task,
)
from briefing.types import Briefing, Verdict
from tests.evals.newspaper import COURT, DOCUMENTS, FERRY
from tests.example import run, source

TRUE = "The NCO has 12 weeks to appeal against the ruling."
runner = CliRunner()


def item(number: int, kind: str, statement: str, **more: object) -> Mutation:
    true = kind in ("true", "paraphrase")
    given = {"document": "court", "passages": [2], "kind": kind, "supported": true} | more
    return Mutation.model_validate({"id": f"i{number}", "statement": statement, **given})


ITEMS = (
    item(1, "digit", TRUE.replace("12", "17")),
    item(2, "unit", TRUE.replace("weeks", "days")),
    item(3, "negation", TRUE.replace("has", "does not have")),
    item(4, "true", TRUE),
    item(5, "paraphrase", TRUE.replace("12", "twelve")),
    item(6, "paraphrase", TRUE.replace("ruling", "judgment")),
)
SET = MutationSet(documents=DOCUMENTS, items=ITEMS)


def quotation(number: int, kind: str, quote: str, speaker: str) -> Mutation:
    return item(number, kind, "", quote=quote, speaker=speaker, document="ferry", passages=(3,))


class Scripted:
    """Answers by a function of the task; counts as certain what the facts layer objects to."""

    def __init__(self, answer: Callable[[Task], tuple[Verdict, Layer | None]]) -> None:
        self.answer = answer
        self.tasks: list[Task] = []

    def check(
        self, tasks: Sequence[Task], progress: Callable[[int, int], None] | None = None
    ) -> list[StatementVerdict]:
        self.tasks += tasks
        if progress:
            progress(len(tasks), len(tasks))
        return [self._verdict(task) for task in tasks]

    def _verdict(self, task: Task) -> StatementVerdict:
        verdict, layer = self.answer(task)
        probability = 0.2 if layer == "judge" else None
        objection = Objection(
            kind="number", words="", reason="not there", certain=layer == "facts", layer="facts"
        )
        claim = ClaimVerdict(
            claim=Claim(start=0, end=len(task.statement), text=task.statement),
            verdict=verdict,
            probability=probability,
            objections=() if layer is None else (objection,),
        )
        return StatementVerdict(id=task.id, verdict=verdict, claims=(claim,))


def weak(task: Task) -> tuple[Verdict, Layer | None]:
    """Sees digits for certain, the judge doubts "not", and "judgment" is refused wrongly."""
    if "17" in task.statement:
        return "unsupported", "facts"
    if "not" in task.statement:
        return "unclear", "judge"
    return ("partly", "judge") if "judgment" in task.statement else ("supported", None)


def test_counts_what_is_caught_by_kind_and_what_is_refused() -> None:
    report = mutations.evaluate(SET, Scripted(weak))
    values = {(f.metric, f.group): (f.value, f.n) for f in report.figures}
    assert values == {
        ("caught", ""): (2 / 3, 3),
        ("caught", "digit"): (1.0, 1),
        ("caught", "unit"): (0.0, 1),
        ("caught", "negation"): (1.0, 1),
        ("refused", ""): (0.0, 1),
        ("paraphrases_refused", ""): (0.5, 2),
        ("caught_by_resolution", ""): (0.0, 2),
        ("caught_by_facts", ""): (0.5, 2),
        ("caught_by_judge", ""): (0.5, 2),
    }
    digit = report.figure("caught", "digit")
    assert digit is not None
    assert digit.low is not None
    assert digit.low < 0.3  # one item says little


def test_the_baseline_sees_capitals_and_numbers_only() -> None:
    report = mutations.evaluate(SET, Scripted(weak))
    assert [f.baseline for f in report.figures if f.metric == "caught"] == [1 / 3, 1.0, 0.0, 0.0]
    refused = report.figure("paraphrases_refused")
    assert refused is not None
    assert refused.baseline == 0.0


def test_the_checker_gets_the_cited_passages_apart_from_the_rest() -> None:
    checker = Scripted(weak)
    mutations.evaluate(SET, checker)
    task = checker.tasks[0]
    assert [g.id for g in task.cited] == ["court.p2"]
    assert [g.id for g in task.rest] == ["court.p1", "court.p3"]
    assert {g.published for g in (*task.cited, *task.rest)} == {"2023-02-03"}
    assert task.cited[0].text == COURT.passages[1]


def test_quotes_are_judged_by_their_words_and_speakers() -> None:
    words = "We heard a long scrape and then the lights went out"
    chosen = MutationSet(
        documents=DOCUMENTS,
        items=(
            quotation(1, "true", words, "Anna Berg"),
            quotation(2, "quote", words.replace("long", "lung"), "Anna Berg"),
            quotation(3, "speaker", words, "Peter Lund"),
        ),
    )
    checker = Scripted(weak)
    report = mutations.evaluate(chosen, checker)
    assert checker.tasks == []
    assert [i.verdict.verdict for i in report.items if i.verdict] == [
        "supported",
        "unsupported",
        "unsupported",
    ]
    assert {f.metric for f in report.figures} == {"caught", "refused"}


def test_a_bug_on_one_item_costs_only_that_item() -> None:
    def breaks(task: Task) -> tuple[Verdict, Layer | None]:
        if "days" in task.statement:
            raise InternalError("an invariant does not hold")
        return weak(task)

    report = mutations.evaluate(SET, Scripted(breaks))
    assert [i.error for i in report.items if i.error] == ["an invariant does not hold"]
    caught = report.figure("caught")
    assert caught is not None
    assert (caught.value, caught.n) == (1.0, 2)
    unit = report.figure("caught", "unit")
    assert unit is not None
    assert unit.value is None
    assert "1 items could not be judged" in report.notes[-1]


def test_a_report_is_scored_again_from_its_items() -> None:
    report = mutations.evaluate(SET, Scripted(weak))
    bare = report.model_copy(update={"figures": ()})
    assert mutations.rescore(bare).figures == report.figures


def test_what_will_be_measured_is_known_before() -> None:
    report = mutations.evaluate(SET, Scripted(weak))
    known = mutations.measured(SET)
    assert {(f.metric, f.group) for f in report.figures} <= known
    assert ("caught", "role") not in known


def test_progress_ends_with_all_items() -> None:
    seen: list[tuple[int, int]] = []
    mutations.evaluate(SET, Scripted(weak), progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (6, 6)


def test_the_frozen_set_of_the_repository_is_sound() -> None:
    found = load(Path(__file__).parents[2] / "evals" / "mutations")
    assert len(found.items) >= 200
    changed = [i for i in found.items if not i.supported and i.kind != "citation"]
    assert [i.id for i in changed if i.text == i.original] == []
    passages = {document.id: document.passages for document in found.documents}
    for each in (i for i in found.items if i.kind == "true" and i.quote):
        cited = " ".join(passages[each.document][number - 1] for number in each.passages)
        assert each.quote in cited, each.id


# From files.


def test_a_briefing_gives_its_statements_and_needs_its_texts(tmp_path: Path) -> None:
    made = Briefing(title="t", sources=(source(1, FERRY.text),), run=run())
    briefing_file.save(made, tmp_path / "b.json")
    material = material_of([str(tmp_path / "b.json")])
    assert [d.id for d in material.documents] == ["S1"]
    assert material.origins == ()
    bare = source(1, FERRY.text).model_copy(update={"text": None})
    briefing_file.save(Briefing(title="t", sources=(bare,), run=run()), tmp_path / "c.json")
    with pytest.raises(DocumentError, match="the text of S1 is not in this briefing"):
        material_of([str(tmp_path / "c.json")])


def test_documents_give_their_sentences(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(FERRY.text, encoding="utf-8")
    material = material_of([str(tmp_path / "ferry.txt")])
    assert any(o.text.startswith("The coast guard arrested Peter Lund") for o in material.origins)


# The command.


def command() -> typer.Typer:
    app = typer.Typer()
    app.command()(eval_mutations.mutations)
    return app


def invoke(*arguments: str, judged: list[bool] | None = None) -> tuple[int, str, str]:
    @contextmanager
    def opened(settings: Settings, judge: bool) -> Iterator[Scripted]:  # noqa: ARG001
        if judged is not None:
            judged.append(judge)
        yield Scripted(weak)

    result = runner.invoke(command(), arguments, obj=eval_bench.Bench(opened))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def frozen(tmp_path: Path) -> str:
    folder = tmp_path / "frozen"
    folder.mkdir()
    (folder / "a.yaml").write_text(SET.model_dump_json(), encoding="utf-8")  # JSON is YAML
    return str(folder)


def test_the_command_reports_and_fails_under_a_limit(frozen: str) -> None:
    code, out, _ = invoke("--frozen", frozen, "--format", "json", "--fail-under", "caught=0.5")
    assert code == 0
    assert json.loads(out)["kind"] == "mutations"
    code, _, err = invoke("--frozen", frozen, "--fail-under", "caught@unit=0.5")
    assert code == 3
    assert "caught@unit is 0; it must be at least 0.5" in err
    assert invoke("--frozen", frozen, "--fail-over", "refused=0.03")[0] == 0
    assert invoke("--frozen", frozen, "--fail-over", "paraphrases_refused=0.05")[0] == 3


def test_the_command_takes_kinds_and_says_which_there_are(frozen: str) -> None:
    code, out, _ = invoke("--frozen", frozen, "--kinds", "digit,true", "--list")
    assert code == 0
    assert out.count("court ¶2") == 2
    code, _, err = invoke("--frozen", frozen, "--kinds", "digits")
    assert code == 2
    assert "'digits' is none of" in err


def test_the_command_lists_without_a_checker(frozen: str) -> None:
    judged: list[bool] = []
    code, out, _ = invoke("--frozen", frozen, "--list", "--format", "json", judged=judged)
    assert (code, judged) == (0, [])
    assert MutationSet.model_validate_json(out) == SET
    place = Path(frozen).parent / "items.json"
    assert invoke("--frozen", frozen, "--list", "-o", str(place))[:2] == (0, "")
    assert MutationSet.model_validate_json(place.read_text(encoding="utf-8")) == SET


def test_no_model_leaves_the_judge_out(frozen: str) -> None:
    judged: list[bool] = []
    invoke("--frozen", frozen, "--no-model", judged=judged)
    invoke("--frozen", frozen, judged=judged)
    assert judged == [False, True]
    assert invoke("--frozen", frozen, "--no-model", "--model", "m")[0] == 2


def test_the_command_makes_items_from_documents(tmp_path: Path) -> None:
    paper = tmp_path / "court.txt"
    paper.write_text(COURT.text, encoding="utf-8")
    code, out, err = invoke(str(paper), "--count", "2", "--kinds", "unit,role", "--list")
    assert code == 0
    assert "unit-S1" in out
    assert "of 2 could be made" in err
    assert invoke(str(paper), "--count", "2", "--kinds", "unit", "--list")[1] in out


def test_no_frozen_set_is_explained(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="there is no folder"):
        invoke("--frozen", str(tmp_path / "none"))
