"""What most tests of commands begin with: a briefing file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing import document
from tests.example import example


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The example as ``b.json``."""
    path = tmp_path / "b.json"
    document.save(example(), path)
    return path


@pytest.fixture
def without_office(tmp_path: Path) -> dict[str, str]:
    """An environment in which the converters of the extra `office` are hidden."""
    hidden = tmp_path / "hidden" / "pypandoc"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").touch()
    checkout = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(hidden.parent), checkout])}
