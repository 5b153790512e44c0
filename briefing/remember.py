"""A whole briefing, kept: the same documents, settings, model and code give it back at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from briefing.config import Settings
from briefing.document import dumps
from briefing.model import heads
from briefing.model.fetch import pipeline_path
from briefing.model.jobs import EngineInfo
from briefing.paths import pipelines_dir
from briefing.sources import Reading
from briefing.store import ResultStore, key_of
from briefing.types import Briefing

_ELSEWHERE = {"store", "store_dir", "template", "threads", "gpu_layers", "context"}
"""Settings that change no byte of a briefing, or are part of what the engine says of itself."""


def remembered(store: ResultStore, key: str, make: Callable[[], tuple[Briefing, bool]]) -> Briefing:
    """The briefing kept under ``key``, or a new one.

    ``make`` returns it and whether it may be kept: not where an engine failed to answer.
    """
    kept = store.get(key)
    if kept is not None:
        try:
            return Briefing.model_validate_json(kept)
        except ValidationError:  # written by a version with another schema
            pass
    made, whole = make()
    if whole:
        store.put(key, dumps(made).encode("utf-8"))
    return made


def briefing_key(
    reading: Reading, settings: Settings, info: EngineInfo, prompts: dict[str, str]
) -> str:
    """The key of everything that a briefing depends on, our own code included."""
    return key_of(
        "briefing",
        sources=[source.model_dump(exclude={"text", "locations"}) for source in reading.sources],
        left_out=[left.model_dump() for left in reading.left_out],
        settings=settings.model_dump(mode="json", exclude=_ELSEWHERE),
        engine=info.model_dump(),
        prompts=prompts,
        heads=heads.digest(info),
        code=_own_code(),
        language=_parser(pipelines_dir()),
    )


# Both are as they were when first asked: the process runs on with what it has loaded.
@cache
def _own_code() -> str:
    return code_digest()


@cache
def _parser(_pipelines: Path) -> tuple[str, bool]:
    """The version of spaCy, and whether English weights were fetched; all of them are hashed."""
    return version("spacy"), pipeline_path() is not None


def code_digest(package: Path = Path(__file__).parent) -> str:
    """SHA-256 over the package's own files: results of another version are not ours."""
    digest = sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in {".py", ".toml"}:
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
