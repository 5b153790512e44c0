"""Something that a claim has be there and the passages miss: “had a permit”, “without a permit”.

Only where every mention of it in the passages says that it is missing, and the sentence that says
so has nearly all other words of the claim (English).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.grounding.cores import window_of
from briefing.grounding.negation import is_denied
from briefing.grounding.polarity_lists import words
from briefing.grounding.reading import Reading
from briefing.grounding.verdicts import Objection
from briefing.grounding.words import content, form_of, support_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LACK = {"lack"}
_COVERED = 0.8
_REACH = 4
"""“No working fire exits”: so far may a noun stand behind its “no”."""


def objections(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    """What ``claim`` says was there and ``grounds`` say was not."""
    support = support_of(grounds)
    for noun in claim.doc:
        if not _is_had(noun):
            continue
        mentions = [t for g in grounds for t in _nouns(g.doc).get(form_of(noun), ())]
        if not mentions or not all(map(_is_missing, mentions)):
            continue
        rest = [form_of(t) for t in content(noun.sent) if t != noun and t != noun.head]
        for mention in mentions:
            if rest and support.coverage(rest, window_of(mention)) >= _COVERED:
                yield Objection(
                    kind="negation",
                    words=noun.text,
                    reason=f"the passages say that there was no “{mention.text}”",
                    certain=True,
                )
                break


@lru_cache(maxsize=512)
def _nouns(doc: Doc) -> dict[str, list[Token]]:
    found: dict[str, list[Token]] = {}
    for token in doc:
        if token.pos_ in {"NOUN", "VERB", "PROPN"}:
            found.setdefault(form_of(token), []).append(token)
    return found


def _is_had(noun: Token) -> bool:
    """Whether a claim tells as a fact that somebody had it, or that there was one."""
    verb = noun.head
    there = noun.dep_ == "attr" and any(c.dep_ == "expl" for c in verb.children)
    had = noun.dep_ == "dobj" and verb.lemma_ in words("negation", "having")
    if noun.pos_ != "NOUN" or not (there or had) or _is_missing(noun):
        return False
    plain = not any(c.tag_ == "MD" or c.lower_ == "to" for c in verb.children)
    finite = verb.tag_ in {"VBD", "VBZ", "VBP", "VBN"} and verb.dep_ in {"ROOT", "ccomp", "conj"}
    return plain and finite and is_denied(verb) is False


def _is_missing(noun: Token) -> bool:
    """“No permit”, “without a permit”, “lacked a permit”, “for lack of a permit”."""
    before = noun.doc[max(noun.sent.start, noun.i - _REACH) : noun.i]
    near: list[Token] = []
    for token in reversed(list(before)):
        near.append(token)
        if token.pos_ not in {"NOUN", "ADJ", "DET", "ADP", "PROPN", "NUM"} or token.is_punct:
            break
    if any(t.lower_ in {"no", "without"} or t.lemma_.lower() in _LACK for t in near):
        return True
    above = noun.head
    return above.lemma_.lower() in _LACK and noun.dep_ == "dobj"
