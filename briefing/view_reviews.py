"""What the evidence view knows of a reader's decisions on the items of a briefing."""

from __future__ import annotations

import json
from typing import Final

from briefing.entries import entries, fingerprints
from briefing.errors import DocumentError
from briefing.review.decisions import Choice, Review
from briefing.review.showing import told
from briefing.types import Briefing
from briefing.view_items import Reviewed
from briefing.view_passages import seen

_DONE: Final[dict[Choice, str]] = {
    "accept": "accepted",
    "reject": "rejected",
    "edit": "edited",
    "comment": "comment only",
}


def reviewed_of(briefing: Briefing, review: Review) -> dict[str, Reviewed]:
    """What a reader can decide on, by item id; nothing where two items have one id."""
    try:
        prints = fingerprints(briefing)
    except DocumentError:
        return {}
    return {
        each.id: Reviewed(
            each.id, each.kind, seen(each.text), prints[each.id], **_decided(each.id, review)
        )
        for each in entries(briefing)
    }


def _decided(item: str, review: Review) -> dict[str, str]:
    """What ``review`` says of ``item``, as fields of :class:`Reviewed`."""
    decision, old = review.of(item), review.outdated_for(item)
    if decision is not None:
        kept = {"decision", "edited", "comment", "said", "reviewer", "dated"}
        return {
            "earlier": json.dumps(decision.model_dump(include=kept)),
            "state": _DONE[decision.decision],
            "by": seen(decision.reviewer).strip(),
        }
    if old is not None:
        return {"state": "outdated", "outdated": told(old)}
    return {}
