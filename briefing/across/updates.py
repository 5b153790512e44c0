"""Whether a later figure replaces an earlier one, and which of two is the later (English)."""

from __future__ import annotations

from briefing.across.figures import Figure
from briefing.across.hours import order_of, same_hour
from briefing.across.same import near_acts
from briefing.across.words import words


def ordered(one: Figure, other: Figure) -> tuple[Figure, Figure] | None:
    """The earlier figure and the later, where the later one is an update; else None."""
    by_time = order_of(one.told, other.told)
    by_words = _by_words(one, other)
    order = by_words or by_time
    grows = (one.clause.acts & other.clause.acts) & words("growing", "acts")
    tally = bool(grows) or is_tally(one, other)
    # Two texts of one day that say nothing of the hour may count differently.
    known = order is not None or not same_hour(one.told, other.told)
    risen = _grown(one, other, tally and known)
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
    if not tally:
        return None
    rose = second.value.point >= first.value.point
    return (first, second) if rose or grows & words("growing", "falling") else None


def is_tally(one: Figure, other: Figure) -> bool:
    """Whether both are counts of what is counted as long as an event goes on.

    The dead and the hurt, farms that "are confirmed", signatures, flights that were cancelled.
    """
    if not one.sort == other.sort == "count" or one.mood != "fact" or other.mood != "fact":
        return False
    mine, theirs = _counted(one), _counted(other)
    same_thing = bool(one.thing) and one.thing == other.thing
    return (mine and theirs) or (same_thing and (mine or theirs))


def _counted(figure: Figure) -> bool:
    clause = figure.clause
    verb = {clause.verb.lemma_.lower(), *(c.lower_ for c in clause.verb.children)}
    own = {c.lower_ for c in figure.noun.children} if figure.noun is not None else set[str]()
    acts = near_acts(figure) & words("growing", "acts")
    return bool(acts or (verb | own) & words("growing", "tallied"))


def _shrinks(one: Figure, other: Figure) -> bool:
    """The missing and the trapped are fewer from hour to hour."""
    acts = near_acts(one) & near_acts(other)
    return bool(acts) and acts <= words("growing", "shrinking")


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
    if not (grows or is_interim(first) or (later and growing)):
        return None
    return (second, first) if _shrinks(first, second) else (first, second)


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
    going_on = (
        verb.tag_ == "VBG"
        and figure.noun is not None
        and figure.noun == figure.clause.subject
        and any(c.dep_ == "aux" and c.lemma_.lower() == "be" for c in verb.children)
    )
    return of_an_hour or perfect or going_on or bool(clause & words("marks", "moment"))


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
