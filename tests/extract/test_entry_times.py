"""Hours of the entries of live pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import briefing
from briefing.evals.suite_bench import silent
from briefing.extract.articles import Line, Parse, analyse
from briefing.extract.entry_times import EntryTimes
from briefing.render import render
from briefing.types import Span
from briefing.verify import verify
from tests.extract.planted import body

LIVE = """Mill fire: as it happened

21:40 We are closing this page
Four people have died.

19:15 Water from the canal
The fire service now has eleven pumps at the mill. It had four at 18:05.

17:55
Police have confirmed a second death. "We fear there will be more," said Inspector Dora Hallin.
"""


def lines_of(text: str, parse: Parse) -> dict[str, Line]:
    return {line.sentence.text: line for line in analyse(body(text)[0], parse).lines}


def test_what_an_entry_says_is_told_with_its_hour(parse: Parse) -> None:
    lines = lines_of(LIVE, parse)
    assert lines["Four people have died."].statement == "Four people have died [entry of 21:40]."
    second = lines["Police have confirmed a second death."]
    assert second.statement == "Police have confirmed a second death [entry of 17:55]."
    (hour,) = second.added
    assert LIVE[hour.given.start : hour.given.end] == "17:55"


def test_a_sentence_with_an_hour_of_its_own_needs_none(parse: Parse) -> None:
    assert lines_of(LIVE, parse)["It had four at 18:05."].added == ()


def test_the_hour_stands_behind_the_quotation_mark(parse: Parse) -> None:
    spoken = '"We fear there will be more," said Inspector Dora Hallin.'
    assert lines_of(LIVE, parse)[spoken].statement.endswith("Dora Hallin [entry of 17:55].")


def test_the_hour_is_no_part_of_what_heads_read(parse: Parse) -> None:
    assert lines_of(LIVE, parse)["Four people have died."].named == "Four people have died."


@pytest.mark.parametrize(
    "text",
    [
        "Trains leave at\n8:10 for Merrow\n9:10 for Merrow\nand not later.",  # two are no page
        "8:10 Merrow\n11:20 Ardmore\n9:05 Stroud\n7:00 Hale\n12:30 Ode\n",  # in no order
        "The mill burned at 17:55.\nIt fell at 18:20.\nAll was over at 21:40.",
        "Prices\n12.50 for adults, 7.20 for children\nat all doors.",
    ],
)
def test_what_is_no_live_page_has_no_hours(text: str) -> None:
    assert EntryTimes(text).at(Span(start=len(text) - 2, end=len(text) - 1)) is None


def test_an_evening_page_may_run_past_midnight_and_have_halves_of_days() -> None:
    text = "11:40 pm Quiet\na.\n\n12.05am Out again\nb.\n\n12.30am Rain\nc.\n\n1:10 a.m. Out\nd.\n"
    times = EntryTimes(text)
    found = times.at(Span(start=text.index("c."), end=text.index("c.") + 1))
    assert found is not None
    assert found.time == "12.30am"


def test_a_briefing_cites_the_hour_and_passes_its_own_checks(tmp_path: Path) -> None:
    page = tmp_path / "live.txt"
    page.write_text(LIVE, encoding="utf-8")
    made = briefing.generate([str(page)], engine=silent())
    told = [outcome for outcome in made.outcomes if "[entry of 17:55]" in outcome.statement]
    assert told
    shown = render(made)
    assert "(hour: [^" in shown
    assert "(name:" not in shown
    assert verify(made, base=tmp_path).ok


DAYS = """Mill fire, live

FRIDAY 09:05
Inspectors are at the mill.

THURSDAY 21:40
Four people have died.

THURSDAY 09:20
Pumps have been sent for.
"""


def test_entries_may_name_their_weekday(parse: Parse) -> None:
    lines = lines_of(DAYS, parse)
    assert (
        lines["Four people have died."].statement
        == "Four people have died [entry of THURSDAY 21:40]."
    )
    assert EntryTimes(DAYS).of_days


def test_a_page_of_one_day_is_of_no_other() -> None:
    assert not EntryTimes(LIVE).of_days


INLINE = """Mill fire, live

WEDNESDAY 4 MARCH
08.20 The owner of the mill, citing his insurers, says that the roof was mended twice last year.
Nobody has confirmed that.

11.45 The street is closed, and so is the school of Merrow behind it, says the town in a notice.

THURSDAY 5 MARCH
07.35 A second mill burns, half a mile up the valley, and the pumps are still standing at the first.
Two people are missing.
"""


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Nobody has confirmed that.", "[entry of Wednesday 4 March, 08.20]"),
        ("Two people are missing.", "[entry of Thursday 5 March, 07.35]"),
    ],
)
def test_an_entry_of_a_page_of_several_days_has_its_day(
    parse: Parse, sentence: str, told: str
) -> None:
    line = lines_of(INLINE, parse)[sentence]
    assert line.statement == f"{sentence[:-1]} {told}."
    assert EntryTimes(INLINE).of_days


def test_a_sentence_with_its_hour_is_told_with_its_day(parse: Parse) -> None:
    (second,) = [t for t in lines_of(INLINE, parse).values() if "second mill" in t.sentence.text]
    assert second.statement.endswith("at the first [Thursday 5 March].")


LOG = """Report on the mill fire

Monday 9 March

The pumps are at rest, said the fire service of Merrow, and the mill is to be pulled down in May.

Log of Wednesday 4 March

05:42 Warning by radio.

06:10 First pump leaves.

06:31 Roof falls in.

All of this was recorded.

Open points

The cause is unknown.
"""


def test_a_line_of_a_log_is_of_its_day_and_nothing_else_is(parse: Parse) -> None:
    lines = lines_of(LOG, parse)
    assert lines["06:31 Roof falls in."].statement == "06:31 Roof falls in [Wednesday 4 March]."
    assert lines["All of this was recorded."].added == ()
    assert lines["The cause is unknown."].added == ()


def test_a_heading_ends_the_last_entry(parse: Parse) -> None:
    text = f"{LIVE}\nWhat we know\n\nThe mill of Merrow was built in 1871 by two brothers.\n"
    assert (
        lines_of(text, parse)["The mill of Merrow was built in 1871 by two brothers."].added == ()
    )


def test_numbered_paragraphs_are_no_hours() -> None:
    text = "".join(f"5.{n} The gate was shut that night by the warden.\n\n" for n in range(11, 30))
    assert EntryTimes(text).at(Span(start=200, end=210)) is None
