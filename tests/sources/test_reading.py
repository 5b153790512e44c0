import hashlib
import os
from pathlib import Path

import pytest

from briefing.errors import OfflineError, SourceError
from briefing.sources import Reading, ReadOptions, read, read_bytes_again, text_of
from tests.sources import documents

STORY = "The mine in Alta reopened on Monday, its owner said.\nNo date was given for the shaft.\n"
OTHER = "The union said 300 workers had not been asked about the reopening of the mine.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "docs"
    place.mkdir()
    return place


def reasons(reading: Reading) -> dict[str, str]:
    return {part.name: part.reason for part in reading.left_out}


def test_file_becomes_a_source_under_the_path_that_was_given(folder: Path) -> None:
    data = b"\xef\xbb\xbf" + STORY.replace("\n", "\r\n").encode()
    (folder / "mine.txt").write_bytes(data)
    (source,) = read(["docs/mine.txt"]).sources
    assert (source.id, source.path, source.url) == ("S1", "docs/mine.txt", None)
    assert source.text == STORY
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.text_sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert source.language == "en"
    assert source.origin == ""


def test_folder_is_read_recursively_in_order_of_names(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "b.txt").write_text(STORY, encoding="utf-8")
    (folder / "a.md").write_text(OTHER, encoding="utf-8")
    (folder / "sub" / "c.html").write_text(documents.PAGE, encoding="utf-8")
    (folder / ".hidden.txt").write_text("Hidden things are not read.", encoding="utf-8")
    (folder / "table.xlsx").write_bytes(b"PK")
    reading = read(["docs"])
    assert [s.path for s in reading.sources] == ["docs/a.md", "docs/b.txt", "docs/sub/c.html"]
    assert [s.id for s in reading.sources] == ["S1", "S2", "S3"]
    assert [s.format for s in reading.sources] == ["markdown", "text", "html"]
    assert list(reasons(reading)) == ["docs/table.xlsx"]
    assert reading == read(["docs"])


def test_problems_of_one_document_do_not_stop_the_rest(folder: Path) -> None:
    contents = {
        "empty.txt": b"", "blank.txt": b" \n\t\n", "binary.txt": b"ab\x00\x01cd", "good.txt": STORY,
        "huge.txt": b"word " * 300, "same.txt": STORY, "windows.txt": STORY.replace("\n", "\r\n"),
        "broken.pdf": b"%PDF-1.4 nothing", "broken.docx": b"no zip",
    }  # fmt: skip
    for name, content in contents.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    reading = read(["docs"], ReadOptions(max_bytes=1000))
    assert [s.path for s in reading.sources] == ["docs/good.txt"]
    assert reasons(reading) == {
        "docs/binary.txt": "binary, not text",
        "docs/blank.txt": "only white space",
        "docs/broken.docx": "no Word document: not a ZIP package",
        "docs/broken.pdf": "not a readable pdf document (PdfStreamError)",
        "docs/empty.txt": "empty",
        "docs/huge.txt": "larger than 1,000 bytes",
        "docs/same.txt": "same content as S1 (docs/good.txt)",
        "docs/windows.txt": "same text as S1 (docs/good.txt)",
    }


def test_pattern_matches_in_order_and_a_file_named_twice_is_read_once(folder: Path) -> None:
    (folder / "b.txt").write_text(STORY, encoding="utf-8")
    (folder / "a.txt").write_text(OTHER, encoding="utf-8")
    reading = read(["docs/b.txt", "docs/*.txt", "./docs/b.txt"])
    assert [s.path for s in reading.sources] == ["docs/b.txt", "docs/a.txt"]
    assert reading.left_out == ()


def test_name_with_pattern_characters_is_a_file_first(folder: Path) -> None:
    (folder / "[1].txt").write_text(STORY, encoding="utf-8")
    assert read(["docs/[1].txt"]).sources[0].path == "docs/[1].txt"


