"""Where the prompts and templates that come with the package are.

They stand at the top of a checkout, for the people who edit them, and inside the package in a
wheel.
"""

from __future__ import annotations

from pathlib import Path

from briefing.errors import InternalError

_PACKAGE = Path(__file__).resolve().parent


def prompts_dir() -> Path:
    """The folder of the prompt sets that come with the package. Raises: InternalError."""
    return folder("prompts")


def templates_dir() -> Path:
    """The folder of the output templates that come with the package. Raises: InternalError."""
    return folder("templates")


def folder(name: str, package: Path = _PACKAGE) -> Path:
    """``name`` inside ``package`` (a wheel), else beside it (a checkout). Raises: InternalError."""
    for place in (package / name, package.parent / name):
        if place.is_dir():
            return place
    raise InternalError(
        f"the folder {name!r} of this installation is missing",
        "Install the package again: its files are not complete.",
    )
