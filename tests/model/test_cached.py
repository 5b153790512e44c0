import math
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import CapabilityMissing, InternalError
from briefing.model.cached import CachedEngine, waves
from briefing.model.jobs import (
    Engine,
    EngineInfo,
    Failure,
    Generate,
    Generated,
    Job,
    Likelihood,
    Likely,
    Progress,
    Prompt,
    Result,
    Score,
    Scored,
)
from briefing.store import NullStore, Store

INFO = EngineInfo(
    model={"name": "tiny", "sha256": "ab" * 32, "path": "/here/tiny.gguf"},
    settings={"context": 4096, "threads": 2},
    versions={"llama": "1"},
    can=("score", "generate", "likelihood"),
)


class BatchEngine:
    """Answers depend on the whole list, as logits depend on the shape of a batch."""

    def __init__(self, info: EngineInfo = INFO, stop_after: int = 10**9) -> None:
        self.info = info
        self.calls: list[list[Job]] = []
        self.closed = 0
        self._left = stop_after

    def run(self, jobs: Sequence[Job], progress: Progress | None = None) -> list[Result]:
        if not self._left:
            raise KeyboardInterrupt
        self._left -= 1
        self.calls.append(list(jobs))
        results = [answer(job, len(jobs), place) for place, job in enumerate(jobs)]
        if progress:
            for done in range(1, len(jobs) + 1):
                progress(done, len(jobs))
        return results

    def close(self) -> None:
        self.closed += 1


def answer(job: Job, among: int, place: int) -> Result:
    noise = 1 / (3 + among + place)
    match job:
        case Score():
            return Scored(logprobs=(-noise, -math.inf), tokens=(1, 2))
        case Likelihood():
            return Likely(logprobs=(-noise,), pieces=(job.text,))
        case Generate():
            text = f"{job.prompt.user} {among} {place} é\u2028"
            return Generated(text=text, tokens=among, forced=place)


def jobs_on(topic: str, count: int) -> list[Job]:
    kinds: list[Callable[[Prompt], Job]] = [
        lambda prompt: Score(prompt=prompt, choices=("Yes", "No")),
        lambda prompt: Generate(prompt=prompt),
        lambda prompt: Likelihood(prompt=prompt, text="fell"),
    ]
    return [kinds[n % 3](Prompt(user=f"{topic} {n}")) for n in range(count)]


def never() -> Engine:
    raise AssertionError("the engine was opened")


def test_a_second_run_never_opens_the_engine(tmp_path: Path) -> None:
    jobs = jobs_on("The glacier", 40)
    first = CachedEngine(INFO, BatchEngine, Store(tmp_path)).run(jobs)
    second = CachedEngine(INFO, never, Store(tmp_path))
    assert second.run(jobs) == first
    assert (second.hits, second.misses) == (40, 0)


