"""Heads are learned from annotated cases. States are invented: no model is run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from briefing.cli import app
from briefing.config import Settings
from briefing.errors import UserError
from briefing.evals import training
from briefing.evals.cases import find, load
from briefing.evals.suite import reading_of
from briefing.evals.training import Examples
from briefing.model.heads import Heads
from briefing.model.jobs import EngineInfo, Job, Probe, Probed, Prompt, Result
from briefing.model.scripted import ScriptedEngine
from briefing.model.vectors import encode
from briefing.prompts import PromptSet

SHA = "ef" * 32
CASE = """
name: {name}
sources: [{name}.txt]
topic: the bridge of Tarbet
split: {split}
gold: gold/{name}.yaml
"""
TEXT = """The council of Tarbet closed the old bridge on Monday.

Eva Holm sold her last loaf to a tourist from Bergen.

It is not known when the bridge will open again.
"""
GOLD = """
outcomes:
  - statement: The bridge was closed.
    importance: 3
    evidence: [{{source: {name}.txt, text: closed the old bridge on Monday}}]
open_questions:
  - question: When will it open?
    evidence: [{{source: {name}.txt, text: It is not known when the bridge will open again.}}]
"""


def case(folder: Path, name: str, *, split: str = "development", gold: str = GOLD) -> None:
    (folder / "gold").mkdir(exist_ok=True)
    for file, text in (
        (f"{name}.yaml", CASE.format(name=name, split=split)),
        (f"{name}.txt", TEXT),
        (f"gold/{name}.yaml", gold.format(name=name)),
    ):
        (folder / file).write_text(text, encoding="utf-8")


class _Model(ScriptedEngine):
    """Its state has what matters in its first numbers, and noise behind."""

    def __init__(self) -> None:
        super().__init__(self._read)

    @property
    def info(self) -> EngineInfo:
        return super().info.model_copy(update={"model": {"name": "m", "sha256": SHA}})

    @staticmethod
    def _read(job: Job) -> Result:
        assert isinstance(job, Probe)
        words = job.prompt.user.rsplit(":", 1)[-1]
        noise = np.random.default_rng(len(words)).normal(size=6)
        state = np.array(["closed" in words, "not known" in words, *noise], np.float32)
        return Probed(states=encode([state]))


def found(folder: Path, names: tuple[str, ...]) -> Examples:
    for name in names:
        case(folder, name)
    prompts = PromptSet()
    cases = load(find([folder]))
    parts = [training.examples(each, reading_of(each, Settings()), prompts) for each in cases]
    return training.together(parts)


def test_sentences_are_labelled_by_what_they_are_evidence_of(tmp_path: Path) -> None:
    examples = found(tmp_path, ("a",))
    assert examples.labels == (frozenset({"outcome"}), frozenset(), frozenset({"open"}))
    assert examples.unknown == (frozenset({"alone"}),) * 3
    assert examples.events == ("a",) * 3
    assert "Event: a news event" in examples.prompts[0].user  # as where no topic is given


def test_a_head_for_what_stands_alone_is_learned_from_the_sentences_that_were_judged(
    tmp_path: Path,
) -> None:
    closed = "The council of Tarbet closed the old bridge on Monday."
    loaf = "Eva Holm sold her last loaf to a tourist from Bergen."
    judged = f"""{GOLD}alone:
  - {{{{source: {{name}}.txt, faults: "", text: {closed}}}}}
  - {{{{source: {{name}}.txt, faults: rc, text: {loaf}}}}}
"""
    for name in "abc":
        case(tmp_path, name, gold=judged)
    examples = found(tmp_path, ())
    assert examples.taught("alone").tolist() == [1.0, 1.0, 0.0] * 3
    assert examples.are("alone").tolist() == [1.0, 0.0, 0.0] * 3
    made = training.trained(examples, _Model(), PromptSet())
    bridge, baker = (np.array([n, *[0.0] * 7], np.float32) for n in (1.0, 0.0))
    clear, unclear = made.heads["alone"].scores([bridge, baker])
    assert clear > unclear
    assert made.heads["alone"].instead_of == {}


def test_heads_learn_what_states_have_and_say_how_well_on_events_left_out(tmp_path: Path) -> None:
    examples = found(tmp_path, ("a", "b", "c"))
    made = training.trained(examples, _Model(), PromptSet())
    assert isinstance(made, Heads)
    assert (made.model, made.model_sha256) == ("m", SHA)
    assert made.trained_on == {"a": 3, "b": 3, "c": 3}
    assert made.figures == {"auc@outcome": 1.0, "auc@open": 1.0}
    closed, baker, unknown = (
        np.array([*pair, *[0.0] * 6], np.float32) for pair in ((1.0, 0.0), (0.0, 0.0), (0.0, 1.0))
    )
    worth = made.heads["outcome"].scores([closed, baker, unknown])
    unsettled = made.heads["open"].scores([closed, baker, unknown])
    assert worth[0] > max(worth[1:])
    assert unsettled[2] > max(unsettled[:2])
    assert made.heads["outcome"].stands_in(PromptSet().hashes)


def test_noise_is_told_as_noise() -> None:
    rng = np.random.default_rng(3)
    labels = tuple(frozenset({"open"}) if rng.random() < 0.5 else frozenset() for _ in range(400))
    events = tuple(str(n % 8) for n in range(400))
    examples = Examples((Prompt(user="x"),) * 400, labels, (frozenset(),) * 400, events, events)
    _, area = training.head_of("open", examples, rng.normal(size=(400, 5)), PromptSet().hashes)
    assert area is not None
    assert 0.35 < area < 0.65


@pytest.mark.parametrize("names", [("a",), ()])
def test_too_little_teaches_nothing(tmp_path: Path, names: tuple[str, ...]) -> None:
    examples = found(tmp_path, names) if names else Examples((), (), (), (), ())
    with pytest.raises(UserError, match="nothing to learn"):
        training.trained(examples, _Model(), PromptSet())


def test_an_engine_that_cannot_be_read_inside_learns_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read inside"):
        training.trained(found(tmp_path, ("a", "b")), ScriptedEngine(_Model._read), PromptSet())


def test_a_case_that_lacks_annotations_is_named(tmp_path: Path) -> None:
    case(tmp_path, "a", gold="outcomes: []")
    (only,) = load(find([tmp_path]))
    with pytest.raises(UserError, match=r"a\.yaml: outcomes and open questions are not annotated"):
        training.examples(only, reading_of(only, Settings()), PromptSet())


def test_test_cases_teach_nothing(tmp_path: Path) -> None:
    case(tmp_path, "a", split="test")
    result = CliRunner().invoke(app, ["eval", "train", str(tmp_path)])
    assert result.exit_code == 1
    assert "no case here has outcomes and open questions to learn from" in result.stderr
