"""The one place that writes a file: beside it first, then renamed, so that none is half-written."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from briefing.errors import UserError


def write_bytes(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write ``data`` to ``path`` so that a reader sees the old file or the whole new one.

    ``private`` files are readable by their owner only; others follow the umask.

    Raises: UserError naming ``path`` where it cannot be written.
    """
    if _is_device(path):
        _write_into(path, data)
        return
    path = path.resolve() if path.is_symlink() else path
    if path.is_file() and not os.access(path, os.W_OK):
        # Renaming would replace it all the same: somebody meant to keep it.
        raise UserError(f"{path} is write-protected", "Write elsewhere, or allow writing to it.")
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}", _hint(path)) from error
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not private:
            beside.chmod(_mode(path))
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UserError(f"{path} cannot be written: {error.strerror}", _hint(path)) from error
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str, *, private: bool = False) -> None:
    """Write ``text`` as UTF-8 with its line ends as they are; see :func:`write_bytes`."""
    write_bytes(path, text.encode("utf-8"), private=private)


def _is_device(path: Path) -> bool:
    """A pipe, a terminal, /dev/null: renaming a file to its name would destroy it."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _write_into(path: Path, data: bytes) -> None:
    try:
        with path.open("wb") as file:
            file.write(data)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}", _hint(path)) from error


def _mode(path: Path) -> int:
    """Permissions for ``path``: those it has, else what the umask leaves of 0o666."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _hint(path: Path) -> str:
    if path.is_dir():
        return "It is a folder: name a file."
    return "Check that the folder exists, is yours to write, and has space left."
