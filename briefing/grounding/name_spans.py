"""Names in a text, found by capitals, and when two of them may mean the same (English).

The parser's tags and entities are a second witness, no more: the small pipeline errs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from briefing.extract.lexicon import means_people
from briefing.extract.lexicon import words as speech_words
from briefing.grounding.aliases import (
    groups,
    nicknames,
    place_words,
    plain,
    plain_words,
    spelt_alike,
    without_honours,
    word_list,
)
from briefing.lexical import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Kind = Literal["person", "place", "organisation", "other"]

_KINDS: dict[str, Kind] = {
    "PERSON": "person",
    **dict.fromkeys(["GPE", "LOC", "FAC", "NORP", "LANGUAGE"], "place"),
    "ORG": "organisation",
    **dict.fromkeys(["PRODUCT", "EVENT", "LAW", "WORK_OF_ART"], "other"),
}
_INSTITUTIONAL = {
    "general",
    "justice",
    "state",
    "treasury",
    "field",
    "prime",
    "premier",
    "attorney",
}
_INSTITUTIONAL |= {"private", "economist", "sheriff", "father", "chief", "marshal", "commander"}
_OPENING = {'"', "“", "‘", "'", "`", ":", ".", "?", "!", "-", "–", "—", "•", "*", "(", "[", "..."}


@dataclass(frozen=True)
class Name:
    """One occurrence of a name: token range ``[first, last]`` without titles, with honours behind.

    ``words`` are its words in plain form. ``sure`` is false where the capital may be due to the
    position in the sentence or to style.
    """

    first: int
    last: int
    text: str
    words: tuple[str, ...]
    kind: Kind
    sure: bool

    @property
    def surname(self) -> str:
        """The last word."""
        return self.words[-1]


@lru_cache(maxsize=64)
def name_words(docs: tuple[Doc, ...]) -> frozenset[str]:
    """Words that some texts use in names and never without a capital."""
    lower = {plain(t.text) for doc in docs for t in doc if t.text[:1].islower()}
    return frozenset(w for doc in docs for n in names_in(doc) for w in n.words) - lower


@lru_cache(maxsize=1024)
def names_in(doc: Doc, known: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """All names of a parsed text, in order; nationalities and languages too.

    ``known`` words are parts of names wherever they have a capital, whatever the parser takes
    them for at the beginning of a sentence.
    """
    found: list[Name] = []
    run: list[Token] = []
    for token in [*doc, None]:
        if token is not None and (_capital(token, known) or (run and _inner(token))):
            run.append(token)
            continue
        found.extend(_split(run))
        run = []
    return tuple(_agreed(found))


def _agreed(found: list[Name]) -> Iterator[Name]:
    """A single name is of the kind of the fuller name that it shortens, or of most occurrences."""
    for name in found:
        alike = [n for n in found if n.words[-1] == name.words[-1] or n.words == name.words]
        fuller = [n.kind for n in alike if len(n.words) > len(name.words)]
        kinds = fuller or [n.kind for n in alike if n.words == name.words]
        settled = name.words[-1] in place_words() or name.words[-1] in word_list("heads")
        kind = max(kinds, key=lambda k: (kinds.count(k), k == "person"))
        yield name if settled else replace(name, kind=kind)


def kind_in(doc: Doc, name: Name) -> Kind:
    """Of what kind a name is by a text that has it too; else by its own."""
    alike = [n.kind for n in names_in(doc) if n.surname == name.surname]
    return max(alike, key=alike.count) if alike else name.kind


def _capital(token: Token, known: frozenset[str] = frozenset()) -> bool:
    text = token.text
    if not any(c.isupper() for c in text) or not text[0].isalnum():
        return False
    if plain(text) in word_list("not_names") or (len(text) == 2 and text[1] == "."):
        return False
    return not _initial(token) or plain(text) in known or _named_anyway(token)


def _initial(token: Token) -> bool:
    """Whether the capital is due to the position."""
    if token.i == 0 or token.is_sent_start:
        return True
    before = token.nbor(-1)
    return before.text in _OPENING or before.is_space


def _named_anyway(token: Token) -> bool:
    if plain(token.text) in STOP_WORDS or _calling(token):
        return False
    return token.pos_ == "PROPN" or token.ent_type_ in _KINDS or plain(token.text) in place_words()


def _calling(token: Token) -> bool:
    """“Prosecutor Jonas Reid”: what somebody is, before the name."""
    follows = token.nbor(1).text if token.i + 1 < len(token.doc) else ""
    lower = plain(token.text)
    given = lower in speech_words("female_names") | speech_words("male_names")
    person = lower in speech_words("people_nouns") or token.pos_ == "NOUN"
    return follows[:1].isupper() and not given and person and means_people(lower)


def _inner(token: Token) -> bool:
    """A small word or mark between two parts of a name."""
    if token.i + 1 >= len(token.doc):
        return False
    follows = token.nbor(1)
    if token.text in {"-", "‑", "&", "/"} and follows.text[:1].isalnum():
        return token.text == "&" or not token.whitespace_
    if token.text.isdigit() and token.ent_type_ in _KINDS and len(token.text) < 4:
        return True
    later = token.i + 2 < len(token.doc) and token.text in speech_words("particles")
    doubled = later and follows.text in speech_words("particles") and _capital(token.nbor(2))
    return token.text in speech_words("particles") and (_capital(follows) or doubled)


def _split(run: list[Token]) -> Iterator[Name]:
    """Names in a run of capitals: titles and nationalities at its front stand apart."""
    part: list[Token] = []
    for token in run[_described(run) :]:
        if plain(token.text) in speech_words("titles") and not _in_institution(token):
            yield from _name(part)
            part = []
        elif not part and plain(token.text) in place_words() and not _phrase_goes_on(token):
            yield from _name([token])
        else:
            part.append(token)
    yield from _name(part)


def _described(run: list[Token]) -> int:
    """“Curator Anil Mehta”: how many words in front say what somebody is; two are left at least."""
    if len(run) < 3 or any(plain(t.text) in word_list("heads") for t in run):
        return 0
    first = plain(run[0].text)
    given = first in speech_words("female_names") | speech_words("male_names")
    return int(not given and means_people(first))


def _in_institution(token: Token) -> bool:
    """“General Motors”, “Justice Department”: a title that is part of another kind of name."""
    if plain(token.text) not in _INSTITUTIONAL:
        return False
    return token.ent_type_ == "ORG" and token.ent_iob_ == "B" and token.i + 1 < len(token.doc)


def _phrase_goes_on(token: Token) -> bool:
    follows = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return follows is not None and plain(f"{token.text}{follows.text}") in {
        p.replace(" ", "") for p in groups("places") if " " in p
    }


def _name(part: list[Token]) -> Iterator[Name]:
    while part and not any(c.isupper() for c in part[-1].text) and not part[-1].text.isdigit():
        part = part[:-1]
    if not part:
        return
    last = part[-1].i
    part = part[: len(without_honours(" ".join(t.text for t in part)).split())]
    doc = part[0].doc
    text = doc[part[0].i : part[-1].i + 1].text
    kept = [w for w in plain_words(text) if len(w) > 1 or len(part) == 1]
    kept = [w for w in kept if w not in speech_words("initial_suffixes")] or kept
    if not kept:
        return
    sure = any(t.ent_type_ in _KINDS or t.pos_ == "PROPN" for t in part)
    if len(part) == 1 and _initial(part[0]):
        sure = part[0].ent_type_ in _KINDS or part[0].pos_ == "PROPN"
    yield Name(
        first=part[0].i,
        last=last,
        text=text,
        words=tuple(kept),
        kind=_kind(part, kept),
        sure=sure and not _title_case(doc),
    )


def _kind(part: list[Token], kept: list[str]) -> Kind:
    phrase = " ".join(kept)
    if phrase in groups("places"):
        return "place"
    if phrase in groups("bodies") or any(w in word_list("heads") for w in kept):
        return "organisation"
    if kept[0] in speech_words("female_names") | speech_words("male_names"):
        return "person"
    kinds = [_KINDS[t.ent_type_] for t in part if t.ent_type_ in _KINDS]
    return max(set(kinds), key=lambda kind: (kinds.count(kind), kind)) if kinds else "other"


@lru_cache(maxsize=512)
def _title_case(doc: Doc) -> bool:
    """A headline in capitals: they mark no names."""
    alpha = [t for t in doc if t.is_alpha and len(t) > 3]
    if any(t.text[0].islower() and t.pos_ in {"VERB", "AUX"} for t in doc):
        return False
    return len(alpha) > 3 and sum(t.text[0].isupper() for t in alpha) > 0.8 * len(alpha)


def compatible(one: Name, other: Name) -> bool:
    """Whether two names may mean the same: they share a telling word, or are known aliases."""
    if one.kind == other.kind == "person" and len(one.words) > 1 < len(other.words):
        if set(one.words) <= set(other.words) or set(other.words) <= set(one.words):
            return True
        fits = nicknames(one.words[0], other.words[0]) or one.words[0] in other.words
        return fits and (_among(one.surname, other) or _among(other.surname, one))
    telling = {w for w in one.words if w not in word_list("heads")} or set(one.words)
    if (
        any(_among(w, other) for w in telling)
        or _abbreviates(one, other)
        or _abbreviates(other, one)
    ):
        return True
    if any(nicknames(a, b) for a in one.words[:1] for b in other.words[:1]):
        return True
    mine, yours = " ".join(one.words), " ".join(other.words)
    return any(
        groups(table).get(mine, frozenset()) & groups(table).get(yours, frozenset())
        for table in ("places", "seats", "bodies")
    )


def _among(word: str, name: Name) -> bool:
    return any(spelt_alike(word, other) for other in name.words)


def _abbreviates(short: Name, full: Name) -> bool:
    letters = "".join(w[0] for w in full.words)
    return len(short.words) == 1 and len(full.words) > 1 and short.words[0] == letters
