"""Plain text and Markdown: the file is the text."""

from __future__ import annotations

from briefing.sources.charset import decode
from briefing.sources.metadata import front_matter
from briefing.sources.values import Extracted, ReadOptions, UnreadableError
from briefing.types import Location

FRONT_MATTER = "front matter"


def extract_text(data: bytes, options: ReadOptions, charset: str | None = None) -> Extracted:
    """The decoded file; front matter stays in it and is labelled in ``locations``.

    Raises: UnreadableError.
    """
    text = decode(data, charset)
    if len(text) > options.max_chars:
        raise UnreadableError(f"longer than {options.max_chars:,} characters")
    end, stated = front_matter(text)
    if end and not text[end:].strip():
        raise UnreadableError("nothing but front matter")
    return Extracted(
        text=text,
        locations=(Location(start=0, end=end, label=FRONT_MATTER),) if end else (),
        metadata=stated,
    )
