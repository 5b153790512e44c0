"""Word classes of ``open_clauses.toml``, and the small questions of grammar asked with them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_NO_ONE: Final = frozenset({"nobody", "none", "nothing", "neither", "few", "little"})
_NOT: Final = frozenset({"never", "neither", "nor", "hardly", "barely", "scarcely", "not", "n't"})
_HIGHEST: Final = 5
"""How many words a negation is carried down."""


@cache
def _classes() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("open_clauses.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


@cache
def _heads(classes: tuple[str, ...]) -> frozenset[str]:
    """The words of ``classes``, phrasal verbs without their particles."""
    return frozenset(word.split("_")[0] for name in classes for word in _classes()[name])


def of(token: Token, *classes: str) -> bool:
    """Whether ``token`` belongs to one of ``classes``, a phrasal verb with its particle."""
    lemma = token.lemma_.lower()
    if lemma not in _heads(classes):
        return False
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "")
    forms = {lemma, f"{lemma}_{particle}"}
    if any(c.dep_ in {"acomp", "oprd"} and c.lower_ == "public" for c in token.children):
        forms.add(f"{lemma}_public")
    return any(not forms.isdisjoint(_classes()[name]) for name in classes)


def subject(verb: Token) -> Token | None:
    """The subject of ``verb``, its own or that of the verb that it is joined to."""
    for _ in range(_HIGHEST):
        own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if own is not None or verb.dep_ not in {"conj", "xcomp"}:
            return own
        verb = verb.head
    return None


def passive(verb: Token) -> bool:
    """Whether ``verb`` is a passive: “has been named”, “to be seen”."""
    return any(c.dep_ == "auxpass" for c in verb.children)


def auxiliaries(verb: Token) -> set[str]:
    """The lemmas of its auxiliaries, modals as written."""
    return {c.lemma_.lower() for c in verb.children if c.dep_ in {"aux", "auxpass"}}


def is_future(verb: Token) -> bool:
    """“Will decide”, “is to decide”, “has to decide”, “is expected to decide”."""
    if auxiliaries(verb) & {"will", "shall", "must", "'ll", "wo", "should"}:
        return True
    above = verb.head
    ahead = above.lemma_.lower() in {"be", "have", "expect", "due", "need", "schedule", "meet"}
    return verb.dep_ in {"xcomp", "advcl"} and "to" in auxiliaries(verb) and ahead


def is_lasting(verb: Token) -> bool:
    """“Is examining”, “examines”, “has been examining”, “is being examined”: not over yet."""
    being = any(c.lower_ == "being" for c in verb.children)
    tensed = verb.tag_ in {"VBG", "VBZ", "VBP", "VB"} or being
    return tensed or (verb.dep_ == "conj" and verb.head != verb and verb.head.tag_ == "VBG")


def negated(verb: Token) -> bool:
    """Whether it is said that ``verb`` is not done: “did not say”, “refused to”, “nobody says”."""
    return any(_denied(above, at) for at, above in enumerate(_carriers(verb)))


def unfinished(verb: Token) -> bool:
    """“Has yet to say”, “remains to be seen”, “still has to be agreed”, “is to be confirmed”."""
    above = verb.head
    if verb.dep_ not in {"xcomp", "acl", "ccomp", "advcl", "relcl"} or "to" not in auxiliaries(
        verb
    ):
        return False
    lemma = above.lemma_.lower()
    if lemma == "remain":
        return True
    between = {t.lower_ for t in verb.doc[above.left_edge.i : verb.i] if t.head in {above, verb}}
    if lemma in {"have", "be"} and between & {"yet", "still"}:
        return True
    return lemma == "be" and passive(verb)


def _carriers(verb: Token) -> Iterator[Token]:
    """``verb`` and the words above that hand their negation down to it."""
    yield verb
    for _ in range(_HIGHEST):
        above = verb.head
        joined = verb.dep_ == "conj" and not any(c.dep_ in SUBJECTS for c in verb.children)
        led = verb.dep_ in {"xcomp", "acl", "pcomp", "advcl", "ccomp"} and (
            "to" in auxiliaries(verb) or verb.tag_ == "VBG"
        )
        held = verb.dep_ in {"prep", "pobj", "acomp", "attr", "relcl", "prt", "advmod"}
        if above == verb or not (joined or led or held):
            return
        if not joined and not of(above, "carrying", "withholding") and above.pos_ != "ADP":
            return
        verb = above
        yield verb


def _denied(word: Token, height: int) -> bool:
    if height and of(word, "withholding"):
        return word.lower_ not in {"early", "soon"} or any(c.lower_ == "too" for c in word.children)
    if height and word.lower_ == "without":
        return True
    for child in word.children:
        if child.dep_ == "neg" or (child.lower_ in _NOT and child.i < word.i):
            return True
        if child.dep_ in SUBJECTS and is_no_one(child):
            return True
    return False


def is_no_one(noun: Token) -> bool:
    """“Nobody”, “no official”, “neither side”, “none of them”."""
    return noun.lower_ in _NO_ONE or any(
        c.lower_ in {"no", "neither", "few"} and c.i < noun.i for c in noun.children
    )
