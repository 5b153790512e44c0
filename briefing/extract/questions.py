"""Open questions: what a source itself says is unclear, undisclosed, undecided or disputed.

The model writes the question from one sentence, under a grammar. It is used only if all its words
come from that sentence and its neighbours; otherwise the sentence itself stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.extract.select import Ranked
from briefing.extract.shorten import Parse
from briefing.lexical import STOP_WORDS, content_words, numbers, stem
from briefing.model.jobs import Engine, Generate, Generated, Progress, Result
from briefing.prompts import PromptSet
from briefing.types import Check

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPENERS = (
    "What|Who|Whom|Whose|Which|When|Where|Why|How|Is|Are|Was|Were|Has|Have|Had|Do|Does|Did|Will"
    "|Would|Can|Could|Should|May|Might"
)
GRAMMAR = rf'start: /({_OPENERS})[ ][^?\n"“”]{{8,220}}\?/'
MAX_TOKENS = 72
MIN_SHARE = 0.34
"""Share of the sentence's content words that the question must use, so as to be about it."""

MIN_WORDS = 3
"""Content words of a question that names no one: with fewer, nobody knows what it is about."""

_NAME = re.compile(r"(?<!^)\b[A-Z][\w’'-]+")
_PRONOUN = re.compile(
    r"\b(?:i|we|us|me|my|our|he|she|him|her|his|hers|they|them|their|it|its"
    r"|this|that|these|those)\b",
    re.IGNORECASE,
)
_UNASKED: tuple[str, tuple[Check, ...]] = (
    "",
    (Check(name="asked", passed=False, reason="the sentence puts no question itself"),),
)
_BE = "be"
_BEING = re.compile(r"(?:\w+ )?(is|are|was|were)\b", re.IGNORECASE)
_QUESTIONS = frozenset("whether if who whom whose what which where when why how".split())
_ASKING = frozenset(
    stem(word)
    for word in """happen happened exact exactly long far many much extent role reason way kind
    become reached made take taken whether if unclear clear remain remains remained known unknown
    immediately yet""".split()
)


def ask(
    lines: Sequence[Ranked],
    engine: Engine,
    prompts: PromptSet,
    parse: Parse,
    progress: Progress | None = None,
) -> list[tuple[str, tuple[Check, ...]]]:
    """The question that each of ``lines`` leaves open, with its checks; empty where none passes.

    The model is asked where the sentence puts a question itself, or where no parser can say so.
    """
    asked = [words_asked(parse(r.line.sentence.text)) for r in lines]
    puts = [n for n, words in enumerate(asked) if words is None or words]
    jobs = [
        Generate(
            prompt=prompts.prompt(
                "ask", sentence=lines[n].line.sentence.text, context=_before(lines[n])
            ),
            grammar=GRAMMAR,
            max_tokens=MAX_TOKENS,
        )
        for n in puts
    ]
    results: list[Result] = engine.run(jobs, progress) if jobs else []
    written = [_UNASKED for _ in lines]
    for n, result in zip(puts, results, strict=True):
        written[n] = _checked(lines[n], result, asked[n])
    return written


def check_question(
    question: str, sentence: str, context: str, asked: frozenset[str] | None = None
) -> tuple[Check, ...]:
    """What speaks against ``question`` as the question that ``sentence`` leaves open.

    ``asked`` are the words of the clauses in which the sentence itself puts a question: what it
    says beside them is told, and not asked. None where that is not known.
    """
    known = set(content_words(f"{context} {sentence}")) | _ASKING
    words = content_words(question)
    strange = sorted({w for w in words if w not in known and w not in STOP_WORDS})
    new_numbers = sorted(numbers(question) - numbers(f"{context} {sentence}"))
    own = set(content_words(sentence))
    share = len(own & set(words)) / max(1, len(own))
    pronoun = _PRONOUN.search(question)
    told = tells_its_subject(question)
    beside = [] if asked is None else _beside(question, words, asked)
    return (
        Check(
            name="words",
            passed=not strange,
            reason=f"not in the source: {', '.join(strange)}" if strange else "",
        ),
        Check(
            name="numbers",
            passed=not new_numbers,
            reason=f"not in the source: {', '.join(new_numbers)}" if new_numbers else "",
        ),
        Check(
            name="about",
            passed=share >= MIN_SHARE,
            reason="" if share >= MIN_SHARE else "it leaves out most of the sentence",
        ),
        Check(
            name="subject",
            passed=told,
            reason="" if told else "alone, it does not say what it is about",
        ),
        Check(
            name="asked",
            passed=not beside,
            reason=f"the sentence does not ask about {', '.join(beside)}" if beside else "",
        ),
        Check(
            name="pronoun",
            passed=pronoun is None,
            reason=f"it does not say who or what “{pronoun.group()}” is" if pronoun else "",
        ),
    )


def _beside(question: str, words: Sequence[str], asked: frozenset[str]) -> list[str]:
    """Words of ``question`` that the sentence does not ask about.

    “What the strike cost” is no “What is the strike cost?”: a form of “be” must be there as well.
    """
    being = _BEING.match(question)
    new = {being.group(1)} if being and _BE not in asked else set()
    return sorted({*new, *(set(words) - asked - _ASKING - STOP_WORDS)})


def tells_its_subject(text: str) -> bool:
    """Whether ``text`` has a name inside, or enough words with content."""
    words = [word for word in content_words(text) if word not in _ASKING]
    return _NAME.search(text) is not None or len(words) >= MIN_WORDS


def words_asked(parsed: Doc) -> frozenset[str] | None:
    """The content words of the indirect questions in a sentence; None where it was not parsed.

    “How much the firm was paid the council would not say”: not the council.
    """
    if not parsed.has_annotation("DEP"):
        return None
    found: set[str] = set()
    for token in parsed:
        if token.lower_ in _QUESTIONS and token.dep_ not in {"ROOT", "relcl"}:
            clause = token if token.pos_ in {"VERB", "AUX"} else token.head
            while clause.pos_ not in {"VERB", "AUX"} and clause.head != clause:
                clause = clause.head
            if clause.dep_ == "relcl" or clause.left_edge.i < token.i - 2:
                continue
            inside = parsed[token.i : clause.right_edge.i + 1]
            found |= set(content_words(inside.text))
            found |= {_BE for t in inside if t.lemma_ == _BE}
    return frozenset(found)


def _checked(
    ranked: Ranked, result: Result, asked: frozenset[str] | None
) -> tuple[str, tuple[Check, ...]]:
    if not isinstance(result, Generated):
        return "", (Check(name="written", passed=False, reason="the model wrote no question"),)
    sentence = ranked.line.sentence.text
    checks = check_question(result.text, sentence, _before(ranked), asked)
    good = all(check.passed for check in checks)
    return (result.text if good else ""), checks


def _before(ranked: Ranked) -> str:
    """The sentence before, if it stands in the same passage."""
    inside = ranked.line.passage.sentences
    at = next(i for i, s in enumerate(inside) if s.start == ranked.line.sentence.start)
    return inside[at - 1].text if at else ""
