"""How a pick is told: its sentence, behind those that it leans on, and what was checked of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from briefing.choose import Pick
from briefing.extract.articles import Line
from briefing.types import Check


def joined(pick: Pick) -> tuple[str, Literal["verbatim", "compressed"]]:
    """What ``pick`` says together with the lines before it, in the source's words."""
    lines = (*pick.before, pick.ranked.line)
    if any(line.added for line in lines):
        # All of it was written in one hour: said once, at the end.
        return " ".join([*(line.named for line in pick.before), lines[-1].statement]), "compressed"
    return pick.evidence[0].text if pick.before else lines[-1].statement, "verbatim"


def length(lines: Sequence[Line]) -> int:
    """In words."""
    return sum(len(line.sentence.text.split()) for line in lines)


def identity(pick: Pick) -> Check:
    """That its words are those of its source."""
    source = pick.ranked.article.source.id
    added = any(line.added for line in (*pick.before, pick.ranked.line))
    names = ", but for names in brackets" if added else ""
    reason = f"whole sentences of {source}, unchanged{names}"
    return Check(name="identity", passed=True, reason=reason)


def settled(pick: Pick) -> Iterator[Check]:
    """The checks of the sentence, those that it fails alone settled by what it is told behind."""
    for check in pick.ranked.line.checks:
        if check.passed:
            yield check
        elif pick.before:
            yield Check(name=check.name, passed=True, reason="the sentence before it says so")
