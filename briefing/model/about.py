"""What llama.cpp's answers depend on, told without loading a model."""

from __future__ import annotations

import os

import llama_cpp

from briefing.model.jobs import EngineInfo
from briefing.model.runtime import RuntimeOptions, build_info
from briefing.model.waves import WAVE


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
        can=("score", "generate", "likelihood", "probe"),
    )


def default_threads() -> int:
    """Physical cores: hyper-threads do not help memory-bound work."""
    import psutil

    return psutil.cpu_count(logical=False) or os.cpu_count() or 1


def _llguidance_version() -> str:
    from importlib.metadata import version

    return version("llguidance")
