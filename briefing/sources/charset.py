"""From bytes to text: byte order mark, UTF-8, the declared charset, detection; or a refusal."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from briefing.sources.values import UnreadableError, one_text

# UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HTML_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*
                            ([A-Za-z0-9_:.-]{2,40})""",
    re.IGNORECASE | re.VERBOSE,
)
# The web reads these labels as the Windows code page, which has letters where they have controls.
_AS_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_MAX_CONTROLS = 0.01
_DETECTION_BYTES = 1_000_000


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``, changed only by removing a BOM and making each line end a line feed.

    ``declared`` is tried after a BOM and strict UTF-8, before detection.

    Raises: UnreadableError for binary data and where no encoding fits.
    """
    text = _marked(data)
    if text is None and b"\x00" in data:
        raise UnreadableError("binary, not text")
    if text is None:
        text = _strict(data, "utf-8")
    if text is None and declared:
        text = _strict(data, _codec(declared))
    if text is None:
        text = _detected(data)
    if "\x00" in text:
        raise UnreadableError("binary, not text")
    return one_text(text)


def declared_in_html(data: bytes) -> str | None:
    """The charset that a page names in its first bytes."""
    match = _HTML_CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding)
            if text is None:
                raise UnreadableError(f"begins as {encoding.upper()} and then is not")
            return text
    return None


def _strict(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        # LookupError: names like "hex" are codecs, but not of text.
        return None


def _codec(name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return _AS_WINDOWS.get(codec, codec)


def _detected(data: bytes) -> str:
    matches = list(from_bytes(data[:_DETECTION_BYTES]))
    if not matches:
        raise UnreadableError("binary, or text in an encoding that was not recognised")
    best = matches[0]
    # subtle: Western code pages tie on short texts; the commonest then wins, not the first by name.
    tied = [m for m in matches if m.chaos <= best.chaos and m.coherence >= best.coherence]
    names = [m.encoding for m in tied]
    text = _strict(data, "cp1252" if "cp1252" in names else best.encoding)
    if text is None or len(_CONTROLS.findall(text)) > _MAX_CONTROLS * len(text):
        raise UnreadableError("binary, or text in an encoding that was not recognised")
    return text
