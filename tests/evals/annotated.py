"""A derailment in three invented reports, and briefings about it written by hand."""

from __future__ import annotations

from hashlib import sha256

from briefing.evals.annotations import Gold
from briefing.evals.baseline_parts import run_of
from briefing.evals.gold import Located, compare, locate
from briefing.evals.report import Item
from briefing.types import (
    NOT_ESTABLISHED,
    Briefing,
    Difference,
    Disagreement,
    Evidence,
    Mode,
    Outcome,
    Quote,
    Side,
    Source,
)

TEXTS = {
    "wire.txt": (
        "A goods train left the rails at Orsk bridge on Sunday and blocked both tracks.\n\n"
        "Nine people were hurt, the railway said, and 40 tonnes of grain were lost.\n\n"
        "“We heard the axle go,” said Lena Farr, the driver. “Then everything tipped.”\n\n"
        "It is not known who loaded the wagons.\n"
    ),
    "paper.txt": (
        "Both tracks at Orsk bridge were blocked on Sunday when a goods train derailed.\n\n"
        "Twelve people were hurt, doctors said. More than 30 tonnes of grain were lost.\n\n"
        "The railway minister ordered an inquiry.\n"
    ),
    "radio.txt": (
        "By Monday the number of the hurt had risen to 15.\n\n"
        "The minister has ordered an inquiry into the derailment at Orsk.\n"
    ),
}
SOURCES = tuple(
    Source(
        id=f"S{number}",
        path=f"texts/{name}",
        sha256=sha256(text.encode()).hexdigest(),
        text_sha256=sha256(text.encode()).hexdigest(),
        text=text,
    )
    for number, (name, text) in enumerate(TEXTS.items(), 1)
)


def cite(words: str, source_id: str = "") -> Evidence:
    """Evidence for ``words`` in the first source that has them, or in ``source_id``."""
    source = next(s for s in SOURCES if words in s.body and (not source_id or s.id == source_id))
    start = source.body.index(words)
    return Evidence(
        source_id=source.id,
        passage_id=f"{source.id}.p1.0",
        paragraph=1,
        start=start,
        end=start + len(words),
        text=words,
        origin=source.id,
    )


def outcome(name: str, *words: str, statement: str = "", mode: Mode = "verbatim") -> Outcome:
    """An outcome that rests on ``words``."""
    evidence = tuple(cite(each) for each in words)
    return Outcome(id=name, statement=statement or words[0], mode=mode, evidence=evidence)


def quote(name: str, words: str, speaker: str = NOT_ESTABLISHED, *more: str) -> Quote:
    """A quote of ``words``, continued by ``more``."""
    continued = tuple(cite(each) for each in more)
    return Quote(id=name, text=words, speaker=speaker, evidence=(cite(words),), continued=continued)


def disagreement(name: str, kind: Difference, *sides: tuple[str, str]) -> Disagreement:
    """A disagreement of (value, sentence that has it)."""
    return Disagreement(
        id=name,
        kind=kind,
        point="a point",
        sides=tuple(
            Side(value=value, statement=words, evidence=(cite(words),)) for value, words in sides
        ),
    )


def briefing(**sections: object) -> Briefing:
    """A briefing of the three reports with these sections."""
    return Briefing(title="Orsk", sources=SOURCES, run=run_of({}), **sections)  # type: ignore[arg-type]


def located(**gold: object) -> Located:
    """Annotations, as a file would have them, with their places."""
    return locate(Gold.model_validate(gold), SOURCES, "gold.yaml")


def scores(made: Briefing, gold: Located) -> dict[str, dict[str, float]]:
    """All scores of the comparison: of annotations, of disagreements, and of shown items."""
    found = compare(made, gold)
    return {item.id: item.scores for item in found.items} | found.shown


def items(made: Briefing, gold: Located) -> dict[str, Item]:
    """The items of the comparison by id."""
    return {item.id: item for item in compare(made, gold).items}
