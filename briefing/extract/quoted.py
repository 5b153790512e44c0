"""Quotes for the briefing: the same words from several sources once, differing wordings beside.

Candidates for "the same words" come from shared runs of four words, so that the work grows with the
number of quotations and not with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from briefing.extract.articles import Article
from briefing.extract.damaged import damage
from briefing.extract.quotes import Quotation
from briefing.extract.speakers import Attribution
from briefing.types import NOT_ESTABLISHED, Evidence, Quote, Wording

Cite = Callable[[str, int, int], Evidence]
"""Makes evidence of (source id, start, end)."""
MakeId = Callable[[str, str, Sequence[Evidence]], str]
"""Makes an id of (kind, text, evidence)."""

SAME = 92.0
"""Similarity (rapidfuzz ratio, 0 … 100) from which two wordings are of one utterance."""
_RUN = 4


@dataclass(frozen=True)
class _Said:
    """A quotation as it is shown: without the comma that belongs to the sentence around it."""

    article: Article
    quotation: Quotation
    attribution: Attribution
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.quotation.text.rstrip(", ")

    @property
    def end(self) -> int:
        return self.quotation.start + len(self.text)


def quotes(
    articles: Sequence[Article], cite: Cite, make_id: MakeId, most: int
) -> tuple[list[Quote], int]:
    """The speech quoted in ``articles``, at most ``most``.

    What is reported most widely comes first, then what has a speaker and is a whole sentence, then
    what stands early in its source, so that every source has its turn. What stands only in a
    damaged text comes last, with a note.

    Returns: the quotes, and how many more there were.
    """
    groups = _grouped([said for article in articles for said in _speech(article)])
    ordered = sorted(enumerate(groups), key=lambda item: (*_rank(item[1]), item[0]))
    shown = [_quote(group, cite, make_id) for _, group in ordered[:most]]
    return shown, len(groups) - len(shown)


def _rank(group: Sequence[_Said]) -> tuple[bool, int, bool, bool, float]:
    established = any(said.attribution.speaker != NOT_ESTABLISHED for said in group)
    whole = any(said.quotation.text[:1].isupper() for said in group)
    place = min(said.quotation.start / len(said.article.source.body) for said in group)
    doubtful = all(damage(said.article) for said in group)
    origins = len({said.article.source.origin for said in group})
    return doubtful, -origins, not established, not whole, place


def _speech(article: Article) -> Iterable[_Said]:
    passages = {passage.id: passage for passage in article.passages}
    for quotation, attribution in zip(article.quotations, article.attributions, strict=True):
        passage = passages[quotation.passage_id]
        # Odd line ends can leave a quotation that begins between two passages: it has no place.
        placed = passage.start <= quotation.start < passage.end
        if quotation.kind == "speech" and quotation.nested_in is None and placed:
            words = tuple(re.findall(r"\w+", quotation.text.lower()))
            yield _Said(article, quotation, attribution, words)


def _grouped(said: Sequence[_Said]) -> list[list[_Said]]:
    groups: list[list[_Said]] = []
    by_run: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for one in said:
        runs = {one.words[i : i + _RUN] for i in range(max(1, len(one.words) - _RUN + 1))}
        near = sorted(set().union(*(by_run[run] for run in runs)))
        place = next((n for n in near if _belongs(one, groups[n])), None)
        if place is None:
            place = len(groups)
            groups.append([])
        groups[place].append(one)
        for run in runs:
            by_run[run].add(place)
    return groups


def _belongs(one: _Said, group: Sequence[_Said]) -> bool:
    """Whether ``one`` is the utterance of ``group``, all of whose speakers can be its own."""
    speaker = one.attribution.speaker
    return _same(one, group[0]) and all(
        _compatible(speaker, other.attribution.speaker) for other in group
    )


def _same(one: _Said, other: _Said) -> bool:
    """Whether both have nearly the same words, or one is a piece of the other."""
    first, second = " ".join(one.words), " ".join(other.words)
    shorter, longer = sorted((first, second), key=len)
    return f" {shorter} " in f" {longer} " or fuzz.ratio(first, second) >= SAME


def _compatible(one: str, other: str) -> bool:
    """Whether two speakers can be the same: the last word of their names is, or one is unknown."""
    if NOT_ESTABLISHED in (one, other):
        return True
    return one.rsplit(maxsplit=1)[-1].casefold() == other.rsplit(maxsplit=1)[-1].casefold()


def _quote(group: Sequence[_Said], cite: Cite, make_id: MakeId) -> Quote:
    """The fullest wording with all who have it; the others as wordings."""
    shown = max(group, key=lambda said: len(said.words))
    by_text: dict[tuple[str, ...], list[_Said]] = defaultdict(list)
    for said in group:
        by_text[said.words].append(said)
    same = by_text.pop(shown.words)
    # Exactness is to the character: the first evidence is the one whose text is shown.
    same.sort(key=lambda said: said is not shown)
    evidence = tuple(_evidence(said, cite) for said in same)
    named = next(
        (said for said in [shown, *group] if said.attribution.speaker != NOT_ESTABLISHED), None
    )
    return Quote(
        id=make_id("q", shown.text, evidence[:1]),
        text=shown.text,
        speaker=named.attribution.speaker if named else NOT_ESTABLISHED,
        evidence=evidence,
        attribution=_attribution(named, cite) if named else (),
        note=_note(group),
        wordings=tuple(
            Wording(
                text=others[0].text,
                evidence=tuple(_evidence(said, cite) for said in others),
            )
            for others in by_text.values()
        ),
    )


def _note(group: Sequence[_Said]) -> str:
    if not all(damage(said.article) for said in group):
        return ""
    ids = " and ".join(dict.fromkeys(said.article.source.id for said in group))
    return f"the text of {ids} is damaged: check these words against the original"


def _evidence(said: _Said, cite: Cite) -> Evidence:
    return cite(said.article.source.id, said.quotation.start, said.end)


def _attribution(said: _Said, cite: Cite) -> tuple[Evidence, ...]:
    """The stretch that names the speaker; the name alone where the verb is paragraphs away."""
    cue, mention = said.attribution.cue, said.attribution.mention
    if cue is None:
        return ()
    source = said.article.source
    apart = "\n" in source.body[cue.start : cue.end] and mention is not None
    span = mention if apart and mention is not None else cue
    return (cite(source.id, span.start, span.end),)
