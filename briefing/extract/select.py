"""Which sentences are worth telling, and which say that something is open.

A cheap ranker (:mod:`briefing.extract.salience`) bounds what the model reads. The model then
answers two yes-or-no questions about each sentence, one sentence at a time, read from its logits;
both are calibrated against the answers for the other sentences of the same source, for a small
model says Yes to everything more or less loudly. docs/selection.md has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.extract.articles import Article, Line
from briefing.extract.openness import has_open_cue
from briefing.extract.salience import Key, key_of, salience, z_scores
from briefing.lexical import content_words
from briefing.model.jobs import Engine, Progress, Result, Score, Scored
from briefing.prompts import PromptSet

CHOICES = ("Yes", "No")
MODEL_WEIGHT = 1.0
"""Of the model's answer, in standard deviations, beside the signs of salience."""
OPEN_FROM = -1.0
"""Standard deviations above its source's plain sentences from which a sentence with words that mark
something as open counts as saying so. Without such words none does: asked of the seeds, the model
alone put three wrong sentences before the first right one (docs/selection.md)."""
REFERENCES = 8
"""Plain sentences of a source that the same question is asked of, to know its usual answer."""
MAX_LEAD = 300


@dataclass(frozen=True)
class Ranked:
    """A sentence with what speaks for it.

    ``cheap`` and ``importance`` are near 0 in the mean of the source; ``openness`` is a z-score.
    ``importance`` is ``cheap`` alone and ``openness`` None where the model was not asked.
    """

    article: Article
    line: Line
    cheap: float
    importance: float
    openness: float | None
    read: bool

    @property
    def is_open(self) -> bool:
        """Whether the sentence says that something is unclear, undisclosed or unresolved.

        Its words decide where the model was not asked.
        """
        said = self.openness is None or self.openness >= OPEN_FROM
        return said and has_open_cue(self.line.sentence.text)


@dataclass(frozen=True)
class Selection:
    """How much to read, and for what."""

    topic: str | None = None
    max_read: int = 400


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
    cheap = salience(articles, origins, selection.topic)
    chosen = _chosen(articles, origins, cheap, selection.max_read)
    answers = _ask(articles, chosen, engine, prompts, selection.topic, progress)
    return [ranked for article in articles for ranked in _combine(article, cheap, chosen, answers)]


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
        if line.problem is None or _may_be_open(line)
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
    """A sentence that cannot stand alone is read only if its words say that something is open."""
    return has_open_cue(line.sentence.text)


def _ask(
    articles: Sequence[Article],
    chosen: Mapping[Key, Key],
    engine: Engine,
    prompts: PromptSet,
    topic: str | None,
    progress: Progress | None,
) -> dict[tuple[Key, str], float]:
    """Margins of Yes over No by sentence and prompt.

    One call for each article and prompt: answers stay the same, and stored, when other articles are
    added or the other prompt changes.
    """
    calls = [
        (article, name, lines)
        for article in articles
        for name, lines in _questions(article, chosen).items()
        if lines
    ]
    total = sum(len(lines) for _, _, lines in calls)
    done = 0
    margins: dict[tuple[Key, str], float] = {}
    for article, name, lines in calls:
        event = topic or _event(article)
        said = [prompts.prompt(name, event=event, sentence=n.sentence.text) for n in lines]
        jobs = [Score(prompt=prompt, choices=CHOICES) for prompt in said]
        results: list[Result] = engine.run(jobs, _shifted(progress, done, total))
        done += len(jobs)
        for line, result in zip(lines, results, strict=True):
            if isinstance(result, Scored):
                margins[key_of(article, line), name] = result.margin
    return margins


def _questions(article: Article, chosen: Mapping[Key, Key]) -> dict[str, list[Line]]:
    """Which lines each prompt is asked of."""
    mine = [n for n in article.lines if chosen.get(key_of(article, n)) == key_of(article, n)]
    plain = [n.order for n in mine if not has_open_cue(n.sentence.text)]
    asked_open = {n.order for n in mine if has_open_cue(n.sentence.text)}
    if asked_open:
        asked_open.update(plain[:: max(1, len(plain) // REFERENCES)][:REFERENCES])
    return {
        "outcome": [line for line in mine if line.alone],
        "open": [line for line in mine if line.order in asked_open],
    }


def _shifted(progress: Progress | None, done: int, total: int) -> Progress | None:
    return None if progress is None else lambda now, _: progress(done + now, total)


def _event(article: Article) -> str:
    """What the source is about, in its own words: title, or first whole sentence."""
    if article.source.title:
        return article.source.title[:MAX_LEAD]
    lead = next((n.sentence.text for n in article.lines if n.alone), "")
    return (lead or article.source.body.strip())[:MAX_LEAD]


def _combine(
    article: Article,
    cheap: Mapping[Key, float],
    chosen: Mapping[Key, Key],
    answers: Mapping[tuple[Key, str], float],
) -> list[Ranked]:
    told = _standardised(article, "outcome", chosen, answers)
    opened = _standardised(article, "open", chosen, answers)
    ranked: list[Ranked] = []
    for line in article.lines:
        key = key_of(article, line)
        ranked.append(
            Ranked(
                article=article,
                line=line,
                cheap=cheap[key],
                importance=cheap[key] + MODEL_WEIGHT * told.get(key, 0.0),
                openness=opened.get(key),
                read=key in opened or key in told,
            )
        )
    return ranked


def _standardised(
    article: Article,
    name: str,
    chosen: Mapping[Key, Key],
    answers: Mapping[tuple[Key, str], float],
) -> dict[Key, float]:
    """The answers to one prompt in deviations from the usual answer in this article.

    Usual is what plain sentences get: those without words that mark something as open.
    """
    found: dict[Key, float] = {}
    plain: list[float] = []
    for line in article.lines:
        key = key_of(article, line)
        margin = answers.get((chosen.get(key, key), name))
        if margin is None or key not in chosen:
            continue
        found[key] = margin
        if not has_open_cue(line.sentence.text):
            plain.append(margin)
    usual = plain if len(plain) > 1 else list(found.values())
    return dict(zip(found, z_scores(list(found.values()), usual), strict=True))
