"""The word lists of ``words.toml``."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Final

LISTS: Final[dict[str, tuple[str, ...]]] = {
    key: tuple(value)
    for key, value in tomllib.loads(
        files("briefing.evals.mutate").joinpath("words.toml").read_text(encoding="utf-8")
    ).items()
}
"""Word lists by name."""
