"""The paragraphs of documents parsed ahead, all in one go: three times quicker than one by one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from briefing.extract.narrative import narrative
from briefing.extract.quotes import find_quotations
from briefing.language import Pipeline, pipeline
from briefing.passages import split
from briefing.types import Source

if TYPE_CHECKING:
    from spacy.tokens import Doc


def parse_ahead(sources: Iterable[Source], *, lines: bool = True) -> None:
    """Parse what reading ``sources`` will ask the English pipeline for, which keeps it.

    Without ``lines``, only what is needed to tell who speaks.
    """
    wanted: list[str] = []

    def note(text: str) -> Doc:
        wanted.append(text)
        return _tokenizer().parse(text)

    for source in sources:
        passages = split(source)
        narrative(find_quotations(source.body, passages), source, passages, note)
        if lines:
            wanted += (passage.text for passage in passages if passage.kind == "body")
    list(pipeline("en").parse_all(wanted))


@cache
def _tokenizer() -> Pipeline:
    import spacy

    return Pipeline(spacy.blank("en"))
