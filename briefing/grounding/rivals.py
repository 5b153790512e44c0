"""A statement with other names in the places of its own: what the passages may say (English).

“Gray thanked Bell” has as rivals “Bell thanked Gray” and, if the passages have a Cole, “Cole
thanked Bell”. Which of these minimal pairs a language model finds likeliest after the passages says
who did it, where the question whether a claim is right does not (docs/grounding.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import Final

from briefing.extract.cues import is_saying
from briefing.grounding.name_spans import Name, compatible, name_words, names_in
from briefing.grounding.parties import human
from briefing.grounding.reading import Reading

MOST: Final = 6
"""Rivals of one statement: each costs the model as many tokens as the statement has."""


@dataclass(frozen=True)
class Rival:
    """The statement with ``instead`` in the place of ``words``, both as written."""

    text: str
    words: str
    instead: str


@dataclass(frozen=True)
class _Named:
    """A name, where it stands in its text (character offsets), and what it is.

    ``sort`` is None where the parser is not of one mind; ``speaks``: it is who says something.
    """

    name: Name
    start: int
    end: int
    sort: str | None
    speaks: bool

    def may_be(self, other: _Named) -> bool:
        """Whether both can name the same."""
        return compatible(self.name, other.name)

    def like(self, other: _Named) -> bool:
        """Whether both can be people, or bodies, or places."""
        return self.sort is None or other.sort is None or self.sort == other.sort


def rivals(statement: Reading, evidence: Sequence[Reading]) -> tuple[Rival, ...]:
    """At most :data:`MOST` rivals of ``statement`` by names of its own and of ``evidence``."""
    found = [list(_named(each, evidence)) for each in (statement, *evidence)]
    every = list(chain.from_iterable(found))
    own, *others = [[_sorted(named, every) for named in each] for each in found]
    there = list(chain.from_iterable(others))
    mine = [n for n in own if any(n.may_be(other) for other in there)]
    made: dict[str, Rival] = {}
    alike = _replaced(statement.text, mine, there, alike=True)
    unlike = _replaced(statement.text, mine, there, alike=False)
    for rival in chain(_exchanged(statement.text, mine), alike, unlike):
        if len(made) < MOST and rival.text != statement.text:
            made.setdefault(rival.text, rival)
    return tuple(made.values())


def _named(reading: Reading, evidence: Sequence[Reading]) -> Iterator[_Named]:
    doc = reading.doc
    known = name_words((doc, *(each.doc for each in evidence)))
    for name in names_in(doc, known):
        start = doc[name.first].idx
        if reading.text.startswith(name.text, start):
            head = doc[name.last]
            speaks = head.dep_ == "nsubj" and is_saying(head.head, strong=True)
            sort = "person" if human(name, doc) else name.kind
            yield _Named(name, start, start + len(name.text), sort, speaks)


def _sorted(named: _Named, every: Sequence[_Named]) -> _Named:
    """A person if some form of the name is plainly a person's, else what all its forms are."""
    sorts = {each.sort for each in every if each.may_be(named)}
    if "person" in sorts:
        return replace(named, sort="person")
    known = None if len(sorts) > 1 or "other" in sorts else named.sort
    return replace(named, sort=known)


def _exchanged(text: str, own: Sequence[_Named]) -> Iterator[Rival]:
    """Two names of the statement in each other's place."""
    for one, other in combinations(own, 2):
        if one.like(other) and one.end <= other.start and not one.may_be(other):
            first, second = one.name.text, other.name.text
            between = text[one.end : other.start]
            put = text[: one.start] + second + between + first + text[other.end :]
            yield Rival(put, first, second)


def _replaced(
    text: str, own: Sequence[_Named], there: Sequence[_Named], *, alike: bool
) -> Iterator[Rival]:
    """A name of the passages in the place of one of the statement, each bearer once.

    ``alike``: a person for a person, a body for a body; else one for the other, if both speak.
    """
    for one in own:
        taken = [each for each in own if each is not one]  # nobody thanks himself
        for other in there:
            like = one.like(other)
            fits = like if alike else not like and one.speaks and other.speaks
            if fits and not any(other.may_be(each) for each in (one, *taken)):
                taken.append(other)
                put = other.name.text
                yield Rival(text[: one.start] + put + text[one.end :], one.name.text, put)
