"""Whom the sentence before a quotation is about: whose words follow, where nothing else says so.

“Lee shrugged. “Ask me in a year.””: a quotation that stands without a verb of saying belongs to the
subject of the sentence that leads to it, if that is somebody who can speak and no other is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.extract.attributions import Attribution, attributed
from briefing.extract.cues import Cue, is_saying
from briefing.extract.discourse import Discourse
from briefing.extract.frames import Frame
from briefing.extract.interviews import interviewed, interviews
from briefing.extract.lexicon import means_people, words
from briefing.extract.names import name_parts, names_in
from briefing.extract.negation import denied
from briefing.extract.people import PRONOUNS, People
from briefing.extract.voices import owner_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ASKING = {"ask", "wonder", "demand", "inquire", "want"}
_TAKING_IN = {"receive", "get", "read", "open", "find"}
_SUBJECT_LIKE = {"nsubj", "nsubjpass", "csubj", "expl"}
_LEANING = {"it", "there", "this", "that"}


def told_of(
    discourse: Discourse, number: int, end: int, said: str, rule: str
) -> Attribution | None:
    """Who speaks ``said``, as the sentence before token ``end`` of paragraph ``number`` has it.

    ``rule``: “paragraph before” where ``said`` opens the next paragraph: if several have spoken in
    this one, the last must be plainly somebody, and no company.
    """
    here = discourse.frames[number]
    before = [s for s in here.doc.sents if s.start < end]
    if not before or any(here.quoted[t.i] is not None for t in before[-1] if t.i < end):
        return None
    sentence = before[-1]
    subject = _presented(sentence, end) or _subject(sentence, end) or _only_named(sentence, end)
    if subject is None or interviews(subject) or not _leads(sentence, subject):
        return None
    root = sentence.root
    who = discourse.speaker(number, Cue(root, subject, "says"), beside=False)
    if who is None or not who.animate or who.plural or _names_himself(who.speaker, said):
        return None
    start = here.offset(sentence[0])
    several = len({s.who.speaker for s in discourse.spoken if s.frame == number}) > 1
    human = who.gender is not None or who.what == "description" or _has_role(subject)
    inner = subject.pos_ == "PRON" and who.span.start >= start  # “Asked what his uncle did, he …”
    others = discourse.people_named(start, _end_of(here, end)) - {who.speaker}
    open_ = inner or others or (several and not human)
    return None if open_ else attributed(here, root.i, who, rule)


def introduced(frame: Frame, pronoun: Token, people: People) -> Token | None:
    """“In the Rose, the landlord, Jo Ray, had the paper early. “…,” he said”: Ray.

    The one person named in the paragraph before ``pronoun``, set off or a subject, where no other
    “he” or “she” stands between that goes on with somebody of the paragraphs before.
    """
    before = [t for t in frame.doc[: pronoun.i] if frame.quoted[t.i] is None]
    if any(t.lower_ in PRONOUNS for t in before):
        return None
    named = [n for n in names_in(frame.doc) if n.last < pronoun.i and frame.quoted[n.last] is None]
    named = [n for n in named if n.person and not interviews(frame.doc[n.last])]
    known = {p.name: n for n in named if (p := people.find(n.text)) is not None}
    if len(known) != 1:
        return None
    name, found = next(iter(known.items()))
    head, person = frame.doc[found.last], people.find(name)
    fits = person is None or person.gender in {None, PRONOUNS.get(pronoun.lower_)}
    up = head.dep_ in {"nsubj", "nsubjpass", "appos"} or interviewed(head)
    return head if fits and up else None


def _subject(sentence: Span, end: int) -> Token | None:
    root = sentence.root
    if root.i >= end or root.pos_ not in {"VERB", "AUX"}:
        return None
    near = [c for c in root.children if c.dep_ == "nsubj" and c.i < end]
    return near[-1] if near and near[-1].i < root.i else None


def _presented(sentence: Span, end: int) -> Token | None:
    """“Then came a question from Jo Ray.”, “Next to speak was Jo Ray.”: the one who speaks."""
    root = sentence.root
    near = [c for c in root.children if c.dep_ in {"nsubj", "attr"} and c.i < end]
    if root.lemma_ == "be":
        opened = [
            c for c in root.children if c.i < root.i and c.dep_ in {"csubj", "prep", "advmod"}
        ]
        subject = not any(c.dep_ in _SUBJECT_LIKE - {"csubj"} and c.i < root.i for c in near)
        shown = [c for c in near if c.i > root.i and c.pos_ == "PROPN"]
        return shown[0] if opened and subject and len(shown) == 1 else None
    by = [owner_of(c) for c in near if root.lemma_ in {"come", "go", "be"}]
    return next((t for t in by if t is not None), None)


def _only_named(sentence: Span, end: int) -> Token | None:
    """“On the steps of the court Jo Ray, who …, stopped”: where the parser has no subject."""
    root = sentence.root
    if root.tag_ not in {"VBD", "VBZ"} or any(c.dep_ in _SUBJECT_LIKE for c in root.children):
        return None
    inside = [n for n in names_in(sentence.doc) if sentence.start <= n.first and n.last < end]
    named = [n for n in inside if n.person and n.last < root.i]
    return sentence.doc[named[0].last] if len(named) == 1 else None


def _has_role(name: Token) -> bool:
    """“Jo Ray, the monitoring officer”."""
    beside = (c for c in name.children if c.dep_ == "appos")
    return any(means_people(c.lemma_.lower()) for c in beside)


def _leads(sentence: Span, subject: Token) -> bool:
    """Whether a sentence can lead on to the words of its subject: no question, no silence."""
    root = sentence.root
    silent = root.lemma_.lower() in words("denying") and any(
        c.dep_ == "dobj" or (c.dep_ in {"xcomp", "ccomp"} and is_saying(c)) for c in root.children
    )
    asks = root.lemma_.lower() in _ASKING or sentence[-1].text == "?"
    silent = silent or (root.lemma_.lower() in _TAKING_IN and any(_is_told(c) for c in root.rights))
    return not (silent or asks or subject.lower_ in _LEANING or denied(root))


def _is_told(noun: Token) -> bool:
    """“Ray received a letter”: what follows stands in it."""
    told = words("documents") | words("voices")
    return noun.dep_ == "dobj" and noun.pos_ == "NOUN" and noun.lemma_.lower() in told


def _end_of(here: Frame, end: int) -> int:
    return here.offset(here.doc[end]) if end < len(here.doc) else here.passage.end


def _names_himself(speaker: str, said: str) -> bool:
    """Nobody speaks of himself by his surname."""
    parts = name_parts(speaker)
    return bool(parts) and parts[-1] in name_parts(said.replace("’s", "").replace(",", ""))
