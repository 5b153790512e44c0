"""Titles and authors that office programs write into files: which of them mean something?"""

from __future__ import annotations

import re

_NO_TITLE = re.compile(
    r"untitled.*|document\s*\d*|microsoft word.*|powerpoint.*"
    r"|.*\.(docx?|pdf|rtf|odt|txt|indd|tex)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(python-docx|admin(istrator)?|user|owner|author|unknown|microsoft.*|windows.*|.*@.*)",
    re.IGNORECASE,
)


def usable_title(value: str | None) -> str | None:
    """``value`` on one line, or None where a program made it up (``Document1.docx``)."""
    return _usable(value, _NO_TITLE)


def usable_author(value: str | None) -> str | None:
    """``value`` on one line, or None where it names no person (``Administrator``)."""
    return _usable(value, _NO_AUTHOR)


def _usable(value: str | None, refused: re.Pattern[str]) -> str | None:
    text = " ".join(str(value).split()) if value else ""
    return None if not text or refused.fullmatch(text) else text