def test_a_resumed_run_gives_what_a_fresh_one_gives(tmp_path: Path) -> None:
    jobs = jobs_on("The dam", 80)
    fresh = CachedEngine(INFO, BatchEngine, NullStore()).run(jobs)
    killed = CachedEngine(INFO, lambda: BatchEngine(stop_after=2), Store(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        killed.run(jobs)
    engine = BatchEngine()
    resumed = CachedEngine(INFO, lambda: engine, Store(tmp_path))
    assert resumed.run(jobs) == fresh
    assert engine.calls == [jobs[64:]]
    assert (resumed.hits, resumed.misses) == (64, 16)


def test_a_wave_is_asked_whole_or_not_at_all(tmp_path: Path) -> None:
    jobs = jobs_on("The election", 40)
    CachedEngine(INFO, BatchEngine, Store(tmp_path)).run(jobs)
    engine = BatchEngine()
    CachedEngine(INFO, lambda: engine, Store(tmp_path)).run([*jobs, *jobs_on("The recount", 1)])
    assert [len(call) for call in engine.calls] == [9]  # the first wave of 32 was stored


@pytest.mark.parametrize(
    "change",
    [
        {"model": {**INFO.model, "sha256": "cd" * 32}},
        {"settings": {**INFO.settings, "threads": 4}},
        {"versions": {"llama": "2"}},
    ],
)
def test_another_model_setting_or_version_is_asked_again(
    tmp_path: Path, change: dict[str, object]
) -> None:
    jobs = jobs_on("The merger", 3)
    CachedEngine(INFO, BatchEngine, Store(tmp_path)).run(jobs)
    info = INFO.model_copy(update=change)
    other = CachedEngine(info, lambda: BatchEngine(info), Store(tmp_path))
    other.run(jobs)
    assert (other.hits, other.misses) == (0, 3)


def test_the_same_bytes_elsewhere_are_the_same_model(tmp_path: Path) -> None:
    jobs = jobs_on("The merger", 3)
    first = CachedEngine(INFO, BatchEngine, Store(tmp_path)).run(jobs)
    moved = INFO.model_copy(update={"model": {**INFO.model, "path": "/there/m.gguf"}})
    assert CachedEngine(moved, never, Store(tmp_path)).run(jobs) == first


def test_models_without_a_hash_are_told_apart_by_all_they_say(tmp_path: Path) -> None:
    jobs = jobs_on("The strike", 3)
    one = INFO.model_copy(update={"model": {"name": "m", "sha256": None, "host": "a:1"}})
    two = INFO.model_copy(update={"model": {"name": "m", "sha256": None, "host": "b:1"}})
    CachedEngine(one, lambda: BatchEngine(one), Store(tmp_path)).run(jobs)
    engine = CachedEngine(two, lambda: BatchEngine(two), Store(tmp_path))
    engine.run(jobs)
    assert engine.misses == 3


def test_identical_jobs_are_asked_once() -> None:
    jobs = jobs_on("The verdict", 3)
    inner = BatchEngine()
    engine = CachedEngine(INFO, lambda: inner, NullStore())
    seen: list[tuple[int, int]] = []
    results = engine.run([*jobs, *jobs, jobs[0]], lambda done, total: seen.append((done, total)))
    assert inner.calls == [jobs]
    assert results == [*results[:3], *results[:3], results[0]]
    assert engine.misses == 3
    assert seen[-1] == (7, 7)


def test_progress_counts_stored_jobs_and_only_grows(tmp_path: Path) -> None:
    jobs = jobs_on("The storm", 40)
    CachedEngine(INFO, BatchEngine, Store(tmp_path)).run(jobs[:32])
    seen: list[tuple[int, int]] = []
    engine = CachedEngine(INFO, BatchEngine, Store(tmp_path))
    engine.run(jobs, lambda done, total: seen.append((done, total)))
    assert seen[0] == (32, 40)
    assert (33, 40) in seen
    assert seen == sorted(seen)
    assert seen[-1] == (40, 40)


class FailingEngine(BatchEngine):
    def __init__(self, failure: Failure) -> None:
        super().__init__()
        self._failure = failure

    def run(self, jobs: Sequence[Job], progress: Progress | None = None) -> list[Result]:
        return [*super().run(jobs, progress)[:-1], self._failure]


@pytest.mark.parametrize("why", ["length", "context", "grammar", "refused"])
def test_failures_of_the_model_are_results(tmp_path: Path, why: str) -> None:
    failure = Failure.model_validate({"why": why, "detail": "so it was"})
    jobs = jobs_on("The trial", 4)
    CachedEngine(INFO, lambda: FailingEngine(failure), Store(tmp_path)).run(jobs)
    assert CachedEngine(INFO, never, Store(tmp_path)).run(jobs)[-1] == failure


def test_failures_of_an_endpoint_are_not_stored(tmp_path: Path) -> None:
    failure = Failure(why="endpoint", detail="HTTP 503")
    jobs = jobs_on("The trial", 20)
    first = CachedEngine(INFO, lambda: FailingEngine(failure), Store(tmp_path), wave=10)
    assert first.run(jobs)[9] == failure
    second = CachedEngine(INFO, BatchEngine, Store(tmp_path), wave=10)
    assert not any(isinstance(r, Failure) for r in second.run(jobs))
    assert second.misses == 20


def test_a_damaged_or_foreign_entry_is_computed_again(tmp_path: Path) -> None:
    class Foreign(Store):
        def get(self, key: str) -> bytes | None:
            return b'[{"kind": "generated"}]' if super().get(key) else None

    jobs = jobs_on("The fire", 2)
    first = CachedEngine(INFO, BatchEngine, Foreign(tmp_path)).run(jobs)
    again = CachedEngine(INFO, BatchEngine, Foreign(tmp_path))
    assert again.run(jobs) == first
    assert again.misses == 2


def test_results_of_other_kinds_than_asked_are_not_taken(tmp_path: Path) -> None:
    class Swapped(Store):
        def get(self, key: str) -> bytes | None:
            text = b'[{"kind": "likely", "logprobs": [-1.0], "pieces": ["x"]}]'
            return text if super().get(key) else None

    jobs = jobs_on("The fire", 1)
    CachedEngine(INFO, BatchEngine, Swapped(tmp_path)).run(jobs)
    assert CachedEngine(INFO, BatchEngine, Swapped(tmp_path)).run(jobs)[0].kind == "scored"


def test_what_the_engine_cannot_do_is_refused_before_anything_is_asked() -> None:
    info = INFO.model_copy(update={"can": ("generate",)})
    with pytest.raises(CapabilityMissing, match="likelihood, score"):
        CachedEngine(info, never, NullStore()).run(jobs_on("The vote", 3))


def test_an_engine_other_than_announced_is_a_bug() -> None:
    other = BatchEngine(INFO.model_copy(update={"settings": {"context": 8192}}))
    with pytest.raises(InternalError):
        CachedEngine(INFO, lambda: other, NullStore()).run(jobs_on("The vote", 1))
    assert other.closed == 1


def test_too_few_results_are_a_bug() -> None:
    class Short(BatchEngine):
        def run(self, jobs: Sequence[Job], progress: Progress | None = None) -> list[Result]:
            return super().run(jobs, progress)[1:]

    with pytest.raises(InternalError):
        CachedEngine(INFO, Short, NullStore()).run(jobs_on("The vote", 2))


def test_close_closes_the_engine_once_and_only_if_it_was_opened() -> None:
    CachedEngine(INFO, never, NullStore()).close()
    inner = BatchEngine()
    engine = CachedEngine(INFO, lambda: inner, NullStore())
    engine.run(jobs_on("The match", 1))
    engine.close()
    engine.close()
    assert inner.closed == 1


def test_no_jobs_need_no_engine() -> None:
    assert CachedEngine(INFO, never, NullStore()).run([]) == []


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 300), min_size=2, max_size=40), st.integers(1, 20), st.integers(1, 500)
)
def test_waves_keep_order_and_bounds(sizes: list[int], most: int, characters: int) -> None:
    shared = "Does the passage say who was responsible?\n"
    jobs: list[Job] = [  # the first letters differ, so exactly ``shared`` is common
        Generate(prompt=Prompt(user=f"{shared}{chr(200 + n)}{'x' * size}"))
        for n, size in enumerate(sizes)
    ]
    cut = list(waves(jobs, most, characters))
    assert [job for wave in cut for job in wave] == jobs
    for wave, following in zip(cut, [*cut[1:], []], strict=True):
        beyond = [len(job.prompt.user) - len(shared) for job in [*wave, *following[:1]]]
        assert len(wave) == 1 or (len(wave) <= most and sum(beyond[: len(wave)]) <= characters)
        # No wave is cut shorter than it must be.
        assert not following or len(wave) == most or sum(beyond) > characters


def test_more_jobs_at_the_end_leave_the_earlier_waves_alone() -> None:
    jobs = jobs_on("The harvest", 40)
    assert list(waves(jobs, 16, 10**6))[:2] == list(waves(jobs[:32], 16, 10**6))
