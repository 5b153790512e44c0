"""A tiny model of random weights, written as GGUF: something to compute with, where no model is.

Each layer holds its weights in another quantization, so that decoding one prompt runs the kernels
of all of them. The model has no tokenizer and nothing to say.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH = 256
"""Embedding length; K-quantizations come in blocks of 256 weights."""
HIDDEN = 512
HEADS = 4
VOCABULARY = 512
CONTEXT = 512

_ALIGNMENT = 32
_F32 = 0
_UINT32, _FLOAT32, _STRING = 4, 6, 8

Generator = np.random.Generator
Fill = Callable[[Generator, int, float], bytes]
"""Makes so many weights of about the given standard deviation."""


def write(path: Path, seed: int = 0) -> None:
    """Write the model, about 4 MB, to ``path``; the same bytes for the same seed."""
    random = np.random.default_rng(seed)
    tensors = list(_tensors(random))
    header = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(_METADATA))
    header += b"".join(_entry(key, value) for key, value in _METADATA.items())
    offset = 0
    for name, shape, kind, data in tensors:
        header += _string(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
        header += struct.pack("<IQ", kind, offset)
        offset += len(_padded(data))
    path.write_bytes(_padded(header) + b"".join(_padded(data) for *_, data in tensors))


def _f16(random: Generator, count: int, scale: float) -> bytes:
    return (random.standard_normal(count) * scale).astype("<f2").tobytes()


def _q4_0(random: Generator, count: int, scale: float) -> bytes:
    """Blocks of 32: scale, nibbles counted from -8."""
    return _blocks(count // 32, _half(count // 32, scale / 4.6), _bytes(random, count // 32, 16))


def _q4_1(random: Generator, count: int, scale: float) -> bytes:
    """Blocks of 32: scale, minimum, nibbles counted from 0."""
    blocks = count // 32
    step = scale / 4.6
    return _blocks(
        blocks, _half(blocks, step), _half(blocks, -7.5 * step), _bytes(random, blocks, 16)
    )


def _q8_0(random: Generator, count: int, scale: float) -> bytes:
    """Blocks of 32: scale, signed bytes."""
    return _blocks(count // 32, _half(count // 32, scale / 74), _bytes(random, count // 32, 32))


def _q4_k(random: Generator, count: int, scale: float) -> bytes:
    """Blocks of 256: scale, scale of minima, packed 6-bit scales and minima, nibbles.

    All packed scales and minima are 33 (bits 100001), so that the weights centre on zero.
    """
    blocks = count // 256
    step = scale / 4.6 / 33
    packed = np.full((blocks, 12), 0xA1, dtype=np.uint8)
    packed[:, 8:] = 0x11
    return _blocks(
        blocks,
        _half(blocks, step),
        _half(blocks, 7.5 * step),
        packed,
        _bytes(random, blocks, 128),
    )


def _q6_k(random: Generator, count: int, scale: float) -> bytes:
    """Blocks of 256: low nibbles, high bit pairs, signed scales, scale of these."""
    blocks = count // 256
    return _blocks(
        blocks,
        _bytes(random, blocks, 192),
        np.full((blocks, 16), 32, dtype=np.uint8),
        _half(blocks, scale / 18.5 / 32),
    )


_LAYERS: tuple[tuple[int, Fill], ...] = (
    (12, _q4_k),
    (14, _q6_k),
    (8, _q8_0),
    (2, _q4_0),
    (3, _q4_1),
    (1, _f16),
)
"""GGML's number of each type, and what fills it."""

_METADATA: dict[str, str | int | float] = {
    "general.architecture": "llama",
    "general.name": "random weights",
    "llama.context_length": CONTEXT,
    "llama.embedding_length": WIDTH,
    "llama.block_count": len(_LAYERS),
    "llama.feed_forward_length": HIDDEN,
    "llama.attention.head_count": HEADS,
    "llama.attention.head_count_kv": HEADS,
    "llama.attention.layer_norm_rms_epsilon": 1e-5,
    "llama.rope.dimension_count": WIDTH // HEADS,
    "llama.vocab_size": VOCABULARY,
    "tokenizer.ggml.model": "none",
}

_MATRICES = {
    "attn_q": (WIDTH, WIDTH),
    "attn_k": (WIDTH, WIDTH),
    "attn_v": (WIDTH, WIDTH),
    "attn_output": (WIDTH, WIDTH),
    "ffn_gate": (WIDTH, HIDDEN),
    "ffn_up": (WIDTH, HIDDEN),
    "ffn_down": (HIDDEN, WIDTH),
}
"""Shape of each weight of a layer: inputs, outputs."""


def _tensors(random: Generator) -> Iterator[tuple[str, tuple[int, ...], int, bytes]]:
    """Name, shape, GGML type and data of each tensor."""
    ones = np.ones(WIDTH, dtype="<f4").tobytes()
    yield "token_embd.weight", (WIDTH, VOCABULARY), 1, _f16(random, WIDTH * VOCABULARY, 1.0)
    for number, (kind, fill) in enumerate(_LAYERS):
        for part in ("attn_norm", "ffn_norm"):
            yield f"blk.{number}.{part}.weight", (WIDTH,), _F32, ones
        for part, shape in _MATRICES.items():
            data = fill(random, shape[0] * shape[1], shape[0] ** -0.5)
            yield f"blk.{number}.{part}.weight", shape, kind, data
    yield "output_norm.weight", (WIDTH,), _F32, ones
    kind, fill = _LAYERS[1]
    yield "output.weight", (WIDTH, VOCABULARY), kind, fill(random, WIDTH * VOCABULARY, WIDTH**-0.5)


def _blocks(count: int, *parts: NDArray[np.uint8]) -> bytes:
    return np.concatenate([part.reshape(count, -1) for part in parts], axis=1).tobytes()


def _half(count: int, value: float) -> NDArray[np.uint8]:
    return np.full(count, value, dtype="<f2").view(np.uint8)


def _bytes(random: Generator, blocks: int, size: int) -> NDArray[np.uint8]:
    return random.integers(0, 256, (blocks, size), dtype=np.uint8)


def _entry(key: str, value: str | int | float) -> bytes:
    if isinstance(value, str):
        return _string(key) + struct.pack("<I", _STRING) + _string(value)
    if isinstance(value, int):
        return _string(key) + struct.pack("<II", _UINT32, value)
    return _string(key) + struct.pack("<If", _FLOAT32, value)


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNMENT)
