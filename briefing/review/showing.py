"""An item with its passages, as lines for a terminal; the words that support it are marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from briefing.entries import NOUNS, Entry
from briefing.escaping import fold
from briefing.review.decisions import Decision, Outdated
from briefing.types import NOT_ESTABLISHED, Briefing, Evidence, Passage

Style = Literal["plain", "heading", "soft", "marked"]
_HIDDEN = frozenset({"speaker", "date", "verdict"})


class Piece(NamedTuple):
    """A stretch of a line."""

    text: str
    style: Style = "plain"


class Line(NamedTuple):
    """A line; it is wrapped behind ``indent`` spaces."""

    pieces: tuple[Piece, ...]
    indent: int = 0


def shown(entry: Entry, briefing: Briefing, shelf: Mapping[str, Passage]) -> Iterator[Line]:
    """What ``entry`` says, then each passage that it cites with its source."""
    yield Line((Piece(_title(entry), "heading"),))
    yield Line((Piece(fold(_said(entry))),), 2)
    for name, words in entry.about.items():
        if name not in _HIDDEN and words:
            yield Line((Piece(fold(f"{name}: {words}"), "soft"),), 2)
    names = {source.id: source for source in briefing.sources}
    groups: dict[tuple[str, str], list[Evidence]] = {}
    for each in (*entry.evidence, *entry.naming):
        groups.setdefault((each.source_id, each.passage_id), []).append(each)
    for (source_id, passage_id), group in groups.items():
        source = names.get(source_id)
        said_by = (source.publisher or source.title or source.name) if source else "no such source"
        when = f", {source.published}" if source and source.published else ""
        head = f"{source_id} ¶{group[0].paragraph}, {said_by}{when}"
        yield Line((Piece(fold(head), "soft"),), 2)
        yield Line(tuple(marked(shelf.get(passage_id), group)), 4)


def decided(decision: Decision) -> Iterator[Line]:
    """What was decided on the item, if it is shown again."""
    yield Line((Piece(f"decided: {state(decision)}", "soft"),), 2)


def before(outdated: Outdated) -> Iterator[Line]:
    """What was decided on the item before it changed."""
    yield Line((Piece(told(outdated), "soft"),), 2)


def told(outdated: Outdated) -> str:
    """An outdated decision in a line."""
    was = f"before, on “{fold(outdated.decision.said)}”: {state(outdated.decision)}"
    return f"{was} ({fold(outdated.reason)})"


def state(decision: Decision) -> str:
    """A decision in a line: ``edit “…” by Ann: not a date``."""
    edited = f" “{fold(decision.edited)}”" if decision.edited else ""
    by = f" by {fold(decision.reviewer)}" if decision.reviewer else ""
    comment = f": {fold(decision.comment)}" if decision.comment else ""
    return f"{decision.decision}{edited}{by}{comment}"


def marked(passage: Passage | None, group: Sequence[Evidence]) -> Iterator[Piece]:
    """The text of ``passage`` with the stretches of ``group`` marked; these alone without it.

    A quotation may go on behind its passage: then all of it stands there.
    """
    if passage is None:
        for each in group:
            yield Piece(fold(each.text), "marked")
        return
    at = passage.start
    for each in sorted(group, key=lambda e: (e.start, e.end)):
        start = max(at, each.start)
        if start >= each.end:
            continue
        yield Piece(fold(passage.text[at - passage.start : start - passage.start]))
        yield Piece(fold(each.text[start - each.start :]), "marked")
        at = each.end
    yield Piece(fold(passage.text[max(0, at - passage.start) :]))


def _title(entry: Entry) -> str:
    verdict = entry.about.get("verdict", "supported")
    checks = "" if verdict == "supported" else f" (the checks say: {verdict})"
    mode = "" if entry.mode == "verbatim" else f", {entry.mode}"
    return f"{NOUNS[entry.kind]} {entry.id}{mode}{checks}"


def _said(entry: Entry) -> str:
    if entry.kind == "quote":
        speaker = entry.about.get("speaker", NOT_ESTABLISHED)
        who = f"speaker {speaker}" if speaker == NOT_ESTABLISHED else speaker
        return f"“{entry.text}” — {who}"
    if entry.kind == "event":
        return f"{entry.about.get('date', '')}: {entry.text}"
    return entry.text
