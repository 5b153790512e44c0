"""Lemmas as the lists of words have them, where the small pipeline errs (English)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Token

_RIGHT: Final = {"hoped": "hope", "hoping": "hope"}


def lemma_of(token: Token) -> str:
    """The lemma of a token in lower case."""
    return _RIGHT.get(token.lower_) or str(token.lemma_.lower())
