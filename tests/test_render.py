from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.errors import DocumentError, TemplateError
from briefing.escaping import fold
from briefing.render import find_template, render
from briefing.types import (
    Briefing,
    Evidence,
    LeftOut,
    OpenQuestion,
    Outcome,
    Quote,
    Source,
    SourceSummary,
    Withheld,
)
from tests.example import cite, digest, example, run, source, sources
from tests.reading import see, see_markdown

NASTY = [
    *"\\`*_{}[]()<>#+-.!|~$^&:@=%\"' \n\t\r\x00\x02\u2028\u202e",
    *("http://e.org", "www.e.org", "a@b.co", "<script>x</script>", "<b onload=x>", "-->", "<!--"),
    *("[^S1-2]", "[^S1-2]: x", "\n[^S1-2]: y", "![x](y)", "[x](javascript:y)", "\n# x", "\n\n- x"),
    *(
        "\n    code",
        "&lt;",
        "&#60;",
        "a | b\n--|--\n",
        "```",
        "***",
        "1.",
        "{.c}",
        "@x",
        "<?php",
        "]]>",
    ),
]
OPENED = "Engineers reopened two of the four gates of the Orsa dam on Monday, the water board said."
text = st.one_of(st.text(max_size=20), st.lists(st.sampled_from(NASTY), max_size=6).map("".join))
PAGE = "full.md.jinja"
"""Named as a file, the template makes the page and not the evidence view."""
OURS = set("h1 h2 p ul ol li code sup a div hr".split())


@pytest.mark.parametrize(
    "line",
    [
        "From 3 documents (2 independent texts), weighed by the model `scripted`.",
        f"1. {OPENED}[^S1-2] [^S2-2] (2 sources, 2 independent texts; sources differ: point 1)",
        "1. “The wall held, and nobody had to leave home,” — Ines Valk[^S1-3]",
        "    - Also reported as “The wall held and nobody had to leave,”[^S2-3]",
        "1. It is not clear who will pay for the repairs.[^S1-4]",
        "1. what held:",
        f"    - “four”: {OPENED}[^S2-2]",
        f"- 13 May 2024: {OPENED}[^S1-2] [^S2-2]",
        "- Ines Valk (also “Ms. Valk”): “who heads the water board”[^S1-3]",
        "- S1, Orsa Gazette: key outcome 1; quote 1; open question 1. The model read 3 of 4",
        "- Key outcome: “She gave no date.”[^S1-3] — withheld: “She” is not resolved",
        "- `docs/empty.txt`: the file is empty",
        "- S1: Dam gates reopened, Orsa Gazette, `docs/gazette.txt`, SHA-256 `3c515490eb3e`",
        "S1 and S3 share most of their text and count as one independent text.",
        "- Exact means: as in the text of the source, character by character. For S3 (PDF) that is",
        "[^S3-2]: S3, `docs/note.pdf`, paragraph 2 (page 3): “Piezometers on the east bank read",
    ],
)
def test_the_full_template_says(line: str) -> None:
    assert f"\n{line}" in render(example())


def test_a_passage_cited_often_is_one_footnote() -> None:
    rendered = render(example())
    defined = re.findall(r"^\[\^([\w-]+)\]:", rendered, re.MULTILINE)
    used = re.findall(r"\[\^([\w-]+)\](?!:)", rendered)
    assert sorted(defined) == sorted(set(used))
    assert used.count("S1-2") == 4


def test_an_empty_briefing_says_so_in_every_section() -> None:
    rendered = render(Briefing(title="Nothing", run=run()))
    for line in (
        "No bottom line: ",
        "No outcome passed the checks.",
        "No quote passed the checks.",
        "No source says, in words that pass the checks, that something is open.",
        "No account by source was kept.",
        "Nothing was withheld.",
        "No document was left out.",
        "No document could be used.",
    ):
        assert f"\n{line}" in rendered
    assert "[^" not in rendered


