"""Whom each paragraph of a source mentions, and who has spoken so far, by position in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from briefing.extract.frames import Frame
from briefing.extract.interviews import asked_about, interviewed, interviews, is_somebody_new
from briefing.extract.lexicon import means_people
from briefing.extract.mentions import Mention, alone, is_aged, mention
from briefing.extract.names import Gender, is_bare_office, names_in
from briefing.extract.people import People

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = {"nsubj", "nsubjpass"}

Definite = Callable[[int, Mention, "Token"], Mention]
"""Who (paragraph, description, its head) is."""


@dataclass(frozen=True)
class Place:
    """A mention in reading order: paragraph, sentence, and whether it is a subject there."""

    at: int
    frame: int
    sentence: int
    subject: bool
    main: bool
    who: Mention

    @property
    def identity(self) -> str:
        """What tells this one from others."""
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


class Places:
    """The mentions of one source in reading order, and who spoke."""

    def __init__(self, text: str, frames: Sequence[Frame], people: People) -> None:
        self.text = text
        self.frames = frames
        self.people = people
        self.spoken: list[Spoken] = []
        self.owners: list[tuple[int, Mention]] = []
        self._genders: dict[str, Gender] = {}
        self._places: list[Place] = []

    def note(self, number: int, definite: Definite) -> None:
        """Note whom paragraph ``number`` mentions; all before it are noted already."""
        frame = self.frames[number]
        sentences = sentence_numbers(frame)
        found = [*self._named(number, frame, sentences)]
        # “The teenager” in this paragraph may be somebody whom it names.
        self._places.extend(sorted(found, key=attrgetter("at")))
        for token in frame.doc:
            if _is_subject(token) and not asked_about(token) and not interviews(token):
                who = self.mention(frame, token)
                if who is not None and who.what == "person" and not self._known_at(found, who):
                    found.append(self._place(number, frame, token.i, sentences, who))
                if who is not None and who.animate and who.what == "description":
                    if who.definite:
                        who = definite(number, who, token)
                    found.append(self._place(number, frame, token.i, sentences, who))
        del self._places[bisect_left(self._places, frame.passage.start, key=attrgetter("at")) :]
        self._places.extend(sorted(found, key=attrgetter("at")))

    def _named(self, number: int, frame: Frame, sentences: Sequence[int]) -> Iterator[Place]:
        for name in names_in(frame.doc):
            head = frame.doc[name.last]
            who = self.mention(frame, head)
            joint = who is not None and who.what == "description" and who.plural
            if joint and head.dep_ in SUBJECTS:  # “Lee and Ray left”: not only Ray, his conjunct
                who = alone(frame, head, self.people, self.text)
            if who is None or who.what != "person" or _modifies(head) or asked_about(head):
                continue
            if interviews(head) or _is_relay(head):
                continue
            if head.dep_ == "poss" or _possessive(head):
                self.owners.append((frame.offset(head), who))
            else:
                yield self._place(number, frame, head.i, sentences, who)
        for token in frame.doc:
            if token.dep_ == "poss" and token.pos_ == "NOUN" and self.people.find(token.text):
                who = self.mention(frame, token)  # “Esquivel’s bill”, misread
                self.owners += [(frame.offset(token), who)] if who is not None else []

    def mention(self, frame: Frame, head: Token) -> Mention | None:
        """Who is meant by ``head``, with the gender that a pronoun has told; None in a quote."""
        if frame.quoted[head.i] is not None:
            return None
        who = mention(frame, head, self.people, self.text)
        known = self._genders.get(who.speaker)
        return who if known is None or who.gender is not None else replace(who, gender=known)

    def remember(self, pronoun: Mention, who: Mention | None) -> Mention | None:
        """“He” was somebody of whom nothing else says that he is a man: from now on he is."""
        if who is not None and who.gender is None and pronoun.gender is not None:
            self._genders[who.speaker] = pronoun.gender
        return who

    def known(self, who: Mention) -> Mention:
        """``who`` with the gender that a pronoun has told since."""
        return replace(who, gender=who.gender or self._genders.get(who.speaker))

    def between(self, start: int, end: int) -> Sequence[Place]:
        """The mentions from ``start`` to ``end``, offsets in the text."""
        first = bisect_left(self._places, start, key=attrgetter("at"))
        return self._places[first : bisect_left(self._places, end, key=attrgetter("at"))]

    def in_paragraph(self, number: int) -> list[Place]:
        """What is noted of paragraph ``number`` so far."""
        return [p for p in self._places if p.frame == number]

    def _known_at(self, found: Sequence[Place], who: Mention) -> bool:
        return any(place.who.span == who.span for place in found)

    def _place(
        self, number: int, frame: Frame, token: int, sentences: Sequence[int], who: Mention
    ) -> Place:
        head = frame.doc[token]
        while head.dep_ in {"appos", "compound"} and head.head != head:
            head = head.head
        while head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN"}:  # “Lee and Ray left”
            head = head.head
        subject = head.dep_ in SUBJECTS
        verb = head.head
        while verb.dep_ == "conj" and verb.head != verb:
            verb = verb.head
        opens = _opens_sentence(frame.doc[token])
        met = interviewed(head)
        main = ((subject or met) and verb.dep_ == "ROOT") or opens
        at = frame.offset(frame.doc[token])
        return Place(at, number, sentences[token], subject or opens, main, who)


def _modifies(name: Token) -> bool:
    """“the Ardwen village hall”, “the Ray case”: part of what a thing is called."""
    noun = name.head
    after = noun.i > name.i and noun.pos_ == "NOUN" and noun.text.islower()
    alone = not any(c.dep_ == "compound" for c in name.children)  # “one Norse official”
    whose = alone or not means_people(noun.lemma_.lower())
    return name.dep_ in {"compound", "nmod"} and after and whose


def _is_relay(name: Token) -> bool:
    """“Through his lawyer, Jo Ray, he told the paper”: not Ray."""
    opens, root = name.sent[0], name.sent.root
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    through = opens.lower_ in {"through", "via"}
    return through and subject is not None and subject.pos_ == "PRON" and name.i < subject.i


def _is_subject(noun: Token) -> bool:
    """A noun that is a subject, or what the subject “one” is: “One, a girl of 18, wept”."""
    one = noun.dep_ == "appos" and noun.head.lower_ == "one"
    office = noun.pos_ == "PROPN" and is_bare_office(noun)
    if noun.pos_ == "NOUN" and interviewed(noun) and is_somebody_new(noun):
        return True
    subject = (noun.head if one else noun).dep_ in SUBJECTS
    return (noun.pos_ == "NOUN" or office or is_aged(noun)) and (subject or _heads_sentence(noun))


def _heads_sentence(noun: Token) -> bool:
    """“One official, who would not be named, conceded …”: taken for all of the sentence."""
    if noun.dep_ != "ROOT" or noun.left_edge.i != noun.sent.start or noun.i + 1 >= len(noun.doc):
        return False
    deps = {c.dep_ for c in noun.children}
    return noun.nbor(1).text == "," and "relcl" in deps and "acl" in deps


def _opens_sentence(head: Token) -> bool:
    """“Jo Ray, who …, called”: what it is about, though the parser takes it for no subject."""
    if head.dep_ != "ROOT" or head.pos_ != "PROPN" or head.i + 1 >= len(head.doc):
        return False
    return head.left_edge.i == head.sent.start and head.nbor(1).text == ","


def sentence_numbers(frame: Frame) -> list[int]:
    """For each token of a paragraph, which sentence it stands in."""
    return [n for n, sentence in enumerate(frame.doc.sents) for _ in sentence]


def _possessive(head: Token) -> bool:
    after = head.nbor(1).text if head.i + 1 < len(head.doc) else ""
    return after in {"’s", "'s", "’", "'"}
