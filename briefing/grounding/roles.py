"""Who did what to whom, and who is what: claims that give a part to somebody else (English).

Three witnesses: clauses with active, passive and converse verbs made alike; the claim laid beside
the sentences of the passages; offices beside names. A pronoun in a passage may be anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.grounding.actors import is_stranger, met, told_apart
from briefing.grounding.aliases import word_list
from briefing.grounding.cores import window_of
from briefing.grounding.descriptions import mistaken
from briefing.grounding.name_spans import compatible, name_words, names_in
from briefing.grounding.parties import is_apart
from briefing.grounding.predicates import Clause, Party, apart, canonical, clauses, same
from briefing.grounding.reading import Reading
from briefing.grounding.settings import misplaced
from briefing.grounding.slots import exchanges, is_clear, verbatim
from briefing.grounding.titles import clashes
from briefing.grounding.transposed import transpositions
from briefing.grounding.verdicts import Objection

_SAME_EVENT = 0.75
"""Share of a clause's content words in another that tells of the same event …"""
_RELATED = 0.5
"""… and that may."""
_EMPTY = {"be", "have", "do", "get", "go", "come", "take"}
"""Verbs that tell of no event by themselves."""


def objections(
    claim: Reading, grounds: Sequence[Reading], context: Sequence[Reading] = ()
) -> Iterator[Objection]:
    """What ``claim`` says of somebody else than ``grounds`` do; each word only once.

    ``context`` tells who is who.
    """
    if verbatim(claim, grounds):
        return
    told: set[str] = set()
    found = [
        *_parts(claim, grounds, [*grounds, *context]),
        *_slots(claim, grounds),
        *_placed(claim, grounds),
        *_offices(claim, [*grounds, *context]),
        *_described(claim, [*grounds, *context]),
        *_transposed(claim, grounds),
    ]
    for objection in sorted(found, key=lambda o: not o.certain):
        if objection.words not in told:
            told.add(objection.words)
            yield objection


def _parts(
    claim: Reading, grounds: Sequence[Reading], document: Sequence[Reading]
) -> Iterator[Objection]:
    known = name_words(tuple(reading.doc for reading in document))
    given = [c for ground in grounds for c in clauses(ground.doc, known)]
    for clause in clauses(claim.doc, known):
        alike = [g for g in given if g.predicate == clause.predicate]
        objection = (
            _swapped(clause, alike)
            or _other_party(clause, alike, document)
            or _stranger(clause, alike, document)
        )
        if objection is not None:
            yield objection


def _swapped(clause: Clause, alike: Sequence[Clause]) -> Objection | None:
    """Subject and object have changed places."""
    subject, object_ = clause.subject, clause.object
    if subject is None or object_ is None or clause.predicate in word_list("symmetric"):
        return None
    turned = [g for g in alike if _turned(clause, g)]
    kept = [g for g in alike if not (_other(subject, g.subject) or _other(object_, g.object))]
    kept = [g for g in kept if g not in turned]
    if not turned:
        return None
    return Objection(
        kind="role",
        words=subject.text,
        reason=f"In the passages it is {object_.text} who does this to {subject.text} "
        f"(“{turned[0].verb.text}”).",
        certain=not kept and _are_two(subject, object_),
    )


def _turned(clause: Clause, given: Clause) -> bool:
    """Both parties have changed places; of the very same event one may be a pronoun."""
    ends = ((clause.subject, given.object), (clause.object, given.subject))
    fits = [a is not None and _fits(a, b) for a, b in ends]
    if all(fits):
        return True
    loose = all(b is None or fit or b.open for (_, b), fit in zip(ends, fits, strict=True))
    words = _arguments(clause) & _arguments(given)
    return any(fits) and loose and _tells_of(clause, given) and len(words) > 1


def _stranger(
    clause: Clause, alike: Sequence[Clause], document: Sequence[Reading]
) -> Objection | None:
    """The passages tell the same event of something that only has a description."""
    mine = clause.subject
    event = [g for g in alike if _tells_of(clause, g) and len(_arguments(clause)) > 1]
    if mine is None or not event or clause.predicate in word_list("symmetric"):
        return None
    if not all(_is_another(clause, g, document) for g in event):
        return None
    told = event[0].subject.text if event[0].subject else ""
    return Objection(
        kind="role",
        words=mine.text,
        reason=f"The passages say this (“{clause.verb.text}”) of “{told}”, not of {mine.text}.",
        certain=True,
    )


def _is_another(clause: Clause, given: Clause, document: Sequence[Reading]) -> bool:
    mine, theirs = clause.subject, given.subject
    if mine is None or theirs is None:
        return False
    own = mine.head.head == clause.verb and theirs.head.head == given.verb
    return is_stranger(mine, theirs, document) or (
        own and (told_apart(mine, theirs) or met(mine, theirs, document))
    )


def _are_two(one: Party, other: Party) -> bool:
    """Whether two parties of one clause are two, by their names or by what they are."""
    return apart(one, other) or (bool(one.heads and other.heads) and not one.heads & other.heads)


def _fits(one: Party, other: Party | None) -> bool:
    return other is not None and same(one, other) is True


def _other(one: Party, other: Party | None) -> bool:
    """Whether ``other`` is plainly not ``one``."""
    return other is not None and same(one, other) is False


