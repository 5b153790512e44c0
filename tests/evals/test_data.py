"""``briefing eval data``: from labelled statements and a scripted checker to figures and exits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from briefing.cli import console
from briefing.cli.eval_bench import Bench
from briefing.cli.eval_data import data
from briefing.cli.eval_score import score
from briefing.config import Settings
from briefing.errors import UserError
from briefing.evals import baseline, rescoring, thresholds
from briefing.evals import data as evaluation
from briefing.evals.data_figures import tree
from briefing.evals.datasets.files import read_folder
from briefing.evals.report import EvalReport, Kind
from briefing.grounding.verdicts import Checker, Ground, Task
from briefing.types import Verdict
from tests.evals.labelled import SUMMEDITS, WICE, Scripted, knows, lines, listed, tyres

runner = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lines(tmp_path / "sets" / "tyres.jsonl", tyres(24)).parent


def evaluated(folder: Path, checker: Checker) -> EvalReport:
    return evaluation.evaluate(read_folder(folder).sets, checker)


def value(report: EvalReport, metric: str, group: str) -> float | None:
    figure = report.figure(metric, group)
    assert figure is not None, (metric, group)
    return figure.value


def test_a_right_checker_is_right_in_every_figure(folder: Path) -> None:
    report = evaluated(folder, Scripted(knows))
    for metric in ("balanced_accuracy", "auc", "verdict_accuracy", "verdict_precision"):
        assert value(report, metric, "tyres") == 1.0
    assert value(report, "brier", "tyres") == pytest.approx(0.01)
    assert value(report, "ece", "tyres") == pytest.approx(0.1)
    assert value(report, "share_unclear", "tyres") == 0.0
    assert value(report, "evidence_hit_rate", "tyres") == 1.0
    assert value(report, "grounds_used", "tyres") == 1.0


def test_a_wrong_checker_is_wrong(folder: Path) -> None:
    def wrong(task: Task) -> tuple[Verdict, float | None]:
        return ("unsupported", 0.2) if "two" in task.statement else ("supported", 0.8)

    report = evaluated(folder, Scripted(wrong))
    assert value(report, "auc", "tyres") == 0.0
    assert value(report, "verdict_recall", "tyres") == 0.0
    gain = report.figure("auc_gain", "tyres")
    assert gain is not None
    assert gain.high is not None
    assert gain.high < 0


def test_without_probabilities_verdicts_rank_and_calibration_is_unmeasured(folder: Path) -> None:
    report = evaluated(folder, Scripted(lambda task: (knows(task)[0], None)))
    assert value(report, "auc", "tyres") == 1.0
    brier, ece = report.figure("brier", "tyres"), report.figure("ece", "tyres")
    assert brier is not None
    assert ece is not None
    assert (brier.value, brier.n, ece.value, ece.n) == (None, 0, None, 0)
    assert report.curves == ()


def test_never_called_supported_leaves_precision_unmeasured(folder: Path) -> None:
    report = evaluated(folder, Scripted(lambda _: ("unclear", None)))
    assert value(report, "verdict_precision", "tyres") is None
    assert value(report, "share_unclear", "tyres") == 1.0
    assert value(report, "auc", "tyres") == 0.5


def test_evidence_counts_only_as_a_whole_set(tmp_path: Path) -> None:
    both = {**WICE, "supporting_sentences": [[0, 1]], "meta": {"id": "a"}}
    none = {**WICE, "supporting_sentences": [[]], "label": "not_supported", "meta": {"id": "b"}}
    either = {**WICE, "supporting_sentences": [[0], [1, 2]], "meta": {"id": "c"}}
    lines(tmp_path / "claim_dev.jsonl", [both, none, either])
    checker = Scripted(knows)  # uses the first passage only
    report = evaluated(tmp_path, checker)
    hit = report.figure("evidence_hit_rate", "wice")
    assert hit is not None
    assert (hit.value, hit.n) == (0.5, 2)
    assert [len(task.cited) for task in checker.tasks] == [4, 4, 4]


def test_published_figures_say_what_they_are_on(tmp_path: Path) -> None:
    lines(tmp_path / "claim_dev.jsonl", [WICE])
    figure = evaluated(tmp_path, Scripted(knows)).figure("balanced_accuracy", "wice")
    assert figure is not None
    assert figure.published["HHEM-2.1 (test, other split)"] == 0.759
    assert figure.value is None
    lines(tmp_path / "claim_dev.jsonl", []).rename(tmp_path / "empty.txt")
    lines(tmp_path / "claim_test.jsonl", [WICE])
    figure = evaluated(tmp_path, Scripted(knows)).figure("balanced_accuracy", "wice")
    assert figure is not None
    assert figure.published["HHEM-2.1 (test)"] == 0.759


def test_means_go_over_domains_and_then_datasets(folder: Path) -> None:
    assert tree(["b/x", "a", "b/y"]) == {
        "a": (),
        "b/x": (),
        "b/y": (),
        "b": ("b/x", "b/y"),
        "": ("a", "b"),
    }
    assert tree(["b/x"]) == {"b/x": ()}
    rows = [
        {**SUMMEDITS, "id": str(index), "doc": f"Cup {index // 2}.", "label": index % 2}
        for index in range(8)
    ]
    for domain in ("sport", "court"):
        listed(folder / f"summedits_{domain}.json", rows)
    report = evaluated(folder, Scripted(knows))
    parts = [value(report, "auc", f"summedits/{name}") for name in ("sport", "court")]
    assert parts == [0.5, 0.5]
    assert value(report, "auc", "summedits") == 0.5
    assert value(report, "auc", "") == 0.75
    assert value(report, "evidence_hit_rate", "") == 1.0
    assert report.figure("evidence_hit_rate", "summedits") is None


def test_what_will_be_measured_is_known_before(folder: Path) -> None:
    listed(folder / "summedits_sport.json", [SUMMEDITS])
    listed(folder / "summedits_court.json", [SUMMEDITS])
    sets = read_folder(folder).sets
    made = evaluation.evaluate(sets, Scripted(knows))
    assert evaluation.measured(sets) == thresholds.measured(made)


def test_progress_counts_statements_over_all_sets(folder: Path) -> None:
    listed(folder / "summedits_sport.json", [SUMMEDITS])
    seen: list[tuple[int, int]] = []
    sets = read_folder(folder).sets
    evaluation.evaluate(sets, Scripted(knows), progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (25, 25)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_saved_report_scores_the_same_without_a_model(folder: Path, tmp_path: Path) -> None:
    report = evaluated(folder, Scripted(knows))
    path = tmp_path / "r.json"
    path.write_text(report.model_copy(update={"figures": ()}).model_dump_json(), encoding="utf-8")
    again = rescoring.rescore(rescoring.load(path))
    assert [f.model_copy(update={"published": {}}) for f in report.figures] == list(again.figures)
    assert again.curves == report.curves
    flipped = tuple(i.model_copy(update={"label": not i.label}) for i in report.items)
    turned = rescoring.rescore(report.model_copy(update={"items": flipped}))
    assert value(turned, "verdict_accuracy", "tyres") == 0.0


@pytest.mark.parametrize("kind", list(rescoring.RESCORERS))
def test_each_kind_scores_a_report_of_nothing(kind: Kind) -> None:
    again = rescoring.rescore(EvalReport(kind=kind, title="nothing", figures=()))
    assert all(figure.value is None for figure in again.figures)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"kind": "data"}', "\xff"])
def test_what_is_no_report_is_explained(tmp_path: Path, text: str) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(UserError, match=r"r\.json is not an evaluation report"):
        rescoring.load(path)


def test_the_baselines_count_words() -> None:
    grounds = [
        Ground(id="1", text="Ines Duarte led 42 rescuers."),
        Ground(id="2", text="It rained."),
    ]
    assert baseline.names_and_numbers("Duarte led 42 people.", grounds) == 1.0
    assert baseline.names_and_numbers("Duarte led 43 people.", grounds) == 0.5
    assert baseline.names_and_numbers("somebody led.", grounds) == 1.0
    assert baseline.content("Rescuers led.", grounds) == 1.0
    assert baseline.content("Rescuers slept.", grounds) < 1.0
    right = baseline.lexical("Duarte led 42 rescuers.", grounds)
    assert right == 1.0 > baseline.lexical("Duarte led 43 firemen.", grounds) > 0.0
    assert baseline.lexical("Duarte led.", []) < 0.01


@pytest.mark.parametrize("text", ["auc", "auc=", "=1", "auc=high", "auc=nan", "@wice=1"])
def test_what_is_no_threshold_is_explained(text: str) -> None:
    with pytest.raises(UserError, match="is no threshold"):
        thresholds.parse(text)


def test_thresholds(folder: Path) -> None:
    report = evaluated(folder, Scripted(knows))

    def missed(text: str, *, most: bool = False) -> list[str]:
        return thresholds.below(report, [thresholds.parse(text, most=most)])

    assert missed("auc@tyres=1") == []
    assert missed("auc=1") == []  # one set: no other can be meant
    assert missed("auc@tyres=1.1") == ["auc@tyres is 1; it must be at least 1.1"]
    assert missed("brier@tyres=0.2", most=True) == []
    assert missed("brier=0.001", most=True) == ["brier is 0.01; it must be at most 0.001"]
    assert missed("seconds_per_claim=0", most=True) != []
    with pytest.raises(UserError, match="acc is not measured here") as caught:
        missed("acc=1")
    assert "verdict_accuracy" in caught.value.hint
    with pytest.raises(UserError, match="auc@wice is not measured") as caught:
        missed("auc@wice=1")
    assert "tyres" in caught.value.hint


def test_what_was_not_measured_has_not_passed(folder: Path) -> None:
    report = evaluated(folder, Scripted(lambda task: (knows(task)[0], None)))
    for most in (False, True):
        limit = thresholds.parse("brier@tyres=0", most=most)
        (message,) = thresholds.below(report, [limit])
        assert "was not measured" in message


def app(checker: Checker | None = None) -> typer.Typer:
    """The two commands behind the error boundary, as the real command line has them."""

    @contextmanager
    def opened(_: Settings, __: bool) -> Iterator[Checker]:
        assert checker is not None, "opened a checker before all mistakes were found"
        yield checker

    made = typer.Typer()

    @made.callback()
    def start(context: typer.Context) -> None:
        context.obj = Bench(opened)
        boundary: AbstractContextManager[None] = console.boundary()
        context.with_resource(boundary)

    made.command()(data)
    made.command()(score)
    return made


def test_the_command_prints_a_table_and_saves_the_report(folder: Path, tmp_path: Path) -> None:
    saved = tmp_path / "r.json"
    made = app(Scripted(knows))
    arguments = ["data", str(folder), "--json", str(saved), "--fail-under", "auc@tyres=0.9"]
    result = runner.invoke(made, arguments)
    assert result.exit_code == 0, result.output
    assert "balanced_accuracy" in result.stdout
    assert f"wrote {saved}\n" in result.stderr
    assert rescoring.load(saved).run["sha256 of tyres.jsonl"]
    assert str(tmp_path) not in saved.read_text(encoding="utf-8")
    again = runner.invoke(app(), ["score", str(saved), "--format", "json"])
    assert again.stdout == saved.read_text(encoding="utf-8")


def test_a_missed_limit_ends_with_3_after_the_report_is_written(
    folder: Path, tmp_path: Path
) -> None:
    page = tmp_path / "r.html"
    limits = ["--fail-over", "ece@tyres=0.01", "--fail-under", "auc=0.5"]
    result = runner.invoke(app(Scripted(knows)), ["data", str(folder), "-o", str(page), *limits])
    assert result.exit_code == 3
    assert "missed: ece@tyres is 0.1; it must be at most 0.01\n" in result.stderr
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--fail-under", "acuracy=1"], 2, "verdict_accuracy"),
        (["--fail-under", "auc"], 2, "METRIC@GROUP"),
        (["--format", "pdf"], 2, "markdown"),
        (["--limit", "0"], 2, "--limit"),
        (["--dataset", "wice"], 1, "There are: tyres."),
        (["-o", "none/r.md"], 1, "there is no folder none"),
    ],
)
def test_mistakes_are_found_before_the_checker_is_opened(
    folder: Path, arguments: list[str], status: int, words: str
) -> None:
    result = runner.invoke(app(), ["data", str(folder), *arguments])
    assert result.exit_code == status, result.output
    assert words in result.stderr


def test_an_interrupted_run_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    def interrupted(_: Task) -> tuple[Verdict, float | None]:
        raise KeyboardInterrupt

    saved, page = tmp_path / "r.json", tmp_path / "r.md"
    page.write_text("old", encoding="utf-8")
    arguments = ["data", str(folder), "--json", str(saved), "-o", str(page)]
    result = runner.invoke(app(Scripted(interrupted)), arguments)
    assert result.exit_code == 130
    assert not saved.exists()
    assert page.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.md", "sets"]


def test_score_knows_its_limits(folder: Path, tmp_path: Path) -> None:
    saved = tmp_path / "r.json"
    runner.invoke(app(Scripted(knows)), ["data", str(folder), "--json", str(saved)])
    missed = runner.invoke(app(), ["score", str(saved), "--fail-under", "auc=1.5"])
    assert missed.exit_code == 3
    unknown = runner.invoke(app(), ["score", str(saved), "--fail-under", "auk=1.5"])
    assert unknown.exit_code == 2
    assert "auc_gain" in unknown.stderr
    over = runner.invoke(app(), ["score", str(saved), "-o", str(saved)])
    assert over.exit_code == 1
    assert rescoring.load(saved).kind == "data"
