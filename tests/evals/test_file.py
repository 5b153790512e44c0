"""Figures and verdicts of one document, with a checker that only compares words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given as given_value
from hypothesis import strategies as st

from briefing import document
from briefing.errors import ModelMissing
from briefing.evals import alce
from briefing.evals.file import evaluate, rescore
from briefing.evals.file_figures import METRICS
from briefing.evals.given import given
from briefing.evals.plain import load
from briefing.evals.quotes import difference, inner_quotations
from briefing.evals.report import EvalReport, Item
from briefing.grounding.verdicts import Ground, StatementVerdict, Task
from tests.evals.subjects import WordChecker, write_sources
from tests.example import example

SOURCES = "\n\n## Sources\n\n1. ferry.txt\n2. inquiry.txt\n"


def judged(folder: Path, text: str, checker: WordChecker | None = None) -> EvalReport:
    write_sources(folder)
    (folder / "a.md").write_text(text + SOURCES, encoding="utf-8")
    return evaluate(load(folder / "a.md"), checker or WordChecker())


def value(report: EvalReport, metric: str) -> tuple[float | None, int]:
    figure = report.figure(metric)
    assert figure is not None
    return figure.value, figure.n


def only(report: EvalReport, kind: str) -> Item:
    (item,) = [item for item in report.items if item.kind == kind]
    return item


def test_a_good_document_has_good_figures(tmp_path: Path) -> None:
    text = (
        "The ferry Solveig ran aground off Kell at dawn [S1 ¶2]. "
        "Investigators recovered the voyage recorder on Saturday [S2 ¶2].\n\n"
        "“The chart was eleven years old,” — Jonas Brekke [S2 ¶3]\n"
    )
    report = judged(tmp_path, text)
    for metric in ("citation_validity", "citation_recall", "citation_precision", "citation_f1",
                   "supported", "quote_exactness", "speaker_support", "coverage",
                   "sources_cited"):  # fmt: skip
        assert value(report, metric)[0] == 1.0, metric
    assert value(report, "unsupported_words") == (0.0, 11)
    assert value(report, "withheld") == (None, 0)
    recall = report.figure("citation_recall")
    assert recall is not None
    assert recall.low is not None
    assert 0.2 < recall.low < 0.5  # two statements prove little
    assert [figure.metric for figure in report.figures] == list(METRICS)


def test_wrong_citation_is_told_from_unsupported(tmp_path: Path) -> None:
    text = (
        "All passengers were taken ashore by noon [S1 ¶2]. "
        "The ferry carried explosives [S1 ¶2]. The operator declined to comment."
    )
    report = judged(tmp_path, text)
    assert value(report, "wrong_citation") == pytest.approx((2 / 3, 3))
    assert value(report, "unsupported") == pytest.approx((1 / 3, 3))
    assert value(report, "coverage") == pytest.approx((2 / 3, 3))
    assert value(report, "citation_recall") == (0.0, 3)
    first, second, third = report.items[:3]
    assert "supported by S1 ¶3, not cited" in first.reasons
    assert second.verdict is not None
    assert [o.words for o in second.verdict.objections] == ["carried", "explosives"]
    assert third.reasons == ("it cites nothing", "supported by S2 ¶4, not cited")
    assert value(report, "unsupported_words")[0] == pytest.approx(
        sum(i.scores["unsupported_words"] for i in (first, second, third))
        / sum(i.scores["content_words"] for i in (first, second, third))
    )
    assert (second.scores["unsupported_words"], second.scores["content_words"]) == (2, 3)


@pytest.mark.parametrize(
    ("citation", "reason"),
    [
        ("[3]", "there is no such source"),
        ("[S1 ¶9]", "the source has 4 paragraphs"),
        ("[^x]", "there is no such source"),
        ("[^w]", "“212 sailors” is not in the source"),
        ("[^p]", "“212 people” is in paragraph 2, not there"),
    ],
)
def test_citations_that_lead_nowhere(tmp_path: Path, citation: str, reason: str) -> None:
    notes = (
        "\n\n[^w]: ferry.txt, paragraph 2: “212 sailors”\n"
        "[^p]: ferry.txt, paragraph 3: “212 people”"
    )
    report = judged(tmp_path, f"The ferry ran aground {citation}.{notes}")
    assert value(report, "citation_validity") == (0.0, 1)
    item = only(report, "statement")
    assert any(reason in each for each in item.reasons)
    assert (item.scores["recall"], item.scores["judged"], item.scores["precise"]) == (0, 1, 0)


def ground(name: str, text: str) -> tuple[Ground, ...]:
    return (Ground(id=name, text=text),)


def test_alce_asks_for_no_more_than_it_needs() -> None:
    full, half, other, idle = (
        ground("full", "alpha beta"), ground("half", "alpha"), ground("other", "beta"),
        ground("idle", "gamma"),
    )  # fmt: skip
    cases = {
        "one": ((full,), True, (True,), 1),
        "pair": ((half, other), True, (True, True), 3),
        "either": ((full, full), True, (True,), 1),
        "idle": ((full, idle), True, (True, False), 3),
        # alone "half" does not support it, and the rest without it does
        "three": ((full, half, other), True, (True, False, False), 6),
        "none": ((idle, half), False, (False, False), 1),
        "nowhere": (((), full), True, (False, True), 1),
        "nothing": ((), False, (), 0),
    }
    for name, (groups, recall, precise, asked) in cases.items():
        checker = WordChecker()
        (found,) = alce.judge([alce.Cited(name, "alpha beta", groups)], checker)
        assert (found.recall, found.precise) == (recall, precise), name
        assert sum(map(len, checker.asked)) == asked, name
        assert len(checker.asked) <= 3


class Oracle:
    """Supports what it is told to, for each set of passages, however little sense that makes."""

    def __init__(self, supported: frozenset[frozenset[str]]) -> None:
        self.supported = supported

    def says(self, groups: Iterable[tuple[Ground, ...]]) -> bool:
        return frozenset(g.id for group in groups for g in group) in self.supported

    def check(self, tasks: Sequence[Task], progress: object = None) -> list[StatementVerdict]:
        assert progress is None
        return [
            StatementVerdict(
                id=task.id, verdict="supported" if self.says([task.cited]) else "unclear"
            )
            for task in tasks
        ]


SETS = st.frozensets(st.sampled_from("abcd"), min_size=1)


@given_value(st.lists(SETS, max_size=4, unique=True), st.frozensets(SETS))
def test_alce_is_its_definition(
    sets: list[frozenset[str]], supported: frozenset[frozenset[str]]
) -> None:
    groups = [tuple(Ground(id=name, text=name) for name in sorted(each)) for each in sets]
    oracle = Oracle(supported)
    (found,) = alce.judge([alce.Cited("x", "x", tuple(groups))], oracle)
    recall = oracle.says(groups)
    irrelevant = [
        not oracle.says([group]) and oracle.says([g for g in groups if g != group])
        for group in groups
    ]
    assert found.recall == recall
    assert found.precise == tuple(recall and not each for each in irrelevant)


def test_statements_are_asked_in_batches(tmp_path: Path) -> None:
    checker = WordChecker()
    text = "The ferry ran aground [S1 ¶2]. All passengers were taken ashore [S1 ¶2; S1 ¶3]."
    judged(tmp_path, text, checker)
    assert [len(batch) for batch in checker.asked] == [2, 2]
    first = checker.asked[0][0]
    assert [g.id.rsplit(".", 1)[0] for g in first.cited] == ["S1.p2"]
    assert [g.id.rsplit(".", 1)[0] for g in first.rest] == ["S1.p1", "S1.p3", "S1.p4"]


def test_a_crash_on_one_statement_costs_only_that_one(tmp_path: Path) -> None:
    text = "The ferry ran aground [S1 ¶2]. The operator declined to comment [S2 ¶4]."
    report = judged(tmp_path, text, WordChecker(fails="operator"))
    good, bad = report.items[:2]
    assert good.scores["supported"] == 1.0
    assert bad.error == "ValueError: the checker stumbles"
    assert "supported" not in bad.scores
    assert "recall" not in bad.scores
    assert value(report, "supported") == (1.0, 1)
    assert any("1 items could not be judged" in note for note in report.notes)


class NoModel:
    """A checker that cannot work at all."""

    def check(self, tasks: Sequence[Task], progress: object = None) -> list[StatementVerdict]:
        raise ModelMissing(f"no model for {len(tasks)} tasks of {progress}")


def test_a_missing_model_ends_the_run(tmp_path: Path) -> None:
    write_sources(tmp_path)
    (tmp_path / "a.md").write_text(f"It sank [1].{SOURCES}", encoding="utf-8")
    with pytest.raises(ModelMissing):
        evaluate(load(tmp_path / "a.md"), NoModel())


@pytest.mark.parametrize(
    ("words", "exact", "reason"),
    [
        ("We never felt in danger, not for a minute,", True, ""),
        ("we never felt in danger", False, "only case, marks or punctuation differ: {we → We}"),
        ("We never felt in danger, not for an hour", False, "{an hour → a minute}"),
        ("The chart was eleven years old", False, "stand in S2, which is not cited"),
        ("Nobody warned us about the rocks", False, "no cited source has anything like"),
        ("We never felt in dang", False, "danger"),
    ],
)
def test_quotes_are_exact_to_the_character(
    tmp_path: Path, words: str, exact: bool, reason: str
) -> None:
    report = judged(tmp_path, f"“{words}” [1]")
    item = only(report, "quote")
    assert item.scores["exact"] == exact
    assert item.verdict is not None
    assert reason in item.verdict.reason
    assert value(report, "quote_exactness") == (float(exact), 1)


def test_quotations_inside_statements_are_items_of_their_own(tmp_path: Path) -> None:
    text = "Passengers “never felt in danger,” and “the chart was 11 years old” [1][2]."
    report = judged(tmp_path, text)
    good, bad = [item for item in report.items if item.kind == "quotation"]
    assert (good.text, good.scores["exact"]) == ("never felt in danger,", 1.0)
    assert bad.verdict is not None
    assert "{the chart → The chart}" in bad.verdict.reason or "{11 → eleven}" in bad.verdict.reason
    assert good.cluster == bad.cluster == "s1"
    assert value(report, "quote_exactness") == (0.5, 2)


def test_white_space_and_the_last_comma_are_not_compared() -> None:
    assert inner_quotations("She called it “a  fine\nday,” twice.") == ("a  fine\nday,",)
    assert difference("the tall wall fell", "the high wall fell over") == (
        "the {tall → high} wall fell {+ over}"
    )
    assert difference("it really fell", "it fell") == "it {− really} fell"


@pytest.mark.parametrize(
    ("speaker", "score", "reason"),
    [
        ("Marta Lindqvist", "speaker_same", "the source names Marta Lindqvist"),
        ("Ms. Lindqvist", "speaker_same", ""),
        ("Marta Lindqvist, a teacher", "speaker_same", ""),
        ("Jonas Brekke", "speaker_other", "the source names Marta Lindqvist, not Jonas Brekke"),
        ("speaker not established", "speaker_open", "names no speaker"),
    ],
)
def test_speakers_are_those_of_the_source(
    tmp_path: Path, speaker: str, score: str, reason: str
) -> None:
    report = judged(tmp_path, f"“We never felt in danger” — {speaker} [1]")
    item = only(report, "quote")
    assert item.scores[score] == 1.0
    assert item.verdict is not None
    assert reason in item.verdict.reason
    assert value(report, "speaker_not_named") == (float(score == "speaker_open"), 1)


def test_words_that_nobody_speaks_have_no_speaker_in_the_source(tmp_path: Path) -> None:
    report = judged(tmp_path, "“The operator declined to comment” — Jonas Brekke [2]")
    item = only(report, "quote")
    assert item.scores["speaker_none"] == 1.0
    assert item.verdict is not None
    assert item.verdict.verdict == "unclear"
    assert "not as speech" in item.verdict.reason


def saved(folder: Path) -> Path:
    """The example briefing as a file, with paragraphs as the splitter numbers them."""
    document.save(example(), folder / "b.json")
    return folder / "b.json"


def test_our_own_briefing_file(tmp_path: Path) -> None:
    report = evaluate(load(saved(tmp_path)), WordChecker())
    assert value(report, "citation_validity")[0] == 1.0
    assert value(report, "quote_exactness") == (1.0, 2)
    assert value(report, "speaker_support") == (1.0, 1)
    assert value(report, "withheld") == pytest.approx((1 / 8, 8))
    assert {item.section for item in report.items if item.kind == "statement"} == {
        "outcomes",
        "open_questions",
        "disagreements",
    }


def test_a_changed_text_breaks_its_citations(tmp_path: Path) -> None:
    briefing = example()
    first, *others = briefing.sources
    changed = first.model_copy(update={"text": first.body.replace("two of the four", "all the")})
    document.save(example(sources=(changed, *others)), tmp_path / "b.json")
    report = evaluate(load(tmp_path / "b.json"), WordChecker())
    opened = next(item for item in report.items if item.id == "out-1")
    assert any("does not have the recorded hash" in reason for reason in opened.reasons)
    assert (opened.scores["citations"], opened.scores["resolved"]) == (2, 1)


def test_a_statement_that_is_not_its_evidence_is_told(tmp_path: Path) -> None:
    outcome = example().outcomes[0].model_copy(update={"statement": "Engineers opened a gate."})
    document.save(example(outcomes=(outcome,), bottom_line=()), tmp_path / "b.json")
    report = evaluate(load(tmp_path / "b.json"), WordChecker())
    assert report.items[0].reasons[0] == "verbatim: it is not the words of its evidence"


def test_a_briefing_cannot_make_us_read_files_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text("The code is 1234.", encoding="utf-8")
    sources = [
        s.model_copy(update={"path": str(secret), "text": None}) for s in example().sources[:1]
    ]
    document.save(example(sources=(*sources, *example().sources[1:])), tmp_path / "in" / "b.json")
    subject = load(tmp_path / "in" / "b.json")
    assert "S1" in subject.missing
    assert all("1234" not in (source.text or "") for source in subject.sources)


def test_originals_are_found_by_their_hash(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    bare = [s.model_copy(update={"text": None}) for s in example().sources]
    for number, whole in enumerate(example().sources):
        (tmp_path / "docs" / f"renamed-{number}.txt").write_text(whole.body, encoding="utf-8")
    document.save(example(sources=tuple(bare)), tmp_path / "b.json")
    subject = load(tmp_path / "b.json", given((), tmp_path / "docs"))
    assert [s.id for s in subject.sources] == ["S1", "S2"]  # the third claims to be a PDF
    assert subject.missing.keys() == {"S3"}


def test_scoring_again_needs_the_items_alone(tmp_path: Path) -> None:
    report = judged(tmp_path, "The ferry ran aground [S1 ¶2]. The ferry flew [S1 ¶2][S2].")
    again = rescore(EvalReport.model_validate_json(report.model_dump_json()))
    assert again.figures == report.figures
    emptied = report.model_copy(update={"items": report.items[:1]})
    assert value(rescore(emptied), "supported") == (1.0, 1)
