"""Numbers in a text, in figures and in English words, with what they may be worth.

Only what is written: units, comparisons and what is counted are read in
:mod:`briefing.grounding.amounts`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

Form = Literal["cardinal", "ordinal", "fraction", "vague", "multiple", "name"]


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The table ``name`` of ``quantity_words.toml``."""
    raw = files("briefing.grounding").joinpath("quantity_words.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(raw)[name]
    return table


@dataclass(frozen=True)
class Number:
    """A number at ``[start, end)``.

    ``value`` is what it is worth, ``step`` the place of its last figure (1.5 million: 100,000).
    ``others`` are further readings: the 3 of "3 to 5 million", the 5 of "a 5m wall". ``pair`` is
    set for both numbers of "3-1", ``spelled`` where words begin it.
    """

    start: int
    end: int
    value: float
    step: float = 1.0
    form: Form = "cardinal"
    others: tuple[float, ...] = ()
    pair: tuple[float, float] | None = None
    spelled: bool = False

    @property
    def values(self) -> tuple[float, ...]:
        """All readings, the likeliest first."""
        return (self.value, *self.others)


_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\d)\.\d+"
_TOKEN = re.compile(
    rf"(?P<mixed>(?P<whole>\d+)[ -](?P<over>\d)/(?P<under>\d{{1,2}})\b)"
    rf"|(?P<slash>\b(?P<n>\d)/(?P<d>\d{{1,2}})\b(?!/))"
    rf"|(?P<vulgar>(?:\d+)?[½⅓⅔¼¾⅛])"
    rf"|(?P<figure>{_FIGURE})(?P<suffix>[A-Za-z]*)"
    r"|(?P<word>[^\W\d_]+)"
)
_VULGAR = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75, "⅛": 0.125}
_ORDINAL_SUFFIXES = {"st", "nd", "rd", "th"}
_JOIN = re.compile(r"[ \t\n-]{1,2}| - |\s*,?\s+and\s+(?:a\s+)?")
_DASH = re.compile(r"\s?[-–—]\s?")
_TO = re.compile(r"\s?(?:[-–—]|to|and|or)\s?[^\w\s]{0,2}")
_LETTERS = re.compile(r"[^\W\d_½⅓⅔¼¾⅛²³]+$|\b(?!Mid|Pre|Post|Under|Over|Sub)[A-Z][^\W\d_]*-$")
_SIGN = re.compile(r"(?:^|[\s(])(?:minus\s|[-−])$", re.IGNORECASE)
_FRACTIONS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
_HALVED = {"of", "the", "its", "their", "his", "her"}


@dataclass(frozen=True)
class _Piece:
    """A token: a figure with its value, or a lower-case word."""

    start: int
    end: int
    word: str = ""
    value: float | None = None
    step: float = 1.0
    form: Form = "cardinal"
    others: tuple[float, ...] = ()
    closed: bool = False


@lru_cache(maxsize=1024)
def numbers(text: str) -> tuple[Number, ...]:
    """All numbers of ``text``, in order; they do not overlap."""
    tokens = (_piece(match, text) for match in _TOKEN.finditer(text))
    pieces = [piece for piece in tokens if piece.word != "and"]
    found: list[Number] = []
    at = 0
    while at < len(pieces):
        number, after = _number(pieces, at, text)
        if number:
            start = max(number.start, found[-1].end if found else 0)
            found.append(replace(number, start=start))
        at = max(after, at + 1)
    return tuple(_paired(found, text))


def _piece(match: re.Match[str], text: str) -> _Piece:
    start, end = match.span()
    if match["word"]:
        return _Piece(start, end, word=match["word"].lower())
    if match["mixed"]:
        value = int(match["whole"]) + _ratio(match["over"], match["under"])
        return _Piece(start, end, value=value, step=0.01)
    if match["slash"]:
        return _Piece(start, end, value=_ratio(match["n"], match["d"]), step=0.01, form="fraction")
    if match["vulgar"]:
        whole = match["vulgar"][:-1]
        value = float(whole or 0) + _VULGAR[match["vulgar"][-1]]
        return _Piece(start, end, value=value, step=0.01, form="cardinal" if whole else "fraction")
    return _figure(match, text)


