import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.sources.charset import declared_in_html, decode
from briefing.sources.formats import extract
from briefing.sources.values import ReadOptions, UnreadableError

ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), min_size=1
)
LINES = st.lists(ANY_TEXT, min_size=1, max_size=6)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(LINES, ENDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_text_is_changed_only_by_bom_and_line_ends(
    lines: list[str], end: str, encoding: str
) -> None:
    lines = [line.replace("\r", "").replace("\n", "") for line in lines]
    assert decode(end.join(lines).encode(encoding)) == "\n".join(lines)


@given(ANY_TEXT)
def test_text_formats_keep_every_character(text: str) -> None:
    try:
        extracted = extract(text.encode(), "text", ReadOptions())
    except UnreadableError:
        extracted = None
    shown = extracted.text if extracted else None
    blank = not text.strip() or text.startswith("---")
    assert shown == text.replace("\r\n", "\n").replace("\r", "\n") or (blank and not shown)


@settings(deadline=None)  # the first call imports the libraries
@given(st.binary(max_size=400), st.sampled_from(["text", "markdown", "html", "pdf", "docx", "eml"]))
def test_any_bytes_give_safe_text_with_true_offsets_or_a_reason(data: bytes, form: str) -> None:
    try:
        extracted = extract(data, form, ReadOptions())
    except UnreadableError:
        return  # any other exception fails
    assert extracted.text.strip()
    assert extracted.text.encode()  # raises where it holds a lone surrogate
    assert not {"\r", "\x00"} & set(extracted.text)
    last = 0
    for location in extracted.locations:
        assert last <= location.start < location.end <= len(extracted.text)
        last = location.end


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("“We won’t pay,” said the minister of Café Noir.", "cp1252"),
        ("Le ministre a déclaré à la presse que la fête serait annulée où ça dépend.", "cp1252"),
        (
            "El señor Núñez dijo que mañana no habrá reunión en España; el año próximo, sí.",
            "cp1252",
        ),
        ("Premier powiedział, że rząd nie ustąpi. Żaden z ministrów nie odpowiedział.", "cp1250"),
        ("Министр заявил, что переговоры продолжатся на следующей неделе в Москве.", "cp1251"),
        ("首相は月曜日に記者会見を行い、新しい政策を発表した。", "shift_jis"),
    ],
)
def test_detects_legacy_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_declared_charset_comes_before_detection_and_after_utf8() -> None:
    assert decode("Grüße".encode("iso-8859-1"), "iso-8859-1") == "Grüße"
    assert decode(b"\x93quoted\x94 \xe9", "iso-8859-1") == "“quoted” é"
    assert decode("Grüße".encode(), "iso-8859-1") == "Grüße"
    assert (
        decode("Grüße aus dem Süden".encode("cp1252"), "no-such-charset") == "Grüße aus dem Süden"
    )
    assert decode("Grüße aus dem Süden".encode("cp1252"), "hex") == "Grüße aus dem Süden"
    assert declared_in_html(b"<html><head><meta charset='windows-1251'>") == "windows-1251"
    assert declared_in_html(b'<meta http-equiv=x content="text/html; charset=koi8-r">') == "koi8-r"


@pytest.mark.parametrize(
    "data",
    [
        b"a\x00b", codecs.BOM_UTF8 + b"\xff\xfe\xfa", codecs.BOM_UTF16_LE + b"\x00\xd8",
        b"caf\xe9 \x01\x02\x03\x04",
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(data)
