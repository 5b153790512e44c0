"""What the evidence view is given: the whole briefing as plain text, escaped by its template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.present import citations_of
from briefing.review.decisions import Review
from briefing.types import Briefing, Run
from briefing.view_entries import EntryMaker
from briefing.view_map import rows_of
from briefing.view_passages import passages_of, seen
from briefing.view_reviews import reviewed_of
from briefing.view_sources import SourceCard, cards_of
from briefing.view_timeline import picture
from briefing.views import counted

WORDING: Final = {
    "verbatim": "a source’s own words",
    "compressed": "a source’s sentence, shortened or with names added in [brackets]",
    "free": "the model’s words",
    "edited": "a reader’s words",
}
_LARGE: Final = 1500
"""Cells of the map from which on a browser draws only what is near the screen."""


def context_of(briefing: Briefing, review: Review) -> dict[str, object]:
    """What ``view.html.jinja`` is given, but for its style and script.

    ``review`` must hold for the briefing (:func:`briefing.review.decisions.settle`).

    Raises: DocumentError where an item cites a source that is not there.
    """
    cited = citations_of(briefing)
    passages = passages_of(briefing, cited)
    make = EntryMaker(
        passages, reviewed_of(briefing, review), briefing.sources, briefing.disagreements
    )
    outcomes = [make.outcome(each, n) for n, each in enumerate(briefing.outcomes, 1)]
    quotes = [make.said(each, n) for n, each in enumerate(briefing.quotes, 1)]
    questions = [make.question(each, n) for n, each in enumerate(briefing.open_questions, 1)]
    background = {n for n, each in enumerate(briefing.outcomes) if each.background}
    cards = cards_of(briefing, passages.values())
    finding = {each.id: each for each in briefing.outcomes}
    return {
        "title": seen(briefing.title),
        "topic": seen(briefing.topic or "").strip(),
        "notes": [seen(note) for note in briefing.notes],
        "bottom_line": [
            make.line(each, n, finding.get(each.outcome_id))
            for n, each in enumerate(briefing.bottom_line, 1)
        ],
        "outcomes": [each for n, each in enumerate(outcomes) if n not in background],
        "background": [each for n, each in enumerate(outcomes) if n in background],
        "quotes": quotes,
        "open_questions": questions,
        "disagreements": [make.point(d, n) for n, d in enumerate(briefing.disagreements, 1)],
        "timeline": [make.moment(e, n) for n, e in enumerate(briefing.timeline, 1)],
        "picture": picture(briefing.timeline),
        "actors": [make.person(a, n) for n, a in enumerate(briefing.actors, 1)],
        "withheld": [make.held(each, n) for n, each in enumerate(briefing.withheld, 1)],
        "left_out": [(seen(left.name), seen(left.reason)) for left in briefing.left_out],
        "cards": cards,
        "columns": _columns(cards),
        "large": len(cards) * (len(outcomes) + len(quotes)) > _LARGE,
        "rows": [
            ("Key outcomes", rows_of(outcomes)),
            ("Quotes", rows_of(quote.entry for quote in quotes)),
            ("Open questions", rows_of(questions)),
        ],
        "corroborated": sum(outcome.corroborated for outcome in outcomes),
        "independent": len({source.origin or source.id for source in briefing.sources}),
        "homeless": sum(not each.now for each in review.outdated),
        "run": _run(briefing.run),
        "wording": WORDING,
        "counted": counted,
    }


def _run(run: Run) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the result depends on: lines of names, each with a version or the head of a hash."""
    model, sha = run.model.get("name") or "not recorded", str(run.model.get("sha256") or "")
    software = [("briefing", run.briefing_version), *sorted(run.versions.items())]
    prompts = [(name, sha256[:12]) for name, sha256 in sorted(run.prompts.items())]
    lines = [
        ("Model", [(str(model), f"SHA-256 {sha[:12]}" if sha else ""), (f"seed {run.seed}", "")]),
        ("Software", software),
        ("Prompts", prompts),
    ]
    return [(what, [(seen(a), seen(b)) for a, b in values]) for what, values in lines]


def _columns(cards: Sequence[SourceCard]) -> list[SourceCard]:
    """The sources with near-copies beside each other, in the order of the first of each group."""
    groups: dict[str, list[SourceCard]] = {}
    for card in cards:
        groups.setdefault(card.origin, []).append(card)
    return [card for group in groups.values() for card in group]
