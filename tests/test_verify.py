from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import SourceError
from briefing.types import (
    BottomLine,
    Briefing,
    Evidence,
    Outcome,
    Passage,
    Quote,
    Source,
    Wording,
)
from briefing.verify import Report, verify
from tests.example import GAZETTE, cite, digest, example, sources

GATES = "Engineers reopened two of the four gates of the Orsa dam on Monday, the water board said."


def split(source: Source) -> list[Passage]:
    """Paragraphs at blank lines, as ``tests.example`` cites them."""
    passages, start = [], 0
    for number, text in enumerate(source.body.strip("\n").split("\n\n"), 1):
        start = source.body.index(text, start)
        identity = f"{source.id}.p{number}.{digest(text)[:6]}"
        passages.append(
            Passage(
                id=identity,
                source_id=source.id,
                number=number,
                kind="body",
                start=start,
                end=start + len(text),
                text=text,
            )
        )
    return passages


def decode(data: bytes, source: Source) -> str:  # noqa: ARG001
    return data.decode()


def checked(briefing: Briefing, files: dict[str, bytes] | None = None) -> Report:
    """Verify with ``files`` as the documents that are at hand."""

    def read(source: Source) -> bytes | None:
        return (files or {}).get(source.path or "")

    return verify(briefing, base=Path("/base"), read=read, extract=decode, split=split)


def failures(report: Report) -> list[tuple[str, str]]:
    return [(check.item, check.name) for check in report.checks if not check.passed]


def test_a_right_briefing_passes_with_embedded_texts() -> None:
    report = checked(example())
    assert failures(report) == []
    assert report.ok
    assert (report.failed, report.passed) == (0, len(report.checks))
    assert {source.compared for source in report.sources} == {"embedded text only"}


def test_the_original_is_read_where_it_is_at_hand() -> None:
    report = checked(example(), {"/base/docs/gazette.txt": GAZETTE.encode()})
    assert report.ok
    assert [source.compared for source in report.sources] == [
        "original file",
        "embedded text only",
        "embedded text only",
    ]


def test_a_changed_original_fails() -> None:
    report = checked(example(), {"/base/docs/gazette.txt": b"other"})
    assert failures(report) == [("S1", "bytes")]


def test_an_original_whose_text_comes_out_otherwise_fails() -> None:
    def refuse(data: bytes, source: Source) -> str:
        raise SourceError(f"{source.name} is damaged ({len(data)} bytes)")

    data = GAZETTE.encode()
    for extract in (refuse, lambda data, source: "other"):  # noqa: ARG005
        report = verify(
            example(),
            base=Path(),
            read=lambda source: data if source.id == "S1" else None,
            extract=extract,
            split=split,
        )
        assert failures(report) == [("S1", "extraction")]


def test_without_text_the_original_serves_and_nothing_at_all_fails() -> None:
    bare = example(sources=tuple(s.model_copy(update={"text": None}) for s in sources()))
    report = checked(bare, {"/base/docs/gazette.txt": GAZETTE.encode()})
    assert [source.compared for source in report.sources] == [
        "original file",
        "nothing: no text",
        "nothing: no text",
    ]
    failed = failures(report)
    assert ("S2", "text") in failed
    assert ("out-2", "evidence") in failed
    assert ("open-1", "evidence") not in failed


def test_a_changed_embedded_text_fails() -> None:
    gazette, *others = sources()
    other = gazette.model_copy(update={"text": GAZETTE + " "})
    assert ("S1", "text") in failures(checked(example(sources=(other, *others))))


def evidence(**changes: object) -> Evidence:
    return cite(sources()[0], GATES).model_copy(update=changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"source_id": "S9"}, "source"),
        ({"end": 9999}, "offsets"),
        ({"start": 5, "end": 5}, "offsets"),
        ({"start": 40}, "evidence"),
        ({"text": GATES.replace("two", "six")}, "evidence"),
        ({"passage_id": "S1.p2.000000"}, "passage"),
        ({"passage_id": f"S2.p2.{digest(GATES)[:6]}"}, "passage"),
        ({"paragraph": 3}, "passage"),
    ],
)
def test_wrong_evidence_is_found(changes: dict[str, object], expected: str) -> None:
    outcome = Outcome(id="o", statement="x", mode="free", evidence=(evidence(**changes),))
    report = checked(example(outcomes=(outcome,), bottom_line=()))
    assert ("o", expected) in failures(report)
    assert not report.ok
    assert all(check.reason for check in report.checks if not check.passed)


