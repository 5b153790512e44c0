"""The sources as a bibliography in CSL-JSON, which Pandoc, Zotero and their like read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

from briefing.types import Source

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)
"""Of other addresses (``javascript:``) readers of the bibliography would make links."""
_TYPES: Final = {"eml": "personal_communication"}


def bibliography(sources: Iterable[Source]) -> str:
    """CSL-JSON: one entry a source, in order, its id that of the source in the briefing.

    An author's name is given as it stands (``literal``): which part of it is the family name is
    not known. A source without a title has the name of its file.
    """
    entries = [_entry(source) for source in sources]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _entry(source: Source) -> dict[str, object]:
    author, publisher = (source.author or "").strip(), (source.publisher or "").strip()
    fields: dict[str, object] = {
        "id": source.id,
        "type": _TYPES.get(source.format, "webpage" if source.url else "document"),
        "title": (source.title or "").strip() or PurePath(source.name).name or source.name,
        "author": [{"literal": author}] if author else None,
        "container-title": publisher if source.url else None,
        "publisher": publisher,
        "issued": _issued(source.published),
        "language": source.language,
        "URL": source.url if _ADDRESS.match(source.url or "") else None,
        "note": f"sha256: {source.sha256}",
    }
    return {name: value for name, value in fields.items() if value}


def _issued(published: str | None) -> dict[str, object] | None:
    """The date in parts; as it stands where it is not ISO 8601."""
    if not published or not published.strip():
        return None
    match = _DATE.match(published.strip())
    if match is None:
        return {"raw": published.strip()}
    return {"date-parts": [[int(part) for part in match.groups() if part]]}
