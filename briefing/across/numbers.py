"""Pairs of figures of the same thing that cannot both be right, or of which one is later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.across.candidates import Candidate
from briefing.across.figures import Figure
from briefing.across.stances import Pair, Stance
from briefing.across.updates import ordered
from briefing.across.values import can_agree
from briefing.across.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token


def figure_pairs(found: Sequence[Candidate]) -> Iterator[tuple[Figure, Figure, Pair]]:
    """Figures that differ, with the pair of stances that they make."""
    # subtle: two sentences that are known to differ on one figure are not asked about another
    proved = {_sentences(c) for c in found if c.proved}
    for each in found:
        if not each.proved and _sentences(each) in proved:
            continue
        one, other = each.one, each.other
        update = ordered(one, other)
        if update is not None and update[0].value.point != update[1].value.point:
            yield *update, Pair(stance_of(update[0]), stance_of(update[1]), "update")
        elif not can_agree(one.value, other.value):
            yield one, other, Pair(stance_of(one), stance_of(other), "conflict")


def _sentences(candidate: Candidate) -> frozenset[int]:
    return frozenset((id(candidate.one.told), id(candidate.other.told)))


def stance_of(figure: Figure) -> Stance:
    """The stance that a figure is, with the words for what it is a figure of."""
    return Stance(figure.told, figure.start, figure.end, _point(figure))


def _point(figure: Figure) -> str:
    """“people killed”, “Net profit”: noun and predicate in words of the source."""
    clause, noun = figure.clause, figure.noun
    tokens = {clause.verb.i: clause.verb}
    if clause.verb.lemma_.lower() in words("verbs", "level"):
        tokens = {c.i: c for c in clause.verb.children if c.dep_ in {"acomp", "attr"}}
    heads: list[Token | None]
    heads = [noun] if noun is not None else [*clause.path[:1], clause.subject]
    if noun is not None and not tokens and clause.subject not in {None, noun}:
        said = clause.subject is not None and clause.subject.pos_ == "PRON"
        heads = [noun, clause.patient if said else clause.subject]  # “he put the cost at 18m”
    for head in heads:
        if head is not None:
            tokens[head.i] = head
            tokens |= {
                c.i: c for c in head.children if c.dep_ in {"compound", "amod"} and not c.like_num
            }
    inside = range(figure.start, figure.end)
    kept = [t for i, t in sorted(tokens.items()) if not t.like_num and t.is_alpha]
    kept = [t for t in kept if t.idx not in inside or t == noun] or [figure.clause.verb]
    if noun is not None and noun in kept:  # “people killed”, whichever stands first
        kept.sort(key=lambda t: (t.i > noun.i or (t.i < figure.start and False), t.i))
    return " ".join(t.text for t in kept)
