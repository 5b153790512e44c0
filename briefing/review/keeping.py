"""The decisions file of a briefing, which several reviews may write at the same time.

Each decision is saved on what the file holds at that moment, under a lock, so that nobody's
decisions are lost. What somebody else decided meanwhile on the same item comes first: it has to be
seen before it is replaced.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import filelock

from briefing import paths
from briefing.errors import UserError
from briefing.review.decisions import (
    Decision,
    Review,
    load_decisions,
    place_for,
    save_decisions,
    settle,
)
from briefing.types import Briefing

_PATIENCE: Final = 10.0
"""Seconds to wait for another review, which holds the lock for milliseconds."""


@dataclass(frozen=True)
class Ledger:
    """The decisions on ``briefing`` in the file ``place``."""

    place: Path
    briefing: Briefing

    def current(self, known: Review) -> Review:
        """What the file holds, as far as it holds for the briefing; ``known`` where there is none.

        Raises: DocumentError where the file is no longer one of decisions.
        """
        if not self.place.exists():
            return known
        return settle(load_decisions(self.place), self.briefing)

    def decided(self, known: Review, decision: Decision) -> Review:
        """Save ``decision`` with what the file holds by now, and return all of it.

        Raises: UserError where somebody else decided on the item since ``known`` was read.
        """
        with self._locked():
            now = self.current(known)
            theirs = now.of(decision.item)
            if theirs is not None and theirs not in (known.of(decision.item), decision):
                by = f" by {theirs.reviewer}" if theirs.reviewer else ""
                raise Overtaken(now, f"another review decided on this item meanwhile{by}")
            made = now.decided(decision)
            save_decisions(made, self.place)
        return made

    def changed(self, change: Callable[[Review], Review]) -> Review:
        """Save what ``change`` makes of what the file holds."""
        with self._locked():
            made = change(self.current(Review()))
            save_decisions(made, self.place)
        return made

    @contextmanager
    def _locked(self) -> Iterator[None]:
        name = sha256(os.path.realpath(self.place).encode("utf-8", "surrogateescape")).hexdigest()
        lock = paths.cache_dir() / "locks" / name[:16]  # not beside it: nobody wants it there
        try:
            lock.parent.mkdir(mode=0o700, exist_ok=True)
            with filelock.FileLock(lock, timeout=_PATIENCE):
                yield
        except filelock.Timeout as error:
            hint = "Close the other review, and go on with this command."
            raise UserError(f"another review keeps {self.place} locked", hint) from error
        except OSError as error:
            message = f"{lock} cannot be locked: {error.strerror}"
            raise UserError(message, "Check that the folder is yours to write.") from error


def held(file: Path, briefing: Briefing) -> Review | None:
    """What was decided on the briefing in ``file``, as far as it holds; None where nothing was.

    Raises: DocumentError where the file of the decisions is not one.
    """
    place = place_for(file)
    return Ledger(place, briefing).current(Review()) if place.exists() else None


class Overtaken(UserError):
    """Somebody else decided on the item; ``review`` is what the file holds."""

    def __init__(self, review: Review, message: str) -> None:
        super().__init__(message, "Nothing of yours was lost but this one: look at the item again.")
        self.review = review
