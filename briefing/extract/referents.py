"""Whom the subject of a cue means, where its own paragraph tells it better than what came before.

:mod:`briefing.extract.discourse` follows who spoke last; here speak the document that a sentence
opens with, the body it is about, and somebody who has only just come up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.antecedents import agrees
from briefing.extract.attributions import Attribution, attributed
from briefing.extract.cues import Cue
from briefing.extract.documents import meant_by_it
from briefing.extract.mentions import Mention, mention
from briefing.extract.narrative import Narrative
from briefing.extract.noun_phrases import whole_firm
from briefing.extract.people import PRONOUNS, People
from briefing.extract.places import Spoken
from briefing.extract.topics import introduced
from briefing.types import Span


def spoken_by(
    told: Narrative, at: int, found: Cue, rule: str, *, beside: bool
) -> Attribution | None:
    """Speech of whom ``found``, a cue of paragraph ``at``, means; None where that is open."""
    who = referent(told, at, found, beside=beside)
    return None if who is None else attributed(told.frames[at], found.verb.i, who, rule, found)


def referent(told: Narrative, at: int, found: Cue, *, beside: bool) -> Mention | None:
    """Who speaks by ``found``, a cue of paragraph ``at``; None where that is open.

    ``beside``: the cue stands right beside a quotation (“…,” he said).
    """
    opens = not _spoken_before(told, at, found)
    thing = meant_by_it(told.frames[at], found, opens=opens)
    if thing is not None:
        found = replace(found, subject=thing)
    who = told.discourse.speaker(at, found, beside=beside)
    owner = found.subject.lower_ if found.subject is not None else ""
    if owner in {"his", "her"} and (who is None or not agrees(PRONOUNS[owner], who)):
        return None
    if owner == "their" and who is not None and who.what in {"person", "name"}:
        return None
    who = _newcomer(told, at, found, who) if opens and beside else who
    who = _one_of_them(told, at, who) if who is not None and who.what == "document" else who
    if who is not None and who.what == "document" and who.plural and owner == "it":
        return None
    if who is not None and who.what != "document" and owner == "it" and _just_read(told, at, found):
        return None
    return _whole(told.text, who) if who is not None and who.what == "name" else who


_TELLS = re.compile(
    r"\W*(?P<who>he|she|they) (?:had |has |have |also |then )?(?P<verb>\w+)", re.IGNORECASE
)
_FEMALE = re.compile(r"\b(?:woman|girl|mother|daughter|sister|wife|\w+woman)\b", re.IGNORECASE)


def tells_of(said: str, found: Attribution, people: People) -> bool:
    """““He told me it was lost””: what he is told of cannot be his who might be “he”."""
    told = _TELLS.match(said)
    if told is None or told["verb"].lower() not in {"said", "told", "says", "tells"}:
        return False
    person = people.find(found.speaker)
    gender = person.gender if person is not None else None
    if gender is None and not found.named and _FEMALE.search(found.speaker):
        gender = "female"
    if told["who"].lower() == "they":
        return person is None and gender is None
    return gender is None or gender == PRONOUNS[told["who"].lower()]


def answers_himself(
    told: Narrative, at: int, spoken: Sequence[Spoken], last: int, rule: str
) -> Attribution | None:
    """“…,” Lee said. Did he know in May? “Not until June.”: Lee’s, who alone speaks here."""
    here = told.frames[at]
    sentences = list(here.doc.sents)
    if rule != "sentence before" or not 0 <= last < len(sentences) or not spoken:
        return None
    question = sentences[last]
    subject = next((c for c in question.root.children if c.dep_ == "nsubj"), None)
    if question[-1].text != "?" or subject is None or subject.lower_ not in {"he", "she"}:
        return None
    if any(here.quoted[t.i] is not None for t in question):
        return None
    who = referent(told, at, Cue(question.root, subject, "says"), beside=True)
    alone = who is not None and {s.who.speaker for s in spoken} == {who.speaker}
    return attributed(here, question.root.i, who, rule) if who is not None and alone else None


def _spoken_before(told: Narrative, at: int, found: Cue) -> bool:
    first = found.subject.i if found.subject is not None else found.verb.i
    return any(s.frame == at and s.verb < min(first, found.verb.i) for s in told.discourse.spoken)


def _just_read(told: Narrative, at: int, found: Cue) -> bool:
    """“The guild objects. We have read the … . It says”: what was read, whatever that is."""
    before = [s for s in told.frames[at].doc.sents if s.end <= found.verb.sent.start]
    root = before[-1].root if before else None
    reader = next((c for c in root.children if c.dep_ == "nsubj"), None) if root else None
    ours = reader is not None and reader.lower_ in {"we", "i"}
    return ours and root is not None and root.lemma_ in {"read", "see", "obtain", "get", "receive"}


def _newcomer(told: Narrative, at: int, found: Cue, who: Mention | None) -> Mention | None:
    """``who``, or the only person of this paragraph, of whom the text has not told before."""
    here, pronoun = told.frames[at], found.subject
    if pronoun is None or pronoun.lower_ not in PRONOUNS:
        return who
    start = here.passage.start
    if who is not None and who.speaker in told.discourse.people_named(start, here.offset(pronoun)):
        return who
    name = introduced(here, pronoun, told.people)
    near = mention(here, name, told.people, told.text) if name is not None else None
    if near is None or near.what != "person" or _described_here(told, at, who):
        return who
    return who if near.speaker in told.discourse.people_named(0, start) else near


def _described_here(told: Narrative, at: int, who: Mention | None) -> bool:
    """Whether ``who`` is somebody without a name whom this paragraph tells of."""
    return who is not None and who.span.start >= told.frames[at].passage.start


def _one_of_them(told: Narrative, at: int, who: Mention) -> Mention:
    """“One of the banners is new. “…,” it says”: that one."""
    here = told.frames[at]
    noun = next((t for t in here.doc if here.offset(t) >= who.span.start and t.tag_ == "NNS"), None)
    of = noun.head if noun is not None and here.offset(noun) < who.span.end else None
    if of is None or of.lower_ != "of" or of.head.lower_ != "one":
        return who
    span = Span(start=here.offset(of.head), end=who.span.end)
    shown = told.text[span.start : span.end]
    return replace(who, span=span, speaker=shown[:1].lower() + shown[1:], plural=False)


def _whole(text: str, who: Mention) -> Mention:
    """“Ray & Partners” where the name ends at the sign."""
    end = whole_firm(text, who.span.end)
    if end == who.span.end:
        return who
    span = Span(start=who.span.start, end=end)
    return replace(who, span=span, speaker=text[span.start : span.end])
