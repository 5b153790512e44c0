"""Token masks, with a vocabulary of bytes: no model is needed for grammars."""

from __future__ import annotations

import llguidance
import numpy as np
import pytest

from briefing.extract.questions import GRAMMAR
from briefing.model.constrain import Constraint


@pytest.fixture(scope="module")
def tokenizer() -> llguidance.LLTokenizer:
    return llguidance.LLTokenizer("byte")


def constraint(tokenizer: llguidance.LLTokenizer, grammar: str) -> Constraint:
    return Constraint(tokenizer, grammar, tokenizer.vocab_size)


def allowed(found: Constraint, tokenizer: llguidance.LLTokenizer) -> set[str]:
    row = np.arange(tokenizer.vocab_size, dtype=np.float32)
    masked = found.mask(row)
    open_ = np.flatnonzero(np.isfinite(masked))
    assert (masked[open_] == row[open_]).all()
    assert (row == np.arange(tokenizer.vocab_size)).all()
    return {chr(i) for i in open_ if i < 256}


def test_only_what_the_grammar_allows_can_be_said(tokenizer: llguidance.LLTokenizer) -> None:
    found = constraint(tokenizer, 'start: "yes" | "no"')
    assert allowed(found, tokenizer) == {"y", "n"}
    assert found.take(ord("y")) == [ord("e"), ord("s")]
    assert not found.error


def test_what_must_follow_is_said_at_once(tokenizer: llguidance.LLTokenizer) -> None:
    found = constraint(tokenizer, 'start: "Whether " /[ab]/')
    assert bytes(found.forced()).decode() == "Whether "
    assert allowed(found, tokenizer) == {"a", "b"}


def test_a_finished_answer_is_complete(tokenizer: llguidance.LLTokenizer) -> None:
    found = constraint(tokenizer, 'start: "no"')
    assert not found.complete
    found.forced()
    found.take(tokenizer.eos_token)
    assert found.complete
    assert found.forced() == []


def test_a_token_against_the_grammar_is_an_error_and_no_crash(
    tokenizer: llguidance.LLTokenizer,
) -> None:
    found = constraint(tokenizer, 'start: "yes"')
    assert found.take(ord("x")) == []
    assert found.error


@pytest.mark.parametrize("grammar", ["start: missing", "start: /[/", ""])
def test_a_broken_grammar_is_told(tokenizer: llguidance.LLTokenizer, grammar: str) -> None:
    found = constraint(tokenizer, grammar)
    assert found.error
    assert found.forced() == []


@pytest.mark.parametrize(
    ("said", "good"),
    [
        ("Who will pay for the pier?", True),
        ("The pier is paid.", False),
        ("Who said “no” to it?", False),
        ("Who will\npay for it?", False),
    ],
)
def test_questions_are_questions(tokenizer: llguidance.LLTokenizer, said: str, good: bool) -> None:
    found = constraint(tokenizer, GRAMMAR)
    for byte in said.encode():
        if found.error or found.complete:
            break
        row = np.zeros(tokenizer.vocab_size, dtype=np.float32)
        if not np.isfinite(found.mask(row)[byte]):
            assert not good
            return
        found.take(byte)
    assert good
    assert not found.error
