"""The day of a source by its own head."""

from __future__ import annotations

import pytest

from briefing.across.publication import day_of
from briefing.extract.articles import Parse, analyse
from tests.extract.planted import body

STORY = (
    "The mill at Arnsby burned down in the night, and two men who had slept in it are missing, "
    "the fire service said. It had been shut since 4 January, when its last owner left the town.\n"
)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("The Arnsby Ledger, 24 November\n\nMill burns down", "--11-24"),
        ("Radio Arn | News | Wednesday 18 November, 8:10 pm (updated)\n\nMill burns", "--11-18"),
        ("Arn News, Friday 23 January, 20.15. By Signe Torp\n\nMill burns down", "--01-23"),
        (
            "MINISTRY\nPress release 31/2025\nArnsby, 13 March 2025, 7.15 a.m.",
            "2025-03-13",
        ),
        ("Mill burns down\n\nPublished 5 June. Last changed 6 June, 11.15.", "--06-06"),
        ("Arn Review // Wednesday 21 May // posted by Noor Lind\n\nMill burns", "--05-21"),
        ("Mill burns down\n\nThe mill that nobody wanted, two months after 4 January", None),
        ("Mill burns down\n\nEmbargoed until Wednesday 8 May, 16:00", None),
        ("The Arnsby Ledger, 24 November\n\nThe mill: 23 November, hour by hour", None),
        ("Wednesday, June 12, 2024\n\nMill burns down\n\nBy Noor Lind", None),
        ("Mill burns down\n\nBy Noor Lind", None),
    ],
)
def test_the_day_at_the_head_of_a_text(head: str, day: str | None, parse: Parse) -> None:
    article = analyse(body(f"{head}\n\n{STORY}\n{STORY}")[0], parse)
    assert day_of(article) == day


def test_a_dateline_is_the_day_of_a_report(parse: Parse) -> None:
    text = f"Mill burns down\n\nARNSBY, Nov 19 (Wire) - {STORY}\n{STORY}"
    assert day_of(analyse(body(text)[0], parse)) == "--11-19"


def test_a_live_page_of_two_days_has_none(parse: Parse) -> None:
    entries = "\n\n".join(
        f"{day}:05\n{STORY}" for day in ("FRIDAY 09", "THURSDAY 21", "THURSDAY 08")
    )
    text = f"Mill fire, live\n\nArn News | Friday 16 October\n\n{entries}"
    assert day_of(analyse(body(text)[0], parse)) is None
