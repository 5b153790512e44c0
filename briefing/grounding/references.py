"""Pronouns and bare descriptions whose name stands outside the sentence (English).

The small parser errs, so each rule asks for a plain reading; what it does not see passes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from briefing.types import Passage, Sentence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

_PERSONAL = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
_PLURAL = {"they", "them", "their", "theirs", "themselves"}
_THING = {"it", "its", "itself"}
_FIRST = {"i", "we", "us", "our", "ours", "me", "my", "you", "your", "yours"}
_POINTING = {"this", "that", "these", "those"}
_OF_WHOM = {"all", "both", "most", "none", "neither", "each", "others", "another"}
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass"}
_SAYING = {"say", "add", "report", "note", "argue", "claim", "warn", "write", "insist"}
_DUMB = {"PERSON", "DATE", "TIME", "GPE", "LOC", "FAC", "CARDINAL", "MONEY", "NORP"}
_SPEAKERS = frozenset(
    """company firm ministry board bank court council police union agency party government club
    commission committee department office authority university school hospital association group
    federation trust paper newspaper statement report letter notice service operator airline owner
    institute society parliament assembly army regulator panel jury tribunal church charity maker
    organisation organization network station channel foundation publisher manufacturer supplier
    retailer landlord insurer developer contractor institution body team side administration embassy
    website page magazine programme program document judgment ruling study memo email""".split()
)
"""Bodies and documents that “it said” may mean."""
_NO_THING = {"PERSON", "DATE", "TIME"}
"""“On Thursday it had been 43”: a day is not what “it” stands for."""


@dataclass(frozen=True)
class Candidate:
    """A sentence to be checked, with its parsed passage and the quotations in its source.

    ``doc`` is the parse of ``passage.text``; ``quotations`` are spans in the source. ``resolved``
    holds the source offsets of references whose name is added in brackets.
    """

    sentence: Sentence
    passage: Passage
    doc: Doc
    quotations: Sequence[Span]
    resolved: frozenset[int] = frozenset()

    def is_resolved(self, token: Token) -> bool:
        """Whether a name stands in brackets behind ``token``."""
        return self.passage.start + token.idx in self.resolved

    @property
    def parsed(self) -> DocSpan:
        """The sentence within the parse."""
        start = self.sentence.start - self.passage.start
        end = self.sentence.end - self.passage.start
        span = self.doc.char_span(start, end, alignment_mode="expand")
        if span is None:  # pragma: no cover - "expand" always finds tokens in a passage
            raise ValueError("a sentence outside its passage")
        return span


def open_references(candidate: Candidate) -> list[Span]:
    """The heads of references whose name stands outside the sentence, as spans of the source."""
    tokens = [*open_pronouns(candidate), *open_descriptions(candidate)]
    base = candidate.passage.start
    return [Span(start=base + t.idx, end=base + t.idx + len(t.text)) for t in tokens]


def open_pronouns(candidate: Candidate) -> Iterator[Token]:
    """Pronouns that nothing in the sentence explains."""
    if not candidate.doc.has_annotation("DEP"):
        return
    parsed = candidate.parsed
    named = [token for token in parsed if candidate.is_resolved(token)]
    for token in parsed:
        if _inside(candidate, token) or candidate.is_resolved(token):
            continue
        if any(other.i < token.i for other in named) and token.lower_ in _PERSONAL | _PLURAL:
            continue
        word = token.lower_
        if (
            (word in _PERSONAL and not _person_near(parsed, token))
            or (word in _PLURAL and not _plural_before(parsed, token))
            or (word in _THING and not _thing_before(parsed, token))
            or (word == "it" and _adds_that_it_said(token) and not _speaker_before(parsed, token))
            or (word in _POINTING and _stands_for_something(token))
            or (word in {"that", "those"} and _points_back(parsed, token))
            or (word in _OF_WHOM and _counts_nobody(parsed, token))
            or (word in _FIRST and token.text != "US")
        ):
            yield token


def open_descriptions(candidate: Candidate) -> Iterator[Token]:
    """Main subjects that only describe: “The minister”, “The two sides”."""
    if not candidate.doc.has_annotation("DEP"):
        return
    parsed = candidate.parsed
    for token in parsed:
        main = token.dep_ in _SUBJECTS and _is_main(parsed, token.head)
        if not main or _inside(candidate, token) or candidate.is_resolved(token):
            continue
        if _bare(token) and not _introduced(parsed, token):
            yield token


def _is_main(parsed: DocSpan, verb: Token) -> bool:
    """Whether ``verb`` tells the news: the main verb, or what is said where “she said” follows."""
    said = verb.dep_ == "ccomp" and verb.head == parsed.root and verb.i < parsed.root.i
    return verb == parsed.root or said


def _counts_nobody(parsed: DocSpan, token: Token) -> bool:
    """“All were in a critical condition”: a part or the whole of what is not said."""
    told = any(child.dep_ in {"prep", "relcl", "acl", "amod"} for child in token.children)
    return token.dep_ in _SUBJECTS and not told and not _plural_before(parsed, token)


def _inside(candidate: Candidate, token: Token) -> bool:
    """Whether ``token`` stands in a quotation: there, pronouns are the speaker's affair."""
    at = candidate.passage.start + token.idx
    return any(q.start <= at < q.end for q in candidate.quotations)


