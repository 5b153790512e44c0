"""llama.cpp's low-level API: one model, one context, batched decoding with an abort switch.

Nothing here knows of jobs or prompts. A :class:`Runtime` is not thread-safe; use it from one
thread. Its context holds one unified KV cache, in which copying a sequence copies no memory.
"""

from __future__ import annotations

import ctypes
import signal
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from briefing.errors import InternalError, ModelUnusable
from briefing.model.states import StateTap
from briefing.model.vectors import State

MICRO_BATCH = 512
"""Tokens per llama_decode: bounds memory and the time until Ctrl-C is obeyed."""
MAX_OUTPUTS = 64
"""Logit rows per llama_decode: a row of 152 k floats is 0.6 MB."""

Row = NDArray[np.float32]
Handle = object
_ABORTED = 2
_log_tail: list[str] = []


@dataclass(frozen=True)
class RuntimeOptions:
    """How a model is run. ``gpu_layers`` -1 offloads all layers where the build can."""

    context: int
    sequences: int
    threads: int
    gpu_layers: int = -1


@dataclass
class Tokens:
    """Tokens to decode: parallel lists of id, position, sequence, and whether logits are wanted."""

    ids: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    sequences: list[int] = field(default_factory=list)
    wanted: list[bool] = field(default_factory=list)

    def add(self, ids: list[int], start: int, sequence: int, wanted: range | None = None) -> int:
        """Append a run of tokens; logits are wanted at run indices in ``wanted``.

        Returns: the index of the run's first token.
        """
        first = len(self.ids)
        self.ids += ids
        self.positions += range(start, start + len(ids))
        self.sequences += [sequence] * len(ids)
        marks = wanted if wanted is not None else range(0)
        self.wanted += [i in marks for i in range(len(ids))]
        return first


