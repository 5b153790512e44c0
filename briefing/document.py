"""The briefing file: a :class:`~briefing.types.Briefing` as JSON, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from briefing import atomic
from briefing.errors import DocumentError
from briefing.types import SCHEMA_VERSION, Briefing
from briefing.value_files import Expected, read_bytes

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MAX_BYTES: Final = 1 << 30
_SHOWN: Final = 3
"""How many mistakes of a file are named."""


def load(path: Path, *, max_bytes: int = MAX_BYTES) -> Briefing:
    """Read the briefing in the JSON file ``path``.

    Raises: DocumentError naming the file and the first mistakes.
    """
    hint = "Name the JSON file that --json wrote."
    data = read_bytes(path, Expected("a briefing", "is not a briefing", hint, max_bytes))
    try:
        return Briefing.model_validate_json(data)
    except ValidationError as error:
        raise _mistake(path, error.errors(include_url=False)) from error


def dumps(briefing: Briefing) -> str:
    """``briefing`` as JSON: fields in the order of the model, two spaces, a line end at the end.

    Equal briefings give equal text.
    """
    value = briefing.model_dump(mode="json")
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def save(briefing: Briefing, path: Path) -> None:
    """Write ``briefing`` to ``path`` as JSON, whole or not at all. Raises: UserError."""
    atomic.write_text(path, dumps(briefing))


def _mistake(path: Path, errors: list[ErrorDetails]) -> DocumentError:
    """What is wrong, in the words of somebody who has the file before them."""
    if errors[0]["type"] == "json_invalid":
        why = errors[0]["ctx"]["error"]
        hint = "Give the JSON file that --json wrote, not the Markdown."
        return DocumentError(f"{path} is not JSON: {why}", hint)
    version = next((e for e in errors if e["loc"] == ("schema_version",)), None)
    if version is not None:
        message = f"{path} has schema version {version['input']!r}; this is {SCHEMA_VERSION!r}"
        return DocumentError(
            message, "Use the version of briefing that wrote it, or write it anew."
        )
    named = "; ".join(f"{_field(error)}: {error['msg']}" for error in errors[:_SHOWN])
    more = f" (and {len(errors) - _SHOWN} more)" if len(errors) > _SHOWN else ""
    hint = "`briefing schema` prints what a briefing file must look like."
    return DocumentError(f"{path} is not a briefing: {named}{more}", hint)


def _field(error: ErrorDetails) -> str:
    """``outcomes[3].evidence[0].start``."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"])
    return path.removeprefix(".") or "the whole"
