"""Sentence boundaries by rule: no model, no weights, linear in the length of the text.

A boundary is a full stop, question mark or the like that is not part of an abbreviation, initial,
number or ellipsis, and that does not stand inside a short quotation or parenthesis: a sentence
keeps its quotation marks in pairs, so “A. B,” he said is one sentence. Quotations of more than
:data:`LONGEST_QUOTATION` characters are cut at their own sentence ends. Punctuation that belongs
to no sentence (a lone full stop, a stray mark) and the dateline of a report are left out.

Not handled: speech set off by dashes only, and sentences without punctuation (verse, slides).
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from importlib.resources import files

from briefing.types import Sentence

LONGEST_QUOTATION = 500
LONGEST_PARENTHESIS = 300
LONGEST_SENTENCE = 2000

_WORDS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        files("briefing").joinpath("sentences.toml").read_text(encoding="utf-8")
    ).items()
}
_STARTERS = _WORDS["starters"]
_MORE_STARTERS = _STARTERS | _WORDS["more_starters"]
_SAYING = "said|says|asked|asks|added|wrote|writes|told|replied|shouted|cried|wondered|tweeted|went"

_END = re.compile(
    r"""(?P<stop>\.(?:[ \u00a0]\.){2,}|[.!?\u2026\u061f\u0964]+)
        (?P<close>(?:[\u00a0\u202f\ ]?»|[”’"')\]}*_`]|\[\d{1,3}\])*)
        (?=(?P<gap>\s+)|[“"‘]?[A-Z]|$)
      | (?P<wide>[。！？]+[」』”’）]*)""",
    re.VERBOSE,
)
_NEXT = re.compile(r"[\s.,;:*_–—-]*(?P<open>[“‘\"'«„(\[*_]*)\s?(?P<word>[\w’'-]*)(?P<dot>\.?)")
_TOKEN = re.compile(r"[^\s“”\"«»()\[\]—–]*$")
_ATTRIBUTION = re.compile(rf"\s+(?:[A-Z][\w.’'-]*\s+){{1,4}}(?:{_SAYING})\b")
_PAID = re.compile(r"\b(?:Inc|Corp|Co|Ltd|Bros|Jr|Sr)\.\s[$€£¥]\d?$")
"""“… to pay Velora Inc. $40 million”: hardly a sentence begins with a sum."""
_ROMAN = re.compile(r"[IVXLC]+$")
_DATELINE = re.compile(
    r"""(?:[A-Z][A-Z.’'-]{2,}(?:[ ,/]+(?:[A-Z][A-Z.’'-]+|and|[A-Z][a-z]{1,4}\.?|[A-Z][a-z]+))*
            (?:,\ [A-Z][a-z]{2,8}\.?\ \d{1,2})?(?:\ \([A-Za-z .]{2,25}\))?
        | [A-Z][a-z]+(?:[ ,]+[A-Z][a-z]+){0,3}\ \((?:AP|AFP|Reuters|Xinhua|dpa|PA|UPI|TASS|ANI)\))
        \ ?(?:—|–|--?)\ (?=[“"‘]?[A-Z])""",
    re.VERBOSE,
)
_PAIRS = {"“": "”", "„": "“”", "«": "»", "(": ")", "「": "」", "『": "』"}
_MARKS = re.compile(r"[“”„«»()「」『』\"]|(?<![\w’])[‘'](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[,.!?…])[’'](?!\w)")
_EDGE = " \t\n\r\f\v\u00a0\u202f\u2009.,;:–—-•·*_»”’"


def sentences(text: str, *, start: int = 0, language: str = "en") -> tuple[Sentence, ...]:
    """Split one paragraph into sentences.

    ``start`` is the offset of ``text`` in its source and is added to every span. A stretch of
    more than :data:`LONGEST_SENTENCE` characters without any boundary is cut at white space.
    """
    ends = list(_boundaries(text, language))
    dateline = _DATELINE.match(text)
    begin = dateline.end() if dateline else 0
    found = []
    for end in [*ends, len(text)]:
        for left, right in _bounded(text, begin, end):
            span = _strip(text, left, right)
            if span:
                piece = text[span[0] : span[1]]
                found.append(Sentence(start=start + span[0], end=start + span[1], text=piece))
        begin = max(begin, end)
    return tuple(found)


def _strip(text: str, left: int, right: int) -> tuple[int, int] | None:
    """Drop white space at both ends and debris at the front; None when no word is left."""
    while left < right and text[left] in _EDGE:
        left += 1
    while right > left and text[right - 1].isspace():
        right -= 1
    return (left, right) if any(c.isalnum() for c in text[left:right]) else None


def _bounded(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """Cut what is longer than any sentence, at the last white space that fits."""
    while right - left > LONGEST_SENTENCE:
        cut = text.rfind(" ", left + 1, left + LONGEST_SENTENCE)
        cut = cut if cut > left else left + LONGEST_SENTENCE
        yield left, cut
        left = cut
    if left < right:
        yield left, right


def _boundaries(text: str, language: str) -> Iterator[int]:
    pairs = sorted(_pairs(text))
    opening = {left for left, _ in pairs}
    whole = _kept_whole(text, pairs)
    lefts = [left for left, _ in whole]
    begin = 0
    for match in _END.finditer(text):
        marks = range(match.start("close"), match.end("close"))
        # subtle: in “…he said."We go” the mark opens the next sentence
        end = next((at for at in marks if at in opening), match.end())
        at = bisect_right(lefts, end - 1) - 1
        if at >= 0 and whole[at][0] < end <= whole[at][1]:
            continue
        if match["wide"] or _ends(text, match, end, begin, language):
            yield end
            begin = end + len(match["gap"] or "")


def _ends(text: str, match: re.Match[str], end: int, begin: int, language: str) -> bool:
    """Does this punctuation end the sentence that began at ``begin``?"""
    following = _NEXT.match(text, end)
    word = following["word"] if following else ""
    if not following or not word:
        return not _PAID.search(text[max(begin, end - 10) : end + 3])
    token = _TOKEN.search(text[max(begin, match.start() - 25) : match.start()])
    before = token[0].lstrip("‘'’*_") if token else ""
    if match["gap"] is None or end < match.end():
        return _glued(before, match, word)
    if match["stop"] != ".":
        return _exclamation_ends(text, match, word, before)
    if not before:
        return True
    if word[0].islower():
        return not match["close"] and _ordinary(before)
    first = not text[begin : match.start() - len(before)].strip()
    if before.isdigit() and len(before) < 3 and first:
        return False  # "2." at the start of a sentence numbers it
    dotted, opened = bool(following["dot"]), bool(following["open"])
    return _capital_ends(before, word, language, dotted=dotted, opened=opened)


def _glued(before: str, match: re.Match[str], word: str) -> bool:
    """“…he said.The president”: no space after the stop; not “U.S.” and not “example.Com”."""
    long_enough = len(before) > 2 and before[-3:].islower() and "." not in before
    return long_enough and match["stop"] != "…" and len(word) > 1 and "/" not in before + word


def _exclamation_ends(text: str, match: re.Match[str], word: str, before: str) -> bool:
    if word[0].islower():
        return False
    if "." in match["stop"] or "…" in match["stop"]:
        return bool(before) or word in _STARTERS  # "the ... President" elides words
    quoted = any(mark in match["close"] for mark in "”’\"'»")
    return not (quoted and _ATTRIBUTION.match(text, match.end()))


def _listed(before: str, name: str) -> bool:
    words = _WORDS[name]
    return before in words or (before.isupper() and before.capitalize() in words)


def _ordinary(before: str) -> bool:
    """A word that is no abbreviation, so that a stop after it is a stop whatever follows."""
    if any(_listed(before, name) for name in ("inseparable", "before_numbers", "either")):
        return False
    if not before.isalpha() or len(before) < 2:
        return False
    return (before.islower() and not _clipped(before)) or len(before) > 3


def _clipped(word: str) -> bool:
    """Short words without a vowel, such as “ltd” or “mgmt”, look like abbreviations."""
    return len(word) < 6 and not re.search(r"[aeiouyäöüáéíóúàè]", word)


def _capital_ends(before: str, word: str, language: str, *, dotted: bool, opened: bool) -> bool:
    """Does a stop after ``before`` end the sentence, when ``word`` has a capital or is a number?"""
    number = word[0].isdigit()
    if _listed(before, "inseparable"):
        return False
    if _listed(before, "before_numbers"):
        answer = before.lower() == "no" or word in _MORE_STARTERS
        return not number and not _ROMAN.match(word) and answer
    if before.isdigit():
        return language not in _WORDS["ordinal_languages"]
    if len(before) == 1 and before.isalpha() and not number:
        return word in _STARTERS and not dotted
    if ("." in before and not before[-1].isdigit()) or _listed(before, "either"):
        starter = word in _MORE_STARTERS and not (dotted and len(word) == 1)
        return starter or (opened and "." not in before) or number
    return True


def _kept_whole(text: str, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Outermost quotations and parentheses short enough not to be cut, in order."""
    outer: list[tuple[int, int]] = []
    for left, right in pairs:
        longest = LONGEST_PARENTHESIS if text[left] == "(" else LONGEST_QUOTATION
        if right - left <= longest and (not outer or left > outer[-1][1]):
            outer.append((left, right))
    return outer


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Matching marks; a mark without its partner is passed over."""
    waiting: dict[str, int] = {}
    for match in _MARKS.finditer(text):
        mark, at = match[0], match.start()
        opener = next((o for o, c in _PAIRS.items() if mark in c and o in waiting), None)
        if opener is not None:
            yield waiting.pop(opener), at
        elif mark in _PAIRS:
            waiting[mark] = at
        elif mark == '"':
            yield from _straight(text, at, waiting)
        elif mark in "‘'":
            close = _SINGLE_CLOSE.search(text, at + 1, at + LONGEST_QUOTATION)
            if close and not re.search(r"(?<!\w)[‘'](?=\w)", text[at + 1 : close.start()]):
                yield at, close.start()


def _straight(text: str, at: int, waiting: dict[str, int]) -> Iterator[tuple[int, int]]:
    """A straight mark opens after space, and glued between words where none is open."""
    after = text[at + 1 : at + 2]
    spaced = at == 0 or text[at - 1] in " \t\n(—–[-"
    if (spaced or '"' not in waiting) and after and not after.isspace():
        waiting['"'] = at
    elif '"' in waiting:
        yield waiting.pop('"'), at
