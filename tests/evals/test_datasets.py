"""Published formats and our own: what they are read into, and how their mistakes are explained."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from briefing.errors import UserError
from briefing.evals.datasets.files import Wanted, read_folder
from briefing.evals.datasets.formats import passages_of
from briefing.evals.datasets.values import Labelled
from tests.evals.labelled import FRANK, GENERIC, PAGE, SUMMEDITS, WICE, lines, listed, tyres


def only(folder: Path, split: str | None = None) -> Labelled:
    (labelled,) = read_folder(folder, Wanted(split=split)).sets
    (item,) = labelled.items
    return item


def test_wice(tmp_path: Path) -> None:
    part = {**WICE, "label": "partially_supported", "meta": {"id": "dev2"}}
    none = {**WICE, "label": "not_supported", "supporting_sentences": [[]], "meta": {"id": "dev3"}}
    lines(tmp_path / "data/entailment_retrieval/claim/dev.jsonl", [WICE, part, none])
    (labelled,) = read_folder(tmp_path).sets
    assert labelled.name == "wice"
    assert [(i.id, i.label, i.split) for i in labelled.items] == [
        ("dev1", True, "dev"),
        ("dev2", False, "dev"),
        ("dev3", False, "dev"),
    ]
    first = labelled.items[0]
    assert first.passages == tuple(PAGE)
    assert first.evidence == (frozenset({1}), frozenset({1, 2}))
    assert labelled.items[2].evidence == ()
    assert len({i.document for i in labelled.items}) == 1


def test_wice_subclaims_are_a_set_of_their_own(tmp_path: Path) -> None:
    lines(tmp_path / "claim/test.jsonl", [WICE])
    lines(tmp_path / "subclaim/test.jsonl", [WICE])
    assert [each.name for each in read_folder(tmp_path).sets] == ["wice", "wice-subclaims"]


def test_summedits_keeps_the_lines_of_a_dialogue(tmp_path: Path) -> None:
    edited = {**SUMMEDITS, "id": "x", "label": 0, "edit_types": ["entity_modification"]}
    listed(tmp_path / "summedits_sport.json", [SUMMEDITS, edited])
    (labelled,) = read_folder(tmp_path).sets
    assert (labelled.name, labelled.dataset) == ("summedits/sport", "summedits")
    assert [(i.label, i.kind) for i in labelled.items] == [
        (True, ""),
        (False, "entity_modification"),
    ]
    assert labelled.items[0].passages == (
        "Referee: Second half.",
        "Nilsson scored twice for Orre.",
        "The cup final is on 9 May.",
    )


def test_a_dialogue_on_one_line_is_cut_into_turns() -> None:
    told = "Ida: Did they rule? . Omar Lund: Yes. They did. . Ida: Good: finally. "
    turns = ("Ida: Did they rule?", "Omar Lund: Yes. They did.", "Ida: Good: finally.")
    assert passages_of(told) == turns
    assert passages_of(" \n ") == (" \n ",)


def test_frank(tmp_path: Path) -> None:
    doubtful = {**FRANK, "model_name": "pgn", "factuality": 0.75}
    xsum = {**FRANK, "hash": "123", "dataset": "bbc"}
    lines(tmp_path / "valid.jsonl", [FRANK, doubtful, xsum])
    bbc, cnndm = read_folder(tmp_path).sets
    assert (bbc.name, cnndm.name) == ("frank/bbc", "frank/cnndm")
    assert [(i.id[-4:], i.label, i.kind) for i in cnndm.items] == [
        ("bart", True, "bart"),
        ("-pgn", False, "pgn"),
    ]
    assert cnndm.items[0].split == "dev"
    assert len(cnndm.items[0].passages) == 2


def test_frank_as_published_is_joined_by_article_and_system(tmp_path: Path) -> None:
    text = {key: value for key, value in FRANK.items() if key not in {"factuality", "dataset"}}
    judged = {"hash": FRANK["hash"], "model_name": "bart", "Factuality": 0.5}
    listed(tmp_path / "benchmark_data.json", [text])
    listed(tmp_path / "human_annotations.json", [judged])
    assert only(tmp_path).label is False
    listed(tmp_path / "human_annotations.json", [])
    with pytest.raises(UserError, match="record 1 has no judgement in human_annotations"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("label", "truth"),
    [(True, True), (False, False), ("supported", True), ("partly", False), ("unclear", False)],
)
def test_generic_labels(tmp_path: Path, label: bool | str, truth: bool) -> None:
    lines(tmp_path / "firms.jsonl", [{**GENERIC, "label": label}])
    item = only(tmp_path)
    assert (item.id, item.label, item.document) == ("firms:1", truth, "velora")


@pytest.mark.parametrize("given", [[0, 1], [[0, 1]]])
def test_generic_evidence_is_one_set_or_several(tmp_path: Path, given: list[object]) -> None:
    lines(tmp_path / "firms.jsonl", [{**GENERIC, "evidence": given}])
    assert only(tmp_path).evidence == (frozenset({0, 1}),)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"label": "maybe"}, "one of: supported, partly"),
        ({"label": 1}, "a label is true, false"),
        ({"evidence": [2]}, "evidence 2 is no index of the 2 passages"),
        ({"evidense": [0]}, "evidense"),
        ({"claim": ""}, "claim"),
        ({"passages": []}, "passages"),
        ({"group": None}, "group"),
    ],
)
def test_a_mistake_names_file_and_line(
    tmp_path: Path, wrong: dict[str, object], words: str
) -> None:
    path = lines(tmp_path / "firms.jsonl", [GENERIC, {**GENERIC, **wrong}])
    with pytest.raises(UserError) as caught:
        read_folder(tmp_path)
    assert f"{path}, line 2: " in caught.value.message
    assert words in caught.value.message
    assert "claim, passages, label, group" in caught.value.hint


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    path = lines(tmp_path / "firms.jsonl", [GENERIC])
    path.write_text(path.read_text(encoding="utf-8") + "\n{broken\n", encoding="utf-8")
    with pytest.raises(UserError, match="line 3 is not JSON"):
        read_folder(tmp_path)


def test_a_line_separator_inside_a_text_breaks_no_line(tmp_path: Path) -> None:
    odd = {**GENERIC, "claim": "Velora\u2028closed."}
    text = json.dumps(odd, ensure_ascii=False) + "\n"
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    assert only(tmp_path).statement == "Velora\u2028closed."


def test_wice_evidence_outside_the_page(tmp_path: Path) -> None:
    lines(tmp_path / "claim_dev.jsonl", [{**WICE, "supporting_sentences": [[4]]}])
    with pytest.raises(UserError, match="evidence 4 is no index of the 4 passages"):
        read_folder(tmp_path)


def test_a_folder_without_labelled_statements_says_what_was_looked_for(tmp_path: Path) -> None:
    lines(tmp_path / "other.jsonl", [{"claim_tokens": ["a"], "evidence": []}])
    (tmp_path / "notes.json").write_text('{"a": [1', encoding="utf-8")
    with pytest.raises(UserError, match="holds no labelled statements") as caught:
        read_folder(tmp_path)
    assert "WiCE" in caught.value.hint
    assert "human_annotations.json" in caught.value.hint
    with pytest.raises(UserError, match="does not exist"):
        read_folder(tmp_path / "none")


def test_other_files_are_named_and_hidden_ones_left_alone(tmp_path: Path) -> None:
    lines(tmp_path / "firms.jsonl", [GENERIC])
    lines(tmp_path / "tokens.jsonl", [{"claim_tokens": ["a"]}])
    lines(tmp_path / ".git/firms.jsonl", [GENERIC])
    found = read_folder(tmp_path)
    assert found.unknown == ("tokens.jsonl",)
    digest = hashlib.sha256((tmp_path / "firms.jsonl").read_bytes()).hexdigest()
    assert found.files == {"firms.jsonl": digest}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = lines(tmp_path / "outside.jsonl", [GENERIC])
    folder = lines(tmp_path / "in/firms.jsonl", [GENERIC]).parent
    (folder / "more.jsonl").symlink_to(outside)
    assert list(read_folder(folder).files) == ["firms.jsonl"]


def test_the_same_id_twice_is_a_mistake(tmp_path: Path) -> None:
    lines(tmp_path / "claim/dev.jsonl", [WICE])
    lines(tmp_path / "copy/dev.jsonl", [WICE])
    with pytest.raises(UserError, match=r"in claim/dev.jsonl and in copy/dev.jsonl"):
        read_folder(tmp_path)


def test_training_data_are_read_only_if_named(tmp_path: Path) -> None:
    lines(tmp_path / "claim/train.jsonl", [{**WICE, "meta": {"id": "train1"}}])
    with pytest.raises(UserError, match="nothing but training data"):
        read_folder(tmp_path)
    lines(tmp_path / "claim/dev.jsonl", [WICE])
    assert only(tmp_path).id == "dev1"
    assert only(tmp_path, "train").id == "train1"
    with pytest.raises(UserError, match="no split 'test'") as caught:
        read_folder(tmp_path, Wanted(split="test"))
    assert "dev, train" in caught.value.hint


def test_datasets_are_chosen_by_name(tmp_path: Path) -> None:
    lines(tmp_path / "claim_dev.jsonl", [WICE])
    for domain in ("sport", "court"):
        listed(tmp_path / f"summedits_{domain}.json", [SUMMEDITS])
    names = [s.name for s in read_folder(tmp_path, Wanted(dataset="summedits")).sets]
    assert names == ["summedits/court", "summedits/sport"]
    (one,) = read_folder(tmp_path, Wanted(dataset="summedits/sport")).sets
    assert one.name == "summedits/sport"
    with pytest.raises(UserError, match="no dataset 'sport'") as caught:
        read_folder(tmp_path, Wanted(dataset="sport"))
    assert "summedits/court, summedits/sport, wice" in caught.value.hint


def test_a_sample_is_spread_over_documents_and_seeded(tmp_path: Path) -> None:
    rows = [{**row, "group": f"doc{index // 10}"} for index, row in enumerate(tyres(40))]
    lines(tmp_path / "tyres.jsonl", rows)

    def drawn(seed: int) -> tuple[Labelled, ...]:
        return read_folder(tmp_path, Wanted(limit=8, seed=seed)).sets[0].items

    assert len(drawn(0)) == 8
    assert drawn(0) == drawn(0) != drawn(1)
    counts = [sum(item.document == f"doc{number}" for item in drawn(0)) for number in range(4)]
    assert counts == [2, 2, 2, 2]
    order = [int(item.id[1:]) for item in drawn(0)]
    assert order == sorted(order)
