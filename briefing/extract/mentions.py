"""From the head of a subject to the words by which a source calls a speaker.

A name becomes the fullest form of that person in the source, a document its fuller title, a
description stays as it stands. Pronouns are left to :mod:`briefing.extract.speakers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.extract.documents import is_measure
from briefing.extract.frames import Frame
from briefing.extract.lexicon import means_people, words
from briefing.extract.names import Gender, name_at
from briefing.extract.noun_phrases import phrase_end, phrase_start, unfit, vague_end, with_second
from briefing.extract.people import People, Person
from briefing.extract.written import is_document
from briefing.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

What = Literal["person", "name", "document", "description", "pronoun", "none"]

_EMPTY = frozenset(
    "this that these those there what which some many most others another both all nobody none "
    "everyone everybody someone anyone each few several one two three more i we you me us myself "
    "somebody anybody anyone who whom nothing something everything".split()
)
_AGED = "old"
_UNSPOKEN = frozenset({"automatic", "automated", "written", "emailed"})
_OWNERS = frozenset({"his", "her", "my", "our"})


@dataclass(frozen=True)
class Mention:
    """A speaker as one sentence calls it.

    ``speaker`` is how it is to be called (empty for pronouns); ``span`` where it stands. A
    description may be ``definite`` (“the tall man”), ``bare`` (“the man”) and ``owned`` by whom a
    pronoun stands for (“her lawyer”).
    """

    what: What
    span: Span
    speaker: str = ""
    person: Person | None = None
    gender: Gender | None = None
    plural: bool = False
    lemma: str = ""
    definite: bool = False
    bare: bool = False
    owned: bool = False

    @property
    def animate(self) -> bool:
        """Whether “he” or “she” can stand for it."""
        if self.what == "person":
            return True
        listed = words("people_nouns") | words("varied")
        somebody = self.lemma in listed or _noun_gender(self.lemma) is not None
        somebody = somebody or self.lemma == _AGED
        return self.what == "description" and not self.plural and somebody


def mention(frame: Frame, head: Token, people: People, text: str) -> Mention:
    """What the noun phrase headed by ``head`` calls the speaker."""
    named = _appositive(head) or (head if head.pos_ == "PROPN" else None)
    joint = _joint(frame, head, text)
    if joint is not None:
        return joint
    if head.pos_ == "PROPN" and is_document(head):  # “Article 3 of the accord”
        return _described(frame, head, text)
    if named is not None and named.pos_ == "PROPN":
        found = _named(frame, named, people, text)
        if found is not None:
            return found
    misread = head.pos_ != "PROPN" and head.text[:1].isupper() and head.left_edge == head
    surname = people.written_as(head.text) if misread else None
    if surname is not None:  # “said Aldous”, misread
        return Mention("person", frame.span(head.i, head.i), surname, people.find(surname))
    if misread and _is_called_body(head):  # “Trackways, the state company, said”, misread
        return Mention("name", frame.span(head.i, head.i), head.text)
    if head.pos_ == "PRON" and head.lower_ not in _EMPTY:
        return _pronoun(frame, head)
    return _described_or_named(frame, head, people, text)


def alone(frame: Frame, head: Token, people: People, text: str) -> Mention | None:
    """Whom ``head`` names, without those who are told of with him: Lee in “Lee and Ray”."""
    if head.pos_ != "PROPN" or frame.quoted[head.i] is not None:
        return None
    return _named(frame, head, people, text)


def _described_or_named(frame: Frame, head: Token, people: People, text: str) -> Mention:
    """A description, or the name behind it: “one of them, Jane Smith,”."""
    described = _described(frame, head, text)
    somebody = described.what == "description" and not described.plural
    one = described.what == "none" and head.lower_ == "one"
    behind = _behind(head) if (somebody and described.animate) or one else None
    after = _named(frame, behind, people, text) if behind is not None else None
    return after or described


def _behind(head: Token) -> Token | None:
    """“one of them, Jane Smith”: the name after the comma."""
    at = phrase_end(head) + 1
    doc = head.doc
    if at + 1 >= len(doc) or doc[at].text != ",":
        return None
    name = name_at(doc[at + 1])
    if name is None and doc[at + 1].lower_ == "the":  # “her neighbour, the driver Jane Smith”
        first = next((t for t in doc[at + 2 : at + 6] if t.pos_ not in {"NOUN", "ADJ"}), None)
        name = name_at(first) if first is not None else None
        name = name if name is not None and name.person else None
    return doc[name.last] if name is not None and name.possible else None


def _appositive(head: Token) -> Token | None:
    """“their manager, Jens Pedersen”, “the chief executive Fiona Marchetti”."""
    article = any(c.dep_ in {"det", "nummod"} for c in head.children)
    if head.pos_ == "PROPN" and not article:
        return None
    for child in head.children:
        if child.dep_ == "appos" and child.pos_ == "PROPN" and name_at(child) is not None:
            return child
    return None


def _is_called_body(head: Token) -> bool:
    beside = (c for c in head.children if c.dep_ == "appos" and c.i > head.i)
    return head.pos_ == "NOUN" and any(c.lemma_.lower() in words("bodies") for c in beside)


def _named(frame: Frame, head: Token, people: People, text: str) -> Mention | None:
    name = name_at(head)
    if name is not None and not name.person and _indefinite(head):
        return Mention("none", frame.span(head.i, head.i))  # “A Treasury official”, misread
    if name is None or any(frame.quoted[i] is not None for i in range(name.first, name.last + 1)):
        return None
    span = frame.span(name.first, name.last)
    shown = text[span.start : span.end]
    person = people.find(name.text)
    if person is not None:  # the full form may be interrupted: Darren “Spider” Pruett
        gender = name.gender or person.gender
        called = person.name if person.name in text else shown
        return Mention("person", span, called, person=person, gender=gender)
    if name.titled and name.person:
        span = _with_title(frame, name.first, span)
    shown = text[span.start : span.end]
    return Mention("person" if name.person else "name", span, shown, gender=name.gender)


def _indefinite(head: Token) -> bool:
    if any(c.lower_ in {"a", "an"} for c in head.children):
        return True
    left = head.left_edge
    return left.i > 0 and left.nbor(-1).lower_ in {"a", "an"}


def _with_title(frame: Frame, first: int, span: Span) -> Span:
    return Span(start=frame.span(first - 1, first - 1).start, end=span.end)


def _joint(frame: Frame, head: Token, text: str) -> Mention | None:
    """“Thornby Readers and the Mill Lane Trust”: only as the source writes it."""
    others = [c for c in head.children if c.dep_ == "conj" and c.pos_ in {"NOUN", "PROPN", "PRON"}]
    linked = [c for c in head.children if c.dep_ == "cc" and c.lower_ in {"and", "or", "&"}]
    if not others or not linked:
        return None
    first, last = phrase_start(head), phrase_end(others[-1])
    called = next((c for c in others[-1].children if c.dep_ == "appos"), None)
    if called is not None and called.left_edge.i == last + 1 and called.pos_ == "PROPN":
        last = called.i  # “Jo Ray and her colleague Ida Lunn”
    if any(c.lower_ == "or" for c in linked) or unfit(frame, first, last):
        return Mention("none", frame.span(head.i, head.i))
    span = frame.span(first, last)
    return Mention("description", span, text[span.start : span.end], plural=linked[0].text != "&")


def _pronoun(frame: Frame, head: Token) -> Mention:
    gender: dict[str, Gender] = {"he": "male", "him": "male", "she": "female", "her": "female"}
    plural = head.lower_ in {"they", "them"}
    span = frame.span(head.i, head.i)
    return Mention(
        "pronoun", span, gender=gender.get(head.lower_), plural=plural, lemma=head.lower_
    )


def _described(frame: Frame, head: Token, text: str) -> Mention:
    first, last = phrase_start(head), phrase_end(head)
    last = with_second(head, last)
    owned = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in head.children)
    one_of = head.lower_ == "one" and last > head.i and _are_some(head, last)
    noun = head.pos_ in {"NOUN", "PROPN"} or one_of
    last = _before_day(head, last)
    foreign = owned and not is_document(head)
    owned = owned and not foreign and frame.doc[first].dep_ == "poss"
    theirs = frame.doc[first].lower_ in _OWNERS and means_people(head.lemma_.lower())
    noun = noun or is_aged(head) or is_document(head)
    if (
        not noun
        or (foreign and not theirs)
        or (head.lower_ in _EMPTY and not one_of)
        or unfit(frame, first, last)
    ):
        return Mention("none", frame.span(head.i, head.i))
    lemma = head.lemma_.lower()
    if is_document(head):
        first += owned or frame.doc[first].lower_ == "whose"
        first += _is_dropped(frame.doc[first], head)
        before = range(first, head.i)
        lengths = [
            i for i in before if frame.doc[i].lower_ in words("lengths") or is_measure(frame.doc[i])
        ]
        first = max(lengths, default=first - 1) + 1  # “the lengthy joint statement”
    elif not (one_of or is_aged(head) or _can_speak(lemma) or _is_written(head)):
        return Mention("none", frame.span(head.i, head.i))
    bare = last == head.i and phrase_start(head) >= head.i - 1
    if bare and (told := vague_end(frame, head)) is not None:
        last = told
    span = frame.span(first, last)
    plural = "Plur" in head.morph.get("Number", [])
    what: What = "document" if _is_written(head) else "description"
    return Mention(
        what,
        span,
        text[span.start : span.end],
        gender=_noun_gender(lemma),
        plural=plural,
        lemma=lemma,
        definite=any(c.lower_ == "the" for c in head.children),
        owned=foreign and frame.doc[first].lower_ not in {"my", "our"},
        bare=bare,
    )


def _before_day(head: Token, last: int) -> int:
    """“a note on the door on Friday”: without the day, and without a verb taken for a noun."""
    doc = head.doc
    day = doc[last].ent_type_ in {"DATE", "TIME"} or doc[last].lower_ in {"read", "reads"}
    if not day or not is_document(head):
        return last
    on = next((i for i in range(last, head.i, -1) if doc[i].lower_ == "on"), None)
    return on - 1 if on is not None and doc[on].dep_ == "prep" else last


def _are_some(one: Token, last: int) -> bool:
    """“One of the guards”, “one of those present”."""
    those = any(t.lower_ == "those" for t in one.doc[one.i + 1 : last])
    return those or one.doc[last].pos_ == "NOUN"


def is_aged(head: Token) -> bool:
    """“the 29-year-old from Milbury”."""
    return head.lower_ == _AGED and any(c.lemma_ == "year" for c in head.children)


def _is_written(head: Token) -> bool:
    """A document, or an answer that nobody has spoken: “the automatic reply”."""
    if is_document(head):
        return True
    answer = head.lemma_.lower() in {"reply", "response", "answer"}
    return answer and any(c.lower_ in _UNSPOKEN for c in head.children)


def _is_dropped(article: Token, head: Token) -> bool:
    """Whether the article of a document goes: “a leaked memo”, but “the report”."""
    return article.dep_ == "det" and article.head == head and article.i + 1 < head.i


def _can_speak(lemma: str) -> bool:
    """Whether a noun means people, a body or a document, and not “cases” or “results”."""
    return lemma in words("documents") | words("bodies") or means_people(lemma)


def _noun_gender(lemma: str) -> Gender | None:
    if lemma in words("female_nouns") or lemma.endswith("woman"):
        return "female"
    man = lemma.endswith("man") and lemma not in words("not_agents") | words("not_men")
    return "male" if man or lemma in words("male_nouns") else None
