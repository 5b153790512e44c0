"""Who “he”, “she”, “it” and “they” are: only where a single reading is left.

Keeps what each paragraph mentions and who spoke last, and answers by position in the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from briefing.extract.cues import Cue, cue, is_saying, set_off
from briefing.extract.frames import Frame
from briefing.extract.lexicon import words
from briefing.extract.mentions import Mention, mention
from briefing.extract.people import Gender, People, names_in

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANSWERING = {"reply", "answer", "respond", "retort"}
_SUBJECTS = {"nsubj", "nsubjpass"}


@dataclass(frozen=True)
class _Place:
    """A mention in reading order: paragraph, sentence, and whether it is a subject there."""

    at: int
    frame: int
    sentence: int
    subject: bool
    main: bool
    who: Mention

    @property
    def identity(self) -> str:
        return self.who.speaker


@dataclass(frozen=True)
class Spoken:
    """Somebody said something, directly or not: verb token, sentence and paragraph."""

    at: int
    frame: int
    sentence: int
    verb: int
    lemma: str
    who: Mention


class Discourse:
    """The speakers and people of one source in reading order."""

    def __init__(self, text: str, frames: Sequence[Frame], people: People) -> None:
        """Read all ``frames`` (paragraphs in order) once."""
        self._text = text
        self._frames = frames
        self._people = people
        self._places: list[_Place] = []
        self.spoken: list[Spoken] = []
        for number, frame in enumerate(frames):
            self._note_mentions(number, frame)
            self._note_speakers(number, frame)

    def _note_mentions(self, number: int, frame: Frame) -> None:
        sentences = _sentence_numbers(frame)
        found: list[_Place] = []
        for name in names_in(frame.doc):
            head = frame.doc[name.last]
            if head.dep_ == "poss" or _possessive(head):
                continue
            who = self._mention(frame, head)
            if who is not None and who.what == "person":
                found.append(self._place(number, frame, head.i, sentences, who))
        for token in frame.doc:
            if token.dep_ in _SUBJECTS and token.pos_ == "NOUN":
                who = self._mention(frame, token)
                if who is not None and who.animate and who.what == "description":
                    found.append(self._place(number, frame, token.i, sentences, who))
        self._places.extend(sorted(found, key=attrgetter("at")))

    def _mention(self, frame: Frame, head: Token) -> Mention | None:
        if frame.quoted[head.i] is not None:
            return None
        return mention(frame, head, self._people, self._text)

    def _place(
        self, number: int, frame: Frame, token: int, sentences: Sequence[int], who: Mention
    ) -> _Place:
        head = frame.doc[token]
        while head.dep_ in {"appos", "compound"} and head.head != head:
            head = head.head
        subject = head.dep_ in _SUBJECTS
        verb = head.head
        while verb.dep_ == "conj" and verb.head != verb:
            verb = verb.head
        main = subject and verb.dep_ == "ROOT"
        at = frame.offset(frame.doc[token])
        return _Place(at, number, sentences[token], subject, main, who)

    def _note_speakers(self, number: int, frame: Frame) -> None:
        sentences = _sentence_numbers(frame)
        for token in frame.doc:
            if frame.quoted[token.i] is None and is_saying(token, strong=True):
                found = cue(token)
                who = self.speaker(number, found, beside=set_off(token))
                if who is not None and found.subject is not None:
                    at = max(frame.offset(found.subject), frame.offset(token))
                    sentence, lemma = sentences[token.i], token.lemma_.lower()
                    self.spoken.append(Spoken(at, number, sentence, token.i, lemma, who))

    def speaker(self, number: int, found: Cue, *, beside: bool) -> Mention | None:
        """Who speaks by ``found``, a cue of paragraph ``number``; None where that is open.

        ``beside``: the cue stands right beside a quotation (“…,” he said).
        """
        if found.subject is None or found.verdict != "says":
            return None
        frame = self._frames[number]
        if frame.quoted[found.subject.i] is not None:
            return None
        who = mention(frame, found.subject, self._people, self._text)
        if who.what == "pronoun":
            answers = found.verb.lemma_.lower() in _ANSWERING
            return self._antecedent(number, who, beside=beside, answers=answers)
        return who if who.speaker else None

    def _antecedent(
        self, number: int, pronoun: Mention, *, beside: bool, answers: bool
    ) -> Mention | None:
        at = pronoun.span.start
        earlier = [s for s in self.spoken if s.at < at and s.frame >= number - 1]
        last = max(earlier, key=attrgetter("at"), default=None)
        if pronoun.lemma == "it" or pronoun.plural:
            fits = last is not None and _fits_thing(pronoun, last.who)
            near = last is not None and (last.frame == number or beside)
            if last is not None and fits and near:
                return last.who
            return None if pronoun.plural else self._subject_before(number, at)
        if last is not None and last.who.animate and _agrees(pronoun.gender, last.who):
            others = [
                p
                for p in self._between(last.at, at)
                if p.identity != last.who.speaker and _agrees(pronoun.gender, p.who)
            ]
            if answers or last.lemma == "ask":
                return others[0].who if len({p.identity for p in others}) == 1 else None
            unsure = last.who.gender is None and any(p.who.gender for p in others)
            alone = not others or (beside and not any(p.subject for p in others))
            if alone and not unsure:
                return last.who
            return self._new_topic(number, others) if beside and last.frame != number else None
        return self._nearest(number, pronoun, beside=beside)

    def _subject_before(self, number: int, at: int) -> Mention | None:
        """“The company expects … It said”: the body that the sentence before is about."""
        frame = self._frames[number]
        earlier = [s for s in frame.doc.sents if frame.offset(s[-1]) < at]
        if not earlier:
            return None
        subject = next((c for c in earlier[-1].root.children if c.dep_ == "nsubj"), None)
        who = self._mention(frame, subject) if subject is not None else None
        return who if who is not None and who.speaker and not who.plural and _is_body(who) else None

    def _new_topic(self, number: int, others: Sequence[_Place]) -> Mention | None:
        """The only person that a paragraph is about, whoever spoke in the one before."""
        here = [p for p in others if p.frame == number]
        only = len({p.identity for p in here}) == 1 and any(p.main for p in here)
        return here[0].who if only else None

    def _between(self, start: int, end: int) -> Sequence[_Place]:
        first = bisect_left(self._places, start, key=attrgetter("at"))
        return self._places[first : bisect_left(self._places, end, key=attrgetter("at"))]

    def _nearest(self, number: int, pronoun: Mention, *, beside: bool) -> Mention | None:
        """The only fitting person in the nearest sentence that has one."""
        window = [
            p
            for p in self._between(
                self._frames[max(0, number - 1)].passage.start, pronoun.span.start
            )
            if _agrees(pronoun.gender, p.who)
        ]
        if not window:
            return None
        nearest = (window[-1].frame, window[-1].sentence)
        group = [p for p in window if (p.frame, p.sentence) == nearest]
        if len({p.identity for p in group}) > 1:
            group = [p for p in group if p.main] if beside else []
        return group[0].who if len({p.identity for p in group}) == 1 else None


def _possessive(head: Token) -> bool:
    after = head.nbor(1).text if head.i + 1 < len(head.doc) else ""
    return after in {"’s", "'s", "’", "'"}


def _sentence_numbers(frame: Frame) -> list[int]:
    return [n for n, sentence in enumerate(frame.doc.sents) for _ in sentence]


def _agrees(gender: Gender | None, who: Mention) -> bool:
    return who.gender is None or gender is None or who.gender == gender


def _fits_thing(pronoun: Mention, who: Mention) -> bool:
    if pronoun.plural:
        return who.plural
    return not who.plural and _is_body(who)


def _is_body(who: Mention) -> bool:
    if who.what in {"name", "document"}:
        return True
    return who.what == "description" and who.lemma in words("bodies")
