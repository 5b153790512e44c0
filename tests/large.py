"""A large valid briefing on an invented event: many findings, sources, long names, two scripts."""

from __future__ import annotations

from briefing.types import (
    Actor,
    BottomLine,
    Briefing,
    Disagreement,
    Event,
    Evidence,
    OpenQuestion,
    Outcome,
    Quote,
    Role,
    Side,
    Source,
    SourceSummary,
    Withheld,
)
from tests.example import cite, run, source

LONG = "Interdepartmental Commission for the Reconstruction of Harbour Breakwaters and Quays " * 2
ARABIC = "أعلنت هيئة الميناء إعادة فتح الرصيف رقم {n} أمام السفن الكبيرة."
_PLAIN = "Crews cleared berth {n} of the Tessaly harbour and let {n} ships back in, the port said."


def _finding(number: int) -> str:
    return (ARABIC if number % 10 == 9 else _PLAIN).format(n=number)


def _text(number: int, sources: int, findings: int) -> str:
    own = [n for n in range(findings) if n % sources == number or (n + 1) % sources == number]
    filler = f"Report {number} goes on about weather and tides in the strait. " * 4
    parts = [f"Report {number} from the harbour", *(f"{_finding(n)} {filler}" for n in own)]
    parts.append(f"“We count {number} boats as lost,” said Captain Oda Rell {number}, a pilot.")
    parts.append(f"It is not clear when line {number} of the ferry will run again.")
    parts.append(f"The storm took {number + 3} boats.")
    return "\n\n".join(parts) + "\n"


def large(findings: int = 200, sources: int = 100) -> Briefing:
    """Each finding is in two sources that follow each other; every fifth source is a copy."""
    made = [
        source(
            n + 1,
            _text(n, sources, findings),
            title=f"Harbour report {n}",
            publisher=LONG.strip() if n == 1 else f"Gazette {n}",
            origin=f"o{n - 1 if n % 5 == 4 else n}",
            published="2031-04-02",
        )
        for n in range(sources)
    ]
    outcomes = tuple(_outcome(n, made) for n in range(findings))
    first = outcomes[0]
    line = BottomLine(
        id="b-0", statement=first.statement, outcome_id=first.id, evidence=first.evidence
    )
    return Briefing(
        title=f"Tessaly harbour after the storm: {LONG.strip()}",
        topic="what the storm did",
        bottom_line=(line,),
        outcomes=outcomes,
        quotes=tuple(_quote(n, each) for n, each in enumerate(made)),
        open_questions=tuple(_question(n, each) for n, each in enumerate(made[:40])),
        disagreements=tuple(_point(n, made) for n in range(0, min(20, sources - 1), 2)),
        timeline=tuple(_event(n, outcomes[n]) for n in range(min(40, findings))),
        actors=tuple(_actor(n, each) for n, each in enumerate(made[:30])),
        withheld=tuple(
            Withheld(section="outcomes", text=f"It was lost {n}.", reason="“It” is not resolved")
            for n in range(40)
        ),
        summaries=tuple(
            SourceSummary(source_id=each.id, passages=9, passages_read=8, outcomes=("o-0",))
            for each in made
        ),
        sources=tuple(made),
        run=run(),
    )


def _outcome(number: int, made: list[Source]) -> Outcome:
    words = _finding(number)
    pair = {number % len(made), (number + 1) % len(made)}
    evidence = tuple(cite(made[n], words) for n in sorted(pair))
    return Outcome(id=f"o-{number}", statement=words, score=9 - number / 100, evidence=evidence)


def _quote(number: int, origin: Source) -> Quote:
    words = f"We count {number} boats as lost,"
    name = f"Captain Oda Rell {number}"
    named = (cite(origin, f"said {name}"),)
    return Quote(
        id=f"q-{number}", text=words, speaker=name, evidence=(cite(origin, words),),
        attribution=named,
    )  # fmt: skip


def _question(number: int, origin: Source) -> OpenQuestion:
    words = f"It is not clear when line {number} of the ferry will run again."
    return OpenQuestion(id=f"u-{number}", question=words, evidence=(cite(origin, words),))


def _point(number: int, made: list[Source]) -> Disagreement:
    def side(n: int) -> Side:
        words = f"The storm took {n + 3} boats."
        return Side(value=str(n + 3), statement=words, evidence=_one(made[n], words))

    return Disagreement(
        id=f"d-{number}",
        kind="conflict",
        point="boats that the storm took",
        sides=(side(number), side(number + 1)),
    )


def _one(origin: Source, words: str) -> tuple[Evidence, ...]:
    return (cite(origin, words),)


def _event(number: int, outcome: Outcome) -> Event:
    date = f"2031-{1 + number // 20:02}-{1 + number % 20:02}"
    return Event(
        id=f"t-{number}", date=date, when="then", statement=outcome.statement,
        evidence=outcome.evidence,
    )  # fmt: skip


def _actor(number: int, origin: Source) -> Actor:
    name = f"Captain Oda Rell {number}"
    role = Role(text="a pilot", evidence=_one(origin, "a pilot"))
    return Actor(id=f"a-{number}", name=name, roles=(role,), evidence=_one(origin, name))
