from __future__ import annotations

import tracemalloc
from pathlib import Path
from types import CodeType

import pytest
from jinja2 import Environment

from briefing.errors import TemplateError
from briefing.templating import (
    html_environment,
    load_template,
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


def test_a_template_is_compiled_once_for_each_way_to_escape(tmp_path: Path) -> None:
    def code(environment: Environment) -> CodeType:
        found = load_template(environment, name).root_render_func
        return found.__code__

    name = written(tmp_path, "{{ x }}")
    before = code(markdown_environment([tmp_path]))
    assert code(markdown_environment([tmp_path])) is before
    assert code(html_environment([tmp_path])) is not before
    written(tmp_path, "{{ x }}!")
    assert code(markdown_environment([tmp_path])) is not before
    assert render_template(markdown_environment([tmp_path]), name, {"x": "a"}) == "a!"


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


BIG = "{% set big = 'x' * 1000000 %}"
TWICE = "{% set ns = namespace(a=%s) %}{% for i in range(60) %}{% set ns.a = %s %}{% endfor %}"


@pytest.mark.parametrize(
    "template",
    [
        '{{ "{:9999999999}".format(1) }}',
        '{{ "{:.9999999999f}".format(1.5) }}',
        '{{ "{:{w}}".format(1, w="9999999999") }}',
        '{{ "{x:9999999999}".format_map({"x": 1}) }}',
        '{{ ("{:9999999999}"|string).format(1) }}',
        '{{ "%9999999999d" % 1 }}',
        '{{ "%.9999999999f" % 1.5 }}',
        '{{ "%*d" % (9999999999, 1) }}',
        '{{ "%(a)9999999999d" % {"a": 1} }}',
        '{{ "%9999999999d"|format(1) }}',
        '{{ "x" * 10000000000 }}',
        "{{ [1] * 10000000000 }}",
        '{{ "x"|indent(1000000000, true) }}',
        '{{ "x".ljust(1000000000) }}',
        '{{ "x".zfill(1000000000) }}',
        BIG + '{{ big.replace("x", big) }}',
        BIG + '{{ big|replace("x", big) }}',
        BIG + "{{ range(20)|join(big) }}",
        BIG + "{{ big.join(range(20)|map('string')) }}",
        BIG + '{{ big.replace("x", "\t").expandtabs(1000) }}',
        BIG + "{{ big.translate({120: big}) }}",
        BIG + '{{ big|replace("x", "\n")|indent(1000) }}',
        BIG + "{{ range(99999)|map('replace', '1', big)|list }}",
        BIG + "{% set all %}{% for i in range(99999) %}{{ big|safe }}{% endfor %}{% endset %}",
        BIG + "{% for i in range(99999) %}{{ big|safe }}{% endfor %}",
        TWICE.replace("%s", "'x'", 1).replace("%s", "ns.a ~ ns.a"),
        TWICE.replace("%s", "'x'", 1).replace("%s", "ns.a + ns.a"),
        TWICE.replace("%s", "[1]", 1).replace("%s", "ns.a + ns.a"),
        TWICE.replace("%s", "[1]", 1).replace("%s", "[ns.a, ns.a]") + "{{ ns.a }}",
        TWICE.replace("%s", "[1]", 1).replace("%s", "[ns.a, ns.a]") + "{{ ns.a|string }}",
        TWICE.replace("%s", "[1]", 1).replace("%s", "[ns.a, ns.a]") + "{{ '%s' % ns.a }}",
        TWICE.replace("%s", "[1]", 1).replace("%s", "[ns.a, ns.a]") + "{{ ns.a ~ 'x' }}",
        TWICE.replace("%s", "9", 1).replace("%s", "ns.a * ns.a"),
    ],
)
def test_no_template_fills_the_memory(tmp_path: Path, template: str) -> None:
    name = written(tmp_path, template)
    for environment in (markdown_environment([tmp_path]), prompt_environment(tmp_path)):
        tracemalloc.start()
        with pytest.raises(TemplateError, match=r"(?i)too (large|long|much)|more than"):
            render_template(environment, name, {})
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < 500_000_000


def test_what_templates_commonly_do_is_allowed(tmp_path: Path) -> None:
    name = written(
        tmp_path,
        '{{ "%5.1f %s" % (1.25, "a") }}|{{ "{:>4}{}".format(7, "b") }}|{{ [1, 2]|join(", ") }}|'
        '{{ "a\nb"|indent(2) }}|{{ "abc"|replace("b", "--") }}|{{ 7 % 4 }}|{{ [[1], 2] }}|'
        '{{ "a" ~ 1 ~ none }}|{{ 2000000 + 1 }}|{{ "-" * 3 }}|{{ "%d%%" % 50 }}',
    )
    said = render_template(prompt_environment(tmp_path), name, {})
    assert said == "  1.2 a|   7b|1, 2|a\n  b|a--c|3|[[1], 2]|a1None|2000001|---|50%"


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
