from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing import document
from briefing.errors import DocumentError
from tests.example import example


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    document.save(example(), path)
    assert document.load(path) == example()
    assert path.read_text(encoding="utf-8") == document.dumps(example())


def test_the_text_is_stable_and_readable() -> None:
    text = document.dumps(example(title="Überblick"))
    assert text == document.dumps(example(title="Überblick"))
    assert text.startswith('{\n  "schema_version": "1.4",\n  "title": "Überblick",\n')
    assert text.endswith("}\n")


def spoiled(**changes: object) -> str:
    return json.dumps({**json.loads(document.dumps(example())), **changes})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("# A briefing", "is not JSON"),
        ("", "is not JSON"),
        ("[]", "is not a briefing: the whole"),
        (spoiled(schema_version="9.0"), "schema version '9.0'"),
        (spoiled(surprise=1), "surprise: "),
        (
            spoiled(outcomes=[{"id": "o", "statement": "x", "evidence": [{}]}]),
            "outcomes[0].evidence",
        ),
        (spoiled(notes=[1, 2, 3, 4, 5]), "(and 2 more)"),
        (
            spoiled(
                outcomes=[{"id": "o", "statement": "x", "evidence": [], "score": float("nan")}]
            ),
            "outcomes[0].score",
        ),
    ],
)
def test_a_file_that_is_no_briefing_is_explained(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        document.load(path)
    assert str(path) in caught.value.message
    assert says in caught.value.message
    assert caught.value.hint


def test_missing_folders_and_huge_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    document.save(example(), path)
    for wrong in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(DocumentError, match=wrong.name):
            document.load(wrong)
    with pytest.raises(DocumentError, match="too large"):
        document.load(path, max_bytes=100)
