"""Can a sentence stand alone? The checks that a verbatim sentence must pass before it is shown.

Identity makes a sentence exact, not true to its source: "He signed it" names nobody, and a
sentence out of somebody's mouth is not the source's word. Each check says in words what is wrong.
English has all checks; for other languages only those on form and marks are made.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from briefing.types import Check, Passage, Sentence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

MIN_WORDS, MAX_WORDS = 6, 60
MAX_QUOTED = 0.5
"""A sentence more than half of which is a quotation belongs among the quotes."""

_ENDS = re.compile(r"[.!?…][”’\"'»)\]]*$")
_STARTS = re.compile(r"^[“‘\"'«(\[]*[A-ZÀ-ÞΑ-ΩА-Я0-9$€£]")
_DEBRIS = re.compile(r"\s[.,;:]\s|[.!?]\s+[.!?]|\s\.$")
_PERSONAL = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
_PLURAL = {"they", "them", "their", "theirs", "themselves"}
_THING = {"it", "its", "itself"}
_FIRST = {"i", "we", "us", "our", "ours", "me", "my", "you", "your", "yours"}
_POINTING = {"this", "that", "these", "those"}
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass"}


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


def stands_alone(candidate: Candidate) -> tuple[Check, ...]:
    """All checks of ``candidate`` up to the first that fails."""
    done: list[Check] = []
    for name, check in _CHECKS:
        reason = check(candidate)
        done.append(Check(name=name, passed=not reason, reason=reason))
        if reason:
            break
    return tuple(done)


def quoted_share(candidate: Candidate) -> float:
    """What share of the sentence's characters stands inside quotations."""
    sentence = candidate.sentence
    inside = sum(
        max(0, min(q.end, sentence.end) - max(q.start, sentence.start))
        for q in _outermost(candidate.quotations)
    )
    return inside / max(1, sentence.end - sentence.start)


def _furniture(candidate: Candidate) -> str:
    kind = candidate.passage.kind
    return "" if kind == "body" else f"it stands in a {kind}, not in the text of the report"


def _form(candidate: Candidate) -> str:
    text = candidate.sentence.text
    words = len(text.split())
    if words < MIN_WORDS:
        return f"it has only {words} words"
    if words > MAX_WORDS:
        return f"it has {words} words, too many for one statement"
    if not (_STARTS.search(text) and _ENDS.search(text)):
        return "it is not a whole sentence"
    if _DEBRIS.search(text):
        return "its punctuation is damaged"
    parsed = candidate.parsed
    if candidate.doc.has_annotation("TAG") and not any(map(_finite, parsed)):
        return "it has no finite verb"
    return "it is a question" if text.rstrip("”’\"'").endswith("?") else ""


def _marks(candidate: Candidate) -> str:
    text = candidate.sentence.text
    opened = 0
    for mark in text:
        opened += (mark == "“") - (mark == "”")
        if opened not in (0, 1):
            break
    if opened != 0 or text.count('"') % 2:
        return "its quotation marks do not pair, so part of a quotation stands elsewhere"
    return ""


def _quotation(candidate: Candidate) -> str:
    share = quoted_share(candidate)
    if share > MAX_QUOTED:
        return "it is mostly somebody's words, not the report's"
    return ""


def _leaning(candidate: Candidate) -> str:
    text = candidate.sentence.text.lower().lstrip("“‘\"'(")
    for phrase in _words()["leaning"]:
        if re.match(rf"{re.escape(phrase)}\b", text):
            return f"“{candidate.sentence.text[: len(phrase)]}” leans on a sentence before it"
    return ""


def _pronoun(candidate: Candidate) -> str:
    token = next(_open_pronouns(candidate), None)
    return f"it does not say who or what “{token.text}” is" if token is not None else ""


def _bare_description(candidate: Candidate) -> str:
    token = next(_open_descriptions(candidate), None)
    if token is None:
        return ""
    return f"it does not name “{candidate.doc[token.left_edge.i : token.i + 1].text}”"


