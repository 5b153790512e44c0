"""Whose statement it is: reports told as facts, other speakers, denials made confessions.

That “police said” is left out is a hint; that a belief, an accusation or a denial has become a
fact, or somebody else says it, a reader sees at once where the words are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.grounding import voices
from briefing.grounding.actors import words_for
from briefing.grounding.aliases import word_list
from briefing.grounding.name_spans import compatible, name_words
from briefing.grounding.negation import is_denied
from briefing.grounding.parties import is_apart
from briefing.grounding.predicates import Clause, Party, apart, clauses, same
from briefing.grounding.reading import Reading
from briefing.grounding.reported import (
    Level,
    Proposition,
    asks,
    hedges,
    marks,
    propositions,
)
from briefing.grounding.slots import verbatim
from briefing.grounding.speakers import shares_name
from briefing.grounding.titles import different_offices, holders
from briefing.grounding.verdicts import Objection

_SAME = 0.75
"""Share of the claim's content words in a proposition that says the same …"""
_NEAR = 0.5
"""… and that may say it."""
_FIRMNESS: dict[Level, int] = {"fact": 0, "said": 1, "belief": 2, "denied": 3}


def objections(
    claim: Reading, grounds: Sequence[Reading], context: Sequence[Reading] = ()
) -> Iterator[Objection]:
    """What ``claim`` says in the name of somebody else, or of nobody, than ``grounds``.

    ``context`` tells who is who.
    """
    if verbatim(claim, grounds):
        return
    yield from voices.objections(claim, grounds, context)
    given = [p for ground in grounds for p in propositions(ground.doc)]
    known = name_words(tuple(ground.doc for ground in grounds))
    told: set[tuple[str, str]] = set()
    for mine in propositions(claim.doc, known):
        alike = [p for p in given if _alike(mine, p, _SAME)]
        found = _firmer(mine, alike, given, grounds) if alike else None
        found = found or (_wrong_speaker(mine, alike, given, grounds) if alike else None)
        if found is not None and (found.words, found.reason) not in told:
            told.add((found.words, found.reason))
            yield found
    yield from _changed_verbs(clauses(claim.doc, known), grounds)


def _alike(mine: Proposition, other: Proposition, share: float) -> bool:
    common = mine.words & other.words
    if len(mine.words) == 1 and common:  # “said he would appeal”
        lone = mine.verb.lemma_.lower() not in word_list("light")
        return lone and None not in {mine.speaker, other.speaker}
    return len(common) > 1 and len(common) >= share * len(mine.words)


def _firmer(
    mine: Proposition,
    alike: Sequence[Proposition],
    given: Sequence[Proposition],
    grounds: Sequence[Reading],
) -> Objection | None:
    """The claim is firmer than all that the passages say of it, or denies what they say."""
    if mine.level == "denied":
        return None if _denied_otherwise(grounds) else _denies(mine, alike, given)
    if mine.level == "fact" and asks(mine.verb):
        return None
    firmest = min(alike, key=lambda p: _FIRMNESS[p.level])
    if _FIRMNESS[firmest.level] <= max(_FIRMNESS[mine.level], _FIRMNESS["fact"]):
        return None
    if mine.level != "fact" and firmest.level != "denied":
        return None
    if firmest.level == "denied" and mine.level == "said" and is_denied(mine.verb):
        return None  # “said that none had been sold”
    if firmest.level == "said" and firmest.cue is None:  # quotations, turns of a transcript
        return None
    verb = mine.verb.lemma_ == firmest.verb.lemma_
    near = [p for p in given if _alike(mine, p, _NEAR) and p.verb.lemma_ == mine.verb.lemma_]
    firm = any(_FIRMNESS[p.level] < _FIRMNESS["belief"] for p in near)
    cue = f" (“{firmest.cue.text}”)" if firmest.cue is not None else ""
    reasons = {
        "said": f"The passages only report this{cue}.",
        "belief": f"The passages give this as a belief or accusation{cue}, not as a fact.",
        "denied": f"The passages say that this is denied{cue}.",
    }
    return Objection(
        kind="attribution",
        words=mine.verb.text,
        reason=reasons[firmest.level],
        certain=verb
        and not hedges(mine.verb.doc)
        and (_contested(firmest, alike) if firmest.level == "said" else not firm),
    )


