"""What a text states itself, and what it only reports: each proposition with whose it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from briefing.extract.cues import is_saying
from briefing.grounding.aliases import plain_words
from briefing.grounding.lemmas import lemma_of
from briefing.grounding.predicates import Party, canonical, inherited, party
from briefing.lexical import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Level = Literal["fact", "said", "belief", "denied"]

_LABEL = re.compile(r"^[ \t]*([^\W\d_][\w .'-]{0,38}):\s", re.MULTILINE)
_BELOW = {"ccomp", "xcomp", "parataxis", "pcomp", "prep", "acl", "conj", "advcl"}
_CUT = {"ccomp", "relcl", "advcl", "parataxis"}
_HIGHEST = 6


@dataclass(frozen=True)
class Proposition:
    """One clause that is no mere reporting verb: its words, how firmly it stands, and whose it is.

    ``words``: lemmas of its content, its subject's too. ``cue``: the verb or noun that reports it.
    """

    verb: Token
    words: frozenset[str]
    level: Level
    cue: Token | None
    speaker: Party | None


@cache
def marks(name: str) -> frozenset[str]:
    """A list of ``attribution.toml``."""
    text = files(__package__).joinpath("attribution.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name].split())


@lru_cache(maxsize=1024)
def propositions(
    doc: Doc, known: frozenset[str] = frozenset(), *, every: bool = False
) -> tuple[Proposition, ...]:
    """All propositions of a text, in order; ``known`` as in :func:`names_in`.

    ``every``: also of verbs that can report, as “rejected” and “feared”.
    """
    if not doc.has_annotation("DEP"):
        return ()
    return tuple(_propositions(doc, known, every=every))


def _propositions(doc: Doc, known: frozenset[str], *, every: bool) -> Iterator[Proposition]:
    labels = _labels(doc)
    quoted = _quoted(doc)
    for verb in doc:
        if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"aux", "auxpass"}:
            continue
        words = _words(verb)
        if not words or (_reports(verb) and not every):
            continue
        level, cue, head = _standing(verb)
        speaker = party(head, known) if head is not None else None
        if level == "fact" and verb.i in labels:
            level, speaker = "said", labels[verb.i]
        elif level == "fact" and verb.i in quoted:
            level = "said"
        yield Proposition(verb, words, level, cue, speaker)


def _reports(verb: Token) -> bool:
    """Whether a verb only says how firmly stands what is under it."""
    lemma = lemma_of(verb)
    if lemma in marks("belief") | marks("denying") | marks("charging"):
        return True
    below = any(c.dep_ in {"ccomp", "xcomp", "parataxis"} for c in verb.children)
    return below and is_saying(verb, strong=True)


def asks(verb: Token) -> bool:
    """Whether its sentence is a question: it tells nothing."""
    return verb.sent.text.rstrip(" ”\"'’").endswith("?")


def hedges(tokens: Iterable[Token]) -> bool:
    """Whether any word of a text speaks of belief, accusation, denial or possibility."""
    lists = [marks(n) for n in ("belief", "belief_nouns", "belief_marks", "charging", "denying")]
    return any(
        lemma_of(t) in words or t.lower_ in words or t.lower_ in {"may", "might", "could"}
        for t in tokens
        for words in lists
    )


def _words(verb: Token) -> frozenset[str]:
    found: set[str] = set()
    subject = _understood(verb)
    top = verb.head if verb.dep_ == "amod" and _charging(verb) is not None else verb
    stack = [top] if subject is None else [top, subject]
    while stack:
        token = stack.pop()
        if token.is_alpha and token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}:
            lemma = token.lemma_.lower()
            if lemma not in STOP_WORDS and lemma not in marks("belief_marks"):
                found.add(canonical(lemma))
        stack.extend(c for c in token.children if _stays(c))
    return frozenset(found)


def _understood(verb: Token) -> Token | None:
    """The subject of a clause that has none: “accused **him** of lying”, “agreed to go”."""
    if any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
        return None
    charging = _charging(verb)
    if charging is not None:
        return next((c for c in charging.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    return inherited(verb) if verb.dep_ in {"conj", "xcomp"} else None


def _charging(verb: Token) -> Token | None:
    """“accused him of **forging** invoices”, which the parser may take for invoices that forge."""
    noun = verb.head
    misread = verb.dep_ == "amod" and verb.tag_ == "VBG" and noun.dep_ == "pobj"
    misread = misread and verb.i == noun.head.i + 1
    preposition = noun.head if misread else noun
    above = preposition.head
    if preposition.pos_ != "ADP" or above.lemma_.lower() not in marks("charging"):
        return None
    return above if misread or verb.dep_ == "pcomp" else None


def _stays(child: Token) -> bool:
    if child.dep_ in _CUT or (child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}):
        return False
    return child.lower_ != "according"


def _standing(verb: Token) -> tuple[Level, Token | None, Token | None]:
    """How firmly a clause stands: by what is in it, then by the nearest verb or noun above it."""
    if any(t.lower_ in marks("belief_marks") for t in verb.children) or _marked_noun(verb):
        return "belief", None, None
    charging = _charging(verb)
    if charging is not None:
        return "belief", charging, _speaker(charging)
    token, passed = verb, 0
    while passed < _HIGHEST:
        according = next((c for c in token.children if c.lower_ == "according"), None)
        if according is not None:
            return "said", according, _behind(according)
        beside = _said_beside(token)
        if beside is not None:
            return "said", beside, _speaker(beside)
        if token.dep_ not in _BELOW or token.head == token:
            break
        link, token = token.dep_, token.head
        passed += 1
        level = _level(token, link)
        if level is not None:
            return level, token, _speaker(token)
    return "fact", None, None


def _marked_noun(verb: Token) -> bool:
    """“the alleged attack happened”: only where the mark is on a party of the clause."""
    return any(
        g.lower_ in marks("belief_marks")
        for c in verb.children
        if c.dep_ in {"nsubj", "nsubjpass", "dobj"}
        for g in c.children
    )


def _level(above: Token, link: str) -> Level | None:
    lemma = lemma_of(above)
    if above.pos_ == "NOUN":
        disputed = above.dep_ == "dobj" and lemma_of(above.head) in marks("denying")
        if disputed and lemma in marks("charges"):  # “denied reports that …”
            return "denied"
        return (
            "belief"
            if link in {"acl", "ccomp", "prep"} and lemma in marks("belief_nouns")
            else None
        )
    if above.pos_ not in {"VERB", "AUX"} or link in {"conj", "advcl"}:
        return None
    if link == "prep" or (link == "xcomp" and lemma in {"continue", "go"}):
        return None
    if lemma in marks("denying"):
        return "denied"
    if lemma in marks("belief"):
        return "belief"
    grants = link == "ccomp" and (lemma in marks("granting") or _points_out(above))
    return "said" if (is_saying(above, strong=True) or grants) and link != "acl" else None


def _points_out(verb: Token) -> bool:
    return verb.lemma_ == "point" and any(c.lower_ == "out" for c in verb.children)


def _said_beside(verb: Token) -> Token | None:
    """“It was safe, **the board said**, but …”: a report put between commas."""
    for child in verb.children:
        if child.dep_ != "parataxis" or child.i < verb.i or not is_saying(child, strong=True):
            continue
        if _speaker(child) is not None and not any(c.dep_ == "ccomp" for c in child.children):
            return child
    return None


def _behind(according: Token) -> Token | None:
    to = next((c for c in according.children if c.lower_ == "to"), None)
    return next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None


def _speaker(cue: Token) -> Token | None:
    if cue.pos_ == "NOUN" or any(c.dep_ in {"nsubjpass", "auxpass"} for c in cue.children):
        return None
    subject = next((c for c in cue.children if c.dep_ == "nsubj"), None) or inherited(cue)
    if subject is None or (subject.lower_ in {"who", "which", "that"}):
        return cue.head if cue.dep_ in {"relcl", "acl"} else None
    return subject


def _labels(doc: Doc) -> dict[int, Party]:
    """“Ann: Buy some butter.”: tokens of a transcript's turn to who has it."""
    found = list(_LABEL.finditer(doc.text))
    if len(found) < 2:
        return {}
    turns: dict[int, Party] = {}
    ends = [m.start() for m in found[1:]] + [len(doc.text)]
    for match, end in zip(found, ends, strict=True):
        label = doc.char_span(match.start(1), match.end(1), alignment_mode="expand")
        turn = doc.char_span(match.end(), end, alignment_mode="contract")
        if label is not None and turn is not None:
            speaker = party(label[-1], frozenset(plain_words(label.text)))
            turns.update(dict.fromkeys((t.i for t in turn), speaker))
    return turns


def _quoted(doc: Doc) -> frozenset[int]:
    """Tokens between quotation marks."""
    inside, found = False, set[int]()
    for token in doc:
        if token.text in {"“", "”", '"', "``", "''"}:
            inside = token.text in {"“", "``"} or (token.text == '"' and not inside)
        elif inside:
            found.add(token.i)
    return frozenset(found)
