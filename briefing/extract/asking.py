"""What the model is asked about sentences, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from briefing.extract.articles import Article, Line
from briefing.extract.salience import Key, key_of
from briefing.model import heads
from briefing.model.jobs import Engine, Progress, Prompt, Score, Scored
from briefing.naming import names_of
from briefing.prompts import PromptSet

CHOICES: Final = ("Yes", "No")
REFERENCES: Final = 8
"""Plain sentences, of all sources together, that the same question is asked of, to know its usual
answer."""
FEWEST_REFERENCES: Final = 2
"""Of each source."""
FEWEST_ASKED: Final = 8
"""Of each source, of a prompt of the user's own."""
MAX_LEAD: Final = 300
ASKED_SHARE: Final = 4
"""Of so many sentences that were read for their state, the best is put to the user's own prompt."""

READ: Final = "read"
"""The prompt after which heads read the model's state."""
ASKED: Final = ("outcome", "open")
"""The prompts for which a head may stand in."""
HEADS: Final = {"outcome": "worth", "open": "unsettled", "alone": "clear"}
"""What the answers of heads are called."""

Answers = dict[tuple[Key, str], float]
"""Log-odds by sentence and question: of a head, or of Yes over No by the prompt's name."""


@dataclass(frozen=True)
class Reader:
    """Puts sentences to a model. ``chosen`` says which are read, each with the one in its place.

    ``known`` are the heads that fit the model and the prompts, maybe none.

    One call to the engine for each article and prompt: answers stay the same, and stored, when
    other articles are added or another prompt changes.
    """

    engine: Engine
    prompts: PromptSet
    topic: str | None
    chosen: Mapping[Key, Key]
    known: Mapping[str, heads.Head]

    def answers(
        self,
        articles: Sequence[Article],
        cheap: Mapping[Key, float],
        progress: Progress | None = None,
    ) -> Answers:
        """What is answered about the chosen sentences of ``articles``; failed jobs are left out.

        Where heads read what a sentence is worth, a prompt is put only if the user changed it, and
        ``outcome`` only to the best of them (``cheap`` and the head together).
        """
        hashes = self.prompts.hashes
        known = self.known
        asked = [n for n in ASKED if n not in known or not known[n].stands_in(hashes)]
        later = "outcome" in known and "outcome" in asked
        references = max(FEWEST_REFERENCES, REFERENCES // max(1, len(articles)))
        calls: list[tuple[Article, str, list[Line]]] = []
        for article in articles:
            questions = self._questions(article, references)
            calls += [(article, "", self._read(article))] if known else []
            calls += [
                (article, name, lines)
                for name, lines in questions.items()
                if name in asked and lines and not (later and name == "outcome")
            ]
        counter = _Counter(sum(len(lines) for _, _, lines in calls), progress)
        answers: Answers = {}
        for article, name, lines in calls:
            if name:
                answers |= self._ask(article, name, lines, counter)
            else:
                answers |= self._heard(article, lines, known, counter)
        for article in articles if later else ():
            best = _best(article, self._questions(article, 0)["outcome"], cheap, answers)
            counter.total += len(best)
            answers |= self._ask(article, "outcome", best, counter)
        return answers

    def _ask(
        self, article: Article, name: str, lines: Sequence[Line], counter: _Counter
    ) -> Answers:
        """The answers to prompt ``name``."""
        odds = margins(self.engine, self._prompts(article, name, lines), counter.shifted())
        counter.done += len(lines)
        return {
            (key_of(article, line), name): value
            for line, value in zip(lines, odds, strict=True)
            if value is not None
        }

    def _heard(
        self,
        article: Article,
        lines: Sequence[Line],
        known: Mapping[str, heads.Head],
        counter: _Counter,
    ) -> Answers:
        """What heads read from the state after each of ``lines``."""
        depth = next(iter(known.values())).depth
        prompts = self._prompts(article, READ, lines)
        states = heads.read(self.engine, prompts, depth, counter.shifted())
        counter.done += len(lines)
        there = [
            (key_of(article, n), s) for n, s in zip(lines, states, strict=True) if s is not None
        ]
        found: Answers = {}
        for name, head in known.items():
            scores = head.scores([state for _, state in there])
            found |= {
                (key, HEADS[name]): value for (key, _), value in zip(there, scores, strict=True)
            }
        return found

    def _prompts(self, article: Article, name: str, lines: Sequence[Line]) -> list[Prompt]:
        if name == READ:
            event = self.topic or named_in(article)
            return [self.prompts.prompt(name, event=event, sentence=n.named) for n in lines]
        event = self.topic or event_of(article)
        return [self.prompts.prompt(name, event=event, sentence=n.sentence.text) for n in lines]

    def _read(self, article: Article) -> list[Line]:
        """The lines that heads read: what may be told, and what may be open."""
        return [
            n
            for n in article.lines
            if self._is_read(key_of(article, n)) and (n.alone or n.signs.open)
        ]

    def _questions(self, article: Article, references: int) -> dict[str, list[Line]]:
        """Which lines each prompt is asked of; ``open`` also of so many plain ones."""
        mine = [n for n in article.lines if self._is_read(key_of(article, n))]
        plain = [n.order for n in mine if not n.signs.open]
        asked_open = {n.order for n in mine if n.signs.open}
        if asked_open and references:
            asked_open.update(plain[:: max(1, len(plain) // references)][:references])
        return {
            "outcome": [line for line in mine if line.alone],
            "open": [line for line in mine if line.order in asked_open],
        }

    def _is_read(self, key: Key) -> bool:
        return self.chosen.get(key) == key


def margins(
    engine: Engine, prompts: Sequence[Prompt], progress: Progress | None = None
) -> list[float | None]:
    """The log-odds of Yes over No after each of ``prompts``; None where the job failed."""
    jobs = [Score(prompt=prompt, choices=CHOICES) for prompt in prompts]
    results = engine.run(jobs, progress) if jobs else []
    return [result.margin if isinstance(result, Scored) else None for result in results]


def event_of(article: Article) -> str:
    """What the source is about, in its own words: title, or first whole sentence."""
    if article.source.title:
        return article.source.title[:MAX_LEAD]
    lead = next((n.sentence.text for n in article.lines if n.alone), "")
    return (lead or article.source.body.strip())[:MAX_LEAD]


def named_in(article: Article) -> str:
    """Whom and what the source names most. Its first sentence would say what that one says."""
    return ", ".join(names_of([article])) or "a news event"


def _best(
    article: Article, lines: Sequence[Line], cheap: Mapping[Key, float], answers: Answers
) -> list[Line]:
    """The better part of ``lines`` in their order, by what is known of them."""

    def known(line: Line) -> float:
        key = key_of(article, line)
        return cheap[key] + answers.get((key, HEADS["outcome"]), 0.0)

    most = max(FEWEST_ASKED, len(lines) // ASKED_SHARE)
    kept = {line.order for line in sorted(lines, key=lambda n: (-known(n), n.order))[:most]}
    return [line for line in lines if line.order in kept]


@dataclass
class _Counter:
    """How many jobs of all are done, over several calls."""

    total: int
    progress: Progress | None
    done: int = 0

    def shifted(self) -> Progress | None:
        """What one call reports to."""
        progress, before = self.progress, self.done
        return None if progress is None else lambda now, _: progress(before + now, self.total)
