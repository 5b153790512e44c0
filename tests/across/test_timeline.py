"""The timeline: dates of main verbs, reckoned from publication, never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.across.publication import published_on
from briefing.types import Event
from tests.across.chronicle import NAMES, Parse, chronicle, read

RECALL = 0.85
WEDNESDAY = "2026-09-16"
FILLER = "\n\nThe town of Tolm has two mills and a station. Its river is called the Sarn."


def dates(text: str, parse: Parse, published: str | None = WEDNESDAY) -> list[str]:
    found = read([text + FILLER], parse, [published]).events()
    return [f"{e.date}/{e.until}" if e.until else e.date for e in found]


def told(found: list[Event], gold: dict[str, str]) -> list[Event]:
    return [e for e in found if any(gold["words"] in v.text for v in e.evidence)]


@pytest.mark.parametrize("name", NAMES)
def test_every_date_of_an_event_is_one_that_a_reader_finds(name: str, parse: Parse) -> None:
    documents, raw = chronicle(name, parse)
    gold = [g for g in raw["timeline"] if not g.get("not")]
    for event in documents.events():
        right = [
            g
            for g in gold
            if (g["date"], g.get("until")) == (event.date, event.until)
            and g["words"] in event.evidence[0].text
        ]
        assert right, (event.date, event.until, event.statement)
        assert event.when in event.evidence[0].text


def test_most_happenings_are_found(parse: Parse) -> None:
    wanted = found = 0
    for name in NAMES:
        documents, raw = chronicle(name, parse)
        events = documents.events()
        core = [g for g in raw["timeline"] if not g.get("optional")]
        wanted += len(core)
        found += sum(bool(told(events, g)) for g in core)
    assert found >= RECALL * wanted


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The council of Tolm approved the budget on Monday.", ["2026-09-14"]),
        ("The council of Tolm approved the budget on Wednesday.", ["2026-09-16"]),
        ("The council of Tolm approved the budget on Thursday.", ["2026-09-10"]),
        ("The council of Tolm will vote on the budget on Thursday.", ["2026-09-17"]),
        ("The council of Tolm approved the budget last Friday.", ["2026-09-11"]),
        ("The council of Tolm approved the budget last month.", ["2026-08"]),
        ("The council of Tolm approved the budget last week.", ["2026-09-07/2026-09-13"]),
        ("The council of Tolm approved the budget in March last year.", ["2025-03"]),
        ("The council of Tolm approved the budget in December.", ["2025-12"]),
        ("The council of Tolm approved the budget on 3 October.", ["2025-10-03"]),
        ("The council of Tolm will vote on the budget on 3 October.", ["2026-10-03"]),
        ("The council of Tolm approved the budget three days ago.", ["2026-09-13"]),
        ("The bridge of Tolm was closed from 3 to 5 May 2024.", ["2024-05-03/2024-05-05"]),
        ("The mill was bought by Norlund in 2011 and closed in 2015.", ["2011"]),
        ("Speaking in Tolm on Monday, Ana Ruiz promised a new bridge.", ["2026-09-14"]),
        ("The fire killed Ben Ott on Monday, the police in Tolm said on Tuesday.", ["2026-09-14"]),
        ("The police in Tolm said on Tuesday that a man died on Monday.", ["2026-09-15"]),
    ],
)
def test_a_date_is_reckoned_from_publication(
    sentence: str, expected: list[str], parse: Parse
) -> None:
    assert dates(sentence, parse) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        # habits, estimates, states, negations, and what may be either of two days
        "The council of Tolm meets every Monday in the old town hall.",
        "The council of Tolm votes on Mondays and rests on Fridays.",
        "The council of Tolm did not approve the budget on Monday.",
        "The council of Tolm approved the budget last Monday.",
        "The council of Tolm may approve the new budget on Friday.",
        "The mill in Tolm has belonged to Norlund since 2011.",
        "The mill in Tolm was a wreck in 2011.",
        "The mill in Tolm closed its doors before 2011.",
        "The council of Tolm approved the budget about 2011.",
        # dates of something else than the main verb
        "Ana Ruiz praised the nurse who had saved her in 2011.",
        "The plant, which was built in 2011, needs a new roof.",
        "Ana Ruiz condemned the attack on Monday and the silence after it.",
        "The court annulled the by-law of 2028 in a ruling of ninety pages.",
        # words of others
        "“We opened on Monday,” said Ana Ruiz, who has led the mill for years and is now retiring.",
        # a date that no calendar has, or with two readings
        "The council of Tolm approved the budget on 31 June 2025.",
        "The council of Tolm approved the budget on 03/05/2025.",
        "The council of Tolm approved the budget on Monday, 15 September.",
        "The lawyer of the council of Tolm asked for a new vote by the end of October.",
    ],
)
def test_what_is_no_event_or_not_certain_has_no_date(sentence: str, parse: Parse) -> None:
    assert dates(sentence, parse) == []


def test_without_a_day_of_publication_only_full_dates_count(parse: Parse) -> None:
    text = (
        "The council of Tolm approved the budget on Monday.\n\n"
        "Norlund bought the mill yesterday.\n\nA fire destroyed the station on 3 May 2024."
    )
    assert dates(text, parse, published=None) == ["2024-05-03"]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Fire in Tolm\n\nTOLM, 3 March 2031 — A fire broke out on Monday.", None, "2031-03-03"),
        (
            "Fire in Tolm\n\nTOLM, March 3 (Northwire) — A fire broke out.",
            "2031-06-12",
            "2031-03-03",
        ),
        (
            "Fire in Tolm\n\n3 March 2031, evening\n\nA fire broke out in the old mill.",
            None,
            "2031-03-03",
        ),
        ("Fire in Tolm\n\nTOLM, March 3 (Northwire) — A fire broke out.", None, None),
        ("Wednesday, June 12, 2031\n\nFire in Tolm\n\nA fire broke out in the mill.", None, None),
        ("Fire in Tolm\n\nUpdated 4 March 2031\n\nA fire broke out in the mill.", None, None),
    ],
)
def test_the_day_of_a_text(
    text: str, published: str | None, expected: str | None, parse: Parse
) -> None:
    day = published_on(read([text], parse, [published]).articles[0])
    assert day == (date.fromisoformat(expected) if expected else None)


def test_two_reports_of_one_happening_are_one_entry_with_both_as_evidence(parse: Parse) -> None:
    one = "The court in Tolm annulled the water charge of the city on Monday."
    other = "On Monday the court in Tolm annulled the city's water charge."
    (event,) = read([one, other], parse, ["2026-09-15", "2026-09-16"]).events()
    assert event.date == "2026-09-14"
    assert {e.source_id for e in event.evidence} == {"S1", "S2"}


def test_a_report_with_another_figure_or_a_mere_plan_is_no_evidence(parse: Parse) -> None:
    one = "The minister Ragna Vik met 12 miners in Tolm on Monday."
    others = [
        "The minister Ragna Vik met 14 miners in Tolm on Monday.",
        "The minister Ragna Vik will meet 12 miners in Tolm on Monday.",
    ]
    for other, day in zip(others, ["2026-09-15", "2026-09-12"], strict=True):
        for event in read([one, other], parse, ["2026-09-15", day]).events():
            assert len({e.source_id for e in event.evidence}) == 1


def test_entries_stand_in_order_of_time(parse: Parse) -> None:
    text = (
        "The mayor Ana Ruiz will open the bridge on Friday.\n\n"
        "Norlund sold the mill in May 2024.\n\n"
        "The court in Tolm annulled the charge on Monday."
    )
    assert dates(text, parse) == ["2024-05", "2026-09-14", "2026-09-18"]
