"""Opposites, quantifiers, bounds and causes in a claim that the passages put otherwise (English).

A word of the claim is laid beside its opposite in the sentence that covers the claim best. It
counts only where the words it belongs to stand there as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.grounding import wording
from briefing.grounding.cores import agree
from briefing.grounding.opposites import clashes, is_converse, opposites, quantifier
from briefing.grounding.polarity_lists import words
from briefing.grounding.predicates import parties_of
from briefing.grounding.reading import Reading
from briefing.grounding.scope import Predicate, predicates
from briefing.grounding.thesaurus import antonyms, same_family
from briefing.grounding.verdicts import Objection
from briefing.grounding.words import Support, content, form_of, support_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SAME, _RELATED = 0.7, 0.5
"""Coverage of the rest of the claim by a sentence that says the same, or may."""
_TIE = 0.1
_WAYS = {"to": "from", "from": "to", "for": "against", "against": "for", "into": "from"}
"""Prepositions that lead the other way."""


def objections(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    """Contrasts of each sentence of ``claim`` with the sentences of ``grounds``."""
    support = support_of(grounds)
    given = [sentence for ground in grounds for sentence in ground.doc.sents]
    for sentence in claim.doc.sents:
        ranked = _ranked(sentence, given, support)
        yield from wording.objections(sentence, [g for _, g in ranked])
        yield from _antonyms(sentence, ranked, support)
        yield from _directed(sentence, [g for _, g in ranked], support)
        yield from _quantified(sentence, ranked)
        yield from _only(sentence, ranked)
        yield from _hedged(sentence, ranked)
        yield from _caused(sentence, ranked)


def _ranked(sentence: Span, given: Sequence[Span], support: Support) -> list[tuple[float, Span]]:
    """The sentences of the passages that cover ``sentence`` nearly best, with their coverage."""
    forms = [form_of(t) for t in content(sentence)]
    scored = [(support.coverage(forms, [form_of(t) for t in content(g)]), g) for g in given]
    best = max((score for score, _ in scored), default=0.0)
    near = [(score, g) for score, g in scored if score >= max(best - 0.25, 0.3)]
    return sorted(near, key=lambda pair: -pair[0])


def _antonyms(
    sentence: Span, ranked: Sequence[tuple[float, Span]], support: Support
) -> Iterator[Objection]:
    own = {t.lower_ for t in sentence} | {t.lemma_.lower() for t in sentence}
    for token in sentence:
        known, guessed = opposites(token), antonyms(token.lemma_.lower())
        if not (known or guessed) or token.dep_ in {"aux", "auxpass", "prt"}:
            continue
        found = [
            (other, g)
            for _, g in ranked
            for other in g
            if {other.lower_, other.lemma_.lower()} & (known | guessed)
            and not {other.lower_, other.lemma_.lower()} & own
            and other.pos_ == token.pos_
            and _same_place(token, other, support)
        ]
        if found and not any(_says(token, g) for _, g in ranked):
            yield _contrary(token, found[0][0], sentence, support, known=known)


def _contrary(
    token: Token, other: Token, sentence: Span, support: Support, *, known: frozenset[str]
) -> Objection:
    rest = [form_of(t) for t in content(sentence) if t != token]
    fit = support.coverage(rest, [form_of(t) for t in content(other.sent)])
    curated = bool({other.lower_, other.lemma_.lower()} & known)
    certain = (
        curated
        and len(rest) >= 2
        and fit >= _SAME
        and _denied(token) is _denied(other)
        and _denied(other) is not None
        and (not is_converse(token, other) or _same_subject(token, other, support))
        and not _of_others(token, other, support)
        and not (_holds_nothing(token) or _holds_nothing(other))
    )
    return Objection(
        kind="opposite",
        words=token.text,
        reason=f"the passages say “{other.text}” where the statement says “{token.text}”",
        certain=certain,
    )


def _says(token: Token, given: Span) -> bool:
    """Whether a sentence that comes near has the word itself or one of its family."""
    return any(
        (t.lower_ == token.lower_ or same_family(t.lemma_.lower(), token.lemma_.lower()))
        for t in given
    )


def _same_place(token: Token, other: Token, support: Support) -> bool:
    """Whether the words that belong to ``token`` stand by ``other`` too."""
    mine, theirs = _company(token), {form_of(t) for t in _company(other)}
    return any(support.best(form_of(t), theirs) >= 0.75 for t in mine)


def _company(token: Token) -> list[Token]:
    """A word's head, dependents and theirs through prepositions, of those that carry content."""
    near = [token.head, *token.children]
    for child in [*token.children, token.head]:
        if child.pos_ in {"ADP", "AUX", "PART", "DET"} or child.dep_ == "prep":
            near.extend(child.children)
            near.append(child.head)
    return [t for t in content(near) if t != token]


def _same_subject(token: Token, other: Token, support: Support) -> bool:
    mine = [t for t in token.children if t.dep_ in {"nsubj", "nsubjpass", "pobj", "compound"}]
    theirs = [t for t in other.children if t.dep_ in {"nsubj", "nsubjpass", "pobj", "compound"}]
    if any(t.lower_ in {"who", "which", "that"} for t in theirs) and other.dep_ == "relcl":
        theirs.append(other.head)
    if not mine or not theirs:
        return token.pos_ not in {"VERB", "ADP", "SCONJ"} and token.head.lemma_ == other.head.lemma_
    return all(any(support.best(form_of(a), [form_of(b)]) >= 1.0 for b in theirs) for a in mine)


