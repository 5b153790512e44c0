"""Figures with what they are figures of: counts, amounts, shares, durations, ages (English)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from briefing.across.clause import Clause, clause_of, places
from briefing.across.limits import is_more, is_part, narrowing, rate_of
from briefing.across.told import Told
from briefing.across.values import Value, approximate, value_of
from briefing.across.words import thing_of, words
from briefing.extract.cues import is_saying
from briefing.grounding.amounts import Amount, amounts
from briefing.grounding.approximators import approximator
from briefing.grounding.day_ranges import Days, day_ranges
from briefing.grounding.moment_patterns import SECONDS
from briefing.grounding.moments import Moment, moments
from briefing.grounding.predicates import Party, party
from briefing.grounding.scope import predicates

if TYPE_CHECKING:
    from spacy.tokens import Token

_DAY = 86_400.0
_TOTALS = {"number", "count", "total", "figure"}
_DISTANCES = {"after", "before", "ago", "later", "earlier", "since", "from", "into"}
_SINCE = {"since", "until", "till", "before", "after"}
_STAGES = {"minute", "round", "lap", "inning", "over", "end", "attempt"}


_BETWEEN_HOUSES = {"ton": 1000.0}
"""What one house calls tons is tonnes with the next: no difference between them."""


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure of a sentence. ``[start, end)`` are its words in the passage.

    ``sort`` says what can be compared: ``count``, a unit's dimension, ``duration``, ``age``.
    ``thing`` is what is counted, ``narrowed`` the words that say which of them; ``rate``: how
    often or of how many. ``mood`` as in :mod:`briefing.grounding.mood`.
    """

    told: Told
    sort: str
    start: int
    end: int
    value: Value
    clause: Clause
    thing: str = ""
    noun: Token | None = None
    narrowed: frozenset[str] = frozenset()
    rate: frozenset[str] = frozenset()
    part: bool = False
    more: bool = False
    mood: str = "fact"

    @property
    def text(self) -> str:
        """The words of the figure."""
        return self.told.reading.text[self.start : self.end]

    @cached_property
    def places(self) -> frozenset[str]:
        """Places named in its clause."""
        return places(self.clause, self.noun)

    @cached_property
    def parties(self) -> tuple[Party | None, Party | None]:
        """Who or what are subject and object of its clause."""
        subject, patient = self.clause.subject, self.clause.patient
        return (
            party(subject) if subject is not None else None,
            party(patient) if patient is not None else None,
        )

    @cached_property
    def periods(self) -> tuple[tuple[str, tuple[Days, ...]], ...]:
        """The dates in its clause: words and days they may mean."""
        found = []
        verb = self.clause.verb
        inside = {t.i for t in (*self.clause.scope, *_when(verb), *_opening(verb))}
        for moment in moments(self.told.reading.text):
            if moment.kind != "date":
                continue
            token = self.told.doc.char_span(moment.start, moment.end, alignment_mode="expand")
            if token is None or not any(t.i in inside for t in token) or _reporting(token.root):
                continue
            day = self.told.reading.published
            days = nearest(day_ranges(moment, day), day)
            found.append((self.told.reading.text[moment.start : moment.end].lower(), days))
        return tuple(found)


def _when(verb: Token) -> Iterator[Token]:
    """The date that a clause belongs to: “in 1974, when ash fell and nobody died”."""
    while verb.dep_ == "conj":
        verb = verb.head
    if verb.dep_ == "relcl" and any(child.lower_ == "when" for child in verb.children):
        yield verb.head


def _opening(verb: Token) -> Iterator[Token]:
    """What opens a sentence is said of its joined verbs too: “in 2011 a fire … and cost …”."""
    first = verb
    while first.dep_ == "conj" and first.head.pos_ in {"VERB", "AUX"}:
        first = first.head
    subject = next((c.i for c in first.children if c.dep_ in {"nsubj", "nsubjpass"}), -1)
    if first != verb:
        for child in first.children:
            if child.i < subject and child.dep_ in {"npadvmod", "advmod", "prep"}:
                yield from child.subtree


def _reporting(moment: Token) -> bool:
    """“said on Tuesday”: the day of the report, not of what is reported."""
    above = moment.head.head if moment.dep_ == "pobj" else moment.head
    before = moment.doc[max(0, moment.i - 2) : moment.i]
    return is_saying(above, strong=True) or any(is_saying(t, strong=True) for t in before)


def nearest(days: Sequence[Days], published: date | None) -> tuple[Days, ...]:
    """Of several readings of "Tuesday" or "May" that nearest to the day of the text."""
    if published is None or len(days) < 2:
        return tuple(days)
    return (min(days, key=lambda d: (abs((d[0] - published).days), d[0] > published)),)


def figures_of(told: Told) -> Iterator[Figure]:
    """All figures of a sentence that are written as numbers."""
    start = told.span.start_char
    end = told.span.end_char
    for amount in amounts(told.reading):
        if start <= amount.start and amount.end <= end:
            yield from _of_amount(told, amount)
    for moment in moments(told.reading.text):
        if start <= moment.start and moment.end <= end and moment.value and not moment.weak:
            yield from _of_length(told, moment)


