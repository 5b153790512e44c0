"""The engine: llama.cpp in this process, many small jobs in one batch.

Decoding one sequence is bound by memory bandwidth, so jobs run side by side: a call's jobs are cut
into waves by their lengths alone, what a wave's prompts share is computed once and forked, and the
rest is decoded together. Each wave starts from an empty cache: its results depend on nothing
but its jobs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import llama_cpp
import llguidance
import numpy as np

from briefing.model.chat import ChatFormat
from briefing.model.constrain import Constraint, grammar_tokenizer
from briefing.model.jobs import (
    EngineInfo,
    Failure,
    Generate,
    Generated,
    Job,
    Likelihood,
    Likely,
    Progress,
    Result,
    Score,
    Scored,
)
from briefing.model.prefixes import common as _common
from briefing.model.prefixes import plan_prefixes
from briefing.model.runtime import Row, Runtime, RuntimeOptions, Tokens, build_info

WAVE = 32
"""Jobs side by side; more fill the cache that every token's attention runs over."""
FIRST_TAIL = 2 * WAVE + 2
"""Sequences from here on hold the choices of scored jobs; those before, the prompts."""
SEQUENCES = 128
"""Sequences in a context: a wave's prompts and the choices longer than a token."""


@dataclass
class Stats:
    """What the engine did, for the run log and ``briefing bench``. Seconds are inside llama.cpp."""

    prefill_tokens: int = 0
    prefill_seconds: float = 0.0
    decode_tokens: int = 0
    decode_seconds: float = 0.0
    forced_tokens: int = 0
    asked_tokens: int = 0
    waves: int = 0
    total_seconds: float = 0.0


