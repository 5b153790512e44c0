"""Whether a report says that something is unclear, undisclosed, undecided or disputed (English)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from briefing.extract.open_clauses import ways_open
from briefing.extract.open_idle import is_idle

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def signs_of_openness(parsed: Span) -> int:
    """In how many ways the sentence ``parsed`` says so: by its grammar, and by a set phrase.

    By set phrases alone where there is no parse.
    """
    text = parsed.text.lower()
    if _pattern("settled").search(text):
        return 0
    if not parsed.doc.has_annotation("DEP"):
        return int(has_open_cue(text))
    phrase = any(not is_idle(token, parsed) for token in _cues(parsed))
    return phrase + ways_open(parsed)


def has_open_cue(sentence: str) -> bool:
    """Whether ``sentence`` has a phrase that marks something as open."""
    return _pattern("cues").search(sentence.lower()) is not None


def _cues(parsed: Span) -> Iterator[Token]:
    """The first words of set phrases."""
    starts = {match.start() for match in _pattern("cues").finditer(parsed.text.lower())}
    base = parsed.start_char
    return (t for t in parsed if any(t.idx <= base + at < t.idx + len(t) for at in starts))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    text = files(__package__).joinpath("openness.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    parts: dict[str, str] = table["parts"]
    cues: list[str] = [
        re.sub(r"<(\w+)>", lambda part: parts[part[1]], cue) for cue in table[name]["patterns"]
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{cue})" for cue in cues) + r")(?!\w)")
