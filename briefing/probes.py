"""How :mod:`briefing.doctor` looks at this machine."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import psutil

from briefing import cpu, paths
from briefing.doctor import Memory, Probes, Trial
from briefing.errors import UserError
from briefing.language import ENGLISH
from briefing.model import fetch, gguf_header
from briefing.model.catalogue import DEFAULT_ENCODER

TRIAL_S = 120
"""The self-test takes seconds; a machine that is busy takes longer."""
SELF_TEST = (sys.executable, "-m", "briefing.model.selftest")

_DEATHS = {
    signal.SIGILL: "it uses instructions that this CPU does not have, or a compiler fault broke "
    "the use of AMX (GCC 12 is known for that): it was compiled elsewhere, or without set-up",
    signal.SIGSEGV: "a compiler fault, or a build that does not fit this CPU or system",
    signal.SIGBUS: "a compiler fault, or a build that does not fit this CPU or system",
    signal.SIGKILL: "the system ended it, most likely for lack of memory",
}


def this_machine(store_dir: Path | None = None) -> Probes:
    """The probes that really look; ``store_dir`` is the store's folder, if not the usual one."""
    return Probes(
        python=sys.version_info[:3],
        version=_version,
        cpu_features=cpu.features,
        trial=trial,
        locate=fetch.locate,
        kv_bytes=lambda path: gguf_header.kv_bytes_per_token(gguf_header.read(path)),
        pipeline=_pipeline,
        encoder=_encoder,
        memory=_memory,
        store=lambda: _writable(store_dir or paths.cache_dir()),
        readable_by_others=lambda folder: bool(folder.stat().st_mode & 0o077),
        free_disk=lambda folder: shutil.disk_usage(folder).free,
    )


def trial(command: Sequence[str] = SELF_TEST, timeout: float = TRIAL_S) -> Trial:
    """Run the self-test in a child process; its death is a result like any other."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, capture_output=True, timeout=timeout, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return Trial(ok=False, detail=f"no answer from llama.cpp within {timeout:g} s")
    if done.returncode < 0:
        return Trial(ok=False, detail=_death(-done.returncode))
    try:
        report = json.loads(done.stdout)
        return Trial(
            ok=report["ok"],
            detail=report["detail"],
            system=report["system"],
            gpus=tuple(report["gpus"]),
        )
    except (ValueError, KeyError, TypeError):
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return Trial(ok=False, detail=lines[-1] if lines else f"exit status {done.returncode}")


def _death(number: int) -> str:
    try:
        killed_by = signal.Signals(number)
    except ValueError:
        return f"llama.cpp was killed by signal {number}"
    reason = _DEATHS.get(killed_by, "a fault in it, or in how it was compiled")
    return f"llama.cpp was killed by {killed_by.name}: {reason}"


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _pipeline() -> str | None:
    """The English pipeline that :mod:`briefing.language` would load, by name."""
    fetched = fetch.pipeline_path(ENGLISH)
    if fetched:
        return fetched.name
    installed = _version(ENGLISH)
    return f"{ENGLISH} {installed}" if installed else None


def _encoder() -> str | None:
    """The sentence encoder that a briefing would use, by name."""
    found = fetch.pipeline_path(DEFAULT_ENCODER) if DEFAULT_ENCODER else None
    return found.name if found else None


def _memory() -> Memory:
    found = psutil.virtual_memory()
    return Memory(total=found.total, available=found.available)


def _writable(folder: Path) -> Path:
    """``folder``, made if need be, after writing to it. Raises: UserError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"briefing")
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}") from error
    return folder
