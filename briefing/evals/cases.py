"""Cases of ``briefing eval suite``: what their YAML files say, held strictly to the format.

docs/evals-suite.md describes the format. Paths are relative to the file that has them.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import Field, ValidationError, field_validator

from briefing.config import Settings
from briefing.errors import DocumentError, UserError
from briefing.evals import yaml_file
from briefing.evals.annotations import Gold
from briefing.evals.given import is_address
from briefing.evals.stretches import FORMAT
from briefing.evals.suite_figures import CASE_METRICS, GOLD_METRICS
from briefing.evals.thresholds import Threshold
from briefing.evals.yaml_file import YamlFile
from briefing.types import Value

SUFFIXES: Final = (".yaml", ".yml")
SETTINGS: Final = (
    "seed",
    "language",
    "title",
    "max_read",
    "max_outcomes",
    "max_quotes",
    "max_questions",
    "threads",
    "gpu_layers",
    "context",
)
"""Settings that a case may have. What keeps documents on the machine is not a file's to lift."""


class Bounds(Value):
    """What a figure must be."""

    at_least: float | None = None
    at_most: float | None = None

    @field_validator("at_least", "at_most")
    @classmethod
    def _finite(cls, value: float | None) -> float | None:
        if value is not None and not math.isfinite(value):
            raise ValueError("this is no number that a figure can have")
        return value


class CaseFile(Value):
    """What a case's file says."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$")
    sources: tuple[str, ...] = Field(min_length=1)
    prompts: str | None = None
    model: str | None = None
    topic: str | None = None
    settings: dict[str, Any] = Field(default_factory=dict)
    gold: str | None = None
    split: Literal["development", "test"] = "development"
    thresholds: dict[str, Bounds] = Field(default_factory=dict)

    @field_validator("thresholds", mode="before")
    @classmethod
    def _plain_number_is_least(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {
            metric: {"at_least": bound} if type(bound) in (int, float) else bound
            for metric, bound in value.items()
        }


@dataclass(frozen=True)
class Case:
    """A case with its annotations; ``path`` is the file that describes it."""

    path: Path
    file: CaseFile
    gold: Gold | None
    thresholds: tuple[Threshold, ...]

    @property
    def name(self) -> str:
        """Its name, unique in a suite."""
        return self.file.name

    @property
    def folder(self) -> Path:
        """Where its paths start."""
        return self.path.parent

    def beside(self, name: str) -> str:
        """``name`` as a path from the case's file if there is such a one, else as it is."""
        path = self.folder / name
        return str(path.absolute()) if path.exists() else name


def find(places: Iterable[Path]) -> list[Path]:
    """The case files that ``places`` stand for: files, and all YAML files of folders.

    Raises: UserError for a place without any.
    """
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            files = sorted(p for p in place.iterdir() if p.suffix.lower() in SUFFIXES)
            if not files:
                raise UserError(f"{place} holds no case: no file ends in .yaml", FORMAT)
            found += files
        elif place.is_file():
            found.append(place)
        else:
            raise UserError(f"there is no case {place}", "Name a case's file, or a folder.")
    return list(dict.fromkeys(found))


def load(paths: Iterable[Path], only: Sequence[str] = ()) -> tuple[Case, ...]:
    """The cases in ``paths``, of those in ``only`` where names are given.

    Raises: DocumentError naming file, line and entry; UserError for a name that no case has.
    """
    cases: dict[str, Case] = {}
    for path in paths:
        case = _load(path)
        if case.name in cases:
            message = f"{path}: the case {case.name!r} is already in {cases[case.name].path}"
            raise DocumentError(message, "Give each case its own name.")
        cases[case.name] = case
    for name in only:
        if name not in cases:
            raise UserError(f"there is no case {name!r}", _near(name, cases))
    return tuple(case for case in cases.values() if not only or case.name in only)


def _load(path: Path) -> Case:
    read = yaml_file.read(path, FORMAT)
    said = read.as_value(CaseFile)
    for number, source in enumerate(said.sources):
        if source == "-" or is_address(source):
            reason = f"{source} is no path, and nothing is fetched: save it beside the case"
            raise read.wrong(("sources", number), reason)
    _check_settings(read, said)
    gold = None
    if said.gold is not None:
        gold = yaml_file.read(path.parent / said.gold, FORMAT).as_value(Gold)
    return Case(path, said, gold, tuple(_thresholds(read, said)))


def _check_settings(read: YamlFile, said: CaseFile) -> None:
    for name in said.settings:
        if name in CaseFile.model_fields:
            raise read.wrong(("settings", name), "this is a key of the case itself")
        if name not in SETTINGS:
            raise read.wrong(("settings", name), f"no setting of a case. {_near(name, SETTINGS)}")
    try:
        Settings.model_validate(said.settings)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise read.wrong(("settings", *first["loc"]), first["msg"]) from error


def _thresholds(read: YamlFile, said: CaseFile) -> Iterator[Threshold]:
    for metric, bounds in said.thresholds.items():
        place = ("thresholds", metric)
        if metric not in CASE_METRICS:
            raise read.wrong(place, f"no such figure. {_near(metric, CASE_METRICS)}")
        if metric in GOLD_METRICS and said.gold is None:
            raise read.wrong(place, "it is measured against annotations: the case has no `gold`")
        if bounds.at_least is None and bounds.at_most is None:
            raise read.wrong(place, "give a number, or at_least or at_most")
        if bounds.at_least is not None:
            yield Threshold(metric=metric, limit=bounds.at_least)
        if bounds.at_most is not None:
            yield Threshold(metric=metric, limit=bounds.at_most, most=True)


def _near(name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    return f"Did you mean {near[0]}?" if near else f"There are: {', '.join(names)}."
