"""Pairs of opposites and classes of quantifiers, as ``polarity.toml`` lists them (English)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from briefing.grounding.negation import denies_all
from briefing.grounding.polarity_lists import lines, tables

if TYPE_CHECKING:
    from spacy.tokens import Token


def opposites(token: Token) -> frozenset[str]:
    """Curated opposites of a token, by its form and its lemma."""
    pairs = _pairs("plain")
    return pairs.get(token.lower_, frozenset()) | pairs.get(token.lemma_.lower(), frozenset())


def is_converse(one: Token, other: Token) -> bool:
    """Whether two opposites say the same with the parties exchanged: buy, sell."""
    pairs = _pairs("converse")
    names = {other.lower_, other.lemma_.lower()}
    return any(pairs.get(name, frozenset()) & names for name in (one.lower_, one.lemma_.lower()))


@cache
def _pairs(name: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lines("antonyms", name):
        one, other = line.split()
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


def clashes(quantifier: str) -> frozenset[str]:
    """The classes that cannot stand in the passages where a claim has ``quantifier``."""
    return _clashes().get(quantifier, frozenset())


@cache
def _clashes() -> dict[str, frozenset[str]]:
    pairs = (line.split(":") for line in lines("quantifiers", "clashes"))
    return {claimed: frozenset(said.split()) for claimed, said in pairs}


def quantifier(noun: Token) -> str:
    """The class of the quantifier of a noun ("all", "few" …); empty where it has none."""
    of = noun.head
    outer = [of.head] if of.lower_ == "of" and noun.dep_ == "pobj" else []
    inner = [c for c in noun.children if c.dep_ in {"det", "amod", "predet", "nummod"}]
    return next((found for t in [*inner, *outer] if (found := quantifier_class(t))), "")


def quantifier_class(token: Token) -> str:
    """The class of a token that is a quantifier; "a few" is some, "few" is few."""
    around = (*token.children, *token.head.children)
    if denies_all(token):
        return "part"
    many = token.lower_ in tables("quantifiers")["many"]
    if many and token.i and token.nbor(-1).lower_ == "not":
        return "few"
    if token.lower_ == "few" and any(c.lower_ in {"a", "quite"} and c.i < token.i for c in around):
        return "some"
    if token.lower_ == "little" and token.head.tag_ != "NN":
        return ""
    return next(
        (
            name
            for name, members in tables("quantifiers").items()
            if name != "clashes" and token.lower_ in members
        ),
        "",
    )
