"""Token masks from grammars, by llguidance: what may come next, and what must."""

from __future__ import annotations

import llguidance
import llguidance.llamacpp
import numpy as np
from numpy.typing import NDArray

from briefing.model.runtime import Row, Runtime

MASKED = np.float32(-np.inf)


class Constraint:
    """How far one answer has followed its grammar. Errors are polled: llguidance never raises."""

    def __init__(self, tokenizer: llguidance.LLTokenizer, grammar: str, vocab_size: int) -> None:
        self._matcher = llguidance.LLMatcher(
            tokenizer, llguidance.LLMatcher.grammar_from_lark(grammar), log_level=0
        )
        self._size = vocab_size

    @property
    def error(self) -> str:
        """Why the grammar cannot be followed; empty while all is well."""
        return str(self._matcher.get_error()) if self._matcher.is_error() else ""

    @property
    def complete(self) -> bool:
        """Whether nothing more can be said."""
        return bool(self._matcher.is_stopped())

    def mask(self, row: Row) -> Row:
        """``row`` with the logits of forbidden tokens at minus infinity (a copy)."""
        bits = np.frombuffer(self._matcher.compute_bitmask(), dtype=np.uint8)
        allowed: NDArray[np.bool_] = np.unpackbits(bits, bitorder="little")[: self._size] > 0
        out = np.full(self._size, MASKED, dtype=np.float32)
        out[: len(allowed)][allowed] = row[: len(allowed)][allowed]
        return out

    def take(self, token: int) -> list[int]:
        """Note ``token`` as said; returns the tokens that must follow, noted as said as well."""
        self._matcher.consume_token(token)
        return self.forced()

    def forced(self) -> list[int]:
        """The tokens that must come next, noted as said."""
        if self._matcher.is_error() or self._matcher.is_stopped():
            return []
        tokens: list[int] = self._matcher.compute_ff_tokens()
        if tokens:
            self._matcher.consume_tokens(tokens)
        return tokens


def grammar_tokenizer(runtime: Runtime, ends: list[int]) -> llguidance.LLTokenizer:
    """Llguidance's view of the model's vocabulary; takes over a second, so build it once."""
    return llguidance.llamacpp.lltokenizer_from_vocab(
        runtime.vocab, n_vocab=runtime.vocab_size, eos_token=ends
    )
