"""The baseline that asks the model plainly: one call for each article, for JSON with everything.

What the answer says is looked for in the article afterwards. What is not found there is shown all
the same, without evidence, as it would be by who trusts the model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from pydantic import ValidationError
from rapidfuzz import fuzz, process, utils

from briefing.config import Settings
from briefing.evals.baseline_parts import body, briefing_of, cite, in_turn, run_of
from briefing.evals.resolution import find_words
from briefing.model.jobs import Engine, Failure, Generate, Generated, Progress, Prompt, Result
from briefing.types import (
    NOT_ESTABLISHED,
    Briefing,
    Evidence,
    OpenQuestion,
    Outcome,
    Passage,
    Quote,
    Source,
    Value,
)

MAX_TOKENS: Final = 1536
LONGEST: Final = 12_000
"""Characters of an article that are put to the model, about 3,000 tokens."""
LIKE: Final = 85.0
"""Similarity (rapidfuzz, 0 … 100) from which words are taken for those of the article."""
_ABOUT: Final = 60.0
"""The same for statements, which may be reworded: the nearest sentence is their evidence."""
_NOBODY: Final = {"", "none", "null", "n/a", "unknown", "unnamed", "not specified", "not given"}
_SYSTEM: Final = "You make briefings from news articles. You answer with JSON and nothing else."
_USER: Final = """\
Read the article. List the main outcomes, each as one sentence; the direct quotes, word for word, \
each with its speaker; and the questions that the article says are open.

Answer with JSON: {{"outcomes": ["..."], "quotes": [{{"text": "...", "speaker": "..."}}], \
"open_questions": ["..."]}}

Article:
{article}"""


class _Quoted(Value):
    text: str
    speaker: str


class _Answer(Value):
    outcomes: tuple[str, ...] = ()
    quotes: tuple[_Quoted, ...] = ()
    open_questions: tuple[str, ...] = ()


def _list_of(item: dict[str, object], most: int) -> dict[str, object]:
    return {"type": "array", "items": item, "maxItems": most}


_TEXT: Final[dict[str, object]] = {"type": "string", "maxLength": 400}
_QUOTE: Final[dict[str, object]] = {
    "type": "object",
    "properties": {"text": _TEXT, "speaker": {"type": "string", "maxLength": 80}},
    "required": ["text", "speaker"],
    "additionalProperties": False,
}
SCHEMA: Final[dict[str, object]] = {
    "x-guidance": {"whitespace_flexible": False},
    "type": "object",
    "properties": {
        "outcomes": _list_of(_TEXT, 8),
        "quotes": _list_of(_QUOTE, 10),
        "open_questions": _list_of(_TEXT, 5),
    },
    "required": ["outcomes", "quotes", "open_questions"],
    "additionalProperties": False,
}


def plain(
    sources: Sequence[Source],
    settings: Settings,
    engine: Engine,
    progress: Progress | None = None,
) -> Briefing:
    """Ask ``engine`` once for each of ``sources``; they take turns up to the settings' limits.

    An article whose answer is cut, or is no JSON, gives nothing: a note says so.
    """
    results = engine.run([_job(source) for source in sources], progress)
    answers = [_answer(result) for result in results]
    texts = [_Text(source) for source in sources]
    given = [(t, a) for t, a in zip(texts, answers, strict=True) if isinstance(a, _Answer)]
    return briefing_of(
        sources,
        islice(in_turn(text.outcomes(a.outcomes) for text, a in given), settings.max_outcomes),
        islice(in_turn(text.quotes(a.quotes) for text, a in given), settings.max_quotes),
        islice(in_turn(text.asked(a.open_questions) for text, a in given), settings.max_questions),
        run_of(engine.info.model, settings.seed),
        tuple(_notes(sources, answers)),
    )


def _job(source: Source) -> Generate:
    user = _USER.format(article=source.body[:LONGEST])
    grammar = f"start: %json {json.dumps(SCHEMA)}"
    prompt = Prompt(system=_SYSTEM, user=user)
    return Generate(prompt=prompt, grammar=grammar, max_tokens=MAX_TOKENS)


def _answer(result: Result) -> _Answer | str:
    """The answer, or why there is none. Fields that no grammar forbade are left aside."""
    if isinstance(result, Failure):
        return result.detail or result.why
    assert isinstance(result, Generated)  # noqa: S101 (what was asked for)
    text = re.sub(r"^\s*```(?:json)?|```\s*$", "", result.text)
    try:
        return _Answer.model_validate(json.loads(text), extra="ignore")
    except (ValueError, ValidationError):
        return "the answer is not the JSON that was asked for"


def _notes(sources: Sequence[Source], answers: Iterable[_Answer | str]) -> Iterator[str]:
    for source, answer in zip(sources, answers, strict=True):
        if isinstance(answer, str):
            yield f"{source.name}: the plain call gave nothing: {answer}"
        if len(source.body) > LONGEST:
            yield f"{source.name}: the plain call read the first {LONGEST:,} characters"


class _Text:
    """An article in which answers are looked for."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._passages = body(source)
        self._sentences = [(p, s) for p in self._passages for s in p.sentences]

    def outcomes(self, said: Iterable[str]) -> Iterator[Outcome]:
        for text in filter(str.strip, said):
            yield Outcome(id="", statement=text, mode="free", evidence=self._sentence(text))

    def asked(self, said: Iterable[str]) -> Iterator[OpenQuestion]:
        for text in filter(str.strip, said):
            yield OpenQuestion(id="", question=text, mode="free", evidence=self._sentence(text))

    def quotes(self, said: Iterable[_Quoted]) -> Iterator[Quote]:
        for each in said:
            text = each.text.strip().strip('“”"').strip()
            if text:
                named = each.speaker.strip()
                speaker = NOT_ESTABLISHED if named.casefold() in _NOBODY else named
                yield Quote(id="", text=text, speaker=speaker, evidence=self._words(text))

    def _sentence(self, text: str) -> tuple[Evidence, ...]:
        """The sentence that has most of the words, if it has enough of them."""
        found = process.extractOne(
            text,
            [sentence.text for _, sentence in self._sentences],
            scorer=fuzz.token_set_ratio,
            processor=utils.default_process,
            score_cutoff=_ABOUT,
        )
        return () if found is None else (cite(self._source, *self._sentences[found[2]]),)

    def _words(self, text: str) -> tuple[Evidence, ...]:
        """Where the words stand, exactly or nearly so."""
        for span in find_words(text, self._source.body):
            passage = self._around(span.start)
            if passage is not None:
                return (cite(self._source, passage, (span.start, span.end)),)
        best = max(self._passages, key=lambda p: fuzz.partial_ratio(text, p.text), default=None)
        if best is None or len(text) > len(best.text):
            return ()
        found = fuzz.partial_ratio_alignment(text, best.text, score_cutoff=LIKE)
        if found is None or found.dest_end <= found.dest_start:
            return ()
        span_of = (best.start + found.dest_start, best.start + found.dest_end)
        return (cite(self._source, best, span_of),)

    def _around(self, at: int) -> Passage | None:
        return next((p for p in self._passages if p.start <= at < p.end), None)
