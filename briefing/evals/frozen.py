"""The frozen set: items written by hand, in YAML files of one folder.

A file has ``documents`` and ``items``, see :mod:`briefing.evals.mutate.values`. Items may cite
documents of another file of the folder; ids are unique over the folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import ValidationError

from briefing.errors import DocumentError
from briefing.evals.mutate.values import Document, Mutation, MutationSet
from briefing.evals.yaml_file import PlainLoader

_Value = TypeVar("_Value", Document, Mutation)

SUFFIXES: Final = (".yaml", ".yml")
MAX_BYTES: Final = 1 << 24
_FORMAT: Final = "docs/evals-mutations.md says how such a file is written."


def load(folder: Path) -> MutationSet:
    """Read all YAML files of ``folder``, in the order of their names.

    Raises: DocumentError naming file and item.
    """
    if not folder.is_dir():
        hint = "Name the folder of the frozen set with --frozen, or give documents to mutate."
        raise DocumentError(f"there is no folder {folder}", hint)
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    if not files:
        raise DocumentError(f"{folder} holds no YAML file", _FORMAT)
    documents: dict[str, tuple[Document, Path]] = {}
    items: dict[str, tuple[Mutation, Path]] = {}
    for path in files:
        content = _content(path)
        _add(documents, _values(path, content.get("documents"), "documents", Document), path)
        _add(items, _values(path, content.get("items"), "items", Mutation), path)
    for item, path in items.values():
        _check_citations(item, path, documents)
    return MutationSet(
        documents=tuple(document for document, _ in documents.values()),
        items=tuple(item for item, _ in items.values()),
    )


def _content(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DocumentError(f"{path} is too large", f"At most {MAX_BYTES:,} bytes are read.")
        content = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=PlainLoader)  # noqa: S506
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path} is not UTF-8 text", "Save it as UTF-8.") from error
    except (
        yaml.YAMLError,
        ValueError,
        RecursionError,
    ) as error:  # ValueError: a date that does not exist
        raise DocumentError(f"{path} is not valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise DocumentError(f"{path} has no `documents` and `items`", _FORMAT)
    if unknown := sorted(str(key) for key in content.keys() - {"documents", "items"}):
        raise DocumentError(f"{path}: {unknown[0]!r} is neither `documents` nor `items`", _FORMAT)
    return content


def _values(path: Path, given: object, key: str, kind: type[_Value]) -> list[_Value]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise DocumentError(f"{path}: {key} is not a list", _FORMAT)
    values = []
    for number, entry in enumerate(given, start=1):
        name = entry.get("id") if isinstance(entry, dict) else None
        where = f"{path}, {key[:-1]} {name or number}"
        try:
            values.append(kind.model_validate(entry))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"])
            reason = first["msg"].removeprefix("Value error, ")
            message = f"{where}: {field}: {reason}" if field else f"{where}: {reason}"
            raise DocumentError(message, _FORMAT) from error
    return values


def _add(known: dict[str, tuple[_Value, Path]], new: Iterable[_Value], path: Path) -> None:
    for value in new:
        if value.id in known:
            message = f"{path}: the id {value.id!r} is already used in {known[value.id][1]}"
            raise DocumentError(message, "Give each document and each item its own id.")
        known[value.id] = (value, path)


def _check_citations(
    item: Mutation, path: Path, documents: dict[str, tuple[Document, Path]]
) -> None:
    if item.document not in documents:
        message = f"{path}, item {item.id}: there is no document {item.document!r}"
        raise DocumentError(message, f"Known are: {', '.join(sorted(documents)[:20])}.")
    count = len(documents[item.document][0].passages)
    for number in item.passages:
        if not 1 <= number <= count:
            message = f"{path}, item {item.id}: {item.document} has no passage {number}"
            raise DocumentError(message, f"Its paragraphs are numbered from 1 to {count}.")
