"""The clause that a figure stands in: what is done, by whom, to whom, where and when (English)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from briefing.across.words import act_of, words
from briefing.extract.cues import is_saying
from briefing.grounding.aliases import groups, plain
from briefing.grounding.predicates import inherited
from briefing.lexical import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_APART = {"conj", "advcl", "ccomp", "relcl", "parataxis", "csubj"}
_UP = 8
_CARRY = {"NOUN", "PROPN", "VERB", "ADJ"}


@dataclass(frozen=True, eq=False)
class Clause:
    """A verb with the words that belong to it, from the view of one word below it.

    ``path``: the nouns between that word and the verb, nearest first. ``scope``: all words of the
    clause without other clauses, subject included.
    """

    verb: Token
    path: tuple[Token, ...]
    scope: tuple[Token, ...]

    @cached_property
    def subject(self) -> Token | None:
        """The head of its subject; what a relative clause belongs to."""
        own = next((c for c in self.verb.children if c.dep_ in SUBJECTS), None)
        if own is not None and own.lower_ in {"who", "which", "that"}:
            return self.verb.head if self.verb.dep_ in {"relcl", "acl"} else None
        if own is None and self.verb.dep_ == "acl":
            return self.verb.head
        return own if own is not None else inherited(self.verb)

    @cached_property
    def patient(self) -> Token | None:
        """The head of its object, or of the subject of a passive."""
        deps = {"dobj", "nsubjpass", "dative"}
        own = next((c for c in self.verb.children if c.dep_ in deps), None)
        if own is not None and own.lower_ in {"who", "which", "that"}:
            return self.verb.head
        return own

    @cached_property
    def acts(self) -> frozenset[str]:
        """The acts that its words name."""
        return frozenset(filter(None, map(act_of, self.scope)))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Lemmas of its content words."""
        return frozenset(key_of(t) for t in self.scope if carries(t))


def key_of(token: Token) -> str:
    """The form by which a word of a clause is compared: its act, else its lemma."""
    if token.pos_ == "PROPN":
        return plain(token.text)
    return act_of(token) or token.lemma_.lower()


def carries(token: Token) -> bool:
    """Whether a word says what a clause is about."""
    lemma = token.lemma_.lower()
    return (
        token.pos_ in _CARRY
        and token.is_alpha
        and lemma not in STOP_WORDS
        and lemma not in words("verbs", "level")
        and token.ent_type_ not in {"DATE", "TIME"}
        and not (token.pos_ == "VERB" and is_saying(token, strong=True))
    )


def clause_of(anchor: Token) -> Clause:
    """The clause around a word."""
    path: list[Token] = []
    token = anchor
    for _ in range(_UP):
        if (token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "amod"}) or (
            token.head == token
        ):
            break
        if token.pos_ in {"NOUN", "PROPN"} and token != anchor:
            path.append(token)
        token = token.head
    return Clause(token, tuple(path), tuple(_scope(token)))


def _scope(verb: Token) -> Iterator[Token]:
    found = {verb.i: verb}
    stack = list(verb.children)
    if not any(c.dep_ in SUBJECTS for c in verb.children):
        above = verb.head if verb.dep_ in {"acl", "relcl"} else inherited(verb)
        stack += (
            [above, *(c for c in above.children if c.dep_ in {"compound", "prep", "amod"})]
            if (above is not None)
            else []
        )
    elif verb.dep_ == "relcl":
        found[verb.head.i] = verb.head
    seen: set[int] = set()
    while stack:
        token = stack.pop()
        if token.i in seen:
            continue
        seen.add(token.i)
        found[token.i] = token
        stack.extend(
            c for c in token.children if not (c.dep_ in _APART and c.pos_ in {"VERB", "AUX"})
        )
    return iter([found[i] for i in sorted(found)])


def places(clause: Clause, noun: Token | None = None) -> frozenset[str]:
    """The places where a clause says that it happened, in plain form."""
    known = groups("places")
    heads = {clause.verb, clause.subject, clause.patient, noun, *clause.path}
    return frozenset(
        plain(t.text)
        for t in clause.scope
        if t.pos_ == "PROPN"
        and (t.ent_type_ in {"GPE", "LOC", "FAC"} or plain(t.text) in known)
        and (t.head in heads or (t.head.dep_ == "prep" and t.head.head in heads))
    )


def negated(verb: Token) -> bool:
    """Whether "not" stands by a verb."""
    return any(c.dep_ == "neg" for c in verb.children)
