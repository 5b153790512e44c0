"""Claims that affirm what the passages deny, or state as done what they call possible (English).

Each predicate of the claim is laid beside those of the passages with the same lemma whose
sentence has most of its arguments. Where all of those that fit best disagree with it, that is an
objection: certain if the words around agree too well for another event to be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.grounding import adverbs, contrast, exclusions, order, presence
from briefing.grounding.comparable import is_comparable
from briefing.grounding.cores import same_event
from briefing.grounding.firmness import SAID, TOO_FIRM
from briefing.grounding.outcomes import contradicted
from briefing.grounding.polarity_lists import words
from briefing.grounding.reading import Reading
from briefing.grounding.scope import Predicate, predicates
from briefing.grounding.thesaurus import same_family, synonyms
from briefing.grounding.verdicts import Objection
from briefing.grounding.words import Support, content, form_of, support_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAME_EVENT = 0.7
"""From this share of its arguments on, a predicate of the passages tells of the same event …"""
_SAME_CLAUSE = 0.85
"""… a light verb from this one on …"""
_RELATED = 0.45
"""… and from this one on it may."""
_TIE, _MARGIN = 0.1, 0.3
"""Predicates this close to the best fit as well; one this close that agrees leaves a doubt."""
_LIGHT = {
    "have",
    "do",
    "make",
    "take",
    "get",
    "be",
    "give",
    "go",
    "say",
    "tell",
    "come",
    "put",
    "think",
    "know",
    "like",
    "want",
    "believe",
}


@dataclass(frozen=True)
class _Match:
    """A predicate of the passages and how well it fits: 0 … 1."""

    predicate: Predicate
    fit: float
    same: bool
    """Its subject and object are the claim's."""


