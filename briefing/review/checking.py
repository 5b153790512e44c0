"""Edited statements, checked as any statement is: against the passages that the item cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.entries import Entry, entries
from briefing.grounding.verdicts import Checker, Ground, StatementVerdict, Task
from briefing.passages import split
from briefing.review.decisions import Review
from briefing.types import Briefing, Passage


def verdicts(briefing: Briefing, review: Review, checker: Checker) -> dict[str, StatementVerdict]:
    """What ``checker`` says of each edited item of ``briefing``, by item id."""
    items = {entry.id: entry for entry in entries(briefing)}
    edits = [
        (items[each.item], each.edited)
        for each in review.decisions
        if each.decision == "edit" and each.item in items
    ]
    if not edits:
        return {}
    shelf = passages(briefing)
    tasks = [task(briefing, entry, words, shelf) for entry, words in edits]
    return {each.id: each for each in checker.check(tasks)}


def passages(briefing: Briefing) -> dict[str, Passage]:
    """The passages of all texts that the briefing holds, by id."""
    texts = (source for source in briefing.sources if source.text is not None)
    return {passage.id: passage for source in texts for passage in split(source)}


def task(briefing: Briefing, entry: Entry, words: str, shelf: Mapping[str, Passage]) -> Task:
    """``words`` in the place of what ``entry`` says, with the passages that it cites."""
    return Task(id=entry.id, statement=words, cited=tuple(_grounds(briefing, entry, shelf)))


def _grounds(briefing: Briefing, entry: Entry, shelf: Mapping[str, Passage]) -> Iterator[Ground]:
    """Each cited passage once; its evidence alone where the text is not here."""
    published = {source.id: source.published for source in briefing.sources}
    told = set()
    for each in (*entry.evidence, *entry.naming):
        passage = shelf.get(each.passage_id)
        name = each.passage_id if passage else f"{each.passage_id}[{each.start}:{each.end}]"
        if name not in told:
            text = passage.text if passage else each.text
            yield Ground(id=name, text=text, published=published.get(each.source_id))
        told.add(name)
