"""Speakers in twelve texts that were written before the rules and never read for their errors."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from briefing.evals.annotations import QuoteGold
from briefing.evals.gold_speakers import Speaking, judge
from briefing.extract.articles import Parse, analyse
from briefing.extract.roster import Roster
from briefing.extract.utterances import utterances
from briefing.types import Source
from tests.ahead import parse_ahead
from tests.example import source

_TEXTS = Path(__file__).parent / "data" / "own"
_RIGHT, _WRONG = 0.78, 0.05
"""Shares before the rules of November 2026 were written (0.84 and 0.035 with them)."""


def _verdicts(document: Source, gold: str, parse: Parse) -> list[Speaking]:
    article = analyse(document, parse)
    roster, said = Roster((article,)), list(utterances(article))
    body = article.source.body
    found: list[Speaking] = []
    for line in gold.strip().splitlines():
        opening, speaker, *also = (part.strip() for part in line.split("|"))
        at = body.index(opening)
        one = next((u for u in said if any(p.start <= at < p.end for p in u.parts)), None)
        if one is not None:
            name = None if speaker == "-" else speaker
            quote = QuoteGold.model_construct(speaker=name, also=tuple(also), evidence=())
            found.append(judge(quote, [roster.name(one)]))
    return found


def test_speakers_of_texts_that_no_rule_was_made_for(parse: Parse) -> None:
    files = [path.read_text(encoding="utf-8") for path in sorted(_TEXTS.glob("*.txt"))]
    parts = [file.split("=====\n") for file in files]
    given = [(source(1, text), gold) for text, gold in parts]
    parse_ahead(document for document, _ in given)
    counts = Counter(v for document, gold in given for v in _verdicts(document, gold, parse))
    assert counts["speaker_as_annotated"] / counts.total() >= _RIGHT
    assert counts["speaker_misattributed"] / counts.total() <= _WRONG
