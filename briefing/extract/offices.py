"""Who holds which office in one source: “the governor” is Warren Teague, if nobody else is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from briefing.extract.frames import Frame
from briefing.extract.lexicon import means_people, words
from briefing.extract.names import Name, names_in
from briefing.extract.people import NOBODY, People, Person

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHORT = {
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "gen": "general",
    "adm": "admiral",
    "col": "colonel",
    "capt": "captain",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "insp": "inspector",
    "prof": "professor",
    "dr": "doctor",
    "rev": "reverend",
    "cllr": "councillor",
}


class Offices:
    """The people of one source by what they are called besides their names."""

    def __init__(self, frames: Sequence[Frame], people: People) -> None:
        self._holders: dict[str, dict[str, Person]] = defaultdict(dict)
        self._unnamed: set[str] = set()
        for here in frames:
            for name in names_in(here.doc):
                person = people.find(name.text)
                if person is not None:
                    for office in _offices(here, name):
                        self._holders[office][person.name] = person
            self._unnamed.update(_indefinite(here))

    def holder(self, office: str) -> Person | None:
        """The only one who is called ``office``; None where there are several or others."""
        holders = self._holders.get(office, {})
        return next(iter(holders.values())) if len(holders) == 1 else None

    def names(self, office: str) -> frozenset[str]:
        """The names of all who are called ``office``."""
        return frozenset(self._holders.get(office, {}))

    def contested(self, office: str) -> bool:
        """Whether the source also tells of somebody without a name who is one."""
        return office in self._unnamed


NO_OFFICES: Final = Offices((), NOBODY)
"""Nobody is anything."""


def _offices(here: Frame, name: Name) -> Iterator[str]:
    """What stands before the name or beside it: “Mayor …”, “striker …”, “…, the judge”."""
    doc, head = here.doc, here.doc[name.last]
    for at in range(name.first - 1, max(-1, name.first - 4), -1):
        token = doc[at]
        word = token.lower_.rstrip(".")
        if word in words("titles") or (token.pos_ in {"NOUN", "PROPN"} and means_people(word)):
            yield _SHORT.get(word, word)
        elif token.text not in {".", "-"}:
            break
    beside = [c for c in head.children if c.dep_ == "appos" and c.pos_ in {"NOUN", "PROPN"}]
    if head.dep_ == "appos":
        beside.append(head.head)
    if head.dep_ == "attr":  # “The skipper is Jo Ray.”
        beside += [c for c in head.head.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"]
    for noun in beside:
        if means_people(noun.lemma_.lower()) and not _another(noun):
            yield noun.lemma_.lower()


def _another(noun: Token) -> bool:
    """“a former governor”: not the one who is meant by “the governor”."""
    return any(c.lower_ in {"former", "ex", "late", "deputy"} for c in noun.children)


def _indefinite(here: Frame) -> Iterator[str]:
    for token in here.doc:
        article = any(c.lower_ in {"a", "an", "another", "one"} for c in token.children)
        named = token.dep_ == "appos" or any(c.dep_ == "appos" for c in token.children)
        if article and not named and token.pos_ == "NOUN" and token.dep_ != "attr":
            yield token.lemma_.lower()
