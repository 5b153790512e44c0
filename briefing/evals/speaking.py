"""Does the source give a quotation the speaker that the document gives it?

The source's own attribution decides, as :mod:`briefing.extract.speakers` reads it; names are
matched as people write them ("Ms. Valk" is Ines Valk, where the source has only one Valk).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.evals.quotes import Exactness
from briefing.evals.resolution import Shelf
from briefing.evals.statements import QuoteItem
from briefing.extract.attributions import Attribution
from briefing.extract.lexicon import words
from briefing.extract.names import alike
from briefing.extract.people import People, name_forms
from briefing.extract.quotes import Quotation, find_quotations
from briefing.extract.speakers import attribute
from briefing.grounding.aliases import nicknames, plain_words, without_honours
from briefing.types import NOT_ESTABLISHED, Passage, Span, Value

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str, str], "Doc"]
"""Parses a text in a language."""
Speaking = Literal["same", "other", "none", "open"]

_ARTICLES = frozenset(["a", "an", "the"])


class SpeakerFinding(Value):
    """What the source itself says about who speaks.

    ``same`` person, an ``other``, ``none`` established by the source, or ``open``: the document
    names nobody.
    """

    how: Speaking
    reason: str


@dataclass(frozen=True)
class _Speech:
    """The quotations of one source with their speakers, and the people it names."""

    quotations: tuple[Quotation, ...]
    attributions: tuple[Attribution, ...]
    people: People


class Speakers:
    """The speakers of the sources on a shelf; each source is read when it is first asked for."""

    def __init__(self, shelf: Shelf, parse: Parse) -> None:
        self._shelf = shelf
        self._parse = parse
        self._read: dict[str, _Speech] = {}

    def compare(self, quote: QuoteItem, found: Exactness) -> SpeakerFinding:
        """Hold the speaker of ``quote``, found at ``found``, against that source."""
        given = quote.speaker
        if given is None or given.casefold() == NOT_ESTABLISHED:
            return SpeakerFinding(how="open", reason="the document names no speaker")
        if found.span is None:
            return SpeakerFinding(how="none", reason="no source that is cited has the words")
        speech = self._speech(found.source)
        at = _overlapping(found.span, speech.quotations)
        if at is None:
            return SpeakerFinding(how="none", reason="the source has the words, but not as speech")
        if speech.attributions[at].level == "none":
            return SpeakerFinding(how="none", reason="the source does not establish who speaks")
        return _compared(given, speech.attributions[at], speech.people)

    def _speech(self, key: str) -> _Speech:
        if key not in self._read:
            source, passages = self._shelf.sources[key], self._shelf.passages(key)

            def parse(text: str) -> Doc:
                return self._parse(text, source.language)

            quotations = find_quotations(source.body, passages)
            attributions = attribute(quotations, source, passages, parse)
            self._read[key] = _Speech(quotations, attributions, _people(passages, parse))
        return self._read[key]


def _compared(given: str, attributed: Attribution, people: People) -> SpeakerFinding:
    name = re.split(r"\s*[,(;]\s*", given.strip(), maxsplit=1)[0]
    fits = [p.name for p in people.people if _inside(_name(name), _name(p.name))]
    if len({_name(each) for each in fits}) > 1 and attributed.speaker != name:
        return SpeakerFinding(how="none", reason=f"“{name}” may be {' or '.join(fits)}")
    same = people.written_as(name) == attributed.speaker or _same(name, attributed.speaker, people)
    if same or (len(_name(name)) > 1 and alike(name, attributed.speaker)):
        return SpeakerFinding(how="same", reason=f"the source names {attributed.speaker}")
    if attributed.named:
        reason = f"the source names {attributed.speaker}, not {name}"
        return SpeakerFinding(how="other", reason=reason)
    reason = f"the source says only “{attributed.speaker}”"
    return SpeakerFinding(how="none", reason=reason)


def _people(passages: Sequence[Passage], parse: Callable[[str], Doc]) -> People:
    docs = [parse(passage.text) for passage in passages if passage.kind == "body"]
    if not all(doc.has_annotation("DEP") for doc in docs):
        return People([])
    return name_forms(docs)


def _same(name: str, other: str, people: People) -> bool:
    ours, theirs = _name(name), _name(other)
    if _inside(ours, theirs) or _inside(theirs, ours):
        return True
    short, full = sorted((ours, theirs), key=len)
    return _called(short, full, people) or (
        len(ours) == len(theirs) > 1 and ours[1:] == theirs[1:] and nicknames(ours[0], theirs[0])
    )


def _inside(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """“Valk” and “I. Valk” in “Ines Valk”: all parts are there, and the last is the last."""
    return bool(part) and bool(whole) and part[-1] == whole[-1] and set(part) <= set(whole)


def _called(short: tuple[str, ...], full: tuple[str, ...], people: People) -> bool:
    """“Solís” for “Ana Solís Ortega”, “Xi” for “Xi Weiming”: where nobody else has that name."""
    if len(short) != 1 or short[0] not in full:
        return False
    return all(set(_name(p.name)) <= {*full} for p in people.people if short[0] in _name(p.name))


def _name(text: str) -> tuple[str, ...]:
    """The parts of a name that count: no articles, titles, initials, honours, possessives."""
    parts = plain_words(without_honours(text))
    idle = words("titles") | _ARTICLES
    front = tuple(part for part in parts[:-1] if len(part) > 1 and part not in idle)
    return (*front, *parts[-1:])


def _overlapping(span: Span, quotations: Sequence[Quotation]) -> int | None:
    """The quotation that shares most characters with ``span``; the innermost of equals."""
    best, most = None, 0
    for at, quotation in enumerate(quotations):
        shared = min(span.end, quotation.end) - max(span.start, quotation.start)
        if shared > 0 and shared >= most:
            best, most = at, shared
    return best