def _figure(match: re.Match[str], text: str) -> _Piece:
    """A number in figures; letters before or behind it may make it a name (A380, 5G)."""
    start, end = match.span("figure")
    value = float(match["figure"].replace(",", ""))
    decimals = len(match["figure"].partition(".")[2])
    step = 10.0**-decimals
    suffix = match["suffix"].lower()
    named = _LETTERS.search(text[max(0, start - 20) : start])
    if named:
        start -= len(named[0])
        return _Piece(start, match.end(), value=value, step=step, form="name", closed=True)
    if not suffix:
        return _Piece(start, end, value=value, step=step)
    if suffix in _ORDINAL_SUFFIXES:
        return _Piece(start, match.end(), value=value, form="ordinal", closed=True)
    factor = lexicon("suffixes").get(suffix)
    if factor:
        others = (value,) if suffix in {"m", "k", "b"} else ()
        scaled = (value * factor, step * factor)
        return _Piece(start, match.end(), "", *scaled, others=others, closed=True)
    if suffix in {"s", "x"} or len(suffix) > 1 or suffix in {"g", "p", "c", "f", "l", "w"}:
        return _Piece(start, end, value=value, step=step, closed=True)
    return _Piece(start, match.end(), value=value, step=step, form="name", closed=True)


def _ratio(over: str, under: str) -> float:
    return int(over) / int(under) if int(under) else 0.0


def _number(pieces: list[_Piece], at: int, text: str) -> tuple[Number | None, int]:
    first = pieces[at]
    if first.value is not None and first.closed:
        return _made(first, first, first.value, first.step, first.form, first.others), at + 1
    vague = _vague(pieces, at, text)
    if vague:
        return vague
    if first.word in lexicon("multiples"):
        return _made(first, first, float(lexicon("multiples")[first.word]), 1.0, "multiple"), at + 1
    return _compound(pieces, at, text)


def _vague(pieces: list[_Piece], at: int, text: str) -> tuple[Number, int] | None:
    """``hundreds``, ``tens of thousands``, ``several hundred``, ``a few dozen``."""
    words = [piece.word for piece in pieces[at : at + 3]] + ["", "", ""]
    table, magnitudes = lexicon("vague"), lexicon("magnitudes")
    if words[0] in {"tens", *table} and words[1] == "of" and words[2] in table:
        factor = 10 if words[0] == "tens" else table[words[0]]
        return _made(pieces[at], pieces[at + 2], factor * table[words[2]], 1.0, "vague"), at + 3
    if words[0] in table and words[0] != "scores":
        return _made(pieces[at], pieces[at], table[words[0]], 1.0, "vague"), at + 1
    if words[0] == "scores" and words[1] == "of":
        return _made(pieces[at], pieces[at], table["scores"], 1.0, "vague"), at + 1
    if words[0] in {"several", "few", "couple"}:
        magnitude = 2 if words[1] == "of" else 1
        if words[magnitude] in magnitudes and _joined(pieces, at, text):
            last = pieces[at + magnitude]
            value = magnitudes[words[magnitude]]
            return _made(pieces[at], last, value, 1.0, "vague"), at + magnitude + 1
    return None


def _compound(pieces: list[_Piece], at: int, text: str) -> tuple[Number | None, int]:
    """A run of figures and number words that make one number, as far as it goes."""
    run = _Run(text)
    here = at
    while here < len(pieces) and (here == at or _joined(pieces, here - 1, text)):
        taken = run.take(pieces, here)
        if not taken:
            break
        here += taken
    if run.value is None:
        return None, at + 1
    return _made(pieces[run.first], pieces[here - 1], run.value, run.step, run.form), here


