"""Who said it: the speaker of each direct quotation, by cue and syntax, or not at all.

A wrong name is worse than none, so a speaker is given only where the sentence around the
quotation (or the one it carries on from) says so; everything else is “not established”. A speaker
is always a stretch of this source: the fullest form of a name, the title of a document, or a
description in the source's own words. Without a dependency parse (other languages than
English, or no weights) nothing is established except by the labels of transcripts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from briefing.extract.cues import Cue, after, agent_behind, before, governing, parenthetical
from briefing.extract.discourse import Discourse
from briefing.extract.frames import Frame, Parse, frame
from briefing.extract.lexicon import words
from briefing.extract.mentions import Mention, mention
from briefing.extract.people import NOBODY, People, name_forms, names_in
from briefing.extract.quotes import Quotation, whole_paragraphs
from briefing.types import NOT_ESTABLISHED, Passage, Source, Span, Value

Level = Literal["certain", "none"]
Form = Literal["sentence", "clause", "phrase", ""]

_SAID_OF = {"attr", "acomp", "oprd"}
_BEFORE_SAID_OF = {"as", "be", "is", "are", "was", "were", "been", "being"}
_NO_ANSWER = {"ask", "wonder", "demand", "inquire"}
_QUESTION_ANSWER = re.compile(r"(?:q|a|question|answer)\W*\d*$", re.IGNORECASE)


class Attribution(Value):
    """The speaker of a quotation.

    ``cue`` is the stretch from speaker to verb that says so, ``mention`` the speaker in it.
    ``named`` is false for documents and descriptions (“a police spokesman”). ``rule`` says by what
    the speaker was found. ``form`` is what the quotation is in the sentence around it: speech of
    its own, a part with a verb (or said of something), a mere phrase, or unknown.
    """

    speaker: str = NOT_ESTABLISHED
    named: bool = False
    level: Level = "none"
    cue: Span | None = None
    mention: Span | None = None
    rule: str = ""
    form: Form = ""


def attribute(
    quotations: Sequence[Quotation], source: Source, passages: Sequence[Passage], parse: Parse
) -> tuple[Attribution, ...]:
    """One attribution for each of ``quotations``, in order."""
    return speakers_of(quotations, source, passages, parse)[1] if quotations else ()


def speakers_of(
    quotations: Sequence[Quotation], source: Source, passages: Sequence[Passage], parse: Parse
) -> tuple[People, tuple[Attribution, ...]]:
    """The people of ``source``, and one attribution for each of ``quotations``, in order."""
    body = whole_paragraphs(source.body, passages)
    starts = [p.start for p in body]
    inside: list[list[tuple[int, Quotation]]] = [[] for _ in body]
    for number, quotation in enumerate(quotations):
        if quotation.nested_in is None:
            inside[bisect_right(starts, quotation.start) - 1].append((number, quotation))
    frames = [frame(source.body, p, here, parse) for p, here in zip(body, inside, strict=True)]
    if not all(f.doc.has_annotation("DEP") for f in frames):
        return NOBODY, tuple(_by_label(source.body, q, NOBODY) for q in quotations)
    # Turns of a transcript are quoted as a whole: the names in them count as well.
    turns = [parse(q.text.replace("\n", " ")) for q in quotations if q.label is not None]
    people = name_forms([*(f.doc for f in frames), *turns])
    return people, _Speakers(source.body, quotations, frames, people, parse).all()


class _Speakers:
    """One run over one source."""

    def __init__(
        self,
        text: str,
        quotations: Sequence[Quotation],
        frames: Sequence[Frame],
        people: People,
        parse: Parse,
    ) -> None:
        self._text = text
        self._quotations = quotations
        self._frames = frames
        self._people = people
        self._parse = parse
        self._discourse = Discourse(text, frames, people)
        self._frame_of = {q: n for n, f in enumerate(frames) for q in f.tokens_of}

    def all(self) -> tuple[Attribution, ...]:
        found = [self._one(n, q) for n, q in enumerate(self._quotations)]
        for n, quotation in enumerate(self._quotations):
            earlier = quotation.continues
            if earlier is not None and found[n].level == "none":
                found[n] = _continued(found[n], found[earlier])
        for n in range(len(found) - 1, -1, -1):
            earlier = self._quotations[n].continues
            if earlier is not None and found[earlier].level == "none":
                found[earlier] = _continued(found[earlier], found[n])
        return tuple(found)

    def _one(self, number: int, quotation: Quotation) -> Attribution:
        if quotation.label is not None:
            return _by_label(self._text, quotation, self._people)
        if quotation.kind == "title":
            return Attribution(rule="title")
        if self._so_called(quotation):
            return Attribution(rule="so-called")
        if quotation.nested_in is not None:
            return self._nested(number, self._quotations[quotation.nested_in])
        if number not in self._frame_of:
            return Attribution()
        at = self._frame_of[number]
        form = self._form(self._frames[at], number)
        here = (
            self._clause(number, quotation, at) if form == "sentence" else self._phrase(number, at)
        )
        return here.model_copy(update={"form": form})

    def _form(self, here: Frame, number: int) -> Form:
        if number in here.clauses:
            return "sentence"
        tokens = [here.doc[i] for i in here.tokens_of[number]]
        inside = {t.i for t in tokens}
        outward = next((t for t in tokens if t.head.i not in inside), tokens[0])
        said_of = (
            outward.dep_ in _SAID_OF
            or outward.pos_ not in {"NOUN", "PROPN"}
            or (tokens[0].i > 0 and here.doc[tokens[0].i - 1].lower_ in _BEFORE_SAID_OF)
        )
        return "clause" if said_of or any(t.pos_ in {"VERB", "AUX"} for t in tokens) else "phrase"

    def _so_called(self, quotation: Quotation) -> bool:
        return self._text[: quotation.start].rstrip("“”\"'‘«„ ").endswith("so-called")

    def _clause(self, number: int, quotation: Quotation, at: int) -> Attribution:
        """Speech of its own: “…,” Smith said. Smith said: “…”."""
        here = self._frames[at]
        tokens = here.tokens_of[number]
        introduced = tokens[0] > 0 and here.doc[tokens[0] - 1].text == ":"
        ahead = self._ahead(here, tokens) if introduced else None
        if ahead is not None and ahead.verdict == "says":  # “A said: … B answered: …”
            return self._by(at, ahead, "ahead", beside=False) or Attribution(rule=ahead.verdict)
        if introduced and (ahead is None or ahead.verdict != "says"):
            told = self._introduced(at, tokens[0] - 1)
            if told is not None:
                return told
        behind = after(here.doc, tokens[-1] + 1)
        if behind is not None and behind.verdict == "denied":
            return Attribution(rule="denied")
        if behind is not None and here.quoted[behind.verb.i] is None:
            return self._by(at, behind, "behind", beside=True) or Attribution(rule=behind.verdict)
        if quotation.continues is not None:
            return Attribution()
        ahead = self._ahead(here, tokens)
        if ahead is not None:
            return self._by(at, ahead, "ahead", beside=False) or Attribution(rule=ahead.verdict)
        return self._carried_on(number, at, tokens[0])

    def _introduced(self, at: int, colon: int) -> Attribution | None:
        """“Director Jo Ray: “…””, and “The protocol provides for no such thing: “…””."""
        here = self._frames[at]
        lead = here.doc[here.doc[colon].sent.start : colon]
        if not any(t.pos_ in {"VERB", "AUX"} for t in lead):
            named = {
                n.last for n in names_in(lead.as_doc()) if n.person or self._people.find(n.text)
            }
            named = named or {n for n in (len(lead) - 1,) if self._people.written_as(lead.text)}
            head = lead[named.pop()] if len(named) == 1 else None
        else:
            head = next((c for c in lead.root.children if c.dep_ == "nsubj"), None)
        if head is None or here.quoted[head.i] is not None:
            return None
        who = mention(here, head, self._people, self._text)
        named_or_text = {"person"} if lead.root.pos_ not in {"VERB", "AUX"} else {"document"}
        if who.what not in named_or_text or not who.speaker:
            return None
        return self._made(here, head.i, who, "colon")

    def _ahead(self, here: Frame, tokens: Sequence[int]) -> Cue | None:
        doc, first = here.doc, tokens[0]
        if first == 0 or doc[first - 1].text in {".", "?", "!"}:
            return None
        for found in governing(doc[first], set(tokens)):
            if found.verb.i < first and here.quoted[found.verb.i] is None:
                return found
        near = before(doc, first)
        return near if near is not None and here.quoted[near.verb.i] is None else None

    def _phrase(self, number: int, at: int) -> Attribution:
        """A phrase of the sentence around it: called it “a disgrace”."""
        here = self._frames[at]
        tokens = here.tokens_of[number]
        inside = set(tokens)
        outward = next((i for i in tokens if here.doc[i].head.i not in inside), tokens[0])
        for found in governing(here.doc[outward], inside):
            if here.quoted[found.verb.i] is not None:
                continue
            made = agent_behind(found, here.doc, tokens[-1] + 1)
            if made.verdict != "says":
                return Attribution(rule=made.verdict)
            return self._by(at, made, "governing", beside=False) or Attribution()
        ended = here.doc[tokens[-1]].text == "."
        behind = None if ended else after(here.doc, tokens[-1] + 1)
        behind = behind or parenthetical(here.doc, tokens[0], tokens[-1])
        if behind is None or here.quoted[behind.verb.i] is not None:
            return Attribution()
        return self._by(at, behind, "around", beside=True) or Attribution(rule=behind.verdict)

    def _carried_on(self, number: int, at: int, first: int) -> Attribution:
        """Nothing beside it says who speaks: does the sentence before?"""
        doc = self._frames[at].doc
        if first > 0 and doc[first - 1].text not in {".", "?", "!"}:
            return Attribution()
        if first > 0:
            sentence = sum(1 for s in doc.sents if s.end <= first)
            here = [s for s in self._discourse.spoken if s.frame == at and s.verb < first]
            last = [s for s in here if s.sentence >= sentence - 1]
            rule = "sentence before"
        elif at > 0 and self._alone(number, at):
            before_it = self._frames[at - 1]
            if before_it.tokens_of and before_it.doc[-1].text != ":":
                return Attribution()
            here = [s for s in self._discourse.spoken if s.frame == at - 1]
            sentences = sum(1 for _ in before_it.doc.sents)
            last = [s for s in here if s.sentence == sentences - 1]
            rule = "paragraph before"
        else:
            return Attribution()
        if not last or len({s.who.speaker for s in here}) > 1 or last[-1].lemma in _NO_ANSWER:
            return Attribution()
        where = self._frames[last[-1].frame]
        return self._made(where, where.doc[last[-1].verb].i, last[-1].who, rule)

    def _alone(self, number: int, at: int) -> bool:
        """Whether the quotation is all of its paragraph."""
        here = self._frames[at]
        return all(q == number or here.doc[i].is_punct for i, q in enumerate(here.quoted))

    def _by(self, at: int, found: Cue, rule: str, *, beside: bool) -> Attribution | None:
        who = self._discourse.speaker(at, found, beside=beside)
        if who is None:
            return None
        return self._made(self._frames[at], found.verb.i, who, rule, found)

    def _made(
        self, here: Frame, verb: int, who: Mention, rule: str, found: Cue | None = None
    ) -> Attribution:
        subject = found.subject if found is not None else None
        said_by = here.span(subject.i, subject.i) if subject is not None else who.span
        mention = who.span if who.span.start <= said_by.start < who.span.end else said_by
        spoken = here.span(verb, verb)
        return Attribution(
            speaker=who.speaker,
            named=who.what in {"person", "name"},
            level="certain",
            cue=Span(start=min(mention.start, spoken.start), end=max(mention.end, spoken.end)),
            mention=mention,
            rule=rule,
        )

    def _nested(self, number: int, outer: Quotation) -> Attribution:
        """Inside a quotation only a name or description there can be the speaker."""
        quotation = self._quotations[number]
        if outer.label is None and outer.nested_in is not None:
            return Attribution()
        stretch = Passage(
            id=outer.passage_id, source_id="", number=1, kind="body", start=outer.start,
            end=outer.end, text=outer.text,
        )  # fmt: skip
        inner = frame(self._text, stretch, [(number, quotation)], self._parse)
        if number not in inner.tokens_of:
            return Attribution()
        alone = _Speakers(self._text, self._quotations, [inner], self._people, self._parse)
        if number in inner.clauses:
            return alone._clause(number, quotation, 0)
        return alone._phrase(number, 0)


def _by_label(text: str, quotation: Quotation, people: People) -> Attribution:
    """The speaker of a turn of a transcript."""
    label = quotation.label
    if label is None:
        return Attribution()
    plain = re.sub(r"\s*\([^)]*\)", "", text[label.start : label.end]).strip()
    if not plain or _QUESTION_ANSWER.match(plain):
        return Attribution(rule="question and answer", form="sentence")
    parts = plain.split()
    titled = parts[0].lower().rstrip(".") in words("titles")
    while len(parts) > 1 and parts[0].lower().rstrip(".") in words("titles"):
        parts = parts[1:]
    name = people.written_as(" ".join(parts))
    name = None if titled and name is not None and name.isupper() else name
    role = words("people_nouns") | words("titles") | {"the"}
    return Attribution(
        speaker=name or plain,
        form="sentence",
        named=name is not None or titled or parts[0].lower() not in role,
        level="certain",
        cue=label,
        mention=label,
        rule="label",
    )


def _continued(own: Attribution, other: Attribution) -> Attribution:
    if other.level == "none":
        return own
    return other.model_copy(update={"rule": "same utterance", "form": own.form})
