"""Reading prompts, templates and manifests: small text files that a user may have put anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from briefing.errors import TemplateError

MAX_BYTES: Final = 4_000_000


def read_text(path: Path) -> str:
    """The text of ``path``. Raises: FileNotFoundError; TemplateError naming the file.

    Only of a file: a pipe would be waited for, a device would have no end.
    """
    return _decoded(read_bytes(path), path)


def read_bytes(path: Path) -> bytes:
    """The bytes of ``path``; see :func:`read_text`."""
    try:
        if not path.is_file():
            path.stat()  # raises where nothing is there, or links lead in a circle
            raise TemplateError(f"{path} cannot be read: it is no file", "Name a text file.")
        if path.stat().st_size > MAX_BYTES:
            raise TemplateError(f"{path} is too large", f"At most {MAX_BYTES:,} bytes are read.")
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        hint = "Check its name, and that it is yours to read."
        raise TemplateError(f"{path} cannot be read: {error.strerror}", hint) from error


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError(f"{path} is not UTF-8 text", "Save it as UTF-8.") from error


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder; a name that can be none is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_there(path: Path) -> bool:
    """Whether anything has the name ``path``, also a link to nothing. Raises: TemplateError."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise TemplateError(
            f"{path} cannot be made: {error.strerror}", "Choose another name."
        ) from error
    return True
