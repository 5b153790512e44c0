"""What most tests of commands begin with: a briefing file."""

from __future__ import annotations

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
