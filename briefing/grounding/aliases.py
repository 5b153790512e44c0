"""Words and tables by which names are compared (English).

The tables are in ``names.toml``. Words are compared without case, accents, dots and possessive
endings.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
_WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\b|[^\W_]+(?:['’][^\W_]+)*")
_SPELLINGS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"([aou])e(?!$)", r"\1"),  # ä, ö, ü; not “Joe”
        (r"(?<=[oe])(?:ff|w|v)$", "v"),  # Cyrillic -ov, -ev
        (r"(?:iy|ii|ij|yy|yi|y|i)$", "i"),
        (r"(?<=[aeo])[yj]", "i"),
        (r"^[yji](?=[aeou])", "i"),
        (r"^tch", "ch"),
        (r"kh", "h"),
        (r"ou|oo", "u"),
        (r"q", "k"),
        (r"dj|zh", "j"),
        (r"is(?=ation|ed?$|ing$)", "iz"),  # British and American
        (r"tre$", "ter"),
        (r"our$", "or"),
        (r"ence$", "ense"),
    )
)
_POSSESSIVE = re.compile(r"['’]s?$")


@cache
def tables() -> dict[str, tuple[str, ...]]:
    """The tables of ``names.toml`` by name: their lines."""
    text = files(__package__).joinpath("names.toml").read_text(encoding="utf-8")
    return {key: tuple(value.strip().splitlines()) for key, value in tomllib.loads(text).items()}


@cache
def word_list(name: str) -> frozenset[str]:
    """A table of ``names.toml`` that is a plain list of words."""
    return frozenset(word for line in tables()[name] for word in line.split())


@cache
def groups(name: str) -> dict[str, frozenset[int]]:
    """Phrase in plain form to the numbers of the lines of a table in which it stands."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(tables()[name]):
        for phrase in line.split(","):
            found.setdefault(" ".join(plain_words(phrase)), set()).add(number)
    return {phrase: frozenset(numbers) for phrase, numbers in found.items()}


@cache
def line(name: str, number: int) -> tuple[str, ...]:
    """The phrases of one line of a table, in plain form."""
    return tuple(" ".join(plain_words(phrase)) for phrase in tables()[name][number].split(","))


def synonyms(name: str, phrase: str) -> Iterator[str]:
    """All phrases that stand in one line with ``phrase`` in a table."""
    for number in groups(name).get(phrase, ()):
        yield from line(name, number)


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A word for comparison: no case, accents, dots or possessive ending."""
    bare = _POSSESSIVE.sub("", word)
    spelt = unicodedata.normalize("NFKD", bare.casefold().translate(_LETTERS))
    return "".join(c for c in spelt if c.isalnum())


def plain_words(text: str) -> list[str]:
    """The words of a text in plain form; hyphens and slashes part words."""
    return [p for w in _WORD.findall(text) if (p := plain(w))]


def without_honours(name: str) -> str:
    """A name less the degrees, honours and memberships behind it: “Jane Doe KC”, “Ann Lee, PhD”.

    They are told from surnames (“Jack Ma”) by their capitals.
    """
    parts = name.split()
    while len(parts) > 1 and plain(parts[-1]) in word_list("post_nominals"):
        bare = parts[-1].strip(".,()")
        capitals = sum(c.isupper() for c in bare)
        if bare.islower() or capitals < 2 or parts[0].isupper():
            break
        parts = parts[:-1]
    return " ".join(parts).rstrip(",")


@lru_cache(maxsize=65536)
def spelt_alike(one: str, other: str) -> bool:
    """Whether two words (plain) are one name as scripts and languages write it.

    “Sergey”, “Sergei”; “Nystroem”, “Nystrom”; “Danilov”, “Daniloff”; “Centre”, “Center”. Any
    other letter makes another name.
    """
    if one == other:
        return True
    lines = groups("spellings")
    known = lines.get(one, frozenset()) & lines.get(other, frozenset())
    return bool(known) or (min(len(one), len(other)) > 3 and _skeleton(one) == _skeleton(other))


def _skeleton(word: str) -> str:
    for pattern, put in _SPELLINGS:
        word = pattern.sub(put, word)
    return word


@cache
def place_words() -> frozenset[str]:
    """Places and peoples of one word."""
    return frozenset(p for p in groups("places") if " " not in p)


def initials(text: str) -> dict[str, frozenset[str]]:
    """Abbreviations that runs of capitals give, with their words.

    They have three letters, or two where a small word stands between (“Bachelor of Arts”).
    """
    found: dict[str, set[str]] = {}
    small = {"of", "the", "and", "for", "in", "on", "to", "&"}
    parts = [p for w in text.split() for p in re.split(r"[-–/](?=[^\W\d_a-z])", w) if p]
    bare = [p.strip("“”‘’'\"()[],.;:!?") for p in parts]
    for at, first in enumerate(bare):
        short, long_ = "", ""
        members: set[str] = set()
        for word in bare[at : at + 8] if first[:1].isupper() else []:
            if word[:1].isupper():
                short, long_ = short + word[0], long_ + word[0]
                members.add(plain(word))
                for built in (short, long_):
                    if len(built) > 2 or len(long_) > len(short) > 1:
                        found.setdefault(built.upper(), set()).update(members)
            elif word in small:
                long_ += word[0]
            else:
                break
    return {short: frozenset(members) for short, members in found.items()}


def nicknames(first: str, second: str) -> bool:
    """Whether one given name is a short form of the other, or its initial."""
    initial = 1 in {len(first), len(second)} and first[0] == second[0]
    if initial or spelt_alike(first, second):
        return True
    lines = groups("given")
    return bool(lines.get(first, frozenset()) & lines.get(second, frozenset()))