class _Run:
    """The value of a number being read, word by word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.total = 0.0
        self.current: float | None = None
        self.step = 1.0
        self.form: Form = "cardinal"
        self.first = -1
        self.last_small = 0.0
        self.figures = False

    @property
    def value(self) -> float | None:
        return None if self.current is None else self.total + self.current

    def take(self, pieces: list[_Piece], at: int) -> int:
        """Read on at ``at``: how many pieces belong to the number, 0 where it has ended."""
        if self.form != "cardinal":
            return 0
        if self.first < 0:
            taken = self._begin(pieces, at)
            self.first = at if taken else -1
            return taken
        piece = pieces[at]
        if [p.word for p in pieces[at : at + 2]] == ["a", "half"]:
            self.current, self.step = (self.current or 0) + 0.5, 0.1
            return 2
        if piece.word in lexicon("magnitudes"):
            return self._scale(float(lexicon("magnitudes")[piece.word]))
        return self._fraction(piece) or self._ordinal(piece) or self._add(piece)

    def _begin(self, pieces: list[_Piece], at: int) -> int:
        piece = pieces[at]
        following = [p.word for p in pieces[at + 1 : at + 3]] + ["", ""]
        magnitudes, ordinals = lexicon("magnitudes"), lexicon("ordinals")
        if piece.value is not None:
            self.current, self.step, self.form = piece.value, piece.step, piece.form
            self.figures = True
            return 1
        if piece.word == "half" and following[0] in {"a", "an"} and following[1] in magnitudes:
            self.current, self.step = 0.5 * magnitudes[following[1]], 1.0
            return 3
        if piece.word in {"a", "an"}:
            return self._begin_article(following)
        after_ordinal = at > 0 and pieces[at - 1].word in {*ordinals, "other", "latter"}
        if piece.word == "half" and following[0] in _HALVED and not after_ordinal:
            self.current, self.form = 0.5, "fraction"
            return 1
        if piece.word in lexicon("small"):
            self.current = self.last_small = float(lexicon("small")[piece.word])
            return 1
        if piece.word in ordinals:
            self.current, self.form = float(ordinals[piece.word]), "ordinal"
            return 1
        return 0

    def _begin_article(self, following: list[str]) -> int:
        """``a million``, ``a third of``; an article alone is no number."""
        if following[0] in lexicon("magnitudes"):
            self.current = float(lexicon("magnitudes")[following[0]])
            return 2
        denominator = _denominator(following[0])
        if denominator and following[1] in {"of", "the"}:
            self.current, self.form = 1 / denominator, "fraction"
            return 2
        return 0

    def _scale(self, factor: float) -> int:
        if self.current is None:
            return 0
        if factor == 100:
            self.current, self.step = self.current * factor, self.step * factor
        else:
            self.total, self.current = self.total + self.current * factor, 0.0
            self.step *= factor
        self.last_small = 0
        return 1

    def _fraction(self, piece: _Piece) -> int:
        denominator = _denominator(piece.word)
        plural = piece.word.endswith(("s", "lves"))
        if not denominator or self.current is None or self.total:
            return 0
        if piece.word == "half" and self.last_small != 1:
            self.current, self.step = self.current + 0.5, 0.1
            return 1
        if plural or self.current == 1:
            self.current, self.form, self.step = self.current / denominator, "fraction", 0.001
            return 1
        return 0

    def _ordinal(self, piece: _Piece) -> int:
        value = lexicon("ordinals").get(piece.word)
        if value is None or self.current is None or not (self.last_small >= 20 > value):
            return 0
        self.current, self.form = self.current + value, "ordinal"
        return 1

    def _add(self, piece: _Piece) -> int:
        """``forty-three``, ``three hundred and five``; not ``two three``."""
        value = lexicon("small").get(piece.word)
        if value is None or self.current is None or self.figures:
            return 0
        tens = 20 <= self.last_small < 100 and self.last_small % 10 == 0 and 0 < value < 10
        if not tens and (self.last_small or not (self.total or self.current >= 100)):
            return 0
        self.current, self.step, self.last_small = self.current + value, 1.0, float(value)
        return 1


def _denominator(word: str) -> int | None:
    if word in _FRACTIONS:
        return _FRACTIONS[word]
    value: int | None = lexicon("ordinals").get(word.removesuffix("s"))
    return value if value and value > 2 else None


def _joined(pieces: list[_Piece], at: int, text: str) -> bool:
    """Is there nothing but a space, a hyphen or "and" before the next piece?"""
    between = text[pieces[at].end : pieces[at + 1].start]
    return bool(_JOIN.fullmatch(between))


def _made(
    first: _Piece,
    last: _Piece,
    value: float,
    step: float,
    form: Form,
    others: tuple[float, ...] = (),
) -> Number:
    return Number(first.start, last.end, value, step, form, others, None, first.value is None)


def _paired(found: list[Number], text: str) -> Iterator[Number]:
    """Mark "3-1" as a pair, and read the 3 of "3 to 5 million" as three million too."""
    for i, number in enumerate(found):
        pair, others = number.pair, number.others
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        if before and _is_pair(before, number, text):
            pair = (before.value, number.value)
        elif after and _is_pair(number, after, text):
            pair = (number.value, after.value)
        value = -number.value if _SIGN.search(text[: number.start][-7:]) else number.value
        if after and _TO.fullmatch(text[number.end : after.start].lower()):
            scale = _scale_of(after)
            if number.value < 1000 <= scale and scale > number.step:
                others = (*others, number.value * scale)
        yield replace(number, value=value, pair=pair, others=others)


def _is_pair(left: Number, right: Number, text: str) -> bool:
    plain = left.form == right.form == "cardinal" and not left.spelled and not right.spelled
    return plain and bool(_DASH.fullmatch(text[left.end : right.start]))


def _scale_of(number: Number) -> float:
    """The magnitude word behind a number: a million for 5 million."""
    scales = [m for m in lexicon("magnitudes").values() if m >= 1000]
    return float(max((m for m in scales if number.step >= m or number.step * 1000 > m), default=1))