def open_references(candidate: Candidate) -> list[Span]:
    """The heads of references whose name stands outside the sentence, as spans of the source."""
    tokens = [*_open_pronouns(candidate), *_open_descriptions(candidate)]
    base = candidate.passage.start
    return [Span(start=base + t.idx, end=base + t.idx + len(t.text)) for t in tokens]


def _open_pronouns(candidate: Candidate) -> Iterator[Token]:
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
            or (word in _POINTING and _stands_for_something(token))
            or (word in {"that", "those"} and _points_back(parsed, token))
            or (word in _FIRST and token.text != "US")
        ):
            yield token


def _open_descriptions(candidate: Candidate) -> Iterator[Token]:
    if not candidate.doc.has_annotation("DEP"):
        return
    parsed = candidate.parsed
    for token in parsed:
        main = token.dep_ in _SUBJECTS and token.head == parsed.root
        if not main or _inside(candidate, token) or candidate.is_resolved(token):
            continue
        if _bare(token) and not _introduced(parsed, token):
            yield token


_CHECKS: tuple[tuple[str, Callable[[Candidate], str]], ...] = (
    ("body", _furniture),
    ("form", _form),
    ("marks", _marks),
    ("quotation", _quotation),
    ("leaning", _leaning),
    ("pronoun", _pronoun),
    ("description", _bare_description),
)


# -- English ----------------------------------------------------------------------------------


def _finite(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBZ", "VBP", "MD"}


def _inside(candidate: Candidate, token: Token) -> bool:
    """Whether ``token`` stands in a quotation: there, pronouns are the speaker's affair."""
    at = candidate.passage.start + token.idx
    return any(q.start <= at < q.end for q in candidate.quotations)


def _person_near(parsed: DocSpan, pronoun: Token) -> bool:
    """A person named before ``pronoun``, or named as subject after it in a fronted phrase."""
    for token in parsed:
        if token.ent_type_ == "PERSON" or (token.pos_ == "PROPN" and token.dep_ in _SUBJECTS):
            if token.i < pronoun.i:
                return True
            if token.dep_ in _SUBJECTS and token.head == parsed.root != pronoun.head:
                return True
        elif (
            token.i < pronoun.i
            and token.dep_ in _SUBJECTS
            and token.lemma_.lower() in _words()["roles"]
            and not _bare(token)
        ):
            return True
    return False


def _plural_before(parsed: DocSpan, pronoun: Token) -> bool:
    before = [t for t in parsed if t.i < pronoun.i and t.pos_ in {"NOUN", "PROPN"}]
    several = len({t.ent_type_ + t.lemma_ for t in before if t.pos_ == "PROPN" and t.ent_type_}) > 1
    plural = any(t.morph.get("Number", []) == ["Plur"] and not _bare(t) for t in before)
    fronted = pronoun.dep_ == "poss" and any(
        t.i > pronoun.i and t.dep_ in _SUBJECTS and t.head == parsed.root for t in parsed
    )
    return several or plural or fronted


def _thing_before(parsed: DocSpan, pronoun: Token) -> bool:
    if pronoun.dep_ == "expl" or _expletive(pronoun):
        return True
    return any(
        t.i < pronoun.i and t.pos_ in {"NOUN", "PROPN"} and t.ent_type_ != "PERSON" for t in parsed
    ) or (
        pronoun.dep_ == "poss"
        and any(t.i > pronoun.i and t.dep_ in _SUBJECTS and t.head == parsed.root for t in parsed)
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
    if not definite or head not in _words()["roles"]:
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


def _outermost(quotations: Sequence[Span]) -> list[Span]:
    outer: list[Span] = []
    for span in sorted(quotations, key=lambda q: (q.start, -q.end)):
        if not outer or span.start >= outer[-1].end:
            outer.append(span)
    return outer


@cache
def _words() -> dict[str, tuple[str, ...]]:
    text = files(__package__).joinpath("context.toml").read_text(encoding="utf-8")
    return {key: tuple(value) for key, value in tomllib.loads(text).items()}
