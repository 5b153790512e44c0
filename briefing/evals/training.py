"""``briefing eval train``: heads for a model, from annotated cases.

A head is a logistic regression on the principal components of hidden states, folded into one row
of weights (:mod:`briefing.model.heads`). The figures of its card are of events that were left out:
no state is scored by a head that has seen its event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from briefing.errors import UserError
from briefing.evals import statistics
from briefing.evals.cases import Case
from briefing.evals.classifier import Array, fit
from briefing.evals.gold import locate
from briefing.evals.stretches import Stretch, inside
from briefing.extract.articles import Article, Line, analyse
from briefing.extract.asking import named_in
from briefing.language import pipeline
from briefing.model import heads
from briefing.model.heads import Head, Heads
from briefing.model.jobs import Engine, Progress, Prompt
from briefing.model.vectors import encode
from briefing.prompts import PromptSet
from briefing.sources import Reading

DEPTH: Final = 0.5
STRENGTH: Final = 0.03
MIN_WORDS: Final = 4
FOLDS: Final = 7
PROMPT: Final = "read"
LIMITS: Final = (
    "English news, mostly of invented events, annotated by a few people. The heads say nothing of "
    "another model or prompt."
)


@dataclass(frozen=True)
class Plan:
    """How a head is made. ``centred``: against the mean of the document, as its use does."""

    components: int
    centred: bool


PLANS: Final[Mapping[str, Plan]] = {
    "outcome": Plan(200, True),
    "open": Plan(150, False),
    "alone": Plan(60, False),
}
"""By head: each stands in for the prompt of its name, if there is one."""
OPTIONAL: Final = "alone"
"""A head that is made only where there is something to learn it from."""


@dataclass(frozen=True)
class Examples:
    """Sentences with what each is evidence of. Those of one event are left out together.

    ``unknown`` has the heads to which a sentence teaches nothing.
    """

    prompts: tuple[Prompt, ...]
    labels: tuple[frozenset[str], ...]
    unknown: tuple[frozenset[str], ...]
    events: tuple[str, ...]
    documents: tuple[str, ...]

    def are(self, name: str) -> Array:
        """1 where the head ``name`` is to say yes."""
        return np.array([name in labels for labels in self.labels], dtype=float)

    def taught(self, name: str) -> Array:
        """1 where a sentence teaches the head ``name`` something."""
        return np.array([name not in heads for heads in self.unknown], dtype=float)


def together(parts: Sequence[Examples]) -> Examples:
    """All of ``parts`` in one."""
    return Examples(
        tuple(prompt for part in parts for prompt in part.prompts),
        tuple(labels for part in parts for labels in part.labels),
        tuple(names for part in parts for names in part.unknown),
        tuple(event for part in parts for event in part.events),
        tuple(document for part in parts for document in part.documents),
    )


def examples(case: Case, reading: Reading, prompts: PromptSet) -> Examples:
    """The sentences of an annotated case: is each evidence of an outcome, of an open question?

    Raises: UserError for a case without either.
    """
    found = None if case.gold is None else locate(case.gold, reading.sources, str(case.path))
    if found is None or found.outcomes is None or found.questions is None:
        raise UserError(
            f"{case.path}: outcomes and open questions are not annotated",
            "Heads learn from both: docs/evals-suite.md shows how they are written.",
        )
    places = {
        "outcome": [place for each in found.outcomes for place in each.places],
        "open": [place for each in found.questions for place in each.places],
        "alone": found.clear,
    }
    read = [
        (prompts.prompt(PROMPT, event=named_in(article), sentence=line.named), at)
        for article in (analyse(s, pipeline(s.language).parse) for s in reading.sources)
        for line, at in _lines(article)
    ]
    judged = {*found.clear, *found.unclear}
    return Examples(
        tuple(prompt for prompt, _ in read),
        tuple(
            frozenset(n for n, known in places.items() if any(inside(at, p) for p in known))
            for _, at in read
        ),
        tuple(frozenset(() if at in judged else {OPTIONAL}) for _, at in read),
        (case.name,) * len(read),
        tuple(f"{case.name} {at.source_id}" for _, at in read),
    )


def _lines(article: Article) -> Iterator[tuple[Line, Stretch]]:
    for line in article.lines:
        sentence = line.sentence
        if len(sentence.text.split()) >= MIN_WORDS:
            yield line, Stretch(article.source.id, sentence.start, sentence.end)


def trained(
    found: Examples, engine: Engine, prompts: PromptSet, progress: Progress | None = None
) -> Heads:
    """Heads for the model of ``engine``, with their card.

    Raises: UserError where a model cannot be read, or there is nothing to learn.
    """
    sha256 = engine.info.model.get("sha256")
    if not isinstance(sha256, str) or "probe" not in engine.info.can:
        raise UserError(
            "what an endpoint serves cannot be read inside", "Train heads for a model file."
        )
    states = heads.read(engine, found.prompts, DEPTH, progress)
    if any(state is None for state in states):
        raise UserError("this model's states cannot be read", "It works without heads.")
    rows = np.array(states, dtype=np.float64)
    used = [name for name in PLANS if name != OPTIONAL or found.taught(name).any()]
    made = {name: head_of(name, found, rows, prompts.hashes) for name in used}
    return Heads(
        model=str(engine.info.model.get("name")),
        model_sha256=sha256,
        heads={name: head for name, (head, _) in made.items()},
        trained_on={event: found.events.count(event) for event in dict.fromkeys(found.events)},
        figures={f"auc@{name}": round(area, 3) for name, (_, area) in made.items() if area},
        limits=LIMITS,
    )


def head_of(
    name: str, found: Examples, states: Array, hashes: Mapping[str, str]
) -> tuple[Head, float | None]:
    """A head, and the area under its ROC curve on events that were left out.

    ``states`` has shape (examples, width). Raises: UserError where there is nothing to tell apart.
    """
    plan, here = PLANS[name], found.taught(name) > 0
    labels = found.are(name)[here]
    events = [event for event, taught in zip(found.events, here, strict=True) if taught]
    if len({*labels}) < 2 or len({*events}) < 2:
        raise UserError(
            f"there is nothing to learn “{name}” from: examples of both kinds are needed, "
            "from two events or more",
            "Name more annotated cases.",
        )
    if plan.centred:
        states = _centred(states, found.documents)
    states = states[here]
    importance = _importance(events)
    scores = np.zeros(len(labels))
    for held in _folds(events):
        row, bias = fitted(states[~held], labels[~held], importance[~held], plan.components)
        scores[held] = states[held] @ row + bias
    row, bias = fitted(states, labels, importance, plan.components)
    head = Head(
        depth=DEPTH,
        weights=encode([np.asarray(row, np.float32)])[0],
        bias=round(bias, 5),
        prompts={PROMPT: hashes[PROMPT]},
        instead_of={part: hashes[part] for part in (name, "_sentence") if name in hashes},
    )
    area = statistics.replicates(statistics.auc(labels, scores), events)
    return head, area.estimate().value


def _centred(states: Array, documents: Sequence[str]) -> Array:
    found = states.copy()
    names = np.array(documents)
    for name in {*documents}:
        here = names == name
        found[here] -= states[here].mean(axis=0)
    return found


def _importance(events: Sequence[str]) -> Array:
    """All events count alike: a long report is not the world."""
    sizes = {event: events.count(event) for event in {*events}}
    return np.array([1 / sizes[event] for event in events])


def _folds(events: Sequence[str]) -> Iterator[np.ndarray]:
    fold_of = {event: number % FOLDS for number, event in enumerate(sorted({*events}))}
    folds = np.array([fold_of[event] for event in events])
    return (folds == fold for fold in sorted({*folds.tolist()}))


def fitted(states: Array, labels: Array, importance: Array, components: int) -> tuple[Array, float]:
    """A head's row of weights, of shape (width,), and its bias, from as many principal axes."""
    mean = states.mean(axis=0)
    centred = states - mean
    values, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, np.argsort(-values)[: min(components, len(states) - 1)]]
    made = fit(centred @ axes, labels, importance, STRENGTH)
    slopes = made.weights / made.scale
    row = axes @ slopes
    return row, made.bias - float(made.mean @ slopes) - float(mean @ row)