def test_a_source_without_findings_is_said_to_have_none() -> None:
    rendered = render(example(summaries=(SourceSummary(source_id="S2", passages=1),)))
    assert (
        "Nothing that passes the checks was found in this source. The model read 0 of 1 passage."
        in (rendered)
    )


def test_many_withheld_items_are_counted_not_listed() -> None:
    many = tuple(Withheld(section="quotes", text=f"t{n}", reason="r") for n in range(30))
    rendered = render(example(withheld=many))
    assert "“t19”" in rendered
    assert "“t20”" not in rendered
    assert "… and 10 more, listed in the briefing's JSON file." in rendered


def test_an_unknown_speaker_is_said_to_be_unknown() -> None:
    gazette = sources()[0]
    quote = Quote(id="q", text="The wall held", evidence=(cite(gazette, "The wall held"),))
    assert "1. “The wall held” — speaker not established[^S1-3]" in render(example(quotes=(quote,)))


def test_lines_are_tidy() -> None:
    for briefing in (example(), example(withheld=(), notes=("a", "b"), quotes=())):
        rendered = render(briefing)
        assert not re.search(r"[ \t]\n", rendered)
        assert "\n\n\n" not in rendered
        assert rendered.endswith("\n")
        assert not rendered.endswith("\n\n")


def test_near_stretches_of_a_passage_are_joined_and_others_are_not() -> None:
    long = source(1, "T\n\nFirst bit. Middle. Second bit." + " filler" * 40 + " Third bit.\n")
    evidence = tuple(cite(long, f"{word} bit.") for word in ("First", "Second", "Third"))
    outcome = Outcome(id="o", statement="x", mode="free", evidence=evidence)
    rendered = render(Briefing(title="t", outcomes=(outcome,), sources=(long,), run=run()))
    assert "paragraph 2: “First bit. Middle. Second bit.” … “Third bit.”" in rendered


def test_without_texts_the_same_citations_are_printed() -> None:
    bare = tuple(s.model_copy(update={"text": None}) for s in sources())
    rendered = render(example(sources=bare))
    assert "[^S1-4]: S1, Orsa Gazette, paragraph 4: “It is not clear who will pay" in rendered


def test_footnote_names_do_not_collide() -> None:
    one, two = source(1, "T\n\nOne.\n", id="s 1"), source(2, "T\n\nTwo.\n", id="S1")
    outcome = Outcome(id="o", statement="x", evidence=(cite(one, "One."), cite(two, "Two.")))
    rendered = render(Briefing(title="t", outcomes=(outcome,), sources=(one, two), run=run()))
    assert "x[^s1-2] [^S1-2-2]" in rendered


def test_evidence_without_its_source_is_refused() -> None:
    with pytest.raises(DocumentError, match="S2"):
        render(example(sources=sources()[:1]))


QUOTES = [
    'He said "no" -- and *left* [sic] at 5 < 6 & 7 > 2...',
    "It's a_b `code` #1 ~50 %, $5 or US$6; see http://e.org/a_b?x=1&y=2 or me@e.org",
    "1. “Nested ‘marks’ and «more»” \\ back\\slash | bar {brace} ^ caret",
    "[^S1-2] [x](y) ![z](w) <b>bold</b> &amp; &lt;",
]


@pytest.mark.parametrize("words", QUOTES)
def test_a_quote_reads_exactly_as_it_stands(words: str) -> None:
    origin = source(1, f"T\n\n{words}\n")
    quote = Quote(id="q", text=words, evidence=(cite(origin, words),))
    briefing = Briefing(title="t", quotes=(quote,), sources=(origin,), run=run())
    assert f"“{words}” — speaker" in see_markdown(render(briefing)).text
    assert f"“{words}” — speaker" in see(render(briefing, PAGE, format="html")).text
    assert f"“{words}”" in see(render(briefing, format="html")).text


