"""Whether two predicates tell of the same event: their subjects and objects agree (English).

Passives are turned round; a pronoun of a passage may be anybody, so one part must agree in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.grounding.aliases import spelt_alike
from briefing.grounding.parties import PERSONAL, candidates
from briefing.grounding.predicates import parties_of, party
from briefing.grounding.scope import Predicate
from briefing.grounding.words import SYNONYM, Support, content, form_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPEN = {"PRON", "DET"}
_DEFINITE = {"the", "this", "that", "its", "his", "her", "their"}
_BACK = {"it", "he", "she", "they", "this", "that", "these", "those", "its", "his", "her", "their"}
_COVERED = 0.6
"""So much of the other words of the claim stands in the passage's sentence or the one before."""


def same_event(mine: Predicate, theirs: Predicate, support: Support) -> bool:
    """Whether ``theirs``, of a passage, is the event that ``mine`` is about, done or not done.

    Every part that both have must agree, and one of them in words. What the passage denies of a
    certain time or place it does not deny of another.
    """
    verdicts = [_complements_agree(mine, theirs)]
    around = window_of(theirs.token)
    rest = rest_of(mine)
    for one, other in zip(_parts(mine), _parts(theirs), strict=True):
        if one is not None and other is not None:
            verdicts.append(agree(one, other, support))
            rest += _modifiers(one, other)
        elif one is not None:
            rest += [form_of(one), *_own(one)]
    if False in verdicts or True not in verdicts:
        return False
    if support.coverage(rest, around) < _COVERED:
        return False
    told, ours = (mine, theirs) if mine.denied else (theirs, mine)
    forms = around if told is mine else [form_of(t) for t in content(ours.token.doc)]
    return told.denied is not True or support.coverage(list(_adjuncts(told)), forms) >= _COVERED


def _parts(predicate: Predicate) -> tuple[Token | None, Token | None]:
    subject, object_, _ = parties_of(predicate.verb)
    if predicate.token != predicate.verb:  # “is linked”, “was ill”
        object_ = None
    return subject, object_


def agree(mine: Token, theirs: Token, support: Support) -> bool | None:
    """None where one of them is a pronoun that may mean several."""
    if _means(theirs, mine):
        return True
    if theirs.pos_ in _OPEN or mine.pos_ in _OPEN:
        return None
    ours, names = ([t.lower_ for t in _members(p) if t.pos_ == "PROPN"] for p in (mine, theirs))
    if ours and names:
        return any(spelt_alike(one, other) for one in ours for other in names)
    unknown = bool(ours) or not support.of(form_of(mine))
    if unknown and theirs.pos_ == "NOUN" and any(c.lower_ in _DEFINITE for c in theirs.children):
        return None  # “the club”
    known = {form_of(t) for t in _members(theirs)}
    return form_of(mine) in known or any(
        support.best(form_of(t), known) >= SYNONYM for t in _members(mine)
    )


def _means(pronoun: Token, mine: Token) -> bool:
    """Whether “he” or “she” of a passage can only be who ``mine`` names."""
    if mine.pos_ != "PROPN" or pronoun.lower_ not in PERSONAL:
        return False
    known = candidates(party(pronoun), pronoun.doc)
    ours = {t.lower_ for t in _members(mine) if t.pos_ == "PROPN"}
    return bool(known) and all(ours & set(name.words) for name in known or ())


def _members(head: Token) -> list[Token]:
    """A head, what is coordinated with it, and the parts of a name."""
    joined = [head, *head.conjuncts]
    named = [c for t in joined for c in t.children if c.dep_ in {"compound", "appos"}]
    return [*joined, *(c for c in named if c.pos_ == "PROPN")]


def _complements_agree(mine: Predicate, theirs: Predicate) -> bool | None:
    """“said that A” is not “said that B”; None where the claim has none."""
    ours, given = _complements(mine.verb), _complements(theirs.verb)
    return any(a.lemma_ == b.lemma_ for a in ours for b in given) if ours else None


def _complements(verb: Token) -> list[Token]:
    heads = [c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i]
    joined = [c for head in heads for c in head.conjuncts]
    return [_bearing(token) for token in [*heads, *joined]]


def _bearing(verb: Token) -> Token:
    """The adjective or noun behind “be”."""
    return next((c for c in verb.children if c.dep_ in {"acomp", "attr"}), verb)


def rest_of(predicate: Predicate) -> list[str]:
    """Forms of what the claim says besides: its clause, less predicate, subject and object."""
    own = {predicate.token.i, predicate.verb.i}
    for part in _parts(predicate):
        own |= {t.i for t in part.subtree} if part is not None else set()
    return [form_of(t) for t in content(_clause(predicate.verb)) if t.i not in own]


def _modifiers(mine: Token, theirs: Token) -> list[str]:
    """What the claim adds to a part; nothing where the passage has a name or points back."""
    named = any(t.pos_ == "PROPN" for t in _members(mine))
    if named or theirs.pos_ in _OPEN or not _own(theirs):
        return []
    return _own(mine)


def _own(head: Token) -> list[str]:
    """Forms of the words beside a head: “northern” of “the northern plant”."""
    return [form_of(t) for t in content(head.subtree) if t.i != head.i]


def _clause(verb: Token) -> list[Token]:
    found: list[Token] = []
    stack = [c for c in verb.children if c.dep_ not in {"conj", "advcl", "ccomp", "parataxis"}]
    while stack:
        token = stack.pop()
        found.append(token)
        stack.extend(c for c in token.children if c.dep_ not in {"relcl", "advcl"})
    return sorted(found)


def _adjuncts(predicate: Predicate) -> Iterator[str]:
    """Forms of when, where and how, and of which object: of all that narrows a denial down."""
    for child in predicate.verb.children:
        if child.dep_ in {"prep", "npadvmod", "advmod"} and child.i > predicate.verb.i:
            yield from (form_of(t) for t in content(child.subtree))
        elif child.dep_ in {"dobj", "attr"} and child.i > predicate.verb.i:
            yield from _own(child)


@lru_cache(maxsize=8192)
def window_of(token: Token) -> frozenset[str]:
    """Forms of a sentence, and of the one before where it points back."""
    sentence = token.sent
    start = sentence.start
    if start and any(t.lower_ in _BACK for t in sentence):
        start = token.doc[start - 1].sent.start
    return frozenset(form_of(t) for t in content(token.doc[start : sentence.end]))
