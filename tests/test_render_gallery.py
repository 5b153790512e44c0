"""The gallery of templates: few sources and many, nothing at all, long names, other scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from briefing.output_templates import listed
from briefing.render import render
from briefing.resources import templates_dir
from briefing.types import Briefing
from tests.example import example, run
from tests.large import ARABIC, LONG, large
from tests.reading import see_markdown

GALLERY = ("comparison", "full", "newsletter", "one-pager", "questions", "quotes")
BRIEFINGS: dict[str, Callable[[], Briefing]] = {
    "three sources": example,
    "fifty sources": lambda: large(60, 50),
    "nothing": lambda: Briefing(title="Nothing", run=run()),
}


def test_the_gallery_is_listed_with_what_each_is_for() -> None:
    ours = {each.given: each.description for each in listed(templates_dir())}
    assert tuple(sorted(ours)) == GALLERY
    assert all(description.endswith(".") for description in ours.values())


@pytest.mark.parametrize("name", GALLERY)
@pytest.mark.parametrize("briefing", BRIEFINGS)
def test_each_is_tidy_and_every_citation_has_its_passage(name: str, briefing: str) -> None:
    rendered = render(BRIEFINGS[briefing](), name)
    assert rendered.startswith("# ")
    assert "\n\n\n" not in rendered
    assert not re.search(r"[ \t]\n", rendered)
    defined = re.findall(r"^\[\^([\w-]+)\]:", rendered, re.MULTILINE)
    used = set(re.findall(r"\[\^([\w-]+)\](?!:)", rendered))
    assert sorted(defined) == sorted(used)
    headings = re.findall(r"^(#+) .*\n\n(#+) ", rendered, re.MULTILINE)
    assert not [pair for pair in headings if len(pair[0]) >= len(pair[1])], "an empty section"


@pytest.mark.parametrize("name", sorted({*GALLERY} - {"quotes"}))
def test_each_prints_the_main_finding_with_both_its_sources(name: str) -> None:
    shown = example().outcomes[0].statement
    assert re.search(re.escape(shown) + r"\[\^S1-2\] \[\^S2-2\]", render(example(), name))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("one-pager", "## Bottom line"),
        ("one-pager", "- Piezometers read 4.2 m.[^S3-2]"),
        ("questions", "## What is still open?\n\n- It is not clear who will pay"),
        ("questions", "1 outcome of 2 rests on more than one independent text: number 1[^S1-2]"),
        ("quotes", "## Ines Valk\n\n“who heads the water board”[^S1-3]\n\n> “The wall held, and"),
        ("quotes", "Also reported as:\n\n- “The wall held and nobody had to leave,”[^S2-3]"),
        (
            "comparison",
            "| Finding | S1 | S2 | S3 | Independent texts |\n|---|:-:|:-:|:-:|--:|\n",
        ),
        ("comparison", "[^S1-2] [^S2-2] | ● | ● |  | 2 |"),
        ("comparison", "### S3: `docs/note.pdf`\n\n- Piezometers read 4.2 m.[^S3-2]"),
        ("newsletter", "## What to watch\n\n- It is not clear who will pay for the repairs."),
        ("newsletter", "> — Ines Valk"),
    ],
)
def test_each_says(name: str, line: str) -> None:
    assert line in render(example(), name)


@pytest.mark.parametrize("name", ["one-pager", "newsletter"])
def test_what_is_short_stays_short_and_says_what_it_leaves_out(name: str) -> None:
    body = render(large(60, 50), name).partition("\n[^")[0]
    assert len(body.splitlines()) < 140
    assert re.search(r"^\d+ more outcomes in the full briefing\.$", body, re.MULTILINE)


def test_many_sources_make_a_list_and_not_a_table() -> None:
    assert "|---|" not in render(large(60, 50), "comparison")


@pytest.mark.parametrize("name", ["comparison", "full", "questions"])
def test_long_names_and_other_scripts_come_through(name: str) -> None:
    rendered = render(large(60, 50), name)
    assert ARABIC.format(n=9) in see_markdown(rendered).text
    assert " ".join(LONG.split()) in see_markdown(rendered).text
