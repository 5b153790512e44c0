"""What is news on a page and what stands around it.

The pages under ``data/furniture`` are written line by line as ``kind | text``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.page_lines import fold, kind_of_line
from briefing.passages import split
from tests.example import source

PAGES = sorted((Path(__file__).parent / "data" / "furniture").glob("*.txt"))


def _page(path: Path) -> tuple[str, list[str]]:
    """The text of a page and the kinds of its passages; a line without a kind goes on."""
    lines, kinds = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition("| ")
        if kind.strip():
            kinds.append(kind.strip())
        lines.append(text)
    return "\n".join(lines), kinds


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages(path: Path) -> None:
    text, wanted = _page(path)
    found = split(source(1, text))
    assert [(p.kind, p.text) for p in found] == [
        (kind, p.text) for kind, p in zip(wanted, found, strict=True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "About 400 people died in the quake.",
        "By Friday the river had risen",
        "By Tuesday, 40 had died.",
        "Close the border, minister says",
        "Embargo extended to 2025.",
        "Live ammunition was used.",
        "More than 400 died",
        "News of his death spread.",
        "On Twitter, the mayor wrote:",
        "Photo-sharing app Pix launched on Monday.",
        "Police shared images of the suspect.",
        "Print workers strike",
        "Report by the UN says 400 died.",
        "Research by Stanford University found that rain fell.",
        "Reuters could not verify the claim.",
        "Share prices fell.",
        "Sources: 40 killed in strike",
        "The drought contributed to the collapse.",
        "The institute contributed research to the vaccine.",
        "This report was published by the auditors in May.",
        "Top officials resign",
        "Two deaths were reported from Kenya.",
        "Watch officers were killed.",
        "Bloomberg reported from London that rates rose.",
        "Contact with the ship was lost.",
        "Two died on 12 May 2024",
    ],
)
def test_news_is_not_taken_for_furniture(text: str) -> None:
    assert kind_of_line(fold(text)) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Published 3 May 2024, 14:05 BST", "date"),
        ("2024-05-01", "date"),
        ("BY JANE DOE AND JOHN ROE", "credit"),
        ("Ann Lee reported from Accra, Ghana. Bob Ray contributed to this report.", "credit"),
        ("Additional reporting by Ann Lee in London; editing by Sue Poe", "credit"),
        ("Associated Press writer Ann Lee in Cairo contributed to this report.", "credit"),
        ("Jane Doe/Reuters", "credit"),
        ("AFP via Getty Images", "credit"),
        ("We use cookies to make this site work.", "furniture"),
        ("Please enter your name here", "furniture"),
        ("On Mon, 3 Jun 2024 at 10:02, Ann Lee <ann@example.org> wrote:", "furniture"),
        ("© 2024 Acme", "furniture"),
    ],
)
def test_lines_that_are_known_by_their_words(text: str, kind: str) -> None:
    assert kind_of_line(fold(text)) == kind


def test_the_known_title_is_the_headline() -> None:
    text = (
        "Politics\n\nSenate passes the water bill.\n\nThe Senate passed it on Monday by four votes."
    )
    kinds = [p.kind for p in split(source(1, text, title="Senate passes the water bill"))]
    assert kinds[1:] == ["headline", "body"]


def test_a_note_of_one_line_is_body() -> None:
    assert [p.kind for p in split(source(1, "Bridge closed from noon"))] == ["body"]


def test_a_list_of_short_facts_is_body() -> None:
    lines = (
        "The vote on Monday ended as follows.",
        "Yes 41",
        "No 39",
        "Absent 4",
        "The bill passed.",
    )
    text = "\n\n".join(lines)
    assert {p.kind for p in split(source(1, text))} == {"body"}


def test_a_repeated_caption_is_known_without_its_credit() -> None:
    caption = "Rescuers carry a woman from the wreck of the ferry in Manado on Sunday morning."
    text = (
        f"{caption}\nYana Siregar/EPA\n\n{caption.replace('a woman', 'one woman')}\n\n"
        "The ferry had sailed from Ternate at noon. It sank within minutes."
    )
    assert [p.kind for p in split(source(1, text))] == ["caption", "credit", "caption", "body"]
