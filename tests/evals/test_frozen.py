"""The frozen set as files: what is read, and what is said of what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import DocumentError
from briefing.evals.frozen import load

DOCUMENT = """
documents:
  - id: quay
    published: 2025-03-04
    house: local
    text: |
      The harbour board closed the north quay
      on Monday after cracks were found.

      Repairs will cost 4 million crowns, the board said.
"""
ITEM = """
items:
  - {id: quay-1, document: quay, passages: [2], kind: digit, supported: false,
     statement: "Repairs will cost 7 million crowns, the board said.",
     original: "Repairs will cost 4 million crowns, the board said."}
"""


def write(folder: Path, text: str, name: str = "a.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_reads_documents_and_items_of_all_files(tmp_path: Path) -> None:
    write(tmp_path, ITEM, "a.yaml")
    write(tmp_path, DOCUMENT, "b.yml")
    (tmp_path / "notes.txt").write_text("no items", encoding="utf-8")
    found = load(tmp_path)
    assert [item.id for item in found.items] == ["quay-1"]
    assert found.documents[0].passages == (
        "The harbour board closed the north quay on Monday after cracks were found.",
        "Repairs will cost 4 million crowns, the board said.",
    )
    assert str(found.documents[0].published) == "2025-03-04"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (ITEM.replace("[2]", "[3]"), "item quay-1: quay has no passage 3"),
        (ITEM.replace("document: quay", "document: key"), "item quay-1: there is no document"),
        (ITEM.replace("kind: digit", "kind: digits"), "item quay-1: kind: Input should be"),
        (ITEM.replace("supported: false", "supported: true"), "item quay-1: supported: true"),
        (ITEM.replace("kind: digit", "kind: quote"), "item quay-1: kind quote needs a quote"),
        (ITEM.replace("statement:", "claim:"), "item quay-1: claim: Extra inputs"),
        (ITEM.replace("[2]", "[]"), "item quay-1: passages:"),
        ("items: 3", "items is not a list"),
        ("item: []", "'item' is neither"),
        ("- a", "has no `documents`"),
        ("items: [", "is not valid YAML"),
        ("items: [2025-13-45]", "is not valid YAML"),
        ("items: &a [*a]", "aliases"),
    ],
)
def test_mistakes_name_file_and_item(tmp_path: Path, text: str, complaint: str) -> None:
    write(tmp_path, text, "broken.yaml")
    write(tmp_path, DOCUMENT, "documents.yaml")
    with pytest.raises(DocumentError) as caught:
        load(tmp_path)
    assert "broken.yaml" in caught.value.message
    assert complaint in caught.value.message


def test_ids_are_unique_over_the_folder(tmp_path: Path) -> None:
    write(tmp_path, DOCUMENT + ITEM, "a.yaml")
    write(tmp_path, ITEM, "b.yaml")
    with pytest.raises(DocumentError, match="'quay-1' is already used"):
        load(tmp_path)


def test_no_folder_and_an_empty_one_are_explained(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="there is no folder"):
        load(tmp_path / "none")
    with pytest.raises(DocumentError, match="holds no YAML file"):
        load(tmp_path)


def test_a_quote_needs_no_statement(tmp_path: Path) -> None:
    quote = (
        "items: [{id: q, document: quay, passages: [1], kind: true, supported: true, "
        "quote: the north quay, speaker: harbour board}]"
    )
    assert load(write(tmp_path, DOCUMENT + quote)).items[0].speaker == "harbour board"
