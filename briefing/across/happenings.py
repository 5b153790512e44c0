"""Sentences that tell what happened, or will, on a date of their main verb (English).

A date belongs to a sentence where its main clause has it, or what its main clause reports. “The
charge that was introduced in 2028 was annulled” is not of 2028.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from briefing.across.heading import dateline_end
from briefing.across.publication import published_on
from briefing.across.reckoning import Tense, When, reckon
from briefing.across.stated import Stated, stated_in
from briefing.across.tenses import Governed, governed, is_told, lemmas, tense_of
from briefing.extract.articles import Article, Line
from briefing.extract.cues import is_saying
from briefing.language import pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

_WEEK, _MONTH = 7, 31


_WANTING = frozenset(
    "ask demand request order want urge promise agree vow call require tell instruct offer".split()
)
_BY = re.compile(r"\bby (?:the (?:end|middle|beginning|start) of |late |early |mid-)?(?:the )?$")


@dataclass(frozen=True, eq=False)
class Happening:
    """A sentence with the date that it tells.

    ``verb`` is the dated one; ``reported`` is true where it only dates that somebody said
    something. ``start`` and ``end`` of the words of the date are offsets in the source.
    """

    article: Article
    line: Line
    when: When
    verb: Token
    tense: Tense
    start: int
    end: int
    published: date | None

    @property
    def words(self) -> str:
        """The source's words for the date."""
        return self.article.source.body[self.start : self.end]

    @property
    def saying(self) -> bool:
        """Whether the dated verb is one of saying."""
        return is_saying(self.verb, strong=True)


def happenings(article: Article, language: str | None = None) -> Iterator[Happening]:
    """The dated sentences of a source that can stand alone, in order."""
    english = pipeline(language or article.source.language)
    if english.degraded:
        return
    published = published_on(article)
    for line in article.lines:
        if line.alone and not line.signs.open:
            found = _dated(article, line, english.parse(line.passage.text), published)
            if found is not None:
                yield found


def _dated(article: Article, line: Line, doc: Doc, published: date | None) -> Happening | None:
    base = line.passage.start
    parsed = doc.char_span(
        line.sentence.start - base, line.sentence.end - base, alignment_mode="expand"
    )
    if parsed is None:
        return None
    spoken = [
        (q.start - base, q.end - base)
        for q in article.quotations
        if q.start < line.sentence.end and q.end > line.sentence.start
    ]
    found: list[tuple[Governed, When, Tense]] = []
    for stated in _inside(doc, parsed, spoken):
        held = governed(doc, parsed, stated)
        if held is None or not is_told(held):
            continue
        tense = tense_of(held.verb)
        if held.preposition in {"by", "until", "till"} and tense != "past":
            tense = "future"
        if tense == "past" and _is_deadline(held.verb, doc.text[: stated.start]):
            continue
        when = reckon(stated, published, tense)
        if when is not None and _is_event(held, when, tense, published):
            found.append((held, when, tense))
    best = _main(parsed, found)
    if best is None:
        return None
    held, when, tense = best
    return Happening(
        article,
        line,
        when,
        held.verb,
        tense,
        base + when.stated.start,
        base + when.stated.start + len(_words(doc.text, when)),
        published,
    )


def _words(text: str, when: When) -> str:
    """The words of a date, without the full stop that the sentence ends with."""
    return text[when.stated.start : when.stated.end].rstrip(". ")


def _inside(doc: Doc, parsed: DocSpan, spoken: Sequence[tuple[int, int]]) -> Iterator[Stated]:
    """The dates of a sentence that stand in no quotation."""
    first = max(parsed.start_char, dateline_end(doc.text))
    for stated in stated_in(doc.text):
        here = first <= stated.start and stated.end <= parsed.end_char
        if here and not any(a < stated.end and stated.start < b for a, b in spoken):
            yield stated


def _is_deadline(verb: Token, before: str) -> bool:
    """“Asked for a new vote by the end of October”: nothing was so in October."""
    return verb.lemma_.lower() in _WANTING and _BY.search(before) is not None


def _is_event(held: Governed, when: When, tense: Tense, published: date | None) -> bool:
    """Whether the clause tells something that takes place, and at a time that fits its tense."""
    verb = held.verb
    lemma = verb.lemma_.lower()
    if lemma in lemmas("states") or (lemma in lemmas("lasting") and when.days > _WEEK):
        return False
    if tense == "past":
        if held.preposition in {"until", "till", "from"} and when.stated.last is None:
            return False
        return published is None or when.first <= published
    if tense == "future" and published is not None and when.end_day < published:
        return False
    if verb.tag_ in {"VBZ", "VBP"} and not any(c.dep_ == "aux" for c in verb.children):
        return when.days <= _MONTH and not is_saying(verb, strong=True)
    return True


def _main(
    parsed: DocSpan, found: Sequence[tuple[Governed, When, Tense]]
) -> tuple[Governed, When, Tense] | None:
    """The date of the main verb; of what is reported where “…, he said” only follows."""
    root = parsed.root
    order = ["main", "reported", "joined", "meanwhile"]
    if is_saying(root, strong=True) and any(
        c.dep_ == "ccomp" and c.i < root.i for c in root.children
    ):
        order = ["reported", "main", "joined", "meanwhile"]
    return min(
        found,
        key=lambda f: (order.index(f[0].role), f[1].days, abs(f[0].verb.idx - f[1].stated.start)),
        default=None,
    )
