"""The published formats, one record each, and how a record becomes a labelled statement.

* WiCE (``claim``, ``evidence``, ``supporting_sentences``): supported is true, partially and not
  supported are false; the document is the cited page.
* SummEdits (``doc``, ``summary``, ``label``): a domain a file; the document is ``doc``.
* FRANK (``article``, ``summary``, ``factuality``), or its two files ``benchmark_data.json`` and
  ``human_annotations.json`` joined: true is a factuality of 1, by the majority of annotators in
  every sentence; the document is the article.
* ours (``claim``, ``passages``, ``label``), see ``docs/evals-data.md``.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from briefing.evals.datasets.values import Labelled, canonical_split
from briefing.sentences import sentences

Text = Annotated[str, Field(min_length=1)]
Index = Annotated[int, Field(ge=0)]
LONGEST_TURN: Final = 400
"""Characters; a longer line is cut into its sentences, a shorter one stays a whole: who speaks
stands at the beginning of a line of dialogue."""


@dataclass(frozen=True)
class Place:
    """Where a record stands: its file, and its line or number in a list."""

    path: Path
    number: int


class Record(BaseModel, ABC):
    """Base of the published formats, which hold more than is needed."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @abstractmethod
    def name(self, place: Place) -> str:
        """The set it belongs to."""

    @abstractmethod
    def labelled(self, place: Place) -> Labelled:
        """The record as a labelled statement."""


