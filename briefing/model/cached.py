"""An engine that remembers: what was asked before is answered from the store.

Logits vary with the shape of a batch, so the same job may be answered differently beside other
jobs. "Same input, same bytes, fresh or resumed" is therefore kept by waves: a call's jobs are cut
in order into waves by the job list alone, and a wave is taken whole from the store or computed
whole and stored at once. A run killed at any point continues after its last finished wave.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from pydantic import TypeAdapter, ValidationError

from briefing.errors import CapabilityMissing, InternalError
from briefing.model.jobs import (
    Engine,
    EngineInfo,
    Failure,
    Generate,
    Job,
    Likelihood,
    Probe,
    Progress,
    Result,
    Score,
)
from briefing.store import ResultStore, key_of

WAVE = 32
"""Most jobs in a wave: neighbours share what they read, and what a batch gains on a CPU levels off
at half as many."""

CHARACTERS = 16_000
"""Most characters in a wave that its jobs do not share, about 4,000 tokens: attention runs over
all filled cells of the context, so a fuller one slows every sequence in it."""

_RESULTS: TypeAdapter[list[Result]] = TypeAdapter(list[Result])
_ANSWERS = {
    "score": "scored",
    "generate": "generated",
    "likelihood": "likely",
    "probe": "probed",
}


class CachedEngine:
    """Answers from ``store``, and opens the real engine only for what is not there.

    ``info`` describes the engine that ``open_engine`` makes; what it says of model, settings and
    versions is part of every key. ``hits`` and ``misses`` count jobs taken from the store and
    computed; of jobs that are asked repeatedly in one call, one counts. ``unanswered`` counts those
    at which an endpoint failed: what was made without them is not to be kept.
    """

    def __init__(
        self,
        info: EngineInfo,
        open_engine: Callable[[], Engine],
        store: ResultStore,
        *,
        wave: int = WAVE,
        characters: int = CHARACTERS,
    ) -> None:
        self._info = info
        self._open = open_engine
        self._store = store
        self._wave = wave
        self._characters = characters
        self._engine: Engine | None = None
        self.hits = 0
        self.misses = 0
        self.unanswered = 0

    @property
    def info(self) -> EngineInfo:
        """What answers here, or would if it were needed."""
        return self._info

    def stand_beside(self, encoder: str) -> None:
        """Say that the sentence encoder in the folder ``encoder`` is at hand."""
        self._info = self._info.model_copy(update={"encoder": encoder})

    @property
    def inner(self) -> Engine | None:
        """The real engine, if it had to be opened."""
        return self._engine

    def run(self, jobs: Sequence[Job], progress: Progress | None = None) -> list[Result]:
        """Answer ``jobs``, in order; ``progress`` counts those found in the store as well.

        Raises: CapabilityMissing before anything is asked; what the engine raises.
        """
        _check_kinds(jobs, self._info)
        asked = Counter(jobs)
        answers: dict[Job, Result] = {}
        done = 0
        for wave in waves(list(asked), self._wave, self._characters):
            report = _shifted(progress, done, len(jobs))
            answers.update(zip(wave, self._answer(wave, report), strict=True))
            done += sum(asked[job] for job in wave)
            if progress:
                progress(done, len(jobs))
        return [answers[job] for job in jobs]

    def close(self) -> None:
        """Close the engine, if it was opened. Harmless twice."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _answer(self, wave: list[Job], progress: Progress | None) -> list[Result]:
        """One wave, whole from the store or whole from the engine."""
        key = key_of("wave", engine=_identity(self._info), jobs=wave)
        stored = self._store.get(key)
        known = None if stored is None else _decode(stored, wave)
        if known is not None:
            self.hits += len(wave)
            return known
        results = self._opened().run(wave, progress)
        if len(results) != len(wave):
            raise InternalError(f"{len(wave)} jobs were answered by {len(results)} results")
        self.misses += len(wave)
        # What an endpoint failed at now it may do later: not a result.
        unanswered = sum(isinstance(r, Failure) and r.why == "endpoint" for r in results)
        self.unanswered += unanswered
        if not unanswered:
            self._store.put(key, _encode(results))
        return results

    def _opened(self) -> Engine:
        if self._engine is None:
            engine = self._open()
            if _identity(engine.info) != _identity(self._info):
                engine.close()
                raise InternalError("the engine that was opened is not the one announced")
            self._engine = engine
        return self._engine


def waves(jobs: Sequence[Job], most: int, characters: int) -> Iterator[list[Job]]:
    """Cut ``jobs`` in order into waves of at most ``most`` jobs and ``characters`` characters.

    What a job shares with the one before it is computed once and counted once; what is common to
    all of ``jobs`` is not counted. A longer job stands alone.
    """
    texts = [_text(job) for job in jobs]
    before = min(texts, default="")
    if texts:
        before = before[: _common(before, max(texts))]
    wave: list[Job] = []
    used = 0
    for job, text in zip(jobs, texts, strict=True):
        size = len(text) - _common(before, text)
        before = text
        if wave and (len(wave) == most or used + size > characters):
            yield wave
            wave, used = [], 0
        wave.append(job)
        used += size
    if wave:
        yield wave


def _common(first: str, second: str) -> int:
    """Length of the common beginning."""
    pairs = zip(first, second, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _text(job: Job) -> str:
    """What the model reads of ``job``, in the order in which it reads."""
    match job:
        case Score():
            tail = "".join(job.choices)
        case Likelihood():
            tail = job.text
        case Generate() | Probe():
            tail = ""
    return job.prompt.system + job.prompt.user + job.prompt.answer + tail


def _identity(info: EngineInfo) -> dict[str, object]:
    """What results depend on. A file is its hash, whatever it is called and wherever it lies."""
    sha256 = info.model.get("sha256")
    return {
        "model": sha256 or info.model,
        "settings": info.settings,
        "versions": info.versions,
    }


def _check_kinds(jobs: Sequence[Job], info: EngineInfo) -> None:
    missing = sorted({job.kind for job in jobs} - set(info.can))
    if missing:
        name = info.model.get("name") or "this engine"
        raise CapabilityMissing(f"{name} cannot do this: {', '.join(missing)}")


def _shifted(progress: Progress | None, done: int, total: int) -> Progress | None:
    return None if progress is None else lambda now, _: progress(done + now, total)


def _encode(results: list[Result]) -> bytes:
    # Not pydantic's own JSON: it writes null for the log-probability of the impossible.
    return json.dumps([result.model_dump() for result in results]).encode("ascii")


def _decode(stored: bytes, wave: list[Job]) -> list[Result] | None:
    """The results of ``wave``, or None where an older version wrote something else."""
    try:
        results = _RESULTS.validate_python(json.loads(stored))
    except (ValueError, ValidationError):
        return None
    fitting = len(results) == len(wave) and all(
        result.kind in (_ANSWERS[job.kind], "failure")
        for job, result in zip(wave, results, strict=True)
    )
    return results if fitting else None
