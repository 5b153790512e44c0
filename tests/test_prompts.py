from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import TemplateError
from briefing.prompts import NAMES, PromptSet
from briefing.resources import prompts_dir

VALUES = {
    "event": "Flood at Merrow",
    "sentence": "The dam held.",
    "context": "",
    "first": "The dam held.",
    "second": "It did.",
}


def own(folder: Path, **files: str) -> PromptSet:
    for name, text in files.items():
        (folder / f"{name}.jinja").write_text(text, encoding="utf-8")
    return PromptSet(str(folder))


@pytest.mark.parametrize("name", NAMES)
def test_each_of_our_prompts_holds_its_sentence_and_no_template(name: str) -> None:
    prompt = PromptSet().prompt(name, **VALUES)
    assert "The dam held." in prompt.user
    assert prompt.system
    assert not {"{{", "{%", "{#"} & {prompt.user[i : i + 2] for i in range(len(prompt.user))}


def test_what_a_document_says_is_no_template() -> None:
    attack = "{{ 7 * 7 }}{% include 'ask.jinja' %} </b> & “x”"
    assert attack in PromptSet().prompt("outcome", **{**VALUES, "sentence": attack}).user


def test_the_questions_about_one_sentence_after_the_other_share_all_before_it() -> None:
    """The engine computes what neighbours share once."""
    for name in ("open", "read"):
        asked = PromptSet().prompt(name, **VALUES)
        assert asked.user.endswith("The dam held.")
        assert "Answer Yes or No." in asked.user


def test_a_set_may_change_one_prompt_and_take_the_others_from_ours(tmp_path: Path) -> None:
    mine = own(
        tmp_path,
        ask="{% block system %}Ask.{% endblock %}{% block user %}Of: {{ sentence }}{% endblock %}"
        "{% block answer %}Who{% endblock %}",
    )
    changed = mine.prompt("ask", **VALUES)
    assert (changed.system, changed.user, changed.answer) == ("Ask.", "Of: The dam held.", "Who")
    for name in set(NAMES) - {"ask"}:
        assert mine.prompt(name, **VALUES) == PromptSet().prompt(name, **VALUES)


def test_a_changed_part_is_included_in_our_prompts(tmp_path: Path) -> None:
    mine = own(tmp_path, _sentence="Read: {{ sentence }}")
    assert mine.prompt("outcome", **VALUES).user.startswith("Read: The dam held.")


def test_hashes_are_those_of_the_files_in_effect(tmp_path: Path) -> None:
    ours = PromptSet().hashes
    assert set(ours) == {p.stem for p in (prompts_dir() / "default").glob("*.jinja")}
    first = own(tmp_path, ask="{% block user %}A{% endblock %}").hashes
    second = own(tmp_path, ask="{% block user %}B{% endblock %}").hashes
    assert {name for name in ours if first[name] != ours[name]} == {"ask"}
    assert {name for name in ours if first[name] != second[name]} == {"ask"}


@pytest.mark.parametrize(
    "name", ["no-such-set", "../default", "default/ask.jinja", "no/such/folder"]
)
def test_a_set_that_is_not_there_is_refused_with_those_that_are(name: str) -> None:
    with pytest.raises(TemplateError) as caught:
        PromptSet(name)
    assert "default" in caught.value.hint
    assert repr(name) in caught.value.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{% block user %}\n{{ sentence }}\n{% endblok %}", 3),
        ("{% block user %}\n{{ missing }}\n{% endblock %}", 2),
        ("{% block user %}\n\n{{ sentence.__class__.__mro__ }}\n{% endblock %}", 3),
        ("{% block user %}{% include 'gone.jinja' %}{% endblock %}", 0),
        ("{% block user %}\n{{ 1 / 0 }}\n{% endblock %}", 2),
        ("{% block system %}Only this.{% endblock %}", 0),
        ("{% block user %}{% endblock %}", 0),
    ],
)
def test_a_wrong_prompt_names_file_and_line(text: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        own(tmp_path, ask=text).prompt("ask", **VALUES)
    message = caught.value.message
    assert "ask.jinja" in message or "gone.jinja" in message
    if line:
        assert f"line {line}" in message
        assert str(tmp_path) in message


def test_a_prompt_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ask.jinja").write_bytes(b"{% block user %}\xff\xfe{% endblock %}")
    with pytest.raises(TemplateError, match="cannot be read"):
        PromptSet(str(tmp_path)).prompt("ask", **VALUES)
