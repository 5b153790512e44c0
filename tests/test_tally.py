"""What a run did, and what the next will take: pace from the run log, work by stage."""

from __future__ import annotations

from pathlib import Path

from briefing.forecast import measured_pace
from briefing.tally import Tally, Work


def test_the_pace_is_that_of_the_last_run_with_the_model(tmp_path: Path) -> None:
    log = tmp_path / "runs.jsonl"
    assert "assumed" in measured_pace(log, "m").about
    entry = (
        '{"at": "2031-04-02T10:00:00+00:00", "model": "%s", "engine": {"prefill_tokens": %d, '
        '"prefill_seconds": 10, "decode_tokens": 0, "decode_seconds": 0}}\n'
    )
    lines = [entry % ("m", 2000), entry % ("other", 9000), entry % ("m", 3), "no JSON\n", "{}\n"]
    log.write_text("".join(lines), encoding="utf-8")
    assert measured_pace(log, "m").prefill == 200
    assert "2031-04-02" in measured_pace(log, "m").about
    assert "assumed" in measured_pace(log, "none").about


def test_a_tally_gives_each_stage_its_own() -> None:
    class Counts:
        hits = misses = 0

    counts, heard = Counts(), []
    tally = Tally(counts, lambda *said: heard.append(said))
    tally("reading", 1, 1)
    counts.hits = 3
    tally("scoring", 3, 5)
    counts.misses = 2
    tally("scoring", 5, 5)
    counts.hits = 4
    tally("questions", 1, 1)
    assert tally.stages == {"scoring": Work(reused=3, computed=2), "questions": Work(reused=1)}
    assert len(heard) == 4