def _of_amount(told: Told, amount: Amount) -> Iterator[Figure]:
    number = amount.number
    if number.form in {"name", "multiple"} or amount.after_name or number.pair:
        return
    tokens = _tokens(told, amount.start, amount.end)
    if not tokens:
        return
    noun = _noun_token(told, amount, tokens)
    if noun is None and not amount.units and (_is_age(tokens[0]) or _is_hour(tokens[0])):
        return
    if number.form == "ordinal":
        noun = _stage(told, tokens[-1])
        if noun is None:
            return
    unit = amount.units[0] if amount.units else None
    sort = "ordinal" if number.form == "ordinal" else unit.dimension if unit else "count"
    factor = _BETWEEN_HOUSES.get(unit.name, unit.factor) if unit else 1.0
    value = value_of(amount, factor)
    if number.form == "fraction":
        share = value_of(amount, 100.0)
        sort, value = "percent", Value(share.point, share.low, share.high, vague=True)
    elif ratio := _ratio(told, amount):
        sort, value = "percent", approximate(ratio, 3.0, "about")
    elif _is_second_of_ratio(told, amount):
        return
    anchor = noun if noun is not None else _head_number(tokens)
    yield figure_at(
        told, sort, (amount.start, amount.end), value, anchor, noun, amount.approx_words
    )


def _of_length(told: Told, moment: Moment) -> Iterator[Figure]:
    tokens = _tokens(told, moment.start, moment.end)
    behind = told.reading.text[moment.end :].split(maxsplit=1)[:1]
    if moment.kind not in {"duration", "age"} or not tokens or set(behind) & _DISTANCES:
        return
    scale = SECONDS.get(moment.unit, 0) / _DAY
    value = approximate(moment.value * scale, scale, moment.approx)
    anchor = max(tokens, key=lambda t: t.pos_ in {"NOUN", "ADJ"})
    _approx, approx_words = approximator(told.reading.text, moment.start, moment.end)
    yield figure_at(
        told, moment.kind, (moment.start, moment.end), value, anchor, None, approx_words
    )


def figure_at(
    told: Told,
    sort: str,
    place: tuple[int, int],
    value: Value,
    anchor: Token,
    noun: Token | None,
    approx_words: str = "",
) -> Figure:
    """The figure at a place of the passage, with what its clause and noun say of it."""
    clause = clause_of(anchor)
    start, end = place
    text = told.reading.text
    if approx_words and text[:start].rstrip().lower().endswith(approx_words.lower()):
        start = text[:start].rstrip().lower().rfind(approx_words.lower())
    if noun is not None and end <= noun.idx <= end + 30:
        end = noun.idx + len(noun.text)
    thing = thing_of(noun) if noun is not None else ""
    counted = noun is not None and thing not in words("things", "measures")
    return Figure(
        told=told,
        sort=sort,
        start=start,
        end=end,
        value=value,
        clause=clause,
        thing=thing,
        noun=noun,
        narrowed=narrowing(noun) if counted and noun is not None else frozenset(),
        rate=rate_of(clause, anchor),
        part=is_part(told, start, place[1], share=sort == "percent"),
        more=is_more(told, start, end, noun),
        mood=mood_of_clause(clause.verb),
    )


def _tokens(told: Told, start: int, end: int) -> list[Token]:
    span = told.doc.char_span(start, end, alignment_mode="expand")
    return list(span) if span is not None else []


def _head_number(tokens: list[Token]) -> Token:
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[-1])


def _noun_token(told: Told, amount: Amount, tokens: list[Token]) -> Token | None:
    """What is counted: the noun behind the number, or the one a number stands for."""
    if amount.units:
        return None
    last = tokens[-1].i
    if amount.noun_text:
        behind = told.doc[last + 1 : min(last + 9, told.span.end)]
        return next((t for t in behind if t.text == amount.noun_text), None)
    clause = clause_of(_head_number(tokens))
    for subject in (clause.subject, clause.patient):
        if subject is None or subject.lemma_.lower() not in _TOTALS:
            continue
        of = (c for c in subject.children if c.lower_ == "of")
        found = next((p for prep in of for p in prep.children if p.dep_ == "pobj"), None)
        if found is not None:
            return found
    return None


def _is_age(first: Token) -> bool:
    """“A shot-firer of 51”."""
    of = first.nbor(-1) if first.i else None
    holder = of.head if of is not None and of.lower_ == "of" else None
    if holder is None or holder.pos_ != "NOUN":
        return False
    return holder.lemma_.lower() not in _TOTALS and any(
        c.lower_ in {"a", "an"} for c in holder.children
    )


def _is_hour(number: Token) -> bool:
    """“Since six”, “until ten”: a time of day without its unit."""
    before = number.nbor(-1) if number.i else None
    return before is not None and before.lower_ in _SINCE and number.pos_ == "NUM"


def _stage(told: Told, last: Token) -> Token | None:
    """The minute of "in the 118th minute": other ordinals count something else each time."""
    behind = told.doc[last.i + 1 : min(last.i + 2, told.span.end)]
    return next((t for t in behind if t.lemma_.lower() in _STAGES), None)


def mood_of_clause(verb: Token) -> str:
    """The mood of a clause, by its verb."""
    return next((p.mood for p in predicates(verb.doc) if p.verb == verb), "fact")


def _ratio(told: Told, amount: Amount) -> float | None:
    """The share that “six out of ten” is."""
    behind = told.reading.text[amount.end : amount.end + 30].lower()
    if not behind.lstrip().startswith(("out of ", "in every ")):
        return None
    other = next((a for a in amounts(told.reading) if a.start > amount.end), None)
    if other is None or other.start > amount.end + 14 or not other.number.value:
        return None
    return 100 * amount.number.value / other.number.value


def _is_second_of_ratio(told: Told, amount: Amount) -> bool:
    return told.reading.text[: amount.start].lower().rstrip().endswith(("out of", "in every"))
