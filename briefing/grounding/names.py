"""Names of a claim that the passages do not have, or have otherwise (English).

A name is found by its words: exact, as part of a fuller name, as a people's name or abbreviation,
or by a known alias. What scripts and languages spell otherwise, or may be a metonym, is doubtful,
never certain; any other letter makes another name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, Literal

from briefing.extract.lexicon import words as speech_words
from briefing.grounding.aliases import (
    groups,
    initials,
    nicknames,
    plain,
    plain_words,
    spelt_alike,
    synonyms,
    word_list,
)
from briefing.grounding.amounts import amounts
from briefing.grounding.moments import owned
from briefing.grounding.name_spans import Name, name_words, names_in
from briefing.grounding.parties import human
from briefing.grounding.reading import Reading
from briefing.grounding.verdicts import Objection
from briefing.lexical import STOP_WORDS

Found = Literal["found", "likely", "missing"]

PRONOUNS: Final = {
    "he": "male", "him": "male", "his": "male", "she": "female", "her": "female", "hers": "female",
}  # fmt: skip
"""The sex of those that a pronoun stands for."""

_TITLES = speech_words("titles")
_ENDINGS = (
    "s",
    "es",
    "n",
    "an",
    "ian",
    "ic",
    "ish",
    "ese",
    "ist",
    "ists",
    "ism",
    "sm",
    "er",
    "ers",
    "y",
)


class Names:
    """What the passages together call things by."""

    def __init__(self, grounds: Sequence[Reading]) -> None:
        """``grounds``: all passages cited."""
        self.names = [name for ground in grounds for name in names_in(ground.doc)]
        in_order = [w for ground in grounds for w in [*plain_words(ground.text), "|"]]
        self._words = set(in_order)
        self._phrases = f" {' '.join(in_order)} "
        runs = zip(in_order, in_order[1:], [*in_order[2:], "|"], strict=False)
        self._compact = {w for a, b, c in runs for w in (f"{a}{b}", f"{a}{b}{c}")}
        self._letters = "".join("|" if w in STOP_WORDS else w[0] for w in in_order)
        self._named = {w for name in self.names for w in name.words}
        self.titled = {
            n.words[0]
            for ground in grounds
            for n in names_in(ground.doc)
            if len(n.words) == 1 and n.first and plain(ground.doc[n.first - 1].text) in _TITLES
        }
        self._built = {i for ground in grounds for i in initials(ground.text) if len(i) > 2}
        self._capitals = {
            t.text.replace(".", "")
            for ground in grounds
            for t in ground.doc
            if t.text.isupper() and len(t) > 2
        }

    def has(self, phrase: str) -> bool:
        """Whether the words of ``phrase`` (plain) stand next to each other in one passage."""
        joined = phrase.replace(" ", "")
        written_together = joined != phrase and len(joined) > 5 and joined in self._words
        return f" {phrase} " in self._phrases or written_together

    def spelt_out(self, claim: Reading) -> frozenset[str]:
        """Words of the claim's full names that the passages have abbreviated."""
        runs = initials(claim.text).items()
        return frozenset(w for short, members in runs if short in self._capitals for w in members)

    def alias(self, phrase: str, *tables_: str) -> bool:
        """Whether the passages have a phrase that stands in one line with ``phrase``."""
        return any(self.has(other) for table in tables_ for other in synonyms(table, phrase))

    def look_up(self, word: str, *, short: bool = False) -> Found:
        """Whether a single word of a name is there, in any case; ``short``: an abbreviation."""
        if word in self._words or self.alias(word, "places", "bodies", "given"):
            return "found"
        if word.upper() in self._built or (len(word) > 5 and word in self._compact):
            return "found"
        if any(_derived(word, other) for other in self._words):
            return "found"
        if short and len(word) > 2 and word.removesuffix("s") in self._letters:
            return "likely"
        known = groups("places")
        near = (o for o in self._named if word not in known and o not in known)
        if any(spelt_alike(word, other) for other in near) or self.alias(word, "seats"):
            return "likely"
        return "missing"

    def bearers(self, name: Name) -> list[Name]:
        """Full names of people in the passages with the surname of ``name``."""
        return [n for n in self.names if len(n.words) > 1 and n.surname == name.surname]

    def stands_alone(self, given: str) -> bool:
        """Whether a given name occurs without a surname, or shared with another given name."""
        return any(n.words == (given,) for n in self.names)


def objections(
    claim: Reading, grounds: Sequence[Reading], context: Sequence[Reading] = ()
) -> Iterator[Objection]:
    """What the names of ``claim`` lack in ``grounds``; ``context`` introduces people in full."""
    known = _known(tuple(grounds))
    wider = _known((*grounds, *context)) if context else None
    spelt_out = known.spelt_out(claim)
    told: set[str] = set()
    measured = [*owned(claim), *((a.start, a.end) for a in amounts(claim))]
    for name in names_in(claim.doc, name_words(tuple(ground.doc for ground in grounds))):
        at = claim.doc[name.first].idx
        if any(start < at < end for start, end in measured):
            continue  # “10 degrees Celsius”, “on Christmas Day”
        objection = _objection(name, known, spelt_out)
        if objection is not None and objection.certain and wider is not None:
            objection = _introduced(name, objection, known, wider, grounds)
        if objection is not None and name.text not in told:
            told.add(name.text)
            yield objection


