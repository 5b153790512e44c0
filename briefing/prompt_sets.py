"""The prompt sets there are, and new ones."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from briefing import atomic, prompt_manifest
from briefing.errors import TemplateError, UserError
from briefing.prompt_manifest import FILE_NAME
from briefing.prompts import PromptSet
from briefing.resources import prompts_dir
from briefing.text_files import is_there, read_bytes
from briefing.types import Value


class Listed(Value):
    """A prompt set as ``briefing prompts list`` shows it; ``given`` is what --prompts takes."""

    given: str
    version: str
    description: str
    own: tuple[str, ...] = ()


def listed(folder: Path) -> list[Listed]:
    """Our sets, then those of the user in ``folder`` and in its ``prompts``."""
    ours = sorted(path for path in prompts_dir().iterdir() if path.is_dir())
    seen = {path.resolve() for path in ours}
    found = [_listed(path, path.name) for path in ours]
    for place in (folder, folder / "prompts"):
        for manifest in sorted(place.glob(f"*/{FILE_NAME}")):
            path = manifest.parent
            if path.resolve() not in seen:
                found.append(_listed(path, path.relative_to(folder).as_posix()))
    return found


def new(place: Path, base: PromptSet) -> PromptSet:
    """Make the folder ``place`` with a copy of all prompts in effect in ``base``.

    Raises: UserError where something is there, or nothing can be written.
    """
    name = place.name
    if is_there(place):
        raise UserError(f"{place} exists already", "Choose another name.")
    if (prompts_dir() / name).is_dir() and place.parent == Path():
        raise UserError(f"{name!r} is the name of one of ours", "Choose another name.")
    manifest = base.manifest
    origin = f"{base.name} {manifest.version}".strip()
    fresh = {"name": name, "version": "1", "description": f"Made from {origin}."}
    try:
        text = prompt_manifest.dumps(type(manifest)(**{**dict(manifest), **fresh}))
        beside = Path(tempfile.mkdtemp(prefix=f".{name[:40]}.", dir=place.parent))
        folder = beside / name
    except ValueError as error:
        raise UserError(
            f"{name!r} is no name for a prompt set", "Use letters and digits."
        ) from error
    except OSError as error:
        raise UserError(f"{place} cannot be made: {error.strerror}") from error
    try:
        folder.mkdir()  # as the umask has it, unlike what lies around it
        for file in base.files.values():
            atomic.write_bytes(folder / file.name, read_bytes(file))
        atomic.write_text(folder / FILE_NAME, text)
        folder.rename(place)
    except OSError as error:
        raise UserError(f"{place} cannot be made: {error.strerror}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return PromptSet(str(place))


def _listed(path: Path, given: str) -> Listed:
    own = tuple(sorted(p.stem for p in path.glob("*.jinja")))
    try:
        manifest = prompt_manifest.load(path)
    except TemplateError as error:
        return Listed(given=given, version="", description=f"broken: {error.message}", own=own)
    if manifest is None:
        return Listed(given=given, version="", description="", own=own)
    return Listed(given=given, version=manifest.version, description=manifest.description, own=own)
