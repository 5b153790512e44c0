"""Will it work on this machine? Each check is a value: what was found, and the cure.

:func:`diagnose` looks through the probes it is given and never uses the network; the probes of
this machine are in :mod:`briefing.probes`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from briefing.config import Settings
from briefing.cpu import unused_features, used_features
from briefing.errors import BriefingError
from briefing.language import ENGLISH
from briefing.model.catalogue import DEFAULT_ENCODER, DEFAULT_MODEL
from briefing.model.fetch import ModelFile
from briefing.types import Value

OLDEST_PYTHON = (3, 11)
REBUILD = "Compile llama.cpp anew on this machine: make rebuild"
USUAL_CONTEXT = 8192
"""Tokens, where the settings leave the context to be planned."""
PROGRAM_BYTES = 1_000_000_000
"""Compute buffers, the language pipeline and the program itself: a rule, not a measurement."""

Status = Literal["ok", "warn", "fail"]
T = TypeVar("T")


class Diagnosis(Value):
    """One check: what was looked at, how it stands, what was seen, and what to do about it."""

    name: str
    status: Status
    detail: str
    cure: str = ""


class Trial(Value):
    """How the self-test of llama.cpp ended in a child process.

    ``system`` is llama.cpp's own list of CPU features, empty where it did not get that far.
    """

    ok: bool
    detail: str
    system: str = ""
    gpus: tuple[str, ...] = ()


class Memory(Value):
    """Memory of the machine in bytes."""

    total: int
    available: int


@dataclass(frozen=True)
class Probes:
    """How to look at the machine.

    ``version`` gives that of an installed package or None; ``trial`` runs the self-test; ``locate``
    finds a model and ``kv_bytes`` its cache's size per token; ``pipeline`` finds the English
    pipeline, ``encoder`` the sentence encoder; ``store`` makes the store's folder;
    ``readable_by_others`` and ``free_disk`` (bytes) look at a folder. Those that touch
    files raise BriefingError.
    """

    python: tuple[int, int, int]
    version: Callable[[str], str | None]
    cpu_features: Callable[[], frozenset[str]]
    trial: Callable[[], Trial]
    locate: Callable[[str], ModelFile]
    kv_bytes: Callable[[Path], int | None]
    pipeline: Callable[[], str | None]
    encoder: Callable[[], str | None]
    memory: Callable[[], Memory]
    store: Callable[[], Path]
    readable_by_others: Callable[[Path], bool]
    free_disk: Callable[[Path], int]


def diagnose(settings: Settings, probes: Probes) -> tuple[Diagnosis, ...]:
    """Check everything that a briefing with ``settings`` needs."""
    return (
        _python(probes),
        *_llama(settings, probes),
        _llguidance(probes),
        _pipeline(settings, probes),
        _encoder(settings, probes),
        *_model(settings, probes),
        *_store(settings, probes),
    )


def works(diagnoses: tuple[Diagnosis, ...]) -> bool:
    """Whether nothing stands in the way of a briefing."""
    return all(one.status != "fail" for one in diagnoses)


def _python(probes: Probes) -> Diagnosis:
    text = ".".join(map(str, probes.python))
    if probes.python[:2] < OLDEST_PYTHON:
        return Diagnosis(
            name="Python", status="fail", detail=text, cure="Install Python 3.11 or newer."
        )
    return Diagnosis(name="Python", status="ok", detail=text)


def _llama(settings: Settings, probes: Probes) -> tuple[Diagnosis, ...]:
    version = probes.version("llama-cpp-python")
    if version is None:
        missing = Diagnosis(
            name="llama.cpp", status="fail", detail="not installed", cure="Run make setup."
        )
        return (missing,)
    trial = probes.trial()
    build = Diagnosis(name="llama.cpp", status="ok", detail=f"llama-cpp-python {version}")
    if not trial.ok:
        return (
            build,
            Diagnosis(name="self-test", status="fail", detail=trial.detail, cure=REBUILD),
        )
    return (
        build,
        Diagnosis(name="self-test", status="ok", detail=trial.detail),
        _features(trial, probes),
        _device(settings, trial),
    )


def _features(trial: Trial, probes: Probes) -> Diagnosis:
    """Instruction sets that llama.cpp was compiled for, against those of the CPU."""
    unused = unused_features(trial.system, probes.cpu_features())
    if unused:
        return Diagnosis(
            name="CPU features",
            status="warn",
            detail=f"llama.cpp was compiled without {', '.join(unused)}, which this CPU has",
            cure=f"It works, but slower than it could. {REBUILD}",
        )
    return Diagnosis(
        name="CPU features", status="ok", detail=", ".join(used_features(trial.system))
    )


def _device(settings: Settings, trial: Trial) -> Diagnosis:
    if not trial.gpus:
        detail = "CPU (this build of llama.cpp uses no GPU)"
    elif settings.gpu_layers == 0:
        detail = f"CPU, as set; {', '.join(trial.gpus)} could be used"
    else:
        layers = "all layers" if settings.gpu_layers < 0 else f"{settings.gpu_layers} layers"
        detail = f"{', '.join(trial.gpus)}, {layers}"
    return Diagnosis(name="runs on", status="ok", detail=detail)


def _llguidance(probes: Probes) -> Diagnosis:
    version = probes.version("llguidance")
    if version is None:
        return Diagnosis(
            name="llguidance", status="fail", detail="not installed", cure="Run make setup."
        )
    return Diagnosis(name="llguidance", status="ok", detail=version)


def _pipeline(settings: Settings, probes: Probes) -> Diagnosis:
    spacy = probes.version("spacy")
    if spacy is None:
        return Diagnosis(
            name="language", status="fail", detail="spaCy is not installed", cure="Run make setup."
        )
    found = _try("language", probes.pipeline, _fetch(ENGLISH, settings))
    if isinstance(found, Diagnosis):
        return found
    if found is None:
        return Diagnosis(
            name="language",
            status="fail",
            detail=f"spaCy {spacy}, but its English pipeline is not on this machine",
            cure=_fetch(ENGLISH, settings),
        )
    return Diagnosis(name="language", status="ok", detail=f"spaCy {spacy}, {found}")


def _encoder(settings: Settings, probes: Probes) -> Diagnosis:
    """A briefing is made without it, but findings of several sources are joined worse."""
    name = DEFAULT_ENCODER or ""
    found = _try("encoder", probes.encoder, _fetch(name, settings))
    if isinstance(found, Diagnosis):
        return found
    if found is None:
        detail = f"{name} is not on this machine: the model alone says what tells the same"
        return Diagnosis(name="encoder", status="warn", detail=detail, cure=_fetch(name, settings))
    return Diagnosis(name="encoder", status="ok", detail=found)


def _model(settings: Settings, probes: Probes) -> tuple[Diagnosis, ...]:
    name = settings.model or DEFAULT_MODEL
    found = _try("model", lambda: probes.locate(name), _fetch(name, settings))
    if isinstance(found, Diagnosis):
        return (found,)
    known = "its hash is the catalogue's" if found.catalogued else "not in the catalogue"
    detail = f"{found.name}, {_gigabytes(found.size)}, {known}"
    return (
        Diagnosis(name="model", status="ok", detail=detail),
        _memory(found, settings, probes),
    )


def _memory(model: ModelFile, settings: Settings, probes: Probes) -> Diagnosis:
    """Memory against weights, KV cache and program."""
    per_token = _try("memory", lambda: probes.kv_bytes(model.path))
    if isinstance(per_token, Diagnosis):
        return per_token
    context = settings.context or USUAL_CONTEXT
    need = model.size + (per_token or 0) * context + PROGRAM_BYTES
    memory = probes.memory()
    detail = (
        f"{_gigabytes(memory.available)} of {_gigabytes(memory.total)} are free; the model with "
        f"{context} tokens of context needs about {_gigabytes(need)}"
    )
    if memory.total < need:
        cure = "Take a smaller model (briefing models list) or a smaller --context."
        return Diagnosis(name="memory", status="fail", detail=detail, cure=cure)
    if memory.available < need:
        cure = "Close other programs, or it will be very slow; or take a smaller model."
        return Diagnosis(name="memory", status="warn", detail=detail, cure=cure)
    return Diagnosis(name="memory", status="ok", detail=detail)


def _store(settings: Settings, probes: Probes) -> tuple[Diagnosis, ...]:
    if not settings.store:
        off = Diagnosis(
            name="store",
            status="warn",
            detail="off: a stopped run cannot be continued",
            cure="Set store = true unless that is what you want.",
        )
        return (off,)
    folder = _try("store", probes.store, "Name another folder with --store-dir.")
    if isinstance(folder, Diagnosis):
        return (folder,)
    if probes.readable_by_others(folder):
        detail, cure = f"{folder} can be read by others", f"Make it private: chmod 700 {folder}"
        return (Diagnosis(name="store", status="warn", detail=detail, cure=cure),)
    detail = f"{folder}, readable by you only, {_gigabytes(probes.free_disk(folder))} free"
    return (Diagnosis(name="store", status="ok", detail=detail),)


def _try(name: str, look: Callable[[], T], cure: str = "") -> T | Diagnosis:
    """What ``look`` finds, or a failed check with the error's own words."""
    try:
        return look()
    except BriefingError as error:
        return Diagnosis(name=name, status="fail", detail=error.message, cure=cure or error.hint)


def _fetch(name: str, settings: Settings) -> str:
    if settings.offline:
        return f"Run `briefing models pull {name}` once without --offline."
    return f"Run `briefing models pull {name}`."


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB"