@lru_cache(maxsize=64)
def _known(grounds: tuple[Reading, ...]) -> Names:
    return Names(grounds)


def _introduced(
    name: Name, objection: Objection, known: Names, wider: Names, grounds: Sequence[Reading]
) -> Objection | None:
    """Less of an objection to a name that the document has in full, and the passages in part."""
    phrase = " ".join(name.words)
    telling = [w for w in name.words if w not in word_list("heads")]
    in_part = any(known.look_up(w) == "found" for w in telling)
    doubt = objection.model_copy(update={"certain": False})
    if wider.has(phrase):
        other = any(n.words[:-1] and n.words != name.words for n in known.bearers(name))
        if in_part and not other:
            return None
        person = any(n.kind == "person" for n in wider.bearers(name))
        sexes = _sexes(name) if person else frozenset[str]()
        return doubt if any(_open_pronoun(g, wider, sexes) for g in grounds) else objection
    whole = all(wider.look_up(w) == "found" for w in telling)
    return doubt if in_part and whole and name.kind in {"person", "other"} else objection


def _sexes(name: Name) -> frozenset[str]:
    """What a person of this name may be: “female”, “male” or both."""
    lists = (("female", "female_names"), ("male", "male_names"))
    found = frozenset(sex for sex, names in lists if name.words[0] in speech_words(names))
    return found or frozenset({"female", "male"})


def _open_pronoun(ground: Reading, wider: Names, sexes: frozenset[str]) -> bool:
    """Whether a passage has a “he” or “she” who is not named before it."""
    for token in ground.doc:
        sex = PRONOUNS.get(token.lower_)
        if sex not in sexes:
            continue
        before = [n for n in names_in(ground.doc) if n.first < token.i and human(n, ground.doc)]
        fuller = [b for n in before for b in wider.bearers(n)]  # those who have a full name
        if not any(sex in _sexes(n) for n in fuller):
            return True
    return False


def _objection(name: Name, known: Names, spelt_out: frozenset[str]) -> Objection | None:
    phrase = " ".join(name.words)
    whole = known.has(phrase) or known.alias(phrase, "places", "bodies")
    if whole or set(name.words) <= spelt_out:
        return None
    if phrase in groups("places") and len(name.words) > 1:
        return _place(name, known)
    short = len(name.text) < 6 and sum(c.isupper() for c in name.text) > 1
    passed = spelt_out | (STOP_WORDS - groups("places").keys())  # “us” is a country
    results = {w: known.look_up(w, short=short) for w in name.words if w not in passed}
    missing = [w for w, found in results.items() if found == "missing"]
    if missing:
        return _missing(name, missing, known)
    if "likely" in results.values():
        return _say(name, "is spelt otherwise, or only meant, in the passages", certain=False)
    return _other_bearer(name, known)


def _place(name: Name, known: Names) -> Objection:
    """“South Korea”: its words do not make it, “south” and “Korea” may stand anywhere."""
    phrase = " ".join(name.words)
    lines = groups("places")
    others = (p for p in lines if " " in p and p.split()[-1] == name.surname and known.has(p))
    other = any(not lines[p] & lines[phrase] for p in others)
    part = not other and known.look_up(name.surname) != "missing"
    seat = known.alias(phrase, "seats")
    return _say(name, "is not named in the passages", certain=name.sure and not (part or seat))


def _missing(name: Name, missing: Sequence[str], known: Names) -> Objection:
    if known.alias(" ".join(name.words), "seats"):
        return _say(name, "is only meant in the passages", certain=False)
    if name.kind == "person" and len(name.words) > 1 and name.surname not in missing:
        others = _other_bearer(name, known)
        return others or _say(name, "has no such first name in the passages", certain=False)
    if name.words[0] in known.titled and name.words[0] not in missing:  # “Mr. Xi”, Xi Jinping
        return _say(name, "has not so full a name in the passages", certain=False)
    telling = [w for w in missing if w not in word_list("heads")]
    certain = name.sure and bool(telling) and any(len(w) > 1 for w in telling)
    return _say(name, "is not in the passages", certain=certain)


def _other_bearer(name: Name, known: Names) -> Objection | None:
    """The surname is there, with another first name."""
    if len(name.words) < 2 or name.kind not in {"person", "other"}:
        return None
    bearers = [n for n in known.bearers(name) if n.kind in {"person", "other"}]
    given = name.words[0]
    fits = any(nicknames(given, word) for n in bearers for word in n.words[:-1])
    if not bearers or fits:
        return None
    certain = name.kind == "person" and not known.stands_alone(given)
    return _say(name, f"is called {bearers[0].text} in the passages", certain=certain)


def _say(name: Name, what: str, *, certain: bool) -> Objection:
    return Objection(kind="name", words=name.text, reason=f"“{name.text}” {what}.", certain=certain)


def _derived(word: str, other: str) -> bool:
    """“Catalan”, “Catalans”; “Democrats”, “Democratic”: one word with another ending."""
    if word in {other, f"{other}s"} or other in {f"{word}s", f"{word}n", f"{word}ns"}:
        return True
    if min(len(word), len(other)) < 4 or word[:4] != other[:4]:
        return False
    known = groups("places")
    if word in known and other in known:
        return False
    for long_, short in ((word, other), (other, word)):
        stem = short.rstrip("aeoy")
        if len(stem) > 3 and long_.startswith(stem) and long_[len(stem) :] in _ENDINGS:
            return True
    return False
