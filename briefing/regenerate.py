"""Redo a briefing from its own file: what changed, and nothing else.

The texts come from the briefing file (or, where it was written without them, from the original
documents, checked by hash), the settings from what it records. The store answers every job that is
as it was, so that the model is asked only what a change reaches.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from briefing import __version__
from briefing.config import Settings
from briefing.errors import DocumentError, SourceError, TemplateError, UserError
from briefing.model.cached import CachedEngine
from briefing.model.jobs import EngineInfo
from briefing.pipeline import Made, answered
from briefing.prompts import PromptSet
from briefing.runlog import Stopwatch
from briefing.sources import Reading, read_bytes_again, text_of
from briefing.store import ResultStore
from briefing.types import Briefing, LeftOut, Source

_RECORDED: Final = (
    *("max_read", "max_outcomes", "max_quotes", "max_questions", "topic", "language"),
)
_MACHINE: Final = ("context", "threads", "gpu_layers")
"""Engine settings, worth repeating where the same build of llama.cpp answers again."""
_NUMBER: Final = re.compile(r"S(\d{1,9})")


@dataclass(frozen=True)
class Recorded:
    """What a briefing file says of its run, and the ``file`` it is in, for messages."""

    briefing: Briefing
    file: Path

    def settings(self, base: Settings, given: Iterable[str], models: Iterable[str]) -> Settings:
        """The settings for a new run: ``base`` with what the file records and nobody gave.

        ``given`` are names of settings that were given as flags. ``models`` are the names of models
        that a file may ask for: a document must not choose which file is loaded.

        Raises: UserError where the file's model or prompt set cannot be had by name.
        """
        flags = set(given)
        run = self.briefing.run
        known: dict[str, object] = {k: run.settings[k] for k in _RECORDED if k in run.settings}
        known["seed"] = run.seed
        known["prompts"] = self._prompts(base) if "prompts" not in flags else base.prompts
        if base.endpoint is None and "model" not in flags:
            known["model"] = self._model(base, set(models))
        if any(source.text is None for source in self.briefing.sources):
            known["include_text"] = False
        kept = {key: value for key, value in known.items() if key not in flags}
        return self._valid(base, kept)

    def on_this_machine(self, settings: Settings, build: str) -> Settings:
        """``settings`` with the engine's size and threads as recorded, if ``build`` is the same."""
        said = self.briefing.run.settings
        if said.get("build") != build:
            return settings
        return self._valid(settings, {key: said[key] for key in _MACHINE if key in said})

    def changes(self, settings: Settings, info: EngineInfo, reading: Reading) -> list[str]:
        """What is not as it was, in words."""
        was = self.briefing.run
        found = []
        if info.model.get("sha256") != was.model.get("sha256"):
            found.append(f"model: {info.model.get('name')} instead of {was.model.get('name')}")
        prompts = PromptSet(settings.prompts)
        now = {f"{prompts.name}/{name}": sha for name, sha in prompts.hashes.items()}
        differing = changed_prompts(was.prompts, now)
        if differing:
            found.append(f"prompts changed: {', '.join(differing)}")
        if settings.topic != self.briefing.topic:
            found.append(f"topic: {settings.topic or 'none'}")
        known = {source.id for source in self.briefing.sources}
        added = [source for source in reading.sources if source.id not in known]
        if added:
            found.append(f"documents added: {', '.join(source.name for source in added)}")
        if was.briefing_version != __version__:
            found.append(f"briefing: {__version__} instead of {was.briefing_version}")
        return found

    def _prompts(self, base: Settings) -> str:
        """The set that was used, by its name: ours, or the one that the settings name."""
        names = {key.rpartition("/")[0] for key in self.briefing.run.prompts} - {""}
        if len(names) != 1:
            return base.prompts
        (name,) = names
        for candidate in (base.prompts, name):
            if "/" in name or Path(candidate).name != name:
                continue
            try:
                return candidate if PromptSet(candidate).name == name else base.prompts
            except (TemplateError, OSError):  # no name of a folder, such as one too long
                continue
        raise UserError(
            f"{self.file} was made with the prompt set {name!r}, which is not here",
            "Say with --prompts where it is, or which one to use.",
        )

    def _model(self, base: Settings, models: set[str]) -> str | None:
        name = self.briefing.run.model.get("name")
        if name in models:
            return str(name)
        if base.model is not None:
            return base.model
        raise UserError(
            f"{self.file} was made with the model {name!r}, which is none of the catalogue",
            "Say with --model or --endpoint which one to use.",
        )

    def _valid(self, base: Settings, known: Mapping[str, object]) -> Settings:
        try:
            return Settings.model_validate({**dict(base), **known})
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            key = ".".join(str(part) for part in first["loc"])
            hint = "`briefing verify` checks the rest of the file."
            message = f"{self.file}: the recorded setting {key} cannot be used: {first['msg']}"
            raise DocumentError(message, hint) from error


