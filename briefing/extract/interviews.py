"""Reporters and whom they question: who is told of only by the way, and who has the word.

“Our reporter Jo Ray has spoken to a woman who …”: what follows is the woman’s. “Asked where the
captain was, she said …”: the captain is what the question is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.extract.lexicon import means_people
from briefing.extract.names import name_at

if TYPE_CHECKING:
    from spacy.tokens import Token

_REPORTERS = frozenset("reporter correspondent colleague journalist photographer editor".split())
_OURS = frozenset({"our", "my"})
_PAPERS = frozenset("newspaper paper programme program website site magazine channel".split())
_MEETING = frozenset("speak talk meet interview visit ring phone call reach chat catch".split())
_ASKED = frozenset("ask question press quiz".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def asked_about(token: Token) -> bool:
    """Whether ``token`` stands in a question that somebody was asked: “Asked where Lee was, …”."""
    return any(
        a.lemma_.lower() in _ASKED
        and a.tag_ == "VBN"
        and a.dep_ in {"advcl", "dep", "csubj"}
        and not any(c.dep_ == "nsubjpass" for c in a.children)
        and a.i < token.i < a.head.i
        for a in (*token.ancestors, *_opening(token))
    )


def _opening(token: Token) -> list[Token]:
    """The participle that the sentence opens with, where the parser has cut the question off it."""
    first = token.sent[:2]
    return [t for t in first if t.tag_ == "VBN" and t.dep_ == "advcl"]


def interviews(subject: Token) -> bool:
    """“Our reporter Jo Ray has spoken to …”, “I met …”: whether ``subject`` only asks."""
    subject = _apposed_to(subject)
    met = subject.dep_ in _SUBJECTS and _meets(subject.head)
    return met and (_asks(subject) or _brings(subject.head))


def interviewed(noun: Token) -> bool:
    """Whether ``noun`` is whom a reporter has spoken to."""
    noun = _apposed_to(noun)
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ in {"to", "with", "by"}:
        verb = verb.head.head if verb.head.dep_ == "prep" else verb.head
    elif noun.dep_ not in {"dobj", "dative"}:
        return False
    new = is_somebody_new(noun) and _brings(verb)
    return _meets(verb) and (new or any(c.dep_ in _SUBJECTS and _asks(c) for c in verb.children))


def _apposed_to(name: Token) -> Token:
    """“Our reporter Jo Ray”: the noun to which the name is added."""
    while name.dep_ in {"appos", "compound"} and name.head != name:
        name = name.head
    return name


def _meets(verb: Token) -> bool:
    return verb.pos_ == "VERB" and verb.lemma_.lower() in _MEETING


def _brings(verb: Token) -> bool:
    """“Jo has spoken to a man who …”: whose words come next, whoever Jo is."""
    perfect = any(c.dep_ == "aux" and c.lower_ in {"has", "have", "’s"} for c in verb.children)
    to = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"to", "with"}]
    whom = [o for c in to for o in c.children if o.dep_ == "pobj"]
    return perfect and any(map(is_somebody_new, whom))


def _asks(subject: Token) -> bool:
    if subject.lower_ in {"i", "we"} or subject.lemma_.lower() in _PAPERS:
        return True
    return any(_is_reporter(t) for t in (subject, *subject.children))


def _is_reporter(token: Token) -> bool:
    """“our reporter”, and “Jo Ray of this newspaper”, “Jo Ray, our correspondent”."""
    beside = {c.lower_ for c in token.children}
    if token.lemma_.lower() in _REPORTERS:
        above = {c.lower_ for c in token.head.children} if token.dep_ == "compound" else set()
        return bool((beside | above) & _OURS)
    of = token.lower_ in {"of", "from", "for"} and token.dep_ == "prep"
    return of and any(
        c.lemma_.lower() in _PAPERS and any(d.lower_ in {"this", "our"} for d in c.children)
        for c in token.children
    )


def is_somebody_new(noun: Token) -> bool:
    """“A man who was there”: somebody without a name, of whom the text tells as of one."""
    alone = noun.tag_ == "NN" and means_people(noun.lemma_.lower()) and name_at(noun) is None
    return alone and any(c.lower_ in {"a", "an", "one"} for c in noun.children)
