"""The engine with a small real model."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from briefing.config import Settings
from briefing.errors import ModelUnusable
from briefing.model import random_gguf, vectors
from briefing.model.jobs import (
    Failure,
    Generate,
    Generated,
    Job,
    Likelihood,
    Likely,
    Probe,
    Probed,
    Prompt,
    Score,
    Scored,
)
from briefing.model.llama import LlamaEngine
from briefing.model.opening import local_engine
from briefing.model.runtime import Runtime, RuntimeOptions, Tokens

pytestmark = pytest.mark.model
MODEL = "smollm2-135m-instruct"
SYSTEM = "You answer with one word."


@pytest.fixture(scope="module")
def engine() -> Iterator[LlamaEngine]:
    _, opened = local_engine(Settings(model=MODEL, context=2048))
    yield opened
    opened.close()


def score(text: str, *choices: str) -> Score:
    return Score(prompt=Prompt(system=SYSTEM, user=text), choices=choices or ("Yes", "No"))


def answers(engine: LlamaEngine, jobs: list[Job]) -> list[Scored]:
    results = engine.run(jobs)
    assert all(isinstance(r, Scored) for r in results)
    return [r for r in results if isinstance(r, Scored)]


def test_choices_are_scored_by_what_is_true(engine: LlamaEngine) -> None:
    (found,) = answers(engine, [score("What is the capital of France?", "Paris", "Banana")])
    assert found.margin > 0
    assert all(value < 0 for value in found.logprobs)


def test_choices_of_several_tokens_are_the_sum_of_their_tokens(engine: LlamaEngine) -> None:
    prompt = Prompt(system=SYSTEM, user="Which city is the capital of the United Kingdom?")
    text = "London, which lies on the Thames"
    (likely,) = engine.run([Likelihood(prompt=prompt, text=text)])
    (scored,) = engine.run([Score(prompt=prompt, choices=(text, "Rome"))])
    assert isinstance(likely, Likely)
    assert isinstance(scored, Scored)
    assert "".join(likely.pieces) == text
    assert scored.tokens[0] == len(likely.logprobs)
    assert scored.logprobs[0] == pytest.approx(sum(likely.logprobs), abs=0.05)


def test_a_job_is_answered_alike_alone_and_in_company(engine: LlamaEngine) -> None:
    jobs: list[Job] = [
        score(f"Passage {i}: the board met {i} times.\n\n{q}")
        for i in range(20)
        for q in ("Did the board meet? Answer Yes or No.", "Is it raining? Answer Yes or No.")
    ]
    together = answers(engine, jobs)
    alone = [answers(engine, [job])[0] for job in jobs[::7]]
    for one, other in zip(alone, together[::7], strict=True):
        assert one.logprobs == pytest.approx(other.logprobs, abs=0.25)


def test_a_probe_tells_the_hidden_states(engine: LlamaEngine) -> None:
    texts = ["Is Paris in France?", "Is Paris in Peru? Think of a map of the whole world."]
    probes = [Probe(prompt=Prompt(user=text), depths=(0.3, 0.7)) for text in texts]
    together = engine.run(probes)
    for probe, probed in zip(probes, together, strict=True):
        assert isinstance(probed, Probed)
        low, high = vectors.decode(probed.states)
        assert low.shape == high.shape == (576,)
        assert not np.allclose(low, high)
        (alone,) = engine.run([probe])
        assert isinstance(alone, Probed)
        again = vectors.decode(alone.states)
        assert all(np.corrcoef(a, b)[0, 1] > 0.999 for a, b in zip((low, high), again, strict=True))
    first, second = (vectors.decode(p.states)[1] for p in together if isinstance(p, Probed))
    assert not np.allclose(first, second)


def test_what_a_probe_leaves_uncomputed_is_never_built_on(engine: LlamaEngine) -> None:
    """Probes stop at their deepest layer: neither they nor others may use cells beyond it."""
    prompts = [Prompt(user=f"Is {i} an even number? Answer Yes or No.") for i in range(40)]
    scores: list[Job] = [Score(prompt=p, choices=("Yes", "No")) for p in prompts]
    shallow: list[Job] = [Probe(prompt=p, depths=(0.3,)) for p in prompts]
    deep: list[Job] = [Probe(prompt=p, depths=(0.7,)) for p in prompts]
    expected = engine.run(scores), engine.run(shallow), engine.run(deep)
    engine.run([score("Something else entirely?")])
    assert engine.run(shallow) == expected[1]
    assert engine.run(scores) == expected[0]
    assert engine.run(deep) == expected[2]
    mixed = engine.run([*shallow[:3], *scores[:3], *deep[:3]])
    assert [type(result) for result in mixed] == [Probed] * 3 + [Scored] * 3 + [Probed] * 3


def test_the_same_jobs_give_the_same_bytes_whatever_was_asked_before(engine: LlamaEngine) -> None:
    jobs: list[Job] = [score(f"Is {i} an even number? Answer Yes or No.") for i in range(40)]
    first = engine.run(jobs)
    engine.run([score("Something else entirely?")])
    assert engine.run(jobs) == first
    assert engine.run(jobs) == first  # now with the shared beginning kept from the call before


def test_grammars_hold_and_force_what_they_dictate(engine: LlamaEngine) -> None:
    grammar = 'start: "The answer, after long thought, is " /(yes|no)/ "."'
    prompt = Prompt(user="Is water wet?")
    (found,) = engine.run([Generate(prompt=prompt, grammar=grammar, max_tokens=40)])
    assert isinstance(found, Generated)
    assert found.text in {
        "The answer, after long thought, is yes.",
        "The answer, after long thought, is no.",
    }
    assert found.forced > found.tokens / 2


def test_sampling_follows_its_seed(engine: LlamaEngine) -> None:
    def written(seed: int) -> str:
        prompt = Prompt(user="Name an animal and say one thing about it.")
        grammar = 'start: /[A-Z][a-z ,]{30,60}/ "."'
        job = Generate(prompt=prompt, grammar=grammar, temperature=1.0, seed=seed, max_tokens=60)
        (found,) = engine.run([job])
        assert isinstance(found, Generated)
        return found.text

    assert written(1) == written(1)
    assert len({written(seed) for seed in range(4)}) > 1


def test_failures_are_typed_and_leave_the_others_alone(engine: LlamaEngine) -> None:
    jobs: list[Job] = [
        Generate(prompt=Prompt(user="Count."), grammar='start: /[0-9 ]{200,}/ "x"', max_tokens=8),
        Generate(prompt=Prompt(user="Hello."), grammar="start: /[unclosed/", max_tokens=8),
        score("word " * 4000),
        score("Is ice cold? Answer Yes or No."),
    ]
    cut, broken, long, good = engine.run(jobs)
    assert isinstance(cut, Failure)
    assert cut.why == "length"
    assert isinstance(broken, Failure)
    assert broken.why == "grammar"
    assert isinstance(long, Failure)
    assert long.why == "context"
    assert isinstance(good, Scored)


def test_control_tokens_in_a_document_are_text(engine: LlamaEngine) -> None:
    plain = engine._tokenize("<|im_end|>")  # what a document's text becomes
    control = engine._tokenize("<|im_end|>", special=True)
    assert len(plain) > 1
    assert len(control) == 1


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_is_obeyed_within_two_seconds() -> None:
    script = (
        "from briefing.config import Settings\n"
        "from briefing.model.jobs import Prompt, Score\n"
        "from briefing.model.opening import local_engine\n"
        f"_, engine = local_engine(Settings(model={MODEL!r}))\n"
        "jobs = [Score(prompt=Prompt(user=f'{i} ' + 'word ' * 1500), choices=('a', 'b'))"
        " for i in range(400)]\n"
        "print('running', flush=True)\n"
        "try:\n"
        "    engine.run(jobs)\n"
        "except KeyboardInterrupt:\n"
        "    print(len(engine.run(jobs[:1])), 'answered after the interruption', flush=True)\n"
    )
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "running\n"
        time.sleep(1.0)
        sent = time.monotonic()
        child.send_signal(signal.SIGINT)
        answer = child.stdout.readline()
        took = time.monotonic() - sent
        child.wait(timeout=60)
    assert answer == "1 answered after the interruption\n"
    assert took < 15  # the interruption, and a prompt of 1,500 tokens on a busy machine


def test_a_model_that_computes_no_numbers_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "random.gguf"
    random_gguf.write(path)
    data = bytearray(path.read_bytes())
    data[-len(data) // 2 :] = b"\xff" * (len(data) // 2)  # scales that are no numbers
    path.write_bytes(data)
    runtime = Runtime(path, RuntimeOptions(context=512, sequences=2, threads=1))
    tokens = Tokens()
    tokens.add([1, 2, 3], 0, 0, range(2, 3))
    try:
        with pytest.raises(ModelUnusable, match="no numbers"):
            runtime.decode(tokens, lambda *_: None)
    finally:
        runtime.close()
