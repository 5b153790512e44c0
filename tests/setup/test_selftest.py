"""The self-test of llama.cpp, the random model it runs, and the reading of GGUF heads."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.errors import ModelUnusable
from briefing.model import gguf_header, random_gguf


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "random.gguf"
    random_gguf.write(path)
    return path


def test_the_random_model_is_small_and_the_same_each_time(model: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.gguf"
    random_gguf.write(again)
    assert model.read_bytes() == again.read_bytes()
    assert model.stat().st_size < 8_000_000


def test_its_head_says_what_it_is_and_what_a_token_takes(model: Path) -> None:
    head = gguf_header.read(model)
    assert head["general.architecture"] == "llama"
    layers = head["llama.block_count"]
    assert isinstance(layers, int)
    assert gguf_header.kv_bytes_per_token(head) == layers * random_gguf.WIDTH * 2 * 2


def test_heads_may_differ_by_layer_and_lengths_be_given() -> None:
    head: gguf_header.Metadata = {
        "general.architecture": "odd",
        "odd.block_count": 3,
        "odd.attention.head_count_kv": [1, 0, 2],
        "odd.attention.key_length": 64,
        "odd.attention.value_length": 32,
    }
    assert gguf_header.kv_bytes_per_token(head) == 3 * (64 + 32) * 2
    assert gguf_header.kv_bytes_per_token({"general.architecture": "silent"}) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"not a model at all, but long enough",
        lambda data: data[:60],
        lambda data: data[:24] + struct.pack("<Q", 1 << 60) + data[32:],
        lambda data: data[:16] + struct.pack("<Q", 1 << 60) + data[24:200],
    ],
    ids=["empty", "text", "cut", "endless key", "endless head"],
)
def test_a_damaged_head_is_refused_by_name(model: Path, damage) -> None:  # noqa: ANN001
    model.write_bytes(damage(model.read_bytes()))
    with pytest.raises(ModelUnusable, match=r"random\.gguf"):
        gguf_header.read(model)


def self_test(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "briefing.model.selftest", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.mark.model
def test_this_build_of_llama_computes_alike_in_a_batch_and_token_by_token() -> None:
    done = self_test()
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["ok"]
    assert "CPU" in report["system"]


@pytest.mark.model
def test_a_file_that_is_no_model_is_an_error_in_words(tmp_path: Path) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + bytes(100))
    done = self_test("--model", str(path))
    assert done.returncode == 1
    assert "broken.gguf" in done.stderr
    assert "Traceback" not in done.stderr