class Runtime:
    """A loaded model with its context.

    Raises: ModelUnusable where llama.cpp refuses the file or the context.
    """

    def __init__(self, path: Path, options: RuntimeOptions) -> None:
        _start_backend()
        self.options = options
        self.busy_seconds = 0.0
        self._abort = False
        self._abort_hook = llama_cpp.ggml_abort_callback(lambda _: self._abort)
        with self.interruptible():
            self._model = _load_model(path, options, lambda: self._abort)
            self.layers: int = llama_cpp.llama_model_n_layer(self._model)
            self._tap = StateTap(llama_cpp.llama_model_n_embd(self._model))
            self._context = _open_context(self._model, options, self._tap)
        self.vocab = llama_cpp.llama_model_get_vocab(self._model)
        self.vocab_size: int = llama_cpp.llama_vocab_n_tokens(self.vocab)
        self._memory = llama_cpp.llama_get_memory(self._context)
        llama_cpp.llama_set_abort_callback(self._context, self._abort_hook, None)
        self._batch = llama_cpp.llama_batch_init(MICRO_BATCH, 0, 1)

    def close(self) -> None:
        """Free context and model. Harmless twice."""
        if self._context is not None:
            llama_cpp.llama_batch_free(self._batch)
            llama_cpp.llama_free(self._context)
            llama_cpp.llama_model_free(self._model)
            self._context = None

    def tokenize(self, text: str, *, special: bool = False) -> list[int]:
        """Token ids of ``text``. ``special`` reads control tokens: never for a document's text."""
        data = text.encode("utf-8")
        size = len(data) + 8
        buffer = (llama_cpp.llama_token * size)()
        count = llama_cpp.llama_tokenize(self.vocab, data, len(data), buffer, size, False, special)
        if count < 0:
            raise InternalError(f"a text of {len(data)} bytes gave {-count} tokens")
        return list(buffer[:count])

    def piece(self, token: int) -> bytes:
        """The bytes that ``token`` stands for; nothing for control tokens."""
        buffer = ctypes.create_string_buffer(256)
        count = llama_cpp.llama_token_to_piece(self.vocab, token, buffer, 256, 0, False)
        return buffer.raw[: max(count, 0)]

    def is_end(self, token: int) -> bool:
        """Whether ``token`` ends an answer."""
        return bool(llama_cpp.llama_vocab_is_eog(self.vocab, token))

    def chat_template(self) -> str | None:
        """The chat template that the file carries (Jinja), if any."""
        raw = llama_cpp.llama_model_chat_template(self._model, None)
        return raw.decode("utf-8") if raw else None

    def special_text(self, token: int) -> str:
        """How a control token is written in templates; empty for none (-1)."""
        if token < 0:
            return ""
        raw: bytes = llama_cpp.llama_vocab_get_text(self.vocab, token)
        return raw.decode("utf-8", "replace")

    def clear(self) -> None:
        """Forget all sequences."""
        llama_cpp.llama_memory_clear(self._memory, False)

    def fork(self, source: int, target: int) -> None:
        """Make ``target`` begin as ``source`` does; shares the cells, copies nothing."""
        llama_cpp.llama_memory_seq_cp(self._memory, source, target, -1, -1)

    def keep(self, sequence: int) -> None:
        """Forget all sequences but one."""
        llama_cpp.llama_memory_seq_keep(self._memory, sequence)

    def drop(self, sequence: int) -> None:
        """Forget one sequence."""
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def decode(self, tokens: Tokens, on_row: Callable[[int, Row], None]) -> None:
        """Run ``tokens`` and give each wanted logit row, of shape (vocab_size,), to ``on_row``.

        Rows are views that the next micro-batch overwrites: copy what is to be kept.

        Raises: KeyboardInterrupt when interrupted; ModelUnusable where logits are no numbers;
        InternalError when llama.cpp fails.
        """
        self._tap.want(())
        for start, end in self._micro_batches(tokens, tokens.wanted):
            for index in range(start, end):
                if tokens.wanted[index]:
                    on_row(index, self._row(index - start))

    def read(
        self,
        tokens: Tokens,
        layers: Collection[int],
        on_states: Callable[[int, list[State] | None], None],
    ) -> None:
        """Run ``tokens`` up to the last of ``layers``; give each wanted token's hidden states.

        They come in the order of ``layers``, copied, or as None where the model's graph does not
        name its layers. The cells are filled for these layers only: :meth:`decode` must not build
        on them. Raises as :meth:`decode` does.
        """
        self._tap.want(layers)
        for start, end in self._micro_batches(tokens, [False] * len(tokens.ids)):
            for index in range(start, end):
                if tokens.wanted[index]:
                    states = [self._tap.at(layer, index - start) for layer in layers]
                    found = [state.copy() for state in states if state is not None]
                    on_states(index, found if len(found) == len(states) else None)

    def _micro_batches(self, tokens: Tokens, logits: list[bool]) -> Iterator[tuple[int, int]]:
        """Run one micro-batch after the other; each one's bounds, when it is computed."""
        start = 0
        while start < len(tokens.ids):
            end = self._micro_batch_end(tokens, start)
            self._fill(tokens, logits, start, end)
            began = time.perf_counter()
            code = llama_cpp.llama_decode(self._context, self._batch)
            self.busy_seconds += time.perf_counter() - began
            if code == _ABORTED or self._abort:
                raise KeyboardInterrupt
            if code != 0:
                raise InternalError(f"llama_decode failed with code {code}", _log())
            yield start, end
            start = end

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let Ctrl-C stop llama.cpp while it loads or decodes.

        Python's own way, an exception, would be lost in a callback of llama.cpp's.

        Raises: KeyboardInterrupt in place of whatever an interruption led to.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        previous = signal.getsignal(signal.SIGINT)
        signal.signal(signal.SIGINT, self._on_interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, previous)
            aborted, self._abort = self._abort, False
            if aborted:
                raise KeyboardInterrupt

    def _on_interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        self._abort = True

    @staticmethod
    def _micro_batch_end(tokens: Tokens, start: int) -> int:
        end, outputs = start, 0
        while end < len(tokens.ids) and end - start < MICRO_BATCH:
            outputs += tokens.wanted[end]
            if outputs > MAX_OUTPUTS:
                break
            end += 1
        return end

    def _fill(self, tokens: Tokens, logits: list[bool], start: int, end: int) -> None:
        batch, count = self._batch, end - start
        batch.n_tokens = count
        for target, values in (
            (batch.token, tokens.ids),
            (batch.pos, tokens.positions),
            (batch.logits, logits),
        ):
            np.ctypeslib.as_array(target, shape=(MICRO_BATCH,))[:count] = values[start:end]
        for i in range(count):
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = tokens.sequences[start + i]

    def _row(self, index: int) -> Row:
        pointer = llama_cpp.llama_get_logits_ith(self._context, index)
        row = np.ctypeslib.as_array(pointer, shape=(self.vocab_size,))
        if not np.isfinite(row.max()):  # which is no number where any is none
            raise ModelUnusable(
                "the model's answers are no numbers: the file or llama.cpp is damaged",
                "`briefing models verify` checks the file, `briefing doctor` llama.cpp.",
            )
        return row


