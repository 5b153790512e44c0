"""Quotes for the briefing: the same words from several sources once, differing wordings beside.

Candidates for "the same words" come from shared runs of four words, so that the work grows with the
number of utterances and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz import fuzz

from briefing.extract.articles import ENTRY, Article, Line
from briefing.extract.askers import Askers
from briefing.extract.damaged import damage
from briefing.extract.limits import after
from briefing.extract.names import misspelt, name_parts
from briefing.extract.roster import Roster
from briefing.extract.surroundings import FEW, before, in_context, means_somebody, refers
from briefing.extract.utterances import Utterance, utterances
from briefing.types import NOT_ESTABLISHED, Evidence, Quote, Span, Wording

Cite = Callable[[str, int, int], Evidence]
"""Makes evidence of (source id, start, end)."""
MakeId = Callable[[str, str, Sequence[Evidence]], str]
"""Makes an id of (kind, text, evidence)."""

SAME = 92.0
"""Similarity (rapidfuzz ratio, 0 … 100) from which two wordings are of one utterance."""
SAME_SPEAKER = 75.0
"""The same where both have the same speaker: translations and tidied wordings."""
_RUN = 4
_SHORT = 40
"""Words of a quotation that may be about something told before, though none takes it up."""
_BETWEEN = " \n\t*_”’\"'>"
_FRAME = 40
"""Words around a quotation, in its sentence."""


def quotes(
    articles: Sequence[Article], cite: Cite, make_id: MakeId, most: int
) -> tuple[list[Quote], int]:
    """The speech quoted in ``articles``, at most ``most``.

    Whole sentences come first, of them what is reported most widely, then what has a speaker and
    needs nothing before it, then what stands early in its source, so that every source has its
    turn. What stands only in a damaged text comes last, with a note.

    Returns: the quotes, and how many more there were.
    """
    roster = Roster(articles)
    groups = _grouped([said for article in articles for said in utterances(article)], roster)
    ordered = sorted(enumerate(groups), key=lambda item: (*_rank(item[1]), item[0]))
    shown = [_quote(group, roster, cite, make_id) for _, group in ordered[:most]]
    return shown, len(groups) - len(shown)


def _rank(group: Sequence[Utterance]) -> tuple[bool, bool, int, bool, bool, float]:
    place = min(said.parts[0].start / len(said.article.source.body) for said in group)
    return (
        all(damage(said.article) for said in group),
        not any(said.sentence for said in group),
        -len({said.article.source.origin for said in group}),
        not any(said.established for said in group),
        all(said.leans for said in group),
        place,
    )


def _grouped(said: Sequence[Utterance], roster: Roster) -> list[list[Utterance]]:
    groups: list[list[Utterance]] = []
    by_run: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for one in said:
        runs = {one.words[i : i + _RUN] for i in range(max(1, len(one.words) - _RUN + 1))}
        near = sorted(set().union(*(by_run[run] for run in runs)))
        place = next((n for n in near if _belongs(one, groups[n], roster)), None)
        if place is None:
            place = len(groups)
            groups.append([])
        groups[place].append(one)
        for run in runs:
            by_run[run].add(place)
    return groups


def _belongs(one: Utterance, group: Sequence[Utterance], roster: Roster) -> bool:
    """Whether ``one`` is the utterance of ``group``, all of whose speakers can be its own."""
    return all(_compatible(one, other, roster) for other in group) and _same(one, group[0])


def _same(one: Utterance, other: Utterance) -> bool:
    """Whether both have nearly the same words, or one is a piece of the other."""
    first, second = " ".join(one.words), " ".join(other.words)
    shorter, longer = sorted((first, second), key=len)
    if f" {shorter} " in f" {longer} ":
        return True
    by_one = one.established and other.established
    apart = one.article.source.id != other.article.source.id
    return fuzz.ratio(first, second) >= (SAME_SPEAKER if by_one and apart else SAME)


def _compatible(one: Utterance, other: Utterance, roster: Roster) -> bool:
    """Whether the speakers can be the same: their names are, or one is unknown."""
    if not (one.established and other.established):
        return True
    ours, theirs = roster.name(one), roster.name(other)
    if ours == theirs:
        return True
    if one.attribution.named and other.attribution.named:
        return ours.split()[-1].casefold() == theirs.split()[-1].casefold()
    # “the mayor” in one source is whoever another source names with the same words.
    return not (one.attribution.named or other.attribution.named) or (
        one.article.source.id != other.article.source.id and one.words == other.words
    )


def _quote(group: Sequence[Utterance], roster: Roster, cite: Cite, make_id: MakeId) -> Quote:
    """The fullest wording with all who have it; the others as wordings."""
    shown = max(group, key=lambda said: (not damage(said.article), len(said.words)))
    by_text: dict[tuple[str, ...], list[Utterance]] = defaultdict(list)
    for said in group:
        by_text[said.words].append(said)
    same = by_text.pop(shown.words)
    evidence, continued = _evidence(shown, [s for s in same if s is not shown], cite)
    established = [said for said in (shown, *group) if said.established]
    named = next((s for s in established if s.attribution.named), next(iter(established), None))
    return Quote(
        id=make_id("q", shown.text, evidence[:1]),
        text=shown.text,
        speaker=roster.name(named) if named else NOT_ESTABLISHED,
        evidence=evidence,
        continued=continued,
        attribution=_attribution(named, roster, cite) if named else (),
        note=_note(shown, group, roster),
        before=_before(shown, cite),
        after=_after(shown, cite),
        wordings=tuple(_wording(others, cite) for others in by_text.values()),
    )


def _wording(said: Sequence[Utterance], cite: Cite) -> Wording:
    evidence, continued = _evidence(said[0], said[1:], cite)
    return Wording(text=said[0].text, evidence=evidence, continued=continued)


def _evidence(
    shown: Utterance, others: Sequence[Utterance], cite: Cite
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Where the words stand, the first part as it is shown first; and the parts it goes on with."""
    first, *rest = _parts(shown, cite)
    # Exactness is to the character: the first evidence is the one whose text is shown.
    evidence = (first, *(part for said in others for part in _parts(said, cite)))
    return evidence, tuple(rest)


