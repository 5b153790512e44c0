"""SHA-256 of large files, remembered: a start does not read 1.1 GB to learn what it knew.

A stamp is believed while size, times and inode of the file are those it was made for. It guards
against accidents (a cut or replaced file), not against somebody who may write to the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from pydantic import ValidationError

from briefing import atomic
from briefing.errors import UserError
from briefing.types import Sha256, Value

CHUNK = 1 << 20


class Stamp(Value):
    """The hash of a file, and how the file looked when it was computed."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    sha256: Sha256


def beside(path: Path) -> Path:
    """Where the stamp of ``path`` is kept in a folder of ours."""
    return path.with_name(f"{path.name}.stamp.json")


def hash_file(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remembered(path: Path, stamp: Path) -> str | None:
    """The hash that ``stamp`` holds, if ``path`` still looks as it did then."""
    try:
        kept = Stamp.model_validate_json(stamp.read_bytes())
        return kept.sha256 if kept == _stamp(path, kept.sha256) else None
    except (OSError, ValidationError):
        return None


def hash_once(path: Path, stamp: Path) -> str:
    """The hash of ``path``: remembered, or computed and remembered."""
    return remembered(path, stamp) or hash_again(path, stamp)


def hash_again(path: Path, stamp: Path) -> str:
    """The hash of ``path``, computed from its bytes now, and remembered."""
    before = _stamp(path, "0" * 64)
    sha256 = hash_file(path)
    if before == _stamp(path, "0" * 64):
        write(path, stamp, sha256)
    return sha256


def write(path: Path, stamp: Path, sha256: str) -> None:
    """Remember ``sha256`` for ``path``. A folder that cannot be written only costs time."""
    text = _stamp(path, sha256).model_dump_json() + "\n"
    with contextlib.suppress(UserError):
        atomic.write_text(stamp, text)


def _stamp(path: Path, sha256: str) -> Stamp:
    now = path.stat()
    return Stamp(
        size=now.st_size,
        mtime_ns=now.st_mtime_ns,
        ctime_ns=now.st_ctime_ns,
        inode=now.st_ino,
        sha256=sha256,
    )
