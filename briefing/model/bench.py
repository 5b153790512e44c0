"""What the engine does a second on this machine, each figure beside what it is compared with."""

from __future__ import annotations

from briefing.config import Settings
from briefing.model.jobs import Generate, Job, Prompt, Score
from briefing.model.llama import LlamaEngine, Stats
from briefing.model.opening import local_engine

_TEXT = (
    "The harbour board met on Tuesday to consider the plan for a second pier. Members heard that "
    "the work would take four years and that two firms had bid for it. The vote was put off until "
    "the spring, because the survey of the sea bed was not complete."
)
_GRAMMAR = 'start: "The board " /[a-z ]{40,120}/ ", and nothing else was decided on that day."'


def measure(settings: Settings) -> dict[str, str | float | int]:
    """Figures by name: tokens a second, ratios, and shares of time from 0 to 1.

    Raises: what opening the model raises.
    """
    file, engine = local_engine(settings)
    try:
        single = _decode(engine, 1)
        batched = _decode(engine, 16)
        prefill = _prefill(engine)
        inside = engine.busy_seconds
    finally:
        engine.close()
    rate = _per_second(batched.decode_tokens, batched.decode_seconds)
    alone = _per_second(single.decode_tokens, single.decode_seconds)
    total = single.total_seconds + batched.total_seconds + prefill.total_seconds
    return {
        "model": file.name,
        "prefill tokens/s": _per_second(prefill.prefill_tokens, prefill.prefill_seconds),
        "prompt tokens asked per token computed": prefill.asked_tokens
        / max(1, prefill.prefill_tokens),
        "decode tokens/s, one sequence": alone,
        "decode tokens/s, 16 sequences": rate,
        "batched against single": rate / max(alone, 1e-9),
        "share of tokens forced by the grammar": batched.forced_tokens
        / max(1, batched.decode_tokens),
        "share of time outside the model": max(0.0, 1 - inside / max(total, 1e-9)),
    }


def _decode(engine: LlamaEngine, count: int) -> Stats:
    engine.stats = Stats()
    jobs = [
        Generate(
            prompt=Prompt(user=f"{_TEXT}\n\nReport {number}, in one sentence:"),
            grammar=_GRAMMAR,
            max_tokens=64,
        )
        for number in range(count)
    ]
    engine.run(jobs)
    return engine.stats


def _prefill(engine: LlamaEngine) -> Stats:
    engine.stats = Stats()
    jobs: list[Job] = [
        Score(
            prompt=Prompt(
                system="You answer with one word.",
                user=f"Report {number}: {_TEXT}\n\n{question} Answer Yes or No.",
            ),
            choices=("Yes", "No"),
        )
        for number in range(16)
        for question in ("Was anything decided?", "Is anything unclear?")
    ]
    engine.run(jobs)
    return engine.stats


def _per_second(tokens: int, seconds: float) -> float:
    return tokens / seconds if seconds else 0.0