def _person_near(parsed: DocSpan, pronoun: Token) -> bool:
    """A person named before ``pronoun``, or named as subject after it in a fronted phrase."""
    for token in parsed:
        if _acts_on(token, pronoun):
            continue
        if token.ent_type_ == "PERSON" or (token.pos_ == "PROPN" and token.dep_ in _SUBJECTS):
            if token.i < pronoun.i:
                return True
            fronted = token.head == parsed.root != pronoun.head
            if token.dep_ in _SUBJECTS and fronted and not token.is_ancestor(pronoun):
                return True
        elif (
            token.i < pronoun.i
            and token.dep_ in _SUBJECTS
            and token.lemma_.lower() in word_lists()["roles"]
            and token.morph.get("Number", []) != ["Plur"]
            and not _bare(token)
        ):
            return True
    return False


def _plural_before(parsed: DocSpan, pronoun: Token) -> bool:
    before = [t for t in parsed if t.i < pronoun.i and t.pos_ in {"NOUN", "PROPN"}]
    several = len({t.ent_type_ + t.lemma_ for t in before if t.pos_ == "PROPN" and t.ent_type_}) > 1
    plural = any(t.morph.get("Number", []) == ["Plur"] and not _bare(t) for t in before)
    return several or plural or _subject_behind(parsed, pronoun)


def _thing_before(parsed: DocSpan, pronoun: Token) -> bool:
    if pronoun.dep_ == "expl" or _expletive(pronoun):
        return True
    before = (t for t in parsed if t.i < pronoun.i and t.pos_ in {"NOUN", "PROPN"})
    told = (t for t in before if not _acts_on(t, pronoun))
    return any(map(_may_be_it, told)) or _subject_behind(parsed, pronoun)


def _acts_on(noun: Token, pronoun: Token) -> bool:
    """“The firm gave him leave”, “Lee, head of the board, lifted it up”: neither is the object."""
    if pronoun.dep_ not in {"dobj", "dative"} or pronoun.lower_.endswith(("self", "selves")):
        return False
    if pronoun.head.lemma_ == "put" and pronoun.head.dep_ == "advcl":  # “as the board puts it”
        return False
    subject = next((c for c in pronoun.head.children if c.dep_ == "nsubj"), None)
    return subject is not None and (noun == subject or subject.is_ancestor(noun))


def _adds_that_it_said(pronoun: Token) -> bool:
    """“The wall was repaired, it said, and …”: no wall has said so."""
    verb = pronoun.head
    saying = pronoun.dep_ == "nsubj" and verb.lemma_.lower() in _SAYING
    between = pronoun.i > 0 and verb.i + 1 < len(verb.doc)
    return saying and between and pronoun.nbor(-1).text == "," and verb.nbor().is_punct


