"""Word and PDF: every citation a note, every character kept, nothing obeyed, the same bytes."""

from __future__ import annotations

import re
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from pypdf import PdfReader

from briefing import office
from briefing.errors import UserError
from briefing.render import OutputFormat, render, render_file
from briefing.types import Briefing
from tests.example import example
from tests.large import ARABIC, large
from tests.office import with_office

HOSTILE = (
    '#import "@preview/a:1": * #read("/etc/passwd") `x`{=openxml} \\input{/etc/passwd} $x^2$ -- ...'
    ' it\'s "so" <b>hi</b> ![i](/etc/passwd) [l](https://e.x) @a <note-1> ]#panic() {{{ +++ ~'
    " :smile: [Ann Lee] ==x=="
)
HEBREW = "הנמל נפתח מחדש, אמר ראש העיר."
SECRET = "the words of another file"
OWN = """
## Not first

![a picture](secret.txt) ![](secret.txt) <img src="secret.txt">

[in](file:///etc/passwd) and [out](https://e.example/a?b=1&c) and `x`{=openxml}.

```{=typst}
#read("secret.txt")
```

\\#read("secret.txt") {{ outcomes[0] }}
"""
REFERENCE = re.compile(r"(?<!\\)(?<!\n)\[\^[A-Za-z0-9-]+\]")


def hostile() -> Briefing:
    first = example().outcomes[0]
    said = (HOSTILE, ARABIC.format(n=7), HEBREW, "https://" + "a" * 300)
    outcomes = tuple(
        first.model_copy(update={"id": f"o-{n}", "statement": words})
        for n, words in enumerate(said)
    )
    quote = example().quotes[0].model_copy(update={"text": HOSTILE, "wordings": ()})
    changed = {"outcomes": outcomes, "quotes": (quote,), "bottom_line": (), "summaries": ()}
    return example(title=f"Orsa {HOSTILE}", **changed)


def word(made: office.Paged) -> tuple[docx.document.Document, ZipFile]:
    return docx.Document(BytesIO(made.data)), ZipFile(BytesIO(made.data))


def words(made: office.Paged) -> str:
    """What stands in a PDF, without line ends."""
    return "".join("".join(page.extract_text().split()) for page in pages(made).pages)


def pages(made: office.Paged) -> PdfReader:
    return PdfReader(BytesIO(made.data))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template that would read a file, with the file."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
    (folder / "own.md.jinja").write_text(OWN, encoding="utf-8")
    return folder


def test_without_the_extra_it_is_said_how_to_get_it() -> None:
    for wanted, packages in office.PACKAGES.items():
        with pytest.raises(UserError, match="needs the extra `office`") as told:
            office.check(wanted, lambda name: None)  # noqa: ARG005
        assert told.value.hint.endswith(f"-m pip install {' '.join(packages)}")


@with_office
def test_word_does_not_need_what_only_a_pdf_needs() -> None:
    def no_typst(name: str) -> ModuleSpec | None:
        return find_spec(name) if name != "typst" else None

    office.check("docx", no_typst)
    with pytest.raises(UserError, match="a PDF needs"):
        office.check("pdf", no_typst)


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ((), "en"),
        (("de", "en", "de"), "de"),
        (("x-klingon", "", "EN"), "en"),
        (('en"\n', "--to=x", "ar"), "ar"),
    ],
)
def test_the_language_is_that_of_most_sources(languages: tuple[str, ...], expected: str) -> None:
    assert office.language_of(languages) == expected


@with_office
def test_a_word_file_has_title_headings_links_and_a_note_for_each_citation() -> None:
    briefing = large(12, 6)
    markdown = render(briefing)
    file, archive = word(office.convert(markdown, briefing, "docx"))
    styles = [(p.style.name, p.text) for p in file.paragraphs if p.style]
    assert styles[0] == ("Title", briefing.title)
    headings = re.findall(r"^## (.+)$", markdown, re.MULTILINE)
    assert [text for name, text in styles if name == "Heading 1"] == headings
    cited = len(REFERENCE.findall(markdown.partition("\n[^")[0]))
    document = archive.read("word/document.xml").decode()
    assert cited > 20
    assert document.count("<w:footnoteReference ") == cited
    notes = archive.read("word/footnotes.xml").decode()
    assert briefing.outcomes[0].evidence[0].text in notes
    assert (file.core_properties.title, file.core_properties.language) == (briefing.title, "en")


