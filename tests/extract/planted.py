"""Articles with their quotations and speakers planted: ``data/NAME.txt`` and ``data/NAME.yaml``.

All are invented, on events that have nothing to do with one another, each in the style of another
kind of house. In the YAML file ``speaker`` lists every acceptable answer (null: none).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefing.passages import split
from briefing.types import NOT_ESTABLISHED, Passage, Source
from tests import yaml_data
from tests.example import source

DATA = Path(__file__).parent / "data"
NAMES = sorted(path.stem for path in DATA.glob("*.yaml"))


@dataclass(frozen=True)
class Planted:
    start: int
    end: int
    kind: str
    nested_in: int | None
    continues: int | None
    speakers: frozenset[str]


@dataclass(frozen=True)
class Article:
    source: Source
    passages: tuple[Passage, ...]
    planted: tuple[Planted, ...]


@cache
def article(name: str) -> Article:
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    entries = yaml_data.load(DATA / f"{name}.yaml")
    found: list[Planted] = []
    at = 0
    for entry in entries:
        outer = entry.get("nested_in")
        start = text.index(entry["text"], at if outer is None else found[outer].start)
        end = start + len(entry["text"])
        at = end if outer is None else at
        found.append(
            Planted(
                start=start,
                end=end,
                kind=entry.get("kind", "speech"),
                nested_in=outer,
                continues=entry.get("continues"),
                speakers=frozenset(s or NOT_ESTABLISHED for s in entry["speaker"]),
            )
        )
    document = source(1, text)
    return Article(document, split(document), tuple(found))


def body(text: str) -> tuple[Source, tuple[Passage, ...]]:
    """A source all of whose lines are body paragraphs."""
    passages: list[Passage] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            number = len(passages) + 1
            passages.append(
                Passage(
                    id=f"S1.p{number}",
                    source_id="S1",
                    number=number,
                    kind="body",
                    start=at,
                    end=at + len(line),
                    text=line,
                )
            )
        at += len(line) + 1
    return source(1, text), tuple(passages)
