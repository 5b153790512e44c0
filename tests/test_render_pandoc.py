"""Our Markdown as Pandoc reads it: every citation a footnote, every character of a quote kept."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from briefing.render import render
from tests.example import example
from tests.large import large

PANDOC = shutil.which("pandoc")
pytestmark = pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
REFERENCE = re.compile(r"(?<!\\)(?<!\n)\[\^[A-Za-z0-9-]+\]")  # at a line's beginning it is the note


def read(markdown: str, *, to: str = "json") -> str:
    return subprocess.run(  # noqa: S603
        [str(PANDOC), "-f", "gfm", "-t", to, "--wrap", "none"],
        input=markdown,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.parametrize(
    "template", ["full", "one-pager", "questions", "quotes", "comparison", "newsletter"]
)
def test_every_citation_is_a_footnote(template: str) -> None:
    markdown = render(large(30, 12), template)
    cited = len(REFERENCE.findall(markdown))
    tree = read(markdown)
    assert cited > 10
    assert tree.count('"t":"Note"') == cited
    assert "[^" not in json.dumps(json.loads(tree)["blocks"])


def test_the_characters_of_a_quote_are_kept() -> None:
    words = "I can't 'agree' -- not now... \"never\" *ever* <b>"
    quote = example().quotes[0].model_copy(update={"text": words, "wordings": ()})
    assert words in read(render(example(quotes=(quote,)), "quotes"), to="plain")