@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        ("docs/reprot.txt", "docs/reprot.txt does not exist", "Did you mean docs/report.txt?"),
        ("nowhere/a.txt", "nowhere/a.txt does not exist", "There is no folder nowhere."),
        ("docs/*.pdf", "docs/*.pdf matches no file", "Check the pattern"),
        ("file:///etc/hosts", "file:///etc/hosts: file addresses are not read", "Give a path"),
        ("https://", "https:// is not a valid address", ""),
        ("-", "nothing was given on standard input", "Pipe"),
    ],
)
def test_mistakes_of_the_user_are_named(folder: Path, given: str, message: str, hint: str) -> None:
    (folder / "report.txt").write_text(STORY, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read(["docs/report.txt", given])
    assert caught.value.message.startswith(message)
    assert caught.value.hint.startswith(hint)


def test_nothing_usable_is_an_error_with_all_reasons(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.xyz").write_bytes(b"x")
    with pytest.raises(SourceError) as caught:
        read(["docs"])
    assert "docs/a.txt: empty" in caught.value.message
    assert "docs/b.xyz: not one of .txt" in caught.value.message


def test_named_file_of_unknown_suffix_is_text_unless_binary(folder: Path) -> None:
    (folder / "log.1").write_text(STORY, encoding="utf-8")
    (folder / "image.dat").write_bytes(b"\x89PNG\x00\x00")
    (folder / "old.rtf").write_text(r"{\rtf1 hello}", encoding="utf-8")
    (folder / "scan").write_bytes(documents.pdf([documents.RULING]))
    reading = read([f"docs/{name}" for name in ("log.1", "image.dat", "old.rtf", "scan")])
    assert [(s.path, s.format) for s in reading.sources] == [
        ("docs/log.1", "text"),
        ("docs/scan", "pdf"),
    ]
    assert reasons(reading)["docs/image.dat"] == "binary, not text"
    assert "RTF" in reasons(reading)["docs/old.rtf"]


def test_standard_input(folder: Path) -> None:
    assert folder.is_dir()
    (source,) = read(["-"], ReadOptions(stdin=STORY.encode())).sources
    assert (source.path, source.url, source.name) == (None, None, "standard input")
    assert source.text == STORY
    assert read_bytes_again(source) is None
    (page,) = read(["-"], ReadOptions(stdin=documents.PAGE.encode())).sources
    assert page.format == "html"


def test_limit_of_sources_lists_what_was_not_read(folder: Path) -> None:
    for number in range(4):
        (folder / f"{number}.txt").write_text(f"Report {number}: {STORY}", encoding="utf-8")
    reading = read(["docs"], ReadOptions(max_sources=2))
    assert [s.path for s in reading.sources] == ["docs/0.txt", "docs/1.txt"]
    assert reasons(reading) == {f"docs/{n}.txt": "not read: the limit is 2 sources" for n in (2, 3)}


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_out_of_a_folder_and_special_files_are_left_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The key is under the mat.", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    (folder / "good.txt").write_text(STORY, encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    reading = read(["docs"])
    assert [s.path for s in reading.sources] == ["docs/good.txt"]
    assert reasons(reading)["docs/link.txt"] == "a link that leads out of the folder"
    assert reasons(reading)["docs/pipe.txt"] == "no regular file"
    assert reasons(reading)["docs/gone.txt"] == "no longer there, or a broken link"


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_name_that_is_not_unicode_is_left_out(folder: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.txt")).write_bytes(b"text")
    except OSError:
        pytest.skip("this file system refuses such names")
    (folder / "good.txt").write_text(STORY, encoding="utf-8")
    assert reasons(read(["docs"])) == {
        "docs/bad\\udcff.txt": "its name is not valid Unicode: rename it"
    }


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_left_out(folder: Path) -> None:
    (folder / "good.txt").write_text(STORY, encoding="utf-8")
    (folder / "closed.txt").write_text(OTHER, encoding="utf-8")
    (folder / "closed.txt").chmod(0)
    assert reasons(read(["docs"])) == {"docs/closed.txt": "no permission to read it"}


def test_offline_refuses_addresses_without_their_password() -> None:
    with pytest.raises(OfflineError, match=r"https://example\.org/a") as caught:
        read(["https://me:secret@example.org/a"], ReadOptions(offline=True))
    assert "secret" not in caught.value.message


def test_original_can_be_read_and_extracted_again(folder: Path) -> None:
    (folder / "ruling.pdf").write_bytes(documents.pdf([documents.RULING]))
    (folder / "page.html").write_text(documents.PAGE, encoding="utf-8")
    (folder / "notes.md").write_text(f"---\ntitle: Mine\n---\n{STORY}", encoding="utf-8")
    (folder / "cup.eml").write_bytes(documents.mail())
    (folder / "results.docx").write_bytes(documents.word())
    sources = read(["docs"]).sources
    assert len(sources) == 5
    for source in sources:
        data = read_bytes_again(source)
        assert data is not None
        assert hashlib.sha256(data).hexdigest() == source.sha256
        assert text_of(data, source) == source.text
    (folder / "notes.md").unlink()
    assert [read_bytes_again(s) for s in sources if s.path == "docs/notes.md"] == [None]
    with pytest.raises(SourceError, match=r"docs/ruling\.pdf: "):
        text_of(b"no pdf", next(s for s in sources if s.format == "pdf"))


def test_progress_counts_documents(folder: Path) -> None:
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    (folder / "b.txt").write_text(OTHER, encoding="utf-8")
    seen: list[tuple[int, int]] = []
    read(["docs"], progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2), (2, 2)]