def _other_party(
    clause: Clause, alike: Sequence[Clause], document: Sequence[Reading]
) -> Objection | None:
    """The passages tell the same event of another subject or object."""
    event = [g for g in alike if _tells_of(clause, g)]
    if not event or any(c.dep_ == "ccomp" for c in clause.verb.children):
        return None
    if clause.predicate in word_list("symmetric"):
        return None
    near = [g for g in alike if _share(clause, g) >= _RELATED and not _of_another(clause, g)]
    pairs = [(clause.subject, [g.subject for g in event], [g.subject for g in near])]
    if all(_may_be(clause.subject, g.subject) for g in event):
        pairs += [(clause.object, [g.object for g in event], [g.object for g in near])]
    for mine, theirs, all_ in pairs:
        if mine is None or not mine.names or not all(theirs):
            continue
        verdicts = [is_apart(mine, p, document) for p in theirs if p is not None]
        others = [p for p in theirs if p is not None and same(mine, p) is False]
        if not all(verdicts) and len(others) < len(theirs):
            continue
        open_ = any(p is None or is_apart(mine, p, document) is not True for p in all_)
        plain = all(_plainly(mine, p, g) for p, g in zip(theirs, event, strict=True) if p)
        told = theirs[0]
        if told is not None:
            return Objection(
                kind="role",
                words=mine.text,
                reason=f"The passages say this (“{clause.verb.text}”) of {told.text}, "
                f"not of {mine.text}.",
                certain=all(verdicts) and not open_ and plain,
            )
    return None


def _of_another(clause: Clause, given: Clause) -> bool:
    """Whether the two have objects that are plainly two: a prize and a grant."""
    mine, theirs = clause.object, given.object
    if mine is None or theirs is None or mine.open or theirs.open:
        return False
    return bool(mine.heads and theirs.heads) and not mine.heads & theirs.heads


def _tells_of(clause: Clause, given: Clause) -> bool:
    """Whether a clause of the passages tells of the same event, whoever has part in it."""
    words = _arguments(clause)
    common = words & _arguments(given)
    ends = ((clause.object, given.object), (clause.subject, given.subject))
    named = any(a is not None and a.names and b and same(a, b) is True for a, b in ends)
    shared = clause.object and given.object and clause.object.heads & given.object.heads
    if shared and len(words) > 1:  # what the clause has not, its sentence may have
        common |= words & window_of(given.verb)
    if len(common) < _SAME_EVENT * len(words) or not (common or named):
        return False
    if clause.predicate in word_list("light"):
        heads = clause.object.heads if clause.object is not None else frozenset()
        return clause.predicate not in _EMPTY and (len(common) > 1 or bool(heads & common))
    return True


def _arguments(clause: Clause) -> frozenset[str]:
    return frozenset(canonical(w) for w in clause.words) - {
        clause.verb.lemma_.lower(),
        clause.predicate,
    }


def _may_be(one: Party | None, other: Party | None) -> bool:
    return one is None or other is None or same(one, other) is not False


def _plainly(mine: Party, theirs: Party, given: Clause) -> bool:
    """Whether the parser can hardly have erred: ``mine`` is not in that sentence, or apart there.

    Where both are in it, ``theirs`` must be the verb's own subject or agent, or stand beside it.
    """
    sentence = given.verb.sent
    here = [n for n in names_in(given.verb.doc) if sentence.start <= n.first < sentence.end]
    if not any(compatible(n, m) for n in here for m in mine.names):
        return True
    if given.verb.dep_ == "relcl" and given.verb.head == theirs.head:
        return True
    own = theirs.head.head == given.verb or theirs.head.head.dep_ == "agent"
    return own and theirs is given.subject and _beside(theirs, given)


def _beside(party: Party, clause: Clause) -> bool:
    """Whether only the party's own words, or parts of the verb, stand between it and its verb."""
    first, last = sorted((party.head.i, clause.verb.i))
    own = {t.i for t in party.head.subtree}
    between = party.head.doc[first + 1 : last]
    return all(t.i in own or t.pos_ in {"AUX", "PART", "ADV"} or t.text == "by" for t in between)


def _share(clause: Clause, other: Clause) -> float:
    """How much of what goes with the verb goes with the other's."""
    words = _arguments(clause)
    return len(words & _arguments(other)) / len(words) if words else 1.0


def _slots(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    for exchange in exchanges(claim, grounds):
        yield Objection(
            kind="role",
            words=exchange.claimed.text,
            reason=f"The passages say this of {exchange.given.text}, "
            f"not of {exchange.claimed.text}.",
            certain=is_clear(exchange),
        )


def _placed(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    for found in misplaced(claim, grounds):
        yield Objection(
            kind="role",
            words=found.claimed.text,
            reason=f"The passages say this of {found.given.text}, not of {found.claimed.text}.",
            certain=True,
        )


def _described(claim: Reading, document: Sequence[Reading]) -> Iterator[Objection]:
    for found in mistaken(claim, document):
        yield Objection(kind="role", words=found.words, reason=found.reason, certain=True)


def _transposed(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    for found in transpositions(claim, grounds):
        yield Objection(
            kind="role",
            words=found.first,
            reason=f"In the passages “{found.first}” and “{found.second}” have each other's place.",
            certain=True,
        )


def _offices(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    for clash in clashes(claim, grounds):
        yield Objection(kind="role", words=clash.words, reason=clash.reason, certain=clash.certain)
