"""Reading what is to be judged: Markdown and JSON of any tool, and our own output."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as given_text
from hypothesis import strategies as st

from briefing.errors import DocumentError, UserError
from briefing.evals.given import Given, given
from briefing.evals.plain import load
from briefing.evals.resolution import Shelf
from briefing.evals.statements import Citation, Subject
from briefing.render import render
from tests.evals.subjects import FERRY, write_sources
from tests.example import GAZETTE, HERALD, REPORT, cite, example, sources

SOURCES = "\n\n## Sources\n\n1. ferry.txt\n2. inquiry.txt\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_sources(tmp_path)
    return tmp_path


def read(folder: Path, text: str, known: Given | None = None, name: str = "a.md") -> Subject:
    (folder / name).write_text(text, encoding="utf-8")
    return load(folder / name, known)


def cited(subject: Subject) -> list[tuple[str, list[tuple[str, int | None]]]]:
    return [(s.text, [(c.source, c.paragraph) for c in s.citations]) for s in subject.statements]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("It sank [1].", [("S1", None)]),
        ("It sank.[1]", [("S1", None)]),
        ("It sank. [1]", [("S1", None)]),
        ("It sank [1, 2].", [("S1", None), ("S2", None)]),
        ("It sank [1-2].", [("S1", None), ("S2", None)]),
        ("It sank [1][2].", [("S1", None), ("S2", None)]),
        ("It sank (S1).", [("S1", None)]),
        ("It sank [S1 ¶3].", [("S1", 3)]),
        ("It sank [S1:3].", [("S1", 3)]),
        ("It sank [S1 ¶3; S2 ¶1].", [("S1", 3), ("S2", 1)]),
        ("It sank [S1 ¶3, ¶4].", [("S1", 3), ("S1", 4)]),
        ("It sank (S2, paragraph 2).", [("S2", 2)]),
        ("It sank [ferry.txt ¶2].", [("S1", 2)]),
        ("It sank [inquiry].", [("S2", None)]),
        ("It sank [1](ferry.txt).", [("S1", None)]),
        ("It sank [9].", [("S9", None)]),
    ],
)
def test_citations_as_people_write_them(
    folder: Path, written: str, meant: list[tuple[str, int | None]]
) -> None:
    assert cited(read(folder, written + SOURCES)) == [("It sank.", meant)]


@pytest.mark.parametrize(
    "text", ["She [Marta Lindqvist] left.", "It sank (1).", "It sank [2023].", r"It sank \[1\]."]
)
def test_brackets_that_are_no_citation_stay(folder: Path, text: str) -> None:
    assert cited(read(folder, text + SOURCES)) == [(text.replace("\\", ""), [])]


def test_each_sentence_has_its_own_citations(folder: Path) -> None:
    text = "One sank [1]. Two swam.[2] Three drifted. [1][2] Mr. Four slept."
    assert cited(read(folder, text + SOURCES)) == [
        ("One sank.", [("S1", None)]),
        ("Two swam.", [("S2", None)]),
        ("Three drifted.", [("S1", None), ("S2", None)]),
        ("Mr. Four slept.", []),
    ]


def test_footnotes_say_file_paragraph_and_words(folder: Path) -> None:
    text = (
        "It sank[^a]. All left.[^b]\n\n"
        "[^a]: ferry.txt, paragraph 2: “ran aground” … “212 people”\n[^b]: inquiry.txt\n"
    )
    first, second = read(folder, text).statements
    (footnote,) = first.citations
    assert (footnote.paragraph, footnote.words) == (2, ("ran aground", "212 people"))
    assert footnote.label == "[^a]"
    assert footnote.source != second.citations[0].source
    assert second.citations[0].paragraph is None


def test_headings_code_tables_and_lead_ins_are_not_judged(folder: Path) -> None:
    text = (
        "# A ferry sank\n\n**Findings**\n\nWhat we know:\n\n- It sank [1].\n\n"
        "| a | b |\n|---|---|\n| It flew [1]. | x |\n\n```\nIt swam [1].\n```\n"
    )
    subject = read(folder, text + SOURCES)
    assert [(s.section, s.text) for s in subject.statements] == [("Findings", "It sank.")]
    assert subject.notes == (
        "Not judged: lines that introduce a list (1).",
        "Not judged: cells of tables (4).",
        "Not judged: blocks of code or HTML (1).",
    )


@pytest.mark.parametrize(
    ("written", "speaker"),
    [
        ("- “We left,” — Ann Lee [1]", "Ann Lee"),
        ('"We left," - Ann Lee [1] (damaged)', "Ann Lee"),
        ("**Ann Lee:** “We left,” [1]", "Ann Lee"),
        ("> We left,\n> — Ann Lee [1]", "Ann Lee"),
        ("“We left,” — speaker not established [1]", "not established"),
        ("“We left,” [1]", None),
    ],
)
def test_blocks_that_are_a_quotation(folder: Path, written: str, speaker: str | None) -> None:
    subject = read(folder, written + SOURCES)
    assert [(q.text, q.speaker) for q in subject.quotes] == [("We left,", speaker)]
    assert [c.source for c in subject.quotes[0].citations] == ["S1"]
    assert subject.statements == ()


@pytest.mark.parametrize("text", ["Ann Lee said: “We left.” [1]", "“We left,” she said, “at six.”"])
def test_sentences_with_quotations_are_statements(folder: Path, text: str) -> None:
    assert read(folder, text + SOURCES).quotes == ()


def test_our_own_markdown_reads_as_the_briefing_it_shows(tmp_path: Path) -> None:
    for name, text in (("g.txt", GAZETTE), ("h.txt", HERALD), ("n.txt", REPORT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    known = given(
        [f"S{n}={tmp_path / name}" for n, name in enumerate(("g.txt", "h.txt", "n.txt"), 1)]
    )
    subject = read(tmp_path, render(example()), known)
    briefing = example()
    said = [line.statement for line in briefing.bottom_line]
    said += [outcome.statement for outcome in briefing.outcomes]
    shown = [s.text for s in subject.statements]
    assert shown[: len(said)] == said
    assert briefing.open_questions[0].question in shown
    assert f"13 May 2024: {briefing.timeline[0].statement}" in shown
    assert [(q.text, q.speaker, q.variant) for q in subject.quotes] == [
        (briefing.quotes[0].text, "Ines Valk", False),
        (briefing.quotes[0].wordings[0].text, None, True),
    ]
    assert subject.statements[1].citations == (
        Citation(label="[^S1-2]", source="S1", paragraph=2, words=(said[0],)),
        Citation(label="[^S2-2]", source="S2", paragraph=2, words=(said[0],)),
    )
    assert subject.withheld is not None
    assert len(subject.withheld) == 1


def test_what_stands_beside_a_statement_is_no_part_of_it(tmp_path: Path) -> None:
    gazette = cite(sources()[0], "It is not clear who will pay for the repairs.")
    aside = gazette.model_copy(update={"role": "context"})
    outcome = example().outcomes[0].model_copy(update={"after": aside})
    (tmp_path / "g.txt").write_text(GAZETTE, encoding="utf-8")
    party, *others = sources()
    made = example(
        outcomes=(outcome.model_copy(update={"evidence": outcome.evidence[:1]}),),
        bottom_line=(),
        sources=(party.model_copy(update={"genre": "statement", "dated": "2031-04-01"}), *others),
    )
    page = render(made)
    assert "it goes on: “It is not clear" in page
    assert "party’s own statement" in page
    subject = read(tmp_path, page, given([f"S1={tmp_path / 'g.txt'}"]))
    first = subject.statements[0]
    assert first.text == outcome.statement
    assert [each.label for each in first.citations] == ["[^S1-2]"]


def test_escaped_text_of_our_markdown_comes_back(tmp_path: Path) -> None:
    words = "Prices *rose* 5 % [see _note_ 1] <b>fast</b> & a@b.example said `so`."
    outcome = example().outcomes[0].model_copy(update={"statement": words})
    (tmp_path / "g.txt").write_text(GAZETTE, encoding="utf-8")
    subject = read(
        tmp_path, render(example(outcomes=(outcome,))), given([f"1={tmp_path / 'g.txt'}"])
    )
    assert words in [s.text for s in subject.statements]


def test_a_folder_gives_sources_by_name_or_in_order(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    known = given((), folder)
    named = read(tmp_path / "out", "It sank [1].\n\n## Sources\n\n1. inquiry.txt\n", known)
    assert {s.id: Path(s.name).name for s in named.sources} == {
        "S1": "inquiry.txt",
        "ferry.txt": "ferry.txt",
    }
    ordered = read(tmp_path / "out", "It sank [2].", known)
    assert [(s.id, Path(s.name).name) for s in ordered.sources] == [
        ("S1", "ferry.txt"),
        ("S2", "inquiry.txt"),
    ]
    assert "in the order of the files" in ordered.notes[0]


def test_what_is_not_in_the_folder_of_the_document_is_not_read(folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    (inner / "link.txt").symlink_to(folder / "inquiry.txt")
    places = ["../ferry.txt", str(folder / "ferry.txt"), "link.txt", "https://a.example/b", "c.txt"]
    listed = "".join(f"{n}. {place}\n" for n, place in enumerate(places, 1))
    (inner / "own.txt").write_text(FERRY, encoding="utf-8")
    subject = read(inner, f"It sank [1].\n\n## Sources\n\n{listed}6. own.txt\n")
    assert [s.id for s in subject.sources] == ["S6"]
    reasons = [subject.missing[f"S{n}"] for n in range(1, 6)]
    assert all("outside the folder" in reason for reason in reasons[:3])
    assert "nothing is fetched" in reasons[3]
    assert "no file c.txt" in reasons[4]


def test_a_document_whose_sources_are_not_here_is_an_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"a\.md is here:\s+S1: https://a\.example") as caught:
        read(tmp_path, "It sank [1].\n\n## Sources\n\n1. https://a.example/b\n")
    assert "--source" in caught.value.hint


def plain_json(**fields: object) -> str:
    whole = {
        "statements": [{"text": "It sank.", "citations": [{"source": "a", "paragraph": 2}]}],
        "quotes": [{"text": "We left", "speaker": "Ann Lee", "citations": [{"source": "a"}]}],
        "sources": [{"id": "a", "text": FERRY, "published": "2030-05-04"}],
    }
    return json.dumps(whole | fields)


def test_plain_json(folder: Path) -> None:
    subject = read(folder, plain_json(), name="a.json")
    assert cited(subject) == [("It sank.", [("a", 2)])]
    assert (subject.quotes[0].speaker, subject.quotes[0].text) == ("Ann Lee", "We left")
    assert (subject.sources[0].body, subject.sources[0].published) == (FERRY, "2030-05-04")
    beside = read(folder, plain_json(sources=[{"id": "a", "path": "ferry.txt"}]), name="a.json")
    assert beside.sources[0].body == FERRY
    outside = plain_json(sources=[{"id": "a", "path": "/etc/hostname"}, {"id": "b", "text": "x"}])
    assert "outside the folder" in read(folder, outside, name="a.json").missing["a"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (plain_json(statements=[{"text": "a", "citations": [{"source": "a", "paragraph": 0}]}]),
         r"statements\[0\]\.citations\[0\]\.paragraph"),
        (plain_json(quotes=[{"text": " "}]), r"quotes\[0\]\.text"),
        (plain_json(quotes=[{"text": "x", "cites": []}]), r"quotes\[0\]\.cites"),
        (plain_json(statements=[{"text": "a", "citations": [{"source": "a", "start": 3}]}]),
         "start and end go together"),
        (plain_json(sources=[{"id": "1", "text": "x"}, {"id": "S1", "text": "x"}]), "'S1'"),
        (plain_json(statements=[], quotes=[]), "no statement"),
        ('{"statements": [', "begins like JSON"),
        ("", "no statement"),
    ],
)  # fmt: skip
def test_mistakes_name_file_and_place(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(DocumentError, match=place) as caught:
        read(tmp_path, text, name="a.json")
    assert "a.json" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("option", ["a.txt", "=a.txt", "1=none.txt"])
def test_source_options_must_lead_to_files(option: str) -> None:
    with pytest.raises(UserError, match="--source"):
        given([option])


MARKS = st.text(alphabet=list('ab .,:;\n#>-*|`_\\()[]^¶"“”—123S&<'), max_size=120)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given_text(MARKS)
def test_any_markdown_is_read_or_refused(folder: Path, text: str) -> None:
    try:
        subject = read(folder, text + SOURCES)
    except DocumentError:
        return
    assert all(s.text.strip() for s in (*subject.statements, *subject.quotes))
    assert set(subject.missing).isdisjoint(s.id for s in subject.sources)


@pytest.mark.parametrize("text", ["“" * 50_000, " " * 50_000 + "x", "[" * 50_000, "(S1" * 20_000])
def test_hostile_markdown_takes_no_long_time(folder: Path, text: str) -> None:
    began = time.perf_counter()
    read(folder, f"a{text}b [1].\n\n[^1]: ferry.txt: {text}\n{SOURCES}")
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize("name", ["answer.md", "answer.json"])
def test_the_examples_of_the_documentation_hold(folder: Path, name: str) -> None:
    page = Path(__file__).parents[2] / "docs" / "evals-file.md"
    (text,) = re.findall(rf"```\w+ {name}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    subject = read(folder, text, name=name)
    assert subject.missing == {}
    assert [quote.speaker for quote in subject.quotes] == ["Jonas Brekke"]
    shelf = Shelf(subject)
    for statement in (*subject.statements, *subject.quotes):
        (citation,) = statement.citations
        assert shelf.resolve(citation).problem == ""


def test_what_is_only_to_be_seen_as_well_is_no_citation(folder: Path) -> None:
    (statement,) = read(folder, "Snow fell in Orsa. [1] (see also [2])" + SOURCES).statements
    assert statement.text == "Snow fell in Orsa."
    assert [citation.label for citation in statement.citations] == ["[1]"]


def test_the_parts_of_an_interrupted_quotation_are_quotes(folder: Path) -> None:
    found = read(folder, "“We left” […] “at six.” — Ann Lee [1]" + SOURCES)
    assert [(q.text, q.speaker) for q in found.quotes] == [
        ("We left", "Ann Lee"),
        ("at six.", "Ann Lee"),
    ]
    assert found.statements == ()
