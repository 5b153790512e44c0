"""Hidden states: copied out of llama.cpp's graph while it computes.

llama.cpp names the output of layer 20 ``l_out-20`` in the graphs of nearly all models, and calls
back for each tensor that its scheduler computes (``cb_eval``). A probe reads those vectors: what
a small model cannot say it often knows (Alain and Bengio 2016, arXiv 1610.01644; Azaria and
Mitchell 2023, arXiv 2304.13734).
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection
from typing import Any

import llama_cpp
import numpy as np
from llama_cpp import _ggml

from briefing.model.vectors import State

_ggml_lib = _ggml.libggml
_ggml_lib.ggml_get_name.restype = ctypes.c_char_p
_ggml_lib.ggml_get_name.argtypes = [ctypes.c_void_p]
_ggml_lib.ggml_nbytes.restype = ctypes.c_size_t
_ggml_lib.ggml_nbytes.argtypes = [ctypes.c_void_p]
_ggml_lib.ggml_backend_tensor_get.restype = None
_ggml_lib.ggml_backend_tensor_get.argtypes = [
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_size_t,
]


class StateTap:
    """Keeps the outputs of the wanted layers of the micro-batch that was computed last.

    ``callback`` is for ``llama_context_params.cb_eval``, and must outlive the context.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._wanted: dict[bytes, int] = {}
        self._last: int | None = None
        self._found: dict[int, State] = {}
        self.callback: Any = llama_cpp.ggml_backend_sched_eval_callback(self._on_tensor)

    def want(self, layers: Collection[int]) -> None:
        """Copy these layers' outputs from now on, and forget what was copied.

        A micro-batch is computed up to the last of them and no further; whole if there are none.
        """
        self._wanted = {f"l_out-{layer}".encode(): layer for layer in layers}
        self._last = max(layers, default=None)
        self._found = {}

    def at(self, layer: int, index: int) -> State | None:
        """The state after ``layer`` of token ``index`` of the last micro-batch, float32."""
        rows = self._found.get(layer)
        return None if rows is None or index >= len(rows) else rows[index]

    def _on_tensor(self, tensor: int, ask: bool, _data: object) -> bool:
        """Asked before a tensor is computed: is it wanted? Told after: go on?"""
        if not self._wanted:
            return not ask
        layer = self._wanted.get(_ggml_lib.ggml_get_name(tensor))
        if ask:
            return layer is not None
        if layer is not None:
            size = _ggml_lib.ggml_nbytes(tensor)
            rows = np.empty(size // 4, np.float32)
            _ggml_lib.ggml_backend_tensor_get(tensor, rows.ctypes.data, 0, size)
            self._found[layer] = rows.reshape(-1, self._width)
        return layer != self._last


def layer_of(depth: float, layers: int) -> int:
    """The layer at a share of the depth; never the last, which computes only asked-for rows."""
    return max(0, min(layers - 2, round(depth * layers)))
