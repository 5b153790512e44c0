"""Going through a briefing item by item: a state, and what each decision makes of it.

Nothing is read or written here; :mod:`briefing.cli.review` asks and saves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import ValidationError

from briefing.entries import Entry, Fingerprint, entries, fingerprints
from briefing.errors import UserError
from briefing.review.decisions import EDITABLE, Choice, Decision, Review
from briefing.types import Briefing


@dataclass(frozen=True)
class Signature:
    """Who decides, and when if that is to be kept."""

    reviewer: str = ""
    dated: str | None = None


@dataclass(frozen=True)
class Session:
    """Where a reader is. ``at`` is the position of the item shown; behind the last: at the end."""

    items: tuple[Entry, ...]
    prints: Mapping[str, Fingerprint]
    review: Review
    at: int

    @property
    def entry(self) -> Entry | None:
        """The item shown; None at the end."""
        return self.items[self.at] if self.at < len(self.items) else None

    @property
    def undecided(self) -> int:
        """How many items are left to decide."""
        return sum(not _settled(self.review, entry) for entry in self.items)

    @property
    def counts(self) -> Counter[str]:
        """How many items have which decision."""
        return Counter(each.decision for each in self.review.decisions)

    def decide(
        self, choice: Choice, signature: Signature, *, edited: str = "", comment: str = ""
    ) -> Session:
        """Decide on the item shown and go on, but for a comment, which stays.

        A comment joins the decision that is there; a decision without one keeps it.

        Raises: UserError for an edit of what is exact, or of nothing, and for what is too long.
        """
        entry = self.entry
        if entry is None:
            return self
        before = self.review.of(entry.id)
        words = " ".join(edited.split())
        if choice == "edit":
            check_edit(entry, words)
        remark = comment.strip() or (before.comment if before else "")
        if choice == "comment" and before is not None:
            choice, words = before.decision, before.edited
        found = self.prints[entry.id]
        try:
            decision = Decision(
                item=entry.id,
                kind=entry.kind,
                decision=choice,
                text_sha256=found.text_sha256,
                evidence_sha256=found.evidence_sha256,
                said=entry.text,
                edited=words,
                comment=remark,
                reviewer=signature.reviewer,
                dated=signature.dated,
            )
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            message = f"the decision cannot be kept: {first['loc'][0]}: {first['msg']}"
            raise UserError(message, "Say it in fewer words, in UTF-8.") from error
        return replace(self, review=self.review.decided(decision))

    def forward(self) -> Session:
        """The next item that is undecided, or the end."""
        rest = range(self.at + 1, len(self.items))
        undecided = (n for n in rest if not _settled(self.review, self.items[n]))
        return replace(self, at=next(undecided, len(self.items)))

    def back(self) -> Session:
        """The item before, decided or not."""
        return replace(self, at=max(0, self.at - 1))


def begin(briefing: Briefing, review: Review) -> Session:
    """A session at the first undecided item. Raises: DocumentError where two items have one id."""
    start = Session(entries(briefing), fingerprints(briefing), review, -1)
    return start.forward()


def check_edit(entry: Entry, words: str) -> None:
    """Whether ``entry`` may be given these words. Raises: UserError."""
    if entry.kind == "quote":
        raise UserError("a quotation is exact: it is not edited", "Reject it, or comment on it.")
    if entry.kind not in EDITABLE:
        message = "the sides of a disagreement are their sources' words: they are not edited"
        raise UserError(message, "Reject it, or comment on it.")
    if not words:
        raise UserError("an edited statement needs words", "To take it out, reject it.")
    if words == entry.text:
        raise UserError("these are the words that it has", "To leave it as it is, accept it.")


def _settled(review: Review, entry: Entry) -> bool:
    decision = review.of(entry.id)
    return decision is not None and decision.settles