def _contested(said: Proposition, alike: Sequence[Proposition]) -> bool:
    """Whether what is only said is denied as well, or put forward as an argument."""
    argued = said.cue is not None and said.cue.lemma_.lower() in marks("arguing")
    return argued or any(p.level == "denied" for p in alike)


def _denied_otherwise(grounds: Sequence[Reading]) -> bool:
    """“Farr disputes this”: a denial that does not repeat what it denies."""
    return any(
        c.verb.lemma_.lower() in marks("denying")
        and c.object is not None
        and (c.object.open or bool(c.object.heads & marks("charges")))
        for ground in grounds
        for c in clauses(ground.doc)
    )


def _denies(
    mine: Proposition, alike: Sequence[Proposition], given: Sequence[Proposition]
) -> Objection | None:
    near = [p for p in given if _alike(mine, p, _NEAR)]
    if any(p.level == "denied" for p in near):
        return None
    return Objection(
        kind="attribution",
        words=mine.cue.text if mine.cue is not None else "",
        reason="The passages do not say that this is denied.",
        certain=any(p.verb.lemma_ == mine.verb.lemma_ for p in alike),
    )


def _wrong_speaker(
    mine: Proposition,
    alike: Sequence[Proposition],
    given: Sequence[Proposition],
    grounds: Sequence[Reading],
) -> Objection | None:
    if mine.speaker is None or mine.speaker.open:
        return None
    if mine.level == "denied":
        alike = [p for p in alike if p.level == "denied"]
    elif mine.speaker.names and any(p.verb.lemma_ == mine.verb.lemma_ for p in alike):
        alike = [p for p in alike if p.verb.lemma_ == mine.verb.lemma_]
    speakers = [p.speaker for p in alike]
    known = [s for s in speakers if s is not None and not s.open]
    if not known or len(known) < len(speakers):
        return None
    verdicts = [_different(mine.speaker, other, grounds) for other in known]
    if not all(verdicts):
        return None
    near = [p for p in given if _alike(mine, p, _NEAR) and p not in alike]
    own = any(p.speaker is not None and same(mine.speaker, p.speaker) for p in near)
    return Objection(
        kind="attribution",
        words=mine.speaker.text,
        reason=f"In the passages {known[0].text} says this, not {mine.speaker.text}.",
        certain=all(v == "clear" for v in verdicts) and not own,
    )


def _different(mine: Party, other: Party, grounds: Sequence[Reading]) -> str:
    """``clear``, ``likely`` or empty: whether two speakers are not the same."""
    if shares_name(mine, other):
        return ""
    if mine.names and other.names:
        if not apart(mine, other):
            return ""
        return "clear" if is_apart(mine, other, grounds) else ""
    if mine.names or other.names:
        named, described = (mine, other) if mine.names else (other, mine)
        docs = tuple(ground.doc for ground in grounds)
        if any(described.heads & words_for(name, docs) for name in named.names):
            return ""
        held = holders(described.head, grounds)
        fits = any(compatible(name, h) for name in named.names for h in held)
        return "clear" if held and not fits else ""
    if mine.heads & other.heads:
        return ""
    if different_offices(mine.head, other.head):
        return "clear"
    return "" if (mine.heads | other.heads) & marks("general") else "likely"


def _changed_verbs(claimed: Sequence[Clause], grounds: Sequence[Reading]) -> Iterator[Objection]:
    """“denied the charges” for “admitted the charges”, and what was only said as admitted."""
    given = [c for ground in grounds for c in clauses(ground.doc)]
    for clause in claimed:
        for mine, theirs in (("granting", "denying"), ("denying", "granting")):
            if clause.verb.lemma_.lower() not in marks(mine) or clause.object is None:
                continue
            about = [g for g in given if _of_the_same(clause, g)]
            against = [g for g in about if g.verb.lemma_.lower() in marks(theirs)]
            if against and not any(g.verb.lemma_.lower() in marks(mine) for g in about):
                yield Objection(
                    kind="attribution",
                    words=clause.verb.text,
                    reason=f"The passages have “{against[0].verb.text}” here.",
                    certain=True,
                )


def _of_the_same(clause: Clause, other: Clause) -> bool:
    """Whether two clauses have an object in common, and may have the same subject."""
    if (
        clause.object is None
        or other.object is None
        or not clause.object.heads & other.object.heads
    ):
        return False
    if clause.subject is None or other.subject is None:
        return True
    return not apart(clause.subject, other.subject)
