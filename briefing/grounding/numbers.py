"""Numbers in a text, in figures and in English words, with what they may be worth.

Only what is written: units, comparisons and what is counted are read in
:mod:`briefing.grounding.amounts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from briefing.grounding.fractions import is_ratio, unit_share
from briefing.grounding.number_words import Form, Piece, Run, is_joined, lexicon


@dataclass(frozen=True)
class Number:
    """A number at ``[start, end)``.

    ``value`` is what it is worth, ``step`` the place of its last figure (1.5 million: 100,000).
    ``others`` are further readings: the 3 of "3 to 5 million", the 5 of "a 5m wall". ``pair`` is
    set for both numbers of "3-1", ``spelled`` where words begin it; ``parts`` are the 1 and the 5
    of "one in five".
    """

    start: int
    end: int
    value: float
    step: float = 1.0
    form: Form = "cardinal"
    others: tuple[float, ...] = ()
    pair: tuple[float, float] | None = None
    spelled: bool = False
    parts: tuple[float, ...] = ()

    def step_of(self, value: float) -> float:
        """The place of the last figure where ``value`` is the reading."""
        return self.step * abs(value / self.value) if self.value and value else self.step

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
_DASH = re.compile(r"\s?[-–—]\s?")
_TO = re.compile(r"\s?(?:[-–—]|to|and|or)\s?[^\w\s]{0,2}")
_LETTERS = re.compile(r"[^\W\d_½⅓⅔¼¾⅛²³]+$|\b(?!Mid|Pre|Post|Under|Over|Sub)[A-Z][^\W\d_]*-$")
_SIGN = re.compile(r"(?:^|[\s(])(?:minus\s|[-−])$", re.IGNORECASE)


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
    return tuple(_shares(list(_paired(found, text)), text))


def _piece(match: re.Match[str], text: str) -> Piece:
    start, end = match.span()
    if match["word"]:
        return Piece(start, end, word=match["word"].lower())
    if match["mixed"]:
        value = int(match["whole"]) + _ratio(match["over"], match["under"])
        return Piece(start, end, value=value, step=0.01)
    if match["slash"]:
        return Piece(start, end, value=_ratio(match["n"], match["d"]), step=0.01, form="fraction")
    if match["vulgar"]:
        whole = match["vulgar"][:-1]
        value = float(whole or 0) + _VULGAR[match["vulgar"][-1]]
        return Piece(start, end, value=value, step=0.01, form="cardinal" if whole else "fraction")
    return _figure(match, text)


def _figure(match: re.Match[str], text: str) -> Piece:
    """A number in figures; letters before or behind it may make it a name (A380, 5G)."""
    start, end = match.span("figure")
    value = float(match["figure"].replace(",", ""))
    decimals = len(match["figure"].partition(".")[2])
    step = 10.0**-decimals
    suffix = match["suffix"].lower()
    named = _LETTERS.search(text[max(0, start - 20) : start])
    if named:
        start -= len(named[0])
        return Piece(start, match.end(), value=value, step=step, form="name", closed=True)
    if not suffix:
        return Piece(start, end, value=value, step=step)
    if suffix in _ORDINAL_SUFFIXES:
        return Piece(start, match.end(), value=value, form="ordinal", closed=True)
    factor = lexicon("suffixes").get(suffix) or lexicon("magnitudes").get(suffix)
    if factor:
        others = (value,) if suffix in {"m", "k", "b"} else ()
        scaled = (value * factor, step * factor)
        return Piece(start, match.end(), "", *scaled, others=others, closed=True)
    if suffix in {"s", "x"} or len(suffix) > 1 or suffix in {"g", "p", "c", "f", "l", "w"}:
        return Piece(start, end, value=value, step=step, closed=True)
    return Piece(start, match.end(), value=value, step=step, form="name", closed=True)


def _ratio(over: str, under: str) -> float:
    return int(over) / int(under) if int(under) else 0.0


def _number(pieces: list[Piece], at: int, text: str) -> tuple[Number | None, int]:
    first = pieces[at]
    if first.value is not None and first.closed:
        return _made(first, first, first.value, first.step, first.form, first.others), at + 1
    vague = _vague(pieces, at, text)
    if vague:
        return vague
    if first.word in lexicon("multiples"):
        return _made(first, first, float(lexicon("multiples")[first.word]), 1.0, "multiple"), at + 1
    return _compound(pieces, at, text)


def _vague(pieces: list[Piece], at: int, text: str) -> tuple[Number, int] | None:
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
        if words[magnitude] in magnitudes and is_joined(pieces, at, text):
            last = pieces[at + magnitude]
            value = magnitudes[words[magnitude]]
            return _made(pieces[at], last, value, 1.0, "vague"), at + magnitude + 1
    return None


def _compound(pieces: list[Piece], at: int, text: str) -> tuple[Number | None, int]:
    """A run of figures and number words that make one number, as far as it goes."""
    run = Run(text)
    here = at
    while here < len(pieces) and (here == at or is_joined(pieces, here - 1, text)):
        taken = run.take(pieces, here)
        if not taken:
            break
        here += taken
    if run.value is None:
        return None, at + 1
    return _made(pieces[run.first], pieces[here - 1], run.value, run.step, run.form), here


def _made(
    first: Piece,
    last: Piece,
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


def _shares(found: list[Number], text: str) -> Iterator[Number]:
    """Read "one in five" as one share, and the half of "half a mile" as a plain number."""
    at = 0
    while at < len(found):
        number, after = found[at], found[at + 1] if at + 1 < len(found) else None
        if after and _is_ratio(number, after, text):
            parts = (number.value, after.value)
            share = number.value / after.value
            yield replace(
                number, end=after.end, value=share, step=0.001, form="fraction", parts=parts
            )
            at += 2
            continue
        part = unit_share(text[number.end : number.end + 40]) if number.form == "fraction" else None
        if part:
            factor, read = part
            value, step = number.value * factor, 0.01 * factor
            end = number.end + read
            number = replace(number, end=end, value=value, step=step, form="cardinal")
        yield number
        at += 1
        # The "second" of "a tenth of a second" is a unit.
        while at < len(found) and found[at].start < number.end + 2 * bool(part):
            at += 1


def _is_ratio(part: Number, whole: Number, text: str) -> bool:
    between, behind = text[part.end : whole.start], text[whole.end : whole.end + 24]
    plain = part.form == whole.form == "cardinal"
    return plain and is_ratio(part.value, between, whole.value, behind)


def _is_pair(left: Number, right: Number, text: str) -> bool:
    plain = left.form == right.form == "cardinal" and not left.spelled and not right.spelled
    return plain and bool(_DASH.fullmatch(text[left.end : right.start]))


def _scale_of(number: Number) -> float:
    """The magnitude word behind a number: a million for 5 million."""
    scales = [m for m in lexicon("magnitudes").values() if m >= 1000]
    return float(max((m for m in scales if number.step >= m or number.step * 1000 > m), default=1))
