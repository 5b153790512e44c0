"""Small documents of each format, built in the tests that read them."""

from __future__ import annotations

import io
from email.message import EmailMessage

import docx
from fpdf import FPDF

RULING = (
    (
        "The appeals court in Orton ruled on Monday that the dam operator must pay 4.2 million "
        "euros to the owners of the flooded farms, ending a dispute of nine years."
    ),
    '"The operator knew of the crack," Judge Mara Ilves said in the ruling. "It chose to wait."',
    (
        "The company said it would study the state-owned insurer's letter. It did not say whether "
        "it would appeal to the supreme court, which last heard a comparable case in 2011 and "
        "which has since then declined every request of the same kind from operators."
    ),
)

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Floods close the valley road | The Daily Ledger</title>
<meta property="og:site_name" content="The Daily Ledger"><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/x">World</a></nav><article>
<h1>Floods close the valley road</h1>
<p>The river rose by <b>two metres</b> on Tuesday, officials in Harrow said, and the valley road
was closed to all traffic until further notice. It was last closed on 2019-11-02.</p>
<p>“We have never seen it like this,” said <a href="/m">Mayor Joan Petty</a>. “Not in 40 years.”</p>
<blockquote><p>We will rebuild every house.</p></blockquote>
<p>Farmers called the warning <q>too late</q> &amp; asked for help. <script>alert(1)</script></p>
<ul><li>Pumps arrive on Friday.</li><li>Schools stay shut.</li></ul>
<table><tr><th>Town</th><th>Level</th></tr><tr><td>Harrow</td><td>2.1 m</td></tr></table>
</article><footer>Copyright 2024</footer></body></html>"""


def pdf(pages: list[tuple[str, ...]], title: str = "", password: str = "") -> bytes:
    """A PDF with a text layer: on each page its paragraphs, a gap apart, and a page number."""
    document = FPDF()
    if title:
        document.set_title(title)
    if password:
        document.set_encryption(owner_password="owner", user_password=password)
    document.set_auto_page_break(auto=False)
    for number, paragraphs in enumerate(pages, 1):
        document.add_page()
        document.set_font("Helvetica", size=11)
        for text in paragraphs:
            document.multi_cell(0, 6, text, align="L", new_x="LMARGIN", new_y="NEXT")
            document.ln(3)
        document.set_y(-20)
        if paragraphs:
            document.cell(0, 8, str(number))
    return bytes(document.output())


def pdf_with_image_only() -> bytes:
    """A PDF with one page that shows nothing but an image."""
    from PIL import Image

    document = FPDF()
    document.add_page()
    document.image(Image.new("RGB", (20, 20), "gray"), w=50)
    return bytes(document.output())


def word(title: str = "Annual results") -> bytes:
    """A Word document with a heading, two paragraphs and a table between them."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = "Kim Osei"
    document.add_heading("Results of the year", 1)
    document.add_paragraph("Profit rose by 4 percent in the year to June.")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Year", "Profit", "2023", "4 m"), strict=True):
        cell.text = text
    document.add_paragraph("“We are pleased,” said the chair.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def mail() -> bytes:
    """A message with a plain and an HTML body, a text attachment and one of an unknown kind."""
    message = EmailMessage()
    message["Subject"] = "Results of the cup final — corrected"
    message["From"] = "Zoë Brandt <zoe@example.org>"
    message["To"] = "desk@example.org"
    message["Date"] = "Wed, 12 Jun 2024 10:30:00 +0200"
    message.set_content("Rovers won 2-1 after extra time.\n\nThe referee added nine minutes.\n")
    message.add_alternative("<p>Rovers won 2-1 in HTML.</p>", subtype="html")
    message.add_attachment("Attendance: 41,022.\n", filename="notes.txt")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="zip", filename="a.zip")
    return message.as_bytes()
