"""What several tests of models share: folders of their own, a package index, a chat server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.model.catalogue import Catalogue
from tests.model.chat_server import Server, serving
from tests.wheelhouse import Index, catalogue


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder."""
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """A package index."""
    return Index(tmp_path / "index")


@pytest.fixture
def known(tmp_path: Path) -> Catalogue:
    """A catalogue of toys."""
    return catalogue(tmp_path)


@pytest.fixture
def server() -> Iterator[Server]:
    """A chat server that answers in the ordinary way until told otherwise."""
    with serving() as state:
        yield state