@st.composite
def hostile(draw: st.DrawFn) -> Briefing:
    """A briefing with anything at all in every field that is free text."""

    def some() -> str:
        return draw(text)

    body = some()
    number = draw(st.integers(0, 99))
    evidence = Evidence(
        source_id=some(),
        passage_id=some(),
        paragraph=number,
        start=0,
        end=0,
        text=some(),
        origin="",
    )
    cited = {"id": evidence.source_id, "sha256": digest(body), "text_sha256": digest(body)}
    origin = Source(
        **cited, path=some(), url=some(), title=some(), publisher=some(), author=some(), text=body,
        published=some(), origin=some(),
    )  # fmt: skip
    one = (evidence,)
    return Briefing(
        title=some(),
        topic=some(),
        notes=(some(),),
        outcomes=(Outcome(id="o", statement=some(), evidence=one),),
        quotes=(Quote(id="q", text=some(), speaker=some(), evidence=one),),
        open_questions=(OpenQuestion(id="u", question=some(), evidence=one),),
        withheld=(Withheld(section="quotes", text=some(), reason=some(), evidence=one),),
        summaries=(SourceSummary(source_id=evidence.source_id, outcomes=("o",), note=some()),),
        left_out=(LeftOut(name=some(), reason=some()),),
        sources=(origin,),
        run=run().model_copy(
            update={
                "model": {"name": some()},
                "versions": {some(): some()},
                "prompts": {some(): ""},
            }
        ),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile())
def test_nothing_a_document_says_becomes_markup(briefing: Briefing) -> None:
    rendered = render(briefing)
    shown = see_markdown(rendered)
    assert shown.tags <= OURS
    assert all(link.startswith("#fn") and link[1:] in shown.ids for link in shown.links)
    said = [
        *(item.statement for item in briefing.outcomes),
        *(item.text for item in (*briefing.quotes, *briefing.withheld)),
        *(item.question for item in briefing.open_questions),
        *(item.reason for item in briefing.withheld),
        *(item.text for item in briefing.outcomes[0].evidence),
        briefing.title,
    ]
    for words in said:
        assert " ".join(fold(words).split()) in shown.text


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile())
def test_the_page_holds_no_script_and_no_foreign_link(briefing: Briefing) -> None:
    page = see(render(briefing, PAGE, format="html"))
    assert page.tags <= {*OURS, "html", "head", "meta", "title", "style", "body", "main"}
    assert all(link.startswith("#fn") and link[1:] in page.ids for link in page.links)


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    text = "{% for q in quotes %}{{ q.speaker|upper ~ ': ' ~ q.refs }}{% endfor %}"
    (tmp_path / "mine.md.jinja").write_text(text, encoding="utf-8")
    rendered = render(example(), "mine.md.jinja", folder=tmp_path)
    assert rendered.startswith("INES VALK: [^S1-3]\n\n[^S1-3]: S1, Orsa Gazette, paragraph 3:")
    assert rendered == render(example(), "mine", folder=tmp_path)


def test_html_of_a_template_may_link_but_not_run(tmp_path: Path) -> None:
    text = "[a](https://e.org) [b](javascript:x) <script>x</script><img src=x>"
    (tmp_path / "mine.md.jinja").write_text(text, encoding="utf-8")
    page = see(render(example(), "mine", format="html", folder=tmp_path))
    assert page.links == ["https://e.org"]
    assert not page.tags & {"script", "img"}


def test_an_unknown_template_is_named() -> None:
    with pytest.raises(TemplateError, match=r"nothing\.md\.jinja"):
        render(example(), "nothing")


def test_template_names_and_files_are_told_apart() -> None:
    assert find_template("full") == ("full", None)
    assert find_template("mine.md.jinja") == ("mine.md.jinja", Path())
    assert find_template("a/mine.jinja") == ("mine.jinja", Path("a"))


def test_what_rests_on_damaged_texts_alone_says_so() -> None:
    damaged = (SourceSummary(source_id="S1", note="Parts are damaged."),)
    whole, marked = render(example()).splitlines(), render(example(summaries=damaged)).splitlines()
    changed = [line for line in marked if line not in whole]
    assert "(the text of S1 is damaged)" in next(x for x in changed if "repairs" in x)
    assert not any("damaged)" in line for line in marked if "[^S2-" in line and "gates" in line)
