"""Of whom “one of them” is one: the last people that its paragraph tells of as several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.extract.frames import Frame
from briefing.extract.lexicon import means_people
from briefing.extract.mentions import Mention
from briefing.extract.noun_phrases import phrase_end, phrase_start

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOLD = {"DT", "PRP$", "CD", "PDT"}


def one_of_them(frame: Frame, one: Token, text: str) -> Mention | None:
    """“One of two guards” for “one of them” behind “two guards”; None where that is open."""
    of = next((c for c in one.children if c.lower_ == "of"), None)
    if one.lower_ != "one" or of is None or not any(c.lower_ == "them" for c in of.children):
        return None
    several = [t for t in frame.doc[: one.i] if frame.quoted[t.i] is None and _are_people(t)]
    near = [t for t in several if t.sent == several[-1].sent and t.dep_ != "conj"]
    if len(near) > 1:  # “engineers who were shown round by managers came away uneasy”
        near = [t for t in near if t.dep_ in {"nsubj", "nsubjpass"}]
    if len(near) != 1:
        return None
    head = near[0]
    joined = [c for c in head.children if c.dep_ == "conj" and _are_people(c)]
    first, last = phrase_start(head), phrase_end(joined[-1] if joined else head)
    span = frame.span(first, last)
    group = text[span.start : span.end]
    if first == head.sent.start and frame.doc[first].pos_ != "PROPN":
        group = group[:1].lower() + group[1:]
    owned = any(c.dep_ == "poss" for c in head.children)
    if frame.doc[first].tag_ not in _TOLD and not owned:
        group = f"the {group}"
    own = frame.span(one.i, one.i)
    return Mention("description", own, f"one of {group}", lemma=head.lemma_.lower())


def is_one(who: Mention) -> bool:
    """Whether ``who`` is one of several: no “he” or “she” of the next sentence stands for that."""
    return who.what == "description" and who.speaker.startswith("one of ")


def _are_people(noun: Token) -> bool:
    return noun.tag_ == "NNS" and means_people(noun.lemma_.lower())
