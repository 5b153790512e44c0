"""The engine: llama.cpp in this process, many small jobs in one batch.

Decoding one sequence is bound by memory bandwidth, so jobs run side by side: a call's jobs are cut
into waves by their lengths alone, what a wave's prompts share is computed once and forked, and the
rest is decoded together. Each wave starts from an empty cache: its results depend on nothing
but its jobs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import llama_cpp
import llguidance
import numpy as np

from briefing.errors import InternalError
from briefing.model.about import engine_info
from briefing.model.answer import Answer
from briefing.model.chat import ChatFormat
from briefing.model.constrain import Constraint, grammar_tokenizer
from briefing.model.jobs import (
    EngineInfo,
    Failure,
    Generate,
    Job,
    Likelihood,
    Likely,
    Probe,
    Probed,
    Progress,
    Result,
    Score,
    Scored,
)
from briefing.model.prefixes import plan_prefixes
from briefing.model.runtime import Row, Runtime, RuntimeOptions, Tokens
from briefing.model.states import layer_of
from briefing.model.vectors import State, encode
from briefing.model.waves import FIRST_TAIL, Work, waves


@dataclass
class Stats:
    """What the engine did, for the run log and ``briefing bench``. Seconds are inside llama.cpp."""

    prefill_tokens: int = 0
    prefill_seconds: float = 0.0
    decode_tokens: int = 0
    decode_seconds: float = 0.0
    forced_tokens: int = 0
    asked_tokens: int = 0
    probe_tokens: int = 0
    probe_seconds: float = 0.0
    waves: int = 0
    total_seconds: float = 0.0


class LlamaEngine:
    """Answers jobs with a GGUF model.

    ``model`` describes the file for :class:`EngineInfo` (name, sha256, bytes).
    """

    def __init__(
        self, path: Path, options: RuntimeOptions, model: dict[str, str | int | None]
    ) -> None:
        self._options = options
        self._model = model
        self._runtime = Runtime(path, options)
        vocab = self._runtime.vocab
        self._chat = ChatFormat(
            self._runtime.chat_template(),
            self._runtime.special_text(llama_cpp.llama_vocab_bos(vocab)),
            self._runtime.special_text(llama_cpp.llama_vocab_eos(vocab)),
        )
        self.stats = Stats()
        self._kept: tuple[list[int], int | None] = [], None

    @property
    def info(self) -> EngineInfo:
        """The model, and what else results depend on."""
        return engine_info(self._model, self._options)

    @property
    def busy_seconds(self) -> float:
        """Seconds spent inside llama.cpp so far."""
        return self._runtime.busy_seconds

    def close(self) -> None:
        """Free the model. Harmless twice."""
        self._runtime.close()

    def run(self, jobs: Sequence[Job], progress: Progress | None = None) -> list[Result]:
        """Answer ``jobs`` in waves; see :class:`briefing.model.jobs.Engine`."""
        results: list[Result | None] = [None] * len(jobs)
        started = time.perf_counter()
        works = [self._prepare(job, index) for index, job in enumerate(jobs)]
        done = 0
        with self._runtime.interruptible():
            for wave in waves([w for w in works if self._fits(w)], *self._room):
                self._run_wave(wave, results)
                done += len(wave)
                if progress:
                    progress(done, len(jobs))
        self.stats.total_seconds += time.perf_counter() - started
        return [
            Failure(why="context", detail=f"{work.cells} tokens, {self._options.context} there")
            if result is None
            else result
            for work, result in zip(works, results, strict=True)
        ]

    @property
    def _room(self) -> tuple[int, int]:
        return self._options.context, self._options.sequences

    def _fits(self, work: Work) -> bool:
        return work.fits(*self._room)

    def _tokenize(self, text: str, special: bool = False) -> list[int]:
        return self._runtime.tokenize(text, special=special)

    # -- preparing ---------------------------------------------------------------------------

    def _prepare(self, job: Job, index: int) -> Work:
        prompt = self._chat.tokens(job.prompt, self._tokenize)
        if isinstance(job, Score):
            tails = [self._tokenize(choice) for choice in job.choices]
        elif isinstance(job, Likelihood):
            tails = [self._tokenize(job.text)]
        else:
            tails = []
        return Work(job, prompt, tails, index)

    # -- one wave ----------------------------------------------------------------------------

    def _run_wave(self, wave: list[Work], results: list[Result | None]) -> None:
        self.stats.waves += 1
        if isinstance(wave[0].job, Probe):
            self._probe(wave, results)
            return
        rows = self._prefill(wave)
        slots = {work.index: slot for slot, work in enumerate(wave, 1)}
        asked = [w for w in wave if not isinstance(w.job, Generate)]
        if asked:
            self._score(asked, rows, results, slots)
        writing = [w for w in wave if isinstance(w.job, Generate)]
        if writing:
            self._generate(writing, rows, results, slots)

    def _prefill(self, wave: list[Work]) -> dict[int, Row]:
        """Decode the prompts. Returns: the logits after each prompt by job index."""
        began = time.perf_counter()
        rows: dict[int, Row] = {}
        for tokens, owners in self._levels(wave):

            def keep(index: int, row: Row, owners: dict[int, int] = owners) -> None:
                rows[owners[index]] = row.copy()

            self._runtime.decode(tokens, keep)
        self.stats.prefill_seconds += time.perf_counter() - began
        return rows

    def _probe(self, wave: list[Work], results: list[Result | None]) -> None:
        """Read the prompts as far as the deepest wanted layer, and keep the states there."""
        began = time.perf_counter()
        wanted = {work.index: self._layers(work.job) for work in wave}
        layers = sorted({layer for found in wanted.values() for layer in found})
        for tokens, owners in self._levels(wave, layers):

            def keep(
                index: int, found: list[State] | None, owners: dict[int, int] = owners
            ) -> None:
                job = owners[index]
                if found is None:
                    results[job] = Failure(why="states", detail="unknown names of layers")
                    return
                by_layer = dict(zip(layers, found, strict=True))
                results[job] = Probed(states=encode([by_layer[n] for n in wanted[job]]))

            self._runtime.read(tokens, layers, keep)
        self.stats.probe_seconds += time.perf_counter() - began

    def _levels(
        self, wave: list[Work], layers: list[int] | None = None
    ) -> Iterator[tuple[Tokens, dict[int, int]]]:
        """The prompts level by level: what several share once, then what is their own.

        Job i of the wave ends up in sequence i + 1; sequence 0 keeps what all share. To be decoded
        as they come; where ``layers`` are read, up to the last of them.

        Yields: the tokens of a level, and whose prompt ends at which of them, by job index.
        """
        prompts = [work.prompt for work in wave]
        levels = plan_prefixes(prompts)
        self._keep_only(levels[0][0].tokens, layers)
        for level in levels[1:]:
            tokens, owners = Tokens(), {}
            for node in level:
                if node.start:
                    self._runtime.fork(node.parent, node.sequence)
                last = len(node.tokens) - 1
                wanted = range(last, last + 1) if node.job is not None else None
                at = tokens.add(node.tokens, node.start, node.sequence, wanted)
                if node.job is not None:
                    owners[at + last] = wave[node.job].index
            yield tokens, owners
            self._count(len(tokens.ids), layers)
        self.stats.asked_tokens += sum(map(len, prompts))

    def _layers(self, job: Job) -> list[int]:
        """The layers whose output ``job`` wants."""
        depths = job.depths if isinstance(job, Probe) else ()
        return [layer_of(depth, self._runtime.layers) for depth in depths]

    def _keep_only(self, shared: list[int], layers: list[int] | None) -> None:
        """Leave ``shared`` in sequence 0 and nothing else, computed up to the last of ``layers``.

        What an earlier wave left there is used if it is the same to the token: decoded alone from
        an empty cache, it lies in the same cells with the same values (a test holds us to that).
        """
        last = None if layers is None else max(layers)
        if shared and (shared, last) == self._kept:
            self._runtime.keep(0)
            return
        self._runtime.clear()
        # An interruption must not leave half a beginning that is taken for a whole one.
        self._kept = [], None
        if shared:
            head = Tokens()
            head.add(shared, 0, 0)
            if layers is None:
                self._runtime.decode(head, lambda *_: None)
            else:
                self._runtime.read(head, layers, lambda *_: None)
            self._count(len(shared), layers)
        self._kept = shared, last

    def _count(self, tokens: int, layers: list[int] | None) -> None:
        """What is read up to some layer has a pace of its own."""
        if layers is None:
            self.stats.prefill_tokens += tokens
        else:
            self.stats.probe_tokens += tokens

    def _score(
        self,
        works: list[Work],
        rows: dict[int, Row],
        results: list[Result | None],
        slots: dict[int, int],
    ) -> None:
        """Log-probabilities of every tail, decoding together what lies beyond first tokens."""
        logprobs: dict[tuple[int, int], list[float]] = {}
        tokens = Tokens()
        expected: dict[int, tuple[int, int, int]] = {}
        sequence = FIRST_TAIL
        for work in works:
            first = _log_softmax(rows[work.index])
            for number, tail in enumerate(work.tails):
                logprobs[work.index, number] = [float(first[tail[0]])]
                if len(tail) < 2:
                    continue
                self._runtime.fork(slots[work.index], sequence)
                body = tail[:-1]
                at = tokens.add(body, len(work.prompt), sequence, range(len(body)))
                for offset, target in enumerate(tail[1:]):
                    expected[at + offset] = (work.index, number, target)
                sequence += 1

        def note(index: int, row: Row) -> None:
            job, number, target = expected[index]
            logprobs[job, number].append(float(_log_softmax(row)[target]))

        began = time.perf_counter()
        self._runtime.decode(tokens, note)
        self.stats.prefill_tokens += len(tokens.ids)
        self.stats.prefill_seconds += time.perf_counter() - began
        for work in works:
            found = [logprobs[work.index, n] for n in range(len(work.tails))]
            results[work.index] = self._scored(work, found)

    def _scored(self, work: Work, found: list[list[float]]) -> Result:
        if isinstance(work.job, Likelihood):
            pieces = tuple(self._runtime.piece(t).decode("utf-8", "replace") for t in work.tails[0])
            return Likely(logprobs=tuple(found[0]), pieces=pieces)
        logprobs = tuple(sum(values) for values in found)
        return Scored(logprobs=logprobs, tokens=tuple(len(values) for values in found))

    def _generate(
        self,
        works: list[Work],
        rows: dict[int, Row],
        results: list[Result | None],
        slots: dict[int, int],
    ) -> None:
        """Write all answers side by side, one step for all of them at a time."""
        began = time.perf_counter()
        answers = {work.index: self._open_answer(work) for work in works}
        live = list(answers)
        current = {index: rows[index] for index in live}
        while live:
            tokens, owners = Tokens(), {}
            for index in live:
                answer = answers[index]
                said = answer.advance(current.pop(index))
                if answer.result is None:
                    last = len(said) - 1
                    start = answer.position - len(said)
                    at = tokens.add(said, start, slots[index], range(last, last + 1))
                    owners[at + last] = index
                else:
                    self._runtime.drop(slots[index])
            live = [index for index in live if answers[index].result is None]

            def keep(place: int, row: Row, owners: dict[int, int] = owners) -> None:
                current[owners[place]] = row.copy()

            self._runtime.decode(tokens, keep)
        for index, answer in answers.items():
            results[index] = answer.result
            self.stats.decode_tokens += len(answer.said)
            self.stats.forced_tokens += answer.forced
        self.stats.decode_seconds += time.perf_counter() - began

    def _open_answer(self, work: Work) -> Answer:
        job = work.job
        if not isinstance(job, Generate):
            raise InternalError(f"{job.kind} jobs write no answer")
        constraint = None
        if job.grammar is not None:
            constraint = Constraint(self._grammar_tokenizer, job.grammar, self._runtime.vocab_size)
        return Answer(self._runtime, job, len(work.prompt), constraint)

    @cached_property
    def _grammar_tokenizer(self) -> llguidance.LLTokenizer:
        ends = [t for t in self._end_tokens() if t >= 0]
        return grammar_tokenizer(self._runtime, ends)

    def _end_tokens(self) -> list[int]:
        vocab = self._runtime.vocab
        ends = {llama_cpp.llama_vocab_eos(vocab), llama_cpp.llama_vocab_eot(vocab)}
        return sorted(ends)


def _log_softmax(row: Row) -> Row:
    shifted = row - row.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)
