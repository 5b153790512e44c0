"""What ``briefing templates check`` finds, and what it lets pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import sentinels
from briefing.contents import cited
from briefing.errors import TemplateError, UserError
from briefing.output_templates import listed, new, text_of
from briefing.render import render
from briefing.resources import templates_dir
from briefing.template_check import TemplateReport, check
from briefing.types import Briefing


def checked(folder: Path, text: str) -> TemplateReport:
    (folder / "t.md.jinja").write_text(text, encoding="utf-8")
    return check("t.md.jinja", folder)


def errors(folder: Path, text: str) -> list[str]:
    return [finding.message for finding in checked(folder, text).errors]


OURS = [each.given for each in listed(Path("no such folder"))]


@pytest.mark.parametrize("name", OURS)
def test_each_of_our_templates_cites_what_it_prints(name: str) -> None:
    assert check(name, None).errors == ()


def test_the_full_one_prints_everything() -> None:
    report = check("full", None)
    assert report.printed == report.of
    assert report.findings == ()


def test_sentinels_fill_every_section_and_are_told_apart() -> None:
    briefing, made = sentinels.briefing()
    for name in Briefing.model_fields:
        assert getattr(briefing, name), name
    texts = [each.text for each in made]
    assert len(set(texts)) == len(texts)
    supports = {evidence.text for _, evidence in cited(briefing)}
    assert not supports & set(texts)
    assert render(briefing)
    assert render(sentinels.empty())


@pytest.mark.parametrize(
    ("loop", "what"),
    [
        ("{% for i in outcomes %}\n- {{ i.text }}\n{% endfor %}", "statement"),
        ("{% for i in bottom_line %}{{ i.text }} {% endfor %}", "statement"),
        ("{% for i in quotes %}\n- {{ i.quoted }} ({{ i.speaker }})\n{% endfor %}", "quote"),
        ("{% for i in open_questions %}\n## {{ i.text }}\n{% endfor %}", "question"),
        ("{% for i in timeline %}\n- {{ i.day }}: {{ i.text }}\n{% endfor %}", "event"),
        (
            "{% for d in disagreements %}{{ d.sides[0].text }}\n\n{% endfor %}",
            "side",
        ),
        ("{% for i in outcomes[:1] %}{{ i.text|cell }}{% endfor %}", "statement"),
        ("{% for i in outcomes[:1] %}{{ i.text }}\n\n{{ outcomes[1] }}{% endfor %}", "statement"),
        (
            "{% for i in quotes %}{{ i }} ({{ i.wordings[0].quoted }})\n\n{% endfor %}",
            "other wording",
        ),
    ],
)
def test_what_is_printed_without_its_citation_is_an_error(
    loop: str, what: str, tmp_path: Path
) -> None:
    found = errors(tmp_path, loop)
    assert found
    assert all("without its citation" in message for message in found)
    assert any(f"a {what}" in message for message in found)


@pytest.mark.parametrize(
    "loop",
    [
        "{% for i in outcomes %}\n- {{ i }}\n{% endfor %}",
        "{% for i in outcomes %}\n- {{ i.text }} {{ i.refs }}\n{% endfor %}",
        "{% for i in outcomes %}{{ i.refs }} {{ i.text }}\n\n{% endfor %}",
        "|a|b|\n|-|-|\n{% for i in outcomes %}| {{ i.text|cell }} | {{ i.refs }} |\n{% endfor %}",
        "{% for i in open_questions %}\n### {{ i.text }}\n\nAsked by {{ i.refs }}\n{% endfor %}",
        "{% for i in quotes %}\n> {{ i.quoted }}\n\n{{ i.speaker }}{{ i.refs }}\n{% endfor %}",
        "{% for d in disagreements %}|{% for s in d.sides %} {{ s }} |{% endfor %}\n{% endfor %}",
        "{% for i in actors %}\n- {{ i.text }}\n{% endfor %}",
        "{{ title }} {{ topic }}",
    ],
)
def test_what_has_its_citation_beside_it_passes(loop: str, tmp_path: Path) -> None:
    assert errors(tmp_path, loop) == []


def test_part_of_the_citations_is_told_and_no_error(tmp_path: Path) -> None:
    text = "{% for i in outcomes %}\n- {{ i.text }} {{ i.citations[0] }}\n{% endfor %}"
    report = checked(tmp_path, text)
    assert report.errors == ()
    assert any("with part of its citations" in each.message for each in report.findings)


def test_what_is_never_printed_is_told(tmp_path: Path) -> None:
    report = checked(
        tmp_path, "{% for i in outcomes if not i.background %}\n- {{ i }}\n{% endfor %}"
    )
    told = [finding.message for finding in report.findings]
    assert report.errors == ()
    assert "it never prints quotes" in told
    assert "it never prints withheld items" in told
    assert any("of 4 texts of outcomes it leaves out 1" in each for each in told)
    assert (report.printed["outcomes"], report.of["outcomes"]) == (3, 4)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ titel }}", "line 1: 'titel' is undefined"),
        ("\n{% if not outcomes %}{{ nobody }}{% endif %}", "line 2: 'nobody' is undefined"),
        ("{% if title == 'x' %}\n{{ nobody }}{% endif %}", "line 2: 'nobody' is undefined"),
        ("{% for i in quotes %}{{ i.speker }}{% endfor %}", "'speker'"),
        ("{% for i in outcomes %}", "line 1"),
        ("{% include 'gone.md.jinja' %}", "gone.md.jinja"),
        ("{{ sources[0].title }}", ""),
        ("{{ title|nofilter }}", "No filter named 'nofilter'"),
        ("{% if not title %}{% set ns.x = 1 %}{% endif %}", "'ns' is undefined"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "RecursionError"),
    ],
)
def test_names_that_are_not_there_are_found_on_every_path(
    text: str, says: str, tmp_path: Path
) -> None:
    found = errors(tmp_path, text)
    assert found
    assert says in found[0]


def test_parts_that_are_included_are_looked_through(tmp_path: Path) -> None:
    (tmp_path / "part.jinja").write_text("{% if title == 1 %}{{ gone }}{% endif %}")
    text = "{% set word = 1 %}{% include 'part.jinja' %}{{ word }}"
    assert [("part.jinja" in each) for each in errors(tmp_path, text)] == [True]


def test_an_included_part_that_cannot_be_compiled_is_told(tmp_path: Path) -> None:
    (tmp_path / "part.jinja").write_text("{{ title|nofilter }}")
    (found,) = errors(tmp_path, "{% if not title %}{% include 'part.jinja' %}{% endif %}")
    assert "part.jinja, line 1: No filter named 'nofilter'" in found


def test_an_unknown_template_is_refused_with_those_there_are(tmp_path: Path) -> None:
    for place in (None, tmp_path):
        with pytest.raises(TemplateError) as caught:
            check("none", place)
        assert "full.md.jinja" in caught.value.hint


# -- lists and copies ----------------------------------------------------------------------


def test_ours_and_the_users_are_listed_with_their_first_comment(tmp_path: Path) -> None:
    (tmp_path / "mine.md.jinja").write_text("{# For the\n   desk. #}\n{{ title }}")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "x.md.jinja").write_text("{{ title }}")
    found = {each.given: each.description for each in listed(tmp_path)}
    assert found["mine.md.jinja"] == "For the desk."
    assert found["templates/x.md.jinja"] == ""
    assert "full" in found
    assert "footnotes" not in found


def test_a_copy_is_the_same_text_and_replaces_nothing(tmp_path: Path) -> None:
    path = new(str(tmp_path / "mine"), "full")
    assert path == tmp_path / "mine.md.jinja"
    assert path.read_bytes() == (templates_dir() / "full.md.jinja").read_bytes()
    assert text_of(str(path)) == text_of("full")
    with pytest.raises(UserError, match="exists"):
        new(str(tmp_path / "mine"), "full")
    with pytest.raises(TemplateError, match="'none'"):
        new(str(tmp_path / "other"), "none")
    assert [each.name for each in tmp_path.iterdir()] == ["mine.md.jinja"]
