"""Where things are kept on this machine: models and language pipelines, and the store of results.

``BRIEFING_HOME`` puts all of it under one folder; without it the platform's own places are used.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from briefing.errors import UserError

HOME_VARIABLE = "BRIEFING_HOME"


def data_dir() -> Path:
    """The folder of what was fetched and is worth keeping. Raises: UserError."""
    return _made(_home() or Path(platformdirs.user_data_dir("briefing", appauthor=False)))


def models_dir() -> Path:
    """The folder of model files. Raises: UserError."""
    return _made(data_dir() / "models")


def pipelines_dir() -> Path:
    """The folder of language pipelines. Raises: UserError."""
    return _made(data_dir() / "pipelines")


def cache_dir() -> Path:
    """The folder of stored results, which quote documents: readable by its owner only.

    Raises: UserError.
    """
    home = _home()
    place = home / "cache" if home else Path(platformdirs.user_cache_dir("briefing", False))
    return _made(place, private=True)


def _home() -> Path | None:
    """``BRIEFING_HOME``, if it is set and not empty."""
    value = os.environ.get(HOME_VARIABLE, "")
    return Path(value).expanduser().absolute() if value else None


def _made(folder: Path, *, private: bool = False) -> Path:
    """Make ``folder`` where it does not exist; a ``private`` one gets mode 0700 in any case."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
        if private and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise UserError(
            f"{folder} cannot be made: {error.strerror}",
            f"Set {HOME_VARIABLE} to a folder that is yours to write.",
        ) from error
    return folder
