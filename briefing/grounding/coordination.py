"""Clauses and verb phrases joined by "and": each becomes a draft with what it shares (English)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.grounding.clauses import (
    AUXILIARIES,
    FINITE,
    NEGATIVE,
    Draft,
    is_finite,
    is_negated,
    subject_of,
    subtree,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_SAYING = 8
"""Words of “, the firm said” at the end of a sentence."""

_JOINING = {"and", "but", "yet", "then", "&"}
_DOUBTFUL = {"if", "unless", "whether", "lest", "either", "neither", "nor", "otherwise"}
_DENYING = set(
    """avoid ban bar block cease decline deny discourage dispute doubt fail forbid hesitate
    neglect omit oppose prevent prohibit question refuse refute reject stop wonder""".split()
)
_NEVER_PASSIVE = set("appear arrive become come die fall go happen remain return".split())
_GIVING = {"hand", "give", "award", "grant", "offer", "pay", "send", "show", "teach", "tell"}
_SAYING = set("said says told tells reported reports added announced wrote insists".split())


def coordinated(doc: Doc, draft: Draft, limit: int) -> list[Draft]:
    """``draft`` split at its verbs joined by "and", also below "said that" and "agreed to"."""
    if any(doc[i].lower_ in _DOUBTFUL for i in draft.tokens):
        return [draft]
    waiting = [(draft, draft.verb)]
    done: list[Draft] = []
    while waiting:
        part, verb = waiting.pop()
        room = limit - len(done) - len(waiting)
        pieces = _conjuncts(doc, part, doc[verb], room)
        if len(pieces) > 1:
            waiting += [(piece, piece.verb) for piece in reversed(pieces)]
            continue
        below = _content_clause(doc[verb], part.tokens)
        if below is None:
            done.append(part)
        else:
            waiting.append((part, below.i))
    return done


def _content_clause(verb: Token, tokens: frozenset[int]) -> Token | None:
    """The clause that says what was said, agreed or planned, where it can be split."""
    if verb.lemma_ in _DENYING or is_negated(verb):
        return None
    below = [c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and c.i in tokens]
    return below[0] if len(below) == 1 and below[0].pos_ in {"VERB", "AUX"} else None


def _conjuncts(doc: Doc, draft: Draft, first: Token, room: int) -> list[Draft]:
    verbs = list(_chain(first, draft.tokens))
    if not 1 < len(verbs) <= room or not _can_share(first, verbs):
        return [draft]
    inside = subtree(first) & draft.tokens
    outside = draft.tokens - inside
    shared = _attributions(doc, inside)
    pieces, source = [], first
    for verb, following in zip(verbs, [*verbs[1:], None], strict=True):
        own = subtree(verb) & draft.tokens - shared
        if following is not None:
            own -= subtree(following) | {c.i for c in verb.children if c.dep_ in {"cc", "preconj"}}
        if verb == first:
            taken = own
        else:
            source = verb if subject_of(verb) else source
            taken = own | (_lent(source, verb, first) & draft.tokens)
        trimmed = own - _trailing(doc, own)
        words = [i for i in trimmed if not doc[i].is_punct]
        if following is not None and max(words, default=0) > following.left_edge.i:
            return [draft]
        tokens = outside | (taken - (own - trimmed)) | shared
        pieces.append(replace(draft, tokens=tokens, own=trimmed, verb=verb.i))
    if subject_of(first):  # what stands outside the clause is said once, by the first
        pieces[0] = replace(pieces[0], own=pieces[0].own | outside - draft.lead)
    return pieces


def _chain(first: Token, tokens: frozenset[int]) -> Iterator[Token]:
    verb: Token | None = first
    while verb is not None:
        yield verb
        joined = [c for c in verb.children if c.dep_ == "conj" and c.i in tokens]
        verb = joined[0] if len(joined) == 1 and joined[0].pos_ in {"VERB", "AUX"} else None


def _can_share(first: Token, verbs: Sequence[Token]) -> bool:
    """Whether each verb makes a clause of its own with what it shares with those before it."""
    joints = [c.lower_ for v in verbs[:-1] for c in v.children if c.dep_ == "cc"]
    if first.pos_ not in {"VERB", "AUX"} or not set(joints) <= _JOINING or not joints:
        return False
    subject = subject_of(first)
    if subject is None and first.dep_ != "xcomp":
        return False
    if subject is not None and (_is_open(subject) or _quantified(subject)):
        return False
    shared = [v for v in verbs[1:] if subject is not None and subject_of(v) is None]
    if any(subject is not None and not _agrees(subject, verb) for verb in shared):
        return False
    return all(
        verb.left_edge.i > previous.i and _clause_like(previous, verb)
        for previous, verb in pairwise(verbs)
    )


def _quantified(subject: Token) -> bool:
    return any(t.lower_ in NEGATIVE for t in subject.subtree)


def _is_open(subject: Token) -> bool:
    """“Holland, whose win”: the relative clause lost its verb to the main clause."""
    tags = {t.tag_ for t in subject.subtree}
    if subject.tag_ in {"WP", "WDT"}:
        return False
    return bool(tags & {"WP", "WP$", "WDT"}) and not tags & {*FINITE, "VBN", "VBG", "VB"}


def _clause_like(previous: Token, verb: Token) -> bool:
    if verb.tag_[:2] not in {"VB", "MD"} or _may_be_above(previous, verb):
        return False
    if _may_be_below(previous, verb):
        return False
    if subject_of(verb) is not None:
        return is_finite(verb)
    if is_negated(previous) and not any(c.dep_ in AUXILIARIES for c in verb.lefts):
        return False
    if any(c.dep_ in AUXILIARIES for c in verb.lefts):
        return is_finite(verb) or (_has_to(verb) and _has_to(previous))
    helped = any(c.dep_ in AUXILIARIES for c in previous.lefts)
    passive = any(c.dep_ == "auxpass" for c in previous.lefts)
    if passive and verb.tag_ == "VBD" and verb.lemma_ in _GIVING:
        return False  # "was fined and handed a warning"
    if verb.tag_ == "VBG":
        return helped and previous.tag_ == "VBG"
    if verb.tag_ == "VB":
        return (helped and previous.tag_ == "VB") or previous.tag_ == "VBP"
    if previous.tag_ in {"VB", "VBG"}:
        return verb.tag_ in FINITE and previous.dep_ == "ROOT"
    return True


def _has_to(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.lefts)


def _may_be_above(previous: Token, verb: Token) -> bool:
    """“He said she had left and told police”: who told them?"""
    saying = previous.head
    helped = any(c.dep_ in AUXILIARIES for c in verb.lefts)
    bare = subject_of(verb) is None and not helped
    if previous.dep_ != "ccomp" or not bare or verb.lemma_ == "be" or verb.tag_ not in FINITE:
        return False
    return verb.tag_ == saying.tag_ or verb.tag_ != _tense(previous)


def _may_be_below(previous: Token, verb: Token) -> bool:
    """“He warned that she lied and she fled”, “he was held when he ran and was shot”."""
    begin = verb.left_edge.i
    between = previous.doc[previous.i + 1 : begin]
    if any(t.text == "," for t in between[-2:]):
        return False
    own = subject_of(verb) is not None
    clauses = {"ccomp"} if own else {"ccomp", "advcl", "relcl"}
    return any(
        t.dep_ in clauses and is_finite(t) and (own or _tense(t) == _tense(verb))
        for t in between
        if previous in t.ancestors
    )


def _tense(verb: Token) -> str:
    helping = (c.tag_ for c in verb.lefts if c.dep_ in AUXILIARIES)
    return next((tag for tag in (*helping, verb.tag_) if tag in FINITE), "")


def _agrees(subject: Token, verb: Token) -> bool:
    """Whether ``verb`` can have a subject that it shares: “the ships … was” is misread."""
    first = next((c for c in verb.lefts if c.dep_ in AUXILIARIES), verb)
    singular = first.lower_ in {"was", "is", "has"} or first.tag_ == "VBZ"
    several = subject.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in subject.children)
    one = subject.tag_ == "NN" and not several
    return not (several and singular) and not (one and first.lower_ in {"were", "are"})


def _lent(source: Token, verb: Token, first: Token) -> frozenset[int]:
    """What ``verb`` shares of the clause of ``source``: subject, auxiliaries, what stands first."""
    if source == verb:
        marked = any(c.dep_ == "mark" for c in verb.lefts)
        marks = [c for c in first.lefts if c.lower_ == "that" and c.dep_ == "mark" and not marked]
        return frozenset(c.i for c in marks)
    subject = subject_of(source)
    start = subject.left_edge.i if subject is not None else source.i
    helps = not any(c.dep_ in AUXILIARIES for c in verb.lefts) and _needs_help(source, verb)
    lent: set[int] = set()
    for child in source.lefts:
        fronted = child.left_edge.i < start and child.dep_ not in {"cc", "preconj"}
        if child == subject or fronted or (helps and child.dep_ in AUXILIARIES):
            lent |= subtree(child)
    return frozenset(lent)


def _needs_help(source: Token, verb: Token) -> bool:
    """“was arrested and charged” lends its auxiliary, “has arrived and is waiting” does not."""
    passive = any(c.dep_ == "auxpass" for c in source.lefts)
    if passive and verb.lemma_ in _NEVER_PASSIVE:
        return False
    if verb.tag_ in {"VB", "VBG", "VBN"}:
        return True
    return passive and verb.tag_ == "VBD" and not any(c.dep_ == "dobj" for c in verb.rights)


def _attributions(doc: Doc, tokens: frozenset[int]) -> frozenset[int]:
    """“According to the police” or a last “, the firm said”: it holds for all that is joined."""
    found: set[int] = set()
    for i in tokens:
        below = subtree(doc[i]) if doc[i].lower_ == "according" else frozenset()
        commas = {min(below, default=0) - 1, max(below, default=0) + 1} & tokens
        commas = {j for j in commas if doc[j].text == ","}
        found |= below | commas if commas else set()
    comma = max((i for i in tokens if doc[i].text == ","), default=None)
    tail = frozenset(i for i in tokens if comma is not None and i >= comma)
    words = {doc[i].lower_ for i in tail if doc[i].is_alpha}
    if len(words) <= LONGEST_SAYING and words & _SAYING and not words & {*_JOINING, "that", "who"}:
        found |= tail
    return frozenset(found)


def _trailing(doc: Doc, tokens: frozenset[int]) -> frozenset[int]:
    """Commas and the like at the end of a clause that was cut off from what followed."""
    gone: set[int] = set()
    for i in sorted(tokens, reverse=True):
        if doc[i].text not in {",", ";", "-", "–", "—"}:
            break
        gone.add(i)
    return frozenset(gone)
