"""Hidden states as text."""

from __future__ import annotations

import numpy as np

from briefing.model.vectors import decode, encode


def test_states_come_back_to_half_precision() -> None:
    states = [np.linspace(-3, 3, 576, dtype=np.float32), np.zeros(4, dtype=np.float32)]
    written = encode(states)
    assert all(text.isascii() for text in written)
    for state, again in zip(states, decode(written), strict=True):
        assert again.dtype == np.float32
        np.testing.assert_allclose(again, state, atol=2e-3)


def test_what_half_precision_cannot_hold_is_clipped_not_infinite() -> None:
    (again,) = decode(encode([np.array([1e9, -1e9, 1.0], dtype=np.float32)]))
    assert again.tolist() == [65504.0, -65504.0, 1.0]