@dataclass
class _Work:
    """A job under way: its prompt tokens, what follows them, and its place in the wave."""

    job: Job
    prompt: list[int]
    tails: list[list[int]] = field(default_factory=list)
    index: int = 0

    @property
    def cells(self) -> int:
        """KV cells the job needs beyond nothing shared."""
        extra = self.job.max_tokens if isinstance(self.job, Generate) else 0
        return len(self.prompt) + sum(map(len, self.tails)) + extra


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
        self._kept: list[int] = []

    @property
    def info(self) -> EngineInfo:
        """The model, and what else results depend on."""
        return engine_info(self._model, self._options)

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
            for wave in self._waves(works, results):
                self._run_wave(wave, results)
                done += len(wave)
                if progress:
                    progress(done, len(jobs))
        self.stats.total_seconds += time.perf_counter() - started
        return [r if r is not None else Failure(why="refused") for r in results]

    def _tokenize(self, text: str, special: bool = False) -> list[int]:
        return self._runtime.tokenize(text, special=special)

    # -- preparing ---------------------------------------------------------------------------

    def _prepare(self, job: Job, index: int) -> _Work:
        prompt = self._chat.tokens(job.prompt, self._tokenize)
        if isinstance(job, Score):
            tails = [self._tokenize(choice) for choice in job.choices]
        elif isinstance(job, Likelihood):
            tails = [self._tokenize(job.text)]
        else:
            tails = []
        return _Work(job, prompt, tails, index)

    def _waves(self, works: list[_Work], results: list[Result | None]) -> Iterator[list[_Work]]:
        """Cut the jobs, in order, where the next one would overrun cells, sequences or WAVE."""
        wave: list[_Work] = []
        cells = tails = 0
        limit = self._options.context - 8
        room = self._options.sequences - FIRST_TAIL
        for work in works:
            if work.cells > limit or len(work.tails) > room:
                detail = f"{work.cells} tokens needed, {limit} there"
                results[work.index] = Failure(why="context", detail=detail)
                continue
            shared = _common(wave[-1].prompt, work.prompt) if wave else 0
            needed = work.cells - shared
            crowded = tails + len(work.tails) > room
            if wave and (cells + needed > limit or crowded or len(wave) >= WAVE):
                yield wave
                wave, cells, tails, needed = [], 0, 0, work.cells
            wave.append(work)
            cells += needed
            tails += len(work.tails)
        if wave:
            yield wave

    # -- one wave ----------------------------------------------------------------------------

    def _run_wave(self, wave: list[_Work], results: list[Result | None]) -> None:
        self.stats.waves += 1
        rows = self._prefill(wave)
        slots = {work.index: slot for slot, work in enumerate(wave, 1)}
        asked = [w for w in wave if not isinstance(w.job, Generate)]
        if asked:
            self._score(asked, rows, results, slots)
        writing = [(slots[w.index], w) for w in wave if isinstance(w.job, Generate)]
        if writing:
            self._generate(writing, rows, results)

    def _prefill(self, wave: list[_Work]) -> dict[int, Row]:
        """Decode the prompts level by level: what several share once, then what is their own.

        Job i of the wave ends up in sequence i + 1; sequence 0 keeps what all share.

        Returns: the logits after each prompt by job index.
        """
        began = time.perf_counter()
        prompts = [work.prompt for work in wave]
        levels = plan_prefixes(prompts)
        self._keep_only(levels[0][0].tokens)
        rows: dict[int, Row] = {}
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

            def keep(index: int, row: Row, owners: dict[int, int] = owners) -> None:
                rows[owners[index]] = row.copy()

            self._runtime.decode(tokens, keep)
            self.stats.prefill_tokens += len(tokens.ids)
        self.stats.asked_tokens += sum(map(len, prompts))
        self.stats.prefill_seconds += time.perf_counter() - began
        return rows

    def _keep_only(self, shared: list[int]) -> None:
        """Leave ``shared`` in sequence 0 and nothing else.

        What an earlier wave left there is used if it is the same to the token: decoded alone from
        an empty cache, it lies in the same cells with the same values (a test holds us to that).
        """
        if shared and shared == self._kept:
            self._runtime.keep(0)
            return
        self._runtime.clear()
        self._kept = shared
        if shared:
            head = Tokens()
            head.add(shared, 0, 0)
            self._runtime.decode(head, lambda *_: None)
            self.stats.prefill_tokens += len(shared)

    def _score(
        self,
        works: list[_Work],
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
                logprobs[work.index, number] = [float(first[tail[0]])] if tail else []
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

    def _scored(self, work: _Work, found: list[list[float]]) -> Result:
        if isinstance(work.job, Likelihood):
            pieces = tuple(self._runtime.piece(t).decode("utf-8", "replace") for t in work.tails[0])
            return Likely(logprobs=tuple(found[0]), pieces=pieces)
        return Scored(
            logprobs=tuple(sum(values) for values in found),
            tokens=tuple(len(values) for values in found),
        )

    def _generate(
        self,
        works: list[tuple[int, _Work]],
        rows: dict[int, Row],
        results: list[Result | None],
    ) -> None:
        """Write all answers side by side, one step for all of them at a time."""
        began = time.perf_counter()
        answers = [self._open_answer(slot, work) for slot, work in works]
        live = list(answers)
        current = {a.work.index: rows[a.work.index] for a in live}
        while True:
            tokens, owners = Tokens(), {}
            for answer in live:
                said = answer.advance(current.pop(answer.work.index))
                if answer.result is None:
                    start = answer.position - len(said)
                    last = len(said) - 1
                    at = tokens.add(said, start, answer.slot, range(last, last + 1))
                    owners[at + last] = answer.work.index
            for answer in live:
                if answer.result is not None:
                    self._runtime.drop(answer.slot)
            live = [a for a in live if a.result is None]
            if not live:
                break

            def keep(index: int, row: Row, owners: dict[int, int] = owners) -> None:
                current[owners[index]] = row.copy()

            self._runtime.decode(tokens, keep)
        for answer in answers:
            results[answer.work.index] = answer.result
            self.stats.decode_tokens += len(answer.said)
            self.stats.forced_tokens += answer.forced
        self.stats.decode_seconds += time.perf_counter() - began

    def _open_answer(self, slot: int, work: _Work) -> _Answer:
        constraint = None
        if isinstance(work.job, Generate) and work.job.grammar is not None:
            constraint = Constraint(
                self._grammar_tokenizer, work.job.grammar, self._runtime.vocab_size
            )
        return _Answer(self._runtime, slot, work, constraint)

    @cached_property
    def _grammar_tokenizer(self) -> llguidance.LLTokenizer:
        ends = [t for t in self._end_tokens() if t >= 0]
        return grammar_tokenizer(self._runtime, ends)

    def _end_tokens(self) -> list[int]:
        vocab = self._runtime.vocab
        ends = {llama_cpp.llama_vocab_eos(vocab), llama_cpp.llama_vocab_eot(vocab)}
        return sorted(ends)


class _Answer:
    """One answer being written."""

    def __init__(
        self, runtime: Runtime, slot: int, work: _Work, constraint: Constraint | None
    ) -> None:
        self.slot, self.work = slot, work
        self.said: list[int] = []
        self.forced = 0
        self.position = len(work.prompt)
        self.result: Generated | Failure | None = None
        self._runtime, self._constraint = runtime, constraint
        job = work.job
        if not isinstance(job, Generate):
            raise TypeError(f"{job.kind} jobs write no answer")
        self._job = job
        self._random = np.random.Generator(np.random.PCG64(job.seed))

    def advance(self, row: Row) -> list[int]:
        """Choose the next token from ``row`` and take what must follow; sets ``result`` at the end.

        Returns: the tokens said by this step, at least one unless ended.
        """
        constraint = self._constraint
        begun: list[int] = []
        if constraint is not None:
            if not self.said:
                begun = constraint.forced()
            if not begun:
                row = constraint.mask(row)
        tokens = begun or self._choose(row)
        if begun:
            self.forced += len(begun)
        self.said += tokens
        self.position += len(tokens)
        self._settle()
        return tokens

    def _choose(self, row: Row) -> list[int]:
        if self._constraint is not None and self._constraint.error:
            return []
        token = int(np.argmax(self._perturbed(row)))
        if self._runtime.is_end(token):
            self._finish()
            return []
        must = self._constraint.take(token) if self._constraint is not None else []
        self.forced += len(must)
        return [token, *must]

    def _perturbed(self, row: Row) -> Row:
        """Gumbel noise turns the largest value into a sample (Gumbel-max trick)."""
        if self._job.temperature == 0:
            return row
        noise = self._random.gumbel(size=row.shape).astype(np.float32)
        return row / np.float32(self._job.temperature) + noise

    def _settle(self) -> None:
        constraint = self._constraint
        if self.result is not None:
            return
        if constraint is not None and constraint.error:
            self.result = Failure(why="grammar", detail=constraint.error)
        elif constraint is not None and constraint.complete:
            self._finish()
        elif len(self.said) >= self._job.max_tokens:
            self.result = Failure(why="length", detail=f"cut at {self._job.max_tokens} tokens")

    def _finish(self) -> None:
        data = b"".join(map(self._runtime.piece, self.said))
        self.result = Generated(
            text=data.decode("utf-8", "replace"), tokens=len(self.said), forced=self.forced
        )


def engine_info(model: dict[str, str | int | None], options: RuntimeOptions) -> EngineInfo:
    """What :class:`LlamaEngine` will report, without loading the model."""
    return EngineInfo(
        model=model,
        settings={
            "context": options.context,
            "sequences": options.sequences,
            "threads": options.threads,
            "gpu_layers": options.gpu_layers,
            "wave": WAVE,
            "build": build_info(),
        },
        versions={
            "llama-cpp-python": llama_cpp.__version__,
            "llguidance": _llguidance_version(),
        },
        can=("score", "generate", "likelihood"),
    )


def default_threads() -> int:
    """Physical cores: hyper-threads do not help memory-bound work."""
    import psutil

    return psutil.cpu_count(logical=False) or os.cpu_count() or 1


def _llguidance_version() -> str:
    from importlib.metadata import version

    return version("llguidance")


def _log_softmax(row: Row) -> Row:
    shifted = row - row.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)