def redo(
    briefing: Briefing,
    reading: Reading,
    settings: Settings,
    engine: CachedEngine,
    store: ResultStore,
    watch: Stopwatch,
) -> Made:
    """Make ``briefing`` anew from ``reading``; its title goes on unless a new one is set."""
    made = answered(reading, settings, engine, store, watch)
    title = title_kept(briefing, settings)
    if title is None:
        return made
    return Made(made.briefing.model_copy(update={"title": title}), made.work)


def changed_prompts(was: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Prompts, without the name of their set, whose text is not the same as it was."""
    before, after = (
        {key.rpartition("/")[2]: value for key, value in each.items()} for each in (was, now)
    )
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def title_kept(briefing: Briefing, settings: Settings) -> str | None:
    """The title that goes on: none where a new one was given, or it was the topic that changed."""
    by_topic = briefing.title == briefing.topic and settings.topic != briefing.topic
    return None if settings.title or by_topic else briefing.title


def sources_of(briefing: Briefing, file: Path, base: Path) -> tuple[Source, ...]:
    """The sources of ``briefing`` with their texts, as they were read; paths start at ``base``.

    Raises: DocumentError where a text in the file is not the recorded one; SourceError where an
    original is needed and is not there, or has changed.
    """
    return tuple(_with_text(source, file, base) for source in briefing.sources)


def joined(briefing: Briefing, kept: Sequence[Source], more: Reading | None) -> Reading:
    """One reading of the sources that were there and those that ``more`` holds, numbered on."""
    left_out = list(briefing.left_out)
    sources = list(kept)
    numbers = [int(m[1]) for m in map(_NUMBER.fullmatch, (s.id for s in kept)) if m]
    number = max(numbers, default=0)
    for source in more.sources if more else ():
        twin = next((each for each in sources if _same(each, source)), None)
        if twin is not None:
            reason = f"same text as {twin.id} ({twin.name})"
            left_out.append(LeftOut(name=source.name, reason=reason))
            continue
        number += 1
        sources.append(source.model_copy(update={"id": f"S{number}"}))
    left_out += more.left_out if more else ()
    return Reading(sources=tuple(sources), left_out=tuple(dict.fromkeys(left_out)))


def _same(one: Source, other: Source) -> bool:
    return one.sha256 == other.sha256 or one.text_sha256 == other.text_sha256


def _with_text(source: Source, file: Path, base: Path) -> Source:
    text = source.text
    if text is None:
        text = _read_again(source, file, base)
    elif _sha256(text.encode("utf-8", "surrogatepass")) != source.text_sha256:
        raise DocumentError(
            f"{file}: the text of {source.id} is not the one whose hash is recorded",
            "The file was changed: make the briefing anew from the documents.",
        )
    return source.model_copy(update={"text": text, "origin": ""})


def _read_again(source: Source, file: Path, base: Path) -> str:
    data = None
    if source.path is not None:
        data = read_bytes_again(source.model_copy(update={"path": str(base / source.path)}))
    if data is None:
        raise SourceError(
            f"{file} does not hold the text of {source.id}, and {source.name} is not there",
            "Run in the folder where it was made, or say with --base where documents are.",
        )
    if _sha256(data) != source.sha256:
        raise SourceError(
            f"{base / (source.path or '')} has changed since {file} was made",
            "Make the briefing anew with `briefing generate`.",
        )
    text = text_of(data, source)
    if _sha256(text.encode("utf-8")) != source.text_sha256:
        raise SourceError(
            f"{source.name} gives another text than it did: versions may differ",
            "Make the briefing anew with `briefing generate`.",
        )
    return text


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