def test_evidence_in_another_passage_than_named_is_found() -> None:
    moved = cite(sources()[0], "It is not clear").model_copy(
        update={"passage_id": evidence().passage_id, "paragraph": 2}
    )
    outcome = Outcome(id="o", statement="x", mode="free", evidence=(moved,))
    report = checked(example(outcomes=(outcome,), bottom_line=()))
    assert failures(report) == [("o", "passage")]


def test_a_statement_that_only_claims_to_be_verbatim_is_found() -> None:
    outcome = Outcome(id="o", statement=GATES.replace("two", "six"), evidence=(evidence(),))
    report = checked(example(outcomes=(outcome,), bottom_line=()))
    assert failures(report) == [("o", "verbatim")]


def quote(words: str, **changes: object) -> Quote:
    gazette = sources()[0]
    fields = {"id": "q", "text": words, "evidence": (cite(gazette, words),), **changes}
    return Quote.model_validate(fields)


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (quote("The wall held", text="The wall fell"), "exact"),
        (quote("The wall held", evidence=()), "cited"),
        (quote("“The wall held, and nobody had to leave home,”"), "marks"),
        (quote("The wall held", speaker="Ines Valk"), "attribution"),
        (
            quote("The wall held", speaker="Ada Lund", attribution=(cite(sources()[0], "said"),)),
            "speaker",
        ),
        (
            quote("The wall held", wordings=(Wording(text="x", evidence=(evidence(),)),)),
            "exact",
        ),
    ],
)
def test_a_wrong_quote_is_found(broken: Quote, expected: str) -> None:
    failed = failures(checked(example(quotes=(broken,))))
    assert ("q", expected) in failed


@pytest.mark.parametrize("words", ["“A” and “B”", "'Tis so", "“open", "”", "“"])
def test_marks_inside_a_quote_are_its_own(words: str) -> None:
    text = f"T\n\n{words}\n"
    origin = sources()[0].model_copy(update={"text": text, "text_sha256": digest(text)})
    found = Quote(id="q", text=words, evidence=(cite(origin, words),))
    briefing = Briefing(title="t", quotes=(found,), sources=(origin,), run=example().run)
    assert failures(checked(briefing)) == []


def test_ids_are_unique_and_lead_somewhere() -> None:
    line = BottomLine(id="out-1", statement=GATES, outcome_id="none", evidence=(evidence(),))
    failed = failures(checked(example(bottom_line=(line,))))
    assert failed == [("out-1", "unique id"), ("out-1", "outcome")]


def test_the_report_is_json_with_its_verdict() -> None:
    assert '"ok":true' in checked(example()).model_dump_json()


@pytest.mark.parametrize("change", [{"statement": "The dam has burst."}, {"evidence": ()}])
def test_a_bottom_line_says_what_its_outcome_says(change: dict[str, object]) -> None:
    briefing = example()
    first, *rest = briefing.bottom_line
    changed = first.model_copy(update=change)
    report = checked(briefing.model_copy(update={"bottom_line": (changed, *rest)}))
    assert (first.id, "repeats") in failures(report)
    assert (first.id, "repeats") not in failures(checked(briefing))


def test_a_side_a_date_and_a_role_say_what_their_evidence_says() -> None:
    good = example()
    point, event, actor = good.disagreements[0], good.timeline[0], good.actors[0]
    side = point.sides[0].model_copy(update={"value": "three"})
    role = actor.roles[0].model_copy(update={"text": "who built the dam"})
    bad = good.model_copy(
        update={
            "disagreements": (point.model_copy(update={"sides": (side, point.sides[1])}),),
            "timeline": (event.model_copy(update={"when": "on Tuesday"}),),
            "actors": (actor.model_copy(update={"roles": (role,)}),),
        }
    )
    found = [("d-1", "value"), ("t-1", "when"), ("a-1", "role")]
    assert sorted(failures(checked(bad))) == sorted(found)


def test_a_speaker_may_stand_in_capitals_in_the_source() -> None:
    quote = example().quotes[0].model_copy(update={"speaker": "INES VALK"})
    assert ("q-1", "speaker") not in failures(checked(example(quotes=(quote,))))
    other = quote.model_copy(update={"speaker": "Ines Valko"})
    assert ("q-1", "speaker") in failures(checked(example(quotes=(other,))))
