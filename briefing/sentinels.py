"""A briefing with something of every kind, whose every text is told from every other.

Rendered with a template, it shows what the template prints and what it leaves out. A text is a
``sentinel`` and a number; what supports an item has other words than the item, so that neither is
taken for the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from typing import Final

from briefing import types

_SOURCES: Final = 3


@dataclass(frozen=True)
class Sentinel:
    """A text of the briefing: which ``section`` it is of, what it is, and what it cites.

    ``cites`` are (source id, passage id) pairs; empty for what needs no citation.
    """

    section: str
    what: str
    text: str
    cites: tuple[tuple[str, str], ...] = ()


class _Maker:
    """Makes texts and evidence, and remembers which is which."""

    def __init__(self) -> None:
        self.made: list[Sentinel] = []
        self._number = count(1)

    def evidence(self, *sources: int) -> tuple[types.Evidence, ...]:
        return tuple(self._evidence(source) for source in sources or (1,))

    def text(self, section: str, what: str, evidence: tuple[types.Evidence, ...] = ()) -> str:
        text = f"sentinel{next(self._number):03}"
        cites = tuple((each.source_id, each.passage_id) for each in evidence)
        self.made.append(Sentinel(section, what, text, cites))
        return text

    def _evidence(self, source: int) -> types.Evidence:
        number = next(self._number)
        words = f"support{number:03}"
        return types.Evidence(
            source_id=f"S{source}",
            passage_id=f"S{source}.p{number}",
            paragraph=number,
            start=0,
            end=len(words),
            text=words,
            origin=f"o{min(source, 2)}",
        )


def briefing() -> tuple[types.Briefing, tuple[Sentinel, ...]]:
    """A full briefing and the sentinels in it, in the order of its sections."""
    make = _Maker()
    outcomes = tuple(_outcomes(make))
    quotes = tuple(_quotes(make))
    questions = tuple(_questions(make))
    first = outcomes[0]
    lead = make.evidence(1)
    full = types.Briefing(
        title=make.text("title", "title"),
        topic=make.text("topic", "topic"),
        bottom_line=(
            types.BottomLine(
                id="b-1",
                statement=make.text("bottom_line", "statement", lead),
                outcome_id=first.id,
                evidence=lead,
            ),
        ),
        outcomes=outcomes,
        quotes=quotes,
        open_questions=questions,
        disagreements=tuple(_disagreements(make)),
        timeline=tuple(_timeline(make)),
        actors=tuple(_actors(make)),
        withheld=tuple(_withheld(make)),
        summaries=tuple(_summaries(outcomes, quotes, questions)),
        left_out=(types.LeftOut(name="gone.txt", reason=make.text("left_out", "reason")),),
        sources=tuple(_source(make, number) for number in range(1, _SOURCES + 1)),
        notes=(make.text("notes", "note"),),
        run=_run(),
    )
    return full, tuple(make.made)


def empty() -> types.Briefing:
    """A briefing with nothing in it."""
    return types.Briefing(title="Empty", run=_run())


def _outcomes(make: _Maker) -> Iterator[types.Outcome]:
    kinds: list[tuple[str, Mapping[str, object]]] = [
        ("statement", {}),
        ("statement of several sources", {"stated_origin": "Wire"}),
        ("statement from before the event", {"background": True}),
        ("statement in the model's words", {"mode": "free", "verdict": "partly"}),
    ]
    for number, (what, fields) in enumerate(kinds, 1):
        evidence = make.evidence(1, 2, 3) if number == 2 else make.evidence(1)
        text = make.text("outcomes", what, evidence)
        given = {"id": f"o-{number}", "statement": text, "evidence": evidence, **fields}
        yield types.Outcome.model_validate(given)


def _quotes(make: _Maker) -> Iterator[types.Quote]:
    for number, (speaker, note) in enumerate(
        (("Ada Vann", ""), (types.NOT_ESTABLISHED, "Damaged.")), 1
    ):
        what = "quote" if number == 1 else "quote without a speaker"
        evidence, other = make.evidence(1), make.evidence(2)
        yield types.Quote(
            id=f"q-{number}",
            text=make.text("quotes", what, evidence),
            speaker=speaker,
            evidence=evidence,
            wordings=(
                types.Wording(text=make.text("quotes", "other wording", other), evidence=other),
            ),
            note=note,
        )


def _questions(make: _Maker) -> Iterator[types.OpenQuestion]:
    for number in (1, 2):
        evidence = make.evidence(number)
        text = make.text("open_questions", "question", evidence)
        yield types.OpenQuestion(id=f"u-{number}", question=text, mode="free", evidence=evidence)


def _disagreements(make: _Maker) -> Iterator[types.Disagreement]:
    for number, kind in enumerate(("conflict", "update"), 1):
        sides = []
        for place in (1, 2):
            evidence = make.evidence(place)
            text = make.text("disagreements", "side", evidence)
            sides.append(
                types.Side(value=f"value {number}{place}", statement=text, evidence=evidence)
            )
        given = {"id": f"d-{number}", "kind": kind, "point": f"point {number}", "sides": sides}
        yield types.Disagreement.model_validate(given)


def _timeline(make: _Maker) -> Iterator[types.Event]:
    for number, (date, until) in enumerate((("2031-04-02", None), ("2031-04", "2031-05")), 1):
        evidence = make.evidence(1)
        text = make.text("timeline", "event", evidence)
        yield types.Event(
            id=f"t-{number}", date=date, until=until, when="then", statement=text, evidence=evidence
        )


def _actors(make: _Maker) -> Iterator[types.Actor]:
    own, said = make.evidence(1), make.evidence(2)
    yield types.Actor(
        id="a-1",
        name=make.text("actors", "name"),
        also=("Vann",),
        roles=(types.Role(text=make.text("actors", "role", said), evidence=said),),
        evidence=own,
    )


def _withheld(make: _Maker) -> Iterator[types.Withheld]:
    evidence = make.evidence(1)
    text = make.text("withheld", "withheld item", evidence)
    yield types.Withheld(
        section="outcomes", text=text, reason="it is not clear who", evidence=evidence
    )


def _summaries(
    outcomes: tuple[types.Outcome, ...],
    quotes: tuple[types.Quote, ...],
    questions: tuple[types.OpenQuestion, ...],
) -> Iterator[types.SourceSummary]:
    yield types.SourceSummary(
        source_id="S1",
        outcomes=tuple(each.id for each in outcomes),
        quotes=tuple(each.id for each in quotes),
        open_questions=tuple(each.id for each in questions),
        passages=9,
        passages_read=8,
        note="Parts are damaged.",
    )
    yield types.SourceSummary(source_id="S2", passages=3, passages_read=0)


def _source(make: _Maker, number: int) -> types.Source:
    title = make.text("sources", "source")
    digest = sha256(title.encode("ascii")).hexdigest()
    bare = number == _SOURCES
    return types.Source(
        id=f"S{number}",
        path=f"{title}.pdf",
        format="pdf",
        title=None if bare else title,
        publisher=None if bare else "The Publisher",
        author=None if bare else "An Author",
        published=None if bare else "2031-04-02",
        sha256=digest,
        text_sha256=digest,
        text=None,
        origin=f"o{min(number, 2)}",
    )


def _run() -> types.Run:
    return types.Run(
        briefing_version="1",
        model={"name": "model", "sha256": "ab" * 32},
        prompts={"default/ask": "cd" * 32},
        settings={"max_outcomes": 12},
        versions={"spacy": "3"},
        seed=0,
    )
