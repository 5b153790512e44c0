from __future__ import annotations

import re

import pytest

from briefing.extract.shorten import shorten
from briefing.language import pipeline

parse = pipeline("en").parse


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        (
            "Marta Quell, who has run the port since 2019, opened the new lock on Friday.",
            "Marta Quell opened the new lock on Friday.",
        ),
        (
            "The board chose Ines Tarrow, a former judge, to lead the inquiry into the fire.",
            "The board chose Ines Tarrow to lead the inquiry into the fire.",
        ),
        (
            "The ferry sank on Sunday off the coast of Ardlan, leaving oil on the beaches.",
            "The ferry sank on Sunday off the coast of Ardlan.",
        ),
        (
            "The firm — which owns two mines — closed its works in Rothmar on Monday.",
            "The firm closed its works in Rothmar on Monday.",
        ),
    ],
)
def test_what_only_adds_goes(sentence: str, short: str) -> None:
    assert shorten(sentence, parse) == short


@pytest.mark.parametrize(
    "sentence",
    [
        # What limits, hedges, denies or says where it comes from stays.
        "The drug cut deaths among adults by a third, counted from the second dose of the trial.",
        "The minister called it a bribe, which the company denies in a statement of its own.",
        "The bridge will open in June, according to Paul Ott, who leads the works on the river.",
        "The council will pay for the repairs of the wall, unless the court decides otherwise.",
        "The passengers who had paid in cash were asked to leave the ferry at Ardlan.",
        "The two-year ban, said Ruth Imre, a lawyer for the club, was lifted on Tuesday evening.",
        # What an object is called or made is no addition.
        "The ruling makes the drug, chemically tolvarsen, the first treatment for the disease.",
        # Too little would be left.
        "Tarrow, who had been ill, died.",
        "He said “the wall, which we built, held through the night of the storm”.",
    ],
)
def test_what_limits_or_attributes_stays(sentence: str) -> None:
    assert shorten(sentence, parse) == sentence


def test_every_word_of_a_short_form_stands_in_the_sentence_in_order() -> None:
    sentence = (
        "The court, which sits in Velm, fined Adler Works two million crowns on Tuesday, ending "
        "a case of nine years."
    )
    rest = iter(re.findall(r"\w+", sentence))
    short = shorten(sentence, parse)
    assert len(short) < len(sentence)
    assert all(word in rest for word in re.findall(r"\w+", short))
