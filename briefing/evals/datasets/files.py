"""Finding labelled statements in a folder, and reading them line by line.

Files are known by what their first record holds, not by their names. Hidden folders and links
that lead out of the folder are not followed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from briefing.errors import UserError
from briefing.evals.datasets.formats import Frank, Place, Record, format_of
from briefing.evals.datasets.values import (
    Found,
    Labelled,
    LabelledSet,
    canonical_split,
    sample,
)

MAX_BYTES: Final = 1 << 30
LOOKED_FOR: Final = (
    "Looked for .jsonl and .json files of WiCE (claim, evidence, supporting_sentences), SummEdits "
    "(doc, summary, label), FRANK (article, summary, factuality; or benchmark_data.json beside "
    "human_annotations.json), or claim, passages, label, group: see docs/evals-data.md."
)
_FRANK_TEXTS, _FRANK_LABELS = "benchmark_data.json", "human_annotations.json"


@dataclass(frozen=True)
class Wanted:
    """Which items to read; without a split, all but ``train``.

    ``dataset`` is a name such as ``summedits`` or ``summedits/news``, ``split`` is as published.
    At most ``limit`` items of each set are drawn with ``seed``.
    """

    dataset: str | None = None
    split: str | None = None
    limit: int | None = None
    seed: int = 0


Row = tuple[int, Any]
"""The line (or number in a list) of a record, and the record."""
_From = tuple[Labelled, str]
"""An item, and the file that it is from."""


def read_folder(folder: Path, wanted: Wanted = Wanted()) -> Found:
    """Read the labelled statements below ``folder`` that are ``wanted``.

    Raises: UserError naming what was looked for, or the file and line that is wrong.
    """
    if not folder.is_dir():
        what = "is a file" if folder.is_file() else "does not exist"
        raise UserError(f"{folder} {what}", "Name a folder that holds labelled statements.")
    groups: dict[str, list[_From]] = defaultdict(list)
    used: dict[str, str] = {}
    unknown: list[str] = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        data = _read(path)
        rows = _rows_of(path, _decoded(path, data))
        if rows is None:
            unknown.append(name)
            continue
        used[name] = sha256(data).hexdigest()
        for record, place in rows:
            groups[record.name(place)].append((record.labelled(place), name))
    if not groups:
        raise UserError(f"{folder} holds no labelled statements", LOOKED_FOR)
    return Found(_chosen(folder, groups, wanted), used, tuple(unknown))


def _files(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for path in sorted(folder.rglob("*.json*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix not in {".json", ".jsonl"} or hidden or path.name == _FRANK_LABELS:
            continue
        if path.is_file() and path.resolve().is_relative_to(root):
            yield path


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError(f"{path} is too large", f"At most {MAX_BYTES:,} bytes are read.")
        return path.read_bytes()
    except OSError as error:
        hint = "Check that it is yours to read."
        raise UserError(f"{path} cannot be read: {error.strerror}", hint) from error


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8 text", "Save it as UTF-8.") from error


def _rows_of(path: Path, text: str) -> Iterator[tuple[Record, Place]] | None:
    """The records of a file with their places; None where it is none of the formats."""
    first = _first(text)
    if path.name == _FRANK_TEXTS and path.with_name(_FRANK_LABELS).is_file():
        return _records(path, Frank, _joined(path, text))
    found = format_of(first)
    return None if found is None else _records(path, found, _rows(path, text))


def _first(text: str) -> object:
    """The first record, of a list or of lines; None where there is none."""
    start = text.find("{")
    if start < 0 or text[:start].strip() not in {"", "["}:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, start)[0]
    except (json.JSONDecodeError, RecursionError):
        return None


def _rows(path: Path, text: str) -> Iterator[Row]:
    """The records of a list or, where the file is none, of its lines."""
    if text.lstrip().startswith("["):
        try:
            yield from enumerate(json.loads(text), start=1)
        except (json.JSONDecodeError, RecursionError) as error:
            raise UserError(f"{path} is not JSON: {error}", "Fetch or write it again.") from error
        return
    # subtle: not splitlines, which also breaks at U+2028 inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            message = f"{path}, line {number} is not JSON: {error}"
            raise UserError(message, "Each line is a JSON object of its own.") from error


def _records(path: Path, kind: type[Record], rows: Iterable[Row]) -> Iterator[tuple[Record, Place]]:
    for number, row in rows:
        try:
            record = kind.model_validate(row)
        except ValidationError as error:
            raise _mistake(path, number, kind, error) from error
        yield record, Place(path.resolve(), number)


def _mistake(path: Path, number: int, kind: type[Record], error: ValidationError) -> UserError:
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "the record"
    unit = "line" if path.suffix == ".jsonl" else "record"
    message = f"{path}, {unit} {number}: {field}: {first['msg'].removeprefix('Value error, ')}"
    needed = ", ".join(name for name, info in kind.model_fields.items() if info.is_required())
    return UserError(message, f"Read as {kind.__name__}: a record needs {needed}.")


def _joined(path: Path, text: str) -> Iterator[Row]:
    """FRANK as published: texts in one file, judgements in another, by article and system."""
    labels = path.with_name(_FRANK_LABELS)
    judged = {
        _key(row): row
        for _, row in _rows(labels, _decoded(labels, _read(labels)))
        if isinstance(row, dict)
    }
    for number, row in _rows(path, text):
        judgement = judged.get(_key(row)) if isinstance(row, dict) else None
        if judgement is None:
            message = f"{path}, record {number} has no judgement in {labels.name}"
            raise UserError(message, "The two files belong together: fetch both again.")
        yield number, {**row, "factuality": judgement.get("Factuality")}


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return str(row.get("hash")), str(row.get("model_name"))


def _chosen(
    folder: Path, groups: dict[str, list[_From]], wanted: Wanted
) -> tuple[LabelledSet, ...]:
    named = {
        name: items
        for name, items in sorted(groups.items())
        if wanted.dataset in {None, name, name.partition("/")[0]}
    }
    if not named:
        there = ", ".join(sorted(groups))
        raise UserError(f"{folder} has no dataset {wanted.dataset!r}", f"There are: {there}.")
    kept = {name: _in_split(items, wanted.split) for name, items in named.items()}
    if not any(kept.values()):
        splits = {item.split or "(none)" for items in named.values() for item, _ in items}
        message = (
            f"{folder} has no split {wanted.split!r}"
            if wanted.split
            else (f"{folder} holds nothing but training data")
        )
        raise UserError(message, f"There are: {', '.join(sorted(splits))}. Choose with --split.")
    sets = (LabelledSet(name, _unique(name, items)) for name, items in kept.items() if items)
    if wanted.limit is None:
        return tuple(sets)
    return tuple(sample(each, wanted.limit, wanted.seed) for each in sets)


def _in_split(items: Iterable[_From], split: str | None) -> list[_From]:
    if split is None:
        return [each for each in items if each[0].split != "train"]
    return [each for each in items if each[0].split == canonical_split(split)]


def _unique(name: str, items: list[_From]) -> tuple[Labelled, ...]:
    seen: dict[str, str] = {}
    for item, file in items:
        if item.id in seen:
            message = f"the id {item.id!r} of {name} occurs twice: in {seen[item.id]} and in {file}"
            raise UserError(message, "Name a folder with one copy, or give the items other ids.")
        seen[item.id] = file
    return tuple(item for item, _ in items)
