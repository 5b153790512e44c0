"""Shared by all tests: the language pipeline, and a guard that no default test runs a model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from briefing.language import pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc


# The default tests have two minutes on two cores; a test that needs more examples says so.
settings.register_profile("short", max_examples=25)
settings.load_profile("short")


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Doc]:
    """The English parser; set-up fetches it."""
    english = pipeline("en")
    if english.degraded:
        pytest.fail("the English pipeline is missing: run `briefing models pull` or `make setup`")
    return english.parse


@pytest.fixture(autouse=True)
def no_model_in_default_tests(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test that loads a model says so with the marker ``model``."""
    if request.node.get_closest_marker("model"):
        return

    def refuse(*_: object) -> None:
        pytest.fail("a default test loads a model: mark it `model`, or pass a scripted engine")

    import llama_cpp

    monkeypatch.setattr(llama_cpp, "llama_model_load_from_file", refuse)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the demo's articles."""
    return Path(__file__).parent.parent / "seeds"
