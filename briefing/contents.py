"""All that a briefing shows, item by item in the order in which a reader meets it."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.types import Briefing, Evidence, around


def cited(briefing: Briefing) -> Iterator[tuple[str, Evidence]]:
    """Every piece of evidence with the id of its item (``withheld 1`` … for what has none)."""
    for item, evidence in _groups(briefing):
        yield from ((item, each) for each in evidence)


def _groups(briefing: Briefing) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    for line in briefing.bottom_line:
        yield line.id, (*line.evidence, *around(line))
    for outcome in briefing.outcomes:
        yield outcome.id, (*outcome.evidence, *around(outcome))
    for point in briefing.disagreements:
        yield from ((point.id, side.evidence) for side in point.sides)
    for quote in briefing.quotes:
        yield quote.id, (*quote.evidence, *quote.continued, *quote.attribution, *around(quote))
        for wording in quote.wordings:
            yield quote.id, (*wording.evidence, *wording.continued)
    for question in briefing.open_questions:
        yield question.id, (*question.evidence, *around(question))
    for event in briefing.timeline:
        yield event.id, event.evidence
    for actor in briefing.actors:
        yield actor.id, actor.evidence
        yield from ((actor.id, role.evidence) for role in actor.roles)
    for number, withheld in enumerate(briefing.withheld, 1):
        yield f"withheld {number}", withheld.evidence
