"""Who said it: the speaker of each direct quotation, by cue and syntax, or not at all.

A wrong name is worse than none, so a speaker is given only where the sentence around the
quotation (or the one it carries on from) says so; everything else is “not established”. A speaker
is always a stretch of this source: the fullest form of a name, the title of a document, or a
description in the source's own words. Without a dependency parse (other languages than
English, or no weights) nothing is established except by the labels of transcripts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.around import (
    above,
    according,
    after,
    agent_behind,
    before,
    gapped,
    governing,
    in_words,
    opening,
    parenthetical,
)
from briefing.extract.attributions import Attribution, attributed, by_label, continued, in_full
from briefing.extract.cues import Cue, is_reported, is_thinking, reads
from briefing.extract.discourse import Discourse
from briefing.extract.forms import form_of
from briefing.extract.frames import Frame, Parse, frame
from briefing.extract.leads import (
    by_lead,
    displayed,
    goes_on,
    headed,
    labelled,
    led_in,
    said_before,
)
from briefing.extract.narrative import Narrative, narrative
from briefing.extract.people import NOBODY
from briefing.extract.quotes import Quotation
from briefing.extract.referents import answers_himself, spoken_by, tells_of
from briefing.extract.topics import told_of
from briefing.extract.voices import opens_according, voice, worded
from briefing.types import Passage, Source

_NO_ANSWER = {"ask", "wonder", "demand", "inquire"}


def attribute(
    quotations: Sequence[Quotation], source: Source, passages: Sequence[Passage], parse: Parse
) -> tuple[Attribution, ...]:
    """One attribution for each of ``quotations``, in order."""
    if not quotations:
        return ()
    return speakers_of(narrative(quotations, source, passages, parse), quotations)


def speakers_of(told: Narrative, quotations: Sequence[Quotation]) -> tuple[Attribution, ...]:
    """One attribution for each of ``quotations``, in order; ``told`` was read with them."""
    if not told.grammar:
        return tuple(by_label(told.text, q, NOBODY) for q in quotations)
    return _Speakers(told, quotations).all()


class _Speakers:
    """One run over one source."""

    def __init__(self, told: Narrative, quotations: Sequence[Quotation]) -> None:
        self._told = told
        self._text = told.text
        self._quotations = quotations
        self._frames = told.frames
        self._people = told.people
        self._discourse = told.discourse
        self._frame_of = {q: n for n, f in enumerate(told.frames) for q in f.tokens_of}

    def all(self) -> tuple[Attribution, ...]:
        found = in_full([self._one(n, q) for n, q in enumerate(self._quotations)])
        for n, quotation in enumerate(self._quotations):
            earlier = quotation.continues
            if earlier is not None and found[n].level == "none":
                found[n] = continued(found[n], found[earlier])
        for n in range(len(found) - 1, -1, -1):
            earlier = self._quotations[n].continues
            if earlier is not None and found[earlier].level == "none":
                found[earlier] = continued(found[earlier], found[n])
        return tuple(found)

    def _one(self, number: int, quotation: Quotation) -> Attribution:
        if quotation.label is not None:
            return by_label(self._text, quotation, self._people)
        if quotation.kind == "title":
            return Attribution(rule="title")
        if self._so_called(quotation):
            return Attribution(rule="so-called")
        if quotation.nested_in is not None:
            return self._nested(number, self._quotations[quotation.nested_in])
        if number not in self._frame_of:
            return Attribution()
        at = self._frame_of[number]
        form = form_of(number, self._frames[at])
        here = (
            self._clause(number, quotation, at) if form == "sentence" else self._phrase(number, at)
        )
        return here.model_copy(update={"form": form})

    def _so_called(self, quotation: Quotation) -> bool:
        return self._text[: quotation.start].rstrip("“”\"'‘«„ ").endswith("so-called")

    def _clause(self, number: int, quotation: Quotation, at: int) -> Attribution:
        """Speech of its own: “…,” Smith said. Smith said: “…”."""
        here = self._frames[at]
        tokens = here.tokens_of[number]
        introduced = tokens[0] > 0 and here.doc[tokens[0] - 1].text.endswith(":")
        shown = displayed(self._told, at, tokens[0] - 1) if introduced else None
        if shown is not None:
            return shown
        beside = said_before(here.doc, tokens[0] - 1) if introduced else None
        ahead = beside or (self._ahead(here, tokens) if introduced else None)
        if ahead is not None and is_thinking(ahead.verb):  # “has seen the reply: “…””
            ahead = None
        if ahead is not None and ahead.verdict == "says":  # “A said: … B answered: …”
            return self._by(at, ahead, "ahead", beside=False) or Attribution(rule=ahead.verdict)
        if introduced and (ahead is None or ahead.verdict != "says"):
            led = by_lead(self._told, at, tokens[0] - 1)
            if led is not None:
                return led
        tied = quotation.text.rstrip().endswith(",")
        behind = worded(here.doc, tokens[-1] + 1) or after(here.doc, tokens[-1] + 1, tied=tied)
        if behind is not None and behind.verdict == "denied":
            return Attribution(rule="denied")
        if behind is not None and here.quoted[behind.verb.i] is None:
            return self._by(at, behind, "behind", beside=True) or Attribution(rule=behind.verdict)
        if quotation.continues is not None:
            return Attribution()
        ahead = self._ahead(here, tokens)
        if ahead is not None and not (introduced and is_thinking(ahead.verb)):
            return self._by(at, ahead, "ahead", beside=False) or Attribution(rule=ahead.verdict)
        spoken = voice(here, tokens)
        by = self._by(at, spoken, "voice", beside=True) if spoken is not None else None
        return by or self._carried_on(number, at, tokens[0])

    def _ahead(self, here: Frame, tokens: Sequence[int]) -> Cue | None:
        doc, first = here.doc, tokens[0]
        if first == 0 or doc[first - 1].text in {".", "?", "!"}:
            return None
        for found in governing(doc[first], set(tokens)):
            if found.verb.i < first and here.quoted[found.verb.i] is None:
                return found
        near = in_words(doc, first) or before(doc, first)
        if near is not None and near.subject is not None and near.subject.lower_ == "you":
            return None  # “Lee’s letter, since you asked: “…””
        near = near or reads(doc, first)
        return near if near is not None and here.quoted[near.verb.i] is None else None

    def _phrase(self, number: int, at: int) -> Attribution:
        """A phrase of the sentence around it: called it “a disgrace”."""
        here = self._frames[at]
        tokens = here.tokens_of[number]
        inside = set(tokens)
        outward = next((i for i in tokens if here.doc[i].head.i not in inside), tokens[0])
        if (whose := worded(here.doc, tokens[-1] + 1)) is not None:
            return self._by(at, whose, "around", beside=True) or Attribution(rule="says")
        found = above(here, here.doc[outward], inside)
        found = gapped(here, tokens[0]) or found
        if found is not None:
            made = agent_behind(found, here.doc, tokens[-1] + 1)
            beside = parenthetical(here.doc, tokens[0], tokens[-1]) or according(here, tokens[0])
            if made.verdict == "nobody" and beside is not None:  # “they were told of it, he said”
                return self._by(at, beside, "around", beside=True) or Attribution(rule="nobody")
            if made.verdict != "says":
                return Attribution(rule=made.verdict)
            return self._by(at, made, "governing", beside=False) or Attribution()
        root = here.doc[outward].sent.root
        if root.i in inside:  # a clause that the parser has taken for the main one
            near = before(here.doc, tokens[0])
            if near is not None and here.quoted[near.verb.i] is None and near.verb.head == root:
                return self._by(at, near, "governing", beside=False) or Attribution()
        ended = here.doc[tokens[-1]].text == "."
        behind = None if ended else after(here.doc, tokens[-1] + 1)
        behind = behind or parenthetical(here.doc, tokens[0], tokens[-1])
        behind = behind or in_words(here.doc, tokens[0]) or voice(here, tokens)
        behind = behind or opens_according(here, tokens[0])
        if behind is not None and here.quoted[behind.verb.i] is None:
            return self._by(at, behind, "around", beside=True) or Attribution(rule=behind.verdict)
        if (led := labelled(self._told, at, tokens[0])) is not None:
            return led
        inner = opening(here.doc, tokens[0])
        return (self._by(at, inner, "opening", beside=False) if inner else None) or Attribution()

    def _carried_on(self, number: int, at: int, first: int) -> Attribution:
        """Nothing beside it says who speaks: does the sentence before?"""
        doc = self._frames[at].doc
        if first > 0 and doc[first - 1].text not in {".", "?", "!"}:
            return Attribution()
        if goes_on(doc, self._frames[at].tokens_of[number][-1]):
            return Attribution()
        if first > 0:
            sentence = sum(1 for s in doc.sents if s.end <= first)
            return self._told_before(number, at, first, sentence - 1, "sentence before")
        if not self._alone(number, at):
            return Attribution()
        if (head := headed(self._told, at)) is not None:
            return head
        if at == 0:
            return Attribution()
        led = led_in(self._told, at - 1)
        if led is not None:
            return led
        before_it = self._frames[at - 1].doc
        if before_it[-1].text not in {".", ":", "?", "!"}:
            return Attribution()
        last = sum(1 for _ in before_it.sents) - 1
        return self._told_before(number, at - 1, len(before_it), last, "paragraph before")

    def _told_before(self, number: int, at: int, end: int, last: int, rule: str) -> Attribution:
        """Who spoke in the sentence numbered ``last``, or whom it is about."""
        where, spoken = self._frames[at], self._discourse.spoken
        here = [s for s in spoken if s.frame == at and s.verb < end]
        here = [s for s in here if not is_reported(where.doc[s.verb])]
        # “the song that he wrote”: told by the way
        said = [s for s in here if s.sentence >= last and where.doc[s.verb].dep_ != "relcl"]
        if said and where.doc[said[-1].verb].lemma_ in _NO_ANSWER:
            if where.doc[said[-1].verb].dep_ == "advcl":  # “When she asked …, Lee grinned.”
                said = []
            elif said[-1].lemma in _NO_ANSWER:
                return Attribution()
        quotes = rule == "paragraph before" and where.tokens_of and where.doc[-1].text != ":"
        text = self._quotations[number].text
        found: Attribution | None
        if said and len({s.who.speaker for s in here}) == 1 and not quotes:
            found = attributed(where, where.doc[said[-1].verb].i, said[-1].who, rule)
        else:
            found = told_of(self._discourse, at, end, text, rule)
            found = found or answers_himself(self._told, at, here, last, rule)
        return Attribution() if found is None or tells_of(text, found, self._people) else found

    def _alone(self, number: int, at: int) -> bool:
        """Whether the quotation is all of its paragraph."""
        here = self._frames[at]
        return all(q == number or here.doc[i].is_punct for i, q in enumerate(here.quoted))

    def _by(self, at: int, found: Cue, rule: str, *, beside: bool) -> Attribution | None:
        return spoken_by(self._told, at, found, rule, beside=beside)

    def _nested(self, number: int, outer: Quotation) -> Attribution:
        """Inside a quotation only a name or description there can be the speaker."""
        quotation = self._quotations[number]
        if outer.label is None and outer.nested_in is not None:
            return Attribution()
        stretch = Passage(
            id=outer.passage_id, source_id="", number=1, kind="body", start=outer.start,
            end=outer.end, text=outer.text,
        )  # fmt: skip
        inner = frame(self._text, stretch, [(number, quotation)], self._told.parse)
        if number not in inner.tokens_of:
            return Attribution()
        discourse = Discourse(self._text, [inner], self._people)
        told = replace(self._told, frames=(inner,), discourse=discourse)
        alone = _Speakers(told, self._quotations)
        if number in inner.clauses:
            return alone._clause(number, quotation, 0)
        return alone._phrase(number, 0)
