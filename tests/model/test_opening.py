from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import Settings
from briefing.errors import ModelMissing
from briefing.model.opening import (
    CONTEXT_LEAST,
    CONTEXT_MOST,
    local_engine,
    open_store,
    planned_context,
)
from briefing.store import NullStore, Store, key_of

GB = 10**9
SIZES = st.integers(0, 80 * GB)


@given(SIZES, SIZES, st.integers(0, 8 * GB))
def test_a_context_is_whole_bounded_and_grows_with_memory(
    model: int, memory: int, more: int
) -> None:
    tokens = planned_context(model, memory)
    assert CONTEXT_LEAST <= tokens <= CONTEXT_MOST
    assert tokens % 1024 == 0
    assert planned_context(model, memory + more) >= tokens
    assert planned_context(model + more, memory) <= tokens


def test_a_small_model_gets_all_and_a_tight_one_less() -> None:
    assert planned_context(GB, 8 * GB) == CONTEXT_MOST
    assert CONTEXT_LEAST < planned_context(5 * GB, 8 * GB) < CONTEXT_MOST
    assert planned_context(8 * GB, 8 * GB) == CONTEXT_LEAST


def test_the_store_is_where_the_settings_say(tmp_path: Path) -> None:
    store = open_store(Settings(store_dir=tmp_path / "s"))
    key = key_of("wave", n=1)
    store.put(key, b"kept")
    assert isinstance(store, Store)
    assert Store(tmp_path / "s").get(key) == b"kept"
    assert isinstance(open_store(Settings(store=False, store_dir=tmp_path)), NullStore)


def test_a_home_that_cannot_be_written_means_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    script = (
        "from briefing.config import Settings\nfrom briefing.model.opening import open_store\n"
        "print(type(open_store(Settings())).__name__)"
    )
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script],
        env={"BRIEFING_HOME": str(tmp_path / "file"), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        check=True,
        text=True,
    )
    assert found.stdout.strip() == "NullStore"


def test_a_store_folder_that_cannot_be_written_fails_no_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = open_store(Settings(store_dir=tmp_path / "file" / "store"))
    key = key_of("wave", n=1)
    store.put(key, b"lost")
    assert store.get(key) is None
    assert store.warnings


def test_a_model_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing) as caught:
        local_engine(Settings(model=str(tmp_path / "gone.gguf")))
    assert "gone.gguf" in caught.value.message
    assert caught.value.hint
