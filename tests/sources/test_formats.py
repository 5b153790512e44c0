import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sources import ReadOptions
from briefing.sources.formats import extract, format_of_response, sniff
from briefing.sources.pdf import Line, paragraphs
from briefing.sources.values import Extracted, UnreadableError
from briefing.types import Format
from tests.sources import documents

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def labelled(extracted: Extracted) -> list[tuple[str, str]]:
    return [(at.label, extracted.text[at.start : at.end]) for at in extracted.locations]


def refused(data: bytes, form: Format, options: ReadOptions | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        extract(data, form, options or ReadOptions())
    return caught.value.message


def rebuilt(data: bytes, document_xml: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, document_xml if name == "word/document.xml" else old.read(name))
    return stream.getvalue()


def test_html_gives_main_text_by_blocks_and_metadata() -> None:
    extracted = extract(documents.PAGE.encode(), "html", ReadOptions())
    assert labelled(extracted) == [
        ("heading 1", "Floods close the valley road"),
        (
            "paragraph 1",
            (
                "The river rose by two metres on Tuesday, officials in Harrow said, and the valley "
                "road was closed to all traffic until further notice. It was last closed on "
                "2019-11-02."
            ),
        ),
        (
            "paragraph 2",
            "“We have never seen it like this,” said Mayor Joan Petty. “Not in 40 years.”",
        ),
        ("quotation 1", "We will rebuild every house."),
        ("paragraph 3", "Farmers called the warning “too late” & asked for help."),
        ("list item 1", "Pumps arrive on Friday."),
        ("list item 2", "Schools stay shut."),
        ("table 1", "| Town | Level |\n| Harrow | 2.1 m |"),
    ]
    assert extracted.text == "\n\n".join(text for _, text in labelled(extracted))
    known = extracted.metadata
    assert (known.title, known.publisher) == ("Floods close the valley road", "The Daily Ledger")
    assert (known.author, known.published) == ("Ann Lee", "2024-03-05")


def test_html_date_in_the_prose_is_no_date_of_publication() -> None:
    page = documents.PAGE.replace('"article:published_time"', '"something"').replace(
        "2024-03-05", ""
    )
    assert extract(page.encode(), "html", ReadOptions()).metadata.published is None


def test_html_declared_charset_and_fragments() -> None:
    page = "<meta charset='windows-1251'><p>Министр заявил, что переговоры продолжатся.</p>"
    text = extract(page.encode("cp1251"), "html", ReadOptions()).text
    assert text == "Министр заявил, что переговоры продолжатся."


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 60_000 + "deep", "<script>" * 30_000, "<!--" * 50_000, "<p><b><i>" * 2_000,
     "<" * 99_999, "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><p>&b;</p>"],
)  # fmt: skip
def test_hostile_html_neither_crashes_nor_hangs(markup: str) -> None:
    with contextlib.suppress(UnreadableError):  # any other exception fails
        extract(f"<html><body>{markup}</body></html>".encode(), "html", ReadOptions())


def test_html_with_more_tags_than_an_article_is_left_out() -> None:
    page = f"<html><body>{'<p>x' * 200_001}</body></html>"
    assert refused(page.encode(), "html") == "more markup than any article has"


def test_pdf_gives_pages_and_usable_paragraphs() -> None:
    data = documents.pdf([documents.RULING, documents.RULING[:1]], title="In re Orton dam")
    extracted = extract(data, "pdf", ReadOptions())
    (first, page1), (second, page2) = labelled(extracted)
    assert (first, second) == ("page 1", "page 2")
    assert page1.split("\n\n") == [*documents.RULING, "1"]
    assert page2.split("\n\n") == [documents.RULING[0], "2"]
    assert extracted.text == f"{page1}\n\n{page2}"
    assert extracted.metadata.title == "In re Orton dam"
    assert extracted.metadata.published is None


def test_pdf_title_that_a_program_made_up_is_none() -> None:
    data = documents.pdf([documents.RULING], title="Microsoft Word - draft_7.docx")
    assert extract(data, "pdf", ReadOptions()).metadata.title is None


def test_pdf_without_text_layer_or_with_password_says_so() -> None:
    assert refused(documents.pdf_with_image_only(), "pdf").startswith("no text layer, only images")
    locked = documents.pdf([documents.RULING], password="x")
    assert refused(locked, "pdf") == "encrypted: a password is needed"
    assert refused(documents.pdf([()]), "pdf") == "no text found"


def test_pdf_limits() -> None:
    data = documents.pdf([documents.RULING] * 3)
    assert refused(data, "pdf", ReadOptions(max_pages=2)) == "more than 2 pages"
    assert refused(data, "pdf", ReadOptions(max_chars=50)) == "longer than 50 characters"


def lines_of(*texts: str, pitch: float = 14.0) -> list[Line]:
    return [Line(text, 72.0, 700 - n * pitch, 11.0) for n, text in enumerate(texts)]


def test_pdf_lines_join_without_losing_a_hyphen() -> None:
    lines = lines_of(
        "The state-",
        "owned insurer of the whole region paid the farmers in full.",
        "It did so late.",
    )
    assert paragraphs(lines) == [
        "The state-owned insurer of the whole region paid the farmers in full. It did so late."
    ]


