"""Why a verdict is what it is, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.grounding.verdicts import ClaimVerdict
from briefing.types import Verdict

MOST = 3
"""Objections named in one reason."""


def reason_for(
    verdict: Verdict,
    probability: float | None,
    claims: Sequence[ClaimVerdict],
    verbatim: bool,
    cited: bool,
) -> str:
    """The reason in words: certain objections first, then the judge, then doubts."""
    if not cited:
        return "it cites nothing that could support it"
    if verbatim:
        return "it is a sentence of the passage it cites"
    found = [objection for claim in claims for objection in claim.objections]
    certain = [objection.reason for objection in found if objection.certain]
    doubts = [objection.reason for objection in found if not objection.certain]
    if certain:
        return _joined(certain)
    if probability is None:
        said = "nothing speaks against it, but no calibrated judge has read it"
        return _joined(doubts) if doubts else said
    odds = f"the judge gives it {probability:.0%}"
    if verdict == "supported" or not doubts:
        return odds
    return f"{odds}; {_joined(doubts)}"


def _joined(reasons: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(reasons[:MOST]))
