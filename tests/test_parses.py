"""Kept parses must give what fresh ones give."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.extract.articles import analyse
from briefing.language import ENGLISH, Pipeline, pipeline
from briefing.model.fetch import pipeline_path
from briefing.parses import parser, parser_of_all
from briefing.sources import read
from briefing.store import NullStore, Store
from tests.events import write
from tests.example import source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Counting(Pipeline):
    """The English pipeline with a memory of its own; ``parsed`` are the texts that it got."""

    def __init__(self) -> None:
        super().__init__(pipeline("en").nlp)
        self.parsed: list[str] = []

    def _parse_new(self, texts: list[str]) -> Iterator[Doc]:
        self.parsed += texts
        return super()._parse_new(texts)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_an_article_from_kept_parses_is_the_same(tmp_path: Path, seeds: Path, store: Store) -> None:
    seed = min(seeds.glob("*.txt"))
    for each in read([*write(tmp_path), str(seed)]).sources:
        with parser(each, Counting(), store) as parse:
            fresh = analyse(each, parse)
        later = Counting()
        with parser(each, later, store) as parse:
            again = analyse(each, parse)
            assert (again.lines, again.quotations) == (fresh.lines, fresh.quotations)
            assert again.attributions == fresh.attributions
            assert not parse.learned
        assert later.parsed == []


def test_other_stages_profit(store: Store) -> None:
    """What is kept is known to the pipeline itself."""
    report = source(1, "The dam held through the night.")
    with parser(report, Counting(), store) as parse:
        parse(report.body)
    later = Counting()
    with parser(report, later, store) as parse:
        parse(report.body)
    later.parse(report.body)
    assert later.parsed == []


def test_a_further_text_is_parsed_and_kept(store: Store) -> None:
    report = source(1, "The dam held.")
    for texts in (["The dam held."], ["The dam held.", "It held."]):
        with parser(report, Counting(), store) as parse:
            for text in texts:
                parse(text)
    later = Counting()
    with parser(report, later, store) as parse:
        parse("It held.")
        parse("The dam held.")
    assert later.parsed == []


@pytest.mark.parametrize("kept", [b"", b"no parses", b"\x80\x04K\x01."])
def test_what_is_damaged_is_parsed_again(kept: bytes, store: Store) -> None:
    report = source(1, "The dam held.")
    with parser(report, Counting(), store) as parse:
        parse("The dam held.")
    (entry,) = store.entries()
    store.put(entry.key, kept)
    again = Counting()
    with parser(report, again, store) as parse:
        parse("The dam held.")
    assert again.parsed == ["The dam held."]


def test_words_without_end_are_not_mixed_up(store: Store) -> None:
    endless = string.ascii_letters * 8
    report = source(1, endless)
    for _ in range(2):
        with parser(report, Counting(), store) as parse:
            assert len(parse(endless).text) == len(endless)


def test_nothing_is_kept_without_a_store_or_a_parser(store: Store) -> None:
    report = source(1, "Der Damm hielt.")
    with parser(report, pipeline("de"), store) as parse:
        parse("Der Damm hielt.")
    with parser(report, Counting(), NullStore()) as parse:
        parse("Der Damm hielt.")
    assert store.entries() == ()


def test_texts_made_of_others_are_kept_beside_theirs(store: Store) -> None:
    """What the pipeline had at hand is kept with its source, if at all."""
    reports = [source(1, "The dam, built in 1950, held."), source(2, "It held.")]
    for made in ("The dam held.", "It did."):
        english = Counting()
        english.parse("It held.")
        with parser_of_all(reports, english, store) as parse:
            parse("It held.")
            parse("The dam held.")
            parse(made)
        assert "It held." not in parse.used
    later = Counting()
    with parser_of_all(reports[::-1], later, store) as parse:
        parse("The dam held.")
        parse("It did.")
    assert later.parsed == []
    with parser_of_all(reports[:1], later, store) as parse:
        assert parse.learned is False
        parse("It did.")
    assert parse.used == {}


def test_a_kept_parse_is_the_same_without_weights(store: Store, seeds: Path) -> None:
    folder = pipeline_path(ENGLISH)
    assert folder is not None
    (report,) = read([str(min(seeds.glob("*.txt")))]).sources
    with parser(report, Counting(), store) as parse:
        fresh = parse(report.body)
    idle = Pipeline(folder)
    with parser(report, idle, store) as parse:
        again = parse(report.body)
    assert "nlp" not in vars(idle)
    assert [seen(t) for t in again] == [seen(t) for t in fresh]
    assert [c.text for c in again.noun_chunks] == [c.text for c in fresh.noun_chunks]
    assert [(e.text, e.label_) for e in again.ents] == [(e.text, e.label_) for e in fresh.ents]


def seen(token: Token) -> tuple[object, ...]:
    """What our code reads of a word."""
    return (
        *(token.idx, token.text, token.lower_, token.lemma_, token.tag_, token.pos_, token.dep_),
        *(token.head.i, token.ent_type_, token.ent_iob_, str(token.morph), token.shape_),
        *(token.is_alpha, token.is_digit, token.is_title, token.is_upper, token.is_lower),
        *(token.is_punct, token.is_space, token.is_stop, token.like_num, token.is_sent_start),
        *(token.is_quote, token.is_currency, token.is_bracket, token.whitespace_, token.norm_),
    )