def _parts(said: Utterance, cite: Cite) -> Iterator[Evidence]:
    return (cite(said.article.source.id, span.start, span.end) for span in said.spans)


def _note(shown: Utterance, group: Sequence[Utterance], roster: Roster) -> str:
    """What a reader must know: the sentence around a phrase, and whether the text is damaged.

    A phrase alone hides whether its speaker is for it or against it.
    """
    around = not shown.sentence or _is_framed(shown)
    notes = [f"in the sentence: “{_around(shown)}”"] if around else []
    notes += [*_entry(shown), *(f"spelt “{other}” here" for other in _spelt(shown, roster))]
    if all(damage(said.article) for said in group):
        ids = " and ".join(dict.fromkeys(said.article.source.id for said in group))
        notes.append(f"the text of {ids} is damaged: check these words against the original")
    return "; ".join(notes)


def _entry(said: Utterance) -> Iterator[str]:
    """“entry of Tuesday, 9.20”: when a live page has the words."""
    line = _line_of(said)
    if line is not None and line.sentence.start <= said.parts[0].start:
        for added in line.added:
            if not added.reference:
                yield added.name if added.name.startswith(ENTRY) else f"{ENTRY} {added.name}"


def _before(said: Utterance, cite: Cite) -> Evidence | None:
    """What stands before words that take something up, or are too few to say what they are about.

    Of a phrase the sentence around it is shown, too: it is told of what was told before, unless it
    begins a paragraph and can stand alone. Before other words that are not many it is the last
    sentence alone.
    """
    own = " ".join(part.text for part in said.parts)
    alone = said.sentence and not _is_framed(said)
    start = said.parts[0].start
    few = not alone or len(said.words) <= FEW
    each = (part.text for part in said.parts)
    takes_up = refers(own) or any(map(refers, each)) or means_somebody(own) or _answers(said)
    lost = few or takes_up
    if (not lost and len(own.split()) > _SHORT) or (not takes_up and not alone and _opens(said)):
        return None
    span = before(said.article, start) if lost else before(said.article, start, 1)
    return None if span is None else in_context(cite(said.article.source.id, span.start, span.end))


