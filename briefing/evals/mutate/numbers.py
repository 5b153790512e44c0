"""Kinds digit and magnitude: other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Final

from briefing.evals.mutate.edits import Bound, bound, falsifies, splice
from briefing.evals.mutate.material import Change, Material, Origin

MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
NUMBER: Final = re.compile(
    r"(?<![\w.,:/’'-])(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?"
    r"(?P<ordinal>st|nd|rd|th)?(?![\d:/]|[.,]\d|s\b)"
)
WORDS: Final = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_SCALES: Final = ("hundred", "thousand", "million", "billion", "trillion")
_SCALED: Final = re.compile(
    rf"(?:\d|\b(?:a|one|{'|'.join(WORDS)}))[ -](?P<scale>{'|'.join(_SCALES)})\b",
    re.IGNORECASE,
)
_LOOSE: Final = re.compile(r"\b(?P<scale>hundreds|thousands|millions) of\b")
_SUFFIXED: Final = re.compile(r"(?P<number>[$€£]\d[\d.,]*)(?P<scale>m|bn|tn)\b")
_UPWARDS: Final = {"hundreds": "thousands", "thousands": "millions", "millions": "billions"}
_LETTERS: Final = {"m": "bn", "bn": "m", "tn": "bn"}


def digit(origin: Origin, material: Material, rng: Random) -> Iterator[Change]:
    """One digit of a number is another one; or one number word is."""
    there = set(re.findall(r"\d[\d,]*(?:\.\d+)?", material.passage_text(origin)))
    for match in counts(origin.text):
        for new in _other_digits(match, bound(origin.text, match.start()), rng):
            if new.strip("stndrh") not in there:
                text = splice(origin.text, *match.span(), new)
                yield Change(text, f"{match.group()} became {new}")
                break
    yield from _number_words(origin, rng)


def counts(text: str) -> Iterator[re.Match[str]]:
    """Numbers in digits that are no years, days of a month or times of day."""
    for match in NUMBER.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        dated = re.search(rf"\b(?:{MONTHS})\.?\s$", before) or re.match(
            rf"\s(?:of )?(?:{MONTHS})\b", after
        )
        timed = re.match(r"\s?(?:[ap]\.?m\b|o['’]clock|GMT|hrs)", after)
        year = re.fullmatch(r"1[5-9]\d\d|20\d\d", match.group())
        if not (dated or timed or year):
            yield match


def _other_digits(match: re.Match[str], limit: Bound, rng: Random) -> Iterator[str]:
    """The number with one digit changed, in an order of chance, where that makes it false."""
    plain = match["whole"] + (match["part"] or "")
    old = float(plain.replace(",", ""))
    changes = [
        (place, new)
        for place, char in enumerate(plain)
        if char.isdigit() and (char != "0" or len(plain) == 1)
        for new in "0123456789"
        if new != char and not (place == 0 and new == "0")
    ]
    for place, new in rng.sample(changes, len(changes)):
        text = splice(plain, place, place + 1, new)
        value = float(text.replace(",", ""))
        if value > 1 and old != 1 and falsifies(limit, old, value):
            yield text + (_ordinal(int(value)) if match["ordinal"] else "")


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _number_words(origin: Origin, rng: Random) -> Iterator[Change]:
    there = set(re.findall(r"\w+", origin.text.lower()))
    for token in origin.doc:
        counted = token.dep_ == "nummod" and token.head.pos_ == "NOUN" and token.head.i > token.i
        if token.lower_ not in WORDS or not counted or token.nbor().text == "-":
            continue
        old = WORDS.index(token.lower_) + 2
        limit = bound(origin.text, token.idx)
        fit = [w for n, w in enumerate(WORDS[:11], start=2) if falsifies(limit, old, n)]
        fit = [w for w in fit if w not in there]
        if fit:
            new = rng.choice(fit)
            new = new.capitalize() if token.text[0].isupper() else new
            text = splice(origin.text, token.idx, token.idx + len(token), new)
            yield Change(text, f"{token.text} became {new}")


def magnitude(origin: Origin, material: Material, rng: Random) -> Iterator[Change]:
    """A thousand is a million, a million a billion; or a number has one nought more."""
    text = origin.text
    there = material.passage_text(origin)
    for match in _SCALED.finditer(text):
        limit = bound(text, match.start())
        old = match["scale"].lower()
        for new in _neighbours(old, limit, rng):
            start, end = match.span("scale")
            yield Change(splice(text, start, end, new), f"{old} became {new}")
    for match in _SUFFIXED.finditer(text):
        letter = _LETTERS[match["scale"]]
        if bound(text, match.start()) in ("exact", "about") or letter == "bn":
            changed = splice(text, *match.span("scale"), letter)
            yield Change(changed, f"{match['scale']} became {letter}")
    for match in _LOOSE.finditer(text):
        # subtle: thousands are hundreds too, so only upwards.
        scale = _UPWARDS[match["scale"]]
        yield Change(splice(text, *match.span("scale"), scale), f"{match['scale']} became {scale}")
    for match in counts(text):
        if "," in match["whole"] and not match["part"] and bound(text, match.start()) != "at most":
            larger = f"{int(match['whole'].replace(',', '')) * 10:,}"
            if larger not in there:
                changed = splice(text, *match.span("whole"), larger)
                yield Change(changed, f"{match['whole']} became {larger}")


def _neighbours(scale: str, limit: Bound, rng: Random) -> list[str]:
    place = _SCALES.index(scale)
    fit = [place + 1] * (limit != "at most" and place + 1 < len(_SCALES))
    fit += [place - 1] * (limit != "at least" and place > 1)
    return [_SCALES[n] for n in rng.sample(fit, len(fit))]
