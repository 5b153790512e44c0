"""Who says it: reports that a claim tells as facts, or in the name of somebody else (English).

A predicate of the claim is laid beside those of the passages that tell of the same event; what
matters is in whose name each of them stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.extract.cues import is_saying
from briefing.grounding.cores import same_event
from briefing.grounding.lemmas import lemma_of
from briefing.grounding.name_spans import name_words
from briefing.grounding.predicates import Party
from briefing.grounding.reading import Reading
from briefing.grounding.reported import Proposition, asks, hedges, marks, propositions
from briefing.grounding.scope import Predicate, predicates
from briefing.grounding.speakers import speak_apart
from briefing.grounding.verdicts import Objection
from briefing.grounding.words import Support, support_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SAME, _ENOUGH = 0.75, 3
"""Share of a clause's content words, and how many, in another that tells the same."""
_REPORTED = {"said", "belief"}


def objections(
    claim: Reading, grounds: Sequence[Reading], context: Sequence[Reading] = ()
) -> Iterator[Objection]:
    """Predicates of ``claim`` that stand in another name than in ``grounds``."""
    docs = tuple(reading.doc for reading in (*grounds, *context))
    known = name_words(tuple(ground.doc for ground in grounds))
    given = [pair for ground in grounds for pair in _told_in(ground)]
    support = support_of(grounds)
    for predicate, mine in _told_in(claim, known):
        alike = [p for other, p in given if _same(predicate, other, mine, p, support)]
        if not alike or any(p.level not in _REPORTED or p.cue is None for p in alike):
            continue
        if _is_told(mine, claim) and not any(map(_is_factive, alike)):
            yield _told(mine, alike[0])
        elif mine.speaker is not None and mine.level in _REPORTED:
            if mine.level == "said" and all(map(_is_hoped, alike)):
                yield _told(mine, alike[0])
            yield from _of_another(mine.speaker, [p.speaker for p in alike], docs)


def _told_in(
    reading: Reading, known: frozenset[str] = frozenset()
) -> Iterator[tuple[Predicate, Proposition]]:
    by_verb = {p.verb.i: p for p in propositions(reading.doc, known, every=True)}
    for predicate in predicates(reading.doc):
        if predicate.verb.i in by_verb:
            yield predicate, by_verb[predicate.verb.i]


def _of_another(
    mine: Party, theirs: Sequence[Party | None], docs: tuple[Doc, ...]
) -> Iterator[Objection]:
    """None of those who say it in the passages is the speaker of the claim."""
    others = [party for party in theirs if party is not None]
    if len(others) == len(theirs) and all(speak_apart(mine, other, docs) for other in others):
        yield Objection(
            kind="attribution",
            words=mine.text,
            reason=f"In the passages {others[0].text} says this, not {mine.text}.",
            certain=True,
        )


def _same(
    one: Predicate, other: Predicate, mine: Proposition, theirs: Proposition, support: Support
) -> bool:
    if one.lemma != other.lemma:
        return False
    common = mine.words & theirs.words
    alike = len(common) >= max(_ENOUGH, _SAME * len(mine.words))
    return alike or same_event(one, other, support)


def _is_told(mine: Proposition, claim: Reading) -> bool:
    """Whether a claim gives its main clause as a fact, with nobody named who says so."""
    if mine.level != "fact" or mine.verb.dep_ != "ROOT" or asks(mine.verb) or hedges(claim.doc):
        return False
    return not any(is_saying(t) or lemma_of(t) in marks("belief_nouns") for t in claim.doc)


def _is_factive(said: Proposition) -> bool:
    return said.cue is not None and lemma_of(said.cue) in marks("factive")


def _is_hoped(said: Proposition) -> bool:
    return said.cue is not None and lemma_of(said.cue) in marks("hoping")


def _told(mine: Proposition, theirs: Proposition) -> Objection:
    cue = theirs.cue.text if theirs.cue is not None else ""
    who = f"{theirs.speaker.text} " if theirs.speaker is not None else ""
    return Objection(
        kind="attribution",
        words=mine.verb.text,
        reason=f"The passages only report this: “{who}{cue}”.",
        certain=True,
    )
