"""What cases are run with: an engine, a checker, and a place where finished cases are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import briefing
from briefing.config import Settings
from briefing.grounding.verdicts import Checker
from briefing.model.jobs import Engine, Failure
from briefing.model.scripted import ScriptedEngine
from briefing.paths import data_dir
from briefing.prompts import DEFAULT_SET
from briefing.resources import prompts_dir
from briefing.store import ResultStore

_ENGINE: Final = {
    "model",
    "endpoint",
    "endpoint_options",
    "allow_remote",
    "offline",
    "threads",
    "gpu_layers",
    "context",
    "store",
    "store_dir",
}
"""Settings that an engine is opened by."""
_DATA: Final = {".json", ".gz", ".jinja"}


@dataclass(frozen=True)
class Openers:
    """How the engine that settings name is opened, and the checker that asks that engine."""

    engine: Callable[[Settings], AbstractContextManager[Engine]]
    checker: Callable[[Settings, Engine], Checker]


@dataclass
class _Open:
    """What is open for one kind of settings; the checker only once it is needed."""

    key: str
    stack: ExitStack
    engine: Engine
    checker: Checker | None = None


class Bench:
    """Engine and checker for one model at a time: asking for another closes those before it.

    ``judge`` says whether the checker has its judge; ``fresh`` passes over results that are kept.
    To be used as a context manager, by one thread at a time.
    """

    def __init__(
        self, openers: Openers, store: ResultStore, *, judge: bool = True, fresh: bool = False
    ) -> None:
        self.store = store
        self.judge = judge
        self.fresh = fresh
        self._openers = openers
        self._open: _Open | None = None

    def engine(self, settings: Settings) -> Engine:
        """The engine of ``settings``. Raises: BriefingError where it cannot be opened."""
        return self._opened(settings).engine

    def checker(self, settings: Settings) -> Checker:
        """The checker of ``settings``. Raises: BriefingError where it cannot be opened.

        It asks the same engine, so that a model is in memory once, but with our own prompts: a set
        that is measured must not measure itself.
        """
        here = self._opened(settings)
        if here.checker is None:
            judging = settings.model_copy(update={"prompts": DEFAULT_SET})
            here.checker = self._openers.checker(judging, here.engine)
        return here.checker

    def close(self) -> None:
        """Close what is open. Harmless twice."""
        here, self._open = self._open, None
        if here is not None:
            here.stack.close()

    def __enter__(self) -> Self:
        """The bench itself; nothing is opened yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close what is open."""
        self.close()

    def _opened(self, settings: Settings) -> _Open:
        key = settings.model_dump_json(include=_ENGINE)
        if self._open is None or self._open.key != key:
            self.close()
            stack = ExitStack()
            engine = stack.enter_context(self._openers.engine(settings))
            self._open = _Open(key, stack, engine)
        return self._open


def openers(*, model: bool = True) -> Openers:
    """The real ones; without ``model`` the engine answers nothing and the checker has no judge."""

    def engine(settings: Settings) -> AbstractContextManager[Engine]:
        if not model:
            return nullcontext(silent())
        from briefing.model.opening import open_store, opened

        return opened(settings, open_store(settings))

    def checker(settings: Settings, engine: Engine) -> Checker:
        from briefing.grounding.checker import LayeredChecker
        from briefing.grounding.opening import judging

        return judging(engine, settings) if model else LayeredChecker()

    return Openers(engine, checker)


def silent() -> Engine:
    """An engine that answers nothing: what comes out then is chosen by rules alone."""
    return ScriptedEngine(lambda _: Failure(why="refused", detail="no model was asked"), "none")


def data_digest() -> str:
    """SHA-256 of what is no code and yet decides: word lists, prompts, calibrations, heads."""
    digest = hashlib.sha256()
    own = (data_dir() / "calibrations", data_dir() / "heads")
    for folder in (Path(briefing.__file__).parent, prompts_dir(), *own):
        for path in sorted(p for p in folder.rglob("*") if p.suffix in _DATA and p.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
