"""Who a pronoun or "the two leaders" is, where one reading is left: for names in [brackets].

A sentence that leans on another for a name is shown with the name added in brackets, and the
stretch that gives the name as further evidence. Anything doubtful stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.extract.cues import Cue
from briefing.extract.frames import Frame
from briefing.extract.names import names_in
from briefing.extract.narrative import Narrative
from briefing.extract.people import Person
from briefing.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = {"nsubj", "nsubjpass"}
_PAIR_NOUNS = {"leader", "president", "minister", "premier", "chief", "man", "woman", "official"}


@dataclass(frozen=True)
class Addition:
    """``name`` belongs in brackets behind source offset ``at``; ``given`` is where it stands.

    Without a ``reference`` it is no name but the hour of an entry, ``also`` the line with its day.
    """

    at: int
    reference: str
    name: str
    given: Span
    also: Span | None = None


class Resolver:
    """The people of one source in reading order."""

    def __init__(self, told: Narrative) -> None:
        self._told = told
        self._frames = told.frames
        self._people = told.people
        self._discourse = told.discourse
        self._descriptions = told.discourse.descriptions
        self._pairs = [pair for f in self._frames for pair in self._pairs_in(f)]

    def resolve(self, start: int, end: int) -> Addition | None:
        """The name for the reference whose head stands at ``[start, end)`` of the source."""
        number = self._told.paragraph(start)
        if number is None or not self._told.grammar:
            return None
        here = self._frames[number]
        token = next((t for t in here.doc if here.offset(t) == start), None)
        if token is None or here.quoted[token.i] is not None or token.dep_ not in _SUBJECTS:
            return None
        if token.lower_ in {"he", "she"}:
            return self._person(number, token, end)
        if _means_two(token):
            return self._pair(number, token, end)
        found = self._descriptions.resolve(here, token)
        if found is None:
            return None
        first = here.doc[token.left_edge.i : token.i + 1].text
        return Addition(end, first, *found)

    def _person(self, number: int, token: Token, end: int) -> Addition | None:
        cue = Cue(token.head, token, "says")
        who = self._discourse.speaker(number, cue, beside=False)
        if who is None or who.what != "person" or not self._is_subject(who.span):
            return None
        if who.gender is None and any(self._rivals(number, token, who.speaker)):
            return None
        return Addition(end, token.text, who.speaker, who.span)

    def _is_subject(self, span: Span) -> bool:
        """Whether the name at ``span`` is what its clause is about, not "with Mr. X" beside it."""
        for here in self._frames:
            if here.passage.start <= span.start < here.passage.end:
                inside = [t for t in here.doc if span.start <= here.offset(t) < span.end]
                return any(token.dep_ in _SUBJECTS for token in inside)
        return False

    def _rivals(self, number: int, token: Token, name: str) -> Iterator[Person]:
        """Others named near that a pronoun can mean as well as somebody of unknown gender."""
        gender = "female" if token.lower_ == "she" else "male"
        for other in self._named_near(number, self._frames[number].offset(token)):
            person = self._people.find(other)
            if person is not None and other != name and person.gender in {None, gender}:
                yield person

    def _pair(self, number: int, token: Token, end: int) -> Addition | None:
        """The two people that the source has named together, if it named no other two."""
        at = self._frames[number].offset(token)
        before = [pair for pair in self._pairs if pair[1].end <= at]
        if not before or len({names for names, _ in before}) != 1:
            return None
        names, span = before[-1]
        known = all(self._people.find(name) for name in names)
        if not known or any(name not in names for name in self._named_near(number, at)):
            return None
        first = self._frames[number].doc[token.left_edge.i : token.i + 1].text
        return Addition(end, first, " and ".join(sorted(names)), span)

    def _pairs_in(self, here: Frame) -> Iterator[tuple[frozenset[str], Span]]:
        heads = {name.last: name for name in names_in(here.doc)}
        for place, name in heads.items():
            head = here.doc[place]
            others = [c for c in head.children if c.dep_ == "conj"]
            if len(others) != 1 or any(c.dep_ == "conj" for c in others[0].children):
                continue
            other = heads.get(others[0].i)
            if other is None or not (name.possible and other.possible):
                continue
            found = [self._canonical(name.text), self._canonical(other.text)]
            # Somebody the parser takes for a company still makes another pair.
            pair = frozenset({found[0] or name.text, found[1] or other.text})
            if any(found) and len(pair) == 2:
                yield pair, here.span(name.first, other.last)

    def _named_near(self, number: int, at: int) -> Iterator[str]:
        """People named before ``at`` in this paragraph and in the one before."""
        for here in self._frames[max(0, number - 1) : number + 1]:
            for name in names_in(here.doc):
                canonical = self._canonical(name.text)
                if canonical is not None and here.offset(here.doc[name.first]) < at:
                    yield canonical

    def _canonical(self, form: str) -> str | None:
        person = self._people.find(form)
        return person.name if person is not None else None


def _means_two(token: Token) -> bool:
    lemma = token.lemma_.lower()
    counted = any(c.lower_ in {"two", "both"} for c in token.lefts)
    return lemma in {"pair", "duo"} or (counted and lemma in _PAIR_NOUNS)
