"""What the head of a GGUF file says, read without llama.cpp: metadata, and memory per token."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from briefing.errors import ModelUnusable

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q"}
_SCALARS[12] = "d"
_STRING, _ARRAY = 8, 9
_LONGEST_TEXT = 1 << 20
_SHORT_ARRAY = 1024
"""Longer arrays are vocabularies: they come after what is wanted, and reading stops there."""
_F16_BYTES = 2

Scalar = int | float | bool | str
Metadata = Mapping[str, Scalar | list[Scalar]]


def read(path: Path) -> Metadata:
    """The metadata of a GGUF file, up to the first long array.

    Raises: ModelUnusable where the file is not GGUF, or ends in its head.
    """
    try:
        with path.open("rb") as file:
            magic, _, _, count = struct.unpack("<4sIQQ", file.read(24))
            if magic != b"GGUF":
                raise ModelUnusable(f"{path} is not a GGUF file")
            return _entries(file, count)
    except (struct.error, ValueError, KeyError, OSError) as error:
        raise ModelUnusable(
            f"{path}: the head of the file cannot be read", "Fetch the model again."
        ) from error


def kv_bytes_per_token(metadata: Metadata) -> int | None:
    """Memory of a KV cache in 16-bit floats, llama.cpp's default; None where the file is silent."""
    arch = metadata.get("general.architecture")
    layers = metadata.get(f"{arch}.block_count")
    heads = metadata.get(f"{arch}.attention.head_count_kv")
    key = metadata.get(f"{arch}.attention.key_length") or _head_length(metadata, f"{arch}")
    value = metadata.get(f"{arch}.attention.value_length") or key
    if not (isinstance(layers, int) and isinstance(key, int) and isinstance(value, int)):
        return None
    if isinstance(heads, int):
        return layers * heads * (key + value) * _F16_BYTES
    if isinstance(heads, list):  # a number for each layer
        return sum(map(int, heads)) * (key + value) * _F16_BYTES
    return None


def _head_length(metadata: Metadata, arch: str) -> int | None:
    width = metadata.get(f"{arch}.embedding_length")
    heads = metadata.get(f"{arch}.attention.head_count")
    return width // heads if isinstance(width, int) and isinstance(heads, int) else None


def _entries(file: BinaryIO, count: int) -> Metadata:
    found: dict[str, Scalar | list[Scalar]] = {}
    for _ in range(count):
        key = _text(file)
        kind = _number(file, "I")
        if kind != _ARRAY:
            found[key] = _scalar(file, kind)
            continue
        item, length = _number(file, "I"), _number(file, "Q")
        if length > _SHORT_ARRAY:
            break
        found[key] = [_scalar(file, item) for _ in range(length)]
    return found


def _scalar(file: BinaryIO, kind: int) -> Scalar:
    if kind == _STRING:
        return _text(file)
    form = "<" + _SCALARS[kind]
    value: Scalar = struct.unpack(form, file.read(struct.calcsize(form)))[0]
    return value


def _number(file: BinaryIO, form: str) -> int:
    value: int = struct.unpack("<" + form, file.read(struct.calcsize("<" + form)))[0]
    return value


def _text(file: BinaryIO) -> str:
    length = _number(file, "Q")
    if length > _LONGEST_TEXT:
        raise ValueError("a text this long is no metadata")
    data = file.read(length)
    if len(data) < length:
        raise ValueError("the file ends early")
    return data.decode("utf-8", "replace")