def test_pdf_paragraphs_part_at_gaps_sizes_indents_and_page_numbers() -> None:
    body = "a line of the report that is as long as lines are"
    lines = [
        Line("Heading", 72, 740, 16),
        Line(body, 72, 720, 11),
        Line(f"{body}.", 72, 706, 11),
        Line("Next paragraph follows after a gap in the column", 72, 684, 11),
        Line(f"{body}.", 72, 670, 11),
        Line("Indented paragraph of the same column begins", 90, 656, 11),
        Line(body, 72, 642, 11),
        Line("Page 3 of 9", 72, 628, 11),
    ]
    starts = [text.split()[0] for text in paragraphs(lines)]
    assert starts == ["Heading", "a", "Next", "Indented", "Page"]


@given(st.lists(st.text(st.characters(categories=["L", "P", "Zs"]), max_size=20), max_size=12))
def test_pdf_joining_changes_only_white_space(texts: list[str]) -> None:
    joined = "".join(paragraphs(lines_of(*texts)))
    assert "".join(joined.split()) == "".join("".join(texts).split())


def test_docx_gives_blocks_in_document_order() -> None:
    extracted = extract(documents.word(), "docx", ReadOptions())
    assert labelled(extracted) == [
        ("heading 1", "Results of the year"),
        ("paragraph 1", "Profit rose by 4 percent in the year to June."),
        ("table 1", "| Year | Profit |\n| 2023 | 4 m |"),
        ("paragraph 2", "“We are pleased,” said the chair."),
    ]
    assert (extracted.metadata.title, extracted.metadata.author) == ("Annual results", "Kim Osei")


def test_docx_keeps_insertions_links_and_controls_but_no_deletions() -> None:
    body = (
        "<w:p><w:r><w:t>Sales </w:t></w:r><w:del><w:r><w:delText>fell</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>rose</w:t></w:r></w:ins><w:r><w:br/></w:r>"
        "<w:hyperlink><w:r><w:t>by 3</w:t><w:noBreakHyphen/><w:t>4 %</w:t></w:r></w:hyperlink>"
        "</w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    xml = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    extracted = extract(rebuilt(documents.word(), xml), "docx", ReadOptions())
    assert extracted.text == "Sales rose\nby 3-4 %\n\nIn a control."


def test_docx_bombs_and_entities_are_refused_or_harmless() -> None:
    xml = f'<w:document xmlns:w="{W}"><w:body>{" " * 3_000_000}</w:body></w:document>'
    bomb = rebuilt(documents.word(), xml)
    assert len(bomb) < 60_000
    assert "unpacks to more than 2,000,000" in refused(
        bomb, "docx", ReadOptions(max_unpacked=2_000_000)
    )
    entity = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    text = "<w:p><w:r><w:t>start &a; end</w:t></w:r></w:p>"
    xml = f'{entity}<w:document xmlns:w="{W}"><w:body>{text}</w:body></w:document>'
    assert "root" not in extract(rebuilt(documents.word(), xml), "docx", ReadOptions()).text


def test_mail_gives_header_plain_body_and_readable_attachments() -> None:
    extracted = extract(documents.mail(), "eml", ReadOptions())
    assert labelled(extracted) == [
        (
            "header",
            (
                "Subject: Results of the cup final — corrected\n"
                "From: Zoë Brandt <zoe@example.org>\n"
                "To: desk@example.org\nDate: Wed, 12 Jun 2024 10:30:00 +0200"
            ),
        ),
        ("body", "Rovers won 2-1 after extra time.\n\nThe referee added nine minutes."),
        ("attachment notes.txt", "Attendance: 41,022."),
    ]
    known = extracted.metadata
    assert (known.title, known.author) == ("Results of the cup final — corrected", "Zoë Brandt")
    assert known.published == "2024-06-12"
    assert [(p.name, p.reason) for p in extracted.left_out] == [
        ("a.zip", "an attachment of a kind that is not read")
    ]


def test_mail_with_html_alone_is_extracted() -> None:
    data = (
        b"From: a@example.org\nSubject: Vote\nContent-Type: text/html; charset=iso-8859-1\n\n"
        b"<p>The caf\xe9 owners voted <b>no</b>.</p>"
    )
    assert labelled(extract(data, "eml", ReadOptions()))[1:] == [
        ("body, paragraph 1", "The café owners voted no.")
    ]
    assert refused(b"just words", "eml") == "no mail message: neither sender nor subject"


def test_formats_by_content_and_type() -> None:
    assert sniff(b"\n<!DOCTYPE HTML><p>x") == "html"
    assert sniff(documents.word()) == "docx"
    assert format_of_response("text/html; charset=utf-8", "/a.txt", b"x") == "html"
    assert format_of_response("text/plain", "/a.md", b"x") == "markdown"
    assert format_of_response("", "/", b"%PDF-1.7") == "pdf"
    with pytest.raises(UnreadableError, match="image/png is no document"):
        format_of_response("image/png", "/a.txt", b"x")
