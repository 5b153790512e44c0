"""The language pipeline: lazy, cached, and honest where it can do little."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from briefing.errors import ModelUnusable
from briefing.language import ENGLISH, LONGEST_PARSE, Pipeline, parse, pipeline
from briefing.model.fetch import pipeline_path

KEPT = 1_000
"""Characters whose parses ``blank`` keeps."""


@pytest.fixture(scope="module")
def splitter() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.fixture
def blank(splitter: Language) -> Pipeline:
    return Pipeline(splitter, KEPT)


def test_importing_the_package_does_not_import_spacy() -> None:
    code = "import briefing.language, briefing.passages, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603


def test_english_has_a_parser() -> None:
    english = pipeline("en")
    assert not english.degraded
    assert english.name.startswith("en_core_web_sm")
    doc = parse("Ms. Adeyemi did not sign the lease.")
    assert {token.dep_ for token in doc} >= {"nsubj", "neg", "dobj"}
    assert [token.text for token in doc if doc.text[token.idx :].startswith("lease")] == ["lease"]


def test_one_load_for_all() -> None:
    assert pipeline("en") is pipeline("en")


@pytest.mark.parametrize(("code", "known"), [("de-AT", "de"), ("und", "xx"), ("tlh", "xx")])
def test_other_languages_are_degraded_and_say_so(code: str, known: str) -> None:
    found = pipeline(code)
    assert found.degraded
    assert found.name == f"blank {known}"
    assert len(list(found.parse("Erstens. Zweitens.").sents)) == 2


def test_weights_that_cannot_be_loaded_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="is no language pipeline") as caught:
        pipeline("en", tmp_path)
    assert str(tmp_path) in caught.value.message


def test_a_text_is_parsed_once(blank: Pipeline) -> None:
    first = blank.parse("Rates rose.")
    assert blank.parse("Rates rose.") is first
    one, two, three = blank.parse_all(["Rates rose.", "Rates fell.", "Rates fell."])
    assert one is first
    assert two is three


def test_the_oldest_parse_is_forgotten(blank: Pipeline) -> None:
    first = blank.parse("Rates rose.")
    blank.parse("a " * (KEPT // 2 + 10))
    assert blank.parse("Rates rose.") is not first


def test_a_wanted_text_is_there_even_where_others_push_it_out(blank: Pipeline) -> None:
    old = "An old text."
    blank.parse(old)
    long = "a " * (KEPT // 2 + 10)
    assert [doc.text for doc in blank.parse_all([long, "", old])] == [long, "", old]


def test_a_long_text_keeps_its_offsets(blank: Pipeline) -> None:
    text = "The quay was rebuilt. " * (LONGEST_PARSE // 10)
    doc = blank.parse(text)
    assert doc.text == text
    last = doc[-2]
    assert text[last.idx : last.idx + len(last)] == last.text == "rebuilt"


def test_long_runs_without_white_space_keep_their_offsets() -> None:
    text = "“" * 5_000 + " and then the board of Ardmore met on Monday."
    doc = pipeline("en").parse(text)
    assert len(doc.text) == len(text)
    board = next(token for token in doc if token.text == "board")
    assert text[board.idx :].startswith("board of Ardmore")


def test_fetched_weights_are_loaded_when_something_is_parsed() -> None:
    folder = pipeline_path(ENGLISH)
    assert folder is not None
    fetched = Pipeline(folder)
    assert (fetched.name, fetched.degraded) == (pipeline("en").name, False)
    text = "The 12 jurors met in May."
    fetched.learn(text, pipeline("en").parse(text))
    assert fetched.parse(text) is pipeline("en").parse(text)
    assert text in fetched
    assert "nlp" not in vars(fetched)
    assert fetched.parse("They met.")[0].dep_ == "nsubj"
    assert "nlp" in vars(fetched)


def test_a_folder_that_is_no_pipeline_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="is no language pipeline"):
        Pipeline(tmp_path)
