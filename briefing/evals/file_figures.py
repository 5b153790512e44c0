"""Figures of ``briefing eval file``, computed from judged items alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.evals import measures
from briefing.evals.measures import F1, Measure, Share
from briefing.evals.report import Figure, Item

_VALIDITY: Final = Share(
    "citation_validity", "resolved", "citations", "citations that lead to a passage"
)
_RECALL: Final = Share(
    "citation_recall", "recall", "", "statements fully supported by all they cite (ALCE)"
)
_PRECISION: Final = Share(
    "citation_precision", "precise", "judged", "citations that are needed (ALCE)"
)
MEASURES: Final[tuple[Measure, ...]] = (
    _VALIDITY,
    _RECALL,
    _PRECISION,
    F1("citation_f1", _RECALL, _PRECISION, "harmonic mean of citation recall and precision"),
    Share("supported", "supported", "", "statements, by what they cite"),
    Share("partly", "partly", "", "statements"),
    Share("unsupported", "unsupported", "", "statements that no passage looked at supports"),
    Share("wrong_citation", "wrong_citation", "", "supported, but not by what they cite"),
    Share("unclear", "unclear", "", "statements; never counted as supported"),
    Share("unsupported_words", "unsupported_words", "content_words", "of all content words"),
    Share("quote_exactness", "exact", "", "quotations exact in a cited source"),
    Share("speaker_support", "speaker_same", "", "named speakers that the source gives as well"),
    Share("speaker_wrong", "speaker_other", "", "named speakers where the source gives another"),
    Share("speaker_not_in_source", "speaker_none", "", "named, not established by the source"),
    Share("speaker_not_named", "speaker_open", "", "quotes without a speaker"),
    Share("coverage", "cited", "", "statements and quotes with a citation"),
    Share("sources_cited", "source_cited", "", "sources that something cites"),
    Share("withheld", "withheld", "", "what the document withheld, of all it had"),
)
METRICS: Final = tuple(measure.name for measure in MEASURES)
"""All figures, in the order in which a report has them."""


def figures(items: Sequence[Item]) -> tuple[Figure, ...]:
    """All figures, in the order of :data:`METRICS`; those of nothing have no value."""
    return measures.figures(MEASURES, items)
