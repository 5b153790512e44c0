"""The corroboration map: which source supports which finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Supported(Protocol):
    """A finding; ``backing`` are keys of sources, each with its group of near-copies."""

    @property
    def anchor(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def backing(self) -> tuple[tuple[str, str], ...]: ...


@dataclass(frozen=True)
class Row:
    """A finding. ``support`` is by source key: ``y``, or ``c`` for a near-copy of one before."""

    finding: Supported
    support: dict[str, str]
    independent: int


def rows_of(findings: Iterable[Supported]) -> list[Row]:
    """A row for each finding, near-copies told from independent texts."""
    rows = []
    for finding in findings:
        origins: set[str] = set()
        support: dict[str, str] = {}
        for source, origin in finding.backing:
            if source not in support:
                support[source] = "c" if origin in origins else "y"
                origins.add(origin)
        rows.append(Row(finding, support, len(origins)))
    return rows
