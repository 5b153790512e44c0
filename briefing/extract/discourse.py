"""Who “he”, “she”, “it” and “they” are: only where a single reading is left.

Keeps what each paragraph mentions and who spoke last, and answers by position in the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from briefing.extract.cues import Cue, cue, is_saying, set_off
from briefing.extract.descriptions import Descriptions
from briefing.extract.frames import Frame
from briefing.extract.lexicon import means_people, words
from briefing.extract.mentions import Mention, mention
from briefing.extract.offices import Offices
from briefing.extract.people import Gender, People, Person, names_in

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANSWERING = {"reply", "answer", "respond", "retort"}
_SUBJECTS = {"nsubj", "nsubjpass"}
_FIRMS = {"company", "firm", "group"}


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
        self._offices = Offices(frames, people)
        self._descriptions = Descriptions(text, frames)
        self._genders: dict[str, Gender] = {}
        self._places: list[_Place] = []
        self._owners: list[tuple[int, Mention]] = []
        self.spoken: list[Spoken] = []
        for number, frame in enumerate(frames):
            self._note_mentions(number, frame)
            self._note_speakers(number, frame)

    def _note_mentions(self, number: int, frame: Frame) -> None:
        sentences = _sentence_numbers(frame)
        found: list[_Place] = []
        for name in names_in(frame.doc):
            head = frame.doc[name.last]
            who = self._mention(frame, head)
            if who is None or who.what != "person":
                continue
            if head.dep_ == "poss" or _possessive(head):
                self._owners.append((frame.offset(head), who))
            else:
                found.append(self._place(number, frame, head.i, sentences, who))
        self._places.extend(sorted(found, key=attrgetter("at")))
        for token in frame.doc:
            if token.dep_ == "poss" and token.pos_ == "NOUN" and self._people.find(token.text):
                who = self._mention(frame, token)  # “Esquivel’s bill”, misread
                self._owners += [(frame.offset(token), who)] if who is not None else []
            if token.dep_ in _SUBJECTS and token.pos_ == "NOUN":
                who = self._mention(frame, token)
                if who is not None and who.animate and who.what == "description":
                    if who.definite:
                        who = self._definite(number, who, token)
                    found.append(self._place(number, frame, token.i, sentences, who))
        del self._places[bisect_left(self._places, frame.passage.start, key=attrgetter("at")) :]
        self._places.extend(sorted(found, key=attrgetter("at")))

    def _mention(self, frame: Frame, head: Token) -> Mention | None:
        if frame.quoted[head.i] is not None:
            return None
        who = mention(frame, head, self._people, self._text)
        known = self._genders.get(who.speaker)
        return who if known is None or who.gender is not None else replace(who, gender=known)

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
            asked = any(c.lower_ == "asked" for c in found.verb.children)
            answers = found.verb.lemma_.lower() in _ANSWERING and not asked
            found_by = self._antecedent(number, who, beside=beside, answers=answers)
            return self._remembered(who, found_by)
        if who.what in {"description", "document"} and who.definite:
            who = self._definite(number, who, found.subject)
        return who if who.speaker else None

    def _remembered(self, pronoun: Mention, who: Mention | None) -> Mention | None:
        """“He” was somebody of whom nothing else says that he is a man: from now on he is."""
        if who is not None and who.gender is None and pronoun.gender is not None:
            self._genders[who.speaker] = pronoun.gender
        return who

    def _definite(self, number: int, who: Mention, head: Token) -> Mention:
        """“The governor”, “the company”: who or what that is, where the source has one only."""
        frame = self._frames[number]
        if who.plural:
            return who
        if who.what == "document":
            return self._document(who)
        if not who.animate:
            full = self._descriptions.resolve(frame, head) if who.bare else None
            return self._fuller(who, full[0]) if full else self._firm(number, who) or who
        holder = self._offices.holder(who.lemma)
        if holder is not None and who.bare and not self._offices.contested(who.lemma):
            return self._person(who, holder)
        return who if who.lemma not in words("varied") else self._topic(number, who) or who

    def _document(self, who: Mention) -> Mention:
        """“The statement”: “the joint statement”, if the source has let no other one speak."""
        earlier = [s.who for s in self.spoken if s.who.what == "document"]
        same = {w.speaker for w in earlier if w.lemma == who.lemma and not w.bare}
        return replace(who, speaker=same.pop()) if who.bare and len(same) == 1 else who

    def _firm(self, number: int, who: Mention) -> Mention | None:
        """“Lucky Tern LLC praised the vote. “…,” the company said”: it can be no other."""
        if not who.bare or who.lemma not in _FIRMS:
            return None
        before = self._subject_before(number, who)
        name = before.speaker.casefold().rstrip(".").split() if before is not None else [""]
        return before if name[-1] in words("firm_suffixes") else None

    def _fuller(self, who: Mention, name: str) -> Mention:
        return replace(who, speaker=name, what="name" if name[:1].isupper() else who.what)

    def _person(self, who: Mention, person: Person) -> Mention:
        return replace(who, what="person", speaker=person.name, person=person, gender=person.gender)

    def _topic(self, number: int, who: Mention) -> Mention | None:
        """“…,” the teenager said: the only person that the paragraph has told of before."""
        here = [p for p in self._places if p.frame == number and p.at < who.span.start]
        people = {p.identity: p.who for p in here if p.who.what == "person"}
        alone = len({p.identity for p in here}) == 1 and len(people) == 1
        if not alone or not any(p.main for p in here):
            return None
        found = next(iter(people.values()))
        return replace(found, span=who.span) if _agrees(who.gender, found) else None

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
            return self._subject_before(number, pronoun)
        if last is not None and last.who.animate and _agrees(pronoun.gender, last.who):
            others = [
                p
                for p in self._between(last.at, at)
                if p.identity != last.who.speaker and _agrees(pronoun.gender, p.who)
            ]
            if answers or last.lemma == "ask":
                return others[0].who if len({p.identity for p in others}) == 1 else None
            if beside and last.frame == number and self._still_told(last, others):
                return last.who
            owners = [w for owner, w in self._owners if last.at < owner < at]
            unsure = last.who.gender is None and (
                any(p.who.gender for p in others)
                or any(w.speaker != last.who.speaker for w in owners)
            )
            topic = self._new_topic(number, others) if beside or last.frame != number else None
            if topic is not None:
                return topic
            alone = not others or (beside and not any(p.subject for p in others))
            if alone and not unsure:
                return last.who
            return None
        return self._nearest(number, pronoun, beside=beside)

    def _still_told(self, last: Spoken, others: Sequence[_Place]) -> bool:
        """“Lee said that Ray would go. “…,” he said”: nobody else has a sentence since."""
        return last.who.gender is not None and not any(p.main for p in others)

    def _subject_before(self, number: int, pronoun: Mention) -> Mention | None:
        """“The company expects … It said”: the body that the sentence before is about.

        “They” may also be the subject of the same sentence: “The ministers hailed what they …”.
        """
        frame, at = self._frames[number], pronoun.span.start
        earlier = [s for s in frame.doc.sents if frame.offset(s[-1]) < at]
        here = [s for s in frame.doc.sents if frame.offset(s[0]) < at <= frame.offset(s[-1])]
        begins = self._text[at].isupper()  # the parser has missed the full stop before it
        for sentence in [*(here if pronoun.plural or begins else ()), *earlier[-1:]]:
            subject = next((c for c in sentence.root.children if c.dep_ == "nsubj"), None)
            if subject is None or frame.offset(subject) >= at:
                continue
            who = self._mention(frame, subject)
            if who is None or not who.speaker or not _fits_thing(pronoun, who):
                continue
            if not pronoun.plural or means_people(who.lemma):
                return who
        return None

    def _new_topic(self, number: int, others: Sequence[_Place]) -> Mention | None:
        """The one person who is the subject of the last sentence, whoever spoke before it."""
        here = [p for p in others if p.frame == number and p.main]
        if not here:
            return None
        last = {p.identity for p in here if p.sentence == here[-1].sentence}
        later = [p for p in others if p.frame == number and p.sentence > here[-1].sentence]
        return here[-1].who if len(last) == 1 and not later else None

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
