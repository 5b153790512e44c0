"""The words that numbers are made of, and the value of a run of them.

:mod:`briefing.grounding.numbers` cuts a text into pieces; here they are put together.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Form = Literal["cardinal", "ordinal", "fraction", "vague", "multiple", "name"]
_JOIN = re.compile(r"[\s-]{1,2}| - |\s*,?\s+and\s+(?:a\s+)?|-and-(?:a-)?")
_DOZEN = 12
_FRACTIONS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
_WHOLE = {
    "time", "term", "brother", "sister", "marathon", "way", "mast", "moon", "back", "past", "final",
    "finals", "finalist", "finalists", "note", "times", "backs", "bath", "board",
}  # fmt: skip
"""Words that "half" and "quarter" make one word with, and no share."""
_AFTER_SHARE = set(
    "of the a an more less fewer higher lower larger smaller as to from in on since at by after "
    "before down up off over during last this per between its their his her".split()
)
"""Words behind "a third" that make it a share; "a third man" is an ordinal."""


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The table ``name`` of ``quantity_words.toml``."""
    raw = files("briefing.grounding").joinpath("quantity_words.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(raw)[name]
    return table


@dataclass(frozen=True)
class Piece:
    """A token: a figure with its value, or a lower-case word."""

    start: int
    end: int
    word: str = ""
    value: float | None = None
    step: float = 1.0
    form: Form = "cardinal"
    others: tuple[float, ...] = ()
    closed: bool = False


class Run:
    """The value of a number being read, word by word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.total = 0.0
        self.current: float | None = None
        self.step = 1.0
        self.form: Form = "cardinal"
        self.first = -1
        self.last_small = 0.0
        self.scaled = 1.0
        self.figures = False

    @property
    def value(self) -> float | None:
        return None if self.current is None else self.total + self.current

    def take(self, pieces: Sequence[Piece], at: int) -> int:
        """Read on at ``at``: how many pieces belong to the number, 0 where it has ended."""
        if self.form != "cardinal":
            return 0
        if self.first < 0:
            taken = self._begin(pieces, at)
            self.first = at if taken else -1
            return taken
        piece = pieces[at]
        if [p.word for p in pieces[at : at + 2]] == ["a", "half"]:
            whole = self.total > 0 and not self.current
            part = 0.5 * self.scaled if whole else 0.5
            self.current, self.step = (self.current or 0) + part, 0.1 * (2 * part if whole else 1)
            return 2
        if parts := self._and_parts(pieces, at):
            return parts
        if piece.word in lexicon("magnitudes"):
            return self._scale(float(lexicon("magnitudes")[piece.word]))
        return self._fraction(piece) or self._ordinal(piece) or self._add(piece)

    def _begin(self, pieces: Sequence[Piece], at: int) -> int:
        piece = pieces[at]
        following = following_words(pieces, at, self.text)
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
        if piece.word == "half" and following[0] not in _WHOLE and not after_ordinal:
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
            self.current = 1.0
            return 1 + self._scale(float(lexicon("magnitudes")[following[0]]))
        denominator = _denominator(following[0])
        plain = following[0] in _FRACTIONS and following[1] not in _WHOLE
        if denominator and (plain or following[1] in {"", *_AFTER_SHARE}):
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
            self.step *= 2 if factor == _DOZEN else factor
        self.last_small, self.scaled = 0, factor
        return 1

    def _and_parts(self, pieces: Sequence[Piece], at: int) -> int:
        """The "and three quarters" of "two and three quarters"."""
        words = [p.word for p in pieces[at : at + 2]]
        between = self.text[pieces[at - 1].end : pieces[at].start]
        if len(words) < 2 or "and" not in between or self.current is None or self.total:
            return 0
        parts = {"a": 1, "an": 1, **lexicon("small")}.get(words[0], 0)
        under = _denominator(words[1])
        if not under or not 0 < parts < under:
            return 0
        self.current, self.step = self.current + parts / under, 0.01
        return 2

    def _fraction(self, piece: Piece) -> int:
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

    def _ordinal(self, piece: Piece) -> int:
        value = lexicon("ordinals").get(piece.word)
        if value is None or self.current is None or not (self.last_small >= 20 > value):
            return 0
        self.current, self.form = self.current + value, "ordinal"
        return 1

    def _add(self, piece: Piece) -> int:
        """``forty-three``, ``three hundred and five``; not ``two three``."""
        value = lexicon("small").get(piece.word)
        if value is None or self.current is None or self.figures:
            return 0
        tens = 20 <= self.last_small < 100 and self.last_small % 10 == 0 and 0 < value < 10
        if not tens and (self.last_small or not (self.total or self.current >= 100)):
            return 0
        self.current, self.step, self.last_small = self.current + value, 1.0, float(value)
        return 1


def following_words(pieces: Sequence[Piece], at: int, text: str) -> list[str]:
    """The next two words; empty strings behind a comma or the end."""
    words: list[str] = []
    for here in range(at, min(at + 2, len(pieces) - 1)):
        if not is_joined(pieces, here, text):
            break
        words.append(pieces[here + 1].word)
    return [*words, "", ""][:2]


def is_joined(pieces: Sequence[Piece], at: int, text: str) -> bool:
    """Is there nothing but a space, a hyphen or "and" before the next piece?"""
    between = text[pieces[at].end : pieces[at + 1].start]
    return bool(_JOIN.fullmatch(between))


def _denominator(word: str) -> int | None:
    if word in _FRACTIONS:
        return _FRACTIONS[word]
    value: int | None = lexicon("ordinals").get(word.removesuffix("s"))
    return value if value and value > 2 else None
