"""Does this build of llama.cpp compute, and compute right?

Meant to run in a child process, ``python -m briefing.model.selftest``: a build that does not fit
the CPU kills the process that uses it. A prompt is decoded in one batch and again token by token;
the two take different kernels (AMX or repacked matrices for the batch, vectors for the tokens), so
a wrong one shows.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from briefing.errors import BriefingError
from briefing.model import random_gguf
from briefing.model.runtime import Row, Runtime, RuntimeOptions, Tokens, build_info, supports_gpu

PROMPT = 96
"""Tokens: more than any kernel's threshold for batches."""
COMPARED = 32
"""So many last positions are compared."""
TOLERANCE = 0.2
"""Allowed root mean square difference of logits, in their standard deviations."""

_GPU_TYPES = (1, 2)
"""ggml's numbers for a graphics card and for graphics that share the memory of the CPU."""

Logits = NDArray[np.float32]


@dataclass(frozen=True)
class Report:
    """What a self-test saw: in words, llama.cpp's view of the CPU, and the GPUs it would use."""

    ok: bool
    detail: str
    system: str
    gpus: tuple[str, ...]


def run(model: Path | None = None) -> Report:
    """Decode with ``model``, or with one of random weights; on the GPU too, where there is one.

    Raises: ModelUnusable where llama.cpp refuses the file.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = model or Path(folder) / "random.gguf"
        if model is None:
            random_gguf.write(path)
        seen = {place: _difference(path, layers) for place, layers in _places().items()}
    # subtle: a difference that is not a number must fail as well.
    ok = all(difference <= TOLERANCE for difference in seen.values())
    places = ", ".join(f"{difference:.2g} on the {place}" for place, difference in seen.items())
    detail = f"{'computes' if ok else 'computes wrongly'}; batch against single tokens: {places}"
    return Report(ok, detail, build_info(), gpus())


def gpus() -> tuple[str, ...]:
    """The devices, other than CPUs, that this build of llama.cpp would use, by their names."""
    library = llama_cpp.llama_cpp._lib
    library.ggml_backend_dev_get.restype = ctypes.c_void_p
    library.ggml_backend_dev_description.restype = ctypes.c_char_p
    found = [
        ctypes.c_void_p(library.ggml_backend_dev_get(ctypes.c_size_t(index)))
        for index in range(library.ggml_backend_dev_count())
    ]
    return tuple(
        library.ggml_backend_dev_description(device).decode("utf-8", "replace")
        for device in found
        if library.ggml_backend_dev_type(device) in _GPU_TYPES
    )


def _places() -> dict[str, int]:
    """Where models can run here, and how many layers to offload for that."""
    return {"CPU": 0, "GPU": -1} if supports_gpu() else {"CPU": 0}


def _difference(path: Path, gpu_layers: int) -> float:
    """Of logits from one batch against those from single tokens; not a number where they are."""
    options = RuntimeOptions(context=512, sequences=2, threads=2, gpu_layers=gpu_layers)
    runtime = Runtime(path, options)
    try:
        ids = [1 + 7919 * i % (runtime.vocab_size - 1) for i in range(PROMPT)]
        batch = _decode(runtime, ids, sequence=0, step=PROMPT)
        single = _decode(runtime, ids, sequence=1, step=1)
    finally:
        runtime.close()
    if not (np.isfinite(batch).all() and np.isfinite(single).all()):
        return float("nan")
    return float(np.sqrt(np.mean((batch - single) ** 2)) / (np.std(single) + 1e-9))


def _decode(runtime: Runtime, ids: list[int], *, sequence: int, step: int) -> Logits:
    """Logits at the last positions, shape (COMPARED, vocabulary); ``step`` tokens at a time."""
    rows: list[Logits] = []

    def keep(_: int, row: Row) -> None:
        rows.append(row.copy())

    for start in range(0, len(ids), step):
        tokens = Tokens()
        wanted = range(max(0, len(ids) - COMPARED - start), step)
        tokens.add(ids[start : start + step], start, sequence, wanted)
        runtime.decode(tokens, keep)
    return np.stack(rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report as JSON; exit status 0 when all is well, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="briefing.model.selftest")
    parser.add_argument("--model", type=Path, help="a GGUF file; random weights by default")
    try:
        report = run(parser.parse_args(argv).model)
    except BriefingError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    sys.stdout.write(json.dumps(asdict(report)) + "\n")
    if not report.ok:
        sys.stderr.write(f"{report.detail}\n")
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