def supports_gpu() -> bool:
    """Whether this build of llama.cpp can offload to a device that is there."""
    return bool(llama_cpp.llama_supports_gpu_offload())


def build_info() -> str:
    """llama.cpp's own words on the CPU features it was built for."""
    _start_backend()
    raw: bytes = llama_cpp.llama_print_system_info()
    return raw.decode("utf-8", "replace").strip()


def _start_backend() -> None:
    llama_cpp.llama_log_set(_log_hook, ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()


def _load_model(path: Path, options: RuntimeOptions, stop: Callable[[], bool]) -> Handle:
    """Load with all layers on the GPU, or with as many as fit where -1 asks for that."""
    for layers in _offloads(options.gpu_layers):
        params = llama_cpp.llama_model_default_params()
        params.progress_callback = llama_cpp.llama_progress_callback(lambda _, __: not stop())
        params.n_gpu_layers = layers
        model = llama_cpp.llama_model_load_from_file(str(path).encode(), params)
        if model or stop():
            break
    if not model:
        raise ModelUnusable(
            f"llama.cpp cannot load {path.name}: {_log()}",
            "Is it a GGUF file that this version knows, and does it fit into memory?",
        )
    return model


def _offloads(wanted: int) -> tuple[int, ...]:
    """Numbers of layers to try: llama.cpp refuses a model whose part does not fit the device."""
    if not supports_gpu():
        return (0,)
    return (-1, 40, 32, 24, 16, 8, 0) if wanted < 0 else (wanted,)


def _open_context(model: Handle, options: RuntimeOptions, tap: StateTap) -> Handle:
    params = llama_cpp.llama_context_default_params()
    params.n_ctx = options.context
    params.n_batch = params.n_ubatch = MICRO_BATCH
    params.n_seq_max = options.sequences
    # llama.cpp wants a row for each sequence, whether asked for or not.
    params.n_outputs_max = max(MAX_OUTPUTS, options.sequences)
    params.n_threads = params.n_threads_batch = options.threads
    params.kv_unified = True
    params.no_perf = True
    params.cb_eval = tap.callback
    context = llama_cpp.llama_init_from_model(model, params)
    if not context:
        llama_cpp.llama_model_free(model)
        raise ModelUnusable(
            f"no context of {options.context} tokens can be opened: {_log()}",
            "Try a smaller --context, or a smaller model.",
        )
    return context


def _keep_log(level: int, text: bytes, _data: object) -> None:
    if level in (3, 4):
        _log_tail.append(text.decode("utf-8", "replace").strip())
        del _log_tail[:-5]


# subtle: llama.cpp keeps only the pointer, so the callback must outlive every call.
_log_hook = llama_cpp.llama_log_callback(_keep_log)


def _log() -> str:
    return " ".join(_log_tail) or "no reason given"