def objections(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    """What ``claim`` affirms, denies, bounds or compares otherwise than ``grounds``."""
    told: set[tuple[str, str]] = set()
    checks = (
        _predicates,
        presence.objections,
        order.objections,
        exclusions.objections,
        contrast.objections,
    )
    found = [objection for check in checks for objection in check(claim, grounds)]
    for objection in sorted(found, key=lambda o: not o.certain):
        place = (objection.kind, objection.words)
        if place not in told:
            told.add(place)
            yield objection


def _predicates(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    support = support_of(grounds)
    given = [p for ground in grounds for p in predicates(ground.doc)]
    for predicate in predicates(claim.doc):
        found = list(_compare(predicate, given, support))
        contrary, borne_out = contradicted(predicate, given, support)
        if contrary is not None:
            found.append(contrary)
        yield from map(_doubted, found) if borne_out else found


def _doubted(objection: Objection) -> Objection:
    """Less of an objection where the passages say the same in another word: “not guilty”."""
    if objection.kind != "negation":
        return objection
    return objection.model_copy(update={"certain": False})


def _compare(
    predicate: Predicate, given: Sequence[Predicate], support: Support
) -> Iterator[Objection]:
    if predicate.denied is None:
        return
    arguments = _arguments(predicate)
    alike = _matches(predicate, arguments, given, support)
    if alike:
        firm = sum(bool(support.of(form)) for form in arguments) >= min(2, len(arguments)) > 0
        yield from _opposed(predicate, alike, firm=firm)
        yield from _firmer(predicate, alike, firm=firm)
        yield from adverbs.objections(predicate, [m.predicate for m in alike if m.same])
        return
    kin = [p for p in given if p.token.pos_ == predicate.token.pos_ and _kin(p, predicate)]
    near = _best(_fits(predicate, arguments, kin, support))
    if near and all(m.predicate.denied not in {None, predicate.denied} for m in near):
        yield _negation(predicate, near[0].predicate, certain=False)
    elif predicate.denied and not any(p.denied for p in kin):
        yield Objection(
            kind="negation",
            words=_phrase(predicate),
            reason=f"the passages do not deny this of “{predicate.token.text}”",
            certain=False,
        )


def _matches(
    predicate: Predicate, arguments: Sequence[str], given: Sequence[Predicate], support: Support
) -> list[_Match]:
    """Predicates with the same lemma, or the same word in another part of speech."""
    same = [
        p
        for p in given
        if p.lemma == predicate.lemma
        or (len(p.lemma) > 3 and same_family(p.lemma, predicate.lemma) and p.verb == p.token)
    ]
    return _fits(predicate, arguments, same, support)


def _kin(one: Predicate, other: Predicate) -> bool:
    return other.lemma in synonyms(one.lemma)


def _fits(
    mine: Predicate, arguments: Sequence[str], given: Sequence[Predicate], support: Support
) -> list[_Match]:
    """How well each predicate's clause and sentence have the arguments, best first."""
    found = []
    for predicate in given:
        clause = _arguments(predicate)
        sentence = [form_of(t) for t in content(predicate.token.sent)]
        fit = 0.5 * support.coverage(arguments, clause) + 0.5 * support.coverage(
            arguments, sentence
        )
        same = same_event(mine, predicate, support)
        found.append(_Match(predicate, max(fit, same) if arguments else 0.0, same))
    return sorted(found, key=lambda match: -match.fit)


def _best(matches: Sequence[_Match], within: float = _TIE) -> list[_Match]:
    """Those that fit nearly as well as the best, if that is good enough."""
    if not matches or matches[0].fit < _RELATED:
        return []
    return [match for match in matches if match.fit >= matches[0].fit - within]


def _opposed(predicate: Predicate, matches: Sequence[_Match], *, firm: bool) -> Iterator[Objection]:
    """The best fits say the contrary, and nothing that comes near says the same."""
    best = _best(matches)
    if not best or any(m.predicate.denied == predicate.denied for m in best):
        return
    rivals = [m for m in _best(matches, _MARGIN) if m.predicate.denied == predicate.denied]
    clear = all(is_comparable(predicate, m.predicate) for m in best)
    yield _negation(
        predicate,
        best[0].predicate,
        certain=(firm or best[0].same)
        and clear
        and not rivals
        and best[0].fit >= _needed(predicate)
        and _is_main(predicate),
    )


def _needed(predicate: Predicate) -> float:
    """Light verbs say little without what goes with them, which must be there."""
    return _SAME_CLAUSE if _loose(predicate) else _SAME_EVENT


def _loose(predicate: Predicate) -> bool:
    return predicate.lemma in _LIGHT


def _negation(claimed: Predicate, said: Predicate, *, certain: bool) -> Objection:
    if said.denied is None:
        reason = f"the passages leave open whether “{said.token.text}” is so"
    elif claimed.denied:
        reason = f"the passages say “{_phrase(said)}” and do not deny it"
    else:
        reason = f"the passages deny it: “{_phrase(said)}”"
    return Objection(kind="negation", words=_phrase(claimed), reason=reason, certain=certain)


def _firmer(predicate: Predicate, matches: Sequence[_Match], *, firm: bool) -> Iterator[Objection]:
    """Another mood than all of the best fits have, none of which is denied otherwise."""
    best = [m for m in _best(matches) if m.predicate.denied in {predicate.denied, None}]
    moods = {m.predicate.mood for m in best}
    if not best or predicate.mood in moods:
        yield from _unconditional(predicate, best)
        return
    verdicts = [TOO_FIRM.get((predicate.mood, mood)) for mood in moods]
    if any(verdict is None for verdict in verdicts):
        return
    rivals = [m for m in _best(matches, _MARGIN) if m.predicate.mood == predicate.mood]
    # In the present, news speaks of plans as facts: "the firm cuts jobs".
    dated = predicate.mood != "fact" or predicate.past or moods == {"possible"}
    certain = (
        all(verdicts)
        and (firm or best[0].same)
        and dated
        and not rivals
        and all(m.predicate.denied is predicate.denied for m in best)
        and _is_main(predicate)
        and best[0].fit >= _needed(predicate)
        and best[0].predicate.lemma == predicate.lemma
    )
    yield Objection(
        kind="modality",
        words=_phrase(predicate),
        reason=f"the passages speak of {SAID[best[0].predicate.mood]} "
        f"(“{_phrase(best[0].predicate)}”), not of {SAID[predicate.mood]}",
        certain=certain,
    )


def _is_main(predicate: Predicate) -> bool:
    """Whether the predicate's clause asserts something itself: no participle or infinitive."""
    finite = {"VBD", "VBZ", "VBP"}
    above = predicate.verb.head
    if predicate.verb.dep_ == "xcomp" and above.lemma_ in words("above", "implying"):
        return above.tag_ in finite or any(c.tag_ in finite for c in above.children)
    return predicate.verb.tag_ in finite or any(
        c.dep_ in {"aux", "auxpass"} and c.tag_ in finite | {"MD"} for c in predicate.verb.children
    )


def _unconditional(predicate: Predicate, best: Sequence[_Match]) -> Iterator[Objection]:
    if best and not predicate.condition and all(m.predicate.condition for m in best):
        yield Objection(
            kind="condition",
            words=_phrase(predicate),
            reason="the passages say this only under a condition",
            certain=False,
        )


def _arguments(predicate: Predicate) -> list[str]:
    """The forms of the content words of a predicate's own clause."""
    light = _loose(predicate)
    inner: list[Token] = []
    stack = list(predicate.verb.children)
    if predicate.verb.dep_ in {"conj", "xcomp", "pcomp"}:
        stack += [c for c in predicate.verb.head.children if c.dep_ in {"nsubj", "nsubjpass"}]
    elif predicate.verb.dep_ in {"relcl", "acl"}:
        inner.append(predicate.verb.head)
    while stack:
        token = stack.pop()
        apart = {"conj", "advcl", "relcl", "parataxis"} | (set() if light else {"ccomp"})
        if token.dep_ in apart and token.pos_ in {"VERB", "AUX"}:
            continue
        inner.append(token)
        stack.extend(token.children)
    skip = words("hedges", "adverbs") | {predicate.lemma}
    return [form_of(t) for t in content(sorted(inner)) if t.lemma_.lower() not in skip]


def _phrase(predicate: Predicate) -> str:
    """The verb with its auxiliaries and negation, as written."""
    parts = [
        c
        for c in predicate.verb.children
        if c.dep_ in {"aux", "auxpass", "neg"} and abs(c.i - predicate.verb.i) <= 4
    ]
    tokens = [*parts, predicate.verb, predicate.token]
    first, last = min(t.i for t in tokens), max(t.i for t in tokens)
    if last - first > 6:
        first = last = predicate.token.i
    return str(predicate.token.doc[first : last + 1].text)
