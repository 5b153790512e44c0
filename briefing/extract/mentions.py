"""From the head of a subject to the words by which a source calls a speaker.

A name becomes the fullest form of that person in the source, a document its fuller title, a
description stays as it stands. Pronouns are left to :mod:`briefing.extract.speakers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.extract.cues import is_document
from briefing.extract.frames import Frame
from briefing.extract.lexicon import means_people, words
from briefing.extract.names import Gender, name_at
from briefing.extract.people import People, Person
from briefing.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

What = Literal["person", "name", "document", "description", "pronoun", "none"]

_INNER_PREPOSITIONS = {"of", "for", "at", "from", "in", "with", "to"}
_EMPTY = frozenset(
    "this that these those there what which some many most others another both all nobody none "
    "everyone everybody someone anyone each few several one two three more i we you me us myself "
    "somebody anybody anyone who whom nothing something everything".split()
)
_NARROWING = frozenset({"close", "familiar", "involved", "briefed", "near"})
_MOST_NARROWING = 7
"""Tokens of “close to …” that still belong to a description."""
_UNSPOKEN = frozenset({"automatic", "automated", "written", "emailed"})
_OWNERS = frozenset({"his", "her", "my", "our"})
LONGEST = 14
"""Tokens of the longest description that is printed as a speaker."""


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
    if head.pos_ == "PRON" and head.lower_ not in _EMPTY:
        return _pronoun(frame, head)
    described = _described(frame, head, text)
    if described.what == "description" and not described.plural:
        behind = _behind(head)
        after = _named(frame, behind, people, text) if behind is not None else None
        if after is not None and described.animate:
            return after
    if described.what == "none" and head.lower_ == "one":
        behind = _behind(head)
        after = _named(frame, behind, people, text) if behind is not None else None
        return after or described
    return described


def _behind(head: Token) -> Token | None:
    """“one of them, Jane Smith”: the name after the comma."""
    at = _phrase_end(head) + 1
    doc = head.doc
    if at + 1 >= len(doc) or doc[at].text != ",":
        return None
    name = name_at(doc[at + 1])
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
    linked = [c for c in head.children if c.dep_ == "cc" and c.lower_ in {"and", "or"}]
    if not others or not linked:
        return None
    first, last = _phrase_start(head), _phrase_end(others[-1])
    if any(c.lower_ == "or" for c in linked) or _unfit(frame, first, last):
        return Mention("none", frame.span(head.i, head.i))
    span = frame.span(first, last)
    return Mention("description", span, text[span.start : span.end], plural=True)


def _pronoun(frame: Frame, head: Token) -> Mention:
    gender: dict[str, Gender] = {"he": "male", "him": "male", "she": "female", "her": "female"}
    plural = head.lower_ in {"they", "them"}
    span = frame.span(head.i, head.i)
    return Mention(
        "pronoun", span, gender=gender.get(head.lower_), plural=plural, lemma=head.lower_
    )


def _described(frame: Frame, head: Token, text: str) -> Mention:
    first, last = _phrase_start(head), _phrase_end(head)
    last = _with_second(head, last)
    owned = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in head.children)
    one_of = head.lower_ == "one" and last > head.i and head.doc[last].pos_ == "NOUN"
    noun = head.pos_ in {"NOUN", "PROPN"} or one_of
    foreign = owned and not is_document(head)
    owned = owned and not foreign and frame.doc[first].dep_ == "poss"
    theirs = frame.doc[first].lower_ in _OWNERS and means_people(head.lemma_.lower())
    noun = noun or _aged(head)
    if (
        not noun
        or (foreign and not theirs)
        or (head.lower_ in _EMPTY and not one_of)
        or _unfit(frame, first, last)
    ):
        return Mention("none", frame.span(head.i, head.i))
    lemma = head.lemma_.lower()
    if is_document(head):
        first += owned
        first += _is_dropped(frame.doc[first], head)
        lengths = [i for i in range(first, head.i) if frame.doc[i].lower_ in words("lengths")]
        first = max(lengths, default=first - 1) + 1  # “the lengthy joint statement”
    elif not (one_of or _aged(head) or _can_speak(lemma) or _is_written(head)):
        return Mention("none", frame.span(head.i, head.i))
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
        bare=last == head.i and _phrase_start(head) >= head.i - 1,
    )


def _aged(head: Token) -> bool:
    """“the 29-year-old from Milbury”."""
    return head.lower_ == "old" and any(c.lemma_ == "year" for c in head.children)


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


def _unfit(frame: Frame, first: int, last: int) -> bool:
    inside = range(first, last + 1)
    return last - first >= LONGEST or any(
        frame.quoted[i] is not None or frame.doc[i].tag_ == "VBD" for i in inside
    )


def _narrowed(head: Token, adjective: Token) -> int | None:
    """“close to the talks”, “familiar with the plan”: the last token of what tells who it is."""
    if adjective.lower_ not in _NARROWING or not means_people(head.lemma_.lower()):
        return None
    to = next((c for c in adjective.children if c.dep_ == "prep"), None)
    what = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or what is None or to.i != adjective.i + 1:
        return None
    end = _phrase_end(what)
    return end if end - adjective.i <= _MOST_NARROWING else None


def _sent_by(head: Token, participle: Token) -> bool:
    """“Observers sent by the commission”."""
    people = "Plur" in head.morph.get("Number", []) and means_people(head.lemma_.lower())
    passive = participle.dep_ == "acl" and participle.tag_ == "VBN"
    return people and passive and participle.nbor(1).lower_ == "by"


def _with_second(head: Token, last: int) -> int:
    """“the ministers of Norvia and Castell”, whatever the parser joins Castell to."""
    doc = head.doc
    plural = "Plur" in head.morph.get("Number", [])
    if not plural or last == head.i or doc[last].pos_ != "PROPN" or last + 2 >= len(doc):
        return last
    return last + 2 if doc[last + 1].lower_ == "and" and doc[last + 2].pos_ == "PROPN" else last


def _phrase_start(head: Token) -> int:
    first = head.i
    deps = {"det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "quantmod", "predet"}
    for child in head.lefts:
        if child.dep_ in deps:
            first = min(first, child.left_edge.i)
    return first


def _phrase_end(head: Token) -> int:
    """The head with what narrows it down: “a spokesman for the ministry”."""
    last = head.i
    for child in head.rights:
        if child.i != last + 1:
            break
        placed = child.lower_ == "on" and is_document(head)  # “a notice on the shop’s website”
        if child.dep_ == "prep" and (placed or child.lower_ in _INNER_PREPOSITIONS):
            objects = [c for c in child.children if c.dep_ == "pobj"]
            if not objects:
                break
            last = _phrase_end(objects[0])
        elif child.dep_ == "nummod":  # “clause 7”
            last = child.i
        elif (narrowed := _narrowed(head, child)) is not None:  # “a person close to the talks”
            last = narrowed
            break
        elif _sent_by(head, child):
            last = child.right_edge.i  # “observers sent by the commission”
            break
        elif child.dep_ == "cc" and child.text == "&":
            last = max([child.i, *(c.right_edge.i for c in head.rights if c.dep_ == "conj")])
            break
        elif child.dep_ not in {"compound", "nmod"}:
            break
    return last
