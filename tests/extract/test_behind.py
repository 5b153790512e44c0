"""What a sentence can be told behind where it does not stand alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import briefing
from briefing.evals.suite_bench import silent
from briefing.extract.articles import Article, Line, Parse, analyse
from briefing.extract.behind import lead_of
from briefing.render import render
from briefing.verify import verify
from tests.extract.planted import body

NAMED = "Dana Whitlock, who leads the harbour board, met the union of the crane drivers on Monday."


def article_of(text: str, parse: Parse) -> Article:
    return analyse(body(text)[0], parse)


def line_of(article: Article, start: str) -> Line:
    return next(line for line in article.lines if line.sentence.text.startswith(start))


@pytest.mark.parametrize(
    "second",
    [
        "Two hours later she and the mayor promised them a new offer within the week.",
        "All were told that the talks would go on until the end of the month.",
        "The chief executive left the talks at noon without a word to the press.",
    ],
)
def test_it_is_told_behind_the_sentence_that_says_who(second: str, parse: Parse) -> None:
    article = article_of(f"{NAMED} {second}", parse)
    line = line_of(article, second)
    assert not line.alone
    assert lead_of(article, line) == (line_of(article, NAMED),)


def test_a_body_may_speak_itself(parse: Parse) -> None:
    text = "We have offered every household a credit of 40 crowns for the days without water."
    article = article_of(text, parse)
    assert not line_of(article, text).alone
    assert lead_of(article, line_of(article, text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "They will go on until the end of the month, and nobody knows what comes then.",
        "“We have offered them a credit. We shall offer them no more than that,” Ana Ruiz said.",
        "Who will pay for the second pier of the harbour of Ardmore?",
    ],
)
def test_what_nothing_explains_is_not_told(text: str, parse: Parse) -> None:
    article = article_of(text, parse)
    assert lead_of(article, article.lines[0]) is None


def test_two_sentences_may_be_too_long_together(parse: Parse) -> None:
    long = f"{NAMED[:-1]}, {'and the talks went on and on ' * 9}until midnight."
    article = article_of(f"{long} All were told that the talks would go on for a month.", parse)
    assert lead_of(article, line_of(article, "All were")) is None


def test_an_entry_of_a_live_page_begins_anew(parse: Parse) -> None:
    entry = "15:40 All were told that the talks would go on until the end of the month."
    article = article_of(f"{NAMED}\n\n{entry}", parse)
    assert lead_of(article, line_of(article, "15:40")) is None


def test_a_reporter_is_no_body(parse: Parse) -> None:
    text = "I met Dana Whitlock at the gate of the harbour, and my questions did not please her."
    article = article_of(text, parse)
    assert not article.lines[0].alone
    assert lead_of(article, article.lines[0]) is None


def test_an_outcome_is_told_with_its_lead_and_cites_both(tmp_path: Path) -> None:
    second = "All were told that 120 jobs would be cut in the harbour of Ardmore within a month."
    text = f"Talks at the harbour\n\n{NAMED}\n\n{second}\n"
    page = tmp_path / "harbour.txt"
    page.write_text(text, encoding="utf-8")
    made = briefing.generate([str(page)], briefing.Settings(), engine=silent())
    (told,) = [each for each in made.outcomes if "120 jobs" in each.statement]
    assert told.statement.startswith("Dana Whitlock")
    assert [each.paragraph for each in told.evidence] == [2, 3]
    assert all(check.passed for check in told.checks)
    assert verify(made, base=tmp_path).ok


def test_who_we_are_is_said(tmp_path: Path) -> None:
    text = "Statement\n\nWe have offered every household of Ardmore a credit of 40 crowns.\n"
    page = tmp_path / "statement.txt"
    page.write_text(text, encoding="utf-8")
    made = briefing.generate([str(page)], briefing.Settings(), engine=silent())
    assert "(“We” is whoever wrote S1" in render(made)
