"""Who speaks by a verb of saying, read in the order of the text: names, offices, pronouns.

Answers only where a single reading is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.extract.antecedents import Antecedents, agrees
from briefing.extract.around import set_off
from briefing.extract.cues import Cue, cue, is_saying
from briefing.extract.descriptions import Descriptions
from briefing.extract.documents import Documents, owner, told_last, written_before
from briefing.extract.frames import Frame
from briefing.extract.groups import is_one, one_of_them
from briefing.extract.lexicon import words
from briefing.extract.mentions import Mention, mention
from briefing.extract.names import Gender
from briefing.extract.offices import Offices
from briefing.extract.people import People, Person
from briefing.extract.places import Places, Spoken, sentence_numbers

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANSWERING = {"reply", "answer", "respond", "retort"}
_READING = {"read", "say", "state", "warn", "continue", "add", "conclude", "begin", "go"}
_OWNED = re.compile(r"['’]s ")
"""“The council’s minute” is not what every later “the minute” means."""
_PLACED = re.compile(r"^(?:an?|one) ", re.IGNORECASE)
"""“A study in the journal” is called “the study” from then on."""
_FIRMS = {"company", "firm", "group"}


class Discourse:
    """The speakers and people of one source in reading order."""

    def __init__(self, text: str, frames: Sequence[Frame], people: People) -> None:
        """Read all ``frames`` (paragraphs in order) once."""
        self._text = text
        self._frames = frames
        self._people = people
        self.offices = Offices(frames, people)
        self.descriptions = Descriptions(text, frames)
        self._documents = Documents(text, frames)
        self._places = Places(text, frames, people)
        self._antecedents = Antecedents(self._places)
        for number, frame in enumerate(frames):
            self._places.note(number, self._definite)
            self._note_speakers(number, frame)

    @property
    def spoken(self) -> Sequence[Spoken]:
        """Who said something, directly or not."""
        return self._places.spoken

    @property
    def frames(self) -> Sequence[Frame]:
        """The paragraphs, in order."""
        return self._frames

    def people_named(self, start: int, end: int) -> frozenset[str]:
        """Who is named from ``start`` to ``end``, offsets in the text, and has no thing there."""
        places = self._places.between(start, end)
        return frozenset(p.identity for p in places if p.who.what == "person")

    def _note_speakers(self, number: int, frame: Frame) -> None:
        sentences = sentence_numbers(frame)
        for token in frame.doc:
            if frame.quoted[token.i] is None and is_saying(token, strong=True):
                found = cue(token)
                who = self.speaker(number, found, beside=set_off(token))
                if who is not None and found.subject is not None and not is_one(who):
                    at = max(frame.offset(found.subject), frame.offset(token))
                    sentence, lemma = sentences[token.i], _kind_of_saying(token)
                    self._places.spoken.append(Spoken(at, number, sentence, token.i, lemma, who))

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
        if who.what != "person":
            who = one_of_them(frame, found.subject, self._text) or who
        if who.what == "pronoun" and who.lemma == "it" and found.verb.lemma_ in _READING:
            written = self._it(number, found.verb, who.span.start)
            if written is not None:
                return written
        if found.verb.lemma_ in _READING and not found.subject.is_alpha:
            # “an entry, timed 01:26, which reads”: the parser has taken the hour for the subject
            document = told_last(frame, frame.offset(found.verb))
            return self.document(number, document) if document is not None else None
        if who.what == "document":
            return self.document(number, found.subject)
        if who.owned:
            return who if self._whose(number, found.subject) is not None else None
        return self._known(number, found, who, beside=beside)

    def _known(self, number: int, found: Cue, who: Mention, *, beside: bool) -> Mention | None:
        """``who``, the subject of a cue, by name where the source tells it."""
        if who.what == "pronoun":
            asked = any(c.lower_ == "asked" for c in found.verb.children)
            back = any(c.lower_ == "back" for c in found.verb.children)  # “he wrote back”
            answers = (back or found.verb.lemma_.lower() in _ANSWERING) and not asked
            found_by = self._antecedents.of(number, who, beside=beside, answers=answers)
            return self._places.remember(who, found_by)
        if who.what == "description" and who.definite and found.subject is not None:
            who = self._definite(number, who, found.subject)
        return who if who.speaker else None

    def _it(self, number: int, verb: Token, at: int) -> Mention | None:
        """“It says”: who or what spoke as “it” before, or the document that was told of last."""
        frame = self._frames[number]
        same = self._said_as_it(number, at)
        if same is not None:
            return same
        document = told_last(frame, at)
        if document is not None:
            return self.document(number, document)
        thing = written_before(frame, at) if verb.lemma_ == "read" else None
        return self._described_as(frame, thing) if thing is not None else None

    def _said_as_it(self, number: int, at: int) -> Mention | None:
        """“It says … “…,” it says”: what the same pronoun has spoken for in this paragraph."""
        frame = self._frames[number]
        for spoken in reversed(self.spoken):
            if spoken.frame != number or spoken.at >= at:
                continue
            subject = cue(frame.doc[spoken.verb]).subject
            return spoken.who if subject is not None and subject.lower_ == "it" else None
        return None

    def _described_as(self, frame: Frame, noun: Token) -> Mention:
        """A thing that is read from, though its word is none for documents: by its words."""
        span = frame.span(noun.left_edge.i, noun.i)
        words_ = self._text[span.start : span.end]
        return Mention("document", span, words_, lemma=noun.lemma_.lower())

    def _definite(self, number: int, who: Mention, head: Token) -> Mention:
        """“The governor”, “the company”: who or what that is, where the source has one only."""
        frame = self._frames[number]
        if who.plural:
            two = self.descriptions.resolve(frame, head)
            return replace(who, speaker=self._text[two[1].start : two[1].end]) if two else who
        if not who.animate:
            full = self.descriptions.resolve(frame, head) if who.bare else None
            return self._fuller(who, full[0]) if full else self._firm(number, who) or who
        holder = self.offices.holder(who.lemma)
        if holder is not None and who.bare and not self.offices.contested(who.lemma):
            return self._person(who, holder)
        return self._topic(number, who, head) or who if _is_epithet(head) else who

    def document(self, number: int, head: Token) -> Mention | None:
        """Who wrote the document headed by ``head``, where it is somebody’s; else the document."""
        frame = self._frames[number]
        who = mention(frame, head, self._people, self._text)
        if who.what != "document":
            return None
        author = self._author(number, head)
        if author is not None:
            return replace(author, span=frame.span(head.left_edge.i, head.i))
        earlier = [s.who for s in self.spoken if s.who.what == "document"]
        same = {w.speaker for w in earlier if w.lemma == who.lemma and not w.bare}
        same = {name for name in same if not _OWNED.search(name) and not _PLACED.search(name)}
        only = same.pop() if len(same) == 1 else self._documents.full_name(who.lemma)
        if not (only and who.bare and who.definite):
            return who
        same_one = self._documents.goes_on(who.lemma, only, frame.offset(head))
        return replace(who, speaker=only) if same_one else who

    def _author(self, number: int, document: Token) -> Mention | None:
        by = owner(document)
        if by is None:
            return None
        who = self._who(number, by)
        return who if who is not None and who.what == "person" else None

    def _whose(self, number: int, head: Token) -> Mention | None:
        """The person of whom “her lawyer” is the lawyer."""
        by = next((c for c in head.children if c.dep_ == "poss"), None)
        return self._who(number, by) if by is not None else None

    def _who(self, number: int, token: Token) -> Mention | None:
        """Whom a name or pronoun means that is not the subject of the verb of saying."""
        frame = self._frames[number]
        who = mention(frame, token, self._people, self._text)
        if token.lower_ in {"his", "her"}:
            gender: Gender = "male" if token.lower_ == "his" else "female"
            lemma = "he" if gender == "male" else "she"
            place = frame.span(token.i, token.i)
            who = Mention("pronoun", place, gender=gender, lemma=lemma)
        if who.what != "pronoun":
            return who
        if who.gender is None:
            return None
        return self._antecedents.of(number, who, beside=True, answers=False)

    def _firm(self, number: int, who: Mention) -> Mention | None:
        """“Lucky Tern LLC praised the vote. “…,” the company said”: it can be no other."""
        if not who.bare or who.lemma not in _FIRMS:
            return None
        before = self._antecedents.subject_before(number, who)
        name = before.speaker.casefold().rstrip(".").split() if before is not None else [""]
        return before if name[-1] in words("firm_suffixes") else None

    def _fuller(self, who: Mention, name: str) -> Mention:
        return replace(who, speaker=name, what="name" if name[:1].isupper() else who.what)

    def _person(self, who: Mention, person: Person) -> Mention:
        return replace(who, what="person", speaker=person.name, person=person, gender=person.gender)

    def _topic(self, number: int, who: Mention, head: Token) -> Mention | None:
        """“…,” the teenager said: the only person that the paragraph has told of before.

        “The mother of three”, at the head of a paragraph: the only one that the last one tells of.
        """
        here = [p for p in self._places.in_paragraph(number) if p.at < who.span.start]
        if not here and number > 0 and head.left_edge.i == 0:
            here = self._places.in_paragraph(number - 1)
        people = {p.identity: p.who for p in here if p.who.what == "person"}
        alone = len({p.identity for p in here}) == 1 and len(people) == 1
        if not alone or not any(p.main for p in here):
            return None
        found = next(iter(people.values()))
        return replace(found, span=who.span) if agrees(who.gender, found) else None


def _kind_of_saying(verb: Token) -> str:
    """The verb; but “asked us to go” is no question."""
    wanted = any(
        c.dep_ in {"xcomp", "ccomp"} and (c.tag_ == "VB" or _after_that(c)) for c in verb.children
    )
    return "request" if verb.lemma_ == "ask" and wanted else verb.lemma_.lower()


def _after_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _is_epithet(head: Token) -> bool:
    """“The teenager”, “the mother of three”: what varies the word for somebody just named.

    Not “the 71-year-old from cabin 11, a retired joiner”, who is somebody else.
    """
    lemma = head.lemma_.lower()
    of = [c for c in head.children if c.lower_ == "of" and lemma in words("parents")]
    children = any(c.pos_ == "NUM" for preposition in of for c in preposition.children)
    new = any(t.dep_ == "appos" and t.left_edge.lower_ in {"a", "an"} for t in head.subtree)
    return children or (not new and (lemma in words("varied") or _is_aged(head)))


def _is_aged(head: Token) -> bool:
    """“The 54-year-old baker”; not “the 54-year-old driver”, who can be another of the event."""
    old = [c for c in head.children if c.lower_ == "old" and c.dep_ == "amod"]
    years = any(c.lemma_ == "year" for adjective in old for c in adjective.children)
    return years and head.lemma_.lower() not in words("of_the_event")
