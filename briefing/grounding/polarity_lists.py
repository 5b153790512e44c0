"""The word lists of ``polarity.toml`` (English)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(table: str, name: str) -> frozenset[str]:
    """One list as a set."""
    return frozenset(_tables()[table][name])


def lines(table: str, name: str) -> tuple[str, ...]:
    """One list in its order."""
    return tuple(_tables()[table][name])


def tables(table: str) -> dict[str, list[str]]:
    """All lists of a table."""
    return _tables()[table]


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    text = files(__package__).joinpath("polarity.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
