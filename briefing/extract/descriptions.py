"""What "the court" is in one source, where one reading is left: for names in [brackets].

A source introduces a body in full ("the regional court in Velmar", "Norlund, a logistics company")
and then calls it by its kind. The kind is resolved only if all that came before with this kind in
its name or description can be the same thing; a second court, or "a court", leaves it open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from briefing.extract.frames import Frame
from briefing.extract.names import with_field
from briefing.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_KINDS_OF_LEADER: Final = frozenset({"president", "premier", "chancellor", "king", "minister"})
_PLURAL_KINDS: Final = frozenset({"country", "nation", "state", "neighbor", "neighbour", "ally"})
_KINDS: Final = frozenset(
    "court company firm maker carmaker bank agency club institute university hospital ship plane "
    "treaty leader ministry council board union commission regulator authority operator".split()
)
"""Kinds of which a report mostly means one throughout. A region, a team, an official is another
one in the next paragraph."""
_MODIFIERS: Final = frozenset({"compound", "amod", "nmod", "poss"})
_PASSING: Final = frozenset(
    "same other new old first second third last next own former latter whole entire local late "
    "latest recent current only very many several such".split()
)
_BINDING: Final = frozenset({"of", "in", "for", "at"})
_MOST_WORDS: Final = 8


@dataclass(frozen=True)
class Described:
    """One full mention: ``tells`` say which one, and ``named`` if a name is among them."""

    kind: str
    tells: frozenset[str]
    span: Span
    named: bool
    start: int


class Descriptions:
    """The things of one source by their kind, in reading order."""

    def __init__(self, text: str, frames: Sequence[Frame]) -> None:
        self._text = text
        self._by_kind: dict[str, list[Described]] = defaultdict(list)
        self._pairs: list[tuple[frozenset[str], Span]] = []
        for here in frames:
            for found in _described(here):
                self._by_kind[found.kind].append(found)
            self._pairs += _pairs(here)

    def resolve(self, here: Frame, token: Token) -> tuple[str, Span] | None:
        """Name and place for the description headed by ``token``; None where it stays open."""
        kind, at = token.lemma_.lower(), here.offset(token)
        if _plural(token):
            return self._two(token, at) if kind in _PLURAL_KINDS else None
        if kind not in _KINDS:
            return None
        wanted = _tells(token)
        before = [d for d in self._by_kind[kind] if d.start < at]
        if kind == "leader" and wanted:
            before += [d for k in _KINDS_OF_LEADER for d in self._by_kind[k] if d.start < at]
        fitting = [d for d in before if wanted <= d.tells]
        telling = [d for d in fitting if d.named]
        fullest = max(telling, key=lambda d: (len(d.tells), -d.start), default=None)
        if fullest is None or not (fullest.tells - wanted):
            return None
        if any(not _may_be(d, fullest) for d in fitting):
            return None
        return self._text[fullest.span.start : fullest.span.end], fullest.span

    def _two(self, token: Token, at: int) -> tuple[str, Span] | None:
        """“The two countries”, if the source has joined no other two so far."""
        if not any(c.lower_ in {"two", "both"} for c in token.lefts) or _tells(token) - {"two"}:
            return None
        before = [pair for pair in self._pairs if pair[1].end <= at]
        if not before or len({names for names, _ in before}) != 1:
            return None
        names, span = before[0]
        return " and ".join(sorted(names)), span


def _described(here: Frame) -> Iterator[Described]:
    for token in here.doc:
        if here.quoted[token.i] is not None:
            continue
        if token.pos_ == "NOUN" and not _plural(token):
            yield from _of_noun(here, token)
        elif token.pos_ == "PROPN" and token.ent_type_ not in {"PERSON", "DATE", "TIME"}:
            yield from _of_name(here, token)


def _of_noun(here: Frame, token: Token) -> Iterator[Described]:
    kind = token.lemma_.lower()
    name = _name_beside(token)
    if name is not None:
        first, last = _stretch(name)
        tells = _tells(token) | {t.lower_ for t in here.doc[first : last + 1]}
        yield Described(kind, tells, here.span(first, last), True, here.offset(token))
        return
    tells = _tells(token)
    definite = any(c.lower_ in {"the", "this", "that", "its", "their"} for c in token.lefts)
    if not tells and definite:
        return
    first, last = _whole(token)
    named = any(t.pos_ == "PROPN" for t in here.doc[first : last + 1])
    named = named and last - first < _MOST_WORDS
    yield Described(kind, tells, here.span(first, last), named, here.offset(token))


def _of_name(here: Frame, token: Token) -> Iterator[Described]:
    """“Velmar Regional Court”: a name whose last word is its kind."""
    if token.dep_ == "compound" or not any(c.dep_ == "compound" for c in token.lefts):
        return
    first, last = _stretch(token)
    tells = frozenset(t.lower_ for t in here.doc[first:last])
    span = here.span(first, with_field(here.doc, last))
    yield Described(token.lower_, tells, span, True, here.offset(token))


def _name_beside(noun: Token) -> Token | None:
    """The name in “Norlund, a logistics company”, “the company, Norlund” and “carmaker Adler”."""
    for other in (*noun.children, noun.head):
        apposed = other.dep_ == "appos" or (other.i == noun.head.i and noun.dep_ == "appos")
        if apposed and other.pos_ == "PROPN":
            return other
    if (
        noun.dep_ == "compound"
        and noun.head.pos_ == "PROPN"
        and noun.i + 1 == noun.head.left_edge.i
    ):
        return noun.head
    head = noun.head
    if noun.dep_ in {"compound", "nmod"} and head.pos_ == "PROPN" and noun.i < head.i:
        return head
    return None


def _stretch(name: Token) -> tuple[int, int]:
    """First and last token of a name: proper nouns side by side that end with its head."""
    first = name.i
    while (
        first > 0 and name.doc[first - 1].pos_ == "PROPN" and name.doc[first - 1].dep_ == "compound"
    ):
        first -= 1
    return first, name.i


def _whole(noun: Token) -> tuple[int, int]:
    """First and last token of a description, without its article, with “of …” and “in …”."""
    modifiers = (c.left_edge.i for c in noun.lefts if c.dep_ in _MODIFIERS)
    first = min(modifiers, default=noun.i)
    while noun.doc[first].pos_ == "DET":
        first += 1
    last = noun.i
    for child in noun.rights:
        if child.dep_ == "prep" and child.i == last + 1 and child.lower_ in _BINDING:
            last = child.right_edge.i
            break
    return first, last


def _plural(noun: Token) -> bool:
    return noun.tag_ in {"NNS", "NNPS"}


def _tells(noun: Token) -> frozenset[str]:
    """The words of a description that say which one it is."""
    found: set[str] = set()
    for child in noun.children:
        if child.dep_ in _MODIFIERS and child.lower_ not in _PASSING and child.i < noun.i:
            found |= {t.lower_ for t in child.subtree if t.is_alpha and not t.is_stop}
        elif child.dep_ == "prep" and child.lower_ in _BINDING:
            found |= {t.lower_ for t in child.subtree if t.pos_ in {"PROPN", "NOUN"}}
    return frozenset(found)


def _may_be(one: Described, fullest: Described) -> bool:
    """Whether ``one`` can be the thing of the fullest mention: it says nothing else of it."""
    return one.tells <= fullest.tells or (one.named and one.tells & fullest.tells == one.tells)


def _pairs(here: Frame) -> Iterator[tuple[frozenset[str], Span]]:
    for head in here.doc:
        others = [c for c in head.children if c.dep_ == "conj"]
        if head.ent_type_ != "GPE" or len(others) != 1 or others[0].ent_type_ != "GPE":
            continue
        if head.dep_ == "conj" or any(c.dep_ == "conj" for c in others[0].children):
            continue
        names = frozenset({head.text, others[0].text})
        if head.dep_ != "compound" and len(names) == 2:
            yield names, here.span(head.i, others[0].i)
