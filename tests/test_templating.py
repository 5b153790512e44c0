from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import TemplateError
from briefing.templating import (
    html_environment,
    markdown_environment,
    prompt_environment,
    render_template,
)


def written(folder: Path, text: str, name: str = "t.md.jinja") -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_the_users_folder_comes_first(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    written(mine, "mine")
    written(theirs, "theirs")
    written(theirs, "only here", "other.md.jinja")
    environment = markdown_environment([mine, theirs])
    assert render_template(environment, "t.md.jinja", {}) == "mine"
    assert render_template(environment, "other.md.jinja", {}) == "only here"


@pytest.mark.parametrize(
    "template",
    ["{{ x }}", "{{ x ~ '' }}", "{% macro m() %}{{ x }}{% endmacro %}{{ m() }}", "{{ [x]|join }}"],
)
def test_values_are_escaped_once_for_markdown(tmp_path: Path, template: str) -> None:
    name = written(tmp_path, template)
    assert render_template(markdown_environment([tmp_path]), name, {"x": "*a*"}) == "\\*a\\*"


def test_values_are_escaped_for_html_and_not_for_prompts(tmp_path: Path) -> None:
    name = written(tmp_path, "{{ x }}")
    assert render_template(html_environment([tmp_path]), name, {"x": "<*"}) == "&lt;*"
    assert render_template(prompt_environment(tmp_path), name, {"x": "<*"}) == "<*"


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("one\n{{ nobody }}", "line 2: 'nobody' is undefined"),
        ("one\n{% if %}", "line 2: "),
        ("{{ x.__class__.__mro__ }}", "line 1: "),
        ("{% do x.append(1) %}", "line 1: "),
        ("\n\n{{ x.append(1) }}", "line 3: "),
        ("{{ 1 / 0 }}", "line 1: ZeroDivisionError"),
        ("{{ 'a' * 10000000 }}", "line 1: "),
        ("{{ 9 ** 9 }}", "line 1: "),
        ("{% for i in range(1000000) %}{% endfor %}", "line 1: OverflowError"),
        (
            "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
            "line 1: ",
        ),
        ("{{ 'a'.center(9999999999) }}", "line 1: "),
        ("{{ lipsum(n=100000) }}", "line 1: 'lipsum' is undefined"),
        ("{% include 'nothing.jinja' %}", "there is no template 'nothing.jinja'"),
        ("{% include '../secret.jinja' %}", "there is no template"),
        ("{% include 'link.jinja' %}", "there is no template"),
    ],
)
def test_a_wrong_template_is_named_with_its_line(tmp_path: Path, template: str, says: str) -> None:
    folder = tmp_path / "folder"
    name = written(folder, template)
    (tmp_path / "secret.jinja").write_text("secret", encoding="utf-8")
    (folder / "link.jinja").symlink_to(tmp_path / "secret.jinja")
    with pytest.raises(TemplateError) as caught:
        render_template(markdown_environment([folder]), name, {"x": []})
    assert says in caught.value.message
    assert "line" not in says or str(folder / name) in caught.value.message
    assert caught.value.hint


def test_an_unknown_template_lists_those_there_are(tmp_path: Path) -> None:
    written(tmp_path, "")
    with pytest.raises(TemplateError) as caught:
        render_template(markdown_environment([tmp_path]), "x.md.jinja", {})
    assert "t.md.jinja" in caught.value.hint


def test_templates_are_not_looked_for_below_the_folder(tmp_path: Path) -> None:
    written(tmp_path / "below", "", "deep.jinja")
    with pytest.raises(TemplateError) as caught:
        render_template(markdown_environment([tmp_path]), "x.md.jinja", {})
    assert "deep" not in caught.value.hint


def test_a_template_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.md.jinja").write_bytes(b"\xff\xfe")
    with pytest.raises(TemplateError, match=r"t\.md\.jinja"):
        render_template(markdown_environment([tmp_path]), "t.md.jinja", {})
