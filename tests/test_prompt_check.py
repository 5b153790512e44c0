"""Prompt sets: manifests, copies, and what a check finds in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import prompt_manifest
from briefing.errors import TemplateError, UserError
from briefing.extract import asking, questions
from briefing.grounding import judge
from briefing.model.jobs import Prompt
from briefing.model.vocabulary import Estimated, tokens_for
from briefing.prompt_check import SetReport, check
from briefing.prompt_manifest import FILE_NAME, Manifest
from briefing.prompt_sets import listed, new
from briefing.prompts import NAMES, PromptSet

WORDS = Estimated("a test")


def edited(folder: Path, name: str, old: str, text: str) -> None:
    path = folder / f"{name}.jinja"
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, text), encoding="utf-8")


def checked(folder: Path) -> SetReport:
    return check(PromptSet(str(folder)), WORDS)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return new(tmp_path / "mine", PromptSet()).folder


# -- manifests -----------------------------------------------------------------------------


def test_the_default_manifest_says_what_the_program_does() -> None:
    entries = PromptSet().manifest.prompts
    assert set(entries) >= {*NAMES, *judge.QUESTIONS}
    assert entries["outcome"].choices == entries["open"].choices == asking.CHOICES
    assert {entries[name].choices for name in judge.QUESTIONS} == {judge.CHOICES}
    assert entries["ask"].kind == "generate"
    assert questions.GRAMMAR


def test_a_set_without_a_manifest_has_the_entries_of_ours(tmp_path: Path) -> None:
    (tmp_path / "ask.jinja").write_text("{% block user %}{% endblock %}", encoding="utf-8")
    found = PromptSet(str(tmp_path)).manifest
    assert found.prompts == PromptSet().manifest.prompts
    assert (found.name, found.version) == (tmp_path.name, "")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    ours = PromptSet().manifest
    odd = Manifest(name='a "b" ü', version="2", description="x\n\ty\\\x7f", prompts=ours.prompts)
    (tmp_path / FILE_NAME).write_text(prompt_manifest.dumps(odd), encoding="utf-8")
    assert prompt_manifest.load(tmp_path) == odd


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("name =", "is not valid TOML", ""),
        ('name = "x"', "version: field required", ""),
        ('name = "x"\nversion = "1"\nautor = "me"', "autor is not known", "name"),
        ('name = "a/b"\nversion = "1"', "name: ", ""),
        ('name = "x"\nversion = "1"\n[prompts.ask]\nkind = "sing"', "prompts.ask.kind: ", ""),
        (
            'name = "x"\nversion = "1"\n[prompts.ask]\nkind = "score"\nvariables = []',
            "a score needs two",
            "",
        ),
        (
            'name = "x"\nversion = "1"\n[prompts.oucome]\nkind = "generate"\nvariables = []',
            "no prompt 'oucome'",
            "outcome",
        ),
        (
            'name = "x"\nversion = "1"\n[prompts.ask]\nkind = "generate"\nvariables = ["text"]',
            "prompts.ask.variables is not as the program has it",
            "sentence",
        ),
    ],
)
def test_a_wrong_manifest_names_file_and_key(
    text: str, says: str, hint: str, tmp_path: Path
) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        assert PromptSet(str(tmp_path)).manifest
    assert str(tmp_path / FILE_NAME) in caught.value.message
    assert says in caught.value.message
    assert hint in caught.value.hint


# -- lists and copies ----------------------------------------------------------------------


def test_a_copy_gives_the_same_prompts(mine: Path) -> None:
    copy = PromptSet(str(mine))
    assert copy.hashes == PromptSet().hashes
    assert (copy.manifest.name, copy.manifest.version) == ("mine", "1")
    assert copy.manifest.description == "Made from default 2."
    assert checked(mine).problems == ()


def test_a_copy_of_a_partial_set_is_whole(tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.mkdir()
    (part / "ask.jinja").write_text("{% block user %}{{ sentence }}?{% endblock %}")
    copy = new(tmp_path / "copy", PromptSet(str(part)))
    assert copy.hashes == PromptSet(str(part)).hashes
    assert len(list(copy.folder.glob("*.jinja"))) == len(copy.hashes)


def test_a_copy_replaces_nothing(mine: Path, tmp_path: Path) -> None:
    for place, says in ((mine, "exists"), (tmp_path / "no" / "where", "cannot be made")):
        with pytest.raises(UserError, match=says):
            new(place, PromptSet())
    with pytest.raises(UserError, match="one of ours"):
        new(Path("default"), PromptSet())
    with pytest.raises(UserError, match="no name"):
        new(tmp_path / "a\nb", PromptSet())
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_sets_are_listed_even_where_broken(mine: Path, tmp_path: Path) -> None:
    other = tmp_path / "prompts" / "court"
    other.mkdir(parents=True)
    (other / FILE_NAME).write_text("oops", encoding="utf-8")
    found = {each.given: each for each in listed(tmp_path)}
    assert found["default"].version == "2"
    assert found["mine"].own == tuple(sorted(PromptSet().files))
    assert "not valid TOML" in found["prompts/court"].description
    assert mine.is_dir()


# -- checks --------------------------------------------------------------------------------


def test_ours_has_no_problems() -> None:
    report = check(PromptSet(), WORDS)
    assert report.problems == ()
    by_name = {prompt.name: prompt for prompt in report.prompts}
    assert set(by_name) == set(PromptSet().manifest.prompts)
    assert by_name["outcome"].tokens > by_name["outcome"].constant > 10


@pytest.mark.parametrize(
    ("name", "old", "text", "says"),
    [
        ("ask", "{{ sentence }}", "{{ sentense }}", "'sentense' is undefined"),
        ("ask", "{{ context }}", "{{ contxt }}", "'contxt' is undefined"),
        (
            "ask",
            "Question:\n{% endblock",
            "{% if sentence == 1 %}{{ nobody }}{% endif %}\n{% endblock",
            "'nobody' is undefined",
        ),
        ("_sentence", "{{ event }}", "{{ evnt }}", "'evnt' is undefined"),
        (
            "ask",
            "Question:\n{% endblock",
            "{% if sentence == 1 %}{% set ns.x = 1 %}{% endif %}Question:\n{% endblock",
            "'ns' is undefined",
        ),
        ("open", "{% endblock %}\n{% block user", "{% block user", "open.jinja"),
        ("outcome", '{% include "_sentence.jinja" %}', '{% include "words.txt" %}', "words.txt"),
    ],
)
def test_what_cannot_be_rendered_is_an_error(
    name: str, old: str, text: str, says: str, mine: Path
) -> None:
    (mine / "words.txt").write_text("words", encoding="utf-8")
    edited(mine, name, old, text)
    report = checked(mine)
    assert any(says in problem.message for problem in report.errors)
    assert all(problem.hint for problem in report.errors if "undefined" in problem.message)


def test_names_that_a_prompt_sets_itself_are_defined(mine: Path) -> None:
    edited(mine, "ask", "{% block user %}", "{% block user %}{% set word = 'so' %}{{ word }}")
    assert checked(mine).errors == ()


def test_files_that_nothing_reads_are_told(mine: Path) -> None:
    (mine / "open.jinja").rename(mine / "opne.jinja")
    (mine / "_spare.jinja").write_text("spare", encoding="utf-8")
    (mine / "old.txt").write_text("old", encoding="utf-8")
    (mine / "README.md").write_text("mine", encoding="utf-8")
    report = checked(mine)
    (error,) = report.errors
    assert "opne" in error.message
    assert error.hint == "Did you mean open?"
    mild = [problem.message for problem in report.problems if problem.level == "warning"]
    assert len(mild) == 2
    assert any("_spare.jinja is included by no prompt" in each for each in mild)
    assert any("old.txt is not read" in each for each in mild)


def test_a_variable_that_is_not_shown_is_told(mine: Path) -> None:
    edited(mine, "_sentence", "Event: {{ event }}", "An event.")
    (problem,) = checked(mine).problems
    assert "does not use 'event'" in problem.message


def test_answers_that_are_not_asked_for_are_told(mine: Path) -> None:
    edited(mine, "open", "Answer Yes or No.", "Answer with a word.")
    (problem,) = checked(mine).problems
    assert problem.level == "warning"
    assert "does not name the answers Yes, No" in problem.message


@pytest.mark.parametrize(
    ("name", "old", "text", "told"),
    [
        ("open", "You are an editor", "{{ sentence }} You are an editor", True),
        ("ask", "You turn a sentence", "Of “{{ sentence }}”: you turn a sentence", True),
        ("open", "You are an editor", "You are a sub-editor", False),
        ("_sentence", "Sentence from a report", "A sentence", False),
        ("open", "unclear, undisclosed or", "left", False),
    ],
)
def test_a_prompt_that_begins_with_what_changes_is_told(
    name: str, old: str, text: str, told: bool, mine: Path
) -> None:
    edited(mine, name, old, text)
    mild = [problem.message for problem in checked(mine).problems]
    assert [("begins with what changes" in each) for each in mild] == [True] * told


def test_a_folder_with_another_name_than_the_manifest_is_told(mine: Path) -> None:
    other = mine.rename(mine.parent / "other")
    (problem,) = checked(other).problems
    assert problem.level == "warning"
    assert "'mine'" in problem.message


def test_only_files_whose_hash_is_recorded_can_be_included(mine: Path) -> None:
    (mine / "sub").mkdir()
    (mine / "sub" / "x.jinja").write_text("hidden", encoding="utf-8")
    edited(mine, "outcome", '{% include "_sentence.jinja" %}', '{% include "sub/x.jinja" %}')
    with pytest.raises(TemplateError, match=r"sub/x\.jinja"):
        PromptSet(str(mine)).prompt("outcome", event="", sentence="")


# -- tokens --------------------------------------------------------------------------------


def test_an_estimate_says_so_and_grows_with_the_text() -> None:
    from briefing.config import Settings

    estimate = tokens_for(Settings(model="gone.gguf"))
    assert not estimate.exact
    assert "estimated" in estimate.about
    assert "gone.gguf" in estimate.about
    short, long = Prompt(user="The dam held."), Prompt(user="The dam held. " * 9)
    assert len(estimate.tokens(short)) < len(estimate.tokens(long))
    assert estimate.count("") == 0
    behind = tokens_for(Settings(endpoint="http://127.0.0.1:1/v1"))
    assert "endpoint" in behind.about


@pytest.mark.model
def test_the_models_own_tokenizer_counts_and_the_estimate_is_near() -> None:
    from briefing.config import Settings

    exact = tokens_for(Settings(model="smollm2-135m-instruct"))
    assert exact.exact
    counted, guessed = (check(PromptSet(), each).prompts for each in (exact, WORDS))
    for one, other in zip(counted, guessed, strict=True):
        assert other.tokens == pytest.approx(one.tokens, rel=0.2)