def _directed(sentence: Span, given: Sequence[Span], support: Support) -> Iterator[Objection]:
    """“From Rome” where the passages say “to Rome” of the same act."""
    for mine in sentence:
        turned = _WAYS.get(mine.lower_)
        place = _object_of(mine)
        if turned is None or place is None or mine.head.pos_ not in {"VERB", "NOUN"}:
            continue
        beside = [t for g in given for t in g if _is_beside(mine, place, t, support)]
        if any(t.lower_ == turned for t in beside) and all(t.lower_ != mine.lower_ for t in beside):
            yield Objection(
                kind="opposite",
                words=mine.text,
                reason=f"the passages say “{turned} {place.text}”, not “{mine.text} {place.text}”",
                certain=True,
            )


def _is_beside(mine: Token, place: Token, token: Token, support: Support) -> bool:
    """Whether a preposition stands between the same act and the same place or party."""
    other = _object_of(token) if token.pos_ == "ADP" else None
    if other is None or token.head.lemma_ != mine.head.lemma_ or token.dep_ != "prep":
        return False
    return agree(place, other, support) is True


def _object_of(preposition: Token) -> Token | None:
    if preposition.dep_ != "prep":
        return None
    return next((c for c in preposition.children if c.dep_ == "pobj"), None)


def _of_others(token: Token, other: Token, support: Support) -> bool:
    """Whether two verbs have subjects that differ: one party supported what another opposed."""
    mine, theirs = (parties_of(t)[0] if t.pos_ == "VERB" else None for t in (token, other))
    return mine is not None and theirs is not None and agree(mine, theirs, support) is False


def _holds_nothing(token: Token) -> bool:
    """“With nobody against it” is without."""
    if token.pos_ not in {"ADP", "SCONJ"}:
        return False
    nothing = words("negation", "pronouns") | words("negation", "determiners")
    following = token.doc[token.i + 1 : token.i + 3]
    return any(t.lower_ in nothing | {"single"} for t in following)


def _denied(token: Token) -> bool | None:
    """Whether the predicate that a token belongs to is denied."""
    found = _predicate_of(token)
    return found.denied if found is not None else False


def _predicate_of(token: Token) -> Predicate | None:
    by_token = {p.token.i: p for p in predicates(token.doc)}
    by_verb = {p.verb.i: p for p in predicates(token.doc)}
    for above in (token, *token.ancestors):
        if above.i in by_token:
            return by_token[above.i]
        if above.i in by_verb:
            return by_verb[above.i]
    return None


def _quantified(sentence: Span, ranked: Sequence[tuple[float, Span]]) -> Iterator[Objection]:
    for noun in sentence:
        claimed = quantifier(noun) if noun.pos_ in {"NOUN", "PROPN"} else ""
        if not claimed:
            continue
        said = [
            (score, quantifier(other), other)
            for score, g in ranked
            for other in g
            if other.lemma_ == noun.lemma_
        ]
        if not said or any(kind == claimed for _, kind, _ in said):
            continue
        score, kind, other = said[0]
        clash = clashes(claimed)
        if all(k in clash for _, k, _ in said) or (claimed in {"all", "most"} and not kind):
            yield Objection(
                kind="quantifier",
                words=_with_quantifier(noun),
                reason=f"the passages say “{_with_quantifier(other)}”",
                certain=score >= _SAME
                and kind in clash
                and _denied(noun) is _denied(other)
                and ("none" not in {claimed, kind} or "part" in {claimed, kind}),
            )


def _with_quantifier(noun: Token) -> str:
    start = noun.left_edge.i
    if noun.head.lower_ == "of" and noun.dep_ == "pobj":
        start = noun.head.head.i
    return str(noun.doc[max(start, noun.i - 5) : noun.i + 1].text)


def _only(sentence: Span, ranked: Sequence[tuple[float, Span]]) -> Iterator[Objection]:
    bounding = {"only", "solely", "exclusively", "sole", "merely"}
    mine = [t for t in sentence if t.lower_ in bounding]
    theirs = any(
        t.lower_ in bounding | {"just", "except", "alone", "single"} for _, g in ranked for t in g
    )
    if mine and ranked and not theirs:
        yield Objection(
            kind="quantifier",
            words=mine[0].text,
            reason=f"the passages do not say “{mine[0].text}”",
            certain=False,
        )


def _hedged(sentence: Span, ranked: Sequence[tuple[float, Span]]) -> Iterator[Objection]:
    """A noun that the passages call alleged, possible, proposed, and the claim does not."""
    hedges = words("hedges", "adjectives")
    for noun in sentence:
        if noun.pos_ != "NOUN" or any(c.lower_ in hedges for c in noun.children):
            continue
        said = [t for _, g in ranked for t in g if t.lemma_ == noun.lemma_ and t.pos_ == "NOUN"]
        marks = [next((c for c in t.children if c.lower_ in hedges), None) for t in said]
        if marks and all(mark is not None for mark in marks):
            yield Objection(
                kind="modality",
                words=noun.text,
                reason=f"the passages say “{marks[0]} {said[0].text}”",
                certain=False,
            )


def _caused(sentence: Span, ranked: Sequence[tuple[float, Span]]) -> Iterator[Objection]:
    strong, weak = words("cause", "strong"), words("cause", "words")
    mine = [t for t in sentence if t.lemma_.lower() in strong and t.dep_ != "amod"]
    if mine and ranked and not any(t.lemma_.lower() in weak for _, g in ranked for t in g):
        yield Objection(
            kind="cause",
            words=mine[0].text,
            reason="the passages do not say that one is the cause of the other",
            certain=False,
        )
