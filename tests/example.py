"""A small valid briefing on an invented event, for tests of what comes after the model."""

from __future__ import annotations

import hashlib
from typing import Any

from briefing.types import (
    Actor,
    BottomLine,
    Briefing,
    Disagreement,
    Event,
    Evidence,
    LeftOut,
    Location,
    OpenQuestion,
    Outcome,
    Quote,
    Role,
    Run,
    Side,
    Source,
    SourceSummary,
    Withheld,
    Wording,
)

_GATES = "Engineers reopened two of the four gates of the Orsa dam on Monday, the water board said."
GAZETTE = (
    "Dam gates reopened at Lake Orsa\n\n"
    "Engineers reopened two of the four gates of the Orsa dam on Monday, the water board said.\n\n"
    "“The wall held, and nobody had to leave home,” said Ines Valk, who heads the water board."
    " She gave no date for the other gates.\n\n"
    "It is not clear who will pay for the repairs.\n"
)
HERALD = (
    "Orsa dam back in service\n\n"
    "Engineers reopened two of the four gates of the Orsa dam on Monday, the water board said.\n\n"
    "“The wall held and nobody had to leave,” Ms. Valk told reporters.\n"
)
REPORT = "Inspection note\n\nPiezometers on the east bank read 4.2 m, which is within limits.\n"


def digest(text: str) -> str:
    """SHA-256 of ``text`` as UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def source(number: int, text: str, **fields: object) -> Source:
    """A source with the right hashes; ``fields`` go to :class:`Source`."""
    return Source(
        **{
            "id": f"S{number}",
            "sha256": digest(text),
            "text_sha256": digest(text),
            "text": text,
            "origin": f"o{number}",
            **fields,
        }
    )


def cite(origin: Source, words: str) -> Evidence:
    """Evidence for ``words``, which must stand in ``origin``; passages are paragraphs."""
    assert origin.text is not None
    start = origin.text.index(words)
    number = origin.text[:start].count("\n\n") + 1
    passage = origin.text.strip("\n").split("\n\n")[number - 1]
    return Evidence(
        source_id=origin.id,
        passage_id=f"{origin.id}.p{number}.{digest(passage)[:6]}",
        paragraph=number,
        start=start,
        end=start + len(words),
        text=words,
        origin=origin.origin,
    )


def run() -> Run:
    """A plausible record of a run."""
    return Run(
        briefing_version="0.1.0",
        model={"name": "scripted", "sha256": "ab" * 32, "size": 1},
        prompts={"statement": "cd" * 32},
        settings={"context": 4096, "threads": 2},
        versions={"llguidance": "1.9.0"},
        seed=7,
    )


def sources() -> tuple[Source, Source, Source]:
    """Two newspapers that share a paragraph, and an extracted report."""
    locations = (Location(start=0, end=len(REPORT), label="page 3"),)
    return (
        source(
            1,
            GAZETTE,
            path="docs/gazette.txt",
            title="Dam gates reopened",
            publisher="Orsa Gazette",
        ),
        source(2, HERALD, url="https://herald.example/orsa?id=1&x=2", published="2031-04-02"),
        source(3, REPORT, path="docs/note.pdf", format="pdf", locations=locations, origin="o1"),
    )


def example(**fields: object) -> Briefing:
    """A valid briefing with something in every section; ``fields`` replace parts of it."""
    gazette, herald, report = sources()
    opened = _GATES
    both = (cite(gazette, opened), cite(herald, opened))
    parts: dict[str, Any] = {
        "title": "Orsa dam",
        "topic": "the state of the dam",
        "bottom_line": (BottomLine(id="b1", statement=opened, outcome_id="out-1", evidence=both),),
        "outcomes": (
            Outcome(id="out-1", statement=opened, evidence=both),
            Outcome(
                id="out-2",
                statement="Piezometers read 4.2 m.",
                mode="compressed",
                evidence=(
                    cite(
                        report,
                        "Piezometers on the east bank read 4.2 m, which is within limits.",
                    ),
                ),
            ),
        ),
        "quotes": (
            Quote(
                id="q-1",
                text="The wall held, and nobody had to leave home,",
                speaker="Ines Valk",
                evidence=(cite(gazette, "The wall held, and nobody had to leave home,"),),
                attribution=(cite(gazette, "said Ines Valk"),),
                wordings=(
                    Wording(
                        text="The wall held and nobody had to leave,",
                        evidence=(cite(herald, "The wall held and nobody had to leave,"),),
                    ),
                ),
            ),
        ),
        "open_questions": (
            OpenQuestion(
                id="open-1",
                question="It is not clear who will pay for the repairs.",
                evidence=(cite(gazette, "It is not clear who will pay for the repairs."),),
            ),
        ),
        "disagreements": (
            Disagreement(
                id="d-1",
                kind="conflict",
                point="what held",
                sides=(
                    Side(value="two", statement=_GATES, evidence=both[:1]),
                    Side(value="four", statement=_GATES, evidence=both[1:]),
                ),
            ),
        ),
        "timeline": (
            Event(id="t-1", date="2024-05-13", when="on Monday", statement=_GATES, evidence=both),
        ),
        "actors": (
            Actor(
                id="a-1",
                name="Ines Valk",
                also=("Ms. Valk",),
                roles=(
                    Role(
                        text="who heads the water board",
                        evidence=(cite(gazette, "who heads the water board"),),
                    ),
                ),
                evidence=(cite(gazette, "Ines Valk"),),
            ),
        ),
        "withheld": (
            Withheld(
                section="outcomes",
                text="She gave no date.",
                reason="“She” is not resolved",
                evidence=(cite(gazette, "She gave no date for the other gates."),),
            ),
        ),
        "summaries": (
            SourceSummary(
                source_id="S1",
                outcomes=("out-1",),
                quotes=("q-1",),
                open_questions=("open-1",),
                passages=4,
                passages_read=3,
            ),
            SourceSummary(source_id="S2", outcomes=("out-1",), passages=3, passages_read=3),
            SourceSummary(
                source_id="S3", outcomes=("out-2",), passages=2, passages_read=1, note="Damaged."
            ),
        ),
        "left_out": (LeftOut(name="docs/empty.txt", reason="the file is empty"),),
        "sources": (gazette, herald, report),
        "run": run(),
    }
    return Briefing(**{**parts, **fields})
