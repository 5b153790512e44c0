"""The timeline: what the sources date, in the order of time, each happening once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.across.bracketed import cite_added
from briefing.across.clause import clause_of
from briefing.across.happenings import Happening, happenings
from briefing.across.heading import dateline_end
from briefing.across.words import act_of, alike
from briefing.evidence import Citer
from briefing.extract.articles import Article
from briefing.grounding.predicates import party, same
from briefing.lexical import numbers
from briefing.merge import RETOLD, Comparer, Told
from briefing.origins import Origins
from briefing.types import Event, Evidence

MAX_EVENTS = 15
_LEAD = 3
_NEAR = 60
"""Days around publication in which a date is of the event and not of its history."""


@dataclass(frozen=True, eq=False)
class _Entry:
    """A happening with its sentence prepared for comparison, and what it is worth by itself."""

    what: Happening
    told: Told
    origin: str
    worth: float


def timeline(
    articles: Sequence[Article],
    origins: Origins,
    citer: Citer,
    comparer: Comparer,
    *,
    language: str | None = None,
) -> list[Event]:
    """The dated happenings of the sources, at most :data:`MAX_EVENTS`, in the order of time.

    ``language`` is that of all articles where the user gave one, else each has its own.
    """
    entries = [
        _Entry(h, comparer.told(h.article, h.line), _origin(h, origins), _worth(h))
        for article in articles
        for h in happenings(article, language)
    ]
    groups: list[list[_Entry]] = []
    for entry in sorted(entries, key=lambda e: (e.what.when.days, -e.worth)):
        group = next((g for g in groups if any(_is_same(e, entry, comparer) for e in g)), None)
        if group is None:
            groups.append([entry])
        else:
            group.append(entry)
    shown = sorted(groups, key=lambda g: -_importance(g))[:MAX_EVENTS]
    events = [_event(group, citer, comparer) for group in shown]
    return sorted(events, key=lambda e: (e.date, e.until or ""))


def _origin(what: Happening, origins: Origins) -> str:
    return origins.of(what.article.source.id, what.line.passage.id)


def _worth(what: Happening) -> float:
    """What grammar, place and date say for a happening."""
    line, when = what.line, what.when
    place = 1.5 if line.order < _LEAD else 0.5 if line.order * 3 < len(what.article.lines) else 0.0
    exact = 1.0 if when.days == 1 else 0.5 if when.days <= 31 else 0.0
    near = 0.0
    if what.published is not None:
        near = 1.0 if abs((when.first - what.published).days) <= _NEAR else 0.0
    headed = 1.0 if dateline_end(line.sentence.text) else 0.0
    return line.signs.event + place + exact + near - what.saying - headed


def _importance(group: Sequence[_Entry]) -> float:
    return max(e.worth for e in group) + 2 * (len({e.origin for e in group}) - 1)


def _is_same(one: _Entry, other: _Entry, comparer: Comparer) -> bool:
    """Whether two sentences tell one happening: on days that agree, in much the same words."""
    a, b = one.what.when, other.what.when
    if not (a.first <= b.end_day and b.first <= a.end_day):
        return False
    if comparer.retells(one.told, other.told):
        return True
    return a.first == b.first and a.days == b.days == 1 and _same_act(one.what, other.what)


def _same_act(one: Happening, other: Happening) -> bool:
    """The same is done by the same to the same, as far as both sentences say."""
    first, second = clause_of(one.verb), clause_of(other.verb)
    act = act_of(one.verb)
    verbs = alike(one.verb.lemma_.lower(), other.verb.lemma_.lower())
    if one.saying or other.saying or not (verbs or (act and act == act_of(other.verb))):
        return False
    pairs = ((first.subject, second.subject), (first.patient, second.patient))
    verdicts = [same(party(a), party(b)) for a, b in pairs if a is not None and b is not None]
    return len(verdicts) == 2 and all(verdicts)


def _event(group: Sequence[_Entry], citer: Citer, comparer: Comparer) -> Event:
    finest = min(e.what.when.days for e in group)
    exact = (e for e in group if e.what.when.days == finest)
    best = max(exact, key=lambda e: (e.what.tense == "past", e.worth))
    what, line = best.what, best.what.line
    evidence = (
        _cite(best, citer),
        *cite_added(what.line.added, what.article, citer),
        *_others(best, group, citer, comparer),
    )
    return Event(
        id=citer.item_id("t", line.statement, evidence),
        date=what.when.iso,
        until=what.when.until,
        when=what.words,
        statement=line.statement,
        mode="compressed" if line.added else "verbatim",
        evidence=evidence,
    )


def _cite(entry: _Entry, citer: Citer) -> Evidence:
    sentence = entry.what.line.sentence
    return citer.cite(entry.what.article.source.id, sentence.start, sentence.end)


def _others(
    best: _Entry, group: Sequence[_Entry], citer: Citer, comparer: Comparer
) -> list[Evidence]:
    """Sentences of other sources that tell the same: no other figures, not “will” for “did”."""
    own = best.what.article.source.id
    supporters = {id(t.line) for t in comparer.supporters(best.told)}
    taken: dict[str, Evidence] = {}
    for entry in group:
        source = entry.what.article.source.id
        agrees = _bears_out(entry, best) or id(entry.what.line) in supporters
        if source != own and source not in taken and agrees:
            taken[source] = _cite(entry, citer)
    return list(taken.values())


def _bears_out(other: _Entry, best: _Entry) -> bool:
    """Whether a sentence has most of what another says, all its figures, and the same mood."""
    common = len(other.told.words & best.told.words)
    return (
        common >= RETOLD * len(best.told.words)
        and _figures(best) <= _figures(other)
        and other.told.polarity == best.told.polarity
        and other.what.tense == best.what.tense
    )


def _figures(entry: _Entry) -> set[str]:
    """The numbers of a sentence outside its date."""
    text, base = entry.what.line.sentence.text, entry.what.line.sentence.start
    start, end = entry.what.start - base, entry.what.end - base
    return numbers(text[:start]) | numbers(text[end:])
