"""Sentence vectors from a small BERT encoder, computed with numpy.

The encoder says how near two sentences are in meaning; it is 23 million parameters beside the
language model's 1.5 billion. Sentences are encoded one at a time: the vector of a sentence is the
same to the bit whatever stands beside it, and nothing is padded. Sentence-BERT: Reimers and
Gurevych 2019, arXiv 1908.10084; the model: sentence-transformers/all-MiniLM-L6-v2.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from briefing.errors import ModelUnusable
from briefing.model.wordpiece import encode, read_vocabulary

Array = NDArray[np.float32]

WEIGHTS: Final = "model.safetensors"
VOCABULARY: Final = "vocab.txt"
CONFIG: Final = "config.json"
MOST_PIECES: Final = 256
"""What the model was trained with; the rest of a longer sentence is not read."""


@dataclass(frozen=True)
class Shape:
    """What an encoder's ``config.json`` says of its size."""

    layers: int
    heads: int
    epsilon: float


class Encoder:
    """An encoder of the BERT family whose sentence vector is the mean of its token vectors."""

    def __init__(
        self, weights: Mapping[str, Array], vocabulary: Mapping[str, int], shape: Shape
    ) -> None:
        self._weights = weights
        self._vocabulary = vocabulary
        self._shape = shape

    @property
    def width(self) -> int:
        """How many numbers a sentence vector has."""
        return int(self._weights["embeddings.word_embeddings.weight"].shape[1])

    def encode(self, sentences: Sequence[str]) -> Array:
        """The vectors of ``sentences``, of shape (sentences, width), each of length 1."""
        rows = [self._vector(sentence) for sentence in sentences]
        return np.stack(rows) if rows else np.zeros((0, self.width), dtype=np.float32)

    def _vector(self, sentence: str) -> Array:
        numbers = encode(sentence, self._vocabulary, MOST_PIECES)
        state = self._embedded(numbers)
        for layer in range(self._shape.layers):
            state = self._layer(state, f"encoder.layer.{layer}")
        mean: Array = state.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _embedded(self, numbers: Sequence[int]) -> Array:
        """Shape (pieces, width)."""
        table = {n: self._weights[f"embeddings.{n}_embeddings.weight"] for n in _TABLES}
        state = table["word"][numbers] + table["position"][: len(numbers)] + table["token_type"][0]
        return self._normed(state, "embeddings.LayerNorm")

    def _layer(self, state: Array, name: str) -> Array:
        attended = self._attended(state, f"{name}.attention.self")
        attended = self._linear(attended, f"{name}.attention.output.dense")
        state = self._normed(state + attended, f"{name}.attention.output.LayerNorm")
        inner = _gelu(self._linear(state, f"{name}.intermediate.dense"))
        outer = self._linear(inner, f"{name}.output.dense")
        return self._normed(state + outer, f"{name}.output.LayerNorm")

    def _attended(self, state: Array, name: str) -> Array:
        pieces, width = state.shape
        heads = self._shape.heads

        def parted(part: str) -> Array:
            return self._linear(state, f"{name}.{part}").reshape(pieces, heads, -1).swapaxes(0, 1)

        query, key, value = parted("query"), parted("key"), parted("value")
        scores = query @ key.swapaxes(1, 2) / np.float32((width // heads) ** 0.5)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        attended: Array = (scores @ value).swapaxes(0, 1).reshape(pieces, width)
        return attended

    def _linear(self, state: Array, name: str) -> Array:
        result: Array = state @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result

    def _normed(self, state: Array, name: str) -> Array:
        state = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((state * state).mean(axis=-1, keepdims=True) + self._shape.epsilon)
        result: Array = state / spread * self._weights[f"{name}.weight"]
        return result + self._weights[f"{name}.bias"]


_TABLES: Final = ("word", "position", "token_type")


def load(folder: Path) -> Encoder:
    """The encoder in ``folder``: ``model.safetensors``, ``vocab.txt`` and ``config.json``.

    Raises: ModelUnusable naming the folder where it holds no encoder that can be read.
    """
    try:
        config = json.loads((folder / CONFIG).read_bytes())
        weights = dict(_tensors((folder / WEIGHTS).read_bytes()))
        vocabulary = read_vocabulary(folder / VOCABULARY)
        shape = Shape(
            layers=int(config["num_hidden_layers"]),
            heads=int(config["num_attention_heads"]),
            epsilon=float(config["layer_norm_eps"]),
        )
        made = Encoder(weights, vocabulary, shape)
        made.encode(["."])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(
            f"{folder} holds no encoder that can be used: {error}",
            "Fetch it again with `briefing models pull`.",
        ) from error
    return made


def _tensors(data: bytes) -> Iterator[tuple[str, Array]]:
    """The float32 tensors of a safetensors file: a length, a JSON header, and their bytes."""
    size = int.from_bytes(data[:8], "little")
    header: dict[str, dict[str, Any]] = json.loads(data[8 : 8 + size])
    for name, said in header.items():
        if said.get("dtype") == "F32":
            start, end = said["data_offsets"]
            part = data[8 + size + start : 8 + size + end]
            yield name, np.frombuffer(part, "<f4").reshape(said["shape"])


# Abramowitz and Stegun, 7.1.26: the error function to 1.5e-7.
_ERF: Final = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
_ERF_SCALE: Final = 0.3275911


def _gelu(state: Array) -> Array:
    size = np.abs(state) * np.float32(0.5**0.5)
    step = 1 / (1 + np.float32(_ERF_SCALE) * size)
    series = np.zeros_like(step)
    for factor in reversed(_ERF):
        series = (series + np.float32(factor)) * step
    error = np.copysign(1 - series * np.exp(-size * size), state)
    result: Array = state * (1 + error) / 2
    return result
