"""Which format has a document, and which reader extracts it?"""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath

from briefing.errors import SourceError
from briefing.sources.docx import extract_docx
from briefing.sources.html import extract_html
from briefing.sources.mail import extract_mail
from briefing.sources.pdf import extract_pdf
from briefing.sources.plain import extract_text
from briefing.sources.values import Extracted, ReadOptions, UnreadableError
from briefing.types import Format

SUFFIXES: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx", ".eml": "eml",
}  # fmt: skip
_DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CONTENT_TYPES: dict[str, Format] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown",
    "application/pdf": "pdf", "application/x-pdf": "pdf", "message/rfc822": "eml",
    _DOCX_TYPE: "docx",
}  # fmt: skip
_UNTYPED = ("", "application/octet-stream", "binary/octet-stream")
_MAX_DEPTH = 3


def format_of_name(name: str) -> Format | None:
    """The format that the suffix of a file name stands for."""
    return SUFFIXES.get(PurePosixPath(name).suffix.lower())


def format_of_response(content_type: str, path: str, data: bytes) -> Format:
    """The format of a web server's answer: by its content type, else by ``path`` and content.

    Raises: UnreadableError for a type that is no document.
    """
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    if kind in _CONTENT_TYPES:
        return _CONTENT_TYPES[kind]
    if kind in _UNTYPED:
        return format_of_name(path) or sniff(data)
    if kind.startswith("text/"):
        return "markdown" if format_of_name(path) == "markdown" else "text"
    raise UnreadableError(f"{kind} is no document format that is read")


def sniff(data: bytes) -> Format:
    """The format that the content shows; text where nothing else is recognised.

    Raises: UnreadableError for formats that are recognised and not read.
    """
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "docx"
    if start.startswith(b"{\\rtf"):
        raise UnreadableError("rich text (RTF) is not read: save it as .docx or .txt")
    if start[:15].lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    return "text"


def extract(
    data: bytes, form: Format, options: ReadOptions, charset: str | None = None, depth: int = 0
) -> Extracted:
    """The text of a document. ``depth`` counts the messages that it is attached to.

    Raises: UnreadableError, whatever a parser makes of hostile input.
    """
    if not data:
        raise UnreadableError("empty")
    try:
        extracted = _extract(data, form, options, charset, depth)
    except SourceError:
        raise
    except Exception as error:
        raise UnreadableError(f"not a readable {form} document ({type(error).__name__})") from error
    if not extracted.text.strip():
        raise UnreadableError(
            "only white space" if form in ("text", "markdown") else "no text found"
        )
    return extracted


def _extract(
    data: bytes, form: Format, options: ReadOptions, charset: str | None, depth: int
) -> Extracted:
    if form == "html":
        return extract_html(data, options, charset)
    if form == "pdf":
        return extract_pdf(data, options)
    if form == "docx":
        return extract_docx(data, options)
    if form == "eml":
        return extract_mail(data, options, partial(_attached, options, depth + 1))
    return extract_text(data, options, charset)


def _attached(options: ReadOptions, depth: int, name: str, data: bytes) -> Extracted:
    form = format_of_name(name)
    if form is None:
        raise UnreadableError("an attachment of a kind that is not read")
    if depth > _MAX_DEPTH:
        raise UnreadableError(f"attached more than {_MAX_DEPTH} messages deep")
    return extract(data, form, options, depth=depth)