class _WiceMeta(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    id: str = ""


class Wice(Record):
    """A claim of Wikipedia and the sentences of the page that it cites."""

    claim: Text
    evidence: tuple[str, ...] = Field(min_length=1)
    label: Literal["supported", "partially_supported", "not_supported"]
    supporting_sentences: tuple[tuple[Index, ...], ...]
    meta: _WiceMeta = _WiceMeta()

    @model_validator(mode="after")
    def _inside(self) -> Wice:
        _check_indices(self.supporting_sentences, len(self.evidence))
        return self

    def name(self, place: Place) -> str:
        """``wice``, or ``wice-subclaims`` for claims that were split before."""
        subclaims = any("subclaim" in part for part in place.path.parts[-2:])
        return "wice-subclaims" if subclaims else "wice"

    def labelled(self, place: Place) -> Labelled:
        """The whole page are the passages."""
        return Labelled(
            id=self.meta.id or f"{place.path.stem}:{place.number}",
            statement=self.claim,
            passages=self.evidence,
            label=self.label == "supported",
            document=digest("\n".join(self.evidence)),
            split=_split_of(place),
            kind=self.label,
            evidence=_sets(self.supporting_sentences),
        )


class SummEdits(Record):
    """A summary with none or one detail edited, and its document."""

    id: str = ""
    doc: Text
    summary: Text
    label: Literal[0, 1]
    edit_types: tuple[str, ...] = ()
    domain: str = ""
    split: str = ""

    def name(self, place: Place) -> str:
        """``summedits/news``: the domain is in the record or in the file's name."""
        return f"summedits/{self.domain or place.path.stem.removeprefix('summedits_')}"

    def labelled(self, place: Place) -> Labelled:
        """Paragraphs and sentences of the document are the passages."""
        return Labelled(
            id=self.id or f"{place.path.stem}:{place.number}",
            statement=self.summary,
            passages=passages_of(self.doc),
            label=self.label == 1,
            document=digest(self.doc),
            split=canonical_split(self.split),
            kind=" + ".join(self.edit_types),
        )


class Frank(Record):
    """A summary by a system, its article, and the mean judgement of annotators."""

    article: Text
    summary: Text
    factuality: float = Field(ge=0, le=1)
    hash: Text
    model_name: str = ""
    dataset: str = ""
    split: str = ""

    @field_validator("hash", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value

    def name(self, place: Place) -> str:  # noqa: ARG002 (the record says it)
        """``frank/cnndm`` or ``frank/bbc`` (XSum), told by the length of the hash if need be."""
        by_hash = "cnndm" if len(self.hash) == 40 else "bbc"
        return f"frank/{self.dataset or by_hash}"

    def labelled(self, place: Place) -> Labelled:  # noqa: ARG002
        """Sentences of the article are the passages."""
        return Labelled(
            id=f"{self.hash}-{self.model_name}",
            statement=self.summary,
            passages=passages_of(self.article),
            label=self.factuality > 1 - 1e-6,
            document=self.hash,
            split=canonical_split(self.split),
            kind=self.model_name,
        )


class Generic(Record):
    """Our own format; unknown fields are mistakes, except in ``meta``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    claim: Text
    passages: tuple[Text, ...] = Field(min_length=1)
    label: bool
    group: Text
    id: str = ""
    kind: str = ""
    split: str = ""
    evidence: tuple[tuple[Index, ...], ...] = ()
    meta: dict[str, Any] = Field(default_factory=dict)

    @field_validator("label", mode="before")
    @classmethod
    def _as_bool(cls, value: object) -> object:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in LABELS:
            return LABELS[value]
        raise ValueError(f"a label is true, false, or one of: {', '.join(LABELS)}")

    @field_validator("evidence", mode="before")
    @classmethod
    def _as_sets(cls, value: object) -> object:
        flat = isinstance(value, list) and value and not any(isinstance(v, list) for v in value)
        return [value] if flat else value

    @model_validator(mode="after")
    def _inside(self) -> Generic:
        _check_indices(self.evidence, len(self.passages))
        return self

    def name(self, place: Place) -> str:
        """The name of the file."""
        return str(place.path.stem)

    def labelled(self, place: Place) -> Labelled:
        """The passages as they are."""
        return Labelled(
            id=self.id or f"{place.path.stem}:{place.number}",
            statement=self.claim,
            passages=self.passages,
            label=self.label,
            document=self.group,
            split=canonical_split(self.split),
            kind=self.kind,
            evidence=_sets(self.evidence),
        )


LABELS: Final[Mapping[str, bool]] = {
    "supported": True,
    "partly": False,
    "partially_supported": False,
    "unsupported": False,
    "not_supported": False,
    "refuted": False,
    "unclear": False,
}
"""Words for labels; only full support is true."""


def format_of(record: object) -> type[Record] | None:
    """The format that the first record of a file shows; None where it is none of ours."""
    keys = set(record) if isinstance(record, dict) else set()
    if {"claim", "evidence", "supporting_sentences"} <= keys and "claim_tokens" not in keys:
        return Wice
    if {"doc", "summary", "label"} <= keys:
        return SummEdits
    if {"article", "summary", "factuality"} <= keys:
        return Frank
    return Generic if {"claim", "passages"} <= keys else None


def digest(text: str) -> str:
    """A short name for a document."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@lru_cache(maxsize=256)  # published files repeat a document for each of its statements
def passages_of(document: str) -> tuple[str, ...]:
    """The sentences and turns of a document: what a statement is checked against."""
    return tuple(_pieces(document)) or (document,)


def _pieces(document: str) -> Iterator[str]:
    for line in document.splitlines():
        for turn in _TURNS.split(line.strip()):
            if len(turn) <= LONGEST_TURN and _SPEAKER.match(turn):
                yield turn
            elif turn:
                yield from (sentence.text for sentence in sentences(turn))


_SPEAKER: Final = re.compile(r"[A-Z][\w .'’()-]{0,40}:\s")
_TURNS: Final = re.compile(r"(?:\s+\.\s+|(?<=[.!?])\s+)(?=[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}:\s)")
"""Between the turns of a dialogue that is printed on one line, as SAMSum is in SummEdits."""


def _check_indices(sets: tuple[tuple[int, ...], ...], passages: int) -> None:
    worst = max((index for group in sets for index in group), default=0)
    if worst >= passages:
        raise ValueError(f"evidence {worst} is no index of the {passages} passages (from 0)")


def _sets(given: tuple[tuple[int, ...], ...]) -> tuple[frozenset[int], ...]:
    return tuple(frozenset(indices) for indices in given if indices)


def _split_of(place: Place) -> str:
    """WiCE says the split in the file's name: ``dev.jsonl``, ``claim_dev.jsonl``."""
    name = canonical_split(place.path.stem.rpartition("_")[2])
    return name if name in {"dev", "test", "train"} else ""