def _speaker_before(parsed: DocSpan, pronoun: Token) -> bool:
    """Whether a body or a document that can say something stands before ``pronoun``."""
    return any(
        t.lemma_.lower() in _SPEAKERS or (t.pos_ == "PROPN" and t.ent_type_ not in _DUMB)
        for t in parsed
        if t.i < pronoun.i
    )


def _may_be_it(noun: Token) -> bool:
    """One thing or body: not “candidates”, not a person, not a day."""
    if noun.ent_type_ in _NO_THING:
        return False
    plural = noun.morph.get("Number", []) == ["Plur"]
    return noun.pos_ == "PROPN" or not plural


def _subject_behind(parsed: DocSpan, pronoun: Token) -> bool:
    """“In its report the board said”: whose report, the subject says. Not “Its director said”."""
    return pronoun.dep_ == "poss" and any(
        t.i > pronoun.i
        and t.dep_ in _SUBJECTS
        and t.head == parsed.root
        and not t.is_ancestor(pronoun)
        for t in parsed
    )


def _expletive(pronoun: Token) -> bool:
    """“It is not clear whether …”: the real subject is a clause that follows."""
    verb = pronoun.head
    if pronoun.dep_ not in _SUBJECTS or verb.lemma_ not in {
        "be",
        "remain",
        "become",
        "seem",
        "appear",
    }:
        return False
    return any(child.dep_ in {"ccomp", "xcomp", "advcl", "csubj"} for child in verb.subtree) or any(
        child.dep_ == "acomp" and any(c.dep_ in {"ccomp", "xcomp"} for c in child.children)
        for child in verb.children
    )


def _stands_for_something(token: Token) -> bool:
    """“This”, “those” used alone, not before a noun and not as a conjunction or relative."""
    return (
        token.tag_ == "DT"
        and token.dep_ in {*_SUBJECTS, "dobj", "pobj"}
        and not any(child.dep_ in {"relcl", "prep", "acl"} for child in token.children)
    )


def _points_back(parsed: DocSpan, token: Token) -> bool:
    """“In that area”: a noun pointed at, and neither named before nor narrowed down behind."""
    noun = token.head
    if token.dep_ != "det" or noun.pos_ != "NOUN" or noun.ent_type_ in {"DATE", "TIME"}:
        return False
    told = any(t.i < token.i and t.lemma_ == noun.lemma_ for t in parsed)
    return not told and not any(map(_tells_which, noun.rights))


def _bare(token: Token) -> bool:
    """“The minister”, “the two sides”: a definite role with nothing that says whose or which."""
    head = token.lemma_.lower()
    definite = any(
        c.lower_ in {"the", "this", "that", "these", "those", "both"} for c in token.lefts
    )
    if not definite or head not in word_lists()["roles"]:
        return False
    return not any(_tells_which(child) for child in token.children)


def _tells_which(child: Token) -> bool:
    """Whether a part of a description narrows it down; a clause behind a comma only adds."""
    if child.dep_ in {"relcl", "acl"}:
        return child.left_edge.i > 0 and child.left_edge.nbor(-1).text != ","
    return child.dep_ in {"appos", "prep", "poss", "compound", "nmod"} or child.pos_ == "PROPN"


def _introduced(parsed: DocSpan, token: Token) -> bool:
    """Whether names that a bare description can mean stand before it in the sentence."""
    named = [
        t
        for t in parsed
        if t.i < token.left_edge.i
        and t.pos_ == "PROPN"
        and t.dep_ in {*_SUBJECTS, "conj", "pobj", "dobj"}
    ]
    plural = token.morph.get("Number", []) == ["Plur"]
    return len(named) > (1 if plural else 0)


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """The lists of ``context.toml`` by name."""
    text = files(__package__).joinpath("context.toml").read_text(encoding="utf-8")
    return {key: tuple(value) for key, value in tomllib.loads(text).items()}
