"""Reading a value from a JSON file that a user named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from briefing.errors import DocumentError
from briefing.types import Value

Read = TypeVar("Read", bound=Value)


@dataclass(frozen=True)
class Expected:
    """What a file should hold, for messages: ``a.json is too large for {noun}``.

    ``wrong`` says that it holds something else; ``max_bytes`` bound what is read.
    """

    noun: str
    wrong: str
    hint: str
    max_bytes: int


def read_bytes(path: Path, expected: Expected) -> bytes:
    """The bytes of ``path``. Raises: DocumentError naming the file."""
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "does not exist or is no file"
            raise DocumentError(f"{path} {what}", expected.hint)
        size = path.stat().st_size
        if size > expected.max_bytes:
            message = f"{path} is too large for {expected.noun}: {size:,} bytes"
            raise DocumentError(message, f"At most {expected.max_bytes:,} bytes are read.")
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise DocumentError(message, "Check that it is yours to read.") from error


def parse(data: bytes, kind: type[Read], path: Path, expected: Expected) -> Read:
    """The value in ``data``, read from ``path``. Raises: DocumentError naming the first mistake."""
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"]))
        said = first["msg"].removeprefix("Value error, ")
        where = f"{field}: {said}" if field else said
        raise DocumentError(f"{path} {expected.wrong}: {where}", expected.hint) from error
