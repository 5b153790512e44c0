"""What a briefing tells of its own making: what it depends on, and what a reader is to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version

from briefing import __version__
from briefing.config import Settings
from briefing.extract.articles import Article
from briefing.extract.select import Ranked
from briefing.language import pipeline
from briefing.model import heads
from briefing.model.jobs import Engine, EngineInfo
from briefing.prompts import PromptSet
from briefing.types import Run


def notes(
    articles: Sequence[Article],
    ranked: Sequence[Ranked],
    settings: Settings,
    engine: Engine,
    quotes_left: int,
) -> Iterator[str]:
    """What a reader is to know of how ``articles`` were read, a sentence each."""
    languages = {settings.language or article.source.language for article in articles}
    for language in sorted(languages):
        if pipeline(language).degraded:
            yield (
                f"For texts in “{language}” there is no grammatical analysis: speakers of "
                "quotes and unclear references were checked by simple rules only, or not at all."
            )
    if not engine.info.local:
        yield "The documents were sent to a model on another machine."
    if quotes_left:
        yield f"{quotes_left} more quotes were found and are not shown (setting max_quotes)."
    unread = sum(1 for r in ranked if not r.read and r.line.alone)
    if unread:
        yield (
            f"{unread} sentences that could have been used were ranked by position and wording "
            "alone: the model did not read them."
        )


def run_of(settings: Settings, engine: Engine, prompts: PromptSet) -> Run:
    """Everything that the result depends on."""
    info = engine.info
    kept = settings.model_dump(
        include={"max_read", "max_outcomes", "max_quotes", "max_questions", "topic", "language"}
    )
    return Run(
        briefing_version=__version__,
        model=info.model,
        prompts={f"{prompts.name}/{name}": sha for name, sha in prompts.hashes.items()},
        settings={**kept, **info.settings},
        versions={**info.versions, **_versions(), **_beside(info)},
        seed=settings.seed,
    )


def _versions() -> dict[str, str]:
    return {**dict(_packages()), "english": pipeline("en").name}


def _beside(info: EngineInfo) -> dict[str, str]:
    """What read the model's states, and what made sentence vectors, where something did."""
    found = {"heads": heads.digest(info), "encoder": info.encoder}
    return {name: value for name, value in found.items() if value}


@cache
def _packages() -> tuple[tuple[str, str], ...]:
    packages = ("spacy", "pydantic", "jinja2", "trafilatura", "pypdf", "python-docx", "rapidfuzz")
    return tuple((name, version(name)) for name in packages)
