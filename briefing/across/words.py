"""The word lists of ``points.toml``, and what a lemma stands for by them (English)."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from briefing.grounding.thesaurus import MIN_STEM, derived, same_family, synonyms

if TYPE_CHECKING:
    from spacy.tokens import Token


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(_text("points.toml"))


@cache
def _worths() -> dict[str, float]:
    return tomllib.loads(_text("worth.toml"))


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def worth(sign: str) -> float:
    """What a sign of :mod:`briefing.across.likeness` is worth, in log-odds; 0 for any other."""
    return _worths().get(sign, 0.0)


@cache
def words(table: str, name: str) -> frozenset[str]:
    """One list as a set."""
    return frozenset(_tables()[table][name].split())


@cache
def _acts() -> dict[str, str]:
    return {word: act for act, line in _tables()["acts"].items() for word in line.split()}


def act_of(token: Token) -> str:
    """The act that a word names, in whatever part of speech; empty for any other word."""
    if token.pos_ not in {"VERB", "NOUN", "ADJ", "ADV", "AUX"}:
        return ""
    acts = _acts()
    return acts.get(token.lower_) or acts.get(token.lemma_.lower(), "")


def thing_of(noun: Token) -> str:
    """The lemma of what is counted; one word for people in general."""
    lemma = noun.lemma_.lower()
    return "people" if lemma in words("things", "people") else lemma


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> bool:
    """Whether two lemmas may say the same: one family, or synonyms."""
    return one == other or same_family(one, other) or other in synonyms(one)


@lru_cache(maxsize=65536)
def alike_in(word: str, others: frozenset[str]) -> tuple[str, ...]:
    """Those of ``others`` that are :func:`alike` to ``word``, in order."""
    near = _by_beginning(others).get(word[:MIN_STEM], ())
    found = {other for other in near if same_family(word, other)}
    return tuple(sorted(found | others & (synonyms(word) | derived(word) | {word})))


@lru_cache(maxsize=4096)
def _by_beginning(words: frozenset[str]) -> dict[str, list[str]]:
    """Words of one family begin alike, but for those that the thesaurus derives."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        found[word[:MIN_STEM]].append(word)
    return found
