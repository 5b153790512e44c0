"""Which verb a date belongs to, and whether its clause tells what was or what will be (English)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from briefing.across.reckoning import Tense
from briefing.across.stated import Stated
from briefing.extract.cues import is_saying

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

_UP = 10
_SUBJECTS = {"nsubj", "nsubjpass", "expl"}
_PARTS = {"nsubj", "nsubjpass", "dobj", "attr", "poss"}
"""Places of a clause in which a date is what is talked of: “Monday was …”."""
_WITHIN = {"on", "in", "at", "during", "throughout", "by", "until", "till", "from", "through", ""}
_NO_DAY = {"since", "before", "after", "than", "of", "as", "to", "for", "about", "like", "over"}
_NOUN_OF_ACT = ("tion", "sion", "ment", "ance", "ence", "ure", "ing")
_NEGATIONS = {"no", "not", "never", "hardly", "rarely", "neither", "none", "nobody", "nothing"}
_UNSURE = {"may", "might", "could", "can", "should"}


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("timeline.toml").read_text(encoding="utf-8")
    return {name: frozenset(line.split()) for name, line in tomllib.loads(text).items()}


def lemmas(name: str) -> frozenset[str]:
    """A word list of ``timeline.toml``."""
    return _lists()[name]


@dataclass(frozen=True, eq=False)
class Governed:
    """The verb that a date belongs to, the preposition before the date, and whose clause it is.

    ``role`` is ``main``, ``reported`` (what the main verb says), ``joined`` (“and did …”) or
    ``meanwhile`` (“while visiting …”).
    """

    stated: Stated
    verb: Token
    preposition: str
    role: str


def governed(doc: Doc, parsed: DocSpan, stated: Stated) -> Governed | None:
    """The verb of the main clause that a date belongs to; None where it dates something else."""
    span = doc.char_span(stated.start, stated.end, alignment_mode="expand")
    if span is None:
        return None
    token, preposition, whole = span.root, "", True
    for _ in range(_UP):
        head = token.head
        if head == token or not parsed.start <= head.i < parsed.end:
            return None
        if head.pos_ in {"VERB", "AUX"} and head.dep_ not in {"amod", "compound"}:
            if token == span.root and token.dep_ in _PARTS:
                return None
            role = _role(head, parsed)
            return Governed(stated, head, preposition, role) if role else None
        if head.dep_ == "prep" or head.pos_ == "ADP":
            preposition = head.lower_ if whole else preposition
        elif head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
            whole = whole and head.lemma_.lower() in lemmas("temporal")
            if not whole and not _passes(token, head, preposition):
                return None
        token = head
    return None


def _passes(token: Token, noun: Token, preposition: str) -> bool:
    """Whether a date beside a noun may be that of the verb: parsers err on “fee on Monday”."""
    beside = token.dep_ == "amod" and token.pos_ == "ADJ"  # “in the cup final on Saturday”
    if token.dep_ in {"poss", "compound", "amod", "nummod", "appos", "nmod"} and not beside:
        return False
    if preposition not in _WITHIN:
        return False
    if not _is_act(noun):
        return True
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ in {"in", "at", "on", "during"}:
        verb = verb.head
    elif noun.dep_ not in {"dobj", "nsubjpass", "attr", "nsubj"}:
        return False
    made = verb.pos_ in {"VERB", "AUX"}
    return made and verb.lemma_.lower() not in lemmas("judging") and not is_saying(verb)


def _is_act(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    act = lemma in lemmas("acts") or (
        lemma.endswith(_NOUN_OF_ACT) and lemma not in lemmas("things")
    )
    return noun.pos_ == "NOUN" and act


def _role(verb: Token, parsed: DocSpan) -> str:
    """What a verb is in its sentence; empty where its clause is a subordinate one."""
    role, token = "main", verb
    for _ in range(_UP):
        if token.dep_ == "ROOT" or not parsed.start <= token.head.i < parsed.end:
            return role
        head = token.head
        if token.dep_ in {"xcomp", "parataxis", "aux", "auxpass"}:
            pass
        elif token.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
            role = "joined" if role == "main" else role
        elif token.dep_ == "advcl" and _is_meanwhile(token):
            role = "meanwhile"
        elif token.dep_ == "ccomp" and _reports(head, token):
            role = "reported"
        elif token.dep_ == "acomp" or head.pos_ == "ADJ":
            pass
        else:
            return ""
        token = head
    return ""


def _is_meanwhile(verb: Token) -> bool:
    """“While visiting Tolm last month, she warned …”, “Speaking on Friday, she warned …”."""
    marked = any(c.dep_ in {"mark", "advmod"} for c in verb.children)
    fronted = verb.tag_ == "VBG" and verb.i < verb.head.i and not marked
    return fronted or any(c.lower_ in {"while", "when"} for c in verb.children)


def _reports(verb: Token, clause: Token) -> bool:
    if verb.lemma_.lower() in lemmas("claiming_less") or _is_negated(verb):
        return False
    return not any(c.dep_ == "mark" and c.lower_ in {"if", "whether"} for c in clause.children)


def is_told(held: Governed) -> bool:
    """Whether the verb says that something took or takes place on the date."""
    verb, preposition = held.verb, held.preposition
    if preposition in _NO_DAY and not (preposition == "for" and _is_set(verb)):
        return False
    if preposition not in _WITHIN and preposition != "for":
        return False
    finite = _finite(verb)
    if _is_negated(verb) or (finite != verb and _is_negated(finite)):
        return False
    return not (_helpers(verb) & _UNSURE) or preposition in {"by", "until", "till"}


def _is_set(verb: Token) -> bool:
    return verb.lemma_.lower() in lemmas("set_for") or any(
        c.lemma_.lower() in lemmas("set_for") for c in verb.children if c.dep_ in {"acomp", "xcomp"}
    )


def _is_negated(verb: Token) -> bool:
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in _NEGATIONS:
            return True
        if child.dep_ in _SUBJECTS and any(
            c.lower_ in _NEGATIONS for c in (child, *child.children)
        ):
            return True
    return False


def _helpers(verb: Token) -> set[str]:
    """The auxiliaries of a verb, or of the one that it is joined to."""
    own = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    subject = any(c.dep_ in _SUBJECTS for c in verb.children)
    if not own and not subject and verb.dep_ == "conj":
        return _helpers(verb.head)
    return own


def _finite(verb: Token) -> Token:
    """The verb that has the tense: “is **due** to …”, “**began** to …”."""
    token = verb
    for _ in range(_UP):
        if token.dep_ not in {"xcomp", "acomp"} and not (
            token.dep_ == "conj" and token.tag_ == "VB" and not _helpers(token)
        ):
            return token
        token = token.head
    return token


def tense_of(verb: Token) -> Tense:
    """Whether a clause tells what was or what will be; ``open`` where the verb leaves that open."""
    helpers = _helpers(verb)
    if helpers & {"will", "shall", "’ll", "'ll", "would", "wo"}:
        return "future"
    if helpers & _UNSURE or helpers & {"must"}:
        return "future" if "have" not in helpers else "past"
    finite = _finite(verb)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and not helpers:
        return tense_of(verb.head)
    if finite != verb:
        outer = _tense_of_form(finite, _helpers(finite))
        if outer == "past":
            return "past" if finite.lemma_.lower() in lemmas("carried_out") else "open"
        return "future"
    told = _tense_of_form(verb, helpers)
    if told == "past" and _is_backshifted(verb, helpers):
        return "open"
    return told


def _is_backshifted(verb: Token, helpers: set[str]) -> bool:
    """“was expected on Thursday”, “said that trains were there on Monday”: before or after?"""
    if verb.lemma_.lower() in lemmas("futurate") and helpers & {"was", "were"}:
        return True
    return verb.dep_ == "ccomp" and verb.lemma_ in {"be", "have"} and verb.tag_ == "VBD"


def _tense_of_form(verb: Token, helpers: set[str]) -> Tense:
    if helpers & {"had", "was", "were", "did", "has", "have", "’ve", "'ve"}:
        if "to" in helpers:  # “was to meet”, “has to leave”
            return "future" if helpers & {"has", "have"} else "open"
        return "past"
    if helpers & {"is", "are", "am", "’s", "'s", "’re", "'re"}:
        return "future"
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ in {"VBZ", "VBP"} and (
        verb.lemma_.lower() in lemmas("futurate") | lemmas("timetabled")
    ):
        return "future"
    return "open"
