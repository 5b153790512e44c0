"""What a CPU can do, and what llama.cpp was compiled to use of it."""

from __future__ import annotations

from pathlib import Path

_NAMES = {
    "AVX": "avx",
    "AVX2": "avx2",
    "F16C": "f16c",
    "FMA": "fma",
    "AVX_VNNI": "avx_vnni",
    "AVX512": "avx512f",
    "AVX512_VBMI": "avx512vbmi",
    "AVX512_VNNI": "avx512_vnni",
    "AVX512_BF16": "avx512_bf16",
    "AMX_INT8": "amx_int8",
    "DOTPROD": "asimddp",
    "MATMUL_INT8": "i8mm",
    "SVE": "sve",
}
"""ggml's name of a feature, and that of Linux. Only those that make llama.cpp faster."""


def features(cpuinfo: Path = Path("/proc/cpuinfo")) -> frozenset[str]:
    """The features of this CPU by Linux' names; none where the system has no such list."""
    try:
        text = cpuinfo.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name.strip() in ("flags", "Features"):
            return frozenset(value.split())
    return frozenset()


def used_features(system: str) -> tuple[str, ...]:
    """The features that llama.cpp's system information says it was compiled for.

    The text reads ``CPU : SSE3 = 1 | AVX = 1 |``.
    """
    parts = system.rpartition("CPU :")[2].split("|")
    return tuple(part.split("=")[0].strip() for part in parts if "= 1" in part)


def unused_features(system: str, cpu: frozenset[str]) -> tuple[str, ...]:
    """The features, by ggml's names, that the CPU has and llama.cpp was not compiled for."""
    used = used_features(system)
    return tuple(ours for ours, linux in _NAMES.items() if linux in cpu and ours not in used)
