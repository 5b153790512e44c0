"""Whether a later figure replaces an earlier one, and which of two is the later (English)."""

from __future__ import annotations

from briefing.across.figures import Figure
from briefing.across.told import Told
from briefing.across.words import words


def ordered(one: Figure, other: Figure) -> tuple[Figure, Figure] | None:
    """The earlier figure and the later, where the later one is an update; else None."""
    by_time = _by_time(one.told, other.told)
    by_words = _by_words(one, other)
    order = by_words or by_time
    grows = (one.clause.acts & other.clause.acts) & words("growing", "acts")
    # Two texts of one day that say nothing of the hour may count differently.
    known = order is not None or not (one.told.published and other.told.published)
    risen = _grown(one, other, bool(grows) and known)
    if risen is not None and (by_time is None or risen[0] is (one if by_time < 0 else other)):
        return risen
    if order is None:
        return None
    if by_words and by_time and by_words != by_time:
        return None
    first, second = (one, other) if order < 0 else (other, one)
    told = one.sort == "clock" and one.mood == other.mood == "fact"  # “the first call came at 9.47”
    changed = any(
        (f.clause.patient is not None and _lateness(f) and not told) or _redone(f)
        for f in (one, other)
    )
    if by_words and (grows or by_time or changed):
        shrinks = grows and by_time is None and second.value.point < first.value.point
        return (second, first) if shrinks else (first, second)
    if by_time is None:
        return None
    if one.sort == "day":
        day = first.told.reading.published
        ahead = day is not None and first.value.low > day.toordinal()
        return (first, second) if ahead else None
    if 0.0 in {one.value.point, other.value.point}:
        return None  # “nobody was hurt” is denied by those who were
    if not grows:
        return None
    rose = second.value.point >= first.value.point
    return (first, second) if rose or grows & words("growing", "falling") else None


def _grown(one: Figure, other: Figure, grows: bool) -> tuple[Figure, Figure] | None:
    """The smaller of two counts and the larger, where such counts only grow.

    The dead and the hurt are counted as long as an event goes on (``grows``); and whatever "has
    been found", "now" or "so far" is counted up to that moment. Of 13 pairs of the dead or hurt
    whose order nobody knew, on 34 annotated events, all were updates (docs/across.md).
    """
    first, second = sorted((one, other), key=lambda figure: figure.value.point)
    counts = first.sort == second.sort == "count" and first.value.point > 0
    if not counts or first.part or second.value.vague:
        return None
    later = {t.lower_ for t in second.told.span} & words("marks", "settled")
    growing = first.clause.acts & second.clause.acts & words("growing", "acts")
    return (first, second) if grows or is_interim(first) or (later and growing) else None


def is_interim(figure: Figure) -> bool:
    """Whether its words, its tense or the hour of its entry say that it is so up to a moment."""
    clause = {form for t in figure.clause.scope for form in (t.lower_, t.lemma_.lower())}
    of_an_hour = any(not added.reference for added in figure.told.line.added)
    verb, parties = figure.clause.verb, (figure.clause.subject, figure.clause.patient)
    perfect = (
        verb.tag_ == "VBN"
        and figure.noun is not None
        and figure.noun in parties
        and any(c.dep_ == "aux" and c.lemma_.lower() == "have" for c in verb.children)
    )
    return of_an_hour or perfect or bool(clause & words("marks", "moment"))


def _by_time(one: Told, other: Told) -> int | None:
    """Below 0 where ``one`` appeared first; None on the same day, as far as is known."""
    a, b = one.published, other.published
    if not a or not b:
        return None
    if a.startswith("0000") != b.startswith("0000"):  # one of them has no year
        a, b = a[5:10].rjust(10), b[5:10].rjust(10)
    length = min(len(a), len(b), 16)
    if length < 10 or a[:length] == b[:length]:
        return None
    return -1 if a[:length] < b[:length] else 1


def _by_words(one: Figure, other: Figure) -> int | None:
    """Below 0 where the words say that ``other`` is the later figure."""
    mine, theirs = _lateness(one), _lateness(other)
    if mine == theirs:
        return None
    return -1 if mine < theirs else 1


def _redone(figure: Figure) -> bool:
    """Whether its sentence says that it was counted or reckoned again."""
    return any(t.lower_ in words("marks", "redone") for t in figure.told.span)


def _lateness(figure: Figure) -> int:
    if _redone(figure):
        return 1
    near = {t.lower_ for t in figure.clause.scope} | {figure.clause.verb.lemma_.lower()}
    raised = figure.clause.verb.lemma_.lower() in words("verbs", "raising")
    to = any(t.lower_ == "to" and 0 <= figure.start - t.idx <= 30 for t in figure.clause.scope)
    by_then = any(
        t.lower_ == "by" and any(c.ent_type_ in {"TIME", "DATE", "CARDINAL"} for c in t.children)
        for t in figure.clause.scope
    )
    if by_then and not (raised and to):
        return -1
    later = (raised and to) or bool(near & words("marks", "later"))
    return int(later) - bool(near & words("marks", "earlier"))
