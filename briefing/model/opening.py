"""Opening the engine that the settings name, with the store in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing.config import Settings
from briefing.errors import ModelMissing, UserError
from briefing.model.cached import CachedEngine
from briefing.model.catalogue import DEFAULT_ENCODER, DEFAULT_MODEL
from briefing.model.fetch import ModelFile, locate, pipeline_path
from briefing.paths import cache_dir
from briefing.store import NullStore, ResultStore, Store

if TYPE_CHECKING:
    from briefing.model.llama import LlamaEngine
    from briefing.model.runtime import RuntimeOptions

CONTEXT_MOST, CONTEXT_LEAST = 8192, 2048
"""Tokens. Jobs are small: a larger context is filled by nothing and slows nothing but the start."""
CELL_SHARE = 16_000
"""A file of so many bytes needs at most about one byte of KV cache per token and layer share: the
1.5 B default (1.1 GB) takes 28 kB a token where this rule allows for 70 kB."""


@contextmanager
def opened(settings: Settings, store: ResultStore) -> Iterator[CachedEngine]:
    """The engine of ``settings``, remembering in ``store``, which is trimmed at the end.

    Raises: ModelMissing, ModelCorrupt, ModelUnusable, OfflineError, UserError.
    """
    engine = _remote(settings, store) if settings.endpoint else _local(settings, store)
    engine.stand_beside(_encoder())
    try:
        yield engine
    finally:
        engine.close()
        if isinstance(store, Store):
            store.trim()


def open_store(settings: Settings) -> ResultStore:
    """The store of ``settings``; none where it is turned off or the folder cannot be written."""
    if not settings.store:
        return NullStore()
    try:
        return Store(settings.store_dir or cache_dir() / "store")
    except UserError:
        # A read-only home must not fail a run that needs no store.
        return NullStore()


def planned_context(model_bytes: int, memory_bytes: int) -> int:
    """Tokens of context for a model of ``model_bytes`` on a machine with ``memory_bytes``.

    From the machine's whole memory, not from what happens to be free: results depend on the
    context, and the same machine must give the same results tomorrow.
    """
    room = memory_bytes * 0.8 - model_bytes
    tokens = int(room / max(1, model_bytes / CELL_SHARE))
    return max(CONTEXT_LEAST, min(CONTEXT_MOST, tokens // 1024 * 1024))


def local_engine(settings: Settings) -> tuple[ModelFile, LlamaEngine]:
    """The llama.cpp engine of ``settings``, loaded and without a store."""
    from briefing.model.llama import LlamaEngine

    file, options = _planned(settings)
    return file, LlamaEngine(file.path, options, _described(file))


def _local(settings: Settings, store: ResultStore) -> CachedEngine:
    from briefing.model.about import engine_info
    from briefing.model.llama import LlamaEngine

    file, options = _planned(settings)
    model = _described(file)
    return CachedEngine(
        engine_info(model, options), lambda: LlamaEngine(file.path, options, model), store
    )


def _encoder() -> str:
    """The folder of the default encoder, if it was fetched."""
    folder = None if DEFAULT_ENCODER is None else pipeline_path(DEFAULT_ENCODER)
    return folder.name if folder else ""


def _planned(settings: Settings) -> tuple[ModelFile, RuntimeOptions]:
    import psutil

    from briefing.model.about import default_threads
    from briefing.model.runtime import RuntimeOptions
    from briefing.model.waves import SEQUENCES

    file = _located(settings)
    return file, RuntimeOptions(
        context=settings.context or planned_context(file.size, psutil.virtual_memory().total),
        sequences=SEQUENCES,
        threads=settings.threads or default_threads(),
        gpu_layers=settings.gpu_layers,
    )


def _described(file: ModelFile) -> dict[str, str | int | None]:
    """What the briefing says of the model: never where it lies."""
    return {"name": file.name, "file": file.path.name, "sha256": file.sha256, "bytes": file.size}


def _located(settings: Settings) -> ModelFile:
    name = settings.model or DEFAULT_MODEL
    try:
        return locate(name)
    except ModelMissing as error:
        raise ModelMissing(
            error.message, error.hint or f"Run `briefing models pull {name}`."
        ) from error


def _remote(settings: Settings, store: ResultStore) -> CachedEngine:
    from briefing.model.endpoint import remote_config
    from briefing.model.remote import RemoteEngine

    engine = RemoteEngine(remote_config(settings))
    return CachedEngine(engine.info, lambda: engine, store)
