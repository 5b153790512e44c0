"""Mail messages (.eml) with the standard library: header, body and attachments."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import PurePosixPath

from briefing.sources.html import extract_html
from briefing.sources.plain import extract_text
from briefing.sources.values import Blocks, Extracted, Metadata, ReadOptions, UnreadableError
from briefing.types import LeftOut

Attached = Callable[[str, bytes], Extracted]
"""Reads an attachment, by file name and bytes. Raises UnreadableError."""

HEADER = "header"
_SHOWN = ("Subject", "From", "To", "Cc", "Date")
_MAX_PARTS = 200


def extract_mail(data: bytes, options: ReadOptions, attached: Attached) -> Extracted:
    """Header lines, the body (plain text preferred), then attachments ``attached`` can read.

    Locations are ``header``, ``body`` and ``attachment NAME``; ``left_out`` names attachments
    that were not read.

    Raises: UnreadableError.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (message["From"] or message["Subject"]):
        raise UnreadableError("no mail message: neither sender nor subject")
    blocks, left_out = Blocks(options.max_chars), []
    shown = [f"{name}: {value}" for name in _SHOWN if (value := _header(message, name))]
    blocks.add("\n".join(shown), HEADER)
    body = message.get_body(preferencelist=("plain", "html"))
    if isinstance(body, EmailMessage):
        blocks.add_extracted(_body(body, options), "body")
    for name, content in _attachments(message):
        try:
            blocks.add_extracted(attached(name, content), f"attachment {name}")
        except UnreadableError as error:
            left_out.append(LeftOut(name=name, reason=error.message))
    return blocks.extracted(_metadata(message), tuple(left_out))


def _body(part: EmailMessage, options: ReadOptions) -> Extracted:
    extract = extract_html if part.get_content_subtype() == "html" else extract_text
    extracted = extract(_payload(part), options, part.get_content_charset())
    # What a plain text says of itself is for the header to say.
    return extracted if extract is extract_html else Extracted(text=extracted.text.strip())


def _attachments(message: EmailMessage) -> list[tuple[str, bytes]]:
    if not message.is_multipart():
        return []
    found = []
    for number, part in enumerate(message.iter_attachments(), 1):
        if number > _MAX_PARTS:
            raise UnreadableError(f"more than {_MAX_PARTS} attachments")
        name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
        if part.get_content_type() == "message/rfc822":
            content = part.get_content()
            found.append((name or f"message {number}.eml", content.as_bytes()))
        elif name:
            found.append((name, _payload(part)))
    return found


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _metadata(message: EmailMessage) -> Metadata:
    name, address = parseaddr(_header(message, "From"))
    try:
        published = parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except ValueError:
        published = None
    return Metadata(
        title=_header(message, "Subject") or None,
        author=name or address or None,
        published=published,
    )


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())
