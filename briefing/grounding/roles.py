"""Who did what to whom, and who is what: claims that give a part to somebody else (English).

Three witnesses: clauses with active, passive and converse verbs made alike; the claim laid beside
the sentences of the passages; offices beside names. A pronoun in a passage may be anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.grounding.aliases import word_list
from briefing.grounding.name_spans import kind_in, name_words
from briefing.grounding.predicates import Clause, Party, apart, clauses, same
from briefing.grounding.reading import Reading
from briefing.grounding.slots import exchanges, is_clear, verbatim
from briefing.grounding.titles import clashes
from briefing.grounding.verdicts import Objection

_SAME_EVENT = 0.75
"""Share of a clause's content words in another that tells of the same event …"""
_RELATED = 0.5
"""… and that may."""


def objections(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    """What ``claim`` says of somebody else than ``grounds`` do; each word only once."""
    if verbatim(claim, grounds):
        return
    told: set[str] = set()
    found = [*_parts(claim, grounds), *_slots(claim, grounds), *_offices(claim, grounds)]
    for objection in sorted(found, key=lambda o: not o.certain):
        if objection.words not in told:
            told.add(objection.words)
            yield objection


def _parts(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    given = [c for ground in grounds for c in clauses(ground.doc)]
    known = name_words(tuple(ground.doc for ground in grounds))
    for clause in clauses(claim.doc, known):
        alike = [g for g in given if g.predicate == clause.predicate]
        objection = _swapped(clause, alike) or _other_party(clause, alike)
        if objection is not None:
            yield objection


def _swapped(clause: Clause, alike: Sequence[Clause]) -> Objection | None:
    """Subject and object have changed places."""
    subject, object_ = clause.subject, clause.object
    if subject is None or object_ is None or clause.predicate in word_list("symmetric"):
        return None
    turned = [g for g in alike if _fits(subject, g.object) and _fits(object_, g.subject)]
    kept = [g for g in alike if not (_other(subject, g.subject) or _other(object_, g.object))]
    kept = [g for g in kept if g not in turned]
    if not turned:
        return None
    return Objection(
        kind="role",
        words=subject.text,
        reason=f"In the passages it is {object_.text} who does this to {subject.text} "
        f"(“{turned[0].verb.text}”).",
        certain=not kept and apart(subject, object_),
    )


def _fits(one: Party, other: Party | None) -> bool:
    return other is not None and same(one, other) is True


def _other(one: Party, other: Party | None) -> bool:
    """Whether ``other`` is plainly not ``one``."""
    return other is not None and same(one, other) is False


def _other_party(clause: Clause, alike: Sequence[Clause]) -> Objection | None:
    """The passages tell the same event of another subject or object."""
    if clause.predicate in word_list("light") or len(clause.words) < 2:
        return None
    near = [g for g in alike if _share(clause, g) >= _RELATED]
    event = [g for g in near if _share(clause, g) >= _SAME_EVENT]
    for mine, theirs in (
        (clause.subject, [g.subject for g in event]),
        (clause.object, [g.object for g in event]),
    ):
        if mine is None or not mine.names or not theirs:
            continue
        others = [p for p in theirs if p is not None and same(mine, p) is False]
        if len(others) == len(theirs):
            return _of_somebody_else(clause, mine, others[0], (event[0], near))
    return None


def _beside(party: Party, clause: Clause) -> bool:
    """Whether a party stands so near its verb that the parser can hardly have erred."""
    first, last = sorted((party.head.i, clause.verb.i))
    between = party.head.doc[first + 1 : last]
    described = any(c.dep_ == "det" for c in party.head.children)
    return not described and all(t.pos_ in {"AUX", "PART"} or t.text == "by" for t in between)


def _of_somebody_else(
    clause: Clause, mine: Party, theirs: Party, given: tuple[Clause, Sequence[Clause]]
) -> Objection:
    """``given``: the clause of ``theirs``, and all that may tell of the event."""
    first, near = given
    open_ = any(
        party is None or same(mine, party) is not False
        for g in near
        for party in [g.subject if mine is clause.subject else g.object]
    )
    doc = theirs.head.doc
    people = {kind_in(doc, n) for n in (*mine.names, *theirs.names)} == {"person"}
    return Objection(
        kind="role",
        words=mine.text,
        reason=f"The passages say this (“{clause.verb.text}”) of {theirs.text}, "
        f"not of {mine.text}.",
        certain=people and not open_ and len(clause.words) > 2 and _beside(theirs, first),
    )


def _share(clause: Clause, other: Clause) -> float:
    return len(clause.words & other.words) / len(clause.words)


def _slots(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    for exchange in exchanges(claim, grounds):
        yield Objection(
            kind="role",
            words=exchange.claimed.text,
            reason=f"The passages say this of {exchange.given.text}, "
            f"not of {exchange.claimed.text}.",
            certain=is_clear(exchange),
        )


def _offices(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    for clash in clashes(claim, grounds):
        yield Objection(kind="role", words=clash.words, reason=clash.reason, certain=clash.certain)