@with_office
def test_what_documents_say_stays_text_in_word() -> None:
    briefing = hostile()
    file, archive = word(office.convert(render(briefing), briefing, "docx"))
    said = [p.text for p in file.paragraphs]
    assert said[0] == briefing.title
    assert any(text.startswith(HOSTILE) for text in said)
    assert any(f"“{HOSTILE}” — Ines Valk" in text for text in said)
    links = [rel.target_ref for rel in file.part.rels.values() if rel.is_external]
    assert links == ["https://herald.example/orsa?id=1&x=2"]
    assert not [name for name in archive.namelist() if "media" in name]
    hebrew = next(p for p in file.paragraphs if p.text.startswith(HEBREW))
    assert hebrew._p.xpath("./w:pPr/w:bidi")
    assert not file.paragraphs[1]._p.xpath("./w:pPr/w:bidi")


@with_office
def test_what_documents_say_stays_text_in_a_pdf() -> None:
    briefing = hostile()
    made = office.convert(render(briefing), briefing, "pdf")
    shown = words(made)
    assert shown.count(squeezed(HOSTILE)) == 3  # title, outcome, quote
    assert "https://" + "a" * 300 in shown
    assert "root:" not in shown
    assert made.remark == ""


@with_office
def test_a_pdf_has_title_language_links_page_numbers_and_no_time() -> None:
    briefing = example()
    read = pages(office.convert(render(briefing), briefing, "pdf"))
    assert read.metadata is not None
    assert read.metadata.title == "Orsa dam"
    assert read.metadata.creation_date is None
    assert read.root_object["/Lang"] == "en"
    assert read.root_object["/MarkInfo"]["/Marked"].value
    assert read.pages[0].extract_text().rstrip().endswith(f"1 / {len(read.pages)}")
    found = [note.get_object() for page in read.pages for note in page.get("/Annots", [])]
    links = {note["/A"]["/URI"] for note in found if "/URI" in note.get("/A", {})}
    assert links == {"https://herald.example/orsa?id=1&x=2"}
    assert [each.title for each in read.outline if not isinstance(each, list)] == re.findall(
        r"^## (.+)$", render(briefing), re.MULTILINE
    )


@with_office
def test_a_passage_cited_twice_is_one_note_in_a_pdf() -> None:
    briefing = example()
    shown = words(office.convert(render(briefing), briefing, "pdf"))
    note = squeezed("S1, Orsa Gazette, paragraph 2: “Engineers reopened")
    assert render(briefing).count("[^S1-2]") > 2
    assert shown.count(note) == 1


@with_office
@pytest.mark.parametrize("wanted", ["docx", "pdf"])
def test_the_same_briefing_gives_the_same_bytes(wanted: OutputFormat) -> None:
    first, second = (render_file(example(), "comparison", wanted).content for _ in "ab")
    assert first == second
    assert b"D:20" not in bytes(first)


@with_office
def test_a_table_is_a_table() -> None:
    briefing = example()
    markdown = render(briefing, "comparison")
    file, _ = word(office.convert(markdown, briefing, "docx"))
    head = [cell.text for cell in file.tables[0].rows[0].cells]
    assert head == ["Finding", "S1", "S2", "S3", "Independent texts"]
    assert "FindingS1S2S3Independenttexts" in words(office.convert(markdown, briefing, "pdf"))


@with_office
def test_a_template_reads_no_file_and_writes_no_code(template: Path) -> None:
    markdown = render(example(), "own.md.jinja", folder=template)
    file, archive = word(office.convert(markdown, example(), "docx"))
    text = "\n".join(p.text for p in file.paragraphs)
    links = [rel.target_ref for rel in file.part.rels.values() if rel.is_external]
    shown = words(office.convert(markdown, example(), "pdf"))
    assert file.paragraphs[0].text == "Orsa dam"  # it begins with no heading of the first level
    assert "a picture" in text
    assert "apicture" in shown
    assert "https://e.example/a?b=1&c" in links
    assert not [link for link in links if link.startswith("file")]
    assert SECRET not in text + "".join(map(str, map(archive.read, archive.namelist())))
    assert squeezed(SECRET) not in shown
    assert '#read("secret.txt")' in shown


@with_office
def test_what_no_font_has_is_said() -> None:
    first = example().outcomes[0].model_copy(update={"statement": "An unwritten sign: \u0378."})
    briefing = example(outcomes=(first,), bottom_line=(), summaries=())
    assert "no font of this machine" in office.convert(render(briefing), briefing, "pdf").remark
