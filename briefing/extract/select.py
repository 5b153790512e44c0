"""Which sentences are worth telling, and which say that something is open.

A cheap ranker (:mod:`briefing.extract.salience`) bounds what the model reads. The model then reads
one sentence at a time. Where a head for it is there (:mod:`briefing.model.heads`), its state says
what the sentence is worth; else, or where the user's own prompt asks, its Yes against No to a
question. All are taken against what the other sentences of the same source get, for a small model
says Yes to everything more or less loudly. docs/selection.md has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefing.extract.articles import Article, Line
from briefing.extract.asking import Answers, Reader
from briefing.extract.behind import lead_of
from briefing.extract.salience import Key, Salience, key_of, salience, z_scores
from briefing.lexical import content_words
from briefing.model.heads import Head
from briefing.model.jobs import Engine, Progress
from briefing.prompts import PromptSet

HEAD_WEIGHT = 1.2
"""Of what a head reads, in standard deviations, beside the signs of salience."""
MODEL_WEIGHT = 1.0
"""Of the model's answer, likewise."""
OPEN_FROM = -0.5
"""Standard deviations above plain sentences of all sources from which a sentence with words that
mark something as open counts as saying so. Without such words none does: asked of the seeds, the
model alone put three wrong sentences before the first right one (docs/selection.md)."""
HEAD_OPEN_FROM = -2.2
"""Likewise, where a head reads it: log-odds."""


CLEAR_WEIGHT = 0.5
"""Of what a head reads of whether the sentence is understood alone, likewise."""


@dataclass(frozen=True)
class Ranked:
    """A sentence with what speaks for it.

    ``cheap`` and ``importance`` are near 0 in the mean of the source; ``openness`` is how far the
    model's answer lies above what counts as open. ``importance`` is ``cheap`` alone and
    ``openness`` None where the model was not asked; ``prominence`` says what is told first.
    ``clarity`` are the log-odds that the sentence is understood by somebody who sees nothing else;
    None where no head read it.
    """

    article: Article
    line: Line
    cheap: float
    importance: float
    prominence: float
    openness: float | None
    clarity: float | None
    read: bool

    @property
    def is_open(self) -> bool:
        """Whether the sentence says that something is unclear, undisclosed or unresolved.

        Its words decide where the model was not asked.
        """
        said = self.openness is None or self.openness >= 0
        return said and bool(self.line.signs.open)


@dataclass(frozen=True)
class Selection:
    """How much to read, for what, and with which heads."""

    topic: str | None = None
    max_read: int = 400
    heads: Mapping[str, Head] = field(default_factory=dict)


def rank(
    articles: Sequence[Article],
    origins: Mapping[str, str],
    engine: Engine,
    prompts: PromptSet,
    selection: Selection,
    progress: Progress | None = None,
) -> list[Ranked]:
    """Rank the body sentences of ``articles``, in their order.

    ``origins`` maps passage ids to origins. Of near-copies the model reads the first only; the
    others share its answers. Failed jobs leave a sentence unread.
    """
    signs = salience(articles, origins, selection.topic)
    cheap = {key: each.worth for key, each in signs.items()}
    chosen = _chosen(articles, origins, cheap, selection.max_read)
    reader = Reader(engine, prompts, selection.topic, chosen, selection.heads)
    answers = reader.answers(articles, cheap, progress)
    opened = {
        key: value - OPEN_FROM
        for key, value in _standardised(articles, "open", chosen, answers).items()
    }
    return [
        ranked
        for article in articles
        for ranked in _combine(article, signs, chosen, answers, opened)
    ]


def _chosen(
    articles: Sequence[Article],
    origins: Mapping[str, str],
    cheap: Mapping[Key, float],
    most: int,
) -> dict[Key, Key]:
    """Which sentences the model is to read, each with the sentence that it reads in its place."""
    worth = [
        (article, line)
        for article in articles
        for line in article.lines
        if _may_be_open(line) or lead_of(article, line) is not None
    ]
    first: dict[tuple[str, str], Key] = {}
    stands_for: dict[Key, Key] = {}
    for article, line in worth:
        origin = origins.get(line.passage.id, article.source.id)
        same = origin, " ".join(content_words(line.sentence.text))
        stands_for[key_of(article, line)] = first.setdefault(same, key_of(article, line))
    leaders = sorted(set(stands_for.values()), key=lambda key: -cheap[key])[:most]
    kept = set(leaders)
    return {key: leader for key, leader in stands_for.items() if leader in kept}


def _may_be_open(line: Line) -> bool:
    """Words that say that something is open: worth reading where it cannot be told, too."""
    return bool(line.signs.open)


def _combine(
    article: Article,
    signs: Mapping[Key, Salience],
    chosen: Mapping[Key, Key],
    answers: Answers,
    opened: Mapping[Key, float],
) -> list[Ranked]:
    worth = _standardised([article], "worth", chosen, answers)
    told = _standardised([article], "outcome", chosen, answers)
    heard = {
        key: answers[leader, "unsettled"] - HEAD_OPEN_FROM
        for key, leader in chosen.items()
        if (leader, "unsettled") in answers
    }
    clear = _standardised([article], "clear", chosen, answers)
    ranked: list[Ranked] = []
    for line in article.lines:
        key = key_of(article, line)
        ranked.append(
            Ranked(
                article=article,
                line=line,
                cheap=signs[key].worth,
                prominence=signs[key].prominence,
                importance=_importance(signs[key], worth.get(key), told.get(key), clear.get(key)),
                openness=opened.get(key, heard.get(key)),
                clarity=answers.get((chosen.get(key, key), "clear")),
                read=any(key in each for each in (worth, told, opened, heard)),
            )
        )
    return ranked


def _importance(
    signs: Salience, head: float | None, answer: float | None, clear: float | None
) -> float:
    """What speaks for a sentence, with what heads and the user's prompt say, if they do."""
    known = signs.worth if head is None else signs.beside + HEAD_WEIGHT * head
    return known + MODEL_WEIGHT * (answer or 0.0) + CLEAR_WEIGHT * (clear or 0.0)


def _standardised(
    articles: Sequence[Article],
    name: str,
    chosen: Mapping[Key, Key],
    answers: Answers,
) -> dict[Key, float]:
    """The answers to one prompt in deviations from the usual answer in ``articles``.

    Usual is what plain sentences get: those without words that mark something as open.
    """
    found: dict[Key, float] = {}
    plain: list[float] = []
    for article, line in ((each, line) for each in articles for line in each.lines):
        key = key_of(article, line)
        margin = answers.get((chosen.get(key, key), name))
        if margin is None or key not in chosen:
            continue
        found[key] = margin
        if not line.signs.open:
            plain.append(margin)
    usual = plain if len(plain) > 1 else list(found.values())
    return dict(zip(found, z_scores(list(found.values()), usual), strict=True))
