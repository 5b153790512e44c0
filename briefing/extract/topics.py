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
from briefing.extract.lexicon import means_people, words
from briefing.extract.names import name_parts, names_in
from briefing.extract.negation import denied

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ASKING = {"ask", "wonder", "demand", "inquire", "want"}
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
    subject = _subject(sentence, end) or _only_named(sentence, end)
    if subject is None or not _leads(sentence, subject):
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


def _subject(sentence: Span, end: int) -> Token | None:
    root = sentence.root
    if root.i >= end or root.pos_ not in {"VERB", "AUX"}:
        return None
    near = [c for c in root.children if c.dep_ == "nsubj" and c.i < end]
    return near[-1] if near and near[-1].i < root.i else None


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
    return not (silent or asks or subject.lower_ in _LEANING or denied(root))


def _end_of(here: Frame, end: int) -> int:
    return here.offset(here.doc[end]) if end < len(here.doc) else here.passage.end


def _names_himself(speaker: str, said: str) -> bool:
    """Nobody speaks of himself by his surname."""
    parts = name_parts(speaker)
    return bool(parts) and parts[-1] in name_parts(said.replace("’s", "").replace(",", ""))
