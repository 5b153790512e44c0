"""What an evaluation found: figures with intervals, and a verdict for every item.

One value for all of ``briefing eval``, saved as JSON and rendered by
:mod:`briefing.evals.rendering`. A saved report holds what its figures were computed from, so that
it can be scored again without a model. Timings belong to ``timings`` alone: everything else is
the same for the same input.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from briefing.grounding.verdicts import StatementVerdict
from briefing.types import Value

REPORT_VERSION: Final = "1.0"
Kind = Literal["file", "data", "mutations", "suite"]


class Figure(Value):
    """One metric over ``n`` items: value and 95 % interval, None where nothing was measured.

    ``group`` is what it is over (a dataset, a kind of mutation, a case), empty for all.
    ``baseline`` is the same metric by the plain lexical baseline; ``published`` are figures of
    others to print beside it, as ``{"MiniCheck-770M (test)": 0.722}``.
    """

    metric: str
    group: str = ""
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = Field(ge=0)
    baseline: float | None = None
    published: dict[str, float] = Field(default_factory=dict)
    note: str = ""


class Item(Value):
    """One thing that was judged. ``label`` is the truth where it is known.

    ``group`` means what it means in figures; ``cluster`` names the document (or the like) that
    it shares with items it is not independent of: intervals are bootstrapped over clusters.
    ``scores`` are this item's contributions to figures, by metric; one that could not be
    computed is absent, never zero. ``error`` says why, where judging it failed.
    """

    id: str
    group: str = ""
    cluster: str = ""
    text: str
    section: str = ""
    citations: tuple[str, ...] = ()
    label: bool | None = None
    kind: str = ""
    verdict: StatementVerdict | None = None
    scores: dict[str, float] = Field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    error: str = ""


class CurvePoint(Value):
    """The ``n`` items of one bin: their mean probability, and the share that was true."""

    predicted: float
    observed: float
    n: int = Field(gt=0)


class Curve(Value):
    """A reliability curve over ``group``."""

    group: str = ""
    points: tuple[CurvePoint, ...]


class EvalReport(Value):
    """The result of an evaluation. ``run`` says what it depends on (model, settings, versions)."""

    report_version: Literal["1.0"] = REPORT_VERSION
    kind: Kind
    title: str
    figures: tuple[Figure, ...]
    items: tuple[Item, ...] = ()
    curves: tuple[Curve, ...] = ()
    notes: tuple[str, ...] = ()
    run: dict[str, str | int | float | bool | None] = Field(default_factory=dict)
    timings: dict[str, float] = Field(default_factory=dict)

    def figure(self, metric: str, group: str = "") -> Figure | None:
        """The figure of ``metric`` over ``group``; None where there is none."""
        found = (f for f in self.figures if f.metric == metric and f.group == group)
        return next(found, None)
