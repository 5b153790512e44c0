from pathlib import Path

import pytest

from briefing.errors import SourceError
from briefing.sources import read
from briefing.sources.dates import iso_date
from briefing.sources.metadata import first_lines, front_matter
from briefing.types import Source

BODY = "Turnout in the port strike vote was 81 percent, the dockers' union said on Friday night.\n"


def read_one(path: Path) -> Source:
    (source,) = read([str(path)]).sources
    return source


def test_front_matter_is_labelled_and_stays_in_the_text(tmp_path: Path) -> None:
    head = (
        "---\ntitle: No\nauthors: [Ida Moe, Per Vik]\nsite: Port News\n"
        "date: 2024-05-01\ntags: [x]\n---\n"
    )
    path = tmp_path / "strike.md"
    path.write_text(f"{head}\n# A heading\n\n{BODY}", encoding="utf-8")
    source = read_one(path)
    assert source.text == f"{head}\n# A heading\n\n{BODY}"
    (location,) = source.locations
    assert (location.start, location.end, location.label) == (0, len(head), "front matter")
    assert source.title == "No"
    assert source.author == "Ida Moe, Per Vik"
    assert source.publisher == "Port News"
    assert source.published == "2024-05-01"


@pytest.mark.parametrize(
    "text",
    ["---\nplain words\n---\n", "---\n[unclosed\n---\n", "---\n" + "[" * 2000 + "\n---\n",
     "---\n---\n", "--- \ntitle: open end\n"],
)  # fmt: skip
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert front_matter(text + BODY)[0] == 0


def test_sidecar_overrides_front_matter_and_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"---\ntitle: Old\nauthor: Ida Moe\n---\n{BODY}", encoding="utf-8"
    )
    sidecar = "title: New\npublished: June 3, 2024\nlanguage: en-GB\nurl: https://example.org/a\n"
    (tmp_path / "a.txt.meta.yaml").write_text(sidecar, encoding="utf-8")
    reading = read([str(tmp_path)])
    (source,) = reading.sources
    assert reading.left_out == ()
    assert (source.title, source.author, source.published) == ("New", "Ida Moe", "2024-06-03")
    assert (source.language, source.url) == ("en", "https://example.org/a")


@pytest.mark.parametrize(
    ("name", "content", "message", "hint"),
    [
        ("yaml", "titel: X", "unknown key 'titel'", "Did you mean title?"),
        ("json", '{"published": "06/12/2024"}', "'published' has no usable value", "Write a date"),
        ("yaml", "title: {a: b}", "'title' has no usable value", "Write a text."),
        ("yaml", "url: https://me:pw@example.org/", "'url' has no usable value", "Write an http"),
        ("yaml", "- a\n- b", "holds no keys", "It may hold: title"),
        ("json", "{", "is not valid JSON", "It may hold: title"),
        ("yaml", "a: [", "is not valid YAML", "It may hold: title"),
    ],
)
def test_wrong_sidecar_is_named(
    tmp_path: Path, name: str, content: str, message: str, hint: str
) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / f"a.txt.meta.{name}").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=f"a.txt.meta.{name}") as caught:
        read([str(tmp_path / "a.txt")])
    assert message in caught.value.message
    assert caught.value.hint.startswith(hint)


def test_sidecar_without_document_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "gone.txt.meta.yaml").write_text("title: X", encoding="utf-8")
    (left,) = read([str(tmp_path)]).left_out
    assert left.reason == "describes a document that is not there"


@pytest.mark.parametrize(
    ("top", "title", "published"),
    [
        (
            "Dockers vote to strike in three ports\n\n",
            "Dockers vote to strike in three ports",
            None,
        ),
        (
            "Dockers vote to strike\n\nFriday, May 3, 2024\n\n",
            "Dockers vote to strike",
            "2024-05-03",
        ),
        # Above the title stands the day on which somebody saved the page.
        (
            "Friday, May 3, 2024\n\nDockers vote to strike\n\n",
            "Dockers vote to strike",
            None,
        ),
        ("# Dockers vote #\nFirst line.\n", "Dockers vote", None),
        ("\nThe vote was held on Friday.\n\n", None, None),
        ("Dockers vote to strike\nin three ports\n\n", None, None),
        ("By Ida Moe in Bergen\n\n", None, None),
        ("Advertisement\n\n", None, None),
        ("Saturday, May 3, 2024\n\n", None, None),
        ("05/03/2024\n\n", None, None),
        ("The vote of May 3, 2024 was close.\n\n", None, None),
    ],
)
def test_first_lines_give_title_and_date_only_without_doubt(
    top: str, title: str | None, published: str | None
) -> None:
    found = first_lines(top + BODY)
    assert (found.title, found.published) == (title, published)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-06-12", "2024-06-12"),
        ("2024-06-12T10:00:00Z", "2024-06-12"),
        ("12 June 2024", "2024-06-12"),
        ("Published on Sept. 1st, 2023", "2023-09-01"),
        ("Wed, 12 Jun 2024, 10:30 AM ET", "2024-06-12"),
        ("March 5, 2024 | 16:05", "2024-03-05"),
        ("2024-13-01", None),
        ("February 30, 2024", None),
        ("June 2024", None),
        ("20240612", None),
        ("yesterday", None),
    ],
)
def test_dates_with_one_reading(text: str, date: str | None) -> None:
    assert iso_date(text) == date


def test_languages(tmp_path: Path) -> None:
    texts = {
        "de": "Der Vorstand teilte am Montag mit, dass das Werk in Kiel im Mai geschlossen wird.",
        "fr": "Le tribunal a condamné la société à verser quatre millions aux agriculteurs.",
        "en": "The court ordered the company to pay four million euros to the farmers on Monday.",
        "und": "12:30 4.5 --- 100 %",
    }
    for code, text in texts.items():
        path = tmp_path / f"{code}.txt"
        path.write_text(text, encoding="utf-8")
        assert read_one(path).language == code
