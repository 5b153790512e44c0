"""Sentence vectors: with random weights the arithmetic, with the real ones the meaning."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from briefing.errors import ModelUnusable
from briefing.model import encoder
from briefing.model.catalogue import DEFAULT_ENCODER
from briefing.model.fetch import pipeline_path

WIDTH, INNER, LAYERS = 8, 16, 2
PIECES = ("[UNK]", "[CLS]", "[SEP]", ".", "a", "ship", "sank")


def write(folder: Path, *, left_out: str = "") -> Path:
    """A whole encoder with random weights."""
    rng = np.random.default_rng(5)
    shapes = {
        "embeddings.word_embeddings.weight": (len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": (64, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        **norm("embeddings.LayerNorm"),
    }
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            shapes |= linear(f"{name}.attention.self.{part}", WIDTH, WIDTH)
        shapes |= linear(f"{name}.attention.output.dense", WIDTH, WIDTH)
        shapes |= norm(f"{name}.attention.output.LayerNorm")
        shapes |= linear(f"{name}.intermediate.dense", WIDTH, INNER)
        shapes |= linear(f"{name}.output.dense", INNER, WIDTH) | norm(f"{name}.output.LayerNorm")
    header: dict[str, object] = {}
    data = b""
    for name, shape in shapes.items():
        if name != left_out:
            part = rng.normal(size=shape).astype("<f4").tobytes()
            offsets = [len(data), len(data) + len(part)]
            header[name] = {"dtype": "F32", "shape": shape, "data_offsets": offsets}
            data += part
    said = json.dumps(header).encode("ascii")
    (folder / encoder.WEIGHTS).write_bytes(len(said).to_bytes(8, "little") + said + data)
    (folder / encoder.VOCABULARY).write_text("\n".join(PIECES), encoding="utf-8")
    config = {"num_hidden_layers": LAYERS, "num_attention_heads": 2, "layer_norm_eps": 1e-12}
    (folder / encoder.CONFIG).write_text(json.dumps(config), encoding="utf-8")
    return folder


def norm(name: str) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (WIDTH,), f"{name}.bias": (WIDTH,)}


def linear(name: str, wide: int, out: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (out, wide), f"{name}.bias": (out,)}


def test_vectors_have_length_one_and_do_not_depend_on_their_neighbours(tmp_path: Path) -> None:
    made = encoder.load(write(tmp_path))
    both = made.encode(["A ship sank.", "A ship"])
    assert both.shape == (2, WIDTH)
    assert np.linalg.norm(both, axis=1) == pytest.approx(1)
    assert (made.encode(["A ship"])[0] == both[1]).all()
    assert made.encode([]).shape == (0, WIDTH)


def test_the_order_of_words_counts(tmp_path: Path) -> None:
    one, other = encoder.load(write(tmp_path)).encode(["a ship sank", "a sank ship"])
    assert not np.allclose(one, other)


@pytest.mark.parametrize("part", ["vocab.txt", "config.json", "model.safetensors"])
def test_a_folder_without_a_part_is_named(part: str, tmp_path: Path) -> None:
    (write(tmp_path) / part).unlink()
    with pytest.raises(ModelUnusable, match=str(tmp_path)):
        encoder.load(tmp_path)


def test_weights_that_are_not_all_there_are_no_encoder(tmp_path: Path) -> None:
    write(tmp_path, left_out="encoder.layer.1.output.dense.bias")
    with pytest.raises(ModelUnusable, match="no encoder"):
        encoder.load(tmp_path)


@pytest.mark.model
def test_the_real_encoder_gives_the_vectors_that_are_published_for_it() -> None:
    assert DEFAULT_ENCODER is not None
    folder = pipeline_path(DEFAULT_ENCODER)
    assert folder is not None, "run `briefing models pull`"
    example, dozen, twelve = encoder.load(folder).encode(
        ["This is an example sentence", "A dozen died.", "Twelve people were killed."]
    )
    # sbert.net prints these for all-MiniLM-L6-v2.
    assert example[:3] == pytest.approx([0.0676569, 0.0634959, 0.0487131], abs=1e-5)
    assert dozen @ twelve > 0.5 > abs(example @ twelve)
