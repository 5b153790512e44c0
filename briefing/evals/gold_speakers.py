"""Is a quote given the speaker that was annotated?

Case, accents, titles and a leading article do not count: “Mayor Sofie Brandt” is Sofie Brandt, and
“the county hospital” is “County Hospital”. A surname alone is right only where it was annotated.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final, Literal

from briefing.evals.annotations import QuoteGold
from briefing.extract.lexicon import words
from briefing.grounding.aliases import plain_words
from briefing.types import NOT_ESTABLISHED

Speaking = Literal["speaker_as_annotated", "speaker_misattributed", "speaker_missed"]
SPEAKING: Final[tuple[Speaking, ...]] = (
    "speaker_misattributed",
    "speaker_as_annotated",
    "speaker_missed",
)
_ARTICLES: Final = {"a", "an", "the"}
_BEHIND: Final = re.compile(r"\s*[,;]\s|\s\(")


def judge(quote: QuoteGold, given: Iterable[str]) -> Speaking:
    """How the speakers ``given`` for the parts that are shown agree with the annotation.

    One wrong name is a wrong name; one right name beside parts without any is right. ``given`` has
    at least one.
    """
    known = {NOT_ESTABLISHED} if quote.speaker is None else {quote.speaker}
    accepted = {form for name in (*known, *quote.also) for form in _forms(name)}
    found = {_one(name, accepted) for name in given}
    return next(verdict for verdict in SPEAKING if verdict in found)


def _one(given: str, accepted: set[tuple[str, ...]]) -> Speaking:
    if _forms(given) & accepted:
        return "speaker_as_annotated"
    return "speaker_missed" if given.casefold() == NOT_ESTABLISHED else "speaker_misattributed"


def _forms(name: str) -> set[tuple[str, ...]]:
    """The name without an article, also without titles; both also without what is set off."""
    found = set()
    for text in (name, _BEHIND.split(name, maxsplit=1)[0]):
        whole = _without_front(plain_words(text), _ARTICLES)
        found.add(whole)
        if whole and whole[-1] not in words("titles"):  # else a description: “deputy director”
            found.add(_without_front(whole, words("titles")))
    return found - {()}


def _without_front(parts: Iterable[str], idle: Collection[str]) -> tuple[str, ...]:
    """``parts`` without words of ``idle`` in front; the last part is never one of them."""
    rest = list(parts)
    while len(rest) > 1 and rest[0] in idle:
        del rest[0]
    return tuple(rest)
