"""Words that sound open where nothing is left open (English).

A condition, a command, what a source asks of its reader; that somebody was silent, with no word of
what about; a bystander who gives no name; what was so in the past and is told as over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from briefing.extract.open_words import SUBJECTS, auxiliaries, is_future, of, subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

ASKING: Final = frozenset("whether if who whom whose what which where when why how".split())
_CONDITIONS: Final = frozenset({"if", "unless", "should", "provided"})
_ASIDES: Final = frozenset({"any", "anybody", "anyone", "anything", "ever", "at"})
_SILENT: Final = frozenset({"comment", "respond", "reply", "return", "answer", "acknowledge"})
_ADDRESSED: Final = frozenset(
    """call message email e-mail mail letter request inquiry enquiry text phone follow question
    comment up""".split()
)
_SUBSTANCE: Final = frozenset({"on", "about", "over", "regarding", "concerning"})
_SPEECHLESS: Final = frozenset({"anything", "nothing", "more", "further", "aloud", "much", "word"})
_WITHHOLDING: Final = frozenset({"give", "name", "identify", "want", "withhold", "leave", "black"})
_NAMING: Final = frozenset({"name", "anonymity", "anonymous", "sender", "identity"})
_WISHING: Final = frozenset({"ask", "want", "wish", "prefer", "request"})
_CLAUSES: Final = frozenset({"relcl", "acl", "advcl"})
_LOOSE: Final = frozenset({"inconclusive", "unverified", "unclear", "uncertain", "undecided"})
_PUBLISHED: Final = frozenset({"publish", "announce", "release"})
_MATTERS: Final = frozenset({"dobj", "pobj", "attr", "oprd"})


def is_idle(token: Token, parsed: Span) -> bool:
    """Whether ``token``, which sounds open, leaves nothing open where it stands in ``parsed``."""
    if _is_silence(token) or _is_bystander(token) or _is_loose(token) or _is_over(token):
        return True
    clause = token
    while True:
        if clause.dep_ == "advcl" and not of(clause.head, "probing", "disputing", "telling"):
            marks = [c for c in clause.children if c.dep_ in {"mark", "aux"}]
            mark = min(marks, key=lambda c: c.lower_, default=None)
            condition = mark is not None and mark.lower_ in _CONDITIONS and not _is_aside(mark)
            if condition and not asks(clause):
                return True
        if clause in {token, token.head} and _addresses(clause):
            return True
        above = clause.head
        if above == clause or not parsed.start <= above.i < parsed.end:
            return clause.tag_ == "VB" and not auxiliaries(clause) and subject(clause) is None
        clause = above


def asks(clause: Token) -> bool:
    """Whether ``clause`` is an indirect question."""
    first = clause.left_edge
    if first.pos_ == "ADP" and first.i + 1 < len(clause.doc):
        first = first.nbor()
    if first.lower_ in {"just", "exactly"}:
        first = first.nbor()
    if first.lower_ not in ASKING:
        return False
    if clause.dep_ in {"ccomp", "csubj", "csubjpass", "pcomp"}:
        return True
    if clause.dep_ == "xcomp":
        return first.lower_ in ASKING - {"if"}
    whether = first.lower_ == "whether"
    return whether or (clause.dep_ == "acl" and first.lower_ in {"why", "how"})


def _is_aside(mark: Token) -> bool:
    """“Who, if anybody, will pay”: no condition."""
    return mark.i + 1 < len(mark.doc) and mark.nbor().lower_ in _ASIDES


def _addresses(clause: Token) -> bool:
    return any(c.dep_ in SUBJECTS and c.lower_ == "you" for c in clause.children)


def _is_silence(token: Token) -> bool:
    """“Declined to comment”, “did not return calls”: nobody learns what is open.

    “Declined to comment on the plans” says what, “would not answer whether …” as well.
    """
    return any(_is_silent(verb) for verb in _about(token))


def _about(token: Token) -> Iterator[Token]:
    """``token``, the word that it hangs on, and what it declines to do."""
    yield token
    yield token.head
    for child in token.children:
        if child.dep_ in {"xcomp", "ccomp"} | _MATTERS:
            yield child
    for child in token.head.children:
        if token.dep_ in {"aux", "neg", "nsubj", "det"} and child.dep_ in {"xcomp"} | _MATTERS:
            yield child


def _is_silent(word: Token) -> bool:
    lemma = word.lemma_.lower()
    if word.pos_ == "NOUN" and lemma in {"comment", "reply", "response", "answer"}:
        taken = word.head.lemma_.lower() in {"make", "have", "get", "receive", "offer", "find"}
        none = any(c.lower_ in {"no", "any", "further"} for c in word.children)
        asked = any(asks(t) or t.lower_ in {"yet", "why", "how"} for t in word.sent)
        return word.dep_ == "dobj" and taken and none and not (asked or _says_what(word))
    if word.pos_ != "VERB":
        return False
    if lemma in {"say", "tell"}:
        said = [c for c in word.children if c.dep_ in {"dobj", "advmod", "obj"} and c.i > word.i]
        return any(c.lower_ in _SPEECHLESS for c in said) and not _says_what(word)
    if lemma == "discuss":
        return any(c.dep_ == "dobj" and c.pos_ == "PRON" for c in word.children)
    awaited = any(c.lower_ == "yet" for c in word.children)
    unable = lemma == "answer" and auxiliaries(word) & {"can", "could"}
    if lemma not in _SILENT or _says_what(word) or awaited or unable:
        return False
    things = [c for c in word.children if c.dep_ in {"dobj", "nsubjpass"}]
    return all(c.lemma_.lower() in _ADDRESSED or c.pos_ == "PRON" for c in things)


def _says_what(word: Token) -> bool:
    """Whether it is said on what: a thing that has been told of, or an indirect question."""
    inside = [c for thing in word.children if thing.dep_ == "dobj" for c in thing.children]
    for child in (*word.children, *inside):
        if child.dep_ in {"ccomp", "xcomp", "advcl"} and asks(child):
            return True
        if child.dep_ == "prep" and child.lower_ in _SUBSTANCE:
            named = [c for c in child.children if c.dep_ in {"pobj", "pcomp"}]
            return any(c.dep_ == "pcomp" or _is_definite(c) for c in named)
    return False


def _is_definite(noun: Token) -> bool:
    of_what = any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.children)
    marks = {"the", "'s", "’s"}
    return of_what or noun.pos_ == "PROPN" or any(c.lower_ in marks for c in noun.subtree)


def _is_bystander(token: Token) -> bool:
    """“A woman who did not give her name”, “speaking on condition of anonymity because …”."""
    clause = token
    while clause.dep_ not in _CLAUSES:
        told = clause.dep_ in {"ccomp", "conj"} and clause.head.lemma_ not in _WISHING
        if clause.head == clause or told:
            return False
        clause = clause.head
    if not any(t.lemma_.lower() in _NAMING for t in clause.subtree):
        return False
    relative = any(t.lower_ in {"who", "whose"} for t in clause.children) or any(
        t.lower_ == "which" and t.dep_ == "pobj" for t in clause.subtree
    )
    whose = any(t.lower_ == "whose" and t.head.lemma_ in _NAMING for t in clause.subtree)
    unnamed = any(t.lemma_.lower() in {"anonymity", "sender"} for t in clause.subtree)
    return whose or unnamed or (relative and any(t.lemma_ in _WITHHOLDING for t in clause.subtree))


def _is_loose(token: Token) -> bool:
    """“An inconclusive election”: a word for a thing, and not what the sentence says of it."""
    if token.dep_ == "amod" and token.lower_ in _LOOSE and token.i < token.head.i:
        before = token.doc[max(token.sent.start, token.i - 3) : token.i]
        told = any(t.lemma_ == "be" for t in before)  # “is at present unclear to us”
        return not (told or of(token.head, "information", "outcome", "uncertainty"))
    ruled = token.pos_ == "NOUN" and token.dep_ in SUBJECTS and token.tag_ == "NNS"
    return ruled and of(token, "uncertainty") and is_future(token.head)


def _is_over(token: Token) -> bool:
    """“Had not been published”, “should have asked how”, “in 1951, when nobody had said where”.

    And “because it could not be verified”, of what was done.
    """
    clause = token
    while clause.pos_ not in {"VERB", "AUX"} and clause.head != clause:
        clause = clause.head
    helps = {c.lower_ for c in clause.children if c.dep_ in {"aux", "auxpass"}}
    if clause.lemma_ in _PUBLISHED and "had" in helps:
        return True
    for above in (clause, *clause.ancestors):
        marks = {c.lower_ for c in above.children if c.dep_ in {"mark", "advmod"}}
        main = above.head
        past = main.tag_ in {"VBD", "VBN"} and "have" not in auxiliaries(main)
        if above.dep_ == "advcl" and "because" in marks and past and main != above:
            return "could" in helps or "did" in helps
        advised = auxiliaries(above) & {"should", "ought"} or above.head.lemma_ == "ought"
        if advised and "have" in auxiliaries(above):
            return True
        dated = any(t.dep_ in {"npadvmod", "pobj"} and t.shape_ == "dddd" for t in above.lefts)
        if above.dep_ in {"relcl", "advcl"} and "when" in marks and ("had" in helps or dated):
            return True
    return False
