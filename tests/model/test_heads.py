"""Heads: rows of weights that read hidden states. No model is run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from briefing.errors import DocumentError
from briefing.model import heads
from briefing.model.jobs import EngineInfo, Failure, Job, Probe, Probed, Prompt, Result
from briefing.model.scripted import ScriptedEngine
from briefing.model.vectors import State, encode
from briefing.prompts import PromptSet
from briefing.resources import folder

SHA = "ab" * 32


def head(*weights: float, **more: dict[str, str]) -> heads.Head:
    row = encode([np.array(weights, np.float32)])[0]
    return heads.Head(depth=0.5, weights=row, bias=0.25, prompts={"read": "r"}, **more)


def info(sha256: str | None = SHA, *, probes: bool = True) -> EngineInfo:
    can = ("score", "probe") if probes else ("score",)
    return EngineInfo(model={"name": "m", "sha256": sha256}, settings={}, versions={}, can=can)


def write(place: Path, **made: heads.Head) -> Path:
    place.mkdir(exist_ok=True)
    file = place / f"{SHA[:16]}.json"
    whole = heads.Heads(model="m", model_sha256=SHA, heads=made)
    file.write_text(whole.model_dump_json(), encoding="utf-8")
    return file


def test_a_head_is_a_row_of_weights_and_a_bias() -> None:
    states: list[State] = [np.array([1, 2], np.float32), np.array([0, 0], np.float32)]
    assert head(2.0, -0.5).scores(states) == [1.25, 0.25]


def test_heads_are_for_one_model_and_for_the_words_that_lead_to_the_state(tmp_path: Path) -> None:
    write(tmp_path, outcome=head(1.0))
    assert set(heads.find(info(), {"read": "r", "outcome": "o"}, [tmp_path])) == {"outcome"}
    assert heads.find(info(), {"read": "changed"}, [tmp_path]) == {}
    assert heads.find(info("cd" * 32), {"read": "r"}, [tmp_path]) == {}
    assert heads.find(info(None), {"read": "r"}, [tmp_path]) == {}
    assert heads.find(info(probes=False), {"read": "r"}, [tmp_path]) == {}


def test_a_file_of_a_model_whose_hash_begins_alike_is_not_used(tmp_path: Path) -> None:
    write(tmp_path, outcome=head(1.0))
    alike = SHA[:16] + "0" * 48
    assert heads.place_of(info(alike), [tmp_path]) is not None
    assert heads.find(info(alike), {"read": "r"}, [tmp_path]) == {}


def test_all_heads_of_a_model_read_one_state() -> None:
    deeper = head(1.0).model_copy(update={"depth": 0.75})
    with pytest.raises(ValueError, match="one depth"):
        heads.Heads(model="m", model_sha256=SHA, heads={"outcome": head(1.0), "open": deeper})


@pytest.mark.parametrize("weights", ["", "%%%", "QQ"])
def test_weights_that_cannot_be_read_are_refused(weights: str) -> None:
    with pytest.raises(ValueError, match="weights"):
        heads.Head(depth=0.5, weights=weights, bias=0.0, prompts={})


def test_the_first_folder_that_has_heads_decides(tmp_path: Path) -> None:
    own, ours = tmp_path / "own", tmp_path / "ours"
    write(ours, outcome=head(1.0))
    own.mkdir()
    assert heads.place_of(info(), [own, ours]) == ours / f"{SHA[:16]}.json"
    write(own, open=head(2.0))
    assert set(heads.find(info(), {"read": "r"}, [own, ours])) == {"open"}
    assert heads.digest(info(), [own]) != heads.digest(info(), [ours])
    assert heads.digest(info(None), [own]) == ""


def test_a_changed_prompt_is_to_be_asked() -> None:
    made = head(1.0, instead_of={"outcome": "o"})
    assert made.stands_in({"read": "r", "outcome": "o"})
    assert not made.stands_in({"read": "r", "outcome": "mine"})


@pytest.mark.parametrize("text", ["", "{}", '{"model": "m"}', "[1]"])
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    write(tmp_path, outcome=head(1.0)).write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=SHA[:16]):
        heads.find(info(), {"read": "r"}, [tmp_path])


def test_states_are_read_one_for_each_prompt_and_failures_told() -> None:
    def answer(job: Job) -> Result:
        assert isinstance(job, Probe)
        if job.prompt.user == "bad":
            return Failure(why="states")
        return Probed(states=encode([np.array([len(job.prompt.user)], np.float32)]))

    engine = ScriptedEngine(answer)
    found = heads.read(engine, [Prompt(user=u) for u in ("one", "bad", "three")], 0.5)
    assert [None if s is None else s.tolist() for s in found] == [[3.0], None, [5.0]]
    assert heads.read(engine, [], 0.5) == []


def test_the_default_model_has_heads_for_the_prompts_that_ship() -> None:
    from briefing.model.catalogue import DEFAULT_MODEL, find

    sha256 = find(DEFAULT_MODEL).sha256
    found = heads.find(info(sha256), PromptSet().hashes, [folder(heads.FOLDER)])
    assert set(found) == {"outcome", "open", "alone"}
    assert all(each.stands_in(PromptSet().hashes) for each in found.values())
    assert len({each.depth for each in found.values()}) == 1
