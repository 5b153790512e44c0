"""What a model is asked about sentences: read by heads, or put to it. No model is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from briefing.extract.articles import Article, analyse
from briefing.extract.select import Ranked, Selection, rank
from briefing.model.heads import Head
from briefing.model.jobs import Failure, Job, Probe, Probed, Result, Score, Scored
from briefing.model.scripted import ScriptedEngine
from briefing.model.vectors import encode
from briefing.prompt_sets import new
from briefing.prompts import PromptSet
from tests.example import source

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]
TEXT = "\n\n".join(
    [
        "The council of Tarbet closed the old bridge on Monday after an inspection.",
        "The bridge was built by the engineer Olaf Lund in 1911.",
        "The council will spend four million crowns on a new bridge.",
        "It is not known when the new bridge of Tarbet will open.",
        "The baker Eva Holm sold her last loaf to a tourist from Bergen.",
    ]
    + [f"Member {n} of the council of Tarbet spoke about the bridge at length." for n in range(25)]
)


def heads(prompts: PromptSet, ours: PromptSet) -> dict[str, Head]:
    """Heads that read the first and the second number of a state."""

    def made(name: str, row: list[float]) -> Head:
        return Head(
            depth=0.5,
            weights=encode([np.array(row, np.float32)])[0],
            bias=0.0,
            prompts={"read": prompts.hashes["read"]},
            instead_of={name: ours.hashes[name]},
        )

    return {"outcome": made("outcome", [1, 0]), "open": made("open", [0, 1])}


class Model:
    """Its state says that bridges matter, and, ``plainly`` or not, that something is open."""

    def __init__(self, plainly: float = 5.0) -> None:
        self.plainly = plainly

    def __call__(self, job: Job) -> Result:
        words = job.prompt.user.rsplit(":", 1)[-1]
        if isinstance(job, Probe):
            state = [float("bridge" in words), self.plainly if "not known" in words else -9.0]
            return Probed(states=encode([np.array(state, np.float32)]))
        if isinstance(job, Score):
            return Scored(logprobs=(-0.5, -1.0), tokens=(1, 1))
        return Failure(why="refused")


def ranked(
    parse: Parse,
    engine: ScriptedEngine,
    prompts: PromptSet,
    known: Mapping[str, Head],
    topic: str | None = None,
) -> list[Ranked]:
    article: Article = analyse(source(1, TEXT), parse)
    return rank([article], {}, engine, prompts, Selection(topic=topic, heads=known))


def kinds(engine: ScriptedEngine) -> list[str]:
    return sorted({job.kind for job in engine.asked})


def test_with_heads_every_sentence_is_read_once_and_nothing_is_asked(parse: Parse) -> None:
    engine, prompts = ScriptedEngine(Model()), PromptSet()
    found = ranked(parse, engine, prompts, heads(prompts, prompts))
    assert kinds(engine) == ["probe"]
    read = [r for r in found if r.read]
    assert len(engine.asked) == len(read) >= 25
    bridge, baker = found[0], found[4]
    assert bridge.importance - baker.importance > bridge.cheap - baker.cheap


def test_without_heads_the_prompts_are_asked(parse: Parse) -> None:
    engine = ScriptedEngine(Model())
    ranked(parse, engine, PromptSet(), {})
    assert kinds(engine) == ["score"]


@pytest.mark.parametrize(("plainly", "is_open"), [(5.0, True), (-9.0, False)])
def test_a_head_can_deny_that_something_is_open(
    parse: Parse, plainly: float, is_open: bool
) -> None:
    engine, prompts = ScriptedEngine(Model(plainly)), PromptSet()
    found = ranked(parse, engine, prompts, heads(prompts, prompts))
    assert [r.line.order for r in found if r.is_open] == ([3] if is_open else [])


def test_the_event_is_the_topic_or_what_the_source_names_most(parse: Parse) -> None:
    for topic, event in (("the bridge", "the bridge"), (None, "Tarbet")):
        engine, prompts = ScriptedEngine(Model()), PromptSet()
        ranked(parse, engine, prompts, heads(prompts, prompts), topic)
        assert {job.prompt.user.splitlines()[0] for job in engine.asked} == {f"Event: {event}"}


def test_a_changed_prompt_is_put_to_the_best_sentences_only(parse: Parse, tmp_path: Path) -> None:
    ours = PromptSet()
    folder = new(tmp_path / "mine", ours).folder
    file = folder / "outcome.jinja"
    file.write_text(file.read_text(encoding="utf-8").replace("Must", "Should"), encoding="utf-8")
    mine = PromptSet(str(folder))
    engine = ScriptedEngine(Model())
    ranked(parse, engine, mine, heads(mine, ours))
    asked = [job for job in engine.asked if isinstance(job, Score)]
    read = [job for job in engine.asked if isinstance(job, Probe)]
    assert 0 < len(asked) <= len(read) / 3
    assert all("Should a short briefing" in job.prompt.user for job in asked)
    assert not any("Eva Holm" in job.prompt.user for job in asked)


def test_a_changed_open_prompt_is_asked_where_something_may_be_open(
    parse: Parse, tmp_path: Path
) -> None:
    ours = PromptSet()
    folder = new(tmp_path / "mine", ours).folder
    file = folder / "open.jinja"
    file.write_text(file.read_text(encoding="utf-8").replace("Does", "Will"), encoding="utf-8")
    mine = PromptSet(str(folder))
    engine = ScriptedEngine(Model())
    ranked(parse, engine, mine, heads(mine, ours))
    asked = [job for job in engine.asked if isinstance(job, Score)]
    assert any("not known" in job.prompt.user for job in asked)
    assert all("Will the following sentence" in job.prompt.user for job in asked)
