from __future__ import annotations

import pytest

from briefing.escaping import code, escape, escape_cell


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Øst (“no limits”) said: it's 5–10 % — really!",
        "A $20 million deal, US$5 each; 3 < 4, AT&T & R&D",
        "[Ms. Valk] met [the board], then left.",
        "Two died [18:20].",
        "seeds/000_89bb_x.txt; 12:30, ratio 3:1; ~40 people",
        "-5 °C on 3.5. The end",
        "J. Smith said",
    ],
)
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# no heading", "\\# no heading"),
        ("- no item", "\\- no item"),
        ("1. no item", "1\\. no item"),
        ("a) no item", "a\\) no item"),
        ("> no quote", "\\> no quote"),
        ("| no table", "&#124; no table"),
        ("[x](http://e.org)", "\\[x\\](http&#58;//e.org)"),
        ("![x](y)", "!\\[x\\](y)"),
        ("[18:20](y)", "\\[18:20\\](y)"),
        ("[^S1-2]", "\\[&#94;S1-2\\]"),
        ("<script>", "&lt;script>"),
        ("*bold* _it_ `c`", "\\*bold\\* \\_it\\_ \\`c\\`"),
        ("&lt;b&gt; &#60;", "&amp;lt;b&amp;gt; &amp;#60;"),
        ("me@e.org", "me@<!-- -->e.org"),
        ("www.e.org", "www\\.e.org"),
        ("two\nlines\r\n\t and\u2028more", "two lines and more"),
        ("a\x00b\x02c\u202ed", "a\ufffdb\ufffdc\ufffdd"),
        ("$x$ and $$", "&#36;x&#36; and &#36;&#36;"),
        ("\\begin{x}", "\\\\begin\\{x}"),
    ],
)
def test_marks_of_markdown_are_disarmed(text: str, expected: str) -> None:
    assert escape(text) == expected


def test_a_bar_is_disarmed_in_a_cell_only() -> None:
    assert (escape("a | b"), escape_cell("a | b")) == ("a | b", "a &#124; b")


def test_addresses_are_code_unless_code_would_not_show_them() -> None:
    assert code("https://e.org/a_b?x=1&y=[2]") == "`https://e.org/a_b?x=1&y=[2]`"
    assert code("a`b<c>") == "a\\`b&lt;c>"
