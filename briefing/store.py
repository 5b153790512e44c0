"""Results of expensive steps, kept by the hash of everything they depend on.

A key says what was asked, so a stored result is either the right one or absent: nothing is ever
brought up to date. Entries quote documents, so folders have mode 0700 and files 0600. A store that
cannot be written is a warning and never a failed run.

Layout: ``ROOT/results/3f/wave-3f2a…`` where an entry is one line (format, SHA-256 of key and value)
and the value. The time of last use is the file's modification time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel

from briefing import atomic
from briefing.errors import InternalError, UserError
from briefing.types import Value

MAX_BYTES = 2 * 10**9
"""How much a store holds after a run, in bytes, unless told otherwise."""

_KEY = re.compile(r"(?P<kind>[a-z][a-z0-9_]*)-(?P<digest>[0-9a-f]{64})")
_FORMAT = b"briefing-result 1 "
_ABANDONED = timedelta(hours=1)
"""Age at which a file beside an entry was left by a killed process and is not being written."""


def key_of(kind: str, **parts: object) -> str:
    """The key of a result: ``KIND-`` and the SHA-256 of the canonical JSON of kind and ``parts``.

    ``parts`` are plain JSON values or pydantic models.

    Raises: InternalError for a kind that is no lower-case name; TypeError for other values.
    """
    canonical = json.dumps(
        [kind, parts], sort_keys=True, separators=(",", ":"), default=_plain, allow_nan=False
    )
    return _checked(f"{kind}-{hashlib.sha256(canonical.encode('ascii')).hexdigest()}")


class Entry(Value):
    """One stored result: its size in bytes on disk, and when it was last used."""

    key: str
    kind: str
    bytes: int
    used: datetime


class ResultStore(Protocol):
    """Where results are kept between runs. ``warnings`` holds what went wrong, in words."""

    warnings: list[str]

    def get(self, key: str) -> bytes | None:
        """The value under ``key``, or None."""
        ...

    def put(self, key: str, value: bytes) -> None:
        """Keep ``value`` under ``key``, if that is possible."""
        ...

    def trim(self, max_bytes: int = MAX_BYTES) -> tuple[Entry, ...]:
        """Remove the least recently used entries above ``max_bytes``; returns them."""
        ...


class NullStore:
    """Keeps nothing (``--no-store``)."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def get(self, key: str) -> bytes | None:  # noqa: ARG002
        """Nothing."""
        return None

    def put(self, key: str, value: bytes) -> None:
        """Forget ``value``."""

    def trim(self, max_bytes: int = MAX_BYTES) -> tuple[Entry, ...]:  # noqa: ARG002
        """Nothing to remove."""
        return ()


class Store:
    """Results in files under ``root``. Any number of processes may use it at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.warnings: list[str] = []

    def get(self, key: str) -> bytes | None:
        """The value under ``key``, or None. A damaged entry counts as missing and is removed.

        Raises: InternalError for a malformed key.
        """
        path = self._path(key)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._warn(f"Stored results in {self.root} cannot be read: {error.strerror}.")
            return None
        head, _, value = data.partition(b"\n")
        if head != _head(key, value):
            self._warn(f"A damaged result in {self.root} was removed; it is computed again.")
            _unlink(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return value

    def put(self, key: str, value: bytes) -> None:
        """Keep ``value`` under ``key``; where that fails, a warning says so.

        Raises: InternalError for a malformed key.
        """
        path = self._path(key)
        try:
            self._make(path.parent)
            atomic.write_bytes(path, _head(key, value) + b"\n" + value, private=True)
        except (OSError, UserError) as error:
            cause = error if isinstance(error, OSError) else error.__cause__
            reason = cause.strerror if isinstance(cause, OSError) else str(error)
            self._warn(
                f"Results cannot be kept in {self.root}: {reason}. The run goes on, but it"
                " could not be resumed and a second one would compute everything again."
            )

    def entries(self) -> tuple[Entry, ...]:
        """All entries, least recently used first."""
        return tuple(sorted(self._scan(), key=lambda entry: (entry.used, entry.key)))

    def size(self) -> int:
        """Bytes of all entries."""
        return sum(entry.bytes for entry in self._scan())

    def clear(self, older_than: timedelta | None = None) -> tuple[Entry, ...]:
        """Remove all entries, or those not used for longer than ``older_than``; returns them."""
        limit = None if older_than is None else datetime.now(UTC) - older_than
        self._sweep(timedelta(0) if older_than is None else _ABANDONED)
        return self._remove([e for e in self.entries() if limit is None or e.used < limit])

    def trim(self, max_bytes: int = MAX_BYTES) -> tuple[Entry, ...]:
        """Remove the least recently used entries until ``max_bytes`` are left; returns them."""
        self._sweep(_ABANDONED)
        entries = self.entries()
        excess = sum(entry.bytes for entry in entries) - max_bytes
        doomed: list[Entry] = []
        for entry in entries:
            if excess <= 0:
                break
            doomed.append(entry)
            excess -= entry.bytes
        return self._remove(doomed)

    @property
    def _results(self) -> Path:
        return self.root / "results"

    def _path(self, key: str) -> Path:
        digest = _checked(key).rpartition("-")[2]
        return self._results / digest[:2] / key

    def _make(self, shard: Path) -> None:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (self._results, shard):
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.stat().st_mode & 0o077:
                folder.chmod(0o700)

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self._results.glob("??/*"):
            # Another process may remove what was just listed.
            with contextlib.suppress(OSError):
                yield path, path.stat()

    def _scan(self) -> Iterator[Entry]:
        for path, stat in self._files():
            match = _KEY.fullmatch(path.name)
            if match:
                used = datetime.fromtimestamp(stat.st_mtime, UTC)
                yield Entry(key=path.name, kind=match["kind"], bytes=stat.st_size, used=used)

    def _sweep(self, age: timedelta) -> None:
        """Remove what killed processes left half-written beside the entries."""
        limit = time.time() - age.total_seconds()
        for path, stat in self._files():
            if path.name.startswith(".") and stat.st_mtime <= limit:
                _unlink(path)

    def _remove(self, entries: list[Entry]) -> tuple[Entry, ...]:
        removed = tuple(entry for entry in entries if _unlink(self._path(entry.key)))
        if len(removed) < len(entries):
            self._warn(f"{len(entries) - len(removed)} results in {self.root} are not removable.")
        return removed

    def _warn(self, message: str) -> None:
        if message not in self.warnings:
            self.warnings.append(message)


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(f"a result cannot depend on a {type(value).__name__}")


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise InternalError(f"{key!r} is no key of a stored result")
    return key


def _head(key: str, value: bytes) -> bytes:
    # The key is part of the sum: an entry renamed to another key is damaged, not an answer.
    digest = hashlib.sha256(key.encode("ascii") + b"\n" + value).hexdigest()
    return _FORMAT + digest.encode("ascii")


def _unlink(path: Path) -> bool:
    """Whether ``path`` is gone."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