def _opens(said: Utterance) -> bool:
    """Whether the sentence of a phrase begins its paragraph, and can stand alone."""
    line = _line_of(said)
    if line is None or line.sentence.start != line.passage.start:
        return False
    return line.alone and not line.names


def _line_of(said: Utterance) -> Line | None:
    """The sentence in which its words begin."""
    start = said.parts[0].start
    return next((line for line in said.article.lines if line.sentence.end > start), None)


def _after(said: Utterance, cite: Cite) -> Evidence | None:
    """The sentence behind words that denies them, or by which somebody else answers."""
    span = after(said.article, said.parts[-1].end, denied=True) or _next_turn(said)
    return None if span is None else in_context(cite(said.article.source.id, span.start, span.end))


def _next_turn(said: Utterance) -> Span | None:
    """What another guest says right behind a turn, up to a sentence that says something."""
    if said.parts[-1].label is None:
        return None
    article, body = said.article, said.article.source.body
    turns = zip(article.quotations, article.attributions, strict=True)
    later = [(q, who) for q, who in turns if q.label and q.start >= said.parts[-1].end]
    turn, who = min(later, key=lambda each: each[0].start, default=(None, None))
    if turn is None or turn.label is None or who is None:
        return None
    apart = body[said.parts[-1].end : turn.label.start].strip(_BETWEEN)
    if apart or who.speaker == said.attribution.speaker:
        return None
    askers = Askers(body, article.quotations)
    if askers.presents(turn) or ("?" in turn.text and askers.asks(turn)):
        return None
    ends = (line.sentence.end for line in article.lines if line.sentence.end > turn.start)
    enough = (end for end in ends if len(body[turn.start : end].split()) >= FEW)
    return Span(start=turn.label.start, end=min(next(enough, turn.end), turn.end))


def _is_framed(said: Utterance) -> bool:
    """Whether only the sentence around the words says what they are: “On the seals: “…””."""
    around = len(_around(said).split()) - sum(part.words for part in said.parts)
    return not said.established and 1 < around <= _FRAME


def _answers(said: Utterance) -> bool:
    """Whether the sentence before the words is a question: they are its answer."""
    ended = (line for line in said.article.lines if line.sentence.end <= said.parts[0].start)
    last = max(ended, key=lambda line: line.order, default=None)
    return last is not None and last.sentence.text.rstrip(" \n”’'\")").endswith("?")


def _spelt(said: Utterance, roster: Roster) -> Iterator[str]:
    """The surname as the source writes it beside the words, where the speaker’s differs."""
    mention = said.attribution.mention
    if mention is None or not said.attribution.named:
        return
    written = said.article.source.body[mention.start : mention.end].split()[-1]
    surname = roster.name(said).split()[-1]
    if name_parts(written) != name_parts(surname) and misspelt(written, surname):
        yield written


def _around(said: Utterance) -> str:
    """The source's sentences in which its words stand, with the marks around them."""
    passages = {passage.id: passage for passage in said.article.passages}
    passage = passages[said.parts[0].passage_id]
    first, last = said.parts[0].start, said.parts[-1].end
    inside = [s for s in passage.sentences if s.end > first and s.start < last]
    start = min((s.start for s in inside), default=passage.start)
    end = max((s.end for s in inside), default=passage.end)
    return " ".join(said.article.source.body[start:end].split())


def _attribution(said: Utterance, roster: Roster, cite: Cite) -> tuple[Evidence, ...]:
    """The stretch that names the speaker; the name alone where the verb is paragraphs away."""
    cue, mention = said.attribution.cue, said.attribution.mention
    if cue is None:
        return ()
    source = said.article.source
    apart = "\n" in source.body[cue.start : cue.end] and mention is not None
    span = mention if apart and mention is not None else cue
    given = roster.given(said)
    full = () if given is None else (cite(*given).model_copy(update={"role": "name"}),)
    return (cite(source.id, span.start, span.end), *full)
