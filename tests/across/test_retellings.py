"""Which sentences of other texts tell the same: by vectors, by words, by the user's own prompt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from briefing.across.nearness import Nearness, nearness, usual
from briefing.across.retellings import retellings
from briefing.extract.articles import Article, analyse
from briefing.extract.salience import key_of
from briefing.merge import Comparer, Told
from briefing.model.jobs import Job, Result, Score, Scored
from briefing.model.scripted import ScriptedEngine
from briefing.model.vectors import State
from briefing.prompts import PromptSet
from briefing.store import NullStore
from tests.example import source

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]

FINED = "The court in Leeds fined Kessler Marine 40,000 pounds on Friday over the oil spill."
PUNISHED = "Judges ordered the shipping firm to pay for the slick it had left behind last spring."
CHOIR = "A choir from Tarbet sang old songs in the church on Sunday evening."
SAME = np.array([1.0, 0.0], np.float32)
OTHER = np.array([0.0, 1.0], np.float32)


class Engine(ScriptedEngine):
    """Says Yes to everything and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.questions: list[str] = []

    def _answer(self, job: Job) -> Result:
        assert isinstance(job, Score)
        self.questions.append(job.prompt.user)
        return Scored(logprobs=(-0.1, -3.0), tokens=(1, 1))


@pytest.fixture
def articles(parse: Parse) -> list[Article]:
    return [
        analyse(source(n, t), parse) for n, t in enumerate((FINED, f"{CHOIR}\n\n{PUNISHED}"), 1)
    ]


def told(articles: list[Article], comparer: Comparer) -> list[Told]:
    return [comparer.told(articles[0], articles[0].lines[0])]


def near(articles: list[Article], comparer: Comparer) -> Nearness:
    """As if the two sentences on the fine meant the same, and the choir something else."""
    vectors: dict[tuple[str, int], State] = {
        key_of(a, n): OTHER if n.sentence.text == CHOIR else SAME for a in articles for n in a.lines
    }
    return Nearness(comparer, vectors, (0.1, 0.1))


def test_meaning_joins_what_shares_no_word_and_asks_no_model(articles: list[Article]) -> None:
    comparer, engine = Comparer(articles), Engine()
    (found,) = retellings(
        told(articles, comparer), comparer, near(articles, comparer), engine, PromptSet()
    )
    assert [each.line.sentence.text for each in found] == [PUNISHED]
    assert engine.questions == []


def test_without_vectors_the_model_is_asked_about_what_shares_words(
    articles: list[Article], parse: Parse
) -> None:
    again = analyse(source(3, f"{FINED[:-1]}, its third this year."), parse)
    comparer, engine = Comparer([*articles, again]), Engine()
    (found,) = retellings(told(articles, comparer), comparer, None, engine, PromptSet())
    assert [each.article.source.id for each in found] == ["S3"]
    assert len(engine.questions) == 1


def test_the_users_own_prompt_is_asked_about_the_nearest(
    articles: list[Article], tmp_path: Path
) -> None:
    (tmp_path / "same.jinja").write_text(
        "{% block user %}Alike? {{ first }} | {{ second }}{% endblock %}", encoding="utf-8"
    )
    comparer, engine = Comparer(articles), Engine()
    own = PromptSet(str(tmp_path))
    retellings(told(articles, comparer), comparer, near(articles, comparer), engine, own)
    assert engine.questions == [f"Alike? {FINED} | {PUNISHED}"]


def test_a_sentence_without_a_vector_is_compared_by_its_words(articles: list[Article]) -> None:
    comparer = Comparer(articles)
    bare = Nearness(comparer, {}, (0.1, 0.1))
    assert bare.odds(*(comparer.told(a, a.lines[0]) for a in articles)) is None


def test_what_is_usual_is_counted_between_sources_only() -> None:
    rng = np.random.default_rng(4)
    groups = [rng.normal(size=(n, 5)).astype(np.float32) for n in (3, 4, 2)]
    products = [float(a @ b) for g in groups for h in groups if g is not h for a in g for b in h]
    assert usual(groups) == pytest.approx((np.mean(products), np.std(products)), rel=1e-4)
    assert usual(groups[:1]) == (0.0, 1.0)


def test_without_an_encoder_there_are_no_vectors(articles: list[Article]) -> None:
    assert nearness(articles, Comparer(articles), "", NullStore()) is None


def test_one_source_alone_needs_no_vectors(articles: list[Article]) -> None:
    comparer = Comparer(articles)
    assert nearness(articles[:1], comparer, "an-encoder", NullStore()) is None
    assert nearness(articles, comparer, "an-encoder", NullStore(), "de") is None
