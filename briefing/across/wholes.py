"""Figures that are no numbers: "nobody", "no injuries", "both people" (English)."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.across.clause import clause_of
from briefing.across.figures import Figure, figure_at, mood_of_clause
from briefing.across.told import Told
from briefing.across.values import Value

_NOBODY = {"nobody", "none"}


def wholes_of(told: Told) -> Iterator[Figure]:
    """All such figures of a sentence."""
    yield from _nothing(told)
    yield from _both(told)


def _nothing(told: Told) -> Iterator[Figure]:
    """“Nobody was hurt”, “no injuries”, “had been no accidents”: a count of nought."""
    for token in told.span:
        nobody = token.lower_ in _NOBODY or (
            token.lower_ in {"one", "person", "people"}
            and token.i
            and token.nbor(-1).lower_ == "no"
        )
        if nobody and token.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}:
            start = token.nbor(-1).idx if token.lower_ not in _NOBODY else token.idx
            clause = clause_of(token)
            if not clause.acts or mood_of_clause(clause.verb) != "fact":
                continue
            yield Figure(
                told,
                "count",
                start,
                token.idx + len(token.text),
                Value(0, 0, 0),
                clause,
                "people",
                token,
            )
        elif token.lower_ == "no" and token.dep_ == "det" and token.head.tag_ == "NNS":
            noun = token.head
            end = noun.idx + len(noun.text)
            yield figure_at(told, "count", (token.idx, end), Value(0, 0, 0), noun, noun)


def _both(told: Told) -> Iterator[Figure]:
    """“both people”, “all three”: the whole."""
    for token in told.span:
        if token.lower_ == "both" and token.dep_ in {"det", "predet", "preconj"}:
            noun = token.head
            if noun.tag_ == "NNS" and not any(c.dep_ == "conj" for c in noun.children):
                yield figure_at(
                    told, "count", (token.idx, token.idx + 4), Value(2, 2, 2), noun, noun
                )
