"""Hidden states as text: how results keep them."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

State = NDArray[np.float32]
_MOST = float(np.finfo(np.float16).max)


def encode(states: Sequence[State]) -> tuple[str, ...]:
    """Base64 of little-endian float16, one for each vector; what is out of range is clipped."""
    clipped = (np.clip(state, -_MOST, _MOST).astype("<f2") for state in states)
    return tuple(base64.b64encode(half.tobytes()).decode("ascii") for half in clipped)


def decode(states: Sequence[str]) -> list[State]:
    """The vectors that :func:`encode` wrote, each of shape (width,)."""
    return [np.frombuffer(base64.b64decode(s), "<f2").astype(np.float32) for s in states]
